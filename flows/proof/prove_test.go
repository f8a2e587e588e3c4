package proof_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/js"
	"upe/flows/proof"
	"upe/flows/translate"
)

// before and after wrap the body of a handler of the old and of the new trigger.
func before(body string) string {
	return "exports.onExecuteSendPhoneMessage = async (event, api) => {\n" + body + "\n};\n"
}

func after(body string) string {
	return "exports.onExecuteCustomPhoneProvider = async (event, api) => {\n" + body + "\n};\n"
}

func prove(t *testing.T, old proof.Old, code string, o proof.Options) proof.Proof {
	t.Helper()
	p, err := proof.Prove(t.Context(), []proof.Flow{{Name: "MFA", Old: old}}, code, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func legacy(code string) proof.Old { return proof.Legacy(translate.Source{Code: code}) }

// shown is a proof as a person reads a failed test.
func shown(t *testing.T, p proof.Proof) string {
	t.Helper()
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return p.Sentence() + "\n" + string(text)
}

// slow is why a short run, which is one under the race detector, leaves most proofs out.
const slow = "the engine is 35 times slower under the race detector"

const (
	oldSend = `const { recipient, text } = event.message_options;
		const res = await fetch(event.secrets.URL, { method: 'POST', headers: { authorization: event.secrets.TOKEN }, body: JSON.stringify({ to: recipient, text }) });
		console.log('answer', res.status);
		if (!res.ok) throw new Error('gateway: ' + res.status);`
	newSend = `const { recipient, as_text, as_voice, delivery_method } = event.notification;
		const text = delivery_method === 'voice' ? as_voice : as_text;
		const res = await fetch(event.secrets.URL, { method: 'POST', headers: { authorization: event.secrets.TOKEN }, body: JSON.stringify({ to: recipient, text }) });
		console.log('answer', res.status);
		if (!res.ok) throw new Error('gateway: ' + res.status);`
)

func TestProveSame(t *testing.T) {
	t.Parallel()
	p := prove(t, legacy(before(oldSend)), after(newSend), proof.Options{Decided: map[string]string{"on_error": "keep", "voice": "as_voice", "non_code": "deliver"}})
	if p.Verdict != proof.Same || p.Comparisons < 60 || len(p.Differences)+len(p.NotExercised) > 0 || !strings.HasPrefix(p.Sentence(), "same behaviour but for what you decided (") {
		t.Error(shown(t, p))
	}
	want := []string{
		"an error of the Action stays one: the tenant log has it, but it ends no login any more",
		"calls say the wording for voice, which spells the code digit by digit",
		"notifications without a code are delivered too; so far the Action never got any",
	}
	if diff := cmp.Diff(want, p.Chosen); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, n := range p.Notices {
		if n.Says != "sends POST https://url.example/send" {
			t.Errorf("notice %+v", n)
		}
	}
}

// Each change to the new side is seen, in the first case that shows it.
func TestProveDiffers(t *testing.T) {
	t.Parallel()
	const sms, voice = "login codes by SMS of MFA", "login codes by voice of MFA"
	const bare = sms + " to +1 500-555-0006 with an event that has no more than it must"
	tests := map[string]struct {
		old, new string // replaces old by new in the new side
		want     proof.Difference
	}{
		"a field": {
			"to: recipient", "to: event.user.phone_number + ' '",
			proof.Difference{Where: sms + ", when the message is accepted", What: "the body of POST https://url.example/send", Cases: 15},
		},
		"another secret": {
			"authorization: event.secrets.TOKEN", "authorization: event.secrets.URL",
			proof.Difference{Where: sms + ", when the message is accepted", What: "the header authorization of POST https://url.example/send", Cases: 26},
		},
		"a header more": {
			"{ authorization:", "{ 'x-new': '1', authorization:",
			proof.Difference{Where: sms + ", when the message is accepted", What: "the header x-new of POST https://url.example/send", Is: "1", Cases: 26},
		},
		"an address": {
			"fetch(event.secrets.URL", "fetch(event.secrets.URL + '?v=2'",
			proof.Difference{
				Where: sms + ", when the message is accepted", What: "the first call",
				Was: "POST https://url.example/send", Is: "POST https://url.example/send?v=2", Cases: 26,
			},
		},
		"a request more": {
			"console.log(", "await fetch('https://telemetry.example'); console.log(",
			proof.Difference{Where: sms + ", when the message is accepted", What: "a call that there was not", Is: "GET https://telemetry.example/", Cases: 22},
		},
		"a request less": {
			"const res = await fetch(", "const res = { status: 200, ok: true }; void (",
			proof.Difference{Where: sms + ", when the message is accepted", What: "a call that is left out", Was: "POST https://url.example/send", Cases: 26},
		},
		"the wording of calls": {
			"delivery_method === 'voice' ? as_voice : as_text", "as_text",
			proof.Difference{Where: voice + ", when the message is accepted", What: "the body of POST https://url.example/send", Cases: 10},
		},
		"a log": {
			"'answer'", "'the answer'",
			proof.Difference{Where: sms + ", when the message is accepted", What: "what is logged", Was: "answer 200", Is: "the answer 200", Cases: 11},
		},
		"an error's words": {
			"'gateway: '", "'status '",
			proof.Difference{
				Where: sms + ", when the gateway answers 400", What: "the error",
				Was: "Error: gateway: 400", Is: "Error: status 400", Cases: 4,
			},
		},
		"an error's class": {
			"throw new Error", "throw new RangeError",
			proof.Difference{
				Where: sms + ", when the gateway answers 400", What: "the error",
				Was: "Error: gateway: 400", Is: "RangeError: gateway: 400", Cases: 4,
			},
		},
		"an error swallowed": {
			"if (!res.ok)", "if (false)",
			proof.Difference{
				Where: sms + ", when the gateway answers 400", What: "how it ends",
				Was: "threw: Error: gateway: 400", Is: "ends as if the message were sent", Cases: 4,
			},
		},
		"an error that nobody decided to drop": {
			"throw new Error(", "return api.notification.drop(",
			proof.Difference{
				Where: sms + ", when the gateway answers 400", What: "how it ends",
				Was: "threw: Error: gateway: 400", Is: "drops the message: gateway: 400", Cases: 4,
			},
		},
		"only enrolment": {
			"to: recipient,", "to: event.notification.message_type === 'otp_enroll' ? '' : recipient,",
			proof.Difference{Where: "enrolment codes by SMS of MFA, when the message is accepted", What: "the body of POST https://url.example/send", Cases: 5},
		},
		"only after a failure of the network": {
			"const res = await fetch(event.secrets.URL,", "const send = (...a) => fetch(...a).catch(() => fetch(...a)); const res = await send(event.secrets.URL,",
			proof.Difference{Where: sms + ", when the gateway is not reached", What: "a call that there was not", Is: "POST https://url.example/send", Cases: 4},
		},
		"only when slow": {
			"{ method:", "{ signal: AbortSignal.timeout(5000), method:",
			proof.Difference{
				Where: sms + ", when the answer takes 10 seconds", What: "how it ends",
				Was: "ends as if the message were sent", Is: "threw: TimeoutError: The operation was aborted due to timeout", Cases: 4,
			},
		},
		"only for some numbers": {
			"to: recipient", "to: recipient.startsWith('+49') ? '' : recipient",
			proof.Difference{Where: sms + " to +4955500060, when the message is accepted", What: "the body of POST https://url.example/send", Cases: 1},
		},
		"only for numbers as people write them": {
			"to: recipient", "to: recipient.replace(/[ -]/g, '')",
			proof.Difference{Where: bare + ", when the message is accepted", What: "the body of POST https://url.example/send", Cases: 1},
		},
		"only for users without a name": {
			"to: recipient", "to: event.user.name.length > 0 ? recipient : ''",
			proof.Difference{Where: bare + ", when the message is accepted", What: "how it ends", Was: "ends as if the message were sent", Cases: 1},
		},
		"it does not parse": {
			"const res", "const const",
			proof.Difference{
				Where: sms + ", when the message is accepted", What: "whether it runs", Was: "ends as if the message were sent",
				Is: "invalid code: SyntaxError: variable name expected", Cases: 1,
			},
		},
		"it has another handler": {
			"onExecuteCustomPhoneProvider", "onExecuteSendPhoneMessage",
			proof.Difference{
				Where: sms + ", when the message is accepted", What: "whether it runs", Was: "ends as if the message were sent",
				Is: "no handler: script exports no such handler", Cases: 1,
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() && name != "only when slow" {
				t.Skip(slow)
			}
			code := strings.Replace(after(newSend), test.old, test.new, 1)
			if code == after(newSend) {
				t.Fatalf("%q is not in the code", test.old)
			}
			p := prove(t, legacy(before(oldSend)), code, proof.Options{})
			i := slices.IndexFunc(p.Differences, func(d proof.Difference) bool {
				return d.Where == test.want.Where && d.What == test.want.What && (test.want.Was == "" || d.Was == test.want.Was) && (test.want.Is == "" || d.Is == test.want.Is)
			})
			if p.Verdict != proof.Differs || i < 0 || p.Differences[i].Cases != test.want.Cases {
				t.Errorf("want %+v\n%s", test.want, shown(t, p))
			}
		})
	}
}

// What the admin decided is told, and is no difference.
func TestProveChosen(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	tests := map[string]struct {
		old, new string
		decided  map[string]string
		want     string
	}{
		"drop": {
			oldSend, strings.Replace(newSend, "throw new Error(", "return api.notification.drop(", 1),
			map[string]string{"on_error": "drop"},
			"an error of the Action: so far it ended the login; now it is dropped, which only the tenant log shows",
		},
		"retry": {
			oldSend, strings.Replace(newSend, "throw new Error(", "return api.notification.retry(", 1),
			map[string]string{"on_error": "retry"},
			"an error of the Action: so far it ended the login; now Auth0 tries again, up to five times",
		},
		"text for calls": {
			oldSend, strings.Replace(newSend, "? as_voice : as_text", "? as_text : as_text", 1),
			map[string]string{"voice": "as_text"},
			"calls say the wording of text messages, as it is written",
		},
		"no fingerprint": {
			strings.Replace(oldSend, "to: recipient", "ja: event.security_context?.ja3, to: recipient", 1),
			strings.Replace(newSend, "to: recipient", "ja: undefined, to: recipient", 1),
			map[string]string{"security_context": "undefined"},
			"event.security_context: the new event does not have it, so what the Action does with the fingerprint of the user's client ends",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := prove(t, legacy(before(test.old)), after(test.new), proof.Options{Decided: test.decided})
			// The network's own failure is an exception on both sides, which nobody decided anything about here.
			p.Differences = slices.DeleteFunc(p.Differences, func(d proof.Difference) bool { return strings.Contains(d.Was, "fetch failed") })
			if len(p.Differences) > 0 || !slices.Contains(p.Chosen, test.want) {
				t.Errorf("want %q\n%s", test.want, shown(t, p))
			}
			if undecided := prove(t, legacy(before(test.old)), after(test.new), proof.Options{}); undecided.Verdict != proof.Differs {
				t.Errorf("without the decision: %s", shown(t, undecided))
			}
		})
	}
}

// What did not run is never certified.
func TestProveNotExercised(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	tests := map[string]struct {
		old, new string
		verdict  proof.Verdict
		want     string
	}{
		"sends nothing": {
			`console.log('hello');`, `console.log('hello');`,
			proof.NotExercised, "nothing was sent in any case, so that there is nothing to compare",
		},
		"gives up on what a library answers": {
			`if (require('phone-lib').parse(event.message_options.recipient).region !== 'DE') throw new Error('no'); await fetch('https://g.example');`,
			`if (require('phone-lib').parse(event.notification.recipient).region !== 'DE') throw new Error('no'); await fetch('https://g.example');`,
			proof.NotExercised, "what the module phone-lib does with what it is given, and what follows from answers of its own: it did not run",
		},
		"sends by an SDK": {
			`await require('sdk').send(event.message_options.recipient);`, `await require('sdk').send(event.notification.recipient);`,
			proof.Same, "what the module sdk does with what it is given, and what follows from answers of its own: it did not run",
		},
		"encrypts": {
			`await fetch('https://g.example', { method: 'POST', body: String(require('crypto').createCipheriv('aes-256-gcm', 'k', 'i')) });`,
			`await fetch('https://g.example', { method: 'POST', body: String(require('crypto').createCipheriv('aes-256-gcm', 'k', 'i')) });`,
			proof.Same, "what crypto.createCipheriv does, and what follows from its answers: it is not in the sandbox",
		},
		"leaves work behind": {
			`fetch('https://g.example'); setTimeout(() => fetch('https://late.example'), 50);`, `fetch('https://g.example'); setTimeout(() => fetch('https://late.example'), 50);`,
			proof.Same, "work that is left behind when the handler returns: Auth0 may or may not finish it",
		},
		"a copy of a module": {
			`await require('axios').post('https://g.example', {});`, `await require('axios').post('https://g.example', {});`,
			proof.Same, "the module axios itself: a small version of it ran",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := prove(t, legacy(before(test.old)), after(test.new), proof.Options{})
			if p.Verdict != test.verdict || !slices.Contains(p.NotExercised, test.want) {
				t.Errorf("want %s, %q\n%s", test.verdict, test.want, shown(t, p))
			}
		})
	}
}

