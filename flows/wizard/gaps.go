package wizard

import (
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// gaps asks to accept each time in which codes may be lost although everything goes as planned. No plan goes on without that.
func (c conversation) gaps() []Page {
	made, err := c.plan()
	if err != nil || len(made.Summary.Gaps) == 0 {
		return nil
	}
	p := page("gaps", StageReview, "Codes may be lost for a while",
		"This plan has a time in which some codes may not arrive, even when everything goes well. Accept it, or go back and choose another way.")
	q := acceptance("I know, and accept it")
	for _, g := range made.Summary.Gaps {
		p.Blocks = append(p.Blocks, gapFacts(made, g))
		q.Options = append(q.Options, Option{
			Value: gapID(made, g), Label: "Codes of " + strings.Join(g.Flows, ", ") + " may be lost", Consequence: g.Length,
		})
	}
	p.Questions = []Question{q.everyOption()}
	return one(p)
}

func gapFacts(made plan.Plan, g plan.Gap) Facts {
	return Facts{Title: g.What, Rows: []Fact{
		{Label: "Whose codes", Value: strings.Join(g.Flows, ", "), Tone: Careful},
		{Label: "From", Value: stepTitle(made, g.From)},
		{Label: "Until", Value: stepTitle(made, g.To)},
		{Label: "How long", Value: g.Length},
		{Label: "To accept it", Value: gapID(made, g), Note: "under accept in an answers file"},
	}}
}

func stepTitle(made plan.Plan, id string) string {
	if s, ok := made.Step(id); ok {
		return s.Title
	}
	return id
}

// gapID is the word with which an answers file accepts a gap: the one that makes the flag come first has a word of its own, which
// asks for it.
func gapID(made plan.Plan, g plan.Gap) string {
	if s, ok := made.Step(g.From); ok && s.Call != nil && s.Call.Op == tenant.PatchSettings {
		return plan.AcceptFlagFirst
	}
	return "gap-" + g.From
}
