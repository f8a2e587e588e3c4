package tenant_test

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/tenant"
)

// canary begins every secret that these tests plant; no key and no other text contains it.
const canary = "CANARY"

var planted = regexp.MustCompile(canary + `[A-Za-z0-9]+`)

// secretPlaces are the ways in which Auth0 carries a secret; %s stands for it.
var secretPlaces = []string{
	`{"auth_token":"%s"}`, `{"twilio_token":"%s"}`, `{"Client_Secret":"%s"}`, `{"signing_key":["%s"]}`, `{"password":"%s"}`,
	`{"gateway_authentication":{"method":"bearer","secret":"%s"}}`,
	`{"credentials":{"auth_token":"%s"}}`, `{"credentials":{"nested":{"deep":["%s"]}}}`,
	`{"secrets":[{"name":"API_KEY","value":"%s"}]}`,
	`{"options":{"configuration":{"DB_PASSWORD":"%s"}}}`,
	`{"gateway_url":"https://user:%s@sms.example/send"}`, `{"gateway_url":"https://sms.example/send?to=x&apikey=%s&v=2"}`,
	`{"gateway_url":"://%s"}`,
}

func TestMasked(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]bool{
		"": true, "********": true, "•••": true, "****1234": true, "abcd•••": true, "xxxxxxxx": true, "....": true, "··": true,
		"0123456789abcdef0123456789abcdef": false, "a*b": false, "x1": false, tenant.Redacted: false,
	} {
		if got := tenant.Masked(secret); got != want {
			t.Errorf("%q: %v", secret, got)
		}
	}
}

func TestNoSecretSurvivesAndNothingElseChanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw := mustEncode(drawDocument(t, 4))
		secrets := planted.FindAllString(string(raw), -1)
		clean := tenant.Redact(raw)
		if strings.Contains(string(clean), canary) {
			t.Fatalf("%s\nbecame %s", raw, clean)
		}
		found := tenant.Secrets(raw)
		for _, secret := range secrets {
			if !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, secret) }) {
				t.Fatalf("secret %q of %s is not among %q", secret, raw, found)
			}
		}
		for _, f := range found {
			if !strings.Contains(f, canary) {
				t.Fatalf("%q of %s is no secret", f, raw)
			}
		}
		if len(secrets) == 0 && string(clean) != string(raw) {
			t.Fatalf("%s\nbecame %s without a secret in it", raw, clean)
		}
		if again := tenant.Redact(clean); string(again) != string(clean) || len(tenant.Secrets(clean)) != 0 {
			t.Fatalf("%s is redacted again to %s", clean, again)
		}
		same(t, decode(raw), decode(clean))
	})
}

// drawDocument draws a document with secrets planted in it.
func drawDocument(t *rapid.T, depth int) any {
	plain := []func() any{
		func() any { return rapid.StringMatching(`[a-z <>&"\\é]{0,12}`).Draw(t, "text") },
		func() any {
			return json.Number(rapid.StringMatching(`-?[1-9][0-9]{0,25}(\.[0-9]{1,9})?`).Draw(t, "number"))
		},
		func() any { return rapid.Bool().Draw(t, "bool") },
		func() any { return nil },
	}
	kind := rapid.IntRange(0, 6).Draw(t, "kind")
	switch {
	case kind < len(plain) || depth == 0:
		return plain[kind%len(plain)]()
	case kind == 4:
		secret := canary + rapid.StringMatching(`[A-Za-z0-9]{1,20}`).Draw(t, "secret")
		place := rapid.SampledFrom(secretPlaces).Draw(t, "place")
		return decode(json.RawMessage(strings.ReplaceAll(place, "%s", secret)))
	case kind == 5:
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			list = append(list, drawDocument(t, depth-1))
		}
		return list
	}
	object := map[string]any{}
	for range rapid.IntRange(0, 4).Draw(t, "keys") {
		key := rapid.SampledFrom([]string{"from", "sid", "name", "options", "template", "authentication_methods", "code", "ref"}).Draw(t, "key")
		object[key] = drawDocument(t, depth-1)
	}
	return object
}

// same fails unless two documents are equal up to their secrets.
func same(t *rapid.T, raw, clean any) {
	switch r := raw.(type) {
	case map[string]any:
		c, ok := clean.(map[string]any)
		if !ok || !slices.Equal(slices.Sorted(maps.Keys(r)), slices.Sorted(maps.Keys(c))) {
			t.Fatalf("%v became %v", raw, clean)
		}
		for key := range r {
			same(t, r[key], c[key])
		}
	case []any:
		c, ok := clean.([]any)
		if !ok || len(r) != len(c) {
			t.Fatalf("%v became %v", raw, clean)
		}
		for i := range r {
			same(t, r[i], c[i])
		}
	case string:
		if !strings.Contains(r, canary) && r != clean {
			t.Fatalf("%q became %v", r, clean)
		}
	default:
		if raw != clean {
			t.Fatalf("%v became %v", raw, clean)
		}
	}
}

