package bundle_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/client/emulator"
	"upe/flows/bundle"
	"upe/flows/tenant"
	"upe/testdata"
)

// read takes a snapshot of an embedded tenant.
func read(tb testing.TB, name string) tenant.Snapshot {
	tb.Helper()
	raw, err := testdata.Tenant(name)
	if err != nil {
		tb.Fatal(err)
	}
	t, err := emulator.New(emulator.Options{File: raw, Now: func() time.Time { return time.Unix(1_800_000_000, 0) }})
	if err != nil {
		tb.Fatal(err)
	}
	s, err := tenant.Read(tb.Context(), t.Identity(), t.Port(tenant.Permit{}), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// names are the embedded tenants; in a short run every ninth.
func names() []string {
	if !testing.Short() {
		return testdata.Tenants()
	}
	var few []string
	for i, name := range testdata.Tenants() {
		if i%9 == 0 {
			few = append(few, name)
		}
	}
	return few
}

func options() bundle.Options {
	return bundle.Options{Made: time.Date(2026, 11, 20, 9, 0, 0, 5, time.UTC), By: "upe 1.0"}
}

func written(tb testing.TB, b bundle.Bundle) []byte {
	tb.Helper()
	raw, err := b.Bytes()
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

func TestNoSecretIsInABundle(t *testing.T) {
	t.Parallel()
	for _, name := range names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := read(t, name)
			raw := written(t, bundle.Make(s, options()))
			for path, part := range s.Parts {
				for _, secret := range tenant.Secrets(part.Raw) {
					if len(secret) > 5 && bytes.Contains(raw, []byte(secret)) {
						t.Errorf("a secret of %s is in the bundle", path)
					}
				}
			}
			back, err := bundle.Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(bundle.Make(s, options()).Removed, back.Removed); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWhatIsTakenOut: each kind of thing that must not leave a tenant, where it stands.
func TestWhatIsTakenOut(t *testing.T) {
	t.Parallel()
	parts := map[string]string{
		tenant.PathSettings:      `{"friendly_name":"Acme","support_email":"ann@acme.com","error_page":{"html":"<p>"},"flags":{"x":true}}`,
		tenant.PathTwilio:        `{"sid":"AC1","auth_token":"hush-hush","from":"+15550001111"}`,
		tenant.PathMFATemplates:  `{"verification_message":"{{code}} questions? help@acme.com"}`,
		tenant.PathDBConnections: `[{"id":"con_1","name":"db","options":{"customScripts":{"login":"function(){}"},"attributes":{"phone_number":{}}}}]`,
		tenant.PathSMSConnections: `[{"id":"con_2","name":"sms","options":{"gateway_url":"https://ann:pw@sms.acme.com/send?tenant=a&key=abcdefgh",
			"twilio_token":"hush-hush","template":"ask help@acme.com"}}]`,
		tenant.PathLegacyActions: `[{"id":"a","name":"send","code":"// by ann@acme.com","secrets":[{"name":"KEY","value":"hush-hush"}],"created_by":"auth0|5f7c8ec7c33c6c004bbafe82"}]`,
	}
	s := tenant.Snapshot{Schema: tenant.SnapshotSchema, Parts: map[string]tenant.Part{}}
	for path, raw := range parts {
		s.Parts[path] = tenant.Part{Raw: json.RawMessage(raw)}
	}
	b := bundle.Make(s, options())
	want := []bundle.Removal{
		{Path: tenant.PathLegacyActions, Pointer: "/0/created_by", What: bundle.Person},
		{Path: tenant.PathLegacyActions, Pointer: "/0/secrets/0/value", What: bundle.Secret},
		{Path: tenant.PathDBConnections, Pointer: "/0/options/customScripts", What: bundle.Needless},
		{Path: tenant.PathSMSConnections, Pointer: "/0/options/gateway_url", What: bundle.Secret},
		{Path: tenant.PathSMSConnections, Pointer: "/0/options/twilio_token", What: bundle.Secret},
		{Path: tenant.PathTwilio, Pointer: "/auth_token", What: bundle.Secret},
		{Path: tenant.PathSettings, Pointer: "/error_page", What: bundle.Needless},
		{Path: tenant.PathSettings, Pointer: "/flags", What: bundle.Needless},
		{Path: tenant.PathSettings, Pointer: "/support_email", What: bundle.Person},
	}
	if diff := cmp.Diff(want, b.Removed); diff != "" {
		t.Error(diff)
	}
	raw := string(written(t, b))
	for _, gone := range []string{"hush", "ann:pw", "tenant=a", "abcdefgh", "function()", "5f7c8ec7", `"ann@acme.com`} {
		if strings.Contains(raw, gone) {
			t.Errorf("%q is still there", gone)
		}
	}
	for _, kept := range []string{"https://xxxxx@sms.acme.com/send?xxxxx", "+15550001111", "AC1", "help@acme.com", "phone_number"} {
		if !strings.Contains(raw, kept) {
			t.Errorf("%q is not there any more", kept)
		}
	}
}

// TestNothingOfTheLogsButWhoUsedTheAPI: a bundle has the tenant's tools, so that support is warned of them, and nobody's data. That holds
// for snapshots in which more of the logs stands, whoever made them.
func TestNothingOfTheLogsButWhoUsedTheAPI(t *testing.T) {
	t.Parallel()
	kept := func(logs string) (string, []bundle.Removal) {
		s := tenant.Snapshot{Schema: tenant.SnapshotSchema, Parts: map[string]tenant.Part{tenant.PathLogs: {Raw: json.RawMessage(logs)}}}
		b := bundle.Make(s, options())
		return string(b.Snapshot.Parts[tenant.PathLogs].Raw), b.Removed
	}
	const tool = `[{"client_id":"app1","client_name":"CI","last":"2026-11-14T05:02:18Z","tool":"terraform","writes":true}]`
	for name, c := range map[string]struct {
		logs, want string
		what       []bundle.Removal
	}{
		"as read": {tool, tool, nil},
		"entries as they are": {
			`[{"type":"sapi","client_id":"app1","client_name":"CI","user_name":"Jane Doe","ip":"203.0.113.7","details":{"body":"Jane"}},5]`,
			`[{"client_id":"app1","client_name":"CI"},{}]`,
			[]bundle.Removal{{Path: tenant.PathLogs, What: bundle.Person}},
		},
		"an application called after somebody": {
			`[{"client_name":"of jane@acme.com"}]`, `[{"client_name":"of (removed)"}]`,
			[]bundle.Removal{{Path: tenant.PathLogs, Pointer: "/0/client_name", What: bundle.Person}},
		},
		"no list":      {`{"user_name":"Jane Doe"}`, `[]`, []bundle.Removal{{Path: tenant.PathLogs, What: bundle.Person}}},
		"no JSON":      {`Jane Doe`, `[]`, []bundle.Removal{{Path: tenant.PathLogs, What: bundle.Person}}},
		"nothing read": {``, ``, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, what := kept(c.logs)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if len(what)+len(c.what) > 0 && !cmp.Equal(c.what, what) {
				t.Errorf("taken out: %+v, want %+v", what, c.what)
			}
		})
	}
}

// TestTheToolsOfATenantAreInItsBundle, and of people in its logs nothing.
func TestTheToolsOfATenantAreInItsBundle(t *testing.T) {
	t.Parallel()
	b := bundle.Make(read(t, "half-provider-only"), options())
	list, known := b.Snapshot.Operators()
	if !known || len(list) == 0 || list[0].Tool != tenant.Terraform {
		t.Errorf("known %v: %+v", known, list)
	}
	raw := string(written(t, b))
	for _, gone := range []string{"Morag", "morag@", "109876543210987654321", "isla@", "192.0.2.61", "203.0.113.7", "gd_send_sms", "Chrome"} {
		if strings.Contains(raw, gone) {
			t.Errorf("%q is in the bundle", gone)
		}
	}
}

func TestWithoutCode(t *testing.T) {
	t.Parallel()
	o := options()
	o.WithoutCode = true
	raw := string(written(t, bundle.Make(read(t, "mfa-action"), o)))
	if strings.Contains(raw, "onExecuteSendPhoneMessage") {
		t.Error("the code of an Action is in the bundle")
	}
	if strings.Contains(string(written(t, bundle.Make(read(t, "mfa-action"), options()))), "onExecuteSendPhoneMessage") == false {
		t.Error("the code of an Action is not in a bundle with code")
	}
}

// TestAPlanFitsTheTenant: what plans rely on is the same in a bundle as in the tenant it was made of.
func TestAPlanFitsTheTenant(t *testing.T) {
	t.Parallel()
	relied := []string{
		tenant.PathTwilio, tenant.PathMFATemplates, tenant.PathSMSConnections, tenant.PathProviders, tenant.PathPhoneTemplates,
		tenant.PathPhoneActions, tenant.PathPhoneBindings, tenant.PathFactors, tenant.PathMessageTypes, tenant.PathSelectedProvider,
	}
	for _, name := range names() {
		s := read(t, name)
		b := bundle.Make(s, options())
		for _, path := range relied {
			if s.Parts[path].Err != nil || tenant.Empty(s.Parts[path].Raw) {
				continue
			}
			if !same(t, tenant.Redact(s.Parts[path].Raw), b.Snapshot.Parts[path].Raw) {
				t.Errorf("%s: %s is another in the bundle", name, path)
			}
		}
	}
}

func same(tb testing.TB, a, b json.RawMessage) bool {
	tb.Helper()
	var left, right any
	if json.Unmarshal(a, &left) != nil || json.Unmarshal(b, &right) != nil {
		return string(a) == string(b)
	}
	return cmp.Equal(left, right)
}

func TestParse(t *testing.T) {
	t.Parallel()
	raw := written(t, bundle.Make(read(t, testdata.Tenants()[0]), options()))
	edit := func(old, with string) []byte { return bytes.Replace(raw, []byte(old), []byte(with), 1) }
	newer := edit(`"content": {`, `"later": {"field": 1}, "content": {`)
	for _, c := range []struct {
		name string
		raw  []byte
		want error
	}{
		{"as written", raw, nil},
		{"with other white space", bytes.ReplaceAll(raw, []byte("\n  "), []byte("\r\n\t")), nil},
		{"with a field that a later program added", newer, nil},
		{"of a later schema", edit("upe.bundle/1", "upe.bundle/2"), bundle.ErrNewer},
		{"changed", edit("Acme", "Acne"), bundle.ErrChanged},
		{"a plan", []byte(`{"schema":"upe.plan/1"}`), bundle.ErrNoBundle},
		{"cut", raw[:len(raw)/2], bundle.ErrNoBundle},
		{"empty", nil, bundle.ErrNoBundle},
	} {
		_, err := bundle.Parse(c.raw)
		if !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestLiterals(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		`const sid = 'AC5f3c1a9e7d2b4c6f8091a2b3c4d5e6f7';`:                  "",
		`const key = "SK5f3c1a9e7d2b4c6f8091a2b3c4d5e6f7";`:                  "an API key of Twilio",
		`const authToken = '5f3c1a9e7d2b';`:                                  "a secret, by the name it is given to",
		`headers: { Authorization: "Bearer abcdefghijklmnop" }`:              "an Authorization header",
		`fetch("https://bot:s3cret@gateway.example/send")`:                   "a password in an address",
		`const x = 'p4Q9zT1mK7sW2yB6nR8d';`:                                  "random letters, as keys and tokens are",
		`exports.onExecuteSendPhoneMessage = async (event, api) => {`:        "",
		`const token = event.secrets.TWILIO_AUTH_TOKEN;`:                     "",
		`throw new Error('the gateway did not take the message');`:           "",
		`const url = "https://gateway.example/v1/messages/send";`:            "",
		`-----BEGIN PRIVATE KEY-----`:                                        "a private key",
		`await fetch('https://hooks.slack.com/services/T012/B345/abcdefgh')`: "a web hook of Slack",
	} {
		code, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		s := tenant.Snapshot{Parts: map[string]tenant.Part{tenant.PathLegacyActions: {Raw: json.RawMessage(`[{"name":"send","code":` + string(code) + `}]`)}}}
		found := bundle.Literals(s)
		got := ""
		if len(found) > 0 {
			got = found[0].Looks
		}
		if got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
		if len(found) > 0 && len([]rune(found[0].Begins)) > 5 {
			t.Errorf("%s: %q tells too much of it", line, found[0].Begins)
		}
	}
}

// TestAFolderIsATenant: the answers to all requests, each in its file, are the same tenant; and from an empty folder on, what is
// missing is told until nothing is.
func TestAFolderIsATenant(t *testing.T) {
	t.Parallel()
	for _, name := range []string{testdata.Tenants()[0], "mfa-action", "passwordless-twilio", "half-provider-only"} {
		raw, err := testdata.Tenant(name)
		if err != nil {
			t.Fatal(err)
		}
		world, err := emulator.New(emulator.Options{File: raw, Now: func() time.Time { return time.Unix(1_800_000_000, 0) }})
		if err != nil {
			t.Fatal(err)
		}
		want, err := tenant.Read(t.Context(), world.Identity(), world.Port(tenant.Permit{}), nil)
		if err != nil {
			t.Fatal(err)
		}
		files := fstest.MapFS{}
		var got tenant.Snapshot
		for round := 0; ; round++ {
			var missing []bundle.Request
			got, missing, err = bundle.Read(t.Context(), world.Identity(), files)
			if err != nil || round > 4 {
				t.Fatalf("round %d: %v, missing %v", round, err, missing)
			}
			if len(missing) == 0 {
				break
			}
			for _, m := range missing {
				files[m.File] = &fstest.MapFile{Data: answer(t, world, m)}
			}
		}
		for path, part := range want.Parts {
			if part.Err != nil {
				if refused := got.Parts[path].Err; refused == nil || refused.Code != part.Err.Code {
					t.Errorf("%s: %s is refused with %v, want %v", name, path, refused, part.Err)
				}
				continue
			}
			if !same(t, part.Raw, got.Parts[path].Raw) {
				t.Errorf("%s: %s is another in the folder", name, path)
			}
		}
	}
}

// answer is what the tenant says to a request, over HTTP as any tool asks it: the body of a refusal is printed as well.
func answer(tb testing.TB, world *emulator.Tenant, r bundle.Request) []byte {
	tb.Helper()
	request := httptest.NewRequestWithContext(tb.Context(), http.MethodGet, "/api/v2/"+r.Path, nil)
	request.Header.Set("Authorization", "Bearer "+world.Token())
	recorder := httptest.NewRecorder()
	world.ServeHTTP(recorder, request)
	return recorder.Body.Bytes()
}
