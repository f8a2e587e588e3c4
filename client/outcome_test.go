package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"upe/client"
	"upe/flows/tenant"
)

// What a write that got no answer is called decides whether it is sent again. Each case breaks a real connection.
func TestOutcomeOfWrites(t *testing.T) {
	t.Parallel()
	listen := (*httptest.Server).Start
	tests := []struct {
		name    string
		start   func(*httptest.Server)
		handler http.HandlerFunc
		unknown bool
	}{
		{"nobody listens", func(s *httptest.Server) { s.Start(); s.Close() }, says(200, `{}`), false},
		{"certificate not trusted", (*httptest.Server).StartTLS, says(200, `{}`), false},
		{"closed after the request", listen, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, true},
		{"closed within the answer", listen, func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Content-Length", "1000")
			says(200, `{"half":`)(w, req)
		}, true},
		{"no answer in time", listen, func(_ http.ResponseWriter, req *http.Request) { <-req.Context().Done() }, true},
		{"answer is not JSON", listen, says(200, `<html>Welcome to the airport</html>`), true},
		{"answer is half a document", listen, says(200, `{"id":"pro_1",`), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewUnstartedServer(&recorder{answer: tt.handler})
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			tt.start(server)
			t.Cleanup(server.Close)
			c := over(t, nil, domain(server.URL), func(o *client.Options) {
				if tt.name == "no answer in time" {
					o.Timeout = 50 * time.Millisecond
				}
			})
			call := sample(tenant.CreateProvider)
			_, err := do(t, allowing(c, call), call)
			if e := errorOf(t, err); e.Status != 0 || e.Unknown() != tt.unknown {
				t.Errorf("write: got %+v, want unknown %t", e, tt.unknown)
			}
			// With so little time left no read waits for another attempt.
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			_, err = c.Do(ctx, tenant.Call{Op: tenant.ListProviders})
			if e := errorOf(t, err); e.Status != 0 || e.Unknown() || e.Class() != tenant.ClassNetwork {
				t.Errorf("read: got %+v, want nothing to wonder about", e)
			}
		})
	}
}

func domain(url string) func(*client.Options) { return func(o *client.Options) { o.Domain = url } }

// serve reads each request whole, or the server would not notice that its client has gone.
func serve(t *testing.T, handler http.HandlerFunc) (url string) {
	t.Helper()
	server := httptest.NewServer(&recorder{answer: handler})
	t.Cleanup(server.Close)
	return server.URL
}

// Cancelling while a write is under way leaves its outcome open; before it left, it does not.
func TestCancelledWrites(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	call := sample(tenant.PatchSettings)
	url := serve(t, func(_ http.ResponseWriter, req *http.Request) {
		cancel()
		<-req.Context().Done()
	})
	api := allowing(over(t, nil, domain(url)), call)
	for i, unknown := range []bool{true, false} {
		_, err := api.Do(ctx, call)
		if e := errorOf(t, err); e.Unknown() != unknown || !errors.Is(err, context.Canceled) || e.Message != "cancelled" {
			t.Errorf("try %d: %+v (%v)", i, e, err)
		}
	}
}

// A domain that does not resolve is said in a person's words.
func TestUnknownHost(t *testing.T) {
	t.Parallel()
	lookup := &fails{err: &net.OpError{Op: "dial", Err: &net.DNSError{Name: "acme.us.auth0.com", IsNotFound: true}}}
	_, err := do(t, over(t, lookup), tenant.Call{Op: tenant.ListFactors})
	if e := errorOf(t, err); e.Message != "there is no host acme.us.auth0.com" || e.Class() != tenant.ClassNetwork {
		t.Errorf("got %+v", e)
	}
}

// A redirect is an answer like any other: the token does not travel to where it points.
func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := &recorder{answer: says(200, `{}`)}
	target := serve(t, elsewhere.ServeHTTP)
	for _, status := range []int{301, 302, 307, 308} {
		call := sample(tenant.PatchSettings)
		_, err := do(t, allowing(to(t, http.RedirectHandler(target+"/x", status)), call), call)
		if e := errorOf(t, err); e.Status != status {
			t.Errorf("got %+v", e)
		}
	}
	if seen := elsewhere.requests(); len(seen) > 0 {
		t.Errorf("followed: %v", seen)
	}
}

// HTTPS works with a transport that trusts the server.
func TestHTTPS(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(says(200, `{"friendly_name":"Acme"}`))
	t.Cleanup(server.Close)
	reply, err := do(t, over(t, server.Client().Transport, domain(server.URL)), tenant.Call{Op: tenant.GetSettings})
	if err != nil || string(reply) != `{"friendly_name":"Acme"}` {
		t.Errorf("got %s, %v", reply, err)
	}
}

// The caller's slice and the answer's are not shared with the next call.
func TestAnswersAreIndependent(t *testing.T) {
	t.Parallel()
	c := over(t, wire{inTurn(says(200, `{"n":1}`), says(200, `{"n":2}`))})
	one, err := do(t, c, tenant.Call{Op: tenant.GetSettings})
	if err != nil {
		t.Fatal(err)
	}
	two, err := do(t, c, tenant.Call{Op: tenant.GetSettings})
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(one) || string(one) != `{"n":1}` || string(two) != `{"n":2}` {
		t.Errorf("got %s and %s", one, two)
	}
}
