package client

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"upe/flows/tenant"
)

// The guard judges the request, not only the call: a request that no call asked for, or that is another than its call says,
// does not leave. From outside the package neither can be made, which is why this test is inside.
func TestGuardJudgesTheRequest(t *testing.T) {
	t.Parallel()
	var seen int
	wire := transport(func(*http.Request) (*http.Response, error) {
		seen++
		return httptest.NewRecorder().Result(), nil
	})
	c, err := New(Options{
		Domain: "acme.us.auth0.com", Now: time.Now, Transport: wire,
		Tokens: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "a.e30.c"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	const base = "https://acme.us.auth0.com/api/v2"
	one := tenant.Call{Op: tenant.PatchProvider, ID: "pro_1"}
	permitted := &talk{call: one, permit: tenant.Permit{Writes: []tenant.Call{one}}}
	reading := &talk{call: tenant.Call{Op: tenant.GetProvider, ID: "pro_1"}}
	for name, tt := range map[string]struct {
		talk        *talk
		method, url string
	}{
		"no call":              {nil, http.MethodGet, base + "/tenants/settings"},
		"no call, a write":     {nil, http.MethodDelete, base + "/branding/phone/providers/pro_1"},
		"another method":       {permitted, http.MethodDelete, base + "/branding/phone/providers/pro_1"},
		"another resource":     {permitted, http.MethodPatch, base + "/branding/phone/providers/pro_2"},
		"another path":         {permitted, http.MethodPatch, base + "/tenants/settings"},
		"another host":         {permitted, http.MethodPatch, "https://evil.test/api/v2/branding/phone/providers/pro_1"},
		"clear text":           {permitted, http.MethodPatch, "http://acme.us.auth0.com/api/v2/branding/phone/providers/pro_1"},
		"a write behind a get": {reading, http.MethodPatch, base + "/branding/phone/providers/pro_1"},
	} {
		ctx := t.Context()
		if tt.talk != nil {
			ctx = tt.talk.in(ctx)
		}
		req, err := http.NewRequestWithContext(ctx, tt.method, tt.url, strings.NewReader(`{}`))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := c.http.Do(req)
		if err == nil {
			t.Errorf("%s passed: %s, %v", name, resp.Status, resp.Body.Close())
			continue
		}
		var refused *tenant.Error
		if !errors.As(err, &refused) || refused.Class() != tenant.ClassRefusedLocal {
			t.Errorf("%s: %v", name, err)
		}
	}
	if seen > 0 {
		t.Errorf("%d requests left", seen)
	}
}
