package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"upe/flows/plan"
	"upe/flows/run"
)

type resumeOptions struct{ app *app }

func (a *app) newResume() *cobra.Command {
	o := &resumeOptions{app: a}
	c := command("resume RUN", "Finish what was interrupted, and nothing more",
		`resume goes on where a run was stopped: by a signal, by a failure, or by a
machine that went off. What may have been written is looked for in the tenant
before anything is sent again.

It finishes the preparation, a move that was begun, the end of a run whose moves
are all confirmed, or a way back; each was confirmed when it began, so nothing
is confirmed again. It never begins the next one: it says which command does.
Secrets are looked for again, as prepare does.`,
		`  upe resume 2026-11-20t093000-hgpqkdtb`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args[0]) })
	c.Args = oneArgument("RUN")
	return reporting(c)
}

func (o *resumeOptions) run(ctx context.Context, name string) error {
	f, err := o.app.findRun(name)
	if err != nil {
		return err
	}
	back, err := f.back()
	if err != nil {
		return err
	}
	if back.done() {
		return o.app.giveWay(&way{run: f, folder: back.folder, state: back.state})
	}
	if !back.over() {
		return (&revertOptions{app: o.app, confirm: f.plan.Tenant.Domain}).run(ctx, name)
	}
	state, _, err := f.state()
	if err != nil {
		return err
	}
	until, interrupted := interruptedPart(state)
	if !interrupted {
		return o.app.giveRun(f, state)
	}
	return o.finish(ctx, f, until)
}

// interruptedPart is what was begun and is not finished. A run's folder is made when its preparation begins; a move has begun when a
// write of it was sent, or may have been; the end begins with the last move's confirmation.
func interruptedPart(state run.State) (run.Until, bool) {
	if !state.Prepared {
		return run.Until{Phase: plan.Prepare}, true
	}
	for _, m := range state.Moves {
		if m.Status == run.MoveStarted {
			return run.Until{Phase: plan.Switch, Move: m.ID}, true
		}
	}
	return run.Until{Phase: plan.After}, allConfirmed(state) && !state.Finished
}

func (o *resumeOptions) finish(ctx context.Context, f *folder, until run.Until) error {
	s, err := o.app.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	steps := f.plan.In(until.Phase, until.Move)
	scoped := steps
	if until.Phase == plan.Prepare {
		scoped = f.plan.Steps // as prepare does: a run that cannot be finished is not begun
	}
	if err := errors.Join(s.mayDo(scoped), s.same(f.plan.Tenant), s.mayWrite()); err != nil {
		return err
	}
	found, err := o.app.snapshotForSecrets(ctx, s, f.plan, steps)
	if err != nil {
		return err
	}
	if err := errors.Join(found.check(f.plan, steps), o.app.hold(f)); err != nil {
		return err
	}
	defer f.close() //nolint:errcheck // the process ends, and the lock with it
	opened := o.app.open(f, s, found.find)
	if move, ok := f.plan.Move(until.Move); ok && until.Phase == plan.Switch {
		return (&enableOptions{app: o.app}).enable(ctx, f, opened, move)
	}
	state, err := opened.Run(ctx, until, o.app.progress(f.plan))
	if err != nil {
		return o.app.goOn(f, err)
	}
	return o.app.giveRun(f, state)
}
