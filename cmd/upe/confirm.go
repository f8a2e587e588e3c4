package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"upe/flows/plan"
	"upe/flows/run"
)

type confirmOptions struct {
	app  *app
	move string
	step string
	by   string
}

func (a *app) newConfirm() *cobra.Command {
	o := &confirmOptions{app: a}
	c := command("confirm RUN", "Say that a real login works; then finish",
		`confirm takes a person's word that somebody could log in with a code after a
move was switched on. That a setting reads back proves little. What the tenant
logs say since then is read and shown; it decides nothing.

Entering a Passwordless code creates a user when the number is new, unless
Disable Sign Ups is on for the connection: log in with a number that has one,
or delete that user afterwards.

Without --move, every move that is switched on is confirmed. Once all of them
are, confirm carries out the end of the plan: factors and delivery methods that
you dropped are removed, in this order, and the report says what is left to do
by hand. With --step it keeps your word that one of those is done.`,
		`  upe confirm 2026-11-20t093000-hgpqkdtb --by "Ada"
  upe confirm 2026-11-20t093000-hgpqkdtb --move mfa --by "Ada"`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args[0]) })
	c.Args = oneArgument("RUN")
	c.Flags().StringVar(&o.move, "move", "", "confirm this move alone: mfa, or a `CONNECTION`")
	c.Flags().StringVar(&o.step, "step", "", "say that this step, which is done by hand, is done (`ID`)")
	c.Flags().StringVar(&o.by, "by", "", "the `NAME` of who logged in; it goes into the journal")
	return reporting(c)
}

func (o *confirmOptions) run(ctx context.Context, name string) error {
	f, err := o.app.forwardRun(name)
	if err != nil {
		return err
	}
	s, err := o.app.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := errors.Join(s.same(f.plan.Tenant), s.mayWrite()); err != nil {
		return err
	}
	found, err := o.app.snapshotForSecrets(ctx, s, f.plan, f.plan.In(plan.After, ""))
	if err != nil {
		return err
	}
	if err := errors.Join(found.check(f.plan, f.plan.In(plan.After, "")), o.app.hold(f)); err != nil {
		return err
	}
	defer f.close() //nolint:errcheck // the process ends, and the lock with it
	opened := o.app.open(f, s, found.find)
	state, err := o.word(ctx, f, opened)
	if err == nil && o.step == "" && allConfirmed(state) {
		state, err = o.finish(ctx, f, s, opened)
	}
	if err != nil {
		return o.app.goOn(f, err)
	}
	return o.app.giveRun(f, state)
}

// finish carries out the end of the plan.
func (o *confirmOptions) finish(ctx context.Context, f *folder, s *session, opened *openRun) (run.State, error) {
	if err := s.mayDo(f.plan.In(plan.After, "")); err != nil {
		return run.State{}, err
	}
	return opened.Run(ctx, run.Until{Phase: plan.After}, o.app.progress(f.plan))
}

// word keeps what the person says.
func (o *confirmOptions) word(ctx context.Context, f *folder, opened *openRun) (run.State, error) {
	by := o.app.name(o.by)
	if o.step != "" {
		return opened.ByHand(ctx, o.step, by)
	}
	state, _, err := f.state()
	if err != nil {
		return state, err
	}
	for _, move := range o.moves(state) {
		if state, err = opened.Confirm(ctx, move, by); err != nil {
			return state, err
		}
	}
	return state, nil
}

// moves are those that are meant: the one named, or all that are switched on; when none is, the first one that is not, whose
// refusal says what is missing.
func (o *confirmOptions) moves(state run.State) []string {
	if o.move != "" {
		return []string{o.move}
	}
	var on, off []string
	for _, m := range state.Moves {
		switch m.Status {
		case run.MoveSwitched:
			on = append(on, m.ID)
		case run.MoveNotReady, run.MoveReady, run.MoveStarted:
			off = append(off, m.ID)
		case run.MoveConfirmed:
		}
	}
	if len(on) == 0 && len(off) > 0 {
		return off[:1]
	}
	return on
}

func allConfirmed(state run.State) bool {
	for _, m := range state.Moves {
		if m.Status != run.MoveConfirmed {
			return false
		}
	}
	return true
}
