package client_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"upe/client"
	"upe/flows/tenant"
)

// acme is the tenant of these tests.
var acme = tenant.Identity{
	Domain: "acme.us.auth0.com", Issuer: "https://acme.us.auth0.com/", Audience: "https://acme.us.auth0.com/api/v2/",
}

// token makes an access token with the claims given; nobody checks its signature.
func token(tb testing.TB, claims map[string]any) string {
	tb.Helper()
	payload, err := json.Marshal(claims)
	if err != nil {
		tb.Fatal(err)
	}
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(`{"alg":"RS256"}`)) + "." + part(payload) + "." + part([]byte("signature"))
}

func acmeToken(tb testing.TB) string {
	tb.Helper()
	return token(tb, map[string]any{"iss": acme.Issuer, "aud": acme.Audience, "scope": "read:connections update:connections"})
}

func acmeTokens(tb testing.TB) oauth2.TokenSource {
	tb.Helper()
	return oauth2.StaticTokenSource(&oauth2.Token{AccessToken: acmeToken(tb)})
}

// failing is a token source that gives none.
type failing struct{ err error }

func (f failing) Token() (*oauth2.Token, error) { return nil, f.err }

// request is what a recording server saw.
type request struct {
	method, path, query, body string
	header                    http.Header
}

// recorder answers with a function and keeps what it was asked.
type recorder struct {
	answer http.HandlerFunc
	mu     sync.Mutex
	seen   []request
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		panic(err)
	}
	r.mu.Lock()
	r.seen = append(r.seen, request{req.Method, req.URL.EscapedPath(), req.URL.RawQuery, string(body), req.Header.Clone()})
	r.mu.Unlock()
	r.answer(w, req)
}

func (r *recorder) requests() []request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]request(nil), r.seen...)
}

// says answers with a status and a body.
func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		if _, err := io.WriteString(w, body); err != nil {
			panic(err)
		}
	}
}

// wire is a transport without a network, for tests under fake time.
type wire struct{ handler http.Handler }

func (w wire) RoundTrip(req *http.Request) (*http.Response, error) {
	answers := make(chan *http.Response, 1)
	go func() {
		recorded := httptest.NewRecorder()
		w.handler.ServeHTTP(recorded, req)
		answers <- recorded.Result()
	}()
	select {
	case <-req.Context().Done():
		return nil, req.Context().Err()
	case resp := <-answers:
		return resp, nil
	}
}

// fails is a transport on which every request ends with an error, after counting.
type fails struct {
	err   error
	count int
}

func (f *fails) RoundTrip(*http.Request) (*http.Response, error) {
	f.count++
	return nil, f.err
}

// over is a client for acme on a transport.
func over(tb testing.TB, transport http.RoundTripper, change ...func(*client.Options)) *client.Client {
	tb.Helper()
	options := client.Options{Domain: acme.Domain, Tokens: acmeTokens(tb), Now: time.Now, Transport: transport}
	for _, f := range change {
		f(&options)
	}
	c, err := client.New(options)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// to is a client for a server on loopback.
func to(tb testing.TB, handler http.Handler, change ...func(*client.Options)) *client.Client {
	tb.Helper()
	server := httptest.NewServer(handler)
	tb.Cleanup(server.Close)
	return over(tb, nil, append([]func(*client.Options){func(o *client.Options) { o.Domain = server.URL }}, change...)...)
}

// sample is a call of op, with everything op takes.
func sample(op tenant.Op) tenant.Call {
	call := tenant.Call{Op: op}
	if strings.Contains(op.Template(), "{id}") {
		call.ID = "con_Ab-1:x|y"
	}
	switch {
	case op == tenant.PatchConnectionClients:
		call.Body = json.RawMessage(`[{"client_id":"a","status":true,"later":1}]`)
	case op.Writes() && op.Method() != http.MethodDelete && op != tenant.DeployAction && op != tenant.ResetPhoneTemplate:
		call.Body = json.RawMessage(awkward)
	}
	return call
}

// awkward is a document that encoders like to change: order, white space, a number over 2^53, null, an unknown key, HTML.
const awkward = `{ "z":1, "big":9007199254740993, "none":null, "configuration":{"unheard_of":"<&>"}, "a":[ ] }`

// allowing is the api with leave for call.
func allowing(c *client.Client, calls ...tenant.Call) tenant.API {
	return c.Permitted(tenant.Permit{Tenant: acme, Writes: calls})
}

// errorOf is the *tenant.Error in err; the test ends without one.
func errorOf(tb testing.TB, err error) *tenant.Error {
	tb.Helper()
	var e *tenant.Error
	if !errors.As(err, &e) {
		tb.Fatalf("got %v, want a *tenant.Error", err)
	}
	return e
}

func do(tb testing.TB, api tenant.API, call tenant.Call) (json.RawMessage, error) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), 10*time.Minute)
	defer cancel()
	return api.Do(ctx, call)
}
