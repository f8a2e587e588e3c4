// Node's own modules that need no host: util, events, path, querystring, url, assert, timers.

const { URL, URLSearchParams, TextEncoder, TextDecoder, promisified, sleep, namedError, beside, encoding, queueMicrotask } = core;

// inspect prints values as Node's util.inspect does, as far as messages go: no colours, no getters, no cycles through maps.
const inspectors = Symbol.for('nodejs.util.inspect.custom');
const plainKey = /^[A-Za-z_$][\w$]*$/;
const quoted = (text) => {
  const quote = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  return quote + text.replace(/[\\\n\r\t\b\f\v]/g, (c) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f', '\v': '\\v' })[c])
    .replace(quote === "'" ? /'/g : /$^/, "\\'") + quote;
};

function inspect(value, options, ...more) {
  const { depth = 2, breakLength = 80, compact = 3, sorted = false } = typeof options === 'object' && options ? options : { depth: more[0] ?? 2 };
  return show(value, { depth: depth ?? Infinity, breakLength, compact, sorted, seen: [], indent: 0, level: 0, last: { level: 0 } });
}
inspect.custom = inspectors;
inspect.defaultOptions = {};

function show(value, state) {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return value + 'n';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'symbol' || typeof value !== 'object' && typeof value !== 'function' || value === null) return String(value);
  if (typeof value[inspectors] === 'function') {
    const own = value[inspectors](state.depth - state.level, {}, inspect);
    return typeof own === 'string' ? own : show(own, state);
  }
  if (state.seen.includes(value)) return '[Circular *1]';
  return showObject(value, state);
}

function showObject(value, state) {
  const name = value.constructor && value.constructor.name;
  const keys = Object.keys(value).filter((key) => !Array.isArray(value) && !ArrayBuffer.isView(value) || !/^\d+$/.test(key));
  if (state.sorted) keys.sort();
  let base = '', open = '{', close = '}', items = null;
  if (Array.isArray(value)) [open, close] = ['[', ']'], items = (inner) => value.map((one) => show(one, inner));
  else if (value instanceof Map) [open, items] = [`Map(${value.size}) {`, (inner) => [...value].map(([k, v]) => show(k, inner) + ' => ' + show(v, inner))];
  else if (value instanceof Set) [open, items] = [`Set(${value.size}) {`, (inner) => [...value].map((one) => show(one, inner))];
  else if (value instanceof Error) base = String(value.stack && value.stack.startsWith(value.name) ? value.stack : value);
  else if (value instanceof Date) base = isNaN(value) ? 'Invalid Date' : value.toISOString();
  else if (value instanceof RegExp) base = String(value);
  else if (value instanceof Promise) [open, items] = ['Promise {', () => ['<pending>']];
  else if (value instanceof URL) base = value.href;
  else if (core.Buffer.isBuffer(value)) return `<Buffer${[...value.subarray(0, 50)].map((b) => ' ' + (b < 16 ? '0' : '') + b.toString(16)).join('')}${value.length > 50 ? ` ... ${value.length - 50} more byte${value.length > 51 ? 's' : ''}` : ''}>`;
  else if (ArrayBuffer.isView(value)) [open, close] = [`${name}(${value.length}) [`, ']'], items = (inner) => Array.from(value, (one) => show(one, inner));
  else if (typeof value === 'function') base = /^class\b/.test(Function.prototype.toString.call(value)) ? `[class ${value.name || '(anonymous)'}]` : `[${name || 'Function'}${value.name ? ': ' + value.name : ' (anonymous)'}]`;
  else if (name === undefined) open = '[Object: null prototype] {';
  else if (name !== 'Object') open = name + ' {';
  if (base && keys.length === 0) return base;
  if (state.level > state.depth) return Array.isArray(value) ? '[Array]' : `[${name || 'Object: null prototype'}]`;
  state.last.level = state.level;
  const inner = { ...state, level: state.level + 1, indent: state.indent + 2, seen: [...state.seen, value] };
  const output = items ? items(inner) : [];
  for (const key of keys) output.push((plainKey.test(key) ? key : quoted(key)) + ': ' + show(value[key], inner));
  if (output.length === 0) return open + close;
  return layOut(output, base, open, close, state);
}

// layOut writes one line where what was shown last is not too deep inside, as Node does.
function layOut(output, base, open, close, state) {
  const isDeep = state.last.level - state.level >= state.compact;
  const start = output.length + state.indent + open.length + base.length + 10;
  const total = output.reduce((sum, one) => sum + one.length, output.length + start);
  const before = base ? base + ' ' : '';
  if (!isDeep && (output.length <= 6 || open[open.length - 1] !== '[') && total <= state.breakLength && !output.join('').includes('\n')) {
    return `${before}${open} ${output.join(', ')} ${close}`;
  }
  const line = '\n' + ' '.repeat(state.indent);
  return `${before}${open}${line}  ${output.join(',' + line + '  ')}${line}${close}`;
}

function utilFormat(...args) {
  let line = '', first = 0;
  if (typeof args[0] === 'string') {
    first = 1;
    line = args[0].replace(/%[sdifjoOc%]/g, (spec) => {
      if (spec === '%%') return args.length > 1 ? '%' : '%%';
      if (first >= args.length) return spec;
      const value = args[first++];
      switch (spec[1]) {
        case 's': return typeof value === 'string' ? value : typeof value === 'object' && value !== null && !(value instanceof Error) ? inspect(value, { depth: 0 }) : typeof value === 'bigint' ? value + 'n' : String(value);
        case 'd': return typeof value === 'bigint' ? value + 'n' : typeof value === 'object' ? 'NaN' : String(Number(value));
        case 'i': return String(parseInt(value, 10));
        case 'f': return String(parseFloat(value));
        case 'j': return JSON.stringify(value);
        case 'c': return '';
        default: return inspect(value, { depth: spec[1] === 'o' ? 4 : 2 });
      }
    });
  }
  for (let i = first; i < args.length; i++) line += (i > 0 ? ' ' : '') + (typeof args[i] === 'string' ? args[i] : inspect(args[i]));
  return line;
}

function promisify(fn) {
  if (typeof fn !== 'function') throw Object.assign(new TypeError('The "original" argument must be of type function.'), { code: 'ERR_INVALID_ARG_TYPE' });
  if (fn[promisified]) return fn[promisified];
  return function (...args) {
    return new Promise((done, fail) => fn.call(this, ...args, (error, value) => (error ? fail(error) : done(value))));
  };
}

function same(a, b, strict) {
  if (strict ? Object.is(a, b) : a == b || a !== a && b !== b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  if (a instanceof Date || b instanceof Date) return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof RegExp || b instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
  if (a instanceof Map || a instanceof Set) return a.constructor === b.constructor && same([...a], [...b], strict);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key], strict));
}

