// The language as it was before any script could change it. Every runtime file is
// in the scope of these names.

const {
  Array, ArrayBuffer, Boolean, Date: NativeDate, Error, Function, JSON, Math, Object, Promise, Proxy, Reflect, String, Symbol,
  TypeError, Uint8Array, decodeURIComponent, encodeURI, encodeURIComponent, parseInt, queueMicrotask,
} = globalThis;
const { stringify, parse } = JSON;
const { construct, apply } = Reflect;
const promiseThen = Promise.prototype.then;
