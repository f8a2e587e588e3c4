package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// How long requests and waits may take.
const (
	// writeTime ends a write that is not answered, its read-back included. It is long because the transport waits out a rate
	// limit, and because a cancelled run finishes the request in flight.
	writeTime = time.Minute
	// settleReads is how often a tenant is read before a write counts as not done, with settlePause between: Auth0 does not
	// promise that a read sees the write before it.
	settleReads = 3
	settlePause = time.Second
)

// engine carries out one call of a [Runner].
type engine struct {
	*book
	api       *view
	permitted tenant.Permit
	kept      map[string][]string // see references
	progress  func(State)
	doing     string      // the step at work
	waiting   string      // on what it waits, in words
	working   bool        // the run goes on by itself
	looking   Looking     // what is read right now
	rest      []plan.Step // of the phase, after the step at work
	last      []errand    // what is read after the last step of the phase
}

func (r *Runner) start(p plan.Plan, progress func(State)) (*engine, error) {
	if err := runnable(p); err != nil {
		return nil, err
	}
	b, err := r.open(p)
	if err != nil {
		return nil, err
	}
	api := newView(r.API(tenant.Permit{Tenant: p.Tenant}), r.Now)
	return &engine{book: b, api: api, kept: references(p), progress: progress}, nil
}

// runnable reports a plan that cannot be carried out safely: a write without a check could neither be verified nor settled.
func runnable(p plan.Plan) error {
	for _, s := range p.Steps {
		switch {
		case s.Kind == plan.Request && (s.Call == nil || s.Done == nil):
			return fmt.Errorf("step %q has no request, or nothing to check it by", s.ID)
		case s.Kind == plan.Wait && s.Done == nil:
			return fmt.Errorf("step %q waits for nothing", s.ID)
		}
	}
	return nil
}

// permit lets the writes of these steps pass, and no other.
func (e *engine) permit(steps []plan.Step) {
	e.permitted = plan.Plan{Tenant: e.plan.Tenant, Steps: steps}.Permit()
	e.api.API = e.runner.API(e.permitted)
}

func (e *engine) values() plan.Values {
	return plan.Values{
		Answer: func(step string) (json.RawMessage, bool) {
			t, ok := e.steps[step]
			if !ok || t.answer == nil {
				return nil, false
			}
			return plan.Encode(t.answer), true
		},
		Secret: func(name string) (string, error) {
			value, err := e.runner.Secret(name)
			if err != nil {
				return "", fmt.Errorf("the secret %s: %w", name, err)
			}
			e.secrets.add(value)
			return value, nil
		},
	}
}

// write journals an entry about a step and reports the new state.
func (e *engine) write(entry Entry) error {
	if err := e.book.write(entry); err != nil {
		return err
	}
	e.report()
	return nil
}

func (e *engine) report() {
	if e.progress != nil {
		e.progress(e.state())
	}
}

// state is where the run stands, with what is being done right now.
func (e *engine) state() State {
	s := e.history.state()
	for i := range s.Steps {
		if s.Steps[i].ID != e.doing || s.Steps[i].Status == Done {
			continue
		}
		s.Steps[i].Status = Doing
		if e.waiting != "" {
			s.Steps[i].Status, s.Steps[i].Waiting = Waiting, e.waiting
		}
	}
	s.TornLine, s.Working, s.Looking = e.torn, e.working, e.looking
	return s
}

// entry is the beginning of an entry about a step.
func entry(event Event, s plan.Step) Entry { return Entry{Event: event, Step: s.ID, Move: s.Move} }

// fail journals why a step failed and returns it as a [*StepError]. A run that was cancelled did not fail.
func (e *engine) fail(ctx context.Context, s plan.Step, op tenant.Op, cause error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return errStopped
	}
	entry := entry(Failed, s)
	entry.Error = e.secrets.cleanError(failure(op, cause))
	entry.Status = entry.Error.Status
	if err := e.write(entry); err != nil {
		return &StepError{Step: s.ID, Title: s.Title, Err: errors.Join(e.shown(cause, entry.Error), err)}
	}
	return &StepError{Step: s.ID, Title: s.Title, Err: e.shown(cause, entry.Error), Do: e.closeGap(s)}
}

// shown is cause as it may be shown: an answer of the API without the secrets that it may repeat.
func (e *engine) shown(cause error, clean *tenant.Error) error {
	var answered *tenant.Error
	var differs *Difference
	switch {
	case errors.As(cause, &answered):
		return clean
	case errors.As(cause, &differs):
		return &Difference{Why: differs.Why, Fields: e.cleanAll(differs.Fields)}
	}
	return cause
}

func (e *engine) cleanAll(texts []string) []string {
	clean := make([]string, len(texts))
	for i, text := range texts {
		clean[i] = e.secrets.cleanText(text)
	}
	return clean
}

// CodeDiffers is the code of the error that a journal keeps for a [*Difference].
const CodeDiffers = "reads_back_differently"

// failure is any error as a journal keeps it.
func failure(op tenant.Op, cause error) *tenant.Error {
	var answered *tenant.Error
	var differs *Difference
	switch {
	case errors.As(cause, &answered):
		return answered
	case errors.As(cause, &differs):
		return &tenant.Error{Op: op, Status: 200, Code: CodeDiffers, Message: differs.Error()}
	}
	return &tenant.Error{Op: op, Message: cause.Error()}
}
