// http and https. A request is sent when it is ended, and becomes the same record as one of fetch; its answer comes by events.

const { URL, Headers, Buffer, bytesOf, utf8Bytes, base64, encoding, hex, statusTexts, namedError, send, startTimer, idle, beside, require } = core;
const EventEmitter = require('events');

// later runs work when the Action next waits, where what it throws ends the run as it does in Node.
const later = (work, delay = 0) => startTimer(work, delay, [], false);

class IncomingMessage extends EventEmitter {
  #body; #encoding; #flowing = false;
  constructor(reply) {
    super();
    const headers = new Headers(reply.headers).toJSON();
    this.#body = new Buffer(utf8Bytes(reply.body));
    Object.assign(this, {
      statusCode: reply.status, statusMessage: statusTexts[reply.status] ?? '', headers, httpVersion: '1.1', complete: false,
      rawHeaders: Object.entries(headers).flat(),
    });
  }
  setEncoding(name) { encoding(name); this.#encoding = name; return this; }
  on(event, fn) {
    super.on(event, fn);
    if (event === 'data') this.resume();
    return this;
  }
  resume() {
    if (this.#flowing) return this;
    this.#flowing = true;
    later(() => {
      if (this.#body.length) this.emit('data', this.#chunk());
      this.complete = true;
      this.emit('end');
      this.emit('close');
    });
    return this;
  }
  #chunk() { return this.#encoding ? this.#body.toString(this.#encoding) : this.#body; }
  pipe(target) { this.on('data', (chunk) => target.write(chunk)); this.on('end', () => target.end && target.end()); return target; }
  destroy() { return this; }
  async *[Symbol.asyncIterator]() { this.#flowing = true; this.complete = true; if (this.#body.length) yield this.#chunk(); }
}
IncomingMessage.prototype.addListener = IncomingMessage.prototype.on;

class ClientRequest extends EventEmitter {
  #module; #path; #options; #headers; #chunks = []; #sent = false; #over = false; #due;
  constructor(module, path, options, callback) {
    super();
    this.#module = module; this.#path = path; this.#options = options;
    this.#headers = new Headers(Array.isArray(options.headers) ? undefined : Object.fromEntries(Object.entries(options.headers ?? {}).map(([name, value]) => [name, [value].flat().join(', ')])));
    Object.assign(this, { method: String(options.method || 'GET').toUpperCase(), path: options.path ?? '/', host: options.hostname ?? options.host ?? 'localhost', protocol: options.protocol, destroyed: false });
    if (options.auth && !this.#headers.has('authorization')) this.#headers.set('authorization', 'Basic ' + base64(utf8Bytes(options.auth)));
    if (callback) this.once('response', callback);
    if (options.signal) options.signal.addEventListener('abort', () => this.destroy(namedError('AbortError', 'The operation was aborted', { code: 'ABORT_ERR' })));
  }
  setHeader(name, value) { this.#headers.set(name, [value].flat().join(', ')); return this; }
  getHeader(name) { return this.#headers.get(name) ?? undefined; }
  removeHeader(name) { this.#headers.delete(name); }
  setTimeout(delay, fn) { this.#options = { ...this.#options, timeout: delay }; if (fn) this.once('timeout', fn); return this; }
  setNoDelay() { return this; }
  setSocketKeepAlive() { return this; }
  flushHeaders() {}
  write(chunk, name, callback) {
    this.#chunks.push(Buffer.from(bytesOf(chunk, typeof name === 'string' ? name : undefined)));
    const done = typeof name === 'function' ? name : callback;
    if (done) later(done);
    return true;
  }
  end(chunk, name, callback) {
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.write(chunk, name);
    if (this.#sent || this.#over) return this;
    this.#sent = true;
    for (const done of [chunk, name, callback]) if (typeof done === 'function') this.once('finish', done);
    const { timeout } = this.#options;
    const reply = send(this.#module, this.#path, { method: this.method, url: this.#url(), headers: this.#headers, peek: Buffer.concat(this.#chunks).toString() });
    later(() => this.emit('finish'));
    if (timeout > 0 && reply.delay > timeout) idle(later(() => this.#over || this.emit('timeout'), timeout), true);
    this.#due = later(() => this.#answer(reply), reply.delay);
    return this;
  }
  #url() {
    const { port, protocol } = this.#options;
    const host = String(this.host).replace(/:\d+$/, '');
    return new URL(`${protocol}//${host}${port ? ':' + port : /:\d+$/.exec(this.host)?.[0] ?? ''}${this.path}`).href;
  }
  #answer(reply) {
    if (this.#over) return;
    this.#over = true;
    if (reply.failure) return this.#fail(namedError('Error', reply.failure, { code: reply.failure }));
    const message = new IncomingMessage(reply);
    this.res = message;
    if (!this.emit('response', message)) message.resume();
    this.emit('close');
  }
  #fail(error) {
    this.emit('error', error);
    this.emit('close');
  }
  destroy(error) {
    if (this.#over) return this;
    this.#over = this.destroyed = true;
    idle(this.#due, true);
    later(() => this.#fail(error ?? namedError('Error', 'socket hang up', { code: 'ECONNRESET' })));
    return this;
  }
  abort() { this.aborted = true; this.destroy(); }
}

class Agent { constructor(options) { this.options = options; } destroy() {} }

const fromURL = (address) => ({
  protocol: address.protocol, hostname: address.hostname, port: address.port, path: address.pathname + address.search,
  ...(address.username && { auth: decodeURIComponent(address.username) + ':' + decodeURIComponent(address.password) }),
});

function make(name) {
  const begin = (path) => (first, second, third) => {
    let options = typeof first === 'string' ? fromURL(new URL(first)) : first instanceof URL ? fromURL(first) : { ...first };
    let callback = second;
    if (typeof second === 'object' && second !== null) [options, callback] = [{ ...options, ...second }, third];
    if (options.protocol && options.protocol !== name + ':') {
      throw Object.assign(new TypeError(`Protocol "${options.protocol}" not supported. Expected "${name}:"`), { code: 'ERR_INVALID_PROTOCOL' });
    }
    return new ClientRequest(name, name + '.' + path, { ...options, protocol: name + ':' }, callback);
  };
  const get = begin('get');
  return beside(name, {
    request: begin('request'), get: (...args) => { const request = get(...args); request.end(); return request; },
    Agent, globalAgent: new Agent({}),
    ...(name === 'http' && { ClientRequest, IncomingMessage, STATUS_CODES: statusTexts, METHODS: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] }),
  });
}

return { 'http': () => make('http'), 'https': () => make('https') };
