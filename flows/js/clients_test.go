package js_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/flows/js"
)

// Whatever sends a request, one record of it is made.
func TestRunRecordsRequestsOfClients(t *testing.T) {
	t.Parallel()
	const typeJSON, typeForm = "application/json", "application/x-www-form-urlencoded"
	tests := map[string]struct {
		module, path string
		code         string
		body         string
		headers      map[string]string
	}{
		"https, an address and options": {
			"https", "https.request",
			`const https = require('https');
			const answer = await new Promise((done, fail) => {
				const req = https.request(event.secrets.URL, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Many': ['a', 'b'] } }, (res) => {
					let text = ''; res.setEncoding('utf8'); res.on('data', (part) => { text += part; }); res.on('end', () => done([res.statusCode, res.headers['content-type'], text]));
				});
				req.on('error', fail); req.write('{"to":'); req.write(Buffer.from('1}')); req.end();
			});
			console.log(...answer);`,
			`{"to":1}`,
			map[string]string{"content-type": typeJSON, "x-many": "a, b"},
		},
		"https, options only": {
			"https", "https.request",
			`const req = require('node:https').request({ hostname: 'gateway.example', path: '/send', method: 'post', auth: 'u:p', headers: { 'content-type': 'application/json' } });
			req.setHeader('X', 1); req.end('{}');
			const [res] = await require('events').once(req, 'response');
			let text = ''; for await (const part of res) text += part;
			console.log(res.statusCode, res.headers['content-type'], text);`,
			`{}`,
			map[string]string{"content-type": typeJSON, "x": "1", "authorization": "Basic dTpw"},
		},
		"got": {
			"got", "got.post",
			`const res = await require('got').post(event.secrets.URL, { json: { to: 1 }, responseType: 'json', timeout: { request: 5000 } });
			console.log(res.statusCode, res.headers['content-type'], JSON.stringify(res.body));`,
			`{"to":1}`,
			map[string]string{"content-type": typeJSON, "accept": typeJSON},
		},
		"got, extended": {
			"got", "got",
			`const client = require('got').default.extend({ prefixUrl: 'https://gateway.example', headers: { 'X-Key': 'k' } });
			console.log(200, 'application/json', await client('send', { method: 'POST', form: { a: 'b c' } }).text());`,
			"a=b+c",
			map[string]string{"content-type": typeForm, "x-key": "k"},
		},
		"request": {
			"request", "request.post",
			`await new Promise((done, fail) => require('request').post({ url: event.secrets.URL, json: true, body: { to: 1 }, auth: { bearer: 't' } }, (error, res, body) => {
				if (error) return fail(error);
				console.log(res.statusCode, res.headers['content-type'], JSON.stringify(body)); done();
			}));`,
			`{"to":1}`,
			map[string]string{"content-type": typeJSON, "accept": typeJSON, "authorization": "Bearer t"},
		},
		"request-promise-native": {
			"request-promise-native", "request-promise-native",
			`const res = await require('request-promise-native')({ method: 'POST', uri: event.secrets.URL, form: { a: { b: "it's" } }, resolveWithFullResponse: true });
			console.log(res.statusCode, res.headers['content-type'], res.body);`,
			"a%5Bb%5D=it%27s",
			map[string]string{"content-type": typeForm},
		},
		"superagent": {
			"superagent", "superagent.post",
			`const res = await require('superagent').post(event.secrets.URL).auth('u', 'p').set('X', 1).send({ to: 1 }).send({ more: 2 });
			console.log(res.status, res.headers['content-type'], res.text);`,
			`{"to":1,"more":2}`,
			map[string]string{"content-type": typeJSON, "authorization": "Basic dTpw", "x": "1"},
		},
		"superagent, a form and a callback": {
			"superagent", "superagent.post",
			`await new Promise((done) => require('superagent').post(event.secrets.URL).type('form').send({ a: 1 }).end((error, res) => { console.log(res.status, res.type, res.text); done(); }));`,
			"a=1",
			map[string]string{"content-type": typeForm},
		},
		"axios with form-data": {
			"axios", "axios.post",
			`const Form = require('form-data'); const form = new Form(); form.setBoundary('--b'); form.append('to', '1');
			const res = await require('axios').post(event.secrets.URL, form, { headers: form.getHeaders() });
			console.log(res.status, res.headers['content-type'], JSON.stringify(res.data));`,
			"----b\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n1\r\n----b--\r\n",
			map[string]string{"content-type": "multipart/form-data; boundary=--b", "accept": "application/json, text/plain, */*"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, provider(action(test.code)))
			want := []js.Call{{
				Kind: js.Request, Module: test.module, Path: test.path, Method: "POST", URL: "https://gateway.example/send",
				Headers: test.headers, Body: test.body,
			}}
			if diff := cmp.Diff(want, got.Calls); diff != "" {
				t.Errorf("-want +got\n%s%v", diff, got.Err)
			}
			if diff := cmp.Diff([]string{"200 application/json {}"}, got.Logs); diff != "" || got.Outcome != js.Done || got.StandIns != nil {
				t.Errorf("-want +got\n%s%v %v", diff, got.Err, got.StandIns)
			}
		})
	}
}

