package wizard

import (
	"context"

	"upe/flows/plan"
)

// Rehearsed is what became of a plan that was carried out on copies of the tenant.
type Rehearsed struct {
	Plan    string // the checksum of the plan
	Verdict string // in a sentence
	Tone    Tone   // of the verdict
	Rows    []Fact // one for each way in which Auth0 may behave
}

// rehearsing offers to rehearse the plan, and shows what the rehearsal of this very plan came to.
func (c conversation) rehearsing(p Page, made plan.Plan) Page {
	p.Rehearse = &Effect{
		Title: "Rehearsing the plan on copies of the tenant",
		Do: func(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
			found, err := host.Rehearse(ctx, made, c.snapshot())
			if err != nil {
				return err
			}
			update(func(k Known) Known { k.Rehearsed = &found; return k })
			return nil
		},
	}
	if found := c.known.Rehearsed; found != nil && found.Plan == made.Checksum {
		p.Blocks = append([]Block{
			Text{Title: "Rehearsed, on copies of the tenant", Body: found.Verdict, Tone: found.Tone},
			Facts{Title: "In each way that Auth0 may behave", Rows: found.Rows},
			Text{Body: "Auth0 does not document all of what decides how a code goes, so there is a copy for each way that is known; which one is yours shows " +
				"itself at the switch. Refused: on that copy Auth0 takes a write no further. Nothing is lost then, and the wizard asks what to do."},
		}, p.Blocks...)
	}
	return p
}
