package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/client/login"
	"upe/flows/tenant"
	"upe/testdata"
)

// desk is a computer on which nobody is logged in, and a tenant that gives device codes.
type desk struct {
	t      *testing.T
	tenant *emulator.Tenant
	url    string
	home   string
	env    map[string]string
	ring   map[string]string
	scopes string // that were asked for with a device code
	refuse string // what every poll is answered with
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	file, err := testdata.Tenant("mfa-twilio")
	if err != nil {
		t.Fatal(err)
	}
	p := &desk{t: t, home: t.TempDir(), env: map[string]string{}, ring: map[string]string{}}
	if p.tenant, err = emulator.New(emulator.Options{File: file, RateLimit: roomy, ClientID: "app", ClientSecret: "typed-secret"}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	p.url = server.URL
	p.env["HOME"], p.env["XDG_STATE_HOME"], p.env["TERM"] = p.home, filepath.Join(p.home, "state"), "xterm"
	return p
}

// ServeHTTP is the tenant, with the two requests of a login by device code, which the emulated one does not have.
func (p *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	r.Body = io.NopCloser(bytes.NewReader(body))
	if err != nil {
		p.t.Error(err)
	}
	w.Header().Set("Content-Type", "application/json")
	switch {
	case r.URL.Path == "/oauth/device/code":
		p.scopes = form.Get("scope")
		fmt.Fprint(w, `{"device_code":"device-secret","user_code":"BDWP-HQPK","verification_uri":"https://acme.us.auth0.com/activate","expires_in":60,"interval":1}`)
	case r.URL.Path == "/oauth/token" && form.Has("device_code"):
		if p.refuse != "" {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintf(w, `{"error":%q}`, p.refuse)
			return
		}
		fmt.Fprintf(w, `{"access_token":%q,"token_type":"Bearer","expires_in":3600}`, p.tenant.Token())
	default:
		p.tenant.ServeHTTP(w, r)
	}
}

// Get implements [login.Keyring].
func (p *desk) Get(service, user string) (string, error) {
	if value, ok := p.ring[service+"/"+user]; ok {
		return value, nil
	}
	return "", login.ErrNotFound
}

// uses leaves a login of auth0-cli for the tenant at domain, with a token in the keyring.
func (p *desk) uses(domain string) {
	p.t.Helper()
	dir := filepath.Join(p.home, ".config", "auth0")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		p.t.Fatal(err)
	}
	config := fmt.Sprintf(`{"default_tenant":%q,"tenants":{%q:{"name":"x","domain":%q}}}`, domain, domain, domain)
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(config), modeFile); err != nil {
		p.t.Fatal(err)
	}
	p.ring["Auth0 CLI Access Token 0/"+domain] = p.tenant.Token()
}

func (p *desk) host() string {
	origin, err := url.Parse(p.url)
	if err != nil {
		p.t.Fatal(err)
	}
	return origin.Host
}

func (p *desk) system(in string) (s system, out, errs *bytes.Buffer) {
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	return system{
		in: strings.NewReader(in), out: out, err: errs, now: time.Now, random: randomLetters, keyring: p,
		lookup:  func(name string) (string, bool) { value, found := p.env[name]; return value, found },
		signals: func() (context.Context, context.CancelFunc) { return context.WithCancel(p.t.Context()) },
	}, out, errs
}

func (p *desk) upe(args ...string) (exit exitCode, out, errs string) {
	sys, stdout, stderr := p.system("")
	exit = execute(args, sys)
	return exit, stdout.String(), stderr.String()
}

