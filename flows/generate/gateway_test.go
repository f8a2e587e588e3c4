package generate_test

import (
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/flows/generate"
	"upe/flows/js"
	"upe/flows/tenant"
)

// gatewayCase is a connection, and the request that Auth0 itself made for it, typed from its documentation.
type gatewayCase struct {
	Title      string            `json:"title"`
	Connection tenant.Connection `json:"connection"`
	Options    options           `json:"options"`
	Secrets    map[string]string `json:"secrets"` // that the Action must ask for
	Message    message           `json:"message"`
	Remarks    []string          `json:"remarks"`
	Request    struct {
		URL     string            `json:"url"`
		Headers map[string]string `json:"headers"` // without a token
		Body    string            `json:"body"`
	} `json:"request"`
	Key    string         `json:"key"` // that the token is signed with; "base64:…" of one that is no text
	Claims map[string]any `json:"claims"`
}

// options are generate.Options as a fixture writes them.
type options struct {
	Failure generate.Failure  `json:"failure"`
	NonCode generate.NonCode  `json:"non_code"`
	Voice   generate.Voice    `json:"voice"`
	Methods []string          `json:"methods"`
	Decided map[string]string `json:"decided"`
}

// A gateway gets the request that it got before.
func TestGatewayFixtures(t *testing.T) {
	t.Parallel()
	all := fixtures[gatewayCase](t, "testdata/gateways")
	for dir, test := range all {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			g, remarks := generate.GatewayOf(test.Connection)
			if diff := cmp.Diff(test.Remarks, ids(remarks)); diff != "" {
				t.Errorf("remarks (-want +got):\n%s", diff)
			}
			a := g.Action(generate.Options(test.Options))
			golden(t, filepath.Join(dir, "action.js"), a.Code)
			for name := range test.Secrets {
				if a.Purpose[name] == "" {
					t.Errorf("the Action does not ask for %s", name)
				}
			}
			if len(a.Secrets) != len(test.Secrets) {
				t.Errorf("secrets = %q", a.Secrets)
			}
			result := run(t, a, test.Message.event(test.Secrets), js.Response{})
			if sent := requests(result); result.Outcome != js.Done || len(sent) != 1 {
				t.Fatalf("outcome %s (%v), requests %v", result.Outcome, result.Err, sent)
			} else {
				test.compare(t, sent[0])
			}
		})
	}
}

func ids(remarks []generate.Remark) []string {
	all := make([]string, len(remarks))
	for i, r := range remarks {
		all[i] = r.ID
	}
	return all
}

