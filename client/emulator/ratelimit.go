package emulator

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// RateLimit is a token bucket, as Auth0's rate limit policy describes it: Burst requests at once, PerSecond from then on.
// Auth0's free plan has 2 and 2.
type RateLimit struct {
	Burst     int
	PerSecond float64
}

// unlimited is what the headers say when no limit is set: an enterprise tenant's numbers.
var unlimited = RateLimit{Burst: 50, PerSecond: 16}

type bucket struct {
	limit    RateLimit
	enforced bool
	tokens   float64
	at       time.Time // when tokens was right
}

func newBucket(limit RateLimit, now time.Time) bucket {
	b := bucket{limit: limit, enforced: limit != RateLimit{}, at: now}
	if !b.enforced {
		b.limit = unlimited
	}
	b.tokens = float64(b.limit.Burst)
	return b
}

// take spends a token. The header tells what is left, and when the bucket is full again.
func (b *bucket) take(now time.Time) (header http.Header, allowed bool) {
	full := float64(b.limit.Burst)
	b.tokens = min(full, b.tokens+max(0, now.Sub(b.at).Seconds())*b.limit.PerSecond)
	b.at = now
	allowed = b.tokens >= 1 || !b.enforced
	if allowed {
		b.tokens = max(0, b.tokens-1)
	}
	header = http.Header{}
	b.tell(header, now)
	return header, allowed
}

func (b *bucket) tell(header http.Header, now time.Time) {
	header.Set("X-RateLimit-Limit", strconv.Itoa(b.limit.Burst))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(int(b.tokens)))
	header.Set("X-RateLimit-Reset", strconv.FormatInt(now.Add(b.untilNext()).Unix()+1, 10))
}

// untilNext is how long until one more request is allowed.
func (b *bucket) untilNext() time.Duration {
	if b.limit.PerSecond <= 0 {
		return time.Hour
	}
	missing := max(0, 1-b.tokens)
	return time.Duration(math.Ceil(missing / b.limit.PerSecond * float64(time.Second)))
}

// limits puts the headers on an answer that has none yet, because it took no token: every answer of Auth0 has them.
func (t *Tenant) limits(header http.Header) {
	if header.Get("X-RateLimit-Limit") != "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bucket.tell(header, t.opts.Now())
}

func (t *Tenant) takeToken() (http.Header, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bucket.take(t.opts.Now())
}
