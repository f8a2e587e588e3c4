package run

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"sync"
	"time"

	"upe/flows/tenant"
)

// longestView is how long an answer that was read ahead counts: a rate limit of two requests a second stretches a round of reads to
// several. What is older is read again in its turn.
const longestView = 10 * time.Second

// longestBase is how long the answer counts that a write is laid over, when it replaces the whole of it: another admin's change is lost when
// it comes after that answer.
const longestBase = time.Second

// view is the way to the tenant, with the answers that were read ahead of their turn. None of them outlives the next write, or the next
// wait: what a step relies on was always read after the write before it.
type view struct {
	tenant.API // with the permit in force

	now     func() time.Time
	mu      sync.Mutex
	answers map[string]*glance // by request
}

// glance is a read that was sent ahead of its turn.
type glance struct {
	done chan struct{} // closed when it was answered: then the rest holds
	at   time.Time
	raw  json.RawMessage
	err  error
	void bool // it tells nothing: it was broken off, or went wrong on the way
}

func newView(api tenant.API, now func() time.Time) *view {
	return &view{API: api, now: now, answers: map[string]*glance{}}
}

// Do implements [tenant.API]. What was read ahead is not asked for again.
func (v *view) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	if call.Op.Writes() {
		v.forget()
		defer v.forget()
		return v.API.Do(ctx, call)
	}
	if seen := v.seen(call); seen != nil {
		return seen.raw, seen.err
	}
	return v.API.Do(ctx, call)
}

// seen is what was read ahead, as long as it counts.
func (v *view) seen(call tenant.Call) *glance {
	v.mu.Lock()
	defer v.mu.Unlock()
	seen := v.answers[requestOf(call)]
	if seen == nil || seen.void || seen.olderThan(longestView, v.now()) {
		return nil
	}
	return seen
}

// olderThan goes by the clock on the wall: the other one stands still while a computer sleeps. An answer from the future has no age.
func (g *glance) olderThan(d time.Duration, now time.Time) bool {
	age := now.Round(0).Sub(g.at.Round(0))
	return age < 0 || age > d
}

// anew forgets what nothing may be laid over any more.
func (v *view) anew() {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := v.now()
	maps.DeleteFunc(v.answers, func(_ string, g *glance) bool { return g.olderThan(longestBase, now) })
}

// forget is called where the tenant may be another one afterwards.
func (v *view) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.answers)
}

// scout is who reads ahead: what it sees is kept in the view, and nothing is asked for twice.
type scout struct {
	*view

	hurried bool // it is given less time than a read has in its turn
}

// Do implements [tenant.API], for reads.
func (s scout) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	s.mu.Lock()
	seen, known := s.answers[requestOf(call)]
	if !known {
		seen = &glance{done: make(chan struct{}), void: true}
		s.answers[requestOf(call)] = seen
	}
	s.mu.Unlock()
	if known {
		<-seen.done
		return seen.raw, errors.Join(ctx.Err(), seen.err)
	}
	defer close(seen.done)
	raw, err := s.API.Do(ctx, call)
	s.mu.Lock() // whoever gave us the clock did not count on being asked from two sides
	defer s.mu.Unlock()
	seen.at, seen.raw, seen.err, seen.void = s.now(), raw, err, ctx.Err() != nil || s.hurried && !told(err)
	return raw, err
}

// told reports whether the tenant has spoken. What went wrong on the way, or at Auth0, or came too often, may go well with more time: the
// transport gives up at once where it would have to wait for longer than it may.
func told(err error) bool {
	if err == nil {
		return true
	}
	var answered *tenant.Error
	if !errors.As(err, &answered) {
		return false
	}
	switch answered.Class() {
	case tenant.ClassNetwork, tenant.ClassUnknown, tenant.ClassRateLimit, tenant.ClassAuth0:
		return false
	default:
		return true
	}
}
