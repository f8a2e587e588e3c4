package login_test

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"upe/client/login"
)

const secret = "a-client-secret-that-nobody-may-see"

// token makes an access token; nobody checks its signature.
func token(tb testing.TB, claims map[string]any) string {
	tb.Helper()
	payload, err := json.Marshal(claims)
	if err != nil {
		tb.Fatal(err)
	}
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(`{"alg":"RS256"}`)) + "." + part(payload) + "." + part([]byte("signature"))
}

// explained checks that err says what failed, why, and what to do, without the secret.
func explained(tb testing.TB, err error) login.Error {
	tb.Helper()
	var e *login.Error
	if !errors.As(err, &e) {
		tb.Fatalf("got %v, want a *login.Error", err)
	}
	if e.Failed == "" || e.Why == "" || e.Do == "" {
		tb.Errorf("%+v does not say what failed, why, and what to do", e)
	}
	if strings.Contains(err.Error(), secret) {
		tb.Errorf("the secret stands in %q", err)
	}
	return *e
}

func TestRead(t *testing.T) {
	t.Parallel()
	env := map[string]string{
		login.EnvDomain: "acme.us.auth0.com\n", login.EnvClientID: " id ", login.EnvClientSecret: secret, login.EnvAudience: "https://x/api/v2/",
	}
	got := login.Read(func(name string) (string, bool) { value, found := env[name]; return value, found })
	want := login.Credentials{Domain: "acme.us.auth0.com", ClientID: "id", ClientSecret: secret, Audience: "https://x/api/v2/"}
	if got != want {
		t.Errorf("got %+v", got)
	}
	for _, name := range login.Env() {
		if !strings.HasPrefix(name, "AUTH0_") {
			t.Errorf("%s is no name of Auth0's", name)
		}
	}
}

// What is missing is named.
func TestIncompleteCredentials(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		credentials login.Credentials
		names       []string
	}{
		"nothing":   {login.Credentials{Domain: "acme.us.auth0.com"}, []string{"AUTH0_API_TOKEN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"}},
		"no secret": {login.Credentials{Domain: "acme.us.auth0.com", ClientID: "id"}, []string{"set AUTH0_CLIENT_SECRET"}},
		"no id":     {login.Credentials{Domain: "acme.us.auth0.com", ClientSecret: secret}, []string{"set AUTH0_CLIENT_ID"}},
		"no domain": {login.Credentials{ClientID: "id", ClientSecret: secret}, []string{"AUTH0_DOMAIN"}},
		"no app":    {login.Credentials{Domain: "acme.us.auth0.com", PrivateKey: secret}, []string{"set AUTH0_CLIENT_ID"}},
		"no key":    {login.Credentials{Domain: "acme.us.auth0.com", ClientID: "id", PrivateKey: secret}, []string{"AUTH0_CLIENT_ASSERTION_PRIVATE_KEY"}},
		"no token":  {login.Credentials{Domain: "acme.us.auth0.com", Token: "opaque"}, []string{"AUTH0_API_TOKEN"}},
	} {
		_, err := login.Source(tt.credentials, login.Options{Now: time.Now, Random: rand.Reader})
		explained(t, err)
		for _, want := range tt.names {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not name %s", name, err, want)
			}
		}
	}
}

