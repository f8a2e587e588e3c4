package wizard

import (
	"slices"
	"strings"

	"upe/flows/plan"
)

// lacking are the scopes that a plan needs and the access token does not have: for its steps, or only to go back. A token that does
// not say what it may do lacks none, as far as anybody can tell.
func (c conversation) lacking(made plan.Plan, revert bool) []plan.Need {
	if len(c.known.Scopes) == 0 {
		return nil
	}
	return slices.DeleteFunc(plan.Scopes(made), func(n plan.Need) bool { return n.Revert != revert || contains(c.known.Scopes, n.Scope) })
}

// lackingBlocks name each missing scope with the steps that need it, before anything is written: nothing begins without them.
func (c conversation) lackingBlocks(made plan.Plan) []Block {
	var blocks []Block
	say := func(title string, tone Tone, needs []plan.Need) {
		facts := Facts{Title: title}
		for _, n := range needs {
			facts.Rows = append(facts.Rows, Fact{Label: n.Scope, Value: strings.Join(n.Steps, "; "), Tone: tone})
		}
		if len(needs) > 0 {
			blocks = append(blocks, facts)
		}
	}
	own := c.lacking(made, false)
	say("The access token lacks scopes that these steps need", Bad, own)
	say("Only going back would need these scopes, which the token lacks: until it has them, go back in the Dashboard", Careful, c.lacking(made, true))
	if len(own) > 0 {
		blocks = append(blocks, Text{Tone: Careful, Body: "Give the token's application the scopes (Applications > APIs > Auth0 Management API), get a new token, " +
			"and start again. The plan can be saved until then."})
	}
	return blocks
}