// What an engine says about a field that is missing names the field, and the field's name has changed.
func TestProveIgnoresTheEnginesWords(t *testing.T) {
	t.Parallel()
	p := prove(t,
		legacy(before(`await fetch('https://g.example'); try { null.old_name; } catch (e) { console.log(e.message); } event.message_options.nothing.at_all;`)),
		after(`await fetch('https://g.example'); try { null.new_name; } catch (e) { console.log(e.message); } event.notification.none.whatever;`),
		proof.Options{})
	if p.Verdict != proof.Same {
		t.Error(shown(t, p))
	}
}

// The two older shapes run on events of their own.
func TestProveOlderShapes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	const sends = `const { recipient, as_text, as_voice, delivery_method } = event.notification;
		const text = delivery_method === 'voice' ? as_voice : as_text;
		await require('sdk').send(event.secrets.KEY, recipient, text, event.user.user_id, event.client.metadata.app, event.notification.locale);`
	tests := map[string]struct {
		source translate.Source
		code   string
	}{
		"version 1": {
			translate.Source{Trigger: "send-phone-message", Version: "v1", Code: `module.exports = async (event, context) => {
				await require('sdk').send(context.secrets.KEY, event.recipient, event.text, event.user.user_id, event.client.client_metadata.app, event.language);
				return { ok: true };
			};`},
			after(sends),
		},
		"a Hook": {
			translate.Source{Code: `module.exports = function (recipient, text, context, cb) {
				const { KEY } = context.webtask.secrets;
				require('sdk').send(KEY, recipient, text, context.user.user_id, context.client.client_metadata.app, context.language).then((r) => cb(null, r), cb);
			};`},
			after(sends),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := prove(t, proof.Legacy(test.source), test.code, proof.Options{Decided: map[string]string{"language": "locale"}})
			if p.Verdict != proof.Same {
				t.Error(shown(t, p))
			}
			if hook := strings.Contains(strings.Join(p.NotExercised, "\n"), "the Hook's own surroundings"); hook != (name == "a Hook") {
				t.Errorf("told of Hooks: %v", p.NotExercised)
			}
			if other := prove(t, proof.Legacy(test.source), test.code, proof.Options{Decided: map[string]string{"language": "request"}}); other.Verdict != proof.Differs {
				t.Errorf("with the other language: %s", shown(t, other))
			}
		})
	}
}

