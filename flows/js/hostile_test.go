package js_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/flows/js"
)

// Actions that mean harm are stopped, whatever they catch, and said to be stopped.
func TestRunStopsHostileCode(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	tests := map[string]struct {
		body string
		want error
	}{
		"endless loop":            {`for (;;);`, js.ErrTimeout},
		"endless loop caught":     {`for (;;) try { for (;;); } catch {} finally { continue; }`, js.ErrTimeout},
		"endless loop in a job":   {`await null; for (;;);`, js.ErrTimeout},
		"endless loop in a catch": {`(async () => { for (;;); })().catch(() => { for (;;); }); await null; for (;;);`, js.ErrTimeout},
		"endless jobs":            {`const f = () => Promise.resolve().then(f); await f();`, js.ErrTimeout},
		"endless zero timers":     {`const f = () => setTimeout(f, 0); f(); await new Promise(() => {});`, js.ErrTimeout},
		"backtracking expression": {`/^(a+)+$/.test('a'.repeat(40) + 'b');`, js.ErrTimeout},
		"memory bomb":             {`const a = []; for (;;) a.push(new Array(1e4).fill('x'));`, js.ErrMemory},
		"memory bomb of objects":  {`let o = {}; for (;;) o = { o };`, js.ErrMemory},
		"memory bomb of calls":    {`let s = 'x'.repeat(1e6); const a = []; for (;;) a.push(s + a.length);`, js.ErrMemory},
		"flood of logs":           {`for (;;) try { console.log('x'.repeat(1000)); } catch {}`, js.ErrOutput},
		"flood of requests":       {`for (;;) fetch('https://g.example/').catch(() => {});`, js.ErrOutput},
		"one huge log line":       {`console.log('x'.repeat(2e5));`, js.ErrOutput},
		"huge return value":       {`return 'x'.repeat(2e5);`, js.ErrOutput},
		"huge error":              {`throw new Error('x'.repeat(2e5));`, js.ErrOutput},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := provider(action(test.body))
			a.Limits = js.Limits{Time: time.Minute, Memory: 8 << 20, Output: 64 << 10}
			if errors.Is(test.want, js.ErrTimeout) {
				a.Limits = js.Limits{Time: 100 * time.Millisecond}
			}
			got := run(t, a)
			if !errors.Is(got.Err, test.want) {
				t.Errorf("outcome %q, error %v; want %v", got.Outcome, got.Err, test.want)
			}
		})
	}
}

// Replacing what the language is made of changes neither record nor outcome.
func TestRunSurvivesPollution(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"object prototype": `for (const key of ['failure', 'delay', 'status', 'headers', 'toJSON', 'outcome', 'then']) Object.prototype[key] = 500;
			Object.defineProperty(Object.prototype, 'body', { get: () => 'forged', set() {}, configurable: true });`,
		"methods": `for (const type of [Map, Set, Promise, String, RegExp])
			for (const name of ['get', 'set', 'add', 'then', 'charAt', 'concat']) if (type.prototype[name]) type.prototype[name] = lie;`,
		"iteration": `Array.prototype[Symbol.iterator] = Array.prototype.toJSON = lie;`,
		"builtins":  `JSON.stringify = JSON.parse = Reflect.apply = globalThis.String = globalThis.Promise = lie;`,
		"host":      `globalThis.hostRecord = globalThis.hostEnd = globalThis.hostLog = lie; globalThis.Function = globalThis.Proxy = lie;`,
	}
	want := js.Result{Outcome: js.Retry, Reason: "honest", StandIns: []string{"sms"}, Calls: []js.Call{
		{Kind: js.Module, Module: "sms", Path: "sms.send", Args: []byte(`[{"to":"+15550100"}]`)},
		{
			Kind: js.Request, Path: "fetch", Method: "POST", URL: "https://g.example/send", Body: "x",
			Headers: map[string]string{"content-type": "text/plain;charset=UTF-8"},
		},
		{Kind: js.API, Path: "api.notification.retry", Args: []byte(`["honest"]`)},
	}}
	for name, pollute := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, provider("const lie = () => { throw new Error('polluted'); };\n"+pollute+`
				exports.onExecuteCustomPhoneProvider = async (event, api) => {
					await require('sms').send({ to: event.notification.recipient });
					const r = await fetch('https://g.example/send', { method: 'POST', body: 'x' });
					if (r.status !== 200) api.notification.drop('status ' + r.status);
					api.notification.retry('honest');
				};`))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s%v", diff, got.Err)
			}
		})
	}
}