func (test gatewayCase) compare(t *testing.T, got js.Call) {
	t.Helper()
	if test.Claims != nil {
		claims, err := verify(got.Headers["authorization"], test.key(t))
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(test.Claims, claims); diff != "" {
			t.Errorf("claims (-want +got):\n%s", diff)
		}
		delete(got.Headers, "authorization")
	}
	want := js.Call{
		Kind: js.Request, Path: "fetch", Method: "POST", URL: test.Request.URL, Headers: test.Request.Headers, Body: got.Body,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("request (-want +got):\n%s", diff)
	}
	// As JSON, since JavaScript and Go escape different characters; the order of the keys is that of the documentation.
	if diff := cmp.Diff(keysAndValues(t, test.Request.Body), keysAndValues(t, got.Body)); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

func (test gatewayCase) key(t *testing.T) []byte {
	t.Helper()
	encoded, ok := strings.CutPrefix(test.Key, "base64:")
	if !ok {
		return []byte(test.Key)
	}
	key, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// keysAndValues are the tokens of a JSON document, in order.
func keysAndValues(t *testing.T, document string) []json.Token {
	t.Helper()
	var all []json.Token
	for d := json.NewDecoder(strings.NewReader(document)); ; {
		token, err := d.Token()
		if err != nil {
			return all
		}
		all = append(all, token)
	}
}

// What an answer of the carrier comes to, for each way of failure.
func TestFailure(t *testing.T) {
	t.Parallel()
	const address = "https://sms.acme.example/send"
	type outcomes struct{ auto, drop, retry js.Outcome }
	for name, test := range map[string]struct {
		answer js.Response
		reason string
		want   outcomes
	}{
		"taken":      {js.Response{Status: 200}, "", outcomes{js.Done, js.Done, js.Done}},
		"accepted":   {js.Response{Status: 202}, "", outcomes{js.Done, js.Done, js.Done}},
		"redirected": {js.Response{Status: 302, Headers: map[string]string{"location": "https://elsewhere.example/"}}, "answered 302", outcomes{js.Dropped, js.Dropped, js.Retry}},
		"refused":    {js.Response{Status: 400}, "answered 400", outcomes{js.Dropped, js.Dropped, js.Retry}},
		"no access":  {js.Response{Status: 401}, "answered 401", outcomes{js.Dropped, js.Dropped, js.Retry}},
		"overloaded": {js.Response{Status: 429}, "answered 429", outcomes{js.Retry, js.Dropped, js.Retry}},
		"broken":     {js.Response{Status: 503}, "answered 503", outcomes{js.Retry, js.Dropped, js.Retry}},
		"not there":  {js.Response{Failure: "ECONNREFUSED"}, "did not answer: ECONNREFUSED", outcomes{js.Retry, js.Dropped, js.Retry}},
		"slow":       {js.Response{Delay: 17 * time.Second}, "", outcomes{js.Done, js.Done, js.Done}},
		"too slow":   {js.Response{Delay: 25 * time.Second}, "did not answer: TimeoutError", outcomes{js.Retry, js.Dropped, js.Retry}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for failure, want := range map[generate.Failure]js.Outcome{
				"": test.want.auto, generate.Auto: test.want.auto, generate.Drop: test.want.drop, generate.Retry: test.want.retry,
			} {
				if testing.Short() && failure != generate.Auto {
					continue
				}
				o := generate.Options{Failure: failure}
				meets(t, "the SMS gateway", generate.Gateway{Connection: "sms", URL: address}.Action(o), test.answer, want, test.reason)
				meets(t, "Twilio", generate.Twilio{SID: "AC1", From: "+15005550006"}.Action(o), test.answer, want, test.reason)
			}
		})
	}
}

// meets holds an Action that gets this answer of its carrier against what should become of the message. reason is after the carrier.
func meets(t *testing.T, carrier string, a generate.Action, answer js.Response, want js.Outcome, reason string) {
	t.Helper()
	if reason != "" {
		reason = carrier + " " + reason
	}
	got := run(t, a, message{}.event(map[string]string{"TWILIO_AUTH_TOKEN": "t"}), answer)
	if got.Outcome != want || got.Reason != reason || got.Err != nil {
		t.Errorf("%s: %s %q (%v), want %s %q", carrier, got.Outcome, got.Reason, got.Err, want, reason)
	}
	if want == js.Done && len(got.Notes) > 0 {
		t.Errorf("%s: %q", carrier, got.Notes)
	}
	if sent := requests(got); len(sent) != 1 {
		t.Errorf("%s: %d requests", carrier, len(sent))
	}
}

// A gateway cannot call, and need not send what is no code.
func TestGatewayChoices(t *testing.T) {
	t.Parallel()
	g := generate.Gateway{Connection: "sms", URL: "https://sms.acme.example/send"}
	for name, test := range map[string]struct {
		options generate.Options
		message message
		want    js.Outcome
		reason  string
	}{
		"a call":                {generate.Options{}, message{Method: "voice"}, js.Dropped, "the SMS gateway cannot call"},
		"a call as a text":      {generate.Options{Voice: generate.VoiceAsText}, message{Method: "voice"}, js.Done, ""},
		"a notice":              {generate.Options{}, message{Type: "password_breach"}, js.Done, ""},
		"a notice, codes only":  {generate.Options{NonCode: generate.DropNonCode}, message{Type: "password_breach"}, js.Dropped, "password_breach is no code, and this Action sends codes only"},
		"enrolment, codes only": {generate.Options{NonCode: generate.DropNonCode}, message{Type: "otp_enroll"}, js.Done, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, g.Action(test.options), test.message.event(nil), js.Response{})
			if got.Outcome != test.want || got.Reason != test.reason {
				t.Errorf("%s %q (%v), want %s %q", got.Outcome, got.Reason, got.Err, test.want, test.reason)
			}
			sent := requests(got)
			if (len(sent) == 1) != (test.want == js.Done) {
				t.Errorf("requests: %v", sent)
			}
			if len(sent) == 1 && !strings.Contains(sent[0].Body, "123456 is your code") {
				t.Errorf("body: %s", sent[0].Body)
			}
		})
	}
}

// What the options of a connection cannot mean for certain is said.
func TestGatewayOfRemarks(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		options  string
		id       string
		severity generate.Severity
	}{
		"no address":     {`{"provider":"sms_gateway"}`, "gateway-without-address", generate.Stop},
		"not an address": {`{"gateway_url":"sms.acme.example"}`, "gateway-without-address", generate.Stop},
		"another scheme": {`{"gateway_url":"ftp://sms.acme.example"}`, "gateway-without-address", generate.Stop},
		"in clear":       {`{"gateway_url":"http://sms.acme.example"}`, "gateway-in-clear", generate.Warning},
		"basic":          {`{"gateway_url":"https://a.example","gateway_authentication":{"method":"basic","secret":"s"}}`, "gateway-method", generate.Warning},
		"masked":         {`{"gateway_url":"https://a.example","gateway_authentication":{"method":"bearer","secret":"***"}}`, "gateway-secret-hidden", generate.Warning},
		"odd base64":     {`{"gateway_url":"https://a.example","gateway_authentication":{"secret":"s","secret_base64_encoded":1}}`, "gateway-base64-unclear", generate.Warning},
		"limit":          {`{"gateway_url":"https://a.example"}`, "gateway-time-limit", generate.Note},
		"allow-list":     {`{"gateway_url":"https://a.example"}`, "gateway-allow-list", generate.Warning},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, remarks := generate.GatewayOf(tenant.Connection{ID: "con_1", Name: "sms", Options: json.RawMessage(test.options)})
			for _, r := range remarks {
				if r.ID == test.id {
					if r.Severity != test.severity {
						t.Errorf("severity %s, want %s", r.Severity, test.severity)
					}
					return
				}
			}
			t.Errorf("no %s among %q", test.id, ids(remarks))
		})
	}
}
