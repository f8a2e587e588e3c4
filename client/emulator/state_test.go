package emulator_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/client/emulator"
	"upe/testdata"
)

// again is the tenant made of the state of another.
func again(t *testing.T, p practice) practice {
	t.Helper()
	return open(t, string(p.State()))
}

// The state of a tenant is a tenant file for the same tenant, as loaded and after everything that can be changed was.
func TestStateRoundTrip(t *testing.T) {
	t.Parallel()
	for _, name := range append([]string{""}, testdata.Tenants()...) {
		t.Run("tenant "+name, func(t *testing.T) {
			t.Parallel()
			file := ""
			if name != "" {
				file = scenario(t, name)
			}
			p := open(t, file)
			if diff := cmp.Diff(string(p.State()), string(again(t, p).State())); diff != "" {
				t.Errorf("as loaded (-want +got):\n%s", diff)
			}
			p = p.as(emulator.Scopes()...)
			for _, change := range [][2]string{
				{"PATCH /tenants/settings", `{"phone_consolidated_experience":true,"session_lifetime":12345678901234567890}`},
				{"POST /branding/phone/templates", `{"type":"otp_verify","content":{"body":{"text":"<{{ code }}>"}}}`},
				{"PATCH /attack-protection/phone-provider-protection", `{"type":"none"}`},
				{"POST /actions/actions", `{"name":"P","supported_triggers":[{"id":"custom-phone-provider"}],"deploy":true,"secrets":[{"name":"A","value":"b"}]}`},
				{"PATCH /actions/triggers/custom-phone-provider/bindings", `{"bindings":[{"ref":{"type":"action_name","value":"P"}}]}`},
				{"POST /connections", `{"name":"new","strategy":"sms","options":{"n":12345678901234567890}}`},
			} {
				// A tenant of the demo may have good reason to refuse.
				if r := p.send(change[0], change[1]); name == "" && r.status >= 300 {
					t.Errorf("%s: %d %s", change[0], r.status, r.body)
				}
			}
			p.Deliver(t.Context(), emulator.Delivery{Flow: "mfa", To: user})
			if diff := cmp.Diff(string(p.State()), string(again(t, p).State())); diff != "" {
				t.Errorf("after changes (-want +got):\n%s", diff)
			}
			if !strings.Contains(string(p.State()), `"session_lifetime": 12345678901234567890`) {
				t.Error("a large number was rounded")
			}
		})
	}
}

func TestRefusedRequestsChangeNothing(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "passwordless-twilio"))
	before, version := string(p.State()), p.Version()
	p.send("PATCH /connections/con_Ur6mXk9TvQ2nLz4P/clients", `[{"client_id":"Dk5rTv2XmN8zQp7WbLs4Hc9FgYj3Eua6","status":false},{"client_id":"x","status":true}]`).want(t, 404)
	p.send("POST /branding/phone/providers", `{"name":"twilio","configuration":{"sid":"a","delivery_methods":["text"]},"credentials":{}}`).want(t, 400)
	p.send("GET /connections", "").want(t, 200)
	if diff := cmp.Diff(before, string(p.State())); diff != "" || p.Version() != version {
		t.Errorf("version %d, was %d (-want +got):\n%s", p.Version(), version, diff)
	}
}

func TestAbsentKeysAreADefaultLegacyTenant(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"", " \n", "{}", `{"guardian":{}}`, `{"settings":null,"connections":null}`} {
		p := open(t, file)
		for key, want := range map[string]string{
			"domain": "acme.us.auth0.com", "world": "docs", "settings.phone_consolidated_experience": "false",
			"migrations.legacy_mfa_phone_provider": "true", "guardian.factors.sms": "false", "guardian.selected_provider": "auth0",
			"connections": "[]", "phone_providers": "[]",
		} {
			if got := field(t, p.State(), key); got != want {
				t.Errorf("%q: %s is %s, want %s", file, key, got, want)
			}
		}
	}
	absent := open(t, `{"settings":{"friendly_name":"Old"}}`)
	if got := field(t, absent.State(), "settings"); got != `{"friendly_name":"Old"}` {
		t.Errorf("a flag that is absent came back as %s", got)
	}
}

