// Text and bytes as Node offers them: TextEncoder, TextDecoder, btoa, atob, and what Buffer is made of.

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function utf8Bytes(text) {
  const out = [];
  for (let i = 0; i < text.length; i++) {
    let c = text.codePointAt(i);
    if (c > 0xffff) i++;
    if (c >= 0xd800 && c <= 0xdfff) c = 0xfffd; // half of a surrogate pair
    if (c < 0x80) out.push(c);
    else if (c < 0x800) out.push(0xc0 | c >> 6, 0x80 | c & 63);
    else if (c < 0x10000) out.push(0xe0 | c >> 12, 0x80 | c >> 6 & 63, 0x80 | c & 63);
    else out.push(0xf0 | c >> 18, 0x80 | c >> 12 & 63, 0x80 | c >> 6 & 63, 0x80 | c & 63);
  }
  return out;
}

function utf8Text(bytes) {
  let out = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++];
    if (first < 0x80) { out += String.fromCharCode(first); continue; }
    const more = first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0;
    let c = first & 0x3f >> more, n = 0;
    while (n < more && (bytes[i] & 0xc0) === 0x80) { c = c << 6 | bytes[i++] & 63; n++; }
    const short = n < more || more === 0;
    const overlong = more === 2 && c < 0x800 || more === 3 && (c < 0x10000 || c > 0x10ffff);
    out += short || overlong || c >= 0xd800 && c <= 0xdfff ? '\ufffd' : String.fromCodePoint(c);
  }
  return out;
}

function base64(bytes) {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const n = bytes[i] << 16 | (bytes[i + 1] || 0) << 8 | (bytes[i + 2] || 0);
    out += base64Alphabet[n >> 18] + base64Alphabet[n >> 12 & 63]
      + (i + 1 < bytes.length ? base64Alphabet[n >> 6 & 63] : '=')
      + (i + 2 < bytes.length ? base64Alphabet[n & 63] : '=');
  }
  return out;
}

// unbase64 reads both alphabets, with or without padding, as Buffer does.
function unbase64(text) {
  const out = [];
  let bits = 0, held = 0;
  for (const char of text.replace(/-/g, '+').replace(/_/g, '/')) {
    const six = base64Alphabet.indexOf(char);
    if (char === '=') break;
    if (six < 0) continue;
    held = held << 6 | six;
    bits += 6;
    if (bits >= 8) { bits -= 8; out.push(held >> bits & 255); held &= (1 << bits) - 1; }
  }
  return out;
}

function latin1Bytes(text) {
  const out = [];
  for (let i = 0; i < text.length; i++) out.push(text.charCodeAt(i) & 255);
  return out;
}

function latin1Text(bytes) {
  let out = '';
  for (let i = 0; i < bytes.length; i++) out += String.fromCharCode(bytes[i]);
  return out;
}

function hex(bytes) {
  let out = '';
  for (let i = 0; i < bytes.length; i++) out += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16);
  return out;
}

function unhex(text) {
  const out = [];
  for (let i = 0; i + 1 < text.length; i += 2) {
    const pair = text.slice(i, i + 2);
    if (!/^[0-9a-f]{2}$/i.test(pair)) break;
    out.push(parseInt(pair, 16));
  }
  return out;
}

const base64url = (bytes) => base64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

function utf16Bytes(text) {
  const out = [];
  for (let i = 0; i < text.length; i++) out.push(text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8);
  return out;
}

function utf16Text(bytes) {
  let out = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) out += String.fromCharCode(bytes[i] | bytes[i + 1] << 8);
  return out;
}

const encodings = {
  __proto__: null,
  'utf8': [utf8Bytes, utf8Text], 'utf-8': [utf8Bytes, utf8Text],
  'base64': [unbase64, base64], 'base64url': [unbase64, base64url],
  'hex': [unhex, hex],
  'latin1': [latin1Bytes, latin1Text], 'binary': [latin1Bytes, latin1Text],
  'ascii': [latin1Bytes, (bytes) => latin1Text(Array.from(bytes, (b) => b & 127))],
};
for (const name of ['utf16le', 'utf-16le', 'ucs2', 'ucs-2']) encodings[name] = [utf16Bytes, utf16Text];

function encoding(name) {
  const known = encodings[String(name || 'utf8').toLowerCase()];
  if (!known) throw Object.assign(new TypeError(`Unknown encoding: ${name}`), { code: 'ERR_UNKNOWN_ENCODING' });
  return known;
}

// bytesOf is what Node takes for bytes: text in an encoding, a buffer, a view, an array.
function bytesOf(value, name) {
  if (typeof value === 'string') return encoding(name)[0](value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value && value.type === 'Buffer' && Array.isArray(value.data)) return value.data;
  if (Array.isArray(value)) return value;
  throw Object.assign(new TypeError('The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.'), { code: 'ERR_INVALID_ARG_TYPE' });
}

function compareBytes(a, b) {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

class TextEncoder {
  get encoding() { return 'utf-8'; }
  encode(text = '') { return new Uint8Array(utf8Bytes(String(text))); }
}

class TextDecoder {
  get encoding() { return 'utf-8'; }
  decode(bytes = []) { return utf8Text(new Uint8Array(bytes.buffer || bytes, bytes.byteOffset || 0, bytes.byteLength)).replace(/^\ufeff/, ''); }
}

function btoa(text) {
  text = String(text);
  if (/[^\0-\xff]/.test(text)) throw new Error('Invalid character');
  return base64(latin1Bytes(text));
}

function atob(text) { return latin1Text(unbase64(String(text))); }

Object.assign(globalThis, { TextEncoder, TextDecoder, btoa, atob });
