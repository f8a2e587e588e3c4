// Buffer, which most Actions do without.

const { encoding, encodings, bytesOf, compareBytes } = core;

class Buffer extends Uint8Array {
  constructor(value, ...rest) {
    if (typeof value === 'string') super(encoding(rest[0])[0](value));
    else super(value, ...rest);
  }
  static from(value, name, length) {
    if (value instanceof ArrayBuffer) return new Buffer(value, name || 0, length);
    return new Buffer(bytesOf(value, name));
  }
  static alloc(size, fill, name) {
    const out = new Buffer(size);
    return fill === undefined || fill === 0 ? out : out.fill(fill, 0, size, name);
  }
  static allocUnsafe(size) { return new Buffer(size); }
  static isBuffer(value) { return value instanceof Buffer; }
  static isEncoding(name) { return String(name).toLowerCase() in encodings; }
  static byteLength(value, name) { return typeof value === 'string' ? encoding(name)[0](value).length : value.byteLength; }
  static compare(a, b) { return compareBytes(a, b); }
  static concat(list, length) {
    let total = 0, at = 0;
    for (let i = 0; i < list.length; i++) total += list[i].length;
    const out = new Buffer(length ?? total);
    for (let i = 0; i < list.length && at < out.length; at += list[i++].length) {
      out.set(at + list[i].length > out.length ? list[i].subarray(0, out.length - at) : list[i], at);
    }
    return out;
  }
  toString(name, start = 0, end = this.length) { return encoding(name)[1](this.subarray(start, end)); }
  equals(other) { return compareBytes(this, other) === 0; }
  compare(other) { return compareBytes(this, other); }
  slice(start, end) { return this.subarray(start, end); }
  toJSON() { return { type: 'Buffer', data: Array.from(this) }; }
  fill(value, start, end, name) {
    if (typeof start === 'string') return this.fill(value, 0, this.length, start);
    if (typeof value === 'number') return super.fill(value, start, end);
    const bytes = bytesOf(value, name);
    for (let i = start ?? 0; i < (end ?? this.length); i++) this[i] = bytes.length ? bytes[(i - (start ?? 0)) % bytes.length] : 0;
    return this;
  }
  write(text, at, length, name) {
    if (typeof at === 'string') [at, name] = [0, at];
    if (typeof length === 'string') [length, name] = [undefined, length];
    const bytes = encoding(name)[0](text).slice(0, Math.min(length ?? this.length, this.length - (at ?? 0)));
    this.set(bytes, at ?? 0);
    return bytes.length;
  }
  copy(target, at = 0, start = 0, end = this.length) {
    const part = this.subarray(start, Math.min(end, start + target.length - at));
    target.set(part, at);
    return part.length;
  }
  indexOf(value, from = 0, name) {
    if (typeof value === 'number') return super.indexOf(value, from);
    const bytes = bytesOf(value, typeof from === 'string' ? from : name);
    for (let i = typeof from === 'number' ? from : 0; i + bytes.length <= this.length; i++) {
      if (compareBytes(this.subarray(i, i + bytes.length), bytes) === 0) return i;
    }
    return -1;
  }
  includes(value, from, name) { return this.indexOf(value, from, name) >= 0; }
}
Buffer.allocUnsafeSlow = Buffer.allocUnsafe;
// Numbers of 1, 2 and 4 bytes: readUInt8, writeInt32BE and their like.
for (const [size, bits] of [[1, 8], [2, 16], [4, 32]]) {
  for (const order of size === 1 ? [''] : ['BE', 'LE']) {
    const place = (i) => 8 * (order === 'LE' ? i : size - 1 - i);
    const read = (self, at) => { let n = 0; for (let i = 0; i < size; i++) n |= self[at + i] << place(i); return n; };
    const write = function (value, at = 0) { for (let i = 0; i < size; i++) this[at + i] = value >> place(i) & 255; return at + size; };
    const methods = {
      ['readInt']: function (at = 0) { return read(this, at) << 32 - bits >> 32 - bits; }, ['readUInt']: function (at = 0) { return read(this, at) >>> 0; },
      ['writeInt']: write, ['writeUInt']: write,
    };
    for (const name in methods) {
      for (const spelled of [name, name.replace('UInt', 'Uint')]) {
        Object.defineProperty(Buffer.prototype, spelled + bits + order, { value: methods[name], writable: true, configurable: true });
      }
    }
  }
}

return { 'buffer': () => ({ Buffer, atob: core.atob, btoa: core.btoa }) };