// A token that has expired, or expires while the program runs, is refused before it is sent.
func TestStaticToken(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	credentials := func(expires time.Time) login.Credentials {
		text := token(t, map[string]any{"iss": "i", "aud": "a", "exp": expires.Unix()})
		return login.Credentials{Domain: "acme.us.auth0.com", Token: text + "\n", ClientID: "id", ClientSecret: secret}
	}
	if _, err := login.Source(credentials(now), login.Options{Now: clock}); !strings.Contains(explained(t, err).Failed, "expired") {
		t.Errorf("got %v", err)
	}
	source, err := login.Source(credentials(now.Add(time.Hour)), login.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := source.Token(); err != nil || strings.HasSuffix(got.AccessToken, "\n") || got.TokenType != "Bearer" {
		t.Errorf("got %+v, %v", got, err)
	}
	now = now.Add(time.Hour)
	_, err = source.Token()
	if e := explained(t, err); !strings.Contains(e.Why, "2026-11-20T13:00:00Z") {
		t.Errorf("got %v", err)
	}
	forever := login.Credentials{Domain: "acme.us.auth0.com", Token: token(t, map[string]any{"iss": "i"})}
	if _, err := login.Source(forever, login.Options{Now: clock}); err != nil {
		t.Errorf("without exp: %v", err)
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	got, err := login.Decode(token(t, map[string]any{"iss": "i", "aud": []string{"a", "b"}, "scope": "x  y", "exp": 1.9e9 + .5}))
	if err != nil || got.Issuer != "i" || len(got.Audience) != 2 || len(got.Scopes) != 2 || got.Expires.Unix() != 1_900_000_000 {
		t.Errorf("got %+v, %v", got, err)
	}
	bad := base64.RawURLEncoding.EncodeToString
	for _, text := range []string{
		"", "opaque", "a.b", "a.b.c.d", "a.%%%.c", "a." + bad([]byte("[]")) + ".c", "a." + bad([]byte(`{"aud":{}}`)) + ".c",
		"a." + bad([]byte(`{"exp":"soon"}`)) + ".c",
	} {
		if _, err := login.Decode(text); err == nil {
			t.Errorf("%q is decoded", text)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("a.e30.c")
	f.Add(token(f, map[string]any{"iss": "i", "aud": "a", "exp": 1e300}))
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := login.Decode(text); err != nil {
			explained(t, err)
		}
	})
}

// endpoint is a token endpoint.
type endpoint struct {
	status int
	answer string

	mu    sync.Mutex
	forms []url.Values
	agent string
}

func (e *endpoint) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	form.Set("url", req.URL.String())
	e.forms = append(e.forms, form)
	e.agent = req.Header.Get("User-Agent")
	recorded := httptest.NewRecorder()
	recorded.Header().Set("Content-Type", "application/json")
	recorded.Header().Set("Location", "https://elsewhere.example/")
	recorded.WriteHeader(e.status)
	if _, err := recorded.WriteString(e.answer); err != nil {
		return nil, err
	}
	return recorded.Result(), nil
}

func application(domain string) login.Credentials {
	return login.Credentials{Domain: domain, ClientID: "id", ClientSecret: secret}
}

func TestClientCredentials(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ domain, audience, wantURL, wantAudience string }{
		{"acme.us.auth0.com", "", "https://acme.us.auth0.com/oauth/token", "https://acme.us.auth0.com/api/v2/"},
		{"https://acme.us.auth0.com/", "", "https://acme.us.auth0.com/oauth/token", "https://acme.us.auth0.com/api/v2/"},
		{"login.acme.com", "https://acme.us.auth0.com/api/v2/", "https://login.acme.com/oauth/token", "https://acme.us.auth0.com/api/v2/"},
		{"127.0.0.1:3000", "", "http://127.0.0.1:3000/oauth/token", "http://127.0.0.1:3000/api/v2/"},
	} {
		e := &endpoint{status: 200, answer: `{"access_token":"t","token_type":"Bearer","expires_in":86400}`}
		credentials := application(tt.domain)
		credentials.Audience = tt.audience
		source, err := login.Source(credentials, login.Options{Now: time.Now, Transport: e, UserAgent: "upe/1.0"})
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 10 {
			group.Go(func() {
				if got, err := source.Token(); err != nil || got.AccessToken != "t" {
					t.Errorf("got %+v, %v", got, err)
				}
			})
		}
		group.Wait()
		if len(e.forms) != 1 {
			t.Fatalf("%d token requests", len(e.forms))
		}
		want := url.Values{
			"grant_type": {"client_credentials"}, "client_id": {"id"}, "client_secret": {secret},
			"audience": {tt.wantAudience}, "url": {tt.wantURL},
		}
		if got := e.forms[0]; got.Encode() != want.Encode() {
			t.Errorf("%s: asked %s", tt.domain, got.Encode())
		}
		if e.agent != "upe/1.0" {
			t.Errorf("user agent %q", e.agent)
		}
	}
}

// A token is kept until shortly before its end, then replaced.
func TestRenewal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := &endpoint{status: 200, answer: `{"access_token":"t","token_type":"Bearer","expires_in":3600}`}
		source, err := login.Source(application("acme.us.auth0.com"), login.Options{Now: time.Now, Transport: e})
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			later    time.Duration
			requests int
		}{{0, 1}, {57 * time.Minute, 1}, {2 * time.Minute, 2}, {0, 2}} {
			time.Sleep(step.later)
			if _, err := source.Token(); err != nil {
				t.Fatal(err)
			}
			if len(e.forms) != step.requests {
				t.Errorf("%s later: %d requests, want %d", step.later, len(e.forms), step.requests)
			}
		}
	})
}

// A refusal says which of the credentials is wrong, in one request, and never quotes the secret.
func TestRefusals(t *testing.T) {
	t.Parallel()
	quoting := `{"error":"access_denied","error_description":"Unauthorized: ` + secret + `"}`
	for _, tt := range []struct {
		status       int
		answer, want string
	}{
		{401, quoting, "AUTH0_CLIENT_SECRET"},
		{403, quoting, `"https://acme.us.auth0.com/api/v2/"`},
		{404, `Not found.`, "AUTH0_DOMAIN"},
		{429, `{"error":"too_many_requests"}`, "wait"},
		{500, `{"error":"` + secret + `"}`, "500"},
		{302, ``, "302"},
		{200, `<html>` + secret, "not a token"},
		{200, `{"token":"` + secret + `"}`, "not a token"},
	} {
		t.Run(fmt.Sprint(tt.status, tt.answer), func(t *testing.T) {
			t.Parallel()
			e := &endpoint{status: tt.status, answer: tt.answer}
			source, err := login.Source(application("acme.us.auth0.com"), login.Options{Now: time.Now, Transport: e})
			if err != nil {
				t.Fatal(err)
			}
			_, err = source.Token()
			failed := explained(t, err)
			if !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "acme.us.auth0.com") {
				t.Errorf("got %q, want it to say %s", err, tt.want)
			}
			if tt.status != 200 && failed.Status != tt.status {
				t.Errorf("status %d", failed.Status)
			}
			if len(e.forms) != 1 {
				t.Errorf("%d requests", len(e.forms))
			}
		})
	}
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	source, err := login.Source(application(server.URL), login.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	_, err = source.Token()
	if e := explained(t, err); !strings.Contains(e.Why, "refused") || e.Cause == nil || e.Status != 0 {
		t.Errorf("got %+v", e)
	}
}
