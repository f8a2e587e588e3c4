package emulator_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/flows/tenant"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	p := open(t, "")
	elsewhere := open(t, `{"domain":"other.eu.auth0.com"}`)
	good := p.token
	for name, tc := range map[string]struct {
		token  string
		status int
		part   string
	}{
		"none":         {"", 401, `"message":"Missing authentication"`},
		"garbage":      {"garbage", 401, `{"statusCode":401,"error":"Unauthorized","message":"Invalid token","attributes":{"error":"Invalid token"}}`},
		"not JSON":     {"a.b.c", 401, "Invalid token"},
		"forged":       {good[:len(good)-4] + "AAAA", 401, "Invalid signature"},
		"other tenant": {elsewhere.token, 401, "Bad audience"},
		"no scope":     {p.Token(""), 403, "Insufficient scope, expected any of: read:tenant_settings"},
		"good":         {good, 200, ""},
	} {
		q := p
		q.t, q.token = t, tc.token
		t.Log(name)
		q.send("GET /tenants/settings", "").want(t, tc.status, tc.part)
	}
	p.clock.pass(24 * time.Hour)
	p.send("GET /tenants/settings", "").want(t, 401, "Expired token")
}

// The scopes of the operations that upe sends are typed here and in flows/tenant; they have to agree.
func TestScopesOfEveryOperation(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "mfa-action"))
	for _, op := range tenant.Ops() {
		r := p.as("").send(op.Method()+" "+op.Path("x"), "{}")
		r.want(t, 403, "insufficient_scope")
		for _, scope := range op.Scopes() {
			if !strings.HasSuffix(scope, "_options") && !strings.Contains(r.body, scope) {
				t.Errorf("%s needs %s, the emulator says %s", op, scope, r.body)
			}
			if !slices.Contains(emulator.Scopes(), scope) {
				t.Errorf("no token has %s", scope)
			}
		}
		if r := p.as(op.Scopes()...).send(op.Method()+" "+op.Path("x"), "{}"); r.status == 403 || r.status == 501 {
			t.Errorf("%s: %d %s", op, r.status, r.body)
		}
	}
}

func TestTokenRequest(t *testing.T) {
	t.Parallel()
	p := open(t, "", func(o *emulator.Options) { o.Scopes = []string{"read:connections", "read:actions"} })
	const audience = "https://acme.us.auth0.com/api/v2/"
	good := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {emulator.DefaultClientID}, "client_secret": {emulator.DefaultClientSecret},
		"audience": {audience},
	}
	with := func(key, value string) string {
		changed := url.Values{}
		for k, v := range good {
			changed[k] = v
		}
		changed.Set(key, value)
		return changed.Encode()
	}
	const form, js = "application/x-www-form-urlencoded", "application/json; charset=utf-8"
	for name, tc := range map[string]struct {
		kind, body string
		status     int
		part       string
	}{
		"form":         {form, good.Encode(), 200, `"scope":"read:connections read:actions"`},
		"fewer scopes": {form, with("scope", "read:actions write:poetry"), 200, `"scope":"read:actions"`},
		"JSON": {js, `{"grant_type":"client_credentials","client_id":"upe-demo-client","client_secret":"` + emulator.DefaultClientSecret +
			`","audience":"` + audience + `"}`, 200, `"token_type":"Bearer"`},
		"wrong secret":   {form, with("client_secret", "x"), 401, `{"error":"access_denied","error_description":"Unauthorized"}`},
		"wrong audience": {form, with("audience", "https://acme.com/"), 403, "Service not found: https://acme.com/"},
		"no audience":    {form, with("audience", ""), 403, "No audience parameter"},
		"password grant": {form, with("grant_type", "password"), 403, "unsupported_grant_type"},
		"nothing":        {js, `{}`, 403, "Missing required parameter: grant_type"},
		"not a body":     {js, `[`, 403, "Missing required parameter: grant_type"},
	} {
		req := httptest.NewRequestWithContext(t.Context(), "POST", "https://acme.us.auth0.com/oauth/token", strings.NewReader(tc.body))
		req.Header.Set("Content-Type", tc.kind)
		w := httptest.NewRecorder()
		p.ServeHTTP(w, req)
		t.Log(name)
		response{w.Code, w.Header(), w.Body.String()}.want(t, tc.status, tc.part)
		if tc.status == 200 && name == "form" {
			p.token = field(t, w.Body.Bytes(), "access_token")
			p.send("GET /connections", "").want(t, 200)
			p.send("GET /logs", "").want(t, 403)
		}
	}
	if r := p.Requests()[0]; r.Path != "/oauth/token" || r.Status == 0 {
		t.Errorf("the token request is recorded as %+v", r)
	}
}

// An SDK makes the audience from the domain it is pointed at.
func TestTokenForTheAddress(t *testing.T) {
	t.Parallel()
	p := open(t, "")
	server, err := p.Start(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	for audience, want := range map[string]int{server.URL + "/api/v2/": 200, "http://127.0.0.1:1/api/v2/": 403, server.URL: 403} {
		form := url.Values{
			"grant_type": {"client_credentials"}, "client_id": {emulator.DefaultClientID},
			"client_secret": {emulator.DefaultClientSecret}, "audience": {audience},
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/oauth/token", strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := resp.Body.Close(); err != nil || resp.StatusCode != want {
			t.Errorf("%s: %d %v, want %d", audience, resp.StatusCode, err, want)
		}
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	p := open(t, "", func(o *emulator.Options) { o.RateLimit = emulator.RateLimit{Burst: 2, PerSecond: 2} })
	var last response
	for i, want := range []int{200, 200, 429, 429} {
		last = p.send("GET /tenants/settings", "")
		if last.status != want {
			t.Fatalf("request %d: %d, want %d", i, last.status, want)
		}
	}
	last.want(t, 429, `"errorCode":"too_many_requests"`, "Global limit has been reached")
	if last.header.Get("X-RateLimit-Limit") != "2" || last.header.Get("X-RateLimit-Remaining") != "0" {
		t.Errorf("headers %v", last.header)
	}
	p.clock.pass(500 * time.Millisecond)
	p.send("GET /tenants/settings", "").want(t, 200)
	p.send("GET /tenants/settings", "").want(t, 429)
	if free := open(t, "").send("GET /users", ""); free.header.Get("X-RateLimit-Reset") == "" {
		t.Error("an answer without X-RateLimit headers")
	}
}

func TestListens(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "mfa-twilio"))
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "example.com:80", "nonsense"} {
		if _, err := p.Start(t.Context(), address); err == nil {
			t.Errorf("listens on %q", address)
		}
	}
	server, err := p.Start(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	get := func(path, host string) response {
		req, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if host != "" {
			req.Host = host
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response{res.StatusCode, res.Header, string(body)}
	}
	get("/emulator/state", "").want(t, 200, `"selected_provider":"twilio"`)
	get("/emulator/state", "acme.us.auth0.com").want(t, 200)
	get("/emulator/state", "evil.example").want(t, 403)
	get("/emulator/nothing", "").want(t, 404)
	get("/nothing", "").want(t, 404, "Not Found")
	get("/api/v2/logs", "").want(t, 401)
}
