// HTTP clients of npm: got, request with its promises, superagent. Their requests become the same record as those of fetch.

const { URL, URLSearchParams, Headers, Request, base64, utf8Bytes, utf8Text, bytesOf, statusTexts, namedError, send, answered, startTimer, idle, queueMicrotask, selfMade, beside, parse, stringify, require } = core;
const EventEmitter = require('events');

const basic = (user, password) => 'Basic ' + base64(utf8Bytes(`${user ?? ''}:${password ?? ''}`));
const parsed = (text) => { try { return parse(text); } catch { return text; } };
const withQuery = (address, query) => {
  const text = typeof query === 'string' ? query.replace(/^\?/, '') : query instanceof URLSearchParams ? query.toString() : require('qs').stringify(query ?? {}, { arrayFormat: 'indices' });
  return text ? address + (address.includes('?') ? '&' : '?') + text : address;
};

// exchange sends one request and waits for its answer, or for limit milliseconds of the Action's clock.
async function exchange(module, path, { method, url, headers, body }, limit, late) {
  const request = new Request(url, { method, headers });
  const sent = body === undefined || body === null ? '' : body[selfMade] ? body[selfMade]().text : typeof body === 'string' ? body : utf8Text(bytesOf(body));
  const reply = send(module, path, { method: request.method, url: request.url, headers: request.headers, peek: sent });
  if (limit > 0 && reply.delay > limit) {
    await new Promise((done) => startTimer(done, limit, [], false));
    throw late(limit);
  }
  await answered(reply);
  return { ...reply, url: request.url, headers: new Headers(reply.headers).toJSON() };
}

// got
function gotOptions(defaults, input, options) {
  const given = typeof input === 'string' || input instanceof URL ? { ...options, url: String(input) } : { ...input };
  const merged = { ...defaults, ...given, headers: { ...defaults.headers, ...given.headers } };
  const headers = new Headers(Object.fromEntries(Object.entries(merged.headers).filter(([, value]) => value !== undefined)));
  let body = merged.body;
  if (merged.json !== undefined) { body = stringify(merged.json); if (!headers.has('content-type')) headers.set('content-type', 'application/json'); }
  if (merged.form !== undefined) { body = new URLSearchParams(merged.form).toString(); if (!headers.has('content-type')) headers.set('content-type', 'application/x-www-form-urlencoded'); }
  if (merged.responseType === 'json' && !headers.has('accept')) headers.set('accept', 'application/json');
  if (merged.username || merged.password) headers.set('authorization', basic(merged.username, merged.password));
  let url = merged.prefixUrl ? String(merged.prefixUrl).replace(/\/?$/, '/') + merged.url : merged.url;
  if (merged.searchParams) url = withQuery(url.split('?')[0], new URLSearchParams(merged.searchParams));
  return { ...merged, url, headers, body, method: String(merged.method ?? 'GET').toUpperCase() };
}

async function gotSend(path, options) {
  const limit = typeof options.timeout === 'object' ? options.timeout.request ?? options.timeout.response : options.timeout;
  const reply = await exchange('got', path, options, limit, (ms) => namedError('TimeoutError', `Timeout awaiting 'request' for ${ms}ms`, { code: 'ETIMEDOUT', options }));
  if (reply.failure) throw namedError('RequestError', reply.failure, { code: reply.failure, options });
  const response = { statusCode: reply.status, statusMessage: statusTexts[reply.status] ?? '', headers: reply.headers, body: reply.body, rawBody: core.Buffer.from(reply.body), url: reply.url, requestUrl: reply.url, ok: reply.status < 300, retryCount: 0 };
  if (reply.status >= 300 && options.throwHttpErrors !== false) {
    throw namedError('HTTPError', `Response code ${reply.status} (${response.statusMessage})`, { code: 'ERR_NON_2XX_3XX_RESPONSE', response, options });
  }
  if (options.responseType === 'json') response.body = parse(reply.body);
  if (options.responseType === 'buffer') response.body = response.rawBody;
  return options.resolveBodyOnly ? response.body : response;
}