// TestLogins connects in each way that needs no browser of ours, and refuses what is not the tenant that was named.
func TestLogins(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		prepare func(p *desk)
		args    string // HOST is the tenant
		exit    exitCode
		says    string
	}{
		"a token":             {func(p *desk) { p.env["AUTH0_DOMAIN"], p.env["AUTH0_API_TOKEN"] = p.url, p.tenant.Token() }, "check", exitOK, ""},
		"auth0-cli by flag":   {func(p *desk) { p.uses(p.host()) }, "check --cli-login --domain HOST", exitOK, ""},
		"auth0-cli by name":   {func(p *desk) { p.uses(p.host()); p.env["AUTH0_CLI_LOGIN"] = "true" }, "check --domain HOST", exitOK, ""},
		"auth0-cli, nobody's": {func(p *desk) { p.uses(p.host()) }, "check --cli-login", exitCredentials, "add --domain with one of: 127.0.0.1"},
		"auth0-cli, another's": {
			func(p *desk) { p.uses(p.host()) }, "check --cli-login --domain acme.us.auth0.com", exitCredentials, "no login for acme.us.auth0.com",
		},
		"auth0-cli, never used": {func(*desk) {}, "check --cli-login --domain HOST", exitCredentials, "it has none at all"},
		"auth0-cli, damaged": {
			func(p *desk) {
				p.uses(p.host())
				_ = os.WriteFile(filepath.Join(p.home, ".config", "auth0", "config.json"), []byte("{"), modeFile)
			},
			"check --cli-login --domain HOST", exitCredentials, "config.json",
		},
		"not asked for":             {func(p *desk) { p.uses(p.host()) }, "check --domain HOST", exitCredentials, "no credentials for 127.0.0.1"},
		"nothing":                   {func(*desk) {}, "check", exitCredentials, "there is no tenant to connect to"},
		"device code":               {func(*desk) {}, "check --device-code --client-id app --domain HOST", exitOK, "The code there is BDWP-HQPK"},
		"device code, refused":      {func(p *desk) { p.refuse = "access_denied" }, "check --device-code --client-id app --domain HOST", exitCredentials, "refused"},
		"device code of no app":     {func(*desk) {}, "check --device-code --domain HOST", exitCredentials, "--client-id"},
		"device code, for machines": {func(*desk) {}, "check --device-code --client-id app --domain HOST --json", exitOK, `"upe.device/1"`},
		"two ways":                  {func(*desk) {}, "check --device-code --cli-login", exitError, "two ways"},
		"a demo needs none":         {func(*desk) {}, "check --demo --cli-login", exitError, "needs no login"},
		"a key of no file": {
			func(p *desk) {
				p.env["AUTH0_CLIENT_ID"], p.env["AUTH0_CLIENT_ASSERTION_PRIVATE_KEY"] = "app", "/nobody/has/key.pem"
			},
			"check --domain HOST", exitCredentials, "/nobody/has/key.pem: no such file",
		},
		"a token of another tenant": {
			func(p *desk) { p.env["AUTH0_API_TOKEN"] = p.tenant.Token() }, "check --domain globex.eu.auth0.com", exitCredentials, "another tenant",
		},
		"a token under a strange domain": {
			func(p *desk) { p.env["AUTH0_API_TOKEN"] = p.tenant.Token() }, "check --domain login.acme.com", exitCredentials,
			"AUTH0_AUDIENCE=https://acme.us.auth0.com/api/v2/",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newDesk(t)
			tt.prepare(p)
			exit, out, errs := p.upe(strings.Fields(strings.ReplaceAll(tt.args, "HOST", p.host()))...)
			if exit != tt.exit || !strings.Contains(errs, tt.says) || tt.says == "" && errs != "" {
				t.Errorf("exit code %d\n%s%s", exit, out, errs)
			}
			if strings.Contains(out+errs, "device-secret") || strings.Contains(out+errs, p.tenant.Token()) {
				t.Error("a secret is shown")
			}
			if p.scopes != "" && !strings.Contains(p.scopes, "update:") {
				t.Errorf("asked for %s", p.scopes)
			}
		})
	}
}

// TestADryRunAsksForLess: a login that only reads asks for no scope that writes.
func TestADryRunAsksForLess(t *testing.T) {
	t.Parallel()
	p := newDesk(t)
	if exit, _, errs := p.upe("check", "--device-code", "--client-id", "app", "--domain", p.host(), "--dry-run"); exit != exitOK {
		t.Fatal(errs)
	}
	for scope := range strings.FieldsSeq(p.scopes) {
		if !strings.HasPrefix(scope, "read:") {
			t.Errorf("asked for %s", scope)
		}
	}
}

