package generate_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"upe/flows/generate"
	"upe/flows/js"
)

// sample says when a short run has seen enough: with the race detector the sandbox is very slow.
func sample() func() bool {
	var seen atomic.Int32
	return func() bool { return testing.Short() && seen.Add(1) > 8 }
}

// hostile are words that want out of a literal, a comment or a line, among others.
func hostile() *rapid.Generator[string] {
	piece := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		`"`, `\`, `\"`, "`", "${", "}", "*/", "/*", "//", "\n", "\r", "\u2028", "\u2029", "\u202e", "\x1b[2J", "\x00", "'", "</script>", "<!--",
		"-->", "__proto__", "\U000e0001", "\xff", `";process.exit();//`, "%s%d", "con_1",
	}))
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), "") })
}

// No word of a tenant gets out of its literal: the gateway is told exactly what the connection says.
func TestNothingGetsOutOfItsLiteral(t *testing.T) {
	t.Parallel()
	enough := sample()
	rapid.Check(t, func(r *rapid.T) {
		if enough() {
			return
		}
		word := func(name string) string { return hostile().Draw(r, name) }
		path := rapid.OneOf(rapid.Just("send"), hostile())
		g := generate.Gateway{
			ConnectionID: word("id"), Connection: word("name"), URL: "https://sms.acme.example/" + path.Draw(r, "path"), From: word("from"),
			Auth: &generate.GatewayAuth{Subject: word("subject"), Audience: word("audience"), Secret: word("secret")},
		}
		a := g.Action(generate.Options{})
		if err := js.Check(a.Code); err != nil {
			r.Fatalf("%v\n%s", err, a.Code)
		}
		secrets := map[string]string{}
		for _, name := range a.Secrets {
			secrets[name] = "key"
		}
		result := run(t, a, message{}.event(secrets), js.Response{})
		if len(a.Secrets) > 1 {
			return // the address is a secret, and no address here
		}
		sent := requests(result)
		if len(sent) != 1 {
			return // Node may call what is no address to Go
		}
		checkSent(r, g, sent[0])
	})
}

func checkSent(r *rapid.T, g generate.Gateway, sent js.Call) {
	var body struct{ Recipient, Body, Sender string }
	if err := json.Unmarshal([]byte(sent.Body), &body); err != nil || body.Sender != valid(g.From) {
		r.Fatalf("sender %q of %q (%v)", body.Sender, g.From, err)
	}
	claims, err := verify(sent.Headers["authorization"], []byte("key"))
	if err != nil {
		r.Fatal(err)
	}
	want := map[string]any{"iat": float64(now.Unix())}
	if g.Auth.Audience != "" {
		want["aud"] = valid(g.Auth.Audience)
	}
	if g.Auth.Subject != "" {
		want["sub"] = valid(g.Auth.Subject)
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		r.Fatalf("claims (-want +got):\n%s", diff)
	}
}

// valid is text as JSON can carry it.
func valid(s string) string {
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	var out string
	if err := json.Unmarshal(raw, &out); err != nil {
		panic(err)
	}
	return out
}

// The connections of the property below: two of Passwordless, two databases.
var (
	smsIDs    = []string{"con_a", "con_b", ""}
	databases = []string{"con_c", "con_d", ""}
)

// routes are any that make sense together, each part posting to an address of its own.
func routes() *rapid.Generator[[]generate.Route] {
	return rapid.Custom(func(t *rapid.T) []generate.Route {
		var all []generate.Route
		for i := range rapid.IntRange(1, 6).Draw(t, "count") {
			one := generate.Route{
				Flow:      rapid.SampledFrom([]generate.Flow{generate.MFA, generate.Passwordless, generate.PhoneIdentifier}).Draw(t, "flow"),
				Methods:   rapid.SampledFrom([][]string{nil, nil, {"text"}, {"voice"}}).Draw(t, "methods"),
				Countries: rapid.SampledFrom([][]string{nil, nil, {"44"}, {"1", "49"}, {"1242"}}).Draw(t, "countries"),
				Part:      places[rapid.IntRange(0, len(places)-1).Draw(t, "part")],
			}
			switch one.Flow {
			case generate.MFA:
				one.MessageTypes = rapid.SampledFrom([][]string{nil, nil, {"otp_enroll"}, {"otp_verify"}}).Draw(t, "types")
			case generate.Passwordless:
				one.ConnectionID = rapid.SampledFrom(smsIDs).Draw(t, "connection")
			case generate.PhoneIdentifier:
				one.ConnectionID = rapid.SampledFrom(databases).Draw(t, "connection")
			}
			if _, _, err := generate.Router(append(slices.Clone(all), one), generate.Options{}); err == nil {
				all = append(all, one)
			} else if !errors.Is(err, generate.ErrRoute) && !errors.Is(err, generate.ErrUnreachable) {
				t.Fatalf("route %d: %v", i, err)
			}
		}
		return all
	})
}

// places are parts that can be told apart by where they send.
var places = []generate.Part{
	generate.Twilio{SID: "AC1", From: "+15005550006"},
	generate.Twilio{SID: "AC2", From: "+15005550006"},
	generate.Translated{Name: "own", Action: generate.Action{
		Code: `exports.onExecuteCustomPhoneProvider = async () => { await fetch("https://own.example/send", { method: "POST", body: "x" }); };`,
	}},
}

func placeOf(p generate.Part, m message) string {
	if t, ok := p.(generate.Twilio); ok {
		resource := map[string]string{"text": "Messages", "voice": "Calls"}[m.Method]
		return fmt.Sprintf("api.twilio.com/2010-04-01/Accounts/%s/%s.json", t.SID, resource)
	}
	return "own.example/send"
}

// Every message goes where the routes and the answers say, said here once more without any table.
func TestMessagesGoByTheirRoutes(t *testing.T) {
	t.Parallel()
	enough := sample()
	rapid.Check(t, func(r *rapid.T) {
		if enough() {
			return
		}
		all := routes().Draw(r, "routes")
		if len(all) == 0 {
			return
		}
		o := generate.Options{Decided: map[string]string{}, NonCode: rapid.SampledFrom([]generate.NonCode{"", generate.DropNonCode}).Draw(r, "notices")}
		_, questions, err := generate.Router(all, o)
		if err != nil {
			r.Fatal(err)
		}
		for _, q := range questions {
			o.Decided[q.ID] = rapid.SampledFrom(q.Choices).Draw(r, q.ID).Value
		}
		a, questions, err := generate.Router(all, o)
		if err != nil {
			r.Fatal(err)
		}
		m := message{
			Type:      rapid.SampledFrom([]string{"otp_verify", "otp_verify", "otp_enroll", "password_breach"}).Draw(r, "type"),
			Method:    rapid.SampledFrom([]string{"text", "voice"}).Draw(r, "method"),
			Recipient: rapid.SampledFrom([]string{"+447700900123", "+1-808-555-5555", "+12425550123", "+33100000000"}).Draw(r, "recipient"),
		}
		m.ConnectionID = rapid.SampledFrom([]string{"", "con_a", "con_b", "con_c", "con_d", "con_e"}).Draw(r, "names")
		if m.ConnectionID >= "con_c" {
			m.Strategy = "auth0"
		}
		want := oracle{all, o, questions}.place(m)
		if got := sentTo(t, a, m); got != want && !(want == "dropped" && strings.HasPrefix(got, "dropped: ")) {
			r.Fatalf("%+v\nwent to %s, not %s\n%v\n%s", m, got, want, o.Decided, a.Code)
		}
	})
}
