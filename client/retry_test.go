package client_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"upe/client"
	"upe/flows/tenant"
)

// inTurn answers each request with the next handler, and with the last one from then on.
func inTurn(handlers ...http.HandlerFunc) http.HandlerFunc {
	var n atomic.Int64
	return func(w http.ResponseWriter, req *http.Request) {
		handlers[min(int(n.Add(1)), len(handlers))-1](w, req)
	}
}

// limited is a 429 with a header.
func limited(header, value string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set(header, value)
		says(http.StatusTooManyRequests, `{"message":"Global limit has been reached","errorCode":"too_many_requests"}`)(w, req)
	}
}

// Promise 4: reads are repeated, and what the rate limit turned away; a try and any other write never.
func TestRetry(t *testing.T) {
	t.Parallel()
	ok := says(http.StatusOK, `{}`)
	fault := says(http.StatusBadGateway, `<html>`)
	epoch := func(seconds int64) string {
		return strconv.FormatInt(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix()+seconds, 10)
	}
	tests := []struct {
		name     string
		op       tenant.Op
		answer   http.HandlerFunc
		requests int
		waited   time.Duration
		status   int // 0: success
	}{
		{"read, one fault", tenant.GetSettings, inTurn(fault, ok), 2, 250 * time.Millisecond, 0},
		{"read, faults", tenant.GetSettings, fault, 3, 1250 * time.Millisecond, 502},
		{"read, timeout answered", tenant.GetMigrations, inTurn(says(408, ``), ok), 2, 250 * time.Millisecond, 0},
		{"write, fault", tenant.PatchSettings, fault, 1, 0, 502},
		{"read, Retry-After", tenant.GetSettings, inTurn(limited("Retry-After", "7"), ok), 2, 7 * time.Second, 0},
		{"write, Retry-After", tenant.PatchProvider, inTurn(limited("Retry-After", "7"), ok), 2, 7 * time.Second, 0},
		{"delete, Retry-After", tenant.DeleteProvider, inTurn(limited("Retry-After", "7"), ok), 2, 7 * time.Second, 0},
		{"date", tenant.GetSettings, inTurn(limited("Retry-After", "Sat, 01 Jan 2000 00:00:20 GMT"), ok), 2, 20 * time.Second, 0},
		{"reset", tenant.GetSettings, inTurn(limited("X-RateLimit-Reset", epoch(3)), ok), 2, 3 * time.Second, 0},
		{"reset long ago", tenant.GetSettings, inTurn(limited("X-RateLimit-Reset", "7"), ok), 2, time.Second, 0},
		{"nonsense", tenant.GetSettings, inTurn(limited("Retry-After", "soon"), ok), 2, time.Second, 0},
		{"never ends", tenant.GetSettings, limited("Retry-After", "10"), 6, 50 * time.Second, 429},
		{"asks too much", tenant.GetSettings, limited("Retry-After", "90"), 1, 0, 429},
		{"try a provider", tenant.TryProvider, limited("Retry-After", "1"), 1, 0, 429},
		{"try a template", tenant.TryPhoneTemplate, limited("Retry-After", "1"), 1, 0, 429},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &recorder{answer: tt.answer}
				call, start := sample(tt.op), time.Now()
				_, err := do(t, allowing(over(t, wire{server}), call), call)
				switch {
				case tt.status == 0 && err != nil:
					t.Error(err)
				case tt.status != 0 && errorOf(t, err).Status != tt.status:
					t.Errorf("got %v, want %d", err, tt.status)
				}
				seen := server.requests()
				if len(seen) != tt.requests {
					t.Errorf("%d requests, want %d", len(seen), tt.requests)
				}
				for i, one := range seen {
					if one.body != string(call.Body) {
						t.Errorf("request %d said %q", i, one.body)
					}
				}
				if waited := time.Since(start); waited != tt.waited {
					t.Errorf("waited %s, want %s", waited, tt.waited)
				}
			})
		})
	}
}

func TestRetryOfBrokenConnections(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			op       tenant.Op
			err      error
			requests int
			sent     bool
		}{
			{tenant.GetSettings, errors.New("connection reset"), 3, false},
			{tenant.PatchSettings, errors.New("connection reset"), 1, true},
			{tenant.TryProvider, errors.New("connection reset"), 1, true},
			{tenant.PatchSettings, &net.OpError{Op: "dial", Err: errors.New("refused")}, 1, false},
		} {
			transport := &fails{err: tt.err}
			call := sample(tt.op)
			_, err := do(t, allowing(over(t, transport), call), call)
			if e := errorOf(t, err); e.Status != 0 || e.Sent != tt.sent || transport.count != tt.requests {
				t.Errorf("%s after %q: %d requests, %+v", tt.op, tt.err, transport.count, e)
			}
		}
	})
}

// A cancelled context ends every wait at once, and errors.Is finds it.
func TestCancelEndsTheWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &recorder{answer: limited("Retry-After", "30")}
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			time.Sleep(3 * time.Second)
			cancel()
		}()
		start := time.Now()
		_, err := over(t, wire{server}).Do(ctx, tenant.Call{Op: tenant.GetSettings})
		if waited := time.Since(start); waited != 3*time.Second {
			t.Errorf("waited %s", waited)
		}
		if e := errorOf(t, err); e.Status != http.StatusTooManyRequests {
			t.Errorf("got %+v, want what the tenant said last", e)
		}
		_, err = over(t, wire{server}).Do(ctx, tenant.Call{Op: tenant.GetSettings})
		if e := errorOf(t, err); !errors.Is(err, context.Canceled) || e.Status != 0 || e.Sent {
			t.Errorf("after the end: %+v", e)
		}
	})
}

// A wait that would outlive the caller's deadline is not begun: the caller learns of the limit, not of a deadline.
func TestNoWaitBeyondTheDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		start := time.Now()
		_, err := over(t, wire{limited("Retry-After", "30")}).Do(ctx, tenant.Call{Op: tenant.GetSettings})
		if e := errorOf(t, err); e.Status != http.StatusTooManyRequests || time.Since(start) != 0 {
			t.Errorf("got %+v after %s", e, time.Since(start))
		}
	})
}

// Each attempt has a time limit of its own. A read is tried again; a write that was not answered may have happened.
func TestTimeout(t *testing.T) {
	t.Parallel()
	silent := func(_ http.ResponseWriter, req *http.Request) { <-req.Context().Done() }
	short := func(o *client.Options) { o.Timeout = 5 * time.Second }
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		reply, err := do(t, over(t, wire{inTurn(silent, says(200, `{"a":1}`))}, short), tenant.Call{Op: tenant.GetSettings})
		if err != nil || string(reply) != `{"a":1}` || time.Since(start) != 5250*time.Millisecond {
			t.Errorf("read: %s, %v after %s", reply, err, time.Since(start))
		}
		call := sample(tenant.PatchSettings)
		_, err = do(t, allowing(over(t, wire{http.HandlerFunc(silent)}, short), call), call)
		if e := errorOf(t, err); !e.Unknown() || e.Message != "no answer in time" {
			t.Errorf("write: %+v", e)
		}
	})
}
