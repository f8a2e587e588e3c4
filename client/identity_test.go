package client_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/oauth2"

	"upe/client"
	"upe/client/login"
	"upe/flows/tenant"
)

func TestIdentity(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		claims map[string]any
		want   tenant.Identity // zero: an error
	}{
		{"one audience", map[string]any{"iss": acme.Issuer, "aud": acme.Audience}, acme},
		{"several audiences", map[string]any{"iss": acme.Issuer, "aud": []string{"https://acme.us.auth0.com/userinfo", acme.Audience}}, acme},
		{
			"custom domain",
			map[string]any{"iss": "https://login.acme.com/", "aud": acme.Audience},
			tenant.Identity{Domain: acme.Domain, Issuer: "https://login.acme.com/", Audience: acme.Audience},
		},
		{"another API", map[string]any{"iss": acme.Issuer, "aud": "https://orders.acme.com/"}, tenant.Identity{}},
		{"deeper path", map[string]any{"iss": acme.Issuer, "aud": "https://evil.example/x/api/v2/"}, tenant.Identity{}},
		{"no host", map[string]any{"iss": acme.Issuer, "aud": "/api/v2/"}, tenant.Identity{}},
		{"no audience", map[string]any{"iss": acme.Issuer}, tenant.Identity{}},
		{"strange audience", map[string]any{"iss": acme.Issuer, "aud": 7}, tenant.Identity{}},
	}
	for _, tt := range tests {
		got, err := client.Identity(token(t, tt.claims))
		if got != tt.want || (err != nil) != (tt.want == tenant.Identity{}) {
			t.Errorf("%s: got %+v, %v", tt.name, got, err)
		}
		var explained *login.Error
		if err != nil && (!errors.As(err, &explained) || explained.Do == "") {
			t.Errorf("%s: %v says not what to do", tt.name, err)
		}
	}
}

func TestClaims(t *testing.T) {
	t.Parallel()
	ends := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	text := token(t, map[string]any{"iss": acme.Issuer, "aud": acme.Audience, "scope": "read:a update:b", "exp": ends.Unix()})
	c := over(t, &fails{}, func(o *client.Options) { o.Tokens = oauth2.StaticTokenSource(&oauth2.Token{AccessToken: text}) })
	got, err := c.Claims(t.Context())
	if err != nil || got.Identity != acme || strings.Join(got.Scopes, " ") != "read:a update:b" || !got.Expires.Equal(ends) {
		t.Errorf("got %+v, %v", got, err)
	}
	if who, err := c.Identity(t.Context()); who != acme || err != nil {
		t.Errorf("got %+v, %v", who, err)
	}
}

// The URL is only transport, but a canonical domain that contradicts the token is a mistake.
func TestDomainAgainstToken(t *testing.T) {
	t.Parallel()
	for domain, works := range map[string]bool{
		"acme.us.auth0.com":           true,
		"https://ACME.us.auth0.com/":  true,
		"login.acme.com":              true,
		"http://127.0.0.1:3000":       true,
		"umbrella.us.auth0.com":       false,
		"acme.eu.auth0.com":           false,
		"acme.us.auth0.com.evil.test": true, // looks canonical, is not: a custom domain like any other
	} {
		server := &recorder{answer: says(http.StatusOK, `{}`)}
		c := over(t, wire{server}, func(o *client.Options) { o.Domain = domain })
		_, err := do(t, c, tenant.Call{Op: tenant.GetSettings})
		var explained *login.Error
		if (err == nil) != works || (err != nil) != errors.As(err, &explained) {
			t.Errorf("%s: %v", domain, err)
		}
		if n := len(server.requests()); (n == 1) != works {
			t.Errorf("%s: %d requests", domain, n)
		}
	}
}

// Without a token nothing goes out: a request without authorization would only hide why.
func TestFailingTokenSource(t *testing.T) {
	t.Parallel()
	server := &recorder{answer: says(http.StatusOK, `{}`)}
	cause := &login.Error{Failed: "no access token", Why: "the secret is wrong", Do: "correct it", Status: 401}
	c := over(t, wire{server}, func(o *client.Options) { o.Tokens = failing{cause} })
	for _, op := range []tenant.Op{tenant.GetSettings, tenant.GetMigrations, tenant.CreateProvider} {
		call := sample(op)
		_, err := do(t, allowing(c, call), call)
		e := errorOf(t, err)
		if e.Op != op || e.Status != 0 || e.Sent || e.Message != cause.Error() {
			t.Errorf("got %+v", e)
		}
		var found *login.Error
		if !errors.As(err, &found) || found.Status != 401 {
			t.Errorf("the cause is lost in %v", err)
		}
	}
	if seen := server.requests(); len(seen) > 0 {
		t.Errorf("the tenant saw %v", seen)
	}
}

// stuck is a token source that takes an hour.
type stuck struct{}

func (stuck) Token() (*oauth2.Token, error) {
	time.Sleep(time.Hour)
	return nil, errors.New("too late")
}

func TestCancelWhileWaitingForAToken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		c := over(t, &fails{}, func(o *client.Options) { o.Tokens = stuck{} })
		_, err := c.Do(ctx, tenant.Call{Op: tenant.GetSettings})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		time.Sleep(time.Hour) // the source ends before the bubble does
	})
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	server := &recorder{answer: says(http.StatusOK, `{}`)}
	c := over(t, wire{server}, func(o *client.Options) { o.UserAgent = "upe/1.2.3" })
	for _, op := range []tenant.Op{tenant.GetSettings, tenant.GetMigrations} {
		if _, err := do(t, c, tenant.Call{Op: op}); err != nil {
			t.Fatal(err)
		}
	}
	for _, seen := range server.requests() {
		if got := seen.header.Get("Authorization"); got != "Bearer "+acmeToken(t) {
			t.Errorf("%s: authorization %q", seen.path, got)
		}
		if got := seen.header.Get("User-Agent"); got != "upe/1.2.3" {
			t.Errorf("%s: user agent %q", seen.path, got)
		}
	}
}

func TestNewRefusesBadOptions(t *testing.T) {
	t.Parallel()
	good := client.Options{Domain: acme.Domain, Tokens: acmeTokens(t), Now: time.Now}
	for name, spoil := range map[string]func(*client.Options){
		"clear text": func(o *client.Options) { o.Domain = "http://acme.us.auth0.com" },
		"no domain":  func(o *client.Options) { o.Domain = "" },
		"no tokens":  func(o *client.Options) { o.Tokens = nil },
		"no clock":   func(o *client.Options) { o.Now = nil },
	} {
		options := good
		spoil(&options)
		if _, err := client.New(options); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if c, err := client.New(good); err != nil || c.Base() != "https://acme.us.auth0.com/api/v2" {
		t.Errorf("got %v, %v", c, err)
	}
}
