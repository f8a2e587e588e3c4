package wizard

import (
	"context"
	"fmt"
	"slices"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// phoneActions are the tenant's custom-phone-provider Actions. A tenant may have one; some have more, from before that was a rule.
func (c conversation) phoneActions() []judge.PhoneAction { return c.judged().PhoneActions }

// existingAction is the tenant's custom-phone-provider Action: the only one, or the one that was chosen.
func (c conversation) existingAction() *judge.PhoneAction {
	all := c.phoneActions()
	i := slices.IndexFunc(all, func(a judge.PhoneAction) bool { return len(all) == 1 || a.ID == c.text(keyActionID) })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// runningCode is the code that runs, or would if the Action were deployed.
func (c conversation) runningCode(id string) (code, draft string) {
	for _, a := range c.snapshot().Actions(tenant.TriggerPhone) {
		if a.ID == id {
			return a.Running(), a.Code
		}
	}
	return "", ""
}

// whichAction asks which of several Actions is to send. Nobody but a person knows.
func (c conversation) whichAction() []Page {
	all := c.phoneActions()
	if len(all) < 2 {
		return nil
	}
	p := page("action-which", StageDetails, "Which Action is to send?",
		fmt.Sprintf("This tenant has %d custom-phone-provider Actions. A tenant may have one, and it is not documented which of several runs.", len(all)))
	q := Question{Key: keyActionID, Kind: One, Title: "Which one?", Help: "The others are left as they are; delete them when the migration is done.", Source: docsCustom}
	for _, a := range all {
		q.Options = append(q.Options, Option{Value: a.ID, Label: a.Name, Consequence: a.ID + ": " + standing(a)})
	}
	p.Questions = []Question{q}
	return one(p)
}

// standing says how an Action stands.
func standing(a judge.PhoneAction) string {
	words := "deployed"
	switch {
	case !a.Deployed:
		words = "never deployed"
	case a.Draft:
		words = "deployed, with changes that are not"
	}
	if a.Stub {
		words += "; it did nothing in trial runs"
	}
	return words
}

// whatDelivers asks which of several bound send-phone-message Actions delivers: its code is the model for the new one.
func (c conversation) whatDelivers() []Page {
	bound := c.boundActions()
	if len(bound) < 2 {
		return nil
	}
	p := page("action-delivers", StageDetails, "Which Action delivers today?",
		"Several Actions run for each MFA message today. A custom provider runs one: what is needed of the others goes into it.")
	q := Question{Key: keyDelivers, Kind: One, Title: "Which one takes the message to the carrier?", Help: "All of them run for each MFA message; only a person knows what each is for."}
	for _, a := range bound {
		o := Option{Value: a.ID, Label: a.Name, Consequence: a.ID}
		if read, ok := c.known.Old[a.ID]; ok {
			o.Consequence += ": " + classWords(read.Reading.Class)
		}
		q.Options = append(q.Options, o)
	}
	q.Options = append(q.Options, Option{Value: nobody, Label: "None of them", Consequence: "something else delivers, or nothing does: find that out before you switch on"})
	p.Questions = []Question{q}
	return one(p)
}

// nobody is the answer that no Action delivers.
const nobody = "none"

// boundActions are the Actions that MFA messages go through today, when MFA is among what moves.
func (c conversation) boundActions() []tenant.Action {
	if !c.movesMFA() || c.judged().MFA.Carrier.Kind != judge.CarrierAction {
		return nil
	}
	return c.derived().bound()
}

// oldAction is the one that delivers today, as far as that is known.
func (c conversation) oldAction() *tenant.Action {
	bound := c.boundActions()
	i := slices.IndexFunc(bound, func(a tenant.Action) bool { return len(bound) == 1 || a.ID == c.text(keyDelivers) })
	if i < 0 {
		return nil
	}
	return &bound[i]
}

// noExisting says why the tenant's own Action cannot be used as it is, or "".
func (c conversation) noExisting(a judge.PhoneAction) string {
	code, _ := c.runningCode(a.ID)
	switch {
	case a.Stub:
		return "it sends nothing: Auth0's Dashboard makes such an Action when somebody opens its page. New code goes into it instead"
	case code == "":
		return "its code cannot be read, so nobody knows what it would do"
	}
	return ""
}

// existingOption offers the tenant's own Action.
func (c conversation) existingOption(a judge.PhoneAction) Option {
	o := Option{
		Value: sourceExisting, Label: "The one this tenant has: " + a.Name, Disabled: c.noExisting(a),
		Consequence: "it is deployed and bound if needed; its code stays as it is",
	}
	switch {
	case !a.Deployed:
		o.Consequence = "it was never deployed, and is deployed now: code goes live that this tenant has not used"
	case a.Draft:
		o.Consequence = "the version that is deployed goes on; its changes stay as undeployed as they are"
	}
	return o
}

// undeployed shows what waits in an Action beside the version that runs.
func (c conversation) undeployed(a judge.PhoneAction) []Block {
	code, draft := c.runningCode(a.ID)
	if !a.Draft || !a.Deployed || code == draft {
		return nil
	}
	return []Block{
		Text{Tone: Careful, Title: a.Name + " has changes that are not deployed", Body: "Ask who wrote them. With the Action as it is they stay where they are; " +
			"other code replaces them. To put them live, deploy them yourself first, then start again."},
		Diff{Title: "Deployed, and with the changes", Before: code, After: draft, Language: JavaScript},
	}
}

// tryExisting is passed before the tenant's own Action is taken: what it does is shown like that of new code.
func (c conversation) tryExisting(a judge.PhoneAction) Page {
	code, _ := c.runningCode(a.ID)
	p := page("action-existing", StageDetails, "The Action this tenant has",
		"It is tried here, with made-up messages, in a sandbox: nothing leaves this computer.")
	p.Blocks = []Block{Code{Title: a.Name, Text: code, Language: JavaScript}}
	p.Continue = "Try it"
	p.Effect = &Effect{Title: "Trying the Action", Do: func(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		return c.try(ctx, host, code, update)
	}}
	return p
}