function makeGot(defaults) {
  const call = (path, extra) => (input, options) => {
    const later = (responseType) => gotSend(path, gotOptions({ ...defaults, ...extra }, input, { ...options, ...extra, ...responseType }));
    let first;
    const whole = () => (first = first ?? later());
    return {
      then: (done, fail) => whole().then(done, fail), catch: (fail) => whole().catch(fail), finally: (done) => whole().finally(done),
      json: () => later({ responseType: 'json', resolveBodyOnly: true }), text: () => later({ responseType: 'text', resolveBodyOnly: true }),
      buffer: () => later({ responseType: 'buffer', resolveBodyOnly: true }), cancel() {},
    };
  };
  // A request is sent whether or not its promise is awaited.
  const eager = (path, extra) => (input, options) => {
    const promise = call(path, extra)(input, options);
    let taken = false;
    for (const name of ['json', 'text', 'buffer']) { const own = promise[name]; promise[name] = () => { taken = true; return own(); }; }
    queueMicrotask(() => taken || promise.then(() => {}, () => {}));
    return promise;
  };
  const got = eager('got', {});
  for (const method of ['get', 'post', 'put', 'patch', 'head', 'delete']) got[method] = eager('got.' + method, { method });
  got.extend = (more) => makeGot({ ...defaults, ...more, headers: { ...defaults.headers, ...(more && more.headers) } });
  got.HTTPError = class HTTPError extends Error { static [Symbol.hasInstance](error) { return error && error.name === 'HTTPError'; } };
  got.RequestError = class RequestError extends Error { static [Symbol.hasInstance](error) { return error && 'options' in error; } };
  got.TimeoutError = class TimeoutError extends Error { static [Symbol.hasInstance](error) { return error && error.name === 'TimeoutError'; } };
  got.got = got.default = got;
  return got;
}

