// require: a few modules are real, every other name answers a recorder.

// argumentList is the JSON of call arguments, built without methods that customer code can replace.
function argumentList(args) {
  let out = '[';
  for (let i = 0; i < args.length; i++) out += (i ? ',' : '') + (typeof args[i] === 'function' ? '"[Function]"' : json(args[i]));
  return out + ']';
}

// recorder stands for a value of an unknown module: any property, any call, any
// depth. result, given for the answer of a call, is what awaiting it yields.
function recorder(module, path, result) {
  const own = { __proto__: null };
  const label = () => '[' + path + ']';
  const called = (args) => callModule(module, path, args);
  const self = new Proxy(function () {}, {
    get(target, key) {
      if (key in own) return own[key];
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'toJSON' || key === 'valueOf') return label;
      if (key === Symbol.iterator) return () => [][Symbol.iterator]();
      if (typeof key === 'symbol') return undefined;
      if (key === 'then' || key === 'catch' || key === 'finally') return result ? promised(result, key) : undefined;
      if (key === 'default') return self;
      if (key === 'prototype') return target.prototype;
      return own[key] = recorder(module, path + '.' + key);
    },
    set(target, key, value) { own[key] = value; return true; },
    has: () => true,
    apply: (target, receiver, args) => called(args),
    construct: (target, args) => called(args),
  });
  return self;
}

const promised = (result, key) => (first, second) => (key === 'then' ? apply(promiseThen, result(), [first, second]) : result()[key](first));

// callModule records one call. What it answers can be used as it is, and
// awaited; a function as last argument is called back as Node's callbacks are.
function callModule(module, path, args) {
  const reply = record('module', module, path, argumentList(args), '', '', '{}', '');
  const outcome = async () => {
    await answered(reply);
    if (reply.failure) throw namedError('Error', reply.failure, { code: reply.failure });
    if (reply.status >= 400) throw namedError('Error', statusTexts[reply.status] ?? 'HTTP ' + reply.status, { status: reply.status, code: reply.status });
    return reply.body === '' ? recorder(module, path + '()') : axiosData(reply.body);
  };
  const callback = args[args.length - 1];
  if (typeof callback === 'function') promised(outcome, 'then')((value) => callback(null, value), (error) => callback(error));
  return recorder(module, path + '()', outcome);
}

function fetchModule(name) {
  const fetch = makeFetch(name, name);
  return Object.assign(fetch, { default: fetch, fetch, Headers, Request, Response, AbortError: Error });
}

function undiciModule() {
  const request = async (url, init) => {
    const response = await makeFetch('undici', 'undici.request')(url, init);
    return { statusCode: response.status, headers: response.headers.toJSON(), body: response };
  };
  return { fetch: makeFetch('undici', 'undici.fetch'), request, Headers, Request, Response };
}

const queryString = {
  stringify: (values) => new URLSearchParams(Object.entries(values ?? {}).flatMap(([name, value]) => [value].flat().map((one) => [name, one ?? '']))).toString().replace(/\+/g, '%20'),
  parse: (text) => Object.fromEntries(new URLSearchParams(String(text))),
  escape: encodeURIComponent,
  unescape: decodeURIComponent,
};

const util = {
  format: (...args) => format(args),
  inspect: shown,
  promisify: (fn) => (...args) => new Promise((done, fail) => fn(...args, (error, value) => (error ? fail(error) : done(value)))),
  TextEncoder, TextDecoder,
};

const modules = {
  __proto__: null,
  'axios': axiosModule, 'undici': undiciModule,
  'node-fetch': () => fetchModule('node-fetch'), 'cross-fetch': () => fetchModule('cross-fetch'), 'isomorphic-fetch': () => fetchModule('isomorphic-fetch'),
  'url': () => ({ URL, URLSearchParams }), 'buffer': () => ({ Buffer }), 'querystring': () => queryString, 'util': () => util,
};
const loaded = { __proto__: null };

function require(name) {
  name = String(name).replace(/^node:/, '');
  if (!(name in loaded)) loaded[name] = name in modules ? modules[name]() : recorder(name, name);
  return loaded[name];
}