// A source of randomness, a clock and a token are the same on both sides.
func TestProveTokens(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	const sign = `const token = require('jsonwebtoken').sign({ to: %, at: Date.now() }, event.secrets.KEY, { audience: 'a', expiresIn: '5m', jwtid: require('uuid').v4() });
		await fetch('https://g.example', { headers: { authorization: 'Bearer ' + token, nonce: require('crypto').randomBytes(8).toString('hex') + Math.random() } });`
	old, now := strings.Replace(sign, "%", "event.message_options.recipient", 1), strings.Replace(sign, "%", "event.notification.recipient", 1)
	if p := prove(t, legacy(before(old)), after(now), proof.Options{}); p.Verdict != proof.Same {
		t.Error(shown(t, p))
	}
	p := prove(t, legacy(before(old)), after(strings.Replace(now, "audience: 'a'", "audience: 'b'", 1)), proof.Options{})
	if p.Verdict != proof.Differs || !strings.Contains(p.Differences[0].Was, `"aud":"a"`) || !strings.Contains(p.Differences[0].Is, `"aud":"b"`) {
		t.Error(shown(t, p))
	}
}

// Several flows are proven by one Action, each by its own old side.
func TestProveSeveralFlows(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	code := after(`const { recipient, as_text, as_voice, delivery_method } = event.notification;
		const text = delivery_method === 'voice' ? as_voice : as_text;
		await fetch(event.connection?.strategy === 'sms' ? 'https://one.example' : 'https://two.example', { method: 'POST', body: recipient + text });`)
	side := func(address string) proof.Old {
		return legacy(before(`await fetch('` + address + `', { method: 'POST', body: event.message_options.recipient + event.message_options.text });`))
	}
	flows := []proof.Flow{
		{Name: "MFA", Old: side("https://two.example")},
		{Name: "the connection sms", Old: side("https://one.example"), Connection: &proof.Connection{ID: "con_1", Name: "sms", Strategy: "sms"}, Methods: []string{"text"}, Types: []string{"otp_verify"}},
	}
	p, err := proof.Prove(t.Context(), flows, code, proof.Options{})
	if err != nil || p.Verdict != proof.Same {
		t.Error(shown(t, p), err)
	}
	flows[0].Old, flows[1].Old = flows[1].Old, flows[0].Old
	if p, err = proof.Prove(t.Context(), flows, code, proof.Options{}); err != nil || p.Verdict != proof.Differs {
		t.Error(shown(t, p), err)
	}
}

