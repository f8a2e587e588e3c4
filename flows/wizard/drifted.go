package wizard

import (
	"context"
	"errors"
	"strings"

	"upe/flows/plan"
	"upe/flows/run"
)

const keyDrifted Key = "drifted.next"

// What can be done when the tenant has changed since the plan was made.
const (
	driftedAnew  = "anew"
	driftedAgain = "again"
)

// drifted is shown when somebody else has changed what the plan relies on: field by field, with the ways out. Nothing was written.
func (c conversation) drifted() []Page {
	if !c.known.Drifted && !c.running("drifted") || c.known.Plan == nil {
		return nil
	}
	p := page("drifted", StagePrepare, "The tenant has changed since the plan was made",
		"Nothing was written. Somebody has changed what the plan relies on, so it is not carried out over that.")
	p.Blocks = []Block{Text{Title: "What was, what is, and what was planned", Body: strings.Join(c.runState().Changed, "\n"), Tone: Careful}}
	p.Questions = []Question{{
		Key: keyDrifted, Kind: One, Title: "What next?", Default: driftedAnew,
		Options: []Option{
			{Value: driftedAnew, Label: "Make a new plan", Consequence: "the tenant is read again; what this run has done stays, and is part of what is found"},
			{Value: driftedAgain, Label: "It is as it was again: go on with this plan", Consequence: "it is looked at again before anything is written"},
		},
	}}
	if c.hasWritten() {
		p.Questions[0].Options = append(p.Questions[0].Options, takeBackOption())
	}
	p.Effect = &Effect{Title: "Going on", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		switch given[keyDrifted] {
		case driftedAnew:
			return startAgain(ctx, host, given, update)
		case string(TakeBack):
			return lookBack(ctx, host, TakeBack, update)
		}
		update(func(k Known) Known { k.Drifted = false; return k })
		return nil
	}}
	return one(p)
}

// explained turns a run that stopped because the tenant has changed into the page that says so; every other error stays one.
func explained(err error, update func(func(Known) Known)) error {
	var stale *run.Stale
	if !errors.As(err, &stale) {
		return err
	}
	update(func(k Known) Known { k.Drifted = true; return k })
	return nil
}

// hasWritten reports whether the run has changed the tenant, or may have.
func (c conversation) hasWritten() bool {
	for _, s := range c.runState().Steps {
		step, _ := c.known.Plan.Step(s.ID)
		if step.Kind == plan.Request && (s.Status == run.Unclear || s.Status == run.Done && s.How != run.Adopted) {
			return true
		}
	}
	return false
}

func takeBackOption() Option {
	return Option{Value: string(TakeBack), Label: "Take the run back", Consequence: "the next page shows what that does, and asks again"}
}