// request
function requestOptions(defaults, first, second, method) {
  const given = typeof first === 'string' ? { ...second, uri: first } : { ...first };
  const options = { ...defaults, ...given, headers: { ...defaults.headers, ...given.headers } };
  const headers = new Headers(Object.fromEntries(Object.entries(options.headers).filter(([, value]) => value !== undefined)));
  let { body } = options;
  if (options.json !== undefined && options.json !== false) {
    if (!headers.has('accept')) headers.set('accept', 'application/json');
    const value = options.json === true ? body : options.json;
    if (value !== undefined) { body = stringify(value); if (!headers.has('content-type')) headers.set('content-type', 'application/json'); }
  }
  if (options.form) { body = typeof options.form === 'string' ? options.form : require('qs').stringify(options.form); headers.set('content-type', 'application/x-www-form-urlencoded'); }
  const { auth } = options;
  if (auth) headers.set('authorization', auth.bearer !== undefined ? 'Bearer ' + (typeof auth.bearer === 'function' ? auth.bearer() : auth.bearer) : basic(auth.user ?? auth.username, auth.pass ?? auth.password));
  const address = options.uri ?? options.url;
  const url = (options.baseUrl ? options.baseUrl.replace(/\/$/, '') + '/' + String(address).replace(/^\//, '') : String(address && address.href ? address.href : address));
  return { ...options, url: options.qs ? withQuery(url, options.qs) : url, headers, body, method: String(method ?? options.method ?? 'GET').toUpperCase() };
}

async function requestSend(module, path, options) {
  const reply = await exchange(module, path, options, options.timeout, () => namedError('Error', 'ETIMEDOUT', { code: 'ETIMEDOUT', connect: false }));
  if (reply.failure) throw namedError('Error', reply.failure, { code: reply.failure });
  const body = options.json ? parsed(reply.body) : options.encoding === null ? core.Buffer.from(reply.body) : reply.body;
  return { statusCode: reply.status, statusMessage: statusTexts[reply.status] ?? '', headers: reply.headers, body, request: { href: reply.url, method: options.method } };
}

function makeRequest(module, promises, defaults = {}) {
  const call = (path, method) => (first, second, third) => {
    const callback = [first, second, third].find((one) => typeof one === 'function') ?? (first && first.callback);
    const options = requestOptions(defaults, first, typeof second === 'function' ? undefined : second, method);
    const sent = requestSend(module, path, options);
    const emitter = new EventEmitter();
    // Callbacks run when the Action next waits, where what they throw ends the run as it does in Node.
    const later = (work) => idle(startTimer(work, 0, [], false), !callback);
    sent.then((response) => later(() => {
      if (callback) callback(null, response, response.body);
      emitter.emit('response', response); emitter.emit('data', response.body); emitter.emit('end'); emitter.emit('complete', response, response.body);
    }), (error) => later(() => { if (callback) callback(error); else if (!promises) emitter.emit('error', error); }));
    if (promises) chain(emitter, settledAs(sent, options));
    return emitter;
  };
  const request = call(module, undefined);
  for (const method of ['get', 'post', 'put', 'patch', 'head', 'delete', 'options']) request[method] = call(module + '.' + method, method);
  request.del = request.delete;
  request.defaults = (more) => makeRequest(module, promises, { ...defaults, ...more, headers: { ...defaults.headers, ...(more && more.headers) } });
  request.jar = () => ({});
  return request;
}

function settledAs(sent, options) {
  const promise = sent.then((response) => {
    if (options.simple !== false && (response.statusCode < 200 || response.statusCode > 299)) {
      throw namedError('StatusCodeError', response.statusCode + ' - ' + (typeof response.body === 'string' ? response.body : stringify(response.body)), { statusCode: response.statusCode, error: response.body, options, response });
    }
    return options.resolveWithFullResponse ? response : response.body;
  }, (error) => { throw namedError('RequestError', 'Error: ' + error.message, { cause: error, error, options }); });
  promise.catch(() => {});
  return promise;
}

const chain = (target, promise) => Object.assign(target, {
  then: (done, fail) => promise.then(done, fail), catch: (fail) => promise.catch(fail), finally: (done) => promise.finally(done), promise: () => promise,
});

// superagent
const types = { json: 'application/json', form: 'application/x-www-form-urlencoded', urlencoded: 'application/x-www-form-urlencoded', html: 'text/html', text: 'text/plain', xml: 'text/xml' };

class Agent {
  #path; #method; #url; #headers = new Headers(); #query = []; #data; #limit = 0; #ok; #promise;
  constructor(path, method, url) { this.#path = path; this.#method = method; this.#url = String(url); }
  set(name, value) {
    if (typeof name === 'object') for (const key of Object.keys(name)) this.#headers.set(key, name[key]);
    else this.#headers.set(name, value);
    return this;
  }
  type(name) { return this.set('content-type', types[name] ?? name); }
  accept(name) { return this.set('accept', types[name] ?? name); }
  query(value) { this.#query.push(value); return this; }
  auth(user, password, options) {
    const kind = typeof password === 'object' ? password.type : options && options.type;
    return this.set('authorization', kind === 'bearer' ? 'Bearer ' + user : basic(user, typeof password === 'string' ? password : ''));
  }
  timeout(limit) { this.#limit = typeof limit === 'object' ? limit.response ?? limit.deadline : limit; return this; }
  ok(fn) { this.#ok = fn; return this; }
  retry() { return this; }
  redirects() { return this; }
  send(data) {
    if (typeof data === 'string') {
      if (!this.#headers.has('content-type')) this.type('form');
      this.#data = this.#data && this.#headers.get('content-type') === types.form ? this.#data + '&' + data : (this.#data ?? '') + data;
    } else this.#data = typeof this.#data === 'object' && typeof data === 'object' && !Array.isArray(data) ? { ...this.#data, ...data } : data;
    return this;
  }
  end(callback) {
    this.#run().then((response) => startTimer(callback, 0, [null, response], false), (error) => startTimer(callback, 0, [error, error.response], false));
    return this;
  }
  then(done, fail) { return this.#run().then(done, fail); }
  catch(fail) { return this.#run().catch(fail); }
  finally(done) { return this.#run().finally(done); }
  #run() { return this.#promise ??= this.#exchange(); }
  #body() {
    if (typeof this.#data !== 'object' || this.#data === null || core.Buffer.isBuffer(this.#data)) return this.#data;
    if (!this.#headers.has('content-type')) this.type('json');
    return this.#headers.get('content-type').startsWith(types.form) ? require('qs').stringify(this.#data) : stringify(this.#data);
  }
  async #exchange() {
    const url = this.#query.reduce(withQuery, this.#url), body = this.#body();
    const reply = await exchange('superagent', this.#path, { method: this.#method, url, headers: this.#headers, body }, this.#limit,
      (ms) => namedError('Error', `Timeout of ${ms}ms exceeded`, { timeout: ms, code: 'ECONNABORTED', errno: 'ETIME' }));
    if (reply.failure) throw namedError('Error', reply.failure, { code: reply.failure });
    const { status } = reply, isJSON = /json/.test(reply.headers['content-type'] ?? '');
    const response = { status, statusCode: status, statusType: Math.floor(status / 100), ok: status >= 200 && status < 300, text: reply.body, body: isJSON ? parse(reply.body || 'null') ?? {} : {}, headers: reply.headers, header: reply.headers, type: (reply.headers['content-type'] ?? '').split(';')[0], get: (name) => reply.headers[String(name).toLowerCase()] };
    if (this.#ok ? this.#ok(response) : response.ok) return response;
    const error = namedError('Error', statusTexts[status] ?? 'Unsuccessful HTTP response', { status, response });
    response.error = error;
    throw error;
  }
}

function superagent() {
  const agent = (method, url) => new Agent('superagent', String(url === undefined ? 'get' : method).toUpperCase(), url ?? method);
  for (const method of ['get', 'post', 'put', 'patch', 'head', 'delete', 'options']) agent[method] = (url, data) => { const made = new Agent('superagent.' + method, method.toUpperCase(), url); return data === undefined ? made : method === 'get' || method === 'head' ? made.query(data) : made.send(data); };
  agent.del = agent.delete;
  agent.default = agent;
  return beside('superagent', agent);
}

return {
  'got': () => beside('got', makeGot({ headers: {} })), 'request': () => beside('request', makeRequest('request', false)),
  'request-promise': () => beside('request-promise', makeRequest('request-promise', true)),
  'request-promise-native': () => beside('request-promise-native', makeRequest('request-promise-native', true)), 'superagent': superagent,
};
