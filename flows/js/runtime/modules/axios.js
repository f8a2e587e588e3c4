// axios: the part that Actions use. Requests become the same record as those of fetch.

const { Headers, Request, URLSearchParams, base64, utf8Bytes, statusTexts, send, answered, rejected, startTimer, note, parse, stringify, selfMade } = core;

class AxiosError extends Error {
  constructor(message, code, config, request, response) {
    super(message);
    this.name = 'AxiosError';
    Object.assign(this, { code, config, request, response, status: response ? response.status : undefined, isAxiosError: true });
  }
  toJSON() { return { message: this.message, name: this.name, code: this.code, status: this.status }; }
}

function axiosURL(config) {
  let url = config.url ?? '';
  if (config.baseURL && !/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) {
    url = url ? config.baseURL.replace(/\/+$/, '') + '/' + url.replace(/^\/+/, '') : config.baseURL;
  }
  const params = new URLSearchParams();
  for (const [name, value] of config.params instanceof URLSearchParams ? config.params : Object.entries(config.params ?? {})) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      params.append(Array.isArray(value) ? name + '[]' : name, typeof one === 'object' ? stringify(one) : one);
    }
  }
  const query = params.toString();
  return query ? url + (url.includes('?') ? '&' : '?') + query : url;
}

function axiosRequest(config) {
  const method = String(config.method ?? 'get').toUpperCase();
  const headers = new Headers({ accept: 'application/json, text/plain, */*' });
  new Headers(config.headers).forEach((value, name) => headers.set(name, value));
  let body = /^(GET|HEAD)$/.test(method) ? undefined : config.data;
  const plain = typeof body === 'object' && body !== null && !(body instanceof URLSearchParams)
    && !(body instanceof ArrayBuffer) && !ArrayBuffer.isView(body) && !body[selfMade];
  if (plain && /x-www-form-urlencoded/.test(headers.get('content-type'))) {
    body = new URLSearchParams(body).toString();
  } else if (plain) {
    body = stringify(body);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  } else if (typeof body === 'string' && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded');
  }
  if (config.auth) headers.set('authorization', 'Basic ' + base64(utf8Bytes(`${config.auth.username ?? ''}:${config.auth.password ?? ''}`)));
  return new Request(axiosURL(config), { method, headers, body });
}

function axiosSend(path, config) {
  let request;
  try {
    request = axiosRequest(config);
  } catch (error) {
    return rejected(new AxiosError(error.message, 'ERR_INVALID_URL', config));
  }
  return axiosFinish(send('axios', path, request), config);
}

async function axiosFinish(reply, config) {
  if (config.timeout > 0 && reply.delay > config.timeout) {
    await new Promise((done) => startTimer(done, config.timeout, [], false));
    throw new AxiosError(`timeout of ${config.timeout}ms exceeded`, 'ECONNABORTED', config, {});
  }
  await answered(reply, config.signal);
  if (reply.failure) throw new AxiosError(reply.failure, reply.failure, config, {});
  const response = {
    data: axiosData(reply.body, config.responseType), status: reply.status, statusText: statusTexts[reply.status] ?? '',
    headers: new Headers(reply.headers).toJSON(), config, request: {},
  };
  const valid = config.validateStatus === undefined ? (status) => status >= 200 && status < 300 : config.validateStatus;
  if (!valid || valid(reply.status)) return response;
  throw new AxiosError('Request failed with status code ' + reply.status, reply.status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE', config, {}, response);
}

function axiosData(body, type) {
  if (type === 'text') return body;
  if (type === 'arraybuffer') return core.Buffer.from(body);
  try { return parse(body); } catch { return body; }
}

function makeAxios(defaults) {
  const merged = (config = {}) => {
    const own = instance.defaults.headers ?? {};
    return { ...instance.defaults, ...config, headers: { ...own.common, ...withoutGroups(own), ...(config.headers instanceof Headers ? config.headers.toJSON() : config.headers) } };
  };
  const call = (path) => (first, second) => axiosSend(path, merged(typeof first === 'string' ? { ...second, url: first } : first));
  const instance = call('axios');
  instance.request = call('axios.request');
  for (const method of ['get', 'delete', 'head', 'options']) {
    instance[method] = (url, config) => axiosSend('axios.' + method, merged({ ...config, method, url }));
  }
  for (const method of ['post', 'put', 'patch']) {
    instance[method] = (url, data, config) => axiosSend('axios.' + method, merged({ ...config, method, url, data }));
  }
  instance.defaults = { ...defaults, headers: { common: {}, ...(defaults || {}).headers } };
  instance.interceptors = { request: { use: () => note('interceptor') }, response: { use: () => note('interceptor') } };
  instance.getUri = (config) => axiosURL(merged(config));
  return instance;
}

// withoutGroups leaves out common, post and the like, which hold headers and are none.
function withoutGroups(headers) {
  const out = {};
  for (const name of Object.keys(headers)) if (typeof headers[name] !== 'object') out[name] = headers[name];
  return out;
}

function axiosModule() {
  const axios = makeAxios({});
  axios.create = (config) => makeAxios({ ...axios.defaults, ...config, headers: { ...axios.defaults.headers, ...(config || {}).headers } });
  axios.isAxiosError = (error) => Boolean(error && error.isAxiosError);
  axios.isCancel = () => false;
  axios.all = (list) => Promise.all(list);
  axios.spread = (fn) => (list) => fn(...list);
  return Object.assign(axios, { AxiosError, default: axios });
}

return { 'axios': axiosModule };
