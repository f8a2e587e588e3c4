// The language as it was before any script could change it. Every runtime file is
// in the scope of these names.

const {
  Array, ArrayBuffer, Boolean, Date: NativeDate, Error, Function, JSON, Map, Math, Number, Object, Promise, Proxy, RangeError, Reflect, RegExp, Set,
  String, Symbol, TypeError, Uint8Array, decodeURIComponent, encodeURI, encodeURIComponent, isNaN, parseInt,
} = globalThis;
const { stringify, parse } = JSON;
const { construct, apply } = Reflect;
const promiseThen = Promise.prototype.then;