func TestRedactKeepsEverythingButSecrets(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, in, want string }{
		{"twilio", `{"sid":"AC1","auth_token":"t0k"}`, `{"auth_token":"(secret)","sid":"AC1"}`},
		{"connection", `{"options":{"twilio_token":"t0k","from":"+1"}}`, `{"options":{"from":"+1","twilio_token":"(secret)"}}`},
		{"gateway", `{"gateway_authentication":{"secret":"k","subject":"s"}}`, `{"gateway_authentication":{"secret":"(secret)","subject":"s"}}`},
		{"provider", `{"credentials":{"auth_token":"t0k"}}`, `{"credentials":{"auth_token":"(secret)"}}`},
		{"no credentials", `{"credentials":null,"auth_token":""}`, `{"auth_token":"","credentials":null}`},
		{"action", `{"secrets":[{"name":"KEY","value":"v"}]}`, `{"secrets":[{"name":"KEY","value":"(secret)"}]}`},
		{"scripts", `{"options":{"configuration":{"K":"2.0$x"}}}`, `{"options":{"configuration":{"K":"(secret)"}}}`},
		{"provider configuration", `{"configuration":{"sid":"AC1"}}`, `{"configuration":{"sid":"AC1"}}`},
		{"binding", `{"ref":{"type":"action_id","value":"1"}}`, `{"ref":{"type":"action_id","value":"1"}}`},
		{"reference", `{"credentials":{"auth_token":{"$secret":"twilio.auth_token"}}}`, `{"credentials":{"auth_token":{"$secret":"twilio.auth_token"}}}`},
		{"how passwords are used", `{"password":{"enabled":true,"api_behavior":"required"}}`, `{"password":{"api_behavior":"required","enabled":true}}`},
		{"numbers", `{"n":9007199254740993,"null":null}`, `{"n":9007199254740993,"null":null}`},
		{"a secret number", `{"auth_token":12345678}`, `{"auth_token":"(secret)"}`},
		{"empty", ``, ``},
		{"blank", " \n", ``},
		{"not JSON", `<html>`, `"(not JSON)"`},
		{"JSON and more", `{"a":1} auth_token=x`, `"(not JSON)"`},
	}
	for _, c := range cases {
		if got := string(tenant.Redact(json.RawMessage(c.in))); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRedactURLHidesWhoLogsInAndTheQuery(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                        "",
		"https://sms.example/send":                "https://sms.example/send",
		"https://sms.example/s?b=2&a=%41":         "https://sms.example/s?xxxxx",
		"https://u:p4ss@sms.example/send":         "https://xxxxx@sms.example/send",
		"https://u@sms.example/":                  "https://xxxxx@sms.example/",
		"https://sms.example/?v=2&apiKey=abcdef1": "https://sms.example/?xxxxx",
		"https://u:p@x/?access_token=abcdefgh#f":  "https://xxxxx@x/?xxxxx#f",
		"://broken":                               tenant.Redacted,
	} {
		if got := tenant.RedactURL(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
		if got := tenant.RedactURL(want); got != want {
			t.Errorf("%s again: %s", want, got)
		}
	}
}

func TestSecretsAreFoundWhereRedactHidesThem(t *testing.T) {
	t.Parallel()
	got := tenant.Secrets(json.RawMessage(
		`{"auth_token":"abc","options":{"twilio_token":"longer"},"from":"+1","password":"abc","secret":"(secret)","client_secret":"abd",
		  "gateway_url":"https://x/?key=a%2Bbcdef"}`))
	if strings.Join(got, " ") != "a%2Bbcdef a+bcdef longer abc abd" {
		t.Errorf("secrets %q", got)
	}
	if got := tenant.Secrets(json.RawMessage(`<html>`)); got != nil {
		t.Errorf("secrets of what is not JSON: %q", got)
	}
}

func decode(raw json.RawMessage) any {
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		panic(err)
	}
	return value
}

// mustEncode writes a document as Redact does: sorted keys, no HTML escapes.
func mustEncode(value any) json.RawMessage {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return json.RawMessage(strings.TrimSuffix(out.String(), "\n"))
}
