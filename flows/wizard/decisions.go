package wizard

import (
	"fmt"
	"slices"

	"upe/flows/judge"
)

// elsewhere are the decisions that a question of their own settles, where choosing is deciding.
var elsewhere = []string{
	"action-must-be-translated", "gateway-needs-action", "different-carriers", "provider-other-kind", "legacy-auth0-sender",
	"delivery-methods-do-not-cover-factors", "messaging-service-and-voice", "templates-differ", "phone-template-broken",
	"several-actions-bound", "several-phone-actions", "phone-action-undeployed", "actions-at-limit",
}

// decisions shows what only a person can decide and no other page asks about, and what a person must have heard of. Going on means
// to have decided.
func (c conversation) decisions() []Page {
	var open []judge.Finding
	for _, f := range c.judged().Findings {
		if f.Acknowledge || f.Severity == judge.Decision && !contains(elsewhere, f.ID) {
			open = append(open, f)
		}
	}
	if len(open) == 0 {
		return nil
	}
	p := page("decisions", StageScope, "Yours to decide",
		"These need a person. Mark each once you know what it means for you; the plan goes on with it.")
	p.Blocks = []Block{Findings{Items: open, Parts: c.foundIn(open)}}
	q := acceptance("I know, and have decided how to deal with it")
	for _, f := range open {
		q.Options = append(q.Options, Option{Value: f.ID, Label: f.Title, Consequence: f.Remedy})
	}
	p.Questions = []Question{q.everyOption()}
	return one(p)
}

// acceptance is a question whose answer goes under `accept`, beside those of other pages.
func acceptance(title string) Question {
	return Question{Key: keyAccept, Kind: Many, Title: title, Adds: true}
}

// everyOption makes a question one that is answered when every option is chosen.
func (q Question) everyOption() Question {
	options := q.Options
	q.Check = list(func(accepted []string) error {
		for _, o := range options {
			if !contains(accepted, o.Value) {
				return fmt.Errorf("not marked yet: %s (in an answers file: accept %s)", o.Label, o.Value)
			}
		}
		return nil
	})
	return q
}

// joined is the answer to a question whose key other pages answer too: what they were given stays.
func (q Question) joined(before, given Value) Value {
	list, ok := given.([]string)
	if !q.Adds || !ok {
		return given
	}
	return append(q.others(before), list...)
}

// others are the parts of an answer that this question did not ask for.
func (q Question) others(answer Value) []string {
	list, _ := answer.([]string)
	return slices.DeleteFunc(slices.Clone(list), func(item string) bool {
		return slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == item })
	})
}
