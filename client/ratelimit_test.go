package client_test

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"upe/client"
	"upe/flows/tenant"
)

// bucket is a server with Auth0's rate limit: a token bucket of size, refilled with rate tokens a second. Each answer takes
// a tenth of a second.
type bucket struct {
	size, rate int
	silent     bool // tell nothing in headers
	others     int  // tokens that other clients take with each request
	reversed   bool // who came first is answered last

	mu      sync.Mutex
	tokens  int
	filled  time.Time
	refused int
	now     int // requests being answered
	most    int // the most there were at once
	first   int // the most there were at once before the first answer
	done    int
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	b.mu.Lock()
	b.refill()
	b.now++
	b.most = max(b.most, b.now)
	if b.done == 0 {
		b.first = max(b.first, b.now)
	}
	allowed := b.tokens > 0
	if allowed {
		b.tokens = max(0, b.tokens-1-b.others)
	} else {
		b.refused++
	}
	if !b.silent {
		w.Header().Set("X-RateLimit-Limit", strconv.Itoa(b.size))
		w.Header().Set("X-RateLimit-Remaining", strconv.Itoa(b.tokens))
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Unix()+1, 10))
	}
	latency := 100 * time.Millisecond
	if b.reversed {
		latency += time.Duration(b.tokens) * time.Millisecond
	}
	b.mu.Unlock()
	time.Sleep(latency)
	b.mu.Lock()
	b.now--
	b.done++
	b.mu.Unlock()
	if !allowed {
		says(http.StatusTooManyRequests, `{"message":"Global limit has been reached"}`)(w, req)
		return
	}
	says(http.StatusOK, `{}`)(w, req)
}

func (b *bucket) refill() {
	if b.filled.IsZero() {
		b.tokens, b.filled = b.size, time.Now()
	}
	if seconds := int(time.Since(b.filled) / time.Second); seconds > 0 {
		b.tokens = min(b.size, b.tokens+seconds*b.rate)
		b.filled = b.filled.Add(time.Duration(seconds) * time.Second)
	}
}

// Many reads at once: the first goes alone to learn the limit, the others use what room there is, and all succeed.
func TestManyReadsKeepToTheLimit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		server    *bucket
		reads     int
		within    time.Duration
		together  int // at least so many at once
		refusedAt int // at most so many 429
	}{
		{"free plan", &bucket{size: 2, rate: 2}, 25, 16 * time.Second, 1, 0},
		{"enterprise", &bucket{size: 50, rate: 16}, 25, 200 * time.Millisecond, 24, 0},
		{"no headers", &bucket{size: 1000, rate: 1000, silent: true}, 25, 200 * time.Millisecond, 24, 0},
		{"others use it too", &bucket{size: 10, rate: 10, others: 1}, 25, 10 * time.Second, 2, 25},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, start := over(t, wire{tt.server}), time.Now()
				var group sync.WaitGroup
				for range tt.reads {
					group.Go(func() {
						if _, err := do(t, c, tenant.Call{Op: tenant.GetSettings}); err != nil {
							t.Error(err)
						}
					})
				}
				group.Wait()
				if took := time.Since(start); took > tt.within {
					t.Errorf("took %s, want at most %s", took, tt.within)
				}
				if tt.server.first != 1 {
					t.Errorf("%d went before the limit was known", tt.server.first)
				}
				if tt.server.most < tt.together || tt.server.refused > tt.refusedAt {
					t.Errorf("%d at once, %d refused", tt.server.most, tt.server.refused)
				}
			})
		})
	}
}

// An old answer that comes late says that more remains than does; it is not believed.
func TestAnswersOutOfOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &bucket{size: 10, rate: 10, reversed: true}
		c := over(t, wire{server})
		for _, wave := range []int{7, 8} {
			var group sync.WaitGroup
			for range wave {
				group.Go(func() {
					if _, err := do(t, c, tenant.Call{Op: tenant.GetSettings}); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
		}
		if server.refused > 0 {
			t.Errorf("%d refused", server.refused)
		}
	})
}

// Views of one client share its limit.
func TestPermittedSharesTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &bucket{size: 1, rate: 1}
		c, start := over(t, wire{server}), time.Now()
		call := sample(tenant.PatchSettings)
		for _, api := range []tenant.API{allowing(c, call), c.Permitted(tenant.Permit{Tenant: acme, Writes: []tenant.Call{call}})} {
			if _, err := do(t, api, call); err != nil {
				t.Fatal(err)
			}
		}
		if server.refused != 0 || time.Since(start) < time.Second {
			t.Errorf("%d refused in %s", server.refused, time.Since(start))
		}
	})
}

// Behind a host that does not answer, requests do not queue one after the other.
func TestDeadHostHoldsNobodyBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dead := wire{http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) { <-req.Context().Done() })}
		c := over(t, dead, func(o *client.Options) { o.Timeout = 10 * time.Second })
		start := time.Now()
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				if _, err := do(t, c, tenant.Call{Op: tenant.GetSettings}); err == nil {
					t.Error("a dead host answered")
				}
			})
		}
		group.Wait()
		if took := time.Since(start); took > time.Minute {
			t.Errorf("took %s", took)
		}
	})
}

// Who waits for the first answer can be cancelled.
func TestCancelInTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := wire{http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			time.Sleep(10 * time.Second)
			says(http.StatusOK, `{}`)(w, req)
		})}
		c, start := over(t, slow), time.Now()
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := c.Do(t.Context(), tenant.Call{Op: tenant.GetSettings}); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := c.Do(ctx, tenant.Call{Op: tenant.GetSettings})
		if e := errorOf(t, err); !errors.Is(err, context.DeadlineExceeded) || e.Sent || time.Since(start) != time.Second {
			t.Errorf("%+v after %s", e, time.Since(start))
		}
		group.Wait()
	})
}
