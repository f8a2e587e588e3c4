package client

import (
	"context"
	"net/http"
	"strings"
	"time"

	"upe/flows/tenant"
)

const (
	// attempts is how often a read is tried when the connection or the tenant fails.
	attempts = 3
	// attemptsLimited is how often a request is tried that met the rate limit.
	attemptsLimited = 6
	// firstPause is the pause after a failure; each further one is four times as long: 0.25 s and 1 s.
	firstPause = 250 * time.Millisecond
	// longestPause is the longest wait the server may ask for. A longer one is told to the person instead.
	longestPause = time.Minute
)

// retry is the link that keeps to the rate limit and sends a request again where promise 4 allows it: reads, and what the rate
// limit turned away, since that was not executed. A try is never repeated: a person would get two messages.
type retry struct {
	next    http.RoundTripper
	limit   *limiter
	now     func() time.Time
	timeout time.Duration
}

func (r retry) RoundTrip(req *http.Request) (*http.Response, error) {
	t := talkOf(req)
	for {
		if err := r.limit.enter(req.Context(), r.now, t.call.Op.Writes()); err != nil {
			return nil, &broken{cause: err}
		}
		t.attempt++
		resp, err := r.once(req)
		r.limit.leave(resp, r.now())
		pause, again := r.again(t, resp, err)
		if !again || pause > left(req.Context(), r.now()) {
			return resp, err
		}
		if waitErr := sleep(req.Context(), pause); waitErr != nil {
			return resp, err
		}
	}
}

// once makes one attempt with a body and a time limit of its own. The body of its answer is in memory, so the limit can end
// with it.
func (r retry) once(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), r.timeout)
	defer cancel()
	attempt := req.Clone(ctx)
	if req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, &broken{cause: err}
		}
		attempt.Body = body
	}
	return r.next.RoundTrip(attempt)
}

// again decides whether to send the request once more, and how long to wait before.
func (r retry) again(t *talk, resp *http.Response, err error) (pause time.Duration, again bool) {
	op := t.call.Op
	if resp != nil && resp.StatusCode == http.StatusTooManyRequests {
		pause = asked(resp, r.now(), backoff(t.attempt))
		return pause, !isTry(op) && t.attempt < attemptsLimited && pause <= longestPause
	}
	failed := err != nil || resp.StatusCode == http.StatusRequestTimeout || resp.StatusCode >= http.StatusInternalServerError
	return backoff(t.attempt), failed && !op.Writes() && t.attempt < attempts
}

func isTry(op tenant.Op) bool { return strings.HasSuffix(op.Template(), "/try") }

func backoff(attempt int) time.Duration { return firstPause << (2 * min(attempt-1, 3)) }

// left is how long ctx still lasts: a pause that outlives it would only hide the answer behind a deadline.
func left(ctx context.Context, now time.Time) time.Duration {
	if end, ok := ctx.Deadline(); ok {
		return end.Sub(now)
	}
	return longestPause
}

// sleep waits, or returns why ctx ended.
func sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
