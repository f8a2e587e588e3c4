package run

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// request carries out one write. The tenant is read first: what is true already is not written. That also settles a write of an
// earlier run whose answer was lost, so that no request is ever repeated blindly.
func (e *engine) request(ctx context.Context, s plan.Step) error {
	if replaces(s) {
		e.api.forget()
	}
	e.ahead(ctx, e.first(s)...)
	before, err := e.lookFirst(ctx, s)
	if _, ok := e.instead(s, before); ok && err == nil {
		e.api.anew()
		before, err = e.look(ctx, s.Done)
	}
	if err != nil {
		return e.fail(ctx, s, s.Done.Get.Op, err)
	}
	if before.holds && e.proves(s) || before.silent && e.steps[s.ID].sent {
		if err := e.carried(ctx, s); err != nil {
			return e.fail(ctx, s, s.Done.Get.Op, err)
		}
		return e.found(s, before)
	}
	if patch, ok := e.instead(s, before); ok {
		return e.sendInstead(ctx, s, patch)
	}
	if creates(s) && before.exists() {
		return e.fail(ctx, s, s.Done.Get.Op, &Difference{Why: "it exists already, and is different", Fields: before.differs})
	}
	call, err := e.prepare(ctx, s)
	if err != nil {
		return e.fail(ctx, s, s.Call.Op, err)
	}
	for _, look := range []func(context.Context, plan.Step) error{e.ownDraft, e.stillUnused} {
		if err := look(ctx, s); err != nil {
			return e.fail(ctx, s, s.Call.Op, err)
		}
	}
	if ctx.Err() != nil {
		return errStopped
	}
	return e.send(ctx, s, call, before.holds)
}

// lookFirst looks once at what was never written, and more patiently at what may have been.
func (e *engine) lookFirst(ctx context.Context, s plan.Step) (sight, error) {
	if t := e.steps[s.ID]; t.sent || t.unsure {
		return e.readBack(ctx, s.Done)
	}
	return e.look(ctx, s.Done)
}

// exists reports whether what the check looks for was there under an id of its own. A message template that nobody customised
// is listed without one (go-auth0 recording ListPhoneNotificationTemplate): it does not exist yet.
func (s sight) exists() bool {
	object, ok := s.element.(map[string]any)
	if !ok || !s.found {
		return false
	}
	id, _ := object["id"].(string) // another type is no id
	return id != ""
}

// proves reports whether a check that holds tells that a step is done. It does not where the step writes a secret, which Auth0
// never shows: then what looks done is written all the same, unless the write was answered before, or the check began to
// hold with it. What was created by somebody else cannot be created again, and a connection's own secret is only carried along.
func (e *engine) proves(s plan.Step) bool {
	t := e.steps[s.ID]
	if !s.CarriesSecrets() || creates(s) || s.Merge != nil || s.Lenient {
		return true
	}
	return t.sent || t.unsure && !t.blind
}

// found journals that a step is done, and how that came about.
func (e *engine) found(s plan.Step, seen sight) error {
	t := e.steps[s.ID]
	event := Adopted
	switch {
	case seen.silent:
		event = Answered
	case t.sent:
		event = Verified
	case t.unsure:
		event = Settled
	}
	return e.record(s, event, seen)
}

// record journals that a step is done. Fields of its answer that later steps refer to are taken from what was read where the
// answer was lost, or never asked for.
func (e *engine) record(s plan.Step, event Event, seen sight) error {
	entry := entry(event, s)
	if missing := e.unknown(s); len(missing) > 0 {
		entry.Answer = pick(seen.element, missing)
	}
	return e.write(entry)
}

func (e *engine) unknown(s plan.Step) []string {
	var missing []string
	for _, pointer := range e.kept[s.ID] {
		if _, ok := plan.At(any(e.steps[s.ID].answer), pointer); !ok {
			missing = append(missing, pointer)
		}
	}
	return missing
}

