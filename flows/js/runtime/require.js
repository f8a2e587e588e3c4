// require: the modules of the files under modules are real, every other name answers a recorder.

// missing tells Go, once each, what the Action used that is not really there.
const missed = { __proto__: null };
function missing(name) {
  if (missed[name]) return;
  missed[name] = true;
  hostMissing(name);
}

// argumentList is the JSON of call arguments, built without methods that customer code can replace.
function argumentList(args) {
  let out = '[';
  for (let i = 0; i < args.length; i++) out += (i ? ',' : '') + (typeof args[i] !== 'function' ? json(args[i]) : stringify(args[i][standIn] || '[Function]'));
  return out + ']';
}

// A recorder answers its name under this key.
const standIn = Symbol('stand-in');

// recorder stands for a value of an unknown module: any property, any call, any
// depth. result, given for the answer of a call, is what awaiting it yields.
function recorder(module, path, result) {
  const own = { __proto__: null };
  const label = () => '[' + path + ']';
  const called = (args) => callModule(module, path, args);
  const self = new Proxy(function () {}, {
    get(target, key) {
      if (key in own) return own[key];
      if (key === standIn) return label();
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'toJSON' || key === 'valueOf') return label;
      if (key === Symbol.iterator) return () => [][Symbol.iterator]();
      if (typeof key === 'symbol') return undefined;
      if (key === 'then' || key === 'catch' || key === 'finally') return result ? promised(result, key) : undefined;
      if (key === 'default') return self;
      if (key === 'prototype') return target.prototype;
      missing(module);
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

const dataOf = (body) => { try { return parse(body); } catch { return body; } };

// callModule records one call. What it answers can be used as it is, and
// awaited; a function as last argument is called back as Node's callbacks are.
function callModule(module, path, args) {
  missing(module);
  const reply = record('module', module, path, argumentList(args), '', '', '{}', '');
  const outcome = async () => {
    await answered(reply);
    if (reply.failure) throw namedError('Error', reply.failure, { code: reply.failure });
    if (reply.status >= 400) throw namedError('Error', statusTexts[reply.status] ?? 'HTTP ' + reply.status, { status: reply.status, code: reply.status });
    return reply.body === '' ? recorder(module, path + '()') : dataOf(reply.body);
  };
  const callback = args[args.length - 1];
  if (typeof callback === 'function' && !callback[standIn]) promised(outcome, 'then')((value) => callback(null, value), (error) => callback(error));
  return recorder(module, path + '()', outcome);
}

// beside is a module that is real as far as it goes: what else Node's module of that name has answers a recorder.
function beside(name, real) {
  const rest = { __proto__: null };
  return new Proxy(real, {
    get(target, key) {
      if (key in target || typeof key === 'symbol' || key === 'then' || key === 'default' || key === '__esModule' || key === 'toJSON') return target[key];
      return rest[key] = rest[key] || recorder(name + '.' + key, name + '.' + key);
    },
  });
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
  const undici = { fetch: makeFetch('undici', 'undici.fetch'), request, Headers, Request, Response };
  Object.defineProperty(undici, 'FormData', { get: () => globalThis.FormData, enumerable: true });
  return undici;
}

// The modules that are real: made here, or by the file of that name, which is loaded when it is first asked for.
const modules = {
  __proto__: null,
  'undici': undiciModule, 'node-fetch': () => fetchModule('node-fetch'), 'cross-fetch': () => fetchModule('cross-fetch'),
  'isomorphic-fetch': () => fetchModule('isomorphic-fetch'),
  'process': () => globalThis.process, 'console': () => globalThis.console,
  'perf_hooks': () => ({ performance: globalThis.performance }),
};
const files = {
  __proto__: null,
  node: ['util', 'events', 'path', 'path/posix', 'querystring', 'url', 'assert', 'assert/strict', 'timers', 'timers/promises', 'string_decoder'],
  crypto: ['crypto', 'jsonwebtoken', 'uuid', 'uuid/v4', 'uuid/v5'],
  http: ['http', 'https'],
  clients: ['got', 'request', 'request-promise', 'request-promise-native', 'superagent'],
  axios: ['axios'],
  buffer: ['buffer'],
  forms: ['form-data', 'qs'],
};
for (const file in files) for (const name of files[file]) modules[name] = () => open(file)[name]();
const ofNpm = ['axios', 'undici', 'node-fetch', 'cross-fetch', 'isomorphic-fetch', 'jsonwebtoken', 'uuid', 'uuid/v4', 'uuid/v5', 'form-data', 'qs', ...files.clients];

const opened = { __proto__: null };
const loaded = { __proto__: null };

// open runs a file of modules, and answers what makes each of them.
function open(file) {
  if (!(file in opened)) opened[file] = hostLoad(file)(core);
  return opened[file];
}

function require(name) {
  name = String(name).replace(/^node:/, '');
  if (name in loaded) return loaded[name];
  for (let i = 0; i < ofNpm.length; i++) if (ofNpm[i] === name) hostMissing(name, 'copy');
  return loaded[name] = name in modules ? modules[name]() : recorder(name, name);
}