func TestTenantFilesThatDoNotParse(t *testing.T) {
	t.Parallel()
	for want, file := range map[string]string{
		"line 2: not JSON: invalid character ']'":                    "{\n]",
		"line 1: not JSON: the file ends in the middle":              `{"domain":`,
		"line 3: more text after the tenant":                         "{}\n\n{}",
		"line 2: worlds: unknown key, known are domain, world":       "{\n\"worlds\":\"docs\"}",
		"line 3: guardian.factors.smz: unknown key, known are sms":   "{\"guardian\":{\n\"factors\":{\n\"smz\":true}}}",
		"line 2: quirks.nice: unknown key, known are binding":        "{\"quirks\":{\n\"nice\":true}}",
		"line 2: bindings.post-login: unknown key":                   "{\"bindings\":{\n\"post-login\":[]}}",
		"line 2: guardian.message_types: a string where a list bel":  "{\"guardian\":{\n\"message_types\":\"sms\"}}",
		"line 2: guardian.message_types: no message type \"fax\"":    "{\"guardian\":{\n\"message_types\":[\"fax\"]}}",
		"line 1: world: no world \"flat\", known are docs":           `{"world":"flat"}`,
		"line 1: domain: a host name without scheme":                 `{"domain":"https://acme.auth0.com/"}`,
		"line 2: guardian.selected_provider: no provider":            "{\"guardian\":{\n\"selected_provider\":\"sns\"}}",
		"line 2: connections[0]: a connection needs a name":          "{\n\"connections\":[{}]}",
		"line 1: connections[1].id: \"c\" is there twice":            `{"connections":[{"id":"c","name":"a","strategy":"sms"},{"id":"c","name":"b","strategy":"sms"}]}`,
		"line 1: clients[0]: a client needs a client_id":             `{"clients":[{"name":"x"}]}`,
		"line 2: connection_clients.con_1: no connection":            "{\"connection_clients\":{\n\"con_1\":[]}}",
		"line 1: actions[0]: an Action needs a name":                 `{"actions":[{"name":"x"}]}`,
		"line 1: bindings.send-phone-message[0].action_id: no Acti":  `{"bindings":{"send-phone-message":[{"action_id":"a"}]}}`,
		"line 1: phone_providers[0].name: no provider \"sns\"":       `{"phone_providers":[{"name":"sns"}]}`,
		"line 1: phone_templates[0].type: no type \"\"":              `{"phone_templates":[{}]}`,
		"line 2: token.without: no emulated operation asks for":      "{\"token\":{\n\"without\":[\"read:conections\"]}}",
		"line 1: token.without: it has no meaning beside token.sco":  `{"token":{"scopes":[],"without":[]}}`,
		"line 1: token.scope: unknown key, known are without, scop":  `{"token":{"scope":[]}}`,
		"line 1: token.scopes: a string where a list belongs":        `{"token":{"scopes":"read:logs"}}`,
		"line 2: fill.users: unknown key, known are connections, a":  "{\"fill\":{\n\"users\":{\"count\":1}}}",
		"line 1: fill.actions.strategy: unknown key, known are cou":  `{"fill":{"actions":{"strategy":"sms"}}}`,
		"line 2: fill.clients.count: 10001 is not between 0 and 10":  "{\"fill\":{\"clients\":{\n\"count\":10001}}}",
		"line 1: fill.connections.count: -1 is not between 0 and ":   `{"fill":{"connections":{"count":-1}}}`,
		"line 1: fill.actions.count: a number 1.5 where a whole nu":  `{"fill":{"actions":{"count":1.5}}}`,
		"line 1: fill.actions.trigger: no trigger \"pigeon\", known": `{"fill":{"actions":{"count":1,"trigger":"pigeon"}}}`,
		"line 1: a list where an object belongs":                     `[]`,
		"line 1: not JSON: nested too deeply":                        strings.Repeat("[", 10_000),
	} {
		_, err := emulator.New(emulator.Options{File: []byte(file)})
		var at *emulator.FileError
		if !errors.As(err, &at) || !strings.HasPrefix(at.Error(), want) {
			t.Errorf("%.60q:\n got %v\nwant %s", file, err, want)
		}
	}
}

