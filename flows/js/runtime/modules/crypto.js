// crypto, by functions of the host, and what is built on it: Web Crypto, uuid, jsonwebtoken. Chance has a fixed seed.

const { Buffer, latin1Bytes, latin1Text, bytesOf, compareBytes, base64url, hex, hostCrypto, namedError, beside, missing, queueMicrotask, time, chance } = core;

const wide = (value, name) => latin1Text(bytesOf(value, name));
const out = (text, name) => { const bytes = new Buffer(latin1Bytes(text)); return name && name !== 'buffer' ? bytes.toString(name) : bytes; };

const known = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

// digestName is a digest as the host names it; what the host has not is told as missing.
function digestName(name, failure = Object.assign(new TypeError('Invalid digest: ' + name), { code: 'ERR_CRYPTO_INVALID_DIGEST' })) {
  const plain = String(name).toLowerCase().replace(/^(rsa|ecdsa)-(with-)?/, '').replace(/^sha-/, 'sha');
  if (known.includes(plain)) return plain;
  missing('crypto: the digest ' + name);
  throw failure;
}

class Hash {
  #data = '';
  #done = false;
  #finish;
  constructor(finish) { this.#finish = finish; }
  update(data, name) {
    if (this.#done) throw namedError('Error', 'Digest already called', { code: 'ERR_CRYPTO_HASH_FINALIZED' });
    this.#data += wide(data, name);
    return this;
  }
  digest(name) {
    if (this.#done) throw namedError('Error', 'Digest already called', { code: 'ERR_CRYPTO_HASH_FINALIZED' });
    this.#done = true;
    return out(this.#finish(this.#data), name);
  }
  copy() { const twin = new Hash(this.#finish); twin.#data = this.#data; return twin; }
  write(data, name) { this.update(data, name); }
  end() {}
  read() { return this.digest(); }
}

function createHash(name) {
  const digest = digestName(name, namedError('Error', 'Digest method not supported'));
  return new Hash((data) => hostCrypto('hash', digest, data));
}

class KeyObject {
  #bytes;
  constructor(type, bytes) { this.type = type; this.#bytes = bytes; }
  export() { return out(this.#bytes); }
  static bytes(key) { return key.#bytes; }
}

function createHmac(name, key) {
  const digest = digestName(name);
  const secret = keyBytes(key);
  return new Hash((data) => hostCrypto('hmac', digest, data, secret));
}

// keyBytes is a key as Node takes it: text, bytes, a KeyObject, or an object around one of them.
function keyBytes(key) {
  if (key instanceof KeyObject) return KeyObject.bytes(key);
  if (key && typeof key === 'object' && 'key' in key) return keyBytes(key.key);
  if (key === undefined || key === null) throw Object.assign(new TypeError('The "key" argument must be of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey. Received ' + key), { code: 'ERR_INVALID_ARG_TYPE' });
  return wide(key);
}

const form = (key) => (key && key.dsaEncoding) || 'der';
const signed = (digest, data, key, encoding) => hostCrypto('sign', digest, data, keyBytes(key), encoding ?? form(key));
const verified = (digest, data, key, signature, encoding) => hostCrypto('verify', digest, data, keyBytes(key), encoding ?? form(key), signature);

class Sign {
  #data = '';
  #digest;
  constructor(name) { this.#digest = digestName(name); }
  update(data, name) { this.#data += wide(data, name); return this; }
  write(data, name) { this.update(data, name); }
  end() {}
  sign(key, name) { return out(signed(this.#digest, this.#data, key), name); }
  verify(key, signature, name) { return verified(this.#digest, this.#data, key, wide(signature, name)); }
}

function randomBytes(size, callback) {
  const bytes = new Buffer(size);
  for (let i = 0; i < size; i++) bytes[i] = chance() * 256;
  if (callback) queueMicrotask(() => callback(null, bytes));
  return callback ? undefined : bytes;
}

function fill(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  bytes.set(randomBytes(bytes.length));
  return view;
}

const spelled = (bytes) => hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
function stamped(bytes, version) {
  bytes[6] = bytes[6] & 15 | version << 4;
  bytes[8] = bytes[8] & 63 | 128;
  return spelled(bytes.subarray(0, 16));
}
const randomUUID = () => stamped(randomBytes(16), 4);

function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') [min, max, callback] = [0, min, max];
  const number = min + Math.floor(chance() * (max - min));
  if (callback) queueMicrotask(() => callback(null, number));
  return callback ? undefined : number;
}

function timingSafeEqual(a, b) {
  if (a.byteLength !== b.byteLength) throw Object.assign(new RangeError('Input buffers must have the same byte length'), { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
  return compareBytes(bytesOf(a), bytesOf(b)) === 0;
}

// Web Crypto.
const domError = (name, message) => namedError(name, message);
class CryptoKey {
  #bytes;
  constructor(type, algorithm, extractable, usages, bytes) { Object.assign(this, { type, algorithm, extractable, usages }); this.#bytes = bytes; }
  static bytes(key) { return key.#bytes; }
}
const nameOf = (algorithm) => String(algorithm.name ?? algorithm).toUpperCase();
const webDigest = (algorithm) => digestName(algorithm.name ?? algorithm, domError('NotSupportedError', 'Unrecognized algorithm name'));
const buffer = (text) => Uint8Array.from(latin1Bytes(text)).buffer;
const asymmetric = ['RSASSA-PKCS1-V1_5', 'ECDSA'];
const hashOf = (algorithm, key) => webDigest(algorithm.hash ?? key.algorithm.hash);
const unsupported = (what) => { missing('crypto.subtle: ' + what); throw domError('NotSupportedError', 'Unrecognized algorithm name'); };
const subtle = {
  async digest(algorithm, data) { return buffer(hostCrypto('hash', webDigest(algorithm), wide(data))); },
  async importKey(format, data, algorithm, extractable, usages) {
    const name = nameOf(algorithm);
    if (name !== 'HMAC' && !asymmetric.includes(name) || format === 'jwk' && data.kty !== 'oct') unsupported(name);
    const bytes = format === 'jwk' ? wide(data.k, 'base64url') : wide(data);
    const type = name === 'HMAC' ? 'secret' : format === 'pkcs8' ? 'private' : 'public';
    const hash = algorithm.hash && { name: String(algorithm.hash.name ?? algorithm.hash) };
    return new CryptoKey(type, { ...(typeof algorithm === 'object' ? algorithm : { name }), ...(hash && { hash }) }, extractable, usages, bytes);
  },
  async exportKey(format, key) {
    if (format === 'jwk') return { kty: 'oct', k: base64url(latin1Bytes(CryptoKey.bytes(key))), alg: 'HS' + key.algorithm.hash.name.slice(-3), key_ops: key.usages, ext: key.extractable };
    return buffer(CryptoKey.bytes(key));
  },
  async sign(algorithm, key, data) {
    if (!key.usages.includes('sign')) throw domError('InvalidAccessError', 'Unable to use this key to sign');
    const op = nameOf(algorithm) === 'HMAC' ? 'hmac' : asymmetric.includes(nameOf(algorithm)) ? 'sign' : unsupported(nameOf(algorithm));
    return buffer(hostCrypto(op, hashOf(algorithm, key), wide(data), CryptoKey.bytes(key), 'ieee-p1363'));
  },
  async verify(algorithm, key, signature, data) {
    if (nameOf(algorithm) === 'HMAC') return hostCrypto('hmac', hashOf(algorithm, key), wide(data), CryptoKey.bytes(key)) === wide(signature);
    if (!asymmetric.includes(nameOf(algorithm))) unsupported(nameOf(algorithm));
    return hostCrypto('verify', hashOf(algorithm, key), wide(data), CryptoKey.bytes(key), 'ieee-p1363', wide(signature));
  },
};
const webcrypto = { subtle: beside('crypto.subtle', subtle), getRandomValues: fill, randomUUID };

const crypto = {
  createHash, createHmac, createSign: (name) => new Sign(name), createVerify: (name) => new Sign(name),
  sign: (name, data, key) => out(signed(digestName(name), wide(data), key)),
  verify: (name, data, key, signature) => verified(digestName(name), wide(data), key, wide(signature)),
  hash: (name, data, encoding = 'hex') => createHash(name).update(data).digest(encoding),
  createSecretKey: (key, name) => new KeyObject('secret', wide(key, name)), createPrivateKey: (key) => new KeyObject('private', keyBytes(key)),
  createPublicKey: (key) => new KeyObject('public', keyBytes(key)), KeyObject,
  randomBytes, pseudoRandomBytes: randomBytes, randomFillSync: fill, getRandomValues: fill, randomUUID, randomInt, timingSafeEqual,
  getHashes: () => known.slice(), webcrypto, subtle: webcrypto.subtle,
};

// uuid, of npm.
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const uuidBytes = (text) => bytesOf(String(text).replace(/-/g, ''), 'hex');
const named = (digest, version) => Object.assign(
  (name, space) => stamped(out(hostCrypto('hash', digest, wide(typeof space === 'string' ? uuidBytes(space) : space) + wide(name))), version),
  { DNS: '6ba7b810-9dad-11d1-80b4-00c04fd430c8', URL: '6ba7b811-9dad-11d1-80b4-00c04fd430c8' });
const uuid = {
  v4: (options) => (options && options.random ? stamped(Buffer.from(options.random), 4) : randomUUID()), v3: named('md5', 3), v5: named('sha1', 5),
  NIL: '00000000-0000-0000-0000-000000000000', validate: (text) => typeof text === 'string' && (uuidShape.test(text) || text === uuid.NIL),
  version: (text) => parseInt(text[14], 16), parse: (text) => Uint8Array.from(uuidBytes(text)), stringify: (bytes) => spelled(bytes),
};

// jsonwebtoken, of npm.
const jwtError = (name, message, extra) => namedError(name, message, extra);
const malformed = (message) => jwtError('JsonWebTokenError', message);
const spans = { ms: 1e-3, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31557600 };
function seconds(span, from, what) {
  if (typeof span === 'number') return from + span;
  const found = /^(-?\d*\.?\d+) *([a-z]*)$/i.exec(span);
  const unit = found && (found[2] === '' ? 'ms' : found[2].toLowerCase().startsWith('ms') || found[2].toLowerCase().startsWith('milli') ? 'ms' : found[2].toLowerCase()[0]);
  if (!found || !(unit in spans)) throw namedError('Error', `"${what}" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60`);
  return Math.floor(from + found[1] * spans[unit]);
}

function jwtSignature(algorithm, input, key) {
  if (algorithm === 'none') return '';
  const found = /^(HS|RS|ES)(256|384|512)$/.exec(algorithm);
  if (!found) { missing('jsonwebtoken: the algorithm ' + algorithm); throw namedError('Error', '"algorithm" must be a valid string enum value'); }
  const op = found[1] === 'HS' ? 'hmac' : 'sign';
  return base64url(latin1Bytes(hostCrypto(op, 'sha' + found[2], input, keyBytes(key), 'ieee-p1363')));
}

const segment = (value) => base64url(bytesOf(typeof value === 'string' ? value : JSON.stringify(value)));
const claims = { audience: 'aud', issuer: 'iss', subject: 'sub', jwtid: 'jti' };

function sign(payload, key, options = {}, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  if (callback) { try { const token = sign(payload, key, options); queueMicrotask(() => callback(null, token)); } catch (error) { queueMicrotask(() => callback(error)); } return undefined; }
  const plain = typeof payload === 'object' && payload !== null && !Buffer.isBuffer(payload);
  const algorithm = options.algorithm || 'HS256';
  if (!key && algorithm !== 'none') throw namedError('Error', 'secretOrPrivateKey must have a value');
  const header = { alg: algorithm, typ: plain ? 'JWT' : undefined, kid: options.keyid, ...options.header };
  let body = payload;
  if (plain) {
    body = { ...payload };
    const issued = body.iat || Math.floor(time() / 1000);
    if (options.noTimestamp) delete body.iat; else body.iat = issued;
    if (options.notBefore !== undefined) body.nbf = seconds(options.notBefore, issued, 'notBefore');
    if (options.expiresIn !== undefined) body.exp = seconds(options.expiresIn, issued, 'expiresIn');
    for (const name in claims) if (options[name] !== undefined) body[claims[name]] = options[name];
  }
  const input = segment(header) + '.' + segment(body);
  return input + '.' + jwtSignature(algorithm, input, key);
}

function decode(token, options = {}) {
  const parts = String(token).split('.');
  if (parts.length !== 3) return null;
  try {
    const [header, text] = parts.slice(0, 2).map((part) => Buffer.from(part, 'base64url').toString());
    const payload = JSON.parse(text);
    return options && options.complete ? { header: JSON.parse(header), payload, signature: parts[2] } : payload;
  } catch { return null; }
}

function verify(token, key, options = {}, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  if (callback) { try { const body = verify(token, key, options); queueMicrotask(() => callback(null, body)); } catch (error) { queueMicrotask(() => callback(error)); } return undefined; }
  if (!token) throw malformed('jwt must be provided');
  const whole = decode(token, { complete: true });
  if (!whole) throw malformed('jwt malformed');
  const [header, body, signature] = token.split('.');
  const { alg } = whole.header, input = header + '.' + body;
  if (options.algorithms && !options.algorithms.includes(alg) || alg === 'none' && key) throw malformed('invalid algorithm');
  const right = alg.startsWith('HS') ? jwtSignature(alg, input, key) === signature
    : verified('sha' + alg.slice(2), wide(input), key, wide(signature, 'base64url'), 'ieee-p1363');
  if (!right) throw malformed('invalid signature');
  return checked(whole.payload, options);
}

function checked(payload, options) {
  const now = options.clockTimestamp || Math.floor(time() / 1000), leeway = options.clockTolerance || 0;
  if (payload.nbf !== undefined && !options.ignoreNotBefore && payload.nbf > now + leeway) throw jwtError('NotBeforeError', 'jwt not active', { date: new Date(payload.nbf * 1000) });
  if (payload.exp !== undefined && !options.ignoreExpiration && now >= payload.exp + leeway) throw jwtError('TokenExpiredError', 'jwt expired', { expiredAt: new Date(payload.exp * 1000) });
  for (const name in claims) {
    const wanted = options[name] === undefined ? [] : [options[name]].flat();
    const fits = (value) => wanted.some((one) => (one instanceof RegExp ? one.test(value) : one === value));
    if (wanted.length && ![payload[claims[name]]].flat().some(fits)) throw malformed(`jwt ${name} invalid. expected: ${wanted.join(' or ')}`);
  }
  return payload;
}

return {
  'crypto': () => beside('crypto', crypto), 'uuid': () => beside('uuid', uuid), 'uuid/v4': () => uuid.v4, 'uuid/v5': () => uuid.v5,
  'jsonwebtoken': () => beside('jsonwebtoken', {
    sign, verify, decode,
    JsonWebTokenError: class JsonWebTokenError extends Error { static [Symbol.hasInstance](error) { return error && ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(error.name); } },
    TokenExpiredError: class TokenExpiredError extends Error { static [Symbol.hasInstance](error) { return error && error.name === 'TokenExpiredError'; } },
  }),
};