const util = {
  format: utilFormat, inspect, promisify, TextEncoder, TextDecoder,
  callbackify: (fn) => (...args) => { const back = args.pop(); fn(...args).then((value) => queueMicrotask(() => back(null, value)), (error) => queueMicrotask(() => back(error))); },
  inherits(child, parent) { child.super_ = parent; Object.setPrototypeOf(child.prototype, parent.prototype); },
  deprecate: (fn) => fn,
  isDeepStrictEqual: (a, b) => same(a, b, true),
  isArray: Array.isArray, isString: (v) => typeof v === 'string', isFunction: (v) => typeof v === 'function',
  isObject: (v) => typeof v === 'object' && v !== null, isUndefined: (v) => v === undefined,
  types: {
    isPromise: (v) => v instanceof Promise, isDate: (v) => v instanceof Date, isRegExp: (v) => v instanceof RegExp,
    isNativeError: (v) => v instanceof Error, isUint8Array: (v) => v instanceof Uint8Array,
    isAsyncFunction: (v) => typeof v === 'function' && v.constructor.name === 'AsyncFunction',
  },
};
promisify.custom = promisified;

// A function, since old code inherits by EventEmitter.call(this).
const listening = Symbol('listening');
function EventEmitter() {}
const heard = (emitter, event) => (emitter[listening] && emitter[listening][event]) || [];
function hear(emitter, event, list) {
  if (!emitter[listening]) Object.defineProperty(emitter, listening, { value: { __proto__: null } });
  emitter[listening][event] = list;
  return emitter;
}
function listener(fn) {
  if (typeof fn !== 'function') throw Object.assign(new TypeError('The "listener" argument must be of type function.'), { code: 'ERR_INVALID_ARG_TYPE' });
  return fn;
}
function onceOnly(emitter, event, fn) {
  const wrapped = (...args) => { emitter.off(event, wrapped); return fn.apply(emitter, args); };
  wrapped.listener = listener(fn);
  return wrapped;
}
const methods = {
  on(event, fn) { return hear(this, event, [...heard(this, event), listener(fn)]); },
  once(event, fn) { return this.on(event, onceOnly(this, event, fn)); },
  prependListener(event, fn) { return hear(this, event, [listener(fn), ...heard(this, event)]); },
  prependOnceListener(event, fn) { return this.prependListener(event, onceOnly(this, event, fn)); },
  off(event, fn) {
    const list = heard(this, event), at = list.findLastIndex((one) => one === fn || one.listener === fn);
    return at < 0 ? this : hear(this, event, list.filter((one, i) => i !== at));
  },
  removeAllListeners(event) {
    for (const name of event === undefined ? this.eventNames() : [event]) hear(this, name, []);
    return this;
  },
  emit(event, ...args) {
    const list = heard(this, event);
    if (event === 'error' && list.length === 0) {
      throw args[0] instanceof Error ? args[0] : namedError('Error', `Unhandled error. (${inspect(args[0])})`, { code: 'ERR_UNHANDLED_ERROR' });
    }
    for (const fn of list) fn.apply(this, args);
    return list.length > 0;
  },
  listeners(event) { return heard(this, event).map((fn) => fn.listener || fn); },
  listenerCount(event) { return heard(this, event).length; },
  eventNames() { return Reflect.ownKeys(this[listening] || {}).filter((event) => this[listening][event].length > 0); },
  setMaxListeners() { return this; },
  getMaxListeners() { return 10; },
};
for (const name in methods) Object.defineProperty(EventEmitter.prototype, name, { value: methods[name], writable: true, configurable: true });
EventEmitter.prototype.addListener = EventEmitter.prototype.on;
EventEmitter.prototype.removeListener = EventEmitter.prototype.off;
EventEmitter.once = (emitter, event) => new Promise((done, fail) => {
  const failed = (error) => { emitter.off(event, ended); fail(error); };
  const ended = (...args) => { emitter.off('error', failed); done(args); };
  emitter.once(event, ended);
  if (event !== 'error') emitter.once('error', failed);
});
const events = Object.assign(EventEmitter, { EventEmitter, defaultMaxListeners: 10 });

