package client_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"upe/client"
	"upe/flows/tenant"
)

// bucket is a server with Auth0's rate limit: a token bucket of size, refilled with rate tokens a second, all at once or one by one. Each
// answer takes a tenth of a second.
type bucket struct {
	size, rate int
	drips      bool // one by one
	whole      bool // Reset tells when the bucket is full, and not when there is more in it
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
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(b.reset().Unix(), 10))
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
	every, tokens := time.Second, b.rate
	if b.drips {
		every, tokens = time.Second/time.Duration(b.rate), 1
	}
	if b.filled.IsZero() {
		b.tokens, b.filled = b.size, time.Now()
	}
	if times := int(time.Since(b.filled) / every); times > 0 {
		b.tokens = min(b.size, b.tokens+times*tokens)
		b.filled = b.filled.Add(time.Duration(times) * every)
	}
}

// reset is rounded up to whole seconds.
func (b *bucket) reset() time.Time {
	every := time.Second
	if b.drips {
		every /= time.Duration(b.rate)
	}
	next := b.filled.Add(every)
	if b.whole {
		next = time.Now().Add(time.Duration(b.size-b.tokens) * time.Second / time.Duration(b.rate))
	}
	return next.Add(time.Second - 1).Truncate(time.Second)
}

// Many reads at once: the first goes alone to learn the limit, the others use what room there is, and all succeed. Where the bucket
// fills by the millisecond, one more goes as soon as it may; where it does not, that is found out once.
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
		{"free plan", &bucket{size: 2, rate: 2}, 25, 16 * time.Second, 1, 1},
		{"free plan, by the millisecond", &bucket{size: 2, rate: 2, drips: true}, 25, 12500 * time.Millisecond, 1, 0},
		{"free plan, told when full", &bucket{size: 2, rate: 2, drips: true, whole: true}, 25, 12500 * time.Millisecond, 1, 0},
		{"ten a second", &bucket{size: 10, rate: 10, drips: true}, 25, 1750 * time.Millisecond, 9, 0},
		{"ten a second, told when full", &bucket{size: 10, rate: 10, drips: true, whole: true}, 25, 1750 * time.Millisecond, 9, 0},
		{"in a window", &bucket{size: 10, rate: 10}, 25, 3500 * time.Millisecond, 9, 1},
		{"slower than its size", &bucket{size: 10, rate: 2, drips: true, whole: true}, 25, 8 * time.Second, 9, 0},
		{"slower, and not told", &bucket{size: 10, rate: 2, drips: true}, 25, 9 * time.Second, 9, 1},
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
		if server.refused > 1 { // the one that finds out how the bucket fills
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

// A read goes as soon as the bucket should have room. A write waits for as long as the tenant says: a try that was refused is not repeated.
func TestOnlyReadsGoEarly(t *testing.T) {
	t.Parallel()
	for op, within := range map[tenant.Op][2]time.Duration{
		tenant.GetSettings:   {700 * time.Millisecond, 850 * time.Millisecond},
		tenant.PatchSettings: {time.Second, 1200 * time.Millisecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			server := &bucket{size: 2, rate: 2, drips: true}
			c, start := over(t, wire{server}), time.Now()
			for _, op := range []tenant.Op{tenant.GetSettings, tenant.GetSettings, op} {
				if _, err := do(t, allowing(c, sample(op)), sample(op)); err != nil {
					t.Fatal(err)
				}
			}
			if took := time.Since(start); took < within[0] || took > within[1] || server.refused > 0 {
				t.Errorf("%s was through after %s, %d refused", op, took, server.refused)
			}
		})
	}
}

