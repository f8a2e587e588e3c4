package plan

import (
	"errors"

	"upe/flows/tenant"
)

// ErrGone is returned by [Invert] for a way back that cannot be given up any more: what the run created is being removed already.
var ErrGone = errors.New("what the run created is being removed already")

// How the moves of a way back, and of the way forward again, are called.
const (
	backSuffix  = ", back to its own settings"
	againSuffix = ", through the tenant-level provider again"
)

// backFlagAgain is the step that turns the tenant flag on again.
const backFlagAgain = "back-" + backFlag

// again takes a way back itself back: for those who find the old settings closed, and no switch that opens them. The tenant flag
// comes first, because with it codes travel through the tenant-level provider, which is still there. Old settings that were
// written again stay: nothing reads them then.
func (v *inverter) again() error {
	for _, s := range v.plan.In(After, "") {
		if v.wrote[s.ID] && s.Kind == Request {
			return ErrGone
		}
	}
	for _, id := range []string{backFlag, backOpen, backFactor, backTypes} {
		if s, ok := v.plan.Step(id); ok && v.wrote[id] {
			v.rewrite(s)
		}
	}
	v.connections()
	return nil
}

// rewrite writes again what a step of the way back changed. What a person turned back, a person turns on again.
func (v *inverter) rewrite(s Step) {
	v.openMove(s.Move)
	done := *s.Done
	step := Step{
		ID: "back-" + s.ID, Kind: s.Kind, Phase: Switch, Move: s.Move, Basis: s.Basis, Source: s.Source, Link: s.Link, Proof: s.Proof,
		Needs: v.needs(backFlagAgain), Title: s.Undo, Why: "The way back is given up, so what it changed is put back.",
		Dashboard: s.UndoDashboard, Undo: s.Title, UndoDashboard: s.Dashboard, Done: &done,
	}
	if s.Kind == Manual {
		done.Want, done.Refused = nil, tenant.CodeLegacyNotAllowed
	} else {
		step.Call = &tenant.Call{Op: s.Call.Op, ID: s.Call.ID, Body: s.Before}
		step.Before, step.After, done.Want = s.After, s.Before, s.Before
	}
	if s.ID == backFlag {
		step.Title = "Turn the Unified Phone Experience on for the tenant again"
		step.Why = "From now on codes travel through the tenant-level provider again, which is still there."
	}
	step.Title = sentence(step.Title)
	v.add(step)
}
