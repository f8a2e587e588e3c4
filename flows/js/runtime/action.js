// Running one Action: the api object, the handler, and how it ended.

const { hostRecord, hostLog, hostEnd, hostNote, hostRoom } = globalThis;
for (const name of ['hostRecord', 'hostLog', 'hostEnd', 'hostNote', 'hostRoom']) delete globalThis[name];
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

async function start(code, name, event, features) {
  const factory = compile(code);
  if (factory) {
    try {
      const module = { exports: {} };
      apply(factory, module.exports, [module.exports, require, module, '/action.js', '/']);
      await handle(module.exports == null ? undefined : module.exports[name], event, features);
    } catch (error) {
      thrown(error);
    }
  }
  settled = true;
}

async function handle(handler, event, features) {
  if (typeof handler !== 'function') return hostEnd('missing', '', '', '');
  if (!(handler instanceof AsyncFunction)) hostNote('not async');
  const value = await handler(parse(event), makeAPI(parse(features)));
  hostEnd('done', '', value === undefined ? '' : json(value), '');
}

Object.assign(globalThis, {
  global: globalThis,
  console: makeConsole((line) => { hostLog(line); }),
  process: { env: {}, version: 'v22.0.0', versions: { node: '22.0.0' }, nextTick: (fn, ...args) => queueMicrotask(() => fn(...args)) },
  structuredClone: (value) => parse(stringify(value)),
  fetch: makeFetch('', 'fetch'),
  Headers, Request, Response, AbortController, AbortSignal,
});

// What Go holds on to, out of reach of the Action.
return (step, ...args) => {
  switch (step) {
    case 'start': now = args[4]; start(args[0], args[1], args[2], args[3]); return false;
    case 'settled': return settled;
    case 'waiting': return timers.length > 0;
    default: return tick(args[0]);
  }
};
