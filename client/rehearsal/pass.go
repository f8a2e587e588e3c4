package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// pass carries one plan out on one tenant, from wherever its journal stands, with everything that a person does.
type pass struct {
	stage   *stage
	plan    plan.Plan
	tenant  *emulator.Tenant
	witness *oracle.Witness
	runner  *run.Runner
	log     *run.Memory
	state   run.State
	doing   string   // the step at work
	flags   []string // migration flags that were turned in the Dashboard
	deaths  []death  // see remember
	keep    bool     // whether deaths are remembered
	step    string   // what it stopped at
	reason  string   // why; empty: it did not stop
}

// The person who does what the plan leaves to one, and the number of the handset.
const (
	person  = "rehearsal"
	handset = "+15550001234"
)

// begin is a pass that goes on from a journal, which may be empty.
func (s *stage) begin(p plan.Plan, t *emulator.Tenant, w *oracle.Witness, journal []byte) *pass {
	a := &pass{stage: s, plan: p, tenant: t, witness: w, log: run.NewMemory(journal)}
	a.runner = &run.Runner{
		API: a.api, Log: a.log, Secret: s.secret, Now: s.clock.now, Pause: s.clock.pause,
		NewID: func(kind string) string { return kind + "-rehearsal" },
	}
	return a
}

func (a *pass) api(permit tenant.Permit) tenant.API { return mortal{a.witness.Port(permit), a} }

// carryOut runs the plan to its end, or to where it cannot go on.
func (a *pass) carryOut(ctx context.Context) {
	if !a.goOn(ctx, run.Until{Phase: plan.Prepare}) {
		return
	}
	for _, move := range a.plan.Summary.Moves {
		if !a.move(ctx, move) {
			return
		}
	}
	if !a.goOn(ctx, run.Until{Phase: plan.After}) {
		return
	}
	for _, s := range a.plan.In(plan.After, "") {
		if s.Kind == plan.Manual && s.Proof == "person" && !a.said(a.runner.ByHand(ctx, a.plan, s.ID, person)) {
			return
		}
	}
	if !a.state.Finished {
		a.stop("the end", "it waits for "+a.state.WaitsFor)
	}
}

// goOn runs a part of the plan, and reports whether it went well.
func (a *pass) goOn(ctx context.Context, until run.Until) bool {
	return a.said(a.runner.Run(ctx, a.plan, until, a.progress))
}

// progress tells the witness which step is at work.
func (a *pass) progress(s run.State) {
	for _, step := range s.Steps {
		if step.Status == run.Doing {
			a.doing = step.ID
			a.witness.Step(step.ID)
		}
	}
}

// said keeps where the run stands, and why it does not go on.
func (a *pass) said(state run.State, err error) bool {
	a.state = state
	var step *run.StepError
	switch {
	case err == nil:
		return true
	case errors.As(err, &step):
		a.stop(step.Step, step.Err.Error())
	default:
		a.stop(a.doing, err.Error())
	}
	return false
}

func (a *pass) stop(step, reason string) {
	a.step, a.reason = step, a.stage.clean(reason)
}

// move makes one move: the test messages that it needs, the program's part, what the Dashboard alone can do, and a login.
func (a *pass) move(ctx context.Context, move plan.Move) bool {
	if a.standing(move) == run.MoveNotReady && !a.prove(ctx, move) {
		return false
	}
	until := run.Until{Phase: plan.Switch, Move: move.ID}
	for a.standing(move) != run.MoveSwitched && a.standing(move) != run.MoveConfirmed {
		if !a.goOn(ctx, until) {
			return false
		}
		if status := a.standing(move); status != run.MoveSwitched && status != run.MoveConfirmed && !a.byHand(ctx, move) {
			return false
		}
	}
	if why := a.login(move); why != "" {
		a.stop(move.Name, why)
		return false
	}
	return a.said(a.runner.Confirm(ctx, a.plan, move.ID, person))
}

func (a *pass) standing(move plan.Move) run.MoveStatus {
	for _, m := range a.state.Moves {
		if m.ID == move.ID {
			return m.Status
		}
	}
	return run.MoveNotReady
}

// prove sends a test message by each delivery method that a move needs, and looks whether it is on the handset.
func (a *pass) prove(ctx context.Context, move plan.Move) bool {
	for _, channel := range move.Channels {
		if slices.ContainsFunc(a.state.Evidence, func(e run.Evidence) bool { return e.Channel == channel && e.Proves() }) {
			continue
		}
		a.doing = "test-" + channel
		before := len(a.tenant.Handset())
		if !a.said(a.runner.Send(ctx, a.plan, channel, handset)) {
			return false
		}
		arrived := len(a.tenant.Handset()) > before
		if !a.said(a.runner.Answer(a.plan, channel, arrived, person)) {
			return false
		}
		if !arrived {
			a.stop("test-"+channel, "the test message does not arrive")
			return false
		}
	}
	return true
}

// byHand does what a move waits for, as a person would. It reports whether there was something to do, and it could be done.
func (a *pass) byHand(ctx context.Context, move plan.Move) bool {
	for _, s := range a.plan.In(plan.Switch, move.ID) {
		i := slices.IndexFunc(a.state.Steps, func(state run.StepState) bool { return state.ID == s.ID })
		if s.Kind != plan.Manual || i < 0 || a.state.Steps[i].Status != run.Waiting {
			continue
		}
		a.doing = s.ID
		if s.Done == nil {
			return a.said(a.runner.ByHand(ctx, a.plan, s.ID, person))
		}
		return a.toggle(s)
	}
	a.stop(move.Name, "it waits for "+a.state.WaitsFor)
	return false
}

// toggle turns the Dashboard's switch that a step asks for: on, or off on the way back.
func (a *pass) toggle(s plan.Step) bool {
	flag := tenant.MigrationPasswordless
	if s.Done.Get.Op == tenant.GetSelectedProvider || s.Move == plan.MoveMFA {
		flag = tenant.MigrationMFA
	}
	if slices.Contains(a.flags, flag) {
		a.stop(s.ID, "the Dashboard's switch is turned, and still the tenant does not show it")
		return false
	}
	if err := a.tenant.Toggle(flag, a.plan.Reverts != ""); err != nil {
		a.stop(s.ID, err.Error())
		return false
	}
	a.flags = append(a.flags, flag)
	a.witness.Look(s.ID)
	return true
}

// login asks for the codes of a move, and says why a person would not confirm it, or "".
func (a *pass) login(move plan.Move) string {
	for _, r := range a.witness.Baseline() {
		if !r.Moved([]string{move.ID}) {
			continue
		}
		now := a.witness.Now(move.ID)[r]
		switch {
		case !now.Delivered:
			return fmt.Sprintf("%s does not come: %s", r, now.Error)
		case a.plan.Reverts == "" && !strings.HasPrefix(now.Via, "tenant-"):
			return fmt.Sprintf("%s still goes by %s", r, now.Via)
		}
	}
	return ""
}
