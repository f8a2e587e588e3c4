package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"upe/client/emulator"
	"upe/client/openapitest"
)

// TestMigrationsAreAsDescribed migrates every embedded tenant by the commands; Auth0's OpenAPI description hears every request that
// they send and every answer that they get.
func TestMigrationsAreAsDescribed(t *testing.T) {
	t.Parallel()
	d := openapitest.Open(t, os.Getenv(openapitest.Variable))
	for _, name := range scenarios() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCrossing(t, name, emulator.Worlds()[0])
			watch := d.Around(served{c.witness})
			c.wire = passed{watch}
			c.migrate()
			unexplained, _ := openapitest.Explain(watch.Violations(), openapitest.Known())
			for _, v := range unexplained {
				t.Error(v)
			}
			requests, responses := watch.Counts()
			t.Logf("%d requests and %d responses are as described", requests, responses)
			if requests < 15 || requests != responses {
				t.Error("the test does not see what is sent")
			}
		})
	}
}

// served is a transport that ends at a handler.
type served struct{ http.Handler }

// RoundTrip implements [http.RoundTripper].
func (s served) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, r)
	result := answer.Result()
	result.Request = r
	return result, nil
}

// passed is a handler that passes on what a transport answers.
type passed struct{ http.RoundTripper }

// ServeHTTP implements [http.Handler].
func (p passed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, err := p.RoundTrip(r)
	if err != nil {
		panic(http.ErrAbortHandler) // the answer is lost
	}
	defer answer.Body.Close() //nolint:errcheck // it was read
	for key, values := range answer.Header {
		w.Header()[key] = values
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body) // a client that has gone
}
