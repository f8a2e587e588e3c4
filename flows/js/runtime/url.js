// URL and URLSearchParams for http and https addresses. International domain
// names are kept as written: there is no Punycode here.

const urlShape = /^([a-z][a-z0-9+.-]*:)(?:(\/\/)(?:([^:@\/?#]*)(?::([^@\/?#]*))?@)?(\[[0-9a-f:.]*\]|[^:\/?#\s]*)(?::(\d*))?)?([^?#]*)(\?[^#]*)?(#.*)?$/i;
const defaultPorts = { __proto__: null, 'http:': '80', 'https:': '443' };

const percent = (text) => encodeURI(text.toWellFormed()).replace(/%25([0-9a-f]{2})/gi, '%$1').replace(/%5B/g, '[').replace(/%5D/g, ']');
const formEncode = (text) => encodeURIComponent(text.toWellFormed())
  .replace(/[!'()~]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase()).replace(/%20/g, '+');
const formDecode = (text) => text.replace(/\+/g, ' ').replace(/(?:%[0-9a-f]{2})+/gi, (run) => utf8Text(unhex(run.replace(/%/g, ''))));

function withoutDots(path) {
  const out = [];
  const parts = path.split('/');
  for (let i = 1; i < parts.length; i++) {
    const dots = parts[i].replace(/%2e/gi, '.');
    if (dots === '..') out.pop();
    if (dots !== '.' && dots !== '..') out.push(parts[i]);
    else if (i === parts.length - 1) out.push('');
  }
  return '/' + out.join('/');
}

// resolve makes an absolute address of a reference and the address it stands in.
function resolve(reference, base) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return reference;
  if (reference.startsWith('//')) return base.protocol + reference;
  const root = base.protocol + '//' + (base.username ? base.username + (base.password ? ':' + base.password : '') + '@' : '') + base.host;
  if (reference.startsWith('/')) return root + reference;
  if (reference === '' || reference[0] === '#') return root + base.pathname + base.search + reference;
  if (reference[0] === '?') return root + base.pathname + reference;
  return root + base.pathname.replace(/[^\/]*$/, '') + reference;
}

function invalidURL(input) {
  const error = new TypeError('Invalid URL');
  error.code = 'ERR_INVALID_URL';
  error.input = input;
  return error;
}

class URL {
  #params;
  constructor(input, base) {
    let text = String(input).trim();
    if (base !== undefined) text = resolve(text, new URL(base));
    const match = urlShape.exec(text);
    if (!match) throw invalidURL(text);
    const special = defaultPorts[match[1].toLowerCase()] !== undefined;
    if (special && !match[5]) throw invalidURL(text);
    this.protocol = match[1].toLowerCase();
    this.username = match[3] || '';
    this.password = match[4] || '';
    this.hostname = (match[5] || '').toLowerCase();
    this.port = match[6] && match[6] !== defaultPorts[this.protocol] ? match[6] : '';
    this.pathname = special ? withoutDots(percent(match[7])) : percent(match[7]);
    this.hash = match[9] && match[9] !== '#' ? percent(match[9]) : '';
    this.#params = new URLSearchParams(match[8] || '');
    this.#params.raw = match[8] && match[8] !== '?' ? percent(match[8]) : '';
    Object.defineProperty(this, 'slashes', { value: match[2] || '', enumerable: false });
  }
  static canParse(input, base) {
    try { return Boolean(new URL(input, base)); } catch { return false; }
  }
  get searchParams() { return this.#params; }
  get search() {
    if (this.#params.raw !== undefined) return this.#params.raw;
    return this.#params.size ? '?' + this.#params : '';
  }
  set search(text) {
    const query = String(text).replace(/^\?/, '');
    this.#params.replace(query);
    this.#params.raw = query ? '?' + percent(query) : '';
  }
  get host() { return this.hostname + (this.port ? ':' + this.port : ''); }
  set host(text) { [this.hostname, this.port = ''] = String(text).split(':'); }
  get origin() { return this.slashes ? this.protocol + '//' + this.host : 'null'; }
  get href() {
    const login = this.username ? this.username + (this.password ? ':' + this.password : '') + '@' : '';
    return this.protocol + this.slashes + login + this.host + this.pathname + this.search + this.hash;
  }
  toString() { return this.href; }
  toJSON() { return this.href; }
}

class URLSearchParams {
  #pairs = [];
  constructor(from = '') {
    // raw: the query as it was written in a URL, until a parameter is changed.
    Object.defineProperty(this, 'raw', { value: undefined, writable: true, enumerable: false });
    if (from === null || typeof from !== 'object') this.replace(String(from).replace(/^\?/, ''));
    else if (from[Symbol.iterator]) for (const [name, value] of from) this.append(name, value);
    else for (const name of Object.keys(from)) this.append(name, from[name]);
  }
  replace(query) {
    this.#pairs = query.split('&').filter(Boolean).map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [formDecode(pair), ''] : [formDecode(pair.slice(0, at)), formDecode(pair.slice(at + 1))];
    });
  }
  append(name, value) { this.#pairs.push([String(name), String(value)]); this.raw = undefined; }
  delete(name) { this.#pairs = this.#pairs.filter(([n]) => n !== String(name)); this.raw = undefined; }
  get(name) { const found = this.#pairs.find(([n]) => n === String(name)); return found ? found[1] : null; }
  getAll(name) { return this.#pairs.filter(([n]) => n === String(name)).map(([, v]) => v); }
  has(name) { return this.#pairs.some(([n]) => n === String(name)); }
  set(name, value) {
    const found = this.#pairs.find(([n]) => n === String(name));
    if (!found) return this.append(name, value);
    this.#pairs = this.#pairs.filter((pair) => pair === found || pair[0] !== String(name));
    found[1] = String(value);
    this.raw = undefined;
  }
  sort() { this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)); this.raw = undefined; }
  get size() { return this.#pairs.length; }
  forEach(visit, self) { for (const [name, value] of this.#pairs) visit.call(self, value, name, this); }
  keys() { return this.#pairs.map(([name]) => name).values(); }
  values() { return this.#pairs.map(([, value]) => value).values(); }
  entries() { return this.#pairs.map(([name, value]) => [name, value]).values(); }
  [Symbol.iterator]() { return this.entries(); }
  toString() { return this.#pairs.map(([name, value]) => formEncode(name) + '=' + formEncode(value)).join('&'); }
}

Object.assign(globalThis, { URL, URLSearchParams });