function normalize(path) {
  const out = [], rooted = path.startsWith('/');
  for (const part of path.split('/')) {
    if (part === '..' && out.length && out[out.length - 1] !== '..') out.pop();
    else if (part === '..' && !rooted) out.push(part);
    else if (part && part !== '.' && part !== '..') out.push(part);
  }
  const end = path.endsWith('/') && out.length ? '/' : '';
  return (rooted ? '/' : '') + out.join('/') + end || (rooted ? '/' : path.endsWith('/') ? './' : '.');
}

const path = {
  sep: '/', delimiter: ':', normalize,
  join: (...parts) => normalize(parts.filter(Boolean).join('/') || '.'),
  resolve(...parts) {
    let out = '';
    for (const part of ['/', ...parts]) if (part) out = part.startsWith('/') ? part : out + '/' + part;
    return normalize(out).replace(/(.)\/$/, '$1');
  },
  isAbsolute: (text) => text.startsWith('/'),
  basename(text, suffix = '') {
    const base = text.replace(/\/+$/, '').split('/').pop();
    return suffix && base.endsWith(suffix) && base !== suffix ? base.slice(0, -suffix.length) : base;
  },
  dirname(text) {
    const found = /^(.*?)\/+[^/]+\/*$/.exec(text);
    return found ? found[1] || '/' : text.startsWith('/') ? '/' : '.';
  },
  extname: (text) => { const found = /[^/](\.[^./]*)\/*$/.exec(text); return found ? found[1] : ''; },
  parse(text) {
    const base = path.basename(text), ext = path.extname(text), root = text.startsWith('/') ? '/' : '';
    return { root, dir: text.includes('/') ? path.dirname(text) : '', base, ext, name: ext ? base.slice(0, -ext.length) : base };
  },
  format: (parts) => { const dir = parts.dir || parts.root || '', base = parts.base || (parts.name || '') + (parts.ext || ''); return dir && dir !== parts.root ? dir + '/' + base : dir + base; },
};
path.posix = path;

const queryValue = (value) => (typeof value === 'string' ? value : typeof value === 'number' && isFinite(value) || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : '');
const queryEscape = (text) => encodeURIComponent(String(text).toWellFormed());
const queryUnescape = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
const querystring = {
  stringify(values, sep = '&', eq = '=', { encodeURIComponent: encode = querystring.escape } = {}) {
    if (typeof values !== 'object' || values === null) return '';
    return Object.keys(values).flatMap((name) => [values[name]].flat().map((one) => encode(name) + eq + encode(queryValue(one)))).join(sep);
  },
  parse(text, sep = '&', eq = '=', { decodeURIComponent: decode = querystring.unescape, maxKeys = 1000 } = {}) {
    const out = { __proto__: null };
    if (typeof text !== 'string') return out;
    for (const pair of text.split(sep).slice(0, maxKeys || undefined)) {
      if (!pair) continue;
      const at = pair.indexOf(eq);
      const [name, value] = (at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + eq.length)]).map((part) => decode(part.replace(/\+/g, ' ')));
      out[name] = name in out ? [out[name], value].flat() : value;
    }
    return out;
  },
  escape: queryEscape, unescape: queryUnescape,
};
querystring.encode = querystring.stringify;
querystring.decode = querystring.parse;

// The older way of reading addresses.
const parts = /^([a-z][a-z0-9+.-]*:)?(\/\/(?:([^@\/?#]*)@)?([^\/?#:]*)(?::(\d+))?)?([^?#]*)(\?[^#]*)?(#.*)?$/i;
const url = {
  URL, URLSearchParams,
  parse(text, query) {
    const [, protocol, slashes, auth, host, port, pathname, search, hash] = parts.exec(String(text).trim());
    const out = {
      protocol: protocol ? protocol.toLowerCase() : null, slashes: slashes ? true : null, auth: auth ? queryUnescape(auth) : null,
      host: slashes ? host.toLowerCase() + (port ? ':' + port : '') : null, port: port || null, hostname: slashes ? host.toLowerCase() : null,
      hash: hash || null, search: search || null, query: search ? search.slice(1) : null,
      pathname: pathname || (slashes && /^(https?|ftp):$/i.test(protocol || '') ? '/' : null), path: null, href: '',
    };
    if (out.pathname || out.search) out.path = (out.pathname || '') + (out.search || '');
    if (query) out.query = querystring.parse(out.query || '');
    return { ...out, href: url.format(out) };
  },
  format(from) {
    if (typeof from === 'string') return url.parse(from).href;
    if (from instanceof URL) return from.href;
    const protocol = from.protocol ? from.protocol.replace(/:?$/, ':') : '';
    const host = from.host || (from.hostname ? from.hostname + (from.port ? ':' + from.port : '') : '');
    const slashes = from.slashes || /^(https?|ftp):$/.test(protocol) ? '//' : '';
    const query = from.search || (from.query && typeof from.query === 'object' ? querystring.stringify(from.query) : '');
    const path = from.pathname || '';
    return protocol + (host ? slashes + (from.auth ? queryEscape(from.auth).replace(/%3A/i, ':') + '@' : '') + host : slashes && from.slashes ? '//' : '')
      + (host && path && path[0] !== '/' ? '/' : '') + path + (query ? (query[0] === '?' ? '' : '?') + query : '') + (from.hash || '');
  },
  resolve: (from, to) => { const base = new URL(from, 'resolve://'); const out = new URL(to, base); return out.href; },
  urlToHttpOptions: (from) => ({ protocol: from.protocol, hostname: from.hostname, port: from.port ? +from.port : undefined, path: from.pathname + from.search, href: from.href }),
};

class AssertionError extends Error {
  constructor({ message, actual, expected, operator }) {
    super(message);
    this.name = 'AssertionError';
    Object.assign(this, { code: 'ERR_ASSERTION', generatedMessage: false, actual, expected, operator });
  }
}

function makeAssert(strict) {
  const check = (ok, operator, words) => function (actual, expected, message) {
    if (ok(actual, expected)) return;
    if (message instanceof Error) throw message;
    throw new AssertionError({ message: message ?? words(actual, expected), actual, expected, operator });
  };
  const words = (text) => (a, b) => `${text}\n\n${inspect(a)} !== ${inspect(b)}\n`;
  const alike = (a, b) => Object.is(a, b), loosely = (a, b) => a == b || a !== a && b !== b;
  const not = (ok) => (a, b) => !ok(a, b);
  const truthy = (value, message) => check(Boolean, '==', () => 'The expression evaluated to a falsy value')(value, true, message);
  const assert = (...args) => truthy(...args);
  const matches = (error, expected) => {
    if (expected === undefined || typeof expected === 'string') return;
    const fits = expected instanceof RegExp ? expected.test(String(error)) : typeof expected === 'function'
      ? error instanceof expected || expected === Error || expected.call({}, error) === true
      : Object.keys(expected).every((key) => (expected[key] instanceof RegExp ? expected[key].test(error[key]) : same(error[key], expected[key], true)));
    if (!fits) throw error;
  };
  const missingError = (words) => new AssertionError({ message: words, operator: 'throws' });
  Object.assign(assert, {
    AssertionError, ok: truthy,
    equal: check(strict ? alike : loosely, '==', (a, b) => `${inspect(a)} == ${inspect(b)}`), notEqual: check(not(strict ? alike : loosely), '!=', (a, b) => `${inspect(a)} != ${inspect(b)}`),
    strictEqual: check(alike, 'strictEqual', words('Expected values to be strictly equal:')),
    notStrictEqual: check(not(alike), 'notStrictEqual', words('Expected "actual" to be strictly unequal to:')),
    deepEqual: check((a, b) => same(a, b, strict), 'deepEqual', words('Expected values to be loosely deep-equal:')),
    deepStrictEqual: check((a, b) => same(a, b, true), 'deepStrictEqual', words('Expected values to be strictly deep-equal:')),
    notDeepStrictEqual: check((a, b) => !same(a, b, true), 'notDeepStrictEqual', words('Expected "actual" not to be strictly deep-equal to:')),
    match: check((text, pattern) => pattern.test(text), 'match', words('The input did not match the regular expression')),
    fail: (message = 'Failed') => { throw message instanceof Error ? message : new AssertionError({ message, operator: 'fail' }); },
    ifError: (value) => { if (value !== null && value !== undefined) throw value; },
    throws(fn, expected) { try { fn(); } catch (error) { return matches(error, expected); } throw missingError('Missing expected exception.'); },
    doesNotThrow: (fn) => fn(),
    async rejects(work, expected) { try { await (typeof work === 'function' ? work() : work); } catch (error) { return matches(error, expected); } throw missingError('Missing expected rejection.'); },
  });
  return assert;
}
const assert = makeAssert(false), strictAssert = makeAssert(true);
assert.strict = strictAssert.strict = strictAssert;

const timersPromises = {
  setTimeout: sleep, setImmediate: (value) => sleep(0, value), scheduler: { wait: (delay) => sleep(delay) },
  async *setInterval(delay, value) { for (;;) { await sleep(delay); yield value; } },
};

class StringDecoder {
  #held = [];
  constructor(name) { this.encoding = name || 'utf8'; }
  write(bytes) { this.#held.push(...bytes); const whole = this.#whole(); return encoding(this.encoding)[1](this.#held.splice(0, whole)); }
  end(bytes) { if (bytes) this.#held.push(...bytes); return encoding(this.encoding)[1](this.#held.splice(0)); }
  // whole is how many of the bytes held end a character.
  #whole() {
    const all = this.#held.length;
    if (!/^utf-?8$/i.test(this.encoding)) return all;
    for (let back = 1; back <= 3 && back <= all; back++) {
      const byte = this.#held[all - back];
      if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? all - back : all;
      if (byte < 0x80) return all;
    }
    return all;
  }
}

const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = globalThis;
return {
  'util': () => beside('util', util), 'events': () => events, 'path': () => path, 'path/posix': () => path,
  'querystring': () => querystring, 'url': () => beside('url', url), 'assert': () => assert, 'assert/strict': () => strictAssert,
  'timers': () => ({ setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, promises: timersPromises }),
  'timers/promises': () => timersPromises, 'string_decoder': () => ({ StringDecoder }),
};
