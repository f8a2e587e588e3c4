// Forms: FormData as the global and as the npm module form-data, and qs.

const { URLSearchParams, bytesOf, utf8Text, selfMade, chance, queueMicrotask, beside } = core;

const digits = (count) => { let out = ''; while (out.length < count) out += Math.floor(chance() * 10); return out; };
const escaped = (name) => String(name).replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');

// part is one field of a multipart body.
function part(boundary, { name, value, filename, type }) {
  const file = filename ? `; filename="${escaped(filename)}"` : '';
  return `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${file}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n${typeof value === 'string' ? value : utf8Text(bytesOf(value))}\r\n`;
}

class FormData {
  #fields = [];
  #boundary;
  append(name, value) { this.#fields.push({ name: String(name), value: String(value) }); }
  delete(name) { this.#fields = this.#fields.filter((field) => field.name !== name); }
  get(name) { return this.getAll(name)[0] ?? null; }
  getAll(name) { return this.#fields.filter((field) => field.name === name).map((field) => field.value); }
  has(name) { return this.getAll(name).length > 0; }
  set(name, value) { this.delete(name); this.append(name, value); }
  forEach(visit) { for (const [name, value] of this) visit(value, name, this); }
  keys() { return this.#fields.map((field) => field.name).values(); }
  values() { return this.#fields.map((field) => field.value).values(); }
  entries() { return this.#fields.map((field) => [field.name, field.value]).values(); }
  [Symbol.iterator]() { return this.entries(); }
  [selfMade]() {
    this.#boundary ??= '----formdata-undici-0' + digits(11);
    return { text: this.#fields.map((field) => part(this.#boundary, field)).join('') + `--${this.#boundary}--\r\n`, type: 'multipart/form-data; boundary=' + this.#boundary };
  }
}

// The npm module: its caller sets the header that it answers.
class Multipart {
  #fields = [];
  #boundary;
  append(name, value, options) {
    const { filename, contentType: type } = typeof options === 'string' ? { filename: options } : options ?? {};
    this.#fields.push({ name, value: typeof value === 'number' ? String(value) : value, filename, type: type ?? (filename ? 'application/octet-stream' : undefined) });
  }
  getBoundary() { return this.#boundary ??= '--------------------------' + digits(24); }
  setBoundary(boundary) { this.#boundary = boundary; }
  getHeaders(more) { return { ...more, 'content-type': 'multipart/form-data; boundary=' + this.getBoundary() }; }
  getBuffer() { return core.Buffer.from(this.toString()); }
  getLengthSync() { return this.getBuffer().length; }
  hasKnownLength() { return true; }
  getLength(callback) { queueMicrotask(() => callback(null, this.getLengthSync())); }
  toString() { return this.#fields.map((field) => part(this.getBoundary(), field)).join('') + `--${this.getBoundary()}--\r\n`; }
  pipe(target) { target.write(this.toString()); target.end(); return target; }
  [selfMade]() { return { text: this.toString(), type: 'multipart/form-data; boundary=' + this.getBoundary() }; }
}

// qs, of npm.
const encode = (text) => encodeURIComponent(String(text)).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());

function flatten(name, value, options, out) {
  const { arrayFormat = 'indices', skipNulls, allowDots } = options;
  if (value === undefined || value === null && skipNulls) return;
  if (value instanceof Date) value = value.toISOString();
  if (typeof value !== 'object' || value === null) { out.push([name, value ?? '']); return; }
  if (Array.isArray(value) && arrayFormat === 'comma') { if (value.length) out.push([name, value.join(',')]); return; }
  for (const key of Object.keys(value)) {
    const inner = Array.isArray(value) ? { indices: `[${key}]`, brackets: '[]', repeat: '' }[arrayFormat] ?? `[${key}]` : allowDots ? '.' + key : `[${key}]`;
    flatten(name + inner, value[key], options, out);
  }
}

function stringify(values, options = {}) {
  const out = [];
  if (typeof values !== 'object' || values === null) return '';
  for (const key of options.sort ? Object.keys(values).sort(options.sort) : Object.keys(values)) flatten(key, values[key], options, out);
  const write = options.encode === false ? String : options.encoder ?? encode;
  const space = options.format === 'RFC1738' ? (text) => text.replace(/%20/g, '+') : (text) => text;
  const text = out.map(([name, value]) => space((options.encodeValuesOnly ? name : write(name)) + '=' + write(value))).join(options.delimiter ?? '&');
  return (options.addQueryPrefix && text ? '?' : '') + text;
}

function parse(text, options = {}) {
  const out = {};
  for (const [name, value] of new URLSearchParams(options.ignoreQueryPrefix ? text : '&' + text)) {
    const path = [name.split('[')[0], ...[...name.matchAll(/\[([^\]]*)\]/g)].map((found) => found[1])].filter((key) => key !== '__proto__');
    place(out, path, value);
  }
  return out;
}

function place(target, [key, ...rest], value) {
  if (key === undefined) return;
  if (key === '' && Array.isArray(target)) key = target.length;
  const own = Object.prototype.hasOwnProperty.call(target, key);
  if (rest.length === 0) target[key] = own ? [target[key], value].flat() : value;
  else {
    if (!own) target[key] = /^\d*$/.test(rest[0]) ? [] : {};
    place(target[key], rest, value);
  }
}

return { 'form-data': () => Multipart, 'qs': () => beside('qs', { stringify, parse }), FormData: () => FormData };
