package emulator

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// FaultKind is what goes wrong.
type FaultKind string

// The kinds of faults. A reset was never applied, a lost one was: a client cannot tell them apart, which is the point.
const (
	FaultRefuse    FaultKind = "refuse"                  // answers Status and Body, applies nothing
	FaultLost      FaultKind = "applied-but-answer-lost" // applies, then closes the connection
	FaultDelay     FaultKind = "delay"                   // waits, then goes on as usual
	FaultReset     FaultKind = "reset"                   // closes the connection, applies nothing
	FaultMalformed FaultKind = "malformed"               // applies, then answers half of the JSON
)

// Fault is one thing that goes wrong, as data.
type Fault struct {
	// Match is a method and a path below /api/v2, with {id} or * for a segment, so that a tenant.Op is one:
	// "PATCH /connections/{id}". The method may be *, and "POST /oauth/token" is the token request. Empty matches everything.
	Match string `json:"match"`

	Skip  int       `json:"skip"`  // so many matching requests go through first
	Times int       `json:"times"` // then so many are hit; 0 means once, below 0 means for ever
	Kind  FaultKind `json:"kind"`

	Status int           `json:"status,omitempty"` // for refuse; 0 means 500
	Body   string        `json:"body,omitempty"`   // for refuse; empty means Auth0's error body for Status
	Delay  time.Duration `json:"delay,omitempty"`  // for delay, in nanoseconds
}

// Inject adds faults to those that are there. The first that matches a request and still has times left hits it.
func (t *Tenant) Inject(faults ...Fault) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range faults {
		if f.Times == 0 {
			f.Times = 1
		}
		t.faults = append(t.faults, &f)
	}
}

// strike is the fault that hits r, or the zero Fault.
func (t *Tenant) strike(r *http.Request) Fault {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range t.faults {
		if !f.matches(r) || f.Times == 0 {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		return *f
	}
	return Fault{}
}

func (f *Fault) matches(r *http.Request) bool {
	if f.Match == "" {
		return true
	}
	method, pattern, _ := strings.Cut(f.Match, " ")
	if method != "*" && method != r.Method {
		return false
	}
	_, matched := match(pattern, strings.TrimPrefix(r.URL.EscapedPath(), apiPrefix))
	return matched
}

// faulty answers r through the faults. delivered is false when the client gets no answer.
func (t *Tenant) faulty(r *http.Request) (a answer, delivered bool) {
	switch f := t.strike(r); f.Kind {
	case FaultRefuse:
		return f.refusal(), true
	case FaultReset:
		return answer{}, false
	case FaultLost:
		t.serve(r)
		return answer{}, false
	case FaultMalformed:
		a = t.serve(r)
		a.body = append(a.body[:len(a.body)/2:len(a.body)/2], `{"`...)
		return a, true
	case FaultDelay:
		if !wait(r.Context(), f.Delay) {
			return answer{}, false
		}
	}
	return t.serve(r), true
}

func (f *Fault) refusal() answer {
	status := f.Status
	if status == 0 {
		status = http.StatusInternalServerError
	}
	if f.Body == "" {
		return fail(status, "", "%s", http.StatusText(status)).render(nil)
	}
	if !isJSON([]byte(f.Body)) {
		return answer{status: status, header: http.Header{"Content-Type": {"text/html"}}, body: []byte(f.Body)}
	}
	return reply{status, json.RawMessage(f.Body)}.render(nil)
}