// send writes: intent, request, outcome, and the read that verifies it. From the intent on it is not cancelled any more.
func (e *engine) send(ctx context.Context, s plan.Step, call tenant.Call, blind bool) error {
	intent := entry(Intent, s)
	intent.Request, intent.Blind = requestOf(call), blind
	if err := e.write(intent); err != nil {
		return &StepError{Step: s.ID, Title: s.Title, Err: err}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
	defer cancel()
	began := e.runner.Now()
	raw, err := e.api.Do(ctx, call)
	took := e.runner.Now().Sub(began)
	if err != nil {
		return e.unanswered(ctx, s, call, err, took)
	}
	sent := entry(Sent, s)
	sent.Request, sent.Took, sent.Answer = intent.Request, took, e.answer(s, raw)
	if err := e.write(sent); err != nil {
		return &StepError{Step: s.ID, Title: s.Title, Err: err}
	}
	return e.verify(ctx, s, call)
}

// requestOf is how a journal names a request: "PATCH /tenants/settings".
func requestOf(call tenant.Call) string { return call.Op.Method() + " " + call.Path() }

// answer keeps of an answer what later steps refer to. One that is not JSON keeps nothing: what is missing is read back.
func (e *engine) answer(s plan.Step, raw json.RawMessage) map[string]any {
	e.secrets.add(tenant.Secrets(raw)...)
	document, err := plan.Decode(raw)
	if err != nil {
		return nil
	}
	return pick(document, e.kept[s.ID])
}

// unanswered journals a write that was not answered with success. Where it may have happened all the same, the tenant is read
// at once; a conflict may mean that somebody else was faster.
func (e *engine) unanswered(ctx context.Context, s plan.Step, call tenant.Call, cause error, took time.Duration) error {
	outcome := entry(Failed, s)
	outcome.Request, outcome.Took, outcome.Error = requestOf(call), took, e.secrets.cleanError(outcomeOf(call.Op, cause))
	outcome.Status = outcome.Error.Status
	if outcome.Error.Unknown() {
		outcome.Event = Unanswered
	}
	failed := &StepError{Step: s.ID, Title: s.Title, Err: outcome.Error, Do: e.advice(s, outcome.Error)}
	if err := e.write(outcome); err != nil {
		failed.Err = errors.Join(outcome.Error, err)
		return failed
	}
	if !doubtful(outcome.Error) && outcome.Error.Class() != tenant.ClassConflict {
		return failed
	}
	seen, err := e.readBack(ctx, s.Done)
	if patch, ok := e.instead(s, seen); ok && err == nil && call.Op == s.Call.Op && outcome.Error.Class() == tenant.ClassConflict {
		return e.sendInstead(ctx, s, patch)
	}
	if err != nil || !seen.holds || !e.proves(s) {
		return failed
	}
	if doubtful(outcome.Error) {
		if err := e.whole(ctx, s, call); err != nil {
			return e.fail(ctx, s, s.Done.Get.Op, err)
		}
	}
	return e.found(s, seen)
}

// outcomeOf is the error of a write. One that the port does not know leaves the outcome unknown.
func outcomeOf(op tenant.Op, cause error) *tenant.Error {
	var answered *tenant.Error
	if errors.As(cause, &answered) {
		return answered
	}
	return &tenant.Error{Op: op, Sent: true, Message: cause.Error()}
}

// verify reads back what was written, and in the same round trip what comes next.
func (e *engine) verify(ctx context.Context, s plan.Step, call tenant.Call) error {
	e.ahead(ctx, slices.Concat(e.checks(s), e.under(s), beside(e.next(e.rest)))...)
	seen, err := e.readBack(ctx, s.Done)
	if err != nil {
		return e.fail(ctx, s, s.Done.Get.Op, err)
	}
	if seen.silent {
		return e.record(s, Answered, seen)
	}
	if !seen.holds {
		return e.fail(ctx, s, s.Done.Get.Op, &Difference{Why: "it was sent, but does not read back", Fields: seen.differs})
	}
	if err := e.whole(ctx, s, call); err != nil {
		return e.fail(ctx, s, s.Done.Get.Op, err)
	}
	return e.record(s, Verified, seen)
}

// readBack looks until the check holds, a few times; once where the tenant tells nothing.
func (e *engine) readBack(ctx context.Context, check *plan.Check) (sight, error) {
	for tries := 1; ; tries++ {
		seen, err := e.look(ctx, check)
		if err != nil || seen.holds || seen.silent || tries == settleReads {
			return seen, err
		}
		if err := e.pause(ctx, settlePause); err != nil {
			return seen, err
		}
	}
}

// pause waits, or returns when ctx is done.
func (e *engine) pause(ctx context.Context, d time.Duration) error {
	e.api.forget()
	if e.runner.Pause != nil {
		return e.runner.Pause(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