// TestWhoseDomain: a domain is the token's, or is known to be another name of its tenant.
func TestWhoseDomain(t *testing.T) {
	t.Parallel()
	acme := tenant.Identity{Domain: "acme.us.auth0.com", Issuer: "https://acme.us.auth0.com/", Audience: "https://acme.us.auth0.com/api/v2/"}
	own := tenant.Identity{Domain: acme.Domain, Issuer: "https://login.acme.com/", Audience: acme.Audience}
	private := tenant.Identity{Domain: "acme.bank.auth0app.com", Issuer: "https://acme.bank.auth0app.com/", Audience: "https://acme.bank.auth0app.com/api/v2/"}
	for _, tt := range []struct {
		domain, audience string
		who              tenant.Identity
		ok               bool
	}{
		{"acme.us.auth0.com", "", acme, true},
		{"https://ACME.us.auth0.com/", "", acme, true},
		{"http://127.0.0.1:3000", "", acme, true},
		{"login.acme.com", "", own, true},
		{"login.acme.com", acme.Audience, acme, true},
		{"login.acme.com", "", acme, false},
		{"login.acme.com", "https://globex.eu.auth0.com/api/v2/", acme, false},
		{"globex.eu.auth0.com", "", acme, false},
		{"acme.bank.auth0app.com", "", private, true},
		{"globex.bank.auth0app.com", "", private, false},
		{"", "", acme, false},
	} {
		err := ofDomain(login.Credentials{Domain: tt.domain, Audience: tt.audience}, tt.who)
		if (err == nil) != tt.ok {
			t.Errorf("%q with audience %q and a token of %s: %v", tt.domain, tt.audience, tt.who.Domain, err)
		}
		if err != nil && explain(err).exit != exitCredentials {
			t.Errorf("%q: exit code %d", tt.domain, explain(err).exit)
		}
	}
}

// TestScopesAreThoseOfTheOperations: every scope of every operation is explained, and no other; what only reads reads.
func TestScopesAreThoseOfTheOperations(t *testing.T) {
	t.Parallel()
	want, got := map[string]bool{}, map[string]bool{}
	for _, op := range tenant.Ops() {
		for _, scope := range op.Scopes() {
			want[scope] = true
		}
	}
	delete(want, "read:migrations") // no application can be given it
	for i, needs := range [][]need{readScopes(), writeScopes(), undoScopes()} {
		for _, n := range needs {
			if got[n.Scope] || n.For == "" || strings.HasPrefix(n.Scope, "read:") != (i == 0) {
				t.Errorf("%+v", n)
			}
			got[n.Scope] = true
		}
	}
	for scope := range want {
		if !got[scope] {
			t.Errorf("%s is not explained", scope)
		}
	}
	for scope := range got {
		if !want[scope] {
			t.Errorf("%s is needed by nothing", scope)
		}
	}
}

