package js_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/flows/js"
)

const event = `{
	"notification": {"recipient": "+15550100", "as_text": "Your code is 123456", "as_voice": "1. 2. 3.",
		"code": "123456", "delivery_method": "text", "message_type": "otp_verify"},
	"secrets": {"URL": "https://gateway.example/send", "TOKEN": "t0p", "SID": "AC1"}
}`

// action wraps a handler's body as customers write it.
func action(body string) string {
	return "exports.onExecuteCustomPhoneProvider = async (event, api) => {\n" + body + "\n};\n"
}

func provider(code string) js.Action {
	return js.Action{
		Code: code, Handler: js.CustomPhoneProvider, Event: json.RawMessage(event),
		API: []js.Feature{js.Cache, js.Notification}, Limits: js.Limits{Time: time.Minute}, // whatever the load of the machine
	}
}

func run(t *testing.T, a js.Action) js.Result {
	t.Helper()
	result, err := js.Run(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// What common Actions send, whatever they send it with.
func TestRunRecordsRequests(t *testing.T) {
	t.Parallel()
	const jsonBody = `{"to":"+15550100","text":"Your code is 123456"}`
	send := func(path string, headers map[string]string) js.Call {
		module, _, _ := strings.Cut(path, ".")
		if path == "fetch" {
			module = ""
		}
		return js.Call{
			Kind: js.Request, Module: module, Path: path, Method: "POST", URL: "https://gateway.example/send",
			Headers: headers, Body: jsonBody,
		}
	}
	const payload = `const body = { to: event.notification.recipient, text: event.notification.as_text };`
	tests := map[string]struct {
		body string
		want js.Call
	}{
		"fetch": {
			payload + `const r = await fetch(event.secrets.URL, { method: 'POST',
			headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + event.secrets.TOKEN }, body: JSON.stringify(body) });
			if (!r.ok) throw new Error('gateway: ' + r.status);
			console.log(r.status, r.statusText, r.headers.get('Content-Type'), await r.json());`,
			send("fetch", map[string]string{"content-type": "application/json", "authorization": "Bearer t0p"}),
		},
		"axios": {
			payload + `const axios = require('axios');
			const r = await axios.post(event.secrets.URL, body, { headers: { 'X-Key': 1 } });
			console.log(r.status, r.statusText, r.headers['content-type'], r.data);`,
			send("axios.post", map[string]string{"accept": "application/json, text/plain, */*", "content-type": "application/json", "x-key": "1"}),
		},
		"axios instance": {
			payload + `const { default: axios } = require('axios');
			const client = axios.create({ baseURL: 'https://gateway.example/', auth: { username: 'a', password: 'ü' } });
			const r = await client({ method: 'post', url: '/send', data: body });
			console.log(r.status, r.statusText, r.headers['content-type'], r.data);`,
			send("axios", map[string]string{"accept": "application/json, text/plain, */*", "content-type": "application/json", "authorization": "Basic YTrDvA=="}),
		},
		"node-fetch": {
			payload + `const fetch = require('node-fetch');
			const r = await fetch(new URL('/send', 'https://Gateway.example:443/x'), { method: 'post', body: Buffer.from(JSON.stringify(body)) });
			console.log(r.status, r.statusText, r.headers.get('content-type'), await r.json());`,
			send("node-fetch", map[string]string{}),
		},
		"undici": {
			payload + `const { request } = require('undici');
			const { statusCode, headers, body: answer } = await request(event.secrets.URL, { method: 'POST', headers: [['A', 'b']], body: JSON.stringify(body) });
			console.log(statusCode, 'OK', headers['content-type'], await answer.json());`,
			send("undici.request", map[string]string{"a": "b", "content-type": "text/plain;charset=UTF-8"}),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, provider(action(test.body)))
			want := js.Result{Outcome: js.Done, Calls: []js.Call{test.want}, Logs: []string{"200 OK application/json {}"}}
			if test.want.Module != "" {
				want.Copies = []string{test.want.Module}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// A module that is not there records what is asked of it.
func TestRunRecordsModules(t *testing.T) {
	t.Parallel()
	type call struct{ Path, Args string }
	tests := map[string]struct {
		body  string
		calls []call
		value string
	}{
		"twilio": {
			`const m = await require('twilio')(event.secrets.SID, event.secrets.TOKEN).messages.create({ to: event.notification.recipient, body: 'hi' });
			return m.sid;`,
			[]call{{"twilio", `["AC1","t0p"]`}, {"twilio().messages.create", `[{"to":"+15550100","body":"hi"}]`}},
			`"SM00000000000000000000000000000000"`,
		},
		"twilio verify": {
			`const client = new (require('twilio').Twilio)('AC1');
			return (await client.verify.v2.services('VA1').verifications.create({ channel: 'sms' })).status;`,
			[]call{{"twilio.Twilio", `["AC1"]`}, {"twilio.Twilio().verify.v2.services", `["VA1"]`}, {"twilio.Twilio().verify.v2.services().verifications.create", `[{"channel":"sms"}]`}},
			`"pending"`,
		},
		"aws-sdk": {
			`const AWS = require('aws-sdk'); AWS.config.update({ region: 'x' });
			await new AWS.SNS().publish({ Message: 'm' }).promise();`,
			[]call{{"aws-sdk.config.update", `[{"region":"x"}]`}, {"aws-sdk.SNS", `[]`}, {"aws-sdk.SNS().publish", `[{"Message":"m"}]`}, {"aws-sdk.SNS().publish().promise", `[]`}},
			``,
		},
		"callback": {
			`return new Promise((done, fail) => require('x').send(1, (err, answer) => err ? fail(err) : done(String(answer.id))));`,
			[]call{{"x.send", `[1,"[Function]"]`}},
			`"[x.send().id]"`,
		},
		"import default": {
			`const x = require('node:x'); return [x.default === x, String(x.a.b), JSON.stringify({ x }), [...x].length, typeof x.then];`,
			nil, `[true,"[x.a.b]","{\"x\":\"[x]\"}",0,"undefined"]`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, provider(action(test.body)))
			if got.Outcome != js.Done || string(got.Value) != test.value {
				t.Errorf("outcome %q (%v), value %s; want %s", got.Outcome, got.Err, got.Value, test.value)
			}
			var calls []call
			for _, c := range got.Calls {
				calls = append(calls, call{c.Path, string(c.Args)})
			}
			if diff := cmp.Diff(test.calls, calls); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// How a run can end.
func TestRunOutcomes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		code   string
		want   js.Outcome
		reason string
		err    string
		line   int
	}{
		"returns":             {action(``), js.Done, "", "", 0},
		"drops":               {action(`api.notification.drop('no route');`), js.Dropped, "no route", "", 0},
		"retries":             {action(`api.notification.retry('busy');`), js.Retry, "busy", "", 0},
		"last call wins":      {action(`api.notification.drop('a'); api.notification.retry('b'); api.notification.drop('c');`), js.Dropped, "c", "", 0},
		"throws":              {action("\nthrow new TypeError('boom');"), js.Threw, "", "line 3: TypeError: boom", 3},
		"throws text":         {action(`throw 'boom';`), js.Threw, "", "string: boom", 0},
		"throws the unshown":  {action(`throw { toString() { throw 1; } };`), js.Threw, "", "object: an error that cannot be shown", 0},
		"throws after drop":   {action(`api.notification.drop('a'); null.x;`), js.Threw, "a", "line 2: TypeError: cannot read property 'x' of null", 2},
		"throws at the top":   {"// comment\nthrow new Error('top');", js.Threw, "", "line 2: Error: top", 2},
		"throws in a timer":   {action(`await new Promise(() => setTimeout(() => { throw new RangeError('late'); }));`), js.Threw, "", "line 2: RangeError: late", 2},
		"unknown api":         {action(`api.message.send();`), js.Threw, "", "line 2: TypeError: cannot read property 'send' of undefined", 2},
		"stack overflow":      {action(`const f = () => f() + 1; f();`), js.Threw, "", "line 2: InternalError: stack overflow", 2},
		"no handler":          {`exports.onExecuteSendPhoneMessage = async () => {};`, js.NoHandler, "", "script exports no such handler", 0},
		"exports replaced":    {`module.exports = null;`, js.NoHandler, "", "script exports no such handler", 0},
		"module.exports":      {`module.exports = { async onExecuteCustomPhoneProvider() {} };`, js.Done, "", "", 0},
		"syntax error":        {"const a = 1;\nconst b = ;", js.InvalidCode, "", "line 2: SyntaxError: unexpected token in expression: ';'", 2},
		"TypeScript":          {"const a: string = '';", js.InvalidCode, "", "line 1: SyntaxError: missing initializer for const variable", 1},
		"byte order mark":     {"\ufeff" + action("return 1;\r"), js.Done, "", "", 0},
		"never settles":       {action(`await new Promise(() => {});`), js.TimedOut, "", "script took too long: the handler waits for something that never comes", 0},
		"waits too long":      {action(`await new Promise((done) => setTimeout(done, 21000));`), js.TimedOut, "", "script took too long: the handler is not done after 20s", 0},
		"endless interval":    {action(`setInterval(() => {}, 100); await new Promise(() => {});`), js.TimedOut, "", "script took too long: the handler is not done after 20s", 0},
		"waits long":          {action(`await new Promise((done) => setTimeout(done, 19000));`), js.Done, "", "", 0},
		"parses a bad answer": {action(`return JSON.parse('<html>');`), js.Threw, "", "line 2: SyntaxError: unexpected token: '<'", 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, provider(test.code))
			if got.Outcome != test.want || got.Reason != test.reason {
				t.Errorf("outcome %q, reason %q; want %q, %q", got.Outcome, got.Reason, test.want, test.reason)
			}
			var failure *js.Error
			switch {
			case test.err == "" && got.Err != nil:
				t.Errorf("error %v", got.Err)
			case test.err == "":
			case !errors.As(got.Err, &failure) || got.Err.Error() != test.err || failure.Line != test.line:
				t.Errorf("error %q, want %q at line %d", got.Err, test.err, test.line)
			}
		})
	}
}

// The same Action against a gateway in different moods.
func TestRunAnswers(t *testing.T) {
	t.Parallel()
	code := action(`const axios = require('axios');
		try {
			const r = await fetch('https://g.example', { signal: AbortSignal.timeout(3000) });
			console.log(r.status, r.ok);
		} catch (e) { console.log(e.name, e.message, e.cause && e.cause.code); }
		try { await axios.get('https://g.example', { timeout: 3000 }); console.log('ok'); }
		catch (e) { console.log(axios.isAxiosError(e), e.code, e.message, e.response && e.response.status); }
		try { console.log(typeof (await require('sdk').send()).id); }
		catch (e) { console.log(e.message, e.status || e.code); }`)
	tests := map[string]struct {
		answer js.Response
		want   []string
	}{
		"200":           {js.Response{Body: `{"id":"x"}`}, []string{"200 true", "ok", "string"}},
		"400":           {js.Response{Status: 400}, []string{"400 false", "true ERR_BAD_REQUEST Request failed with status code 400 400", "Bad Request 400"}},
		"503":           {js.Response{Status: 503}, []string{"503 false", "true ERR_BAD_RESPONSE Request failed with status code 503 503", "Service Unavailable 503"}},
		"network error": {js.Response{Failure: "ECONNREFUSED"}, []string{"TypeError fetch failed ECONNREFUSED", "true ECONNREFUSED ECONNREFUSED undefined", "ECONNREFUSED ECONNREFUSED"}},
		"slow":          {js.Response{Delay: 2 * time.Second}, []string{"200 true", "ok", "function"}},
		"too slow":      {js.Response{Delay: 4 * time.Second}, []string{"TimeoutError The operation was aborted due to timeout undefined", "true ECONNABORTED timeout of 3000ms exceeded undefined", "function"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := provider(code)
			a.Answer = func(js.Call) js.Response { return test.answer }
			if diff := cmp.Diff(test.want, run(t, a).Logs); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestRunFeatures(t *testing.T) {
	t.Parallel()
	a := provider(`exports.onExecuteSendPhoneMessage = async (event, api) => {
		api.cache.set('k', 'v', { ttl: 1000 });
		const before = api.cache.get('k').value;
		await new Promise((done) => setTimeout(done, 1000));
		return [before, api.cache.get('k'), api.notification];
	};`)
	a.Handler, a.API = js.SendPhoneMessage, []js.Feature{js.Cache}
	got := run(t, a)
	if string(got.Value) != `["v",null,null]` || len(got.Calls) != 3 || got.Calls[0].Path != "api.cache.set" {
		t.Errorf("value %s, calls %v", got.Value, got.Calls)
	}
}

func TestRunNotes(t *testing.T) {
	t.Parallel()
	got := run(t, provider(`exports.onExecuteCustomPhoneProvider = (event, api) => { setTimeout(() => fetch('https://late.example'), 5); return 1; }`))
	if diff := cmp.Diff([]js.Note{js.NotAsync, js.Unfinished}, got.Notes); diff != "" || len(got.Calls) != 0 {
		t.Errorf("-want +got\n%s\ncalls %v", diff, got.Calls)
	}
}

// Runs are equal, and nothing is left from one to the next.
func TestRunIsDeterministic(t *testing.T) {
	t.Parallel()
	a := provider(action(`globalThis.count = (globalThis.count || 0) + 1;
		console.log(globalThis.count, Date.now(), new Date().getHours(), String(new Date()), new Date(2024, 0, 2).toISOString(), Math.random());
		await new Promise((done) => setTimeout(done, 1500)); console.log(Date.now());`))
	a.Now = time.Date(2025, 6, 1, 12, 0, 0, 0, time.FixedZone("", 7200))
	first, second := run(t, a), run(t, a)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("-first +second\n%s", diff)
	}
	const want = "1 1748772000000 10 Sun Jun 01 2025 10:00:00 GMT+0000 (Coordinated Universal Time) 2024-01-02T00:00:00.000Z 0."
	if !strings.HasPrefix(first.Logs[0], want) || first.Logs[1] != "1748772001500" {
		t.Errorf("logs %q", first.Logs)
	}
}

// Fake time neither stops a run nor is moved by one.
func TestRunUnderFakeTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		got := run(t, provider(action(`await new Promise((done) => setTimeout(done, 5000)); return Date.now();`)))
		if string(got.Value) != "1767225605000" || time.Since(start) != 0 {
			t.Errorf("value %s after %v", got.Value, time.Since(start))
		}
	})
}

func TestCheck(t *testing.T) {
	t.Parallel()
	if err := js.Check(action("return 1;")); err != nil {
		t.Error(err)
	}
	err := js.Check("const a = 1;\nlet = ;")
	var failure *js.Error
	if !errors.Is(err, js.ErrSyntax) || !errors.As(err, &failure) || failure.Line != 2 {
		t.Errorf("error %v", err)
	}
}
