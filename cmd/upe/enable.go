package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"upe/flows/plan"
	"upe/flows/run"
)

type enableOptions struct {
	app      *app
	move     string
	confirm  string
	override string
	by       string
}

func (a *app) newEnable() *cobra.Command {
	o := &enableOptions{app: a}
	c := command("enable RUN", "Switch one flow on; users notice",
		`enable makes one move of the plan: mfa, or one Passwordless connection by its
name or id. From then on that flow's codes travel through the tenant-level
provider.

The move is named by --move, and the tenant's domain is typed in full after
--confirm. Without fresh evidence that a test message arrived, the move is
refused (exit code 3), unless --override gives the reason, which the journal
keeps. So is a move whose undo is not in hand: an AuthToken that going back
enters again and that Auth0 does not show after the move (3; the plan names it),
or scopes of the token that only going back needs (4).`,
		`  upe enable 2026-11-20t093000-hgpqkdtb --move mfa --confirm acme.us.auth0.com`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args[0]) })
	c.Args = oneArgument("RUN")
	c.Flags().StringVar(&o.move, "move", "", "what to switch on: mfa, or a `CONNECTION`")
	c.Flags().StringVar(&o.confirm, "confirm", "", "the tenant's `DOMAIN`, typed in full")
	c.Flags().StringVar(&o.override, "override", "", "switch without evidence, or without the undo in hand, for this `REASON`")
	c.Flags().StringVar(&o.by, "by", "", "the `NAME` of who decides the override")
	return reporting(c)
}

func (o *enableOptions) run(ctx context.Context, name string) error {
	f, err := o.app.forwardRun(name)
	if err != nil {
		return err
	}
	move, err := o.meant(f.plan)
	if err != nil {
		return err
	}
	s, err := o.app.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := errors.Join(s.mayDo(f.plan.In(plan.Switch, move.ID)), s.same(f.plan.Tenant), s.mayWrite()); err != nil {
		return err
	}
	if steps := oneWay(f.plan.In(plan.Switch, move.ID)); len(steps) > 0 {
		o.app.warn("going back from this needs more than requests", steps...)
	}
	found, without, err := o.undoInHand(ctx, f, s, move)
	if err != nil {
		return err
	}
	if err := errors.Join(found.check(f.plan, f.plan.In(plan.Switch, move.ID)), o.app.hold(f)); err != nil {
		return err
	}
	defer f.close() //nolint:errcheck // the process ends, and the lock with it
	opened := o.app.open(f, s, found.find)
	if o.override != "" {
		if err := o.withReason(ctx, opened, move, without); err != nil {
			return o.app.goOn(f, err)
		}
	}
	return o.enable(ctx, f, opened, move)
}

func (o *enableOptions) enable(ctx context.Context, f *folder, opened *openRun, move plan.Move) error {
	state, err := opened.Run(ctx, run.Until{Phase: plan.Switch, Move: move.ID}, o.app.progress(f.plan))
	if err == nil && isOn(state, move) {
		state, err = opened.Logs(ctx, move.ID)
	}
	if err != nil {
		return o.app.goOn(f, err)
	}
	if err := o.app.giveRun(f, state); err != nil {
		return err
	}
	return switched(f, state, move)
}

// isOn reports whether a move is switched, and nobody has confirmed it yet.
func isOn(state run.State, move plan.Move) bool {
	for _, m := range state.Moves {
		if m.ID == move.ID {
			return m.Status == run.MoveSwitched
		}
	}
	return false
}

// meant is the move that was named and confirmed.
func (o *enableOptions) meant(p plan.Plan) (plan.Move, error) {
	move, known := p.Move(o.move)
	switch {
	case o.move == "":
		return move, unnamedMove(p)
	case !known:
		return move, usage("the plan has no move "+quoted(o.move), "--move is one of "+join(moveNames(p)))
	case o.confirm == "":
		return move, &problem{
			exit: exitDecision, code: "not-confirmed", failed: "nothing was written: the switch is not confirmed",
			why: "users notice this one, so the tenant's domain is typed in full",
			do:  "add --confirm " + p.Tenant.Domain, details: oneWay(p.In(plan.Switch, move.ID)),
		}
	case o.confirm != p.Tenant.Domain:
		return move, wrongDomain(o.confirm, p)
	}
	return move, nil
}

func wrongDomain(confirm string, p plan.Plan) *problem {
	return &problem{
		exit: exitRefused, code: "wrong-domain", failed: "nothing was written: --confirm names another tenant",
		why: fmt.Sprintf("it says %q, the run is for %s", confirm, p.Tenant.Domain),
		do:  "look twice at which tenant you mean",
	}
}

// oneWay lists the steps whose way back needs what only a person has.
func oneWay(steps []plan.Step) []detail {
	var all []detail
	for _, s := range steps {
		if s.OneWay {
			all = append(all, detail{"one way: " + s.Title, s.Why})
		}
	}
	return all
}

func unnamedMove(p plan.Plan) *problem {
	problem := &problem{
		exit: exitDecision, code: "move-missing", failed: "nothing was written: which flow should be switched on?",
		why: "each is switched by itself", do: "name one with --move",
	}
	for _, m := range p.Summary.Moves {
		problem.details = append(problem.details, detail{m.Name, m.Title})
	}
	return problem
}

func moveNames(p plan.Plan) []string {
	var names []string
	for _, m := range p.Summary.Moves {
		names = append(names, m.Name)
	}
	return names
}

// switched reports a move that waits for a person in the middle.
func switched(f *folder, state run.State, move plan.Move) error {
	for _, m := range state.Moves {
		if m.ID != move.ID || m.Status == run.MoveSwitched || m.Status == run.MoveConfirmed {
			continue
		}
		p := &problem{
			exit: exitDecision, code: "waiting", failed: move.Title + " is not switched on yet", why: "it waits for " + state.WaitsFor,
			do: "do that, then run the same command again",
		}
		for _, step := range state.Steps {
			if known, _ := f.plan.Step(step.ID); step.Status == run.Waiting && known.Move == move.ID {
				p.details = append(p.details, detail{known.Title, known.Dashboard})
			}
		}
		return p
	}
	return nil
}