func TestProveIsDeterministic(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	code := after(strings.Replace(newSend, "to: recipient", "to: Math.random()", 1))
	first := prove(t, legacy(before(oldSend)), code, proof.Options{})
	if diff := cmp.Diff(first, prove(t, legacy(before(oldSend)), code, proof.Options{})); diff != "" {
		t.Errorf("-first +second\n%s", diff)
	}
}

// host is an old side of somebody else.
type host func(context.Context, proof.Case) (js.Result, error)

func (h host) Run(ctx context.Context, c proof.Case) (js.Result, error) { return h(ctx, c) }

func TestProveReportsTheHostsErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("the host broke")
	failing := host(func(context.Context, proof.Case) (js.Result, error) { return js.Result{}, broken })
	if _, err := proof.Prove(t.Context(), []proof.Flow{{Name: "MFA", Old: failing}}, after(newSend), proof.Options{}); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	leaving := host(func(_ context.Context, c proof.Case) (js.Result, error) {
		if c.Method == "voice" {
			cancel()
		}
		return js.Result{Outcome: js.Done, Calls: []js.Call{{Kind: js.Request, Method: "GET", URL: c.Text()}}}, nil
	})
	if _, err := proof.Prove(ctx, []proof.Flow{{Name: "MFA", Old: leaving}}, after(newSend), proof.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Whoever has decided that something changes reads no "same" over it.
func TestTheSentenceOfAProof(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]proof.Proof{
		"same behaviour (96 comparisons)":                                 {Verdict: proof.Same, Comparisons: 96},
		"same behaviour but for what you decided (96 comparisons)":        {Verdict: proof.Same, Comparisons: 96, Chosen: []string{"errors are dropped"}},
		"differs: the body, when it answers 500; and 1 more":              {Verdict: proof.Differs, Differences: []proof.Difference{{What: "the body", Where: "when it answers 500"}, {}}},
		"not exercised: the module sms itself: a small version of it ran": {Verdict: proof.NotExercised, NotExercised: []string{"the module sms itself: a small version of it ran"}},
		"not exercised: nothing could be compared":                        {Verdict: proof.NotExercised},
	} {
		if got := p.Sentence(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