// Clients that write and read at once see a tenant that is always whole.
func TestManyClientsAtOnce(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "mfa-twilio"))
	clients, rounds := 4, 3
	if testing.Short() {
		clients = 2 // the race detector makes an engine that renders slow enough to be given up
	}
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			for k := range rounds {
				p.must("POST /connections", fmt.Sprintf(`{"name":"c%d-%d","strategy":"sms"}`, i, k))
				p.must("GET /connections?take=100", "")
				if r := p.Deliver(t.Context(), emulator.Delivery{Flow: "mfa", To: user, Code: "1"}); !r.Delivered {
					t.Error(r.Error)
				}
				_ = p.State()
			}
		})
	}
	wg.Wait()
	if got := strings.Count(p.must("GET /connections?strategy=sms&take=100", "").body, `"strategy"`); got != clients*rounds {
		t.Errorf("%d connections", got)
	}
	if got := len(p.Handset()); got != clients*rounds {
		t.Errorf("%d messages", got)
	}
	if got := len(p.Requests()); got != 2*clients*rounds+1 {
		t.Errorf("%d requests", got)
	}
}

// A file is either refused with a reason or makes a tenant whose state can be loaded again.
func FuzzTenantFile(f *testing.F) {
	for _, seed := range []string{
		"", "{}", "[]", "null", `{"domain":"a.b","world":"one-way","quirks":{"flag_absent":true}}`,
		`{"actions":[{"name":"a","supported_triggers":[{"id":"custom-phone-provider"}],"all_changes_deployed":true,"secrets":[{"name":"n","value":"v"}]}]}`,
		`{"connections":[{"id":"c","name":"n","strategy":"sms","options":{"x":[null]}}],"connection_clients":{"c":["a"]}}`,
		`{"phone_templates":[{"type":"otp_verify","content":{"body":{"text":"t"}}}],"logs":[{"date":"2026"},{"date":"2025"}]}`,
		`{"token":{"scopes":[]},"fill":{"connections":{"count":2,"strategy":"sms"},"actions":{"count":2},"clients":{"count":2}}}`,
		`{"bindings":{"send-phone-message":[{"action_id":"a"}]},"actions":[{"id":"a","name":"a","supported_triggers":[{"id":"x"}],"versions":[{}],"deployed_version":{}}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		opts := emulator.Options{File: file, Now: newClock().now, NewID: counted()}
		one, err := emulator.New(opts)
		if err != nil {
			var at *emulator.FileError
			if !errors.As(err, &at) || at.Problem == "" {
				t.Fatalf("an error without a reason: %v", err)
			}
			return
		}
		state := one.State()
		if !json.Valid(state) {
			t.Fatalf("the state is not JSON: %s", state)
		}
		opts.File = state
		two, err := emulator.New(opts)
		if err != nil {
			t.Fatalf("%v in\n%s", err, state)
		}
		if diff := cmp.Diff(string(state), string(two.State())); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// The ids that a tenant gives by itself look like Auth0's, and are new after a restart.
func TestIDs(t *testing.T) {
	t.Parallel()
	file, seen := []byte(nil), map[string]bool{}
	for range 3 {
		tenant, err := emulator.New(emulator.Options{File: file})
		if err != nil {
			t.Fatal(err)
		}
		p := practice{Tenant: tenant, t: t, token: tenant.Token()}
		for what, pattern := range map[string]string{
			`POST /connections {"name":"%d","strategy":"sms"}`:                                       `^con_\w{16}$`,
			`POST /actions/actions {"name":"%d","supported_triggers":[{"id":"send-phone-message"}]}`: `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`,
		} {
			method, rest, _ := strings.Cut(what, " ")
			path, body, _ := strings.Cut(rest, " ")
			id := p.must(method+" "+path, fmt.Sprintf(body, len(seen))).field(t, "id")
			if !regexp.MustCompile(pattern).MatchString(id) || seen[id] {
				t.Errorf("%s gave %s, which was seen: %v", path, id, seen[id])
			}
			seen[id] = true
		}
		file = tenant.State()
	}
}
