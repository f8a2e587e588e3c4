package run

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// Reason says why something was refused.
type Reason string

// The reasons.
const (
	NeedsPrepare  Reason = "prepare"          // the preparation is not finished
	NeedsEvidence Reason = "evidence"         // nobody knows whether messages arrive
	NeedsUndo     Reason = "undo-not-in-hand" // going back needs a secret that nobody has entered
	NeedsWord     Reason = "word"             // a person must say something: a reason, a name
	NeedsSecret   Reason = "secret"           // writing would delete a secret that cannot be read
	TooEarly      Reason = "order"            // something else comes first
	OtherMove     Reason = "other-move"       // another move is half done
	NoSuch        Reason = "no-such"          // the plan has no such move, step or delivery method
	NotYet        Reason = "not-yet"          // the tenant does not show what was said to be done
)

// Refusal says that something was asked for that must not, or cannot, be done now. Nothing was written for it.
type Refusal struct {
	Kind    Reason
	Missing []string // what it needs, in words
	Hint    string   // what to do
}

func (e *Refusal) Error() string {
	text := "refused"
	if len(e.Missing) > 0 {
		text += ", this is missing: " + strings.Join(e.Missing, "; ")
	}
	if e.Hint != "" {
		text += " (" + e.Hint + ")"
	}
	return text
}

// Stale says that the tenant has changed since the plan was made, or since a step was done, in something the plan relies on.
type Stale struct{ Differences []plan.Difference }

func (e *Stale) Error() string {
	return "the tenant has changed since the plan was made, make a new plan: " + strings.Join(e.words(), "; ")
}

// words are the fields that differ: what was, what is, what was planned.
func (e *Stale) words() []string {
	what := make([]string, 0, len(e.Differences))
	for _, d := range e.Differences {
		for _, c := range d.Changes() {
			what = append(what, d.Fact.What+": "+c.Words())
		}
	}
	return what
}

// StepError says which step failed. It wraps the cause: a [*tenant.Error], a [*NoAnswer], a [*Refusal], a [*Stale], a
// [*Difference], or what stopped the journal or a secret.
type StepError struct {
	Step, Title string
	Err         error
	Do          string // what to do, where that is another thing than to run it again; may be empty
}

func (e *StepError) Error() string { return fmt.Sprintf("%s: %v", e.Title, e.Err) }

// Unwrap is the cause.
func (e *StepError) Unwrap() error { return e.Err }

// Hint says what to do about it; empty when nobody knows.
func (e *StepError) Hint() string {
	var inner interface{ Hint() string }
	switch {
	case e.Do != "":
		return e.Do
	case errors.As(e.Err, &inner):
		return inner.Hint()
	}
	return ""
}

// NoAnswer says that nobody answered when a test message was sent. No read of the tenant can tell what became of it, and to send
// again sends a second one: only the phone tells.
type NoAnswer struct{ Err *tenant.Error }

func (e *NoAnswer) Error() string {
	return fmt.Sprintf("no answer came to %s, so the test message may be on its way: %s", e.Err.Op, e.Err.Message)
}

// Hint says what to do about it.
func (*NoAnswer) Hint() string {
	return "look at the phone, then say whether the message arrived; to send again would send a second one"
}

// Unwrap is the API's silence.
func (e *NoAnswer) Unwrap() error { return e.Err }

// Difference says that the tenant is not as a step wants it.
type Difference struct {
	Why    string   // "it was sent, but does not read back"
	Fields []string // `/options/use_phone_provider: want true, have nothing`; no secrets
}

func (e *Difference) Error() string { return e.Why + ": " + strings.Join(e.Fields, "; ") }

// Interrupted says that a run was stopped at a safe point: the request in flight was finished, and its outcome is in the journal. It
// is a [context.Canceled].
type Interrupted struct {
	Done, Total int    // steps
	Next        string // what comes next, in words
}

func (e *Interrupted) Error() string {
	return fmt.Sprintf("stopped between two requests, %d of %d steps are done; run it again to go on, nothing is done twice; next: %s",
		e.Done, e.Total, e.Next)
}

// Unwrap makes errors.Is(err, context.Canceled) true.
func (*Interrupted) Unwrap() error { return context.Canceled }

// errStopped ends a run whose context was cancelled.
var errStopped = errors.New("stopped")
