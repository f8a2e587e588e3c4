package client

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// The headers in which Auth0 tells the state of its token bucket.
const (
	headerLimit      = "X-RateLimit-Limit"     // requests at once
	headerRemaining  = "X-RateLimit-Remaining" // requests left
	headerReset      = "X-RateLimit-Reset"     // UTC epoch seconds
	headerRetryAfter = "Retry-After"           // seconds, or an HTTP date
)

// longestBreak is how long the limiter holds requests back on its own account, when an answer says that none remain. Auth0
// refills by the second (two per second on the smallest plan), and a bucket may belong to one endpoint only; one probe then
// tells more than waiting, and a 429 says the real time.
const longestBreak = 2 * time.Second

// limiter lets through as many requests at once as the tenant's rate limit has room for. It knows the room from the answers:
// a probe goes alone, and what its answer says remains is exact; that many others may follow together. When the room is used
// up, another probe goes: a read as soon as the bucket should hold one more request (see refill), a write when the tenant says so, as a
// try that is refused is not repeated. Answers to requests that travel together come back in any order, so they can only lower the room.
// Without the headers nothing is limited.
type limiter struct {
	mu      sync.Mutex
	changed chan struct{} // closed and replaced whenever a request comes back, and a write begins or ends to wait
	known   bool          // room is known; false at first, and while a probe is on its way
	limited bool          // room means something
	room    int           // requests that may still go before the next probe
	resume  time.Time     // no request before this; zero for none
	early   time.Time     // but a read may go from here on, alone
	hasty   bool          // the request on its way went before resume
	refill  refill
	out     int // requests on their way
	writes  int // that wait
}

func newLimiter() *limiter { return &limiter{changed: make(chan struct{})} }

// enter waits until a request may go. Every enter that returns nil is followed by one leave.
func (l *limiter) enter(ctx context.Context, now func() time.Time, writes bool) error {
	if writes {
		l.queue(1)
		defer l.queue(-1)
	}
	for {
		pause, changed, free := l.try(now(), writes)
		if free {
			return nil
		}
		if err := l.wait(ctx, pause, changed); err != nil {
			return err
		}
	}
}

// try takes a place if there is one. Otherwise it says what to wait for: the time (0: none) or a change.
func (l *limiter) try(now time.Time, writes bool) (pause time.Duration, changed <-chan struct{}, free bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	from := l.early
	if writes {
		from = l.resume
	}
	if pause := from.Sub(now); pause > 0 {
		return pause, l.changed, false
	}
	if alone := !l.known || !l.resume.IsZero() || l.limited && l.room <= 0; alone {
		// One read after the other that goes early would put off a write for ever, so it goes first.
		if l.out > 0 || l.writes > 0 && !writes {
			return 0, l.changed, false
		}
		l.hasty = now.Before(l.resume)
		l.known, l.resume, l.early = false, time.Time{}, time.Time{}
	}
	l.room--
	l.out++
	l.refill.spent++
	return 0, nil, true
}

// queue counts the writes that wait.
func (l *limiter) queue(more int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes += more
	l.wake()
}

// wake lets everybody who waits look again.
func (l *limiter) wake() {
	close(l.changed)
	l.changed = make(chan struct{})
}

func (l *limiter) wait(ctx context.Context, pause time.Duration, changed <-chan struct{}) error {
	var over <-chan time.Time
	if pause > 0 {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-changed:
	case <-over:
	}
	return nil
}

// leave gives the place back and learns from the answer; resp is nil when none came.
func (l *limiter) leave(resp *http.Response, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	probe := !l.known
	l.known = true
	l.out--
	defer func() { l.hasty = false }() // a request that goes early goes alone, so this was its answer
	if resp != nil {
		l.learn(resp, now, probe)
	} else if probe {
		// Silence tells no limit, but it ends the time of going alone: behind a dead host each would wait for the one before.
		l.limited = false
	}
	l.wake()
}

func (l *limiter) learn(resp *http.Response, now time.Time, probe bool) {
	remaining, err := strconv.Atoi(resp.Header.Get(headerRemaining))
	l.limited = err == nil
	if l.limited && (probe || remaining < l.room) {
		l.room = remaining
	}
	if probe && l.limited {
		l.refill.gained(resp, remaining, now)
	}
	refused := resp.StatusCode == http.StatusTooManyRequests
	if refused && l.hasty {
		l.refill.refused()
	}
	if refused || l.limited && remaining <= 0 {
		l.pause(resp, now, refused)
	}
}

// pause holds requests back after an answer that says nothing remains.
func (l *limiter) pause(resp *http.Response, now time.Time, refused bool) {
	told := asked(resp, now, time.Second)
	l.resume = now.Add(min(told, longestBreak))
	l.early = l.resume
	if !refused {
		l.refill.empty(resp, told, now, l.out == 0)
		l.early = now.Add(l.refill.next(min(told, longestBreak)))
	}
}

// asked is how long the answer asks to wait: Retry-After, else X-RateLimit-Reset, else the given pause. The server's own clock
// (Date) counts when it tells it, so that a wrong clock on this machine does not matter.
func asked(resp *http.Response, now time.Time, otherwise time.Duration) time.Duration {
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		now = date
	}
	after := resp.Header.Get(headerRetryAfter)
	if seconds, err := strconv.Atoi(after); err == nil && seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(after); err == nil && date.After(now) {
		return date.Sub(now)
	}
	if epoch, err := strconv.ParseInt(resp.Header.Get(headerReset), 10, 64); err == nil {
		if reset := time.Unix(epoch, 0); reset.After(now) {
			return reset.Sub(now)
		}
	}
	return otherwise
}