// There is no way out of the sandbox, and none into the recorder.
func TestRunHasNoHost(t *testing.T) {
	t.Parallel()
	got := run(t, provider(action(`
		const tries = [() => hostRecord, () => hostEnd, () => std, () => os, () => Deno, () => Bun, () => print];
		const reached = tries.filter((f) => { try { f(); return true; } catch { return false; } });
		const { readFileSync } = await import('/etc/hostname');
		return [reached.length, String(readFileSync('/etc/hostname')), String(require('fs').readFileSync('/etc/hostname')), Object.keys(process.env)];`)))
	if string(got.Value) != `[0,"[/etc/hostname.readFileSync()]","[fs.readFileSync()]",[]]` {
		t.Errorf("value %s, error %v", got.Value, got.Err)
	}
}

func TestRunHonoursContext(t *testing.T) {
	t.Parallel()
	gone := errors.New("the admin went back")
	ctx, cancel := context.WithCancelCause(t.Context())
	a := provider(action(`await fetch('https://g.example'); for (;;);`))
	a.Answer = func(js.Call) js.Response { cancel(gone); return js.Response{} }
	if _, err := js.Run(ctx, a); !errors.Is(err, gone) {
		t.Errorf("error %v", err)
	}
}

func TestRunRejectsAnEventThatIsNotJSON(t *testing.T) {
	t.Parallel()
	a := provider(action(``))
	a.Event = []byte(`{"notification":`)
	if _, err := js.Run(t.Context(), a); err == nil {
		t.Error("accepted")
	}
}

func TestRunConcurrently(t *testing.T) {
	t.Parallel()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			a := provider(action(fmt.Sprintf(`globalThis.x = (globalThis.x ?? 0) + %d; await fetch('https://g.example/' + x); return x;`, i)))
			got, err := js.Run(t.Context(), a)
			if err != nil || string(got.Value) != fmt.Sprint(i) || got.Calls[0].URL != fmt.Sprintf("https://g.example/%d", i) {
				t.Errorf("run %d: %v, %v", i, got, err)
			}
		})
	}
	wg.Wait()
}

// Whatever the code, a run ends with an outcome, and Check agrees with it about syntax.
func FuzzRun(f *testing.F) {
	for _, body := range []string{
		"", "for (;;);", "throw null;", "}); (function () {", "/*", "`", "#!/bin/sh", "\x00", "\xff\ufeff", "return import('x')",
		"module.exports = new Proxy({}, { get() { throw 1; } });", "exports.onExecuteCustomPhoneProvider = class {};",
	} {
		f.Add(body)
		f.Add(action(body))
	}
	f.Fuzz(func(t *testing.T, code string) {
		a := provider(code)
		a.Limits = js.Limits{Time: 200 * time.Millisecond, Memory: 16 << 20}
		got := run(t, a)
		if got.Outcome == "" || (got.Err == nil) != (got.Outcome == js.Done || got.Outcome == js.Dropped || got.Outcome == js.Retry) {
			t.Errorf("outcome %q, error %v", got.Outcome, got.Err)
		}
		// On a busy machine time may be up before the code was read.
		known := got.Outcome == js.InvalidCode || got.Outcome == js.TimedOut
		if err := js.Check(code); got.Outcome == js.InvalidCode && err == nil || errors.Is(err, js.ErrSyntax) && !known {
			t.Errorf("checked %v, outcome %q, error %v", err, got.Outcome, got.Err)
		}
	})
}

func BenchmarkRun(b *testing.B) {
	a := provider(action(`await fetch('https://g.example', { method: 'POST', body: JSON.stringify(event.notification) });`))
	for b.Loop() {
		if _, err := js.Run(b.Context(), a); err != nil {
			b.Fatal(err)
		}
	}
}
