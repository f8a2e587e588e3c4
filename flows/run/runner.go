package run

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// Begin opens a run without doing anything: the journal's first line. It changes nothing when that is there already.
func (r *Runner) Begin(p plan.Plan) (State, error) {
	return r.with(p, nil, func(*engine) error { return nil })
}

// Run carries the plan out as far as until says. Prepare (and Testing, which sends nothing by itself) makes the provider ready;
// Switch makes one move; After does what waits for the end. To resume is to call it again: what is done is skipped, and what may
// have happened is looked for before it is sent again.
//
// progress may be nil; it is called with each new state, one call after the other. A person's turn is no error: Run returns, and
// [State.WaitsFor] says whose turn it is. The errors are [*Refusal], [*Stale], [*StepError] (which step, and why),
// [*Interrupted], [ErrOtherPlan], and what the journal or the reading of facts answered.
func (r *Runner) Run(ctx context.Context, p plan.Plan, until Until, progress func(State)) (State, error) {
	return r.with(p, progress, func(e *engine) error {
		e.working = true
		err := e.until(ctx, until)
		e.working, e.doing = false, ""
		if errors.Is(err, errStopped) {
			return e.stop()
		}
		return err
	})
}

// with runs do on an open journal, one at a time, and returns where the run stands after it.
func (r *Runner) with(p plan.Plan, progress func(State), do func(*engine) error) (State, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, err := r.start(p, progress)
	if err != nil {
		return State{}, err
	}
	err = do(e)
	var stale *Stale
	if errors.As(err, &stale) {
		if failed := e.drifted(stale); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	return e.state(), err
}

// drifted journals that the tenant has changed, unless the last command found the same.
func (e *engine) drifted(stale *Stale) error {
	e.doing = ""
	changed := e.cleanAll(stale.words())
	if slices.Equal(changed, e.drift) {
		return nil
	}
	return e.write(Entry{Event: Drifted, Changed: changed})
}

func (e *engine) until(ctx context.Context, until Until) error {
	switch until.Phase {
	case plan.Prepare, plan.Testing:
		_, err := e.phase(ctx, e.plan.In(plan.Prepare, ""))
		return err
	case plan.Switch:
		return e.switchOn(ctx, until.Move)
	case plan.After:
		return e.after(ctx)
	}
	return fmt.Errorf("there is no phase %q", until.Phase)
}

// switchOn makes one move.
func (e *engine) switchOn(ctx context.Context, idOrName string) error {
	m, ok := e.plan.Move(idOrName)
	if !ok {
		return &Refusal{Kind: NoSuch, Missing: []string{fmt.Sprintf("a move %q in the plan", idOrName)}}
	}
	if e.switched[m.ID] {
		return nil
	}
	if err := e.mayBegin(m); err != nil {
		return err
	}
	steps := e.plan.In(plan.Switch, m.ID)
	e.last = e.stays()
	again := e.retest(m)
	e.ahead(ctx, slices.Concat(e.checks(e.before(m)...), again.errands(), e.start(e.left(steps)))...)
	if err := e.stillTrue(ctx, e.before(m)); err != nil {
		return err
	}
	if err := e.asTested(ctx, again); err != nil {
		return err
	}
	done, err := e.phase(ctx, steps)
	if err != nil || !done {
		return err
	}
	return e.write(Entry{Event: Switched, Move: m.ID, Along: e.movedAlong(ctx)})
}

// mayBegin refuses a move that is not ready. One that has begun may always be finished.
func (e *engine) mayBegin(m plan.Move) error {
	state := e.move(m)
	if state.Status == MoveStarted {
		return nil
	}
	for _, other := range e.moves() {
		if other.ID != m.ID && other.Status == MoveStarted {
			return &Refusal{Kind: OtherMove, Missing: []string{"the rest of the move " + other.Title}, Hint: "finish that one first"}
		}
	}
	switch {
	case state.Status == MoveReady:
		return e.undoInHand(m)
	case len(e.unproven(m)) == len(state.Missing):
		return needsEvidence(state.Missing)
	}
	return e.needsPrepare(state.Missing)
}

func needsEvidence(missing []string) error {
	return &Refusal{Kind: NeedsEvidence, Missing: missing, Hint: "send a test message and say that it arrived, or give a reason to go without"}
}

// needsPrepare refuses what comes too early. On a provider that is live the preparation is a move.
func (e *engine) needsPrepare(missing []string) error {
	hint := "prepare first"
	if live, ok := e.plan.Move(plan.MoveProvider); ok && e.prepared() && !e.switched[live.ID] {
		hint = "the preparation of the provider reaches users here, so it is a move: enable --move " + live.Name + " first"
	}
	return &Refusal{Kind: NeedsPrepare, Missing: missing, Hint: hint}
}

// before lists the done requests that a move relies on: the preparation, and the moves made.
func (e *engine) before(m plan.Move) []plan.Step {
	var steps []plan.Step
	for _, s := range e.plan.Steps {
		relied := s.Phase == plan.Prepare || s.Phase == plan.Switch && s.Move != m.ID
		if relied && s.Kind == plan.Request && e.done(s) {
			steps = append(steps, s)
		}
	}
	return steps
}

// after does what narrows or removes something. It waits until every move is confirmed: nothing of the old way is given up
// before a person has seen that the new one works.
func (e *engine) after(ctx context.Context) error {
	var missing []string
	for _, m := range e.moves() {
		if m.Status != MoveConfirmed {
			missing = append(missing, wordOn(m.Move))
		}
	}
	if len(missing) > 0 {
		return &Refusal{Kind: TooEarly, Missing: missing, Hint: "confirm every move first"}
	}
	_, err := e.phase(ctx, e.plan.In(plan.After, ""))
	return err
}

// phase carries out steps in their order, and reports whether all of them are done.
func (e *engine) phase(ctx context.Context, steps []plan.Step) (bool, error) {
	if e.allDone(steps) {
		return true, nil
	}
	e.permit(steps)
	left := e.left(steps)
	e.ahead(ctx, e.start(left)...)
	if !byHand(left) {
		if err := e.unchanged(ctx); err != nil {
			return false, err
		}
	}
	for i, s := range left {
		e.rest = left[i+1:]
		goOn, err := e.step(e.unstopped(ctx, s), s)
		if s.Optional && isRefusal(err) {
			continue
		}
		if err != nil || !goOn {
			return false, err
		}
	}
	return e.enough(steps), nil
}

// byHand reports whether nothing is left but what a person does at the end: for that nothing is relied on.
func byHand(left []plan.Step) bool {
	return !slices.ContainsFunc(left, func(s plan.Step) bool { return s.Kind != plan.Manual || s.Phase != plan.After })
}

// isRefusal reports whether Auth0 said no to a step, as opposed to no answer, a failure of its own, or a token that it does not
// take.
func isRefusal(err error) bool {
	var step *StepError
	var answered *tenant.Error
	if !errors.As(err, &step) || !errors.As(step.Err, &answered) {
		return false
	}
	class := answered.Class()
	return class == tenant.ClassNotAllowed || class == tenant.ClassUnified || class == tenant.ClassConflict || class == tenant.ClassInvalid
}

// enough reports whether nothing is left of the steps but what Auth0 has refused and may refuse.
func (e *engine) enough(steps []plan.Step) bool {
	return !slices.ContainsFunc(e.left(steps), func(s plan.Step) bool { return !s.Optional || e.steps[s.ID].err == nil })
}

// step carries out one step, and reports whether the run may go on after it.
func (e *engine) step(ctx context.Context, s plan.Step) (bool, error) {
	if ctx.Err() != nil {
		return false, errStopped
	}
	if unmet := e.unmet(s); len(unmet) > 0 {
		if s.Phase == plan.After {
			return true, nil // it waits for a person, as what it needs does
		}
		return false, &Refusal{Kind: TooEarly, Missing: unmet}
	}
	e.doing = s.ID
	e.report()
	switch s.Kind {
	case plan.Request:
		if err := e.openGap(s); err != nil {
			return false, &StepError{Step: s.ID, Title: s.Title, Err: err}
		}
		return true, e.request(ctx, s)
	case plan.Wait:
		return true, e.wait(ctx, s)
	case plan.Manual:
		done, err := e.manual(ctx, s)
		return done || s.Phase == plan.After, err
	case plan.Test:
	}
	return true, nil
}

// stop journals that the run was interrupted.
func (e *engine) stop() error {
	if err := e.write(Entry{Event: Stopped}); err != nil {
		return err
	}
	total := len(e.plan.Steps)
	return &Interrupted{Done: total - len(e.left(e.plan.Steps)), Total: total, Next: e.waitsFor()}
}