// What each client makes of an answer that is no success.
func TestRunAnswersClients(t *testing.T) {
	t.Parallel()
	code := action(`
		const said = (e) => [e.name, e.message, e.code, e.statusCode || e.status].filter((v) => v !== undefined).join(' | ');
		const https = () => new Promise((done, fail) => {
			const req = require('https').get('https://g.example', { timeout: 3000 }, (res) => { res.resume(); res.on('end', () => done('status ' + res.statusCode)); });
			req.on('timeout', () => req.destroy(new Error('too slow'))); req.on('error', fail);
		});
		for (const send of [
			https,
			() => require('got')('https://g.example', { timeout: 3000 }).then((r) => 'status ' + r.statusCode),
			() => require('request-promise')({ uri: 'https://g.example', timeout: 3000 }).then(() => 'body'),
			() => require('superagent').get('https://g.example').timeout(3000).then((r) => 'status ' + r.status),
		]) console.log(await send().catch(said));`)
	tests := map[string]struct {
		answer js.Response
		want   []string
	}{
		"200": {js.Response{Body: "{}"}, []string{"status 200", "status 200", "body", "status 200"}},
		"404": {js.Response{Status: 404, Body: "no"}, []string{
			"status 404", "HTTPError | Response code 404 (Not Found) | ERR_NON_2XX_3XX_RESPONSE", "StatusCodeError | 404 - no | 404", "Error | Not Found | 404",
		}},
		"network error": {js.Response{Failure: "ECONNRESET"}, []string{
			"Error | ECONNRESET | ECONNRESET", "RequestError | ECONNRESET | ECONNRESET", "RequestError | Error: ECONNRESET", "Error | ECONNRESET | ECONNRESET",
		}},
		"too slow": {js.Response{Delay: 4 * time.Second}, []string{
			"Error | too slow", "TimeoutError | Timeout awaiting 'request' for 3000ms | ETIMEDOUT", "RequestError | Error: ETIMEDOUT", "Error | Timeout of 3000ms exceeded | ECONNABORTED",
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := provider(code)
			a.Answer = func(js.Call) js.Response { return test.answer }
			got := run(t, a)
			if diff := cmp.Diff(test.want, got.Logs); diff != "" || got.Notes != nil {
				t.Errorf("-want +got\n%s%v %v", diff, got.Err, got.Notes)
			}
		})
	}
}

// What a callback throws ends the run, as an uncaught exception ends a process of Node.
func TestRunCallbacksThrow(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`require('https').get('https://g.example', () => { throw new RangeError('in a callback'); }); await new Promise(() => {});`,
		`require('request')('https://g.example', () => { throw new RangeError('in a callback'); }); await new Promise(() => {});`,
		`const e = new (require('events'))(); setTimeout(() => e.emit('error', new RangeError('in a callback'))); await new Promise(() => {});`,
	} {
		got := run(t, provider(action(body)))
		if got.Outcome != js.Threw || got.Err == nil || got.Err.Error() != "line 2: RangeError: in a callback" {
			t.Errorf("outcome %q, error %v", got.Outcome, got.Err)
		}
	}
}
