// fetch and its classes. A request goes to the recorder and is answered by the host.

class Headers {
  #values = { __proto__: null };
  constructor(from) {
    if (!from) return;
    if (from[Symbol.iterator]) for (const [name, value] of from) this.append(name, value);
    else {
      const names = Object.keys(from);
      for (let i = 0; i < names.length; i++) this.append(names[i], from[names[i]]);
    }
  }
  append(name, value) {
    name = String(name).toLowerCase();
    this.#values[name] = name in this.#values ? this.#values[name] + ', ' + value : String(value).trim();
  }
  set(name, value) { this.#values[String(name).toLowerCase()] = String(value).trim(); }
  get(name) { return this.#values[String(name).toLowerCase()] ?? null; }
  has(name) { return String(name).toLowerCase() in this.#values; }
  delete(name) { delete this.#values[String(name).toLowerCase()]; }
  forEach(visit, self) { for (const name in this.#values) visit.call(self, this.#values[name], name, this); }
  keys() { return Object.keys(this.#values).sort().values(); }
  values() { return Object.keys(this.#values).sort().map((name) => this.#values[name]).values(); }
  entries() { return Object.keys(this.#values).sort().map((name) => [name, this.#values[name]]).values(); }
  [Symbol.iterator]() { return this.entries(); }
  toJSON() { return { ...this.#values }; }
}

// A body that knows its own text and type, as forms do, answers them under this key.
const selfMade = Symbol('body');

// bodyText is a request body as text, with the content type that it implies.
function bodyText(body) {
  if (body === undefined || body === null) return { text: '', type: '' };
  if (body[selfMade]) return body[selfMade]();
  if (body instanceof URLSearchParams) return { text: body.toString(), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  if (body instanceof ArrayBuffer) return { text: utf8Text(new Uint8Array(body)), type: '' };
  if (ArrayBuffer.isView(body)) return { text: utf8Text(body), type: '' };
  return { text: String(body), type: 'text/plain;charset=UTF-8' };
}

class Body {
  #text;
  constructor(text) { this.#text = text; this.bodyUsed = false; this.body = text === '' ? null : text; }
  #read() {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.bodyUsed = true;
    return this.#text;
  }
  async text() { return this.#read(); }
  async json() { return parse(this.#read()); }
  async arrayBuffer() { return new Uint8Array(utf8Bytes(this.#read())).buffer; }
  get peek() { return this.#text; }
}

class Request extends Body {
  constructor(input, init = {}) {
    const from = input instanceof Request ? input : undefined;
    const { text, type } = 'body' in init ? bodyText(init.body) : { text: from ? from.peek : '', type: '' };
    super(text);
    this.url = from ? from.url : new URL(input).href;
    this.method = String(init.method ?? (from ? from.method : 'GET'));
    if (/^(get|head|post|put|delete|options)$/i.test(this.method)) this.method = this.method.toUpperCase();
    this.headers = new Headers(init.headers ?? (from ? from.headers : undefined));
    this.signal = init.signal ?? (from ? from.signal : undefined);
    if (type && !this.headers.has('content-type')) this.headers.set('content-type', type);
    if (text !== '' && /^(GET|HEAD)$/.test(this.method)) throw new TypeError('Request with GET/HEAD method cannot have body.');
  }
}

const statusTexts = {
  __proto__: null, 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found',
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict', 422: 'Unprocessable Entity',
  429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
};

class Response extends Body {
  constructor(body, init = {}) {
    super(bodyText(body).text);
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? '';
    this.headers = new Headers(init.headers);
    this.url = init.url ?? '';
    this.redirected = false;
    this.type = 'basic';
  }
  get ok() { return this.status >= 200 && this.status < 300; }
  clone() { return new Response(this.peek, this); }
  static json(data, init = {}) { return new Response(stringify(data), { ...init, headers: { 'content-type': 'application/json', ...init.headers } }); }
}

class AbortSignal {
  aborted = false;
  reason = undefined;
  onabort = null;
  #listeners = [];
  addEventListener(type, fn) { if (type === 'abort') this.#listeners.push(fn); }
  removeEventListener(type, fn) { this.#listeners = this.#listeners.filter((known) => known !== fn); }
  throwIfAborted() { if (this.aborted) throw this.reason; }
  static abortWith(signal, reason) {
    if (signal.aborted) return;
    signal.aborted = true;
    signal.reason = reason ?? namedError('AbortError', 'This operation was aborted');
    for (const fn of [signal.onabort, ...signal.#listeners]) if (fn) fn.call(signal, { type: 'abort', target: signal });
  }
  static abort(reason) { const signal = new AbortSignal(); AbortSignal.abortWith(signal, reason); return signal; }
  static timeout(delay) {
    const signal = new AbortSignal();
    idle(startTimer(() => AbortSignal.abortWith(signal, namedError('TimeoutError', 'The operation was aborted due to timeout')), delay, [], false), true);
    return signal;
  }
}

class AbortController {
  signal = new AbortSignal();
  abort(reason) { AbortSignal.abortWith(this.signal, reason); }
}

function namedError(name, message, extra) {
  const error = new Error(message);
  Object.defineProperty(error, 'name', { value: name, writable: true, configurable: true });
  return Object.assign(error, extra);
}

// answered waits, in virtual time, as long as the host says the answer takes.
function answered(reply, signal) {
  return new Promise((done, fail) => {
    if (signal && signal.aborted) return fail(signal.reason);
    if (signal && signal.addEventListener) signal.addEventListener('abort', () => fail(signal.reason));
    if (reply.delay > 0) startTimer(done, reply.delay, [reply], false);
    else done(reply);
  });
}

// send records one outbound request and answers { status, headers, body, failure }.
function send(module, path, request) {
  return record('request', module, path, '[]', request.method, request.url, stringify(request.headers), request.peek);
}

const rejected = (error) => new Promise((done, fail) => fail(error));

// What sends a request is no async function up to there: it would make a rejected promise of the exception that stops a script.
function makeFetch(module, path) {
  const finish = async (request, reply) => {
    await answered(reply, request.signal);
    if (reply.failure) {
      throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(reply.failure), { code: reply.failure }) });
    }
    return new Response(reply.body, { status: reply.status, statusText: statusTexts[reply.status] ?? '', headers: reply.headers, url: request.url });
  };
  return function fetch(input, init) {
    let request;
    try {
      request = new Request(input, init);
      if (request.signal) request.signal.throwIfAborted();
    } catch (error) {
      return rejected(error);
    }
    return finish(request, send(module, path, request));
  };
}
