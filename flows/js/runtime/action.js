// Running one Action: the api object, the handler, and how it ended.

const { hostRecord, hostLog, hostEnd, hostNote, hostRoom, hostLoad, hostMissing, hostCrypto } = globalThis;
for (const name of ['hostRecord', 'hostLog', 'hostEnd', 'hostNote', 'hostRoom', 'hostLoad', 'hostMissing', 'hostCrypto']) delete globalThis[name];
const AsyncFunction = (async () => {}).constructor;

const record = (kind, module, path, args, method, url, headers, body) => parse(hostRecord(kind, module, path, args, method, url, headers, body));
const note = (text) => { hostNote(text); };

function makeAPI(features) {
  const call = (path) => (args) => record('api', '', path, argumentList(args), '', '', '{}', '');
  const api = {};
  for (let i = 0; i < features.length; i++) {
    if (features[i] === 'cache') api.cache = makeCache(call);
    if (features[i] === 'notification') api.notification = makeNotification(call);
  }
  return api;
}

function makeNotification(call) {
  const notification = {
    drop(...args) { call('api.notification.drop')(args); return notification; },
    retry(...args) { call('api.notification.retry')(args); return notification; },
  };
  return notification;
}

// The cache starts empty in every run; an entry ends with its time to live.
function makeCache(call) {
  const entries = { __proto__: null };
  return {
    get(key) {
      call('api.cache.get')([key]);
      const entry = entries[key];
      return entry && entry.expires_at > now ? { ...entry } : undefined;
    },
    set(key, value, options) {
      call('api.cache.set')([key, value, options]);
      const { ttl, expires_at } = options ?? {};
      entries[key] = { value: String(value), expires_at: expires_at ?? now + (ttl ?? 15 * 60 * 1000) };
      return { type: 'success', record: { ...entries[key] } };
    },
    delete(key) {
      call('api.cache.delete')([key]);
      delete entries[key];
      return { type: 'success' };
    },
  };
}

function thrown(error) {
  let name = typeof error, stack = '', message;
  try {
    hostRoom();
    message = String(error);
    if (error instanceof Error) {
      name = String(error.name || error.constructor.name);
      message = String(error.message);
      stack = String(error.stack);
    }
  } catch {
    message = 'an error that cannot be shown';
  }
  // The engine throws null when not even an Error fits in memory.
  hostEnd(error === null ? 'memory' : 'threw', name, message, stack);
}

function compile(code) {
  try {
    return new Function('exports', 'require', 'module', '__filename', '__dirname', code);
  } catch (error) {
    hostEnd('invalid', 'SyntaxError', String(error.message), `(<input>:${error.lineNumber}:1)`);
  }
}

let settled = false;

async function start(code, name, entry, event, context, features) {
  const factory = compile(code);
  if (factory) {
    try {
      const module = { exports: {} };
      apply(factory, module.exports, [module.exports, require, module, '/action.js', '/']);
      const { exports } = module;
      const handler = entry !== '' && typeof exports === 'function' ? exports : exports == null || entry === 'callback' ? undefined : exports[name];
      await handle(handler, entry, parse(event), entry === '' ? makeAPI(parse(features)) : parse(context));
    } catch (error) {
      thrown(error);
    }
  }
  settled = true;
}

async function handle(handler, entry, event, second) {
  if (typeof handler !== 'function') return hostEnd('missing', '', '', '');
  if (entry === '' && !(handler instanceof AsyncFunction)) hostNote('not async');
  const value = await (entry === 'callback' ? calledBack(handler, event, second) : handler(event, second));
  hostEnd('done', '', value === undefined ? '' : json(value), '');
}

// calledBack runs a Hook until its first callback. A promise that it answers is no callback, but its failure is one.
function calledBack(hook, event, context) {
  return new Promise((done, fail) => {
    let over = false;
    const answer = hook(event.recipient, event.text, context, (error, value) => {
      if (over) hostNote('called back twice');
      else if (error) fail(error);
      else done(value);
      over = true;
    });
    if (answer && typeof answer.then === 'function') answer.then(undefined, fail);
  });
}

// core is what the files under modules take from here.
const core = {
  get Buffer() { return require('buffer').Buffer; },
  URL, URLSearchParams, TextEncoder, TextDecoder, Headers, Request, Response, NativeDate,
  utf8Bytes, utf8Text, latin1Bytes, latin1Text, base64, base64url, hex, bytesOf, compareBytes, encoding, encodings, atob, btoa,
  json, format, promisified, sleep, startTimer, idle, queueMicrotask, statusTexts, namedError, answered, rejected, send, selfMade, note, missing, beside, recorder,
  require, hostCrypto, parse, stringify, time: () => now, chance: Math.random,
};

// What Node has and is seldom used is made when it is asked for; what the engine has not, a recorder stands for.
function onDemand(name, make) {
  const set = (value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  Object.defineProperty(globalThis, name, { get() { const made = make(); set(made); return made; }, set, configurable: true });
}
onDemand('Buffer', () => core.Buffer);
onDemand('crypto', () => require('crypto').webcrypto);
onDemand('FormData', () => open('forms').FormData());
for (const name of ['Intl', 'Blob', 'File', 'ReadableStream', 'WritableStream', 'TransformStream', 'CompressionStream', 'WebSocket', 'WebAssembly', 'DOMException', 'Event', 'EventTarget', 'MessageChannel', 'BroadcastChannel']) {
  onDemand(name, () => recorder(name, name));
}

Object.assign(globalThis, {
  global: globalThis,
  console: makeConsole((line) => { hostLog(line); }),
  process: { env: {}, version: 'v22.0.0', versions: { node: '22.0.0' }, nextTick: (fn, ...args) => queueMicrotask(() => fn(...args)) },
  structuredClone: (value) => parse(stringify(value)),
  fetch: makeFetch('', 'fetch'),
  Headers, Request, Response, AbortController, AbortSignal,
});

// For the modules that import() makes.
Object.defineProperty(globalThis, Symbol.for('upe.require'), { value: require });

// What Go holds on to, out of reach of the Action.
return (step, ...args) => {
  switch (step) {
    case 'start': now = args[0]; start(args[1], args[2], args[3], args[4], args[5], args[6]); return false;
    case 'settled': return settled;
    case 'waiting': return waiting();
    default: return tick(args[0]);
  }
};
