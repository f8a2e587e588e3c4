package wizard

import (
	"context"

	"upe/flows/plan"
	"upe/flows/run"
)

func pausePage(m run.MoveState) string { return "pause-" + m.ID }

// waitsToBegin reports whether a move has written nothing, and is asked for after the tests.
func waitsToBegin(m run.MoveState) bool {
	return m.ID != plan.MoveProvider && (m.Status == run.MoveReady || m.Status == run.MoveNotReady)
}

// pause is where esc leads from a switch that was not turned: what was written before is there, and what can become of it is the
// person's to say.
func (c conversation) pause(m run.MoveState) Page {
	p := page(pausePage(m), StageMove, "Before the switch: "+m.Title,
		"Nothing of it is switched. What was made ready stays in the tenant, and no login uses it, until you say otherwise; that may be another day.")
	key := Key("pause." + m.ID)
	p.Questions = []Question{{
		Key: key, Kind: One, Title: "What next?", Default: goesOn,
		Options: []Option{{Value: goesOn, Label: "Back to the switch", Consequence: "it asks before anything happens"}, changeOption(), takeBackOption()},
	}}
	p.Leave = func(k Known) Known { k.Paused = ""; return k }
	p.Effect = &Effect{Title: "Going on", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		switch given[key] {
		case silenceChange:
			return startAgain(ctx, host, given, update)
		case string(TakeBack):
			return lookBack(ctx, host, TakeBack, update)
		}
		update(func(k Known) Known { k.Paused = ""; return k })
		return nil
	}}
	return p
}
