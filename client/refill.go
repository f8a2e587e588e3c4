package client

import (
	"net/http"
	"strconv"
	"time"
)

// refill is what is known of how the tenant's bucket fills again once it is empty.
//
// Auth0's pages say two things. A limit by the second gets its requests back "by milliseconds" (Rate Limit Policy, "Rate limit algorithm"),
// so that one more may go long before the whole second is over. Or all of them come back at the top of each second, in a
// "fixed window" (Rate Limit Use Cases). The headers look the same, so a read tries the first once the next request should be there.
// Where that is refused, the second holds, and nothing goes early any more: one 429, which did nothing, for each client.
type refill struct {
	size   int           // of the bucket; 0: not known
	every  time.Duration // one request comes back at least as often as this
	window bool          // they come back together
	since  time.Time     // when the bucket was seen empty while nothing was on its way; zero: not since the last refusal
	spent  int           // requests sent since then
}

// empty notes that an answer says nothing remains, and that the tenant asks for a pause. A bucket that is full again after the pause gives
// one request back in its share of that: too long rather than too short, as a part of a second counts for a whole one.
func (r *refill) empty(resp *http.Response, pause time.Duration, now time.Time, alone bool) {
	if size := sizeOf(resp); size != r.size && !r.window {
		seconds := (pause + time.Second - 1).Truncate(time.Second)
		*r = refill{size: size, every: seconds / time.Duration(max(size, 1))}
	}
	if alone && r.since.IsZero() {
		r.since, r.spent = now, 0
	}
}

// gained shortens the time between two requests to what the bucket has shown: those sent since it was empty, and what remains, all came
// back meanwhile, except for the part of one that may have been there. Some endpoints have a bucket of their own, of another size.
func (r *refill) gained(resp *http.Response, remaining int, now time.Time) {
	came := r.spent + remaining - 1
	if r.since.IsZero() || came <= 0 || sizeOf(resp) != r.size {
		return
	}
	r.every = min(r.every, now.Sub(r.since)/time.Duration(came))
}

// refused notes a 429 for a request that went early.
func (r *refill) refused() { *r = refill{window: true} }

// next is how long after an answer that left nothing a read may go.
func (r *refill) next(pause time.Duration) time.Duration {
	if r.window || r.size == 0 {
		return pause
	}
	return min(r.every, pause)
}

// sizeOf is how many requests the bucket behind an answer holds; 0 when it does not say.
func sizeOf(resp *http.Response) int {
	size, err := strconv.Atoi(resp.Header.Get(headerLimit))
	if err != nil {
		return 0
	}
	return max(size, 0)
}
