package wizard

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"upe/flows/plan"
	"upe/flows/run"
)

// doBack carries the way out as far as it goes without a person, or turns elsewhere. looked is the step that a person says is done.
func (c conversation) doBack(b WayBack, looked *plan.Step) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	by := "what reads back (upe)"
	if who := cmp.Or(c.text(keyBy), c.known.User); who != "" {
		by = fmt.Sprintf("what reads back (upe, %s)", who)
	}
	return func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		if turning, _ := given[b.keyTurn()].(string); turning == string(Anew) || turning == string(GiveUp) {
			return lookBack(ctx, host, Turning(turning), update)
		}
		if b.Open == nil {
			opened, err := host.GoBack(b, secretsFrom(c.whole(given)))
			if err != nil {
				return err
			}
			b.Open = opened
			update(ofBack(func(b WayBack) WayBack { b.Begun, b.Open = true, opened; return b }))
		}
		state, err := b.carryOut(ctx, by, update)
		if err != nil && !b.GivesUp {
			return &onTheWay{err}
		}
		if err != nil {
			return err
		}
		if waits := handOf(b.Plan, state); waits != nil && looked != nil && waits.ID == looked.ID {
			return errNotTurned
		}
		if !state.Finished {
			return nil
		}
		path, err := host.Report(b.Plan, state)
		if err != nil {
			return err
		}
		if b.GivesUp && host.Support != nil {
			if b.Support, err = host.Support(ctx, b); err != nil {
				return err
			}
			update(ofBack(func(known WayBack) WayBack { known.Support = b.Support; return known }))
		}
		update(ofBack(func(b WayBack) WayBack { b.Report = path; return b }))
		return nil
	}
}

var errNotTurned = errors.New("the tenant still shows it as it was: it can take a moment, and the page in the Dashboard has to be saved")

// onTheWay is why a way back stopped, with the ways out that its page has.
type onTheWay struct{ error }

// Unwrap is the error itself.
func (e *onTheWay) Unwrap() error { return e.error }

// Hint says what can be done.
func (e *onTheWay) Hint() string {
	const ways = "esc leads to planning it anew, and to giving it up, so that nobody is left without codes"
	var known interface{ Hint() string }
	if errors.As(e.error, &known) && known.Hint() != "" {
		return known.Hint() + "; " + ways
	}
	return "enter tries again; " + ways
}

// carryOut switches one flow back after the other, then removes what was created. That a flow reads back confirms it: by this way
// codes came before, so nobody has to try. It stops, without an error, where a person has to turn a switch.
func (b WayBack) carryOut(ctx context.Context, by string, update func(func(Known) Known)) (run.State, error) {
	show := func(s run.State) { update(ofBack(func(b WayBack) WayBack { b.State = s; return b })) }
	for _, m := range b.Plan.Summary.Moves {
		state, err := b.Open.Run(ctx, run.Until{Phase: plan.Switch, Move: m.ID}, show)
		if show(state); err != nil {
			return state, err
		}
		switch whereIs(state, m.ID) {
		case run.MoveConfirmed:
		case run.MoveSwitched:
			// An interrupt between the two is one before the next step.
			if state, err = b.Open.Confirm(context.WithoutCancel(ctx), m.ID, by); err != nil {
				return state, err
			}
			show(state)
		case run.MoveNotReady, run.MoveReady, run.MoveStarted:
			return state, nil
		}
	}
	state, err := b.Open.Run(ctx, run.Until{Phase: plan.After}, show)
	show(state)
	return state, err
}

// ofBack changes what is known of the way back.
func ofBack(change func(WayBack) WayBack) func(Known) Known {
	return func(k Known) Known {
		if k.Back != nil {
			b := change(*k.Back)
			k.Back = &b
		}
		return k
	}
}

// whereIs is where a move stands.
func whereIs(state run.State, move string) run.MoveStatus {
	for _, m := range state.Moves {
		if m.ID == move {
			return m.Status
		}
	}
	return run.MoveNotReady
}

// handOf is the step of a way back that waits for a person, or nil.
func handOf(made plan.Plan, state run.State) *plan.Step {
	for _, state := range state.Steps {
		if s, _ := made.Step(state.ID); s.Kind == plan.Manual && s.Phase == plan.Switch && state.Status == run.Waiting {
			return &s
		}
	}
	return nil
}