// TestDoctor looks at a tenant with every kind of token.
func TestDoctor(t *testing.T) {
	t.Parallel()
	all := wantedScopes(true)
	without := func(scopes ...string) []string {
		return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(scopes, s) })
	}
	for name, tt := range map[string]struct {
		scopes []string
		args   string
		exit   exitCode
		want   map[string]condition
	}{
		"everything": {all, "", exitOK, map[string]condition{
			"credentials": sound, "dns": sound, "tls": skipped, "token": sound, "expiry": sound, "scopes-read": sound, "scopes-write": sound,
			"scopes-undo": sound, "read": sound, "logs": sound, "clock": sound, "rate-limit": sound, "runs": sound, "terminal": noted,
		}},
		"no logs":          {without("read:logs"), "", exitOK, map[string]condition{"scopes-read": warned, "logs": warned}},
		"no undo":          {without("delete:phone_providers"), "", exitOK, map[string]condition{"scopes-undo": warned, "scopes-write": sound}},
		"no custom":        {without("create:actions", "update:actions"), "", exitOK, map[string]condition{"scopes-write": warned}},
		"only reads":       {wantedScopes(false), "", exitCredentials, map[string]condition{"scopes-read": sound, "scopes-write": broken}},
		"only reads, said": {wantedScopes(false), "--read-only", exitOK, map[string]condition{"scopes-write": warned}},
		"cannot read":      {without("read:tenant_settings"), "", exitCredentials, map[string]condition{"scopes-read": broken, "read": broken}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newDesk(t)
			p.env["AUTH0_DOMAIN"], p.env["AUTH0_API_TOKEN"] = p.url, p.tenant.Token(tt.scopes...)
			version := p.tenant.Version()
			exit, out, errs := p.upe(append([]string{"doctor", "--json"}, strings.Fields(tt.args)...)...)
			if exit != tt.exit {
				t.Errorf("exit code %d: %s", exit, errs)
			}
			var said doctorDocument
			if err := json.Unmarshal([]byte(out), &said); err != nil {
				t.Fatal(err)
			}
			seen := map[string]exam{}
			for _, g := range said.Groups {
				for _, e := range g.Exams {
					seen[e.ID] = e
					if (e.Status == warned || e.Status == broken) && e.Do == "" || e.Result == "" {
						t.Errorf("%+v does not say what to do", e)
					}
				}
			}
			for id, want := range tt.want {
				if seen[id].Status != want {
					t.Errorf("%s: %+v, want %s", id, seen[id], want)
				}
			}
			if said.Domain != "acme.us.auth0.com" || said.Healthy != (tt.exit == exitOK) || len(said.Scopes) != 3 {
				t.Errorf("said %+v", said)
			}
			if p.tenant.Version() != version || strings.Contains(out, p.tenant.Token(tt.scopes...)) {
				t.Error("the doctor wrote, or showed the token")
			}
		})
	}
}

// TestDoctorWhereNobodyAnswers says which link is missing, and skips what depends on it.
func TestDoctorWhereNobodyAnswers(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(nil)
	gone.Close()
	secured := httptest.NewTLSServer(nil) // nobody trusts its certificate
	t.Cleanup(secured.Close)
	p := newDesk(t)
	token := p.tenant.Token()
	for domain, want := range map[string]string{
		gone.URL: "token", secured.URL: "tls", "acme us": "domain", "": "credentials",
	} {
		p.env["AUTH0_DOMAIN"], p.env["AUTH0_API_TOKEN"] = domain, token
		if domain == "" {
			delete(p.env, "AUTH0_API_TOKEN")
		}
		exit, out, _ := p.upe("doctor", "--json")
		var said doctorDocument
		if err := json.Unmarshal([]byte(out), &said); err != nil {
			t.Fatal(err)
		}
		if domain == gone.URL {
			// The token is judged without asking anybody; reading is what fails.
			want = "read"
		}
		if exit == exitOK || failedID(said) != want {
			t.Errorf("%q: exit code %d, %q failed first, want %q", domain, exit, failedID(said), want)
		}
	}
}

func failedID(d doctorDocument) string {
	for _, g := range d.Groups {
		for _, e := range g.Exams {
			if e.Status == broken {
				return e.ID
			}
		}
	}
	return ""
}

// TestTheClock tells a clock that is a little off from one with which no token works.
func TestTheClock(t *testing.T) {
	t.Parallel()
	for ahead, want := range map[time.Duration]condition{0: sound, -20 * time.Second: sound, 2 * time.Minute: warned, -2 * time.Minute: warned, time.Hour: broken} {
		now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		w := &observer{now: func() time.Time { return now.Add(ahead) }}
		w.note(http.Header{"Date": {now.Format(http.TimeFormat)}}, w.now())
		o := &doctorOptions{app: testApp(t)}
		o.group("Tenant")
		o.clock(w)
		if got := o.groups[0].Exams[0]; got.Status != want {
			t.Errorf("%s ahead: %+v", ahead, got)
		}
	}
}