// Whatever bucket a tenant has, one client asks in vain a few times at most, until it knows how the bucket fills; a write is never refused,
// however many reads go before it; and what is given is used.
func TestAnyBucketIsKeptTo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.IntRange(1, 20).Draw(rt, "size")
		server := &bucket{
			size: size, rate: rapid.IntRange(1, size).Draw(rt, "rate"), drips: rapid.Bool().Draw(rt, "drips"),
			whole: rapid.Bool().Draw(rt, "whole"), reversed: rapid.Bool().Draw(rt, "reversed"),
		}
		reads, begins := rapid.IntRange(1, 30).Draw(rt, "reads"), rapid.IntRange(0, 999).Draw(rt, "milliseconds")
		const rounds, mostRefused = 3, 2
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(time.Duration(begins) * time.Millisecond)
			c, start := over(t, wire{server}), time.Now()
			for range rounds {
				var group sync.WaitGroup
				for range reads {
					group.Go(func() {
						if _, err := do(t, c, tenant.Call{Op: tenant.GetSettings}); err != nil {
							t.Error(err)
						}
					})
				}
				group.Wait()
				before := server.refused
				if _, err := do(t, allowing(c, sample(tenant.PatchSettings)), sample(tenant.PatchSettings)); err != nil || server.refused > before {
					t.Errorf("a write was refused: %v", err)
				}
			}
			least := time.Duration(max(0, rounds*(reads+1)-size)) * time.Second / time.Duration(server.rate)
			if took := time.Since(start); server.refused > mostRefused || took > 2*least+10*time.Second {
				t.Errorf("%d refused in %s, which could be %s", server.refused, took, least)
			}
		})
	})
}

// Somebody may look at the tenant all the time while something is written. Reads that may go early do not keep a write waiting for ever.
func TestAWriteGetsItsTurn(t *testing.T) {
	t.Parallel()
	for _, drips := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			c, start := over(t, wire{&bucket{size: 2, rate: 2, drips: drips}}), time.Now()
			var group sync.WaitGroup
			for range 3 {
				group.Go(func() {
					for time.Since(start) < time.Minute {
						if _, err := do(t, c, tenant.Call{Op: tenant.GetSettings}); err != nil {
							t.Error(err)
						}
					}
				})
			}
			time.Sleep(5 * time.Second)
			if _, err := do(t, allowing(c, sample(tenant.PatchSettings)), sample(tenant.PatchSettings)); err != nil {
				t.Error(err)
			}
			if took := time.Since(start) - 5*time.Second; took > 3*time.Second {
				t.Errorf("it went after %s", took)
			}
			group.Wait()
		})
	}
}

// A write that is called off while it waits leaves its turn to the others.
func TestAWriteThatIsCalledOffHoldsNobodyBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, start := over(t, wire{&bucket{size: 2, rate: 2, drips: true}}), time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		for range 2 {
			if _, err := do(t, c, tenant.Call{Op: tenant.GetSettings}); err != nil {
				t.Fatal(err)
			}
		}
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := allowing(c, sample(tenant.PatchSettings)).Do(ctx, sample(tenant.PatchSettings)); err == nil {
				t.Error("it was not called off")
			}
		})
		synctest.Wait()
		if _, err := do(t, c, tenant.Call{Op: tenant.GetSettings}); err != nil || time.Since(start) > time.Second {
			t.Errorf("a read was through after %s, %v", time.Since(start), err)
		}
		group.Wait()
	})
}

// Who closes a client keeps no connections to its tenant.
func TestCloseEndsTheConnections(t *testing.T) {
	t.Parallel()
	open := make(chan int, 100)
	server := httptest.NewUnstartedServer(says(http.StatusOK, `{}`))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			open <- 1
		case http.StateClosed:
			open <- -1
		case http.StateActive, http.StateIdle, http.StateHijacked:
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	c := over(t, nil, func(o *client.Options) { o.Domain = server.URL })
	if _, err := do(t, c, tenant.Call{Op: tenant.GetSettings}); err != nil {
		t.Fatal(err)
	}
	c.Close()
	if left := <-open; left+<-open != 0 {
		t.Error("a connection was opened twice")
	}
	if _, err := do(t, c, tenant.Call{Op: tenant.GetSettings}); err != nil {
		t.Errorf("a closed client opens connections again when it needs one: %v", err)
	}
}
