package plan

import (
	"fmt"
	"strings"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/tenant"
)

// after is what waits until every move is confirmed: factors that are dropped, then delivery methods that are dropped, then
// what no API can do.
func (b *builder) after() {
	_, factors := b.wanted()
	current, _ := compat.ParseFactors(b.judged.MFA.MessageTypes)
	if b.movesMFA() && b.judged.MFA.Enabled && !b.setsUpMFA() && !current.Minus(factors).Empty() {
		cut := b.messageTypes(current.Union(factors), factors)
		cut.ID, cut.Phase = stepTypesCut, After
		cut.Title = "Turn MFA by " + spokenList(current.Minus(factors)) + " off, which you gave up"
		cut.Why = "It narrows what users can do, so it waits for the end."
		b.add(cut)
	}
	if lasting := b.lasting(); !b.during().Minus(lasting).Empty() {
		b.narrow(lasting)
	}
	b.byHand()
}

// spokenList names factors in a sentence: "SMS and voice".
func spokenList(factors compat.Factors) string {
	var words []string
	for _, factor := range factors.List() {
		words = append(words, judge.ChannelName(string(factor)))
	}
	return strings.Join(words, " and ")
}

func (b *builder) narrow(methods compat.Methods) {
	during, want := b.configuration(b.during()), b.configuration(methods)
	id := "@" + stepProvider + "#/id"
	if b.judged.Provider != nil {
		id = b.judged.Provider.ID
	}
	b.add(Step{
		ID: "provider-narrow", Kind: Request, Phase: After, Basis: judge.Documented, Source: sourceProvider,
		Needs:     b.needs(stepProvider, stepTypesCut),
		Title:     fmt.Sprintf("Narrow the delivery methods to %s", methods),
		Why:       "The other method was kept so that no code was lost on the way.",
		Dashboard: "Branding > Phone Provider: clear the delivery method, Save", Link: linkProvider,
		Call:   &tenant.Call{Op: tenant.PatchProvider, ID: id, Body: Encode(map[string]any{"configuration": want})},
		Before: Encode(map[string]any{"configuration": during}),
		After:  Encode(map[string]any{"configuration": want}),
		Done: &Check{
			Get:   tenant.Call{Op: tenant.ListProviders},
			Match: Encode(map[string]any{"name": b.choices.Provider}),
			Want:  Encode(map[string]any{"configuration": want}),
		},
		Undo: "add the delivery method again", UndoDashboard: "Branding > Phone Provider: select the delivery method again, Save",
	})
}

// byHand lists what a person does at the end.
func (b *builder) byHand() {
	b.legacyCode()
	if b.judged.MFA.Provider == tenant.SelectedHook && b.movesMFA() {
		b.add(Step{
			ID: "old-action", Kind: Manual, Phase: After, Proof: "person", Basis: judge.Inferred, Source: sourceCustom,
			Title:     "Keep the send-phone-message Action until you are sure, then remove it",
			Why:       "Nothing runs it once MFA has moved, but going back would need it.",
			Dashboard: "Actions > Triggers > send-phone-message: remove it from the flow", Link: "https://manage.auth0.com/#/actions/triggers",
			Undo: "bind it again",
		})
	}
	b.leftActions()
	b.policies()
	b.gatewayErrors()
}

// gatewayErrors tells whose applications may show an error that ends: /passwordless/start answers it when the gateway of a
// connection fails.
func (b *builder) gatewayErrors() {
	var gateways []string
	for _, c := range b.moving() {
		if raw, _ := b.raw.Connection(c.ID); raw.SMS().Gateway() {
			gateways = append(gateways, fmt.Sprintf("%q", c.Name))
		}
	}
	if len(gateways) == 0 {
		return
	}
	b.add(Step{
		ID: "passwordless-errors", Kind: Manual, Phase: After, Proof: "person", Basis: judge.Documented, Source: sourcePasswordless,
		Title: "Review applications that rely on the error sms_provider_error",
		Why: fmt.Sprintf("/passwordless/start answered it when the gateway failed. With the tenant-level provider it does not; tenant logs tell. "+
			"It concerns the applications of %s.", strings.Join(gateways, ", ")),
		Dashboard: "in your own applications; Monitoring > Logs shows failures",
		Link:      "https://manage.auth0.com/#/logs",
		Undo:      "nothing to undo",
	})
}

// leftActions are the custom-phone-provider Actions that were not chosen. They are nobody's any more, but to delete them was not asked
// for.
func (b *builder) leftActions() {
	rivals := b.rivals()
	if len(rivals) == 0 {
		return
	}
	b.add(Step{
		ID: "other-actions", Kind: Manual, Phase: After, Proof: "person", Basis: judge.Reported,
		Source: "terraform-provider-auth0 issue #1188 (a user's report)",
		Title:  "Delete the other custom-phone-provider Actions",
		Why: fmt.Sprintf("A tenant may have one. Which of several Auth0 runs, once more than one is deployed, is not documented. These are left: %s.",
			actionNames(rivals)),
		Dashboard: "Actions > Library does not list them. Delete each with the Management API: DELETE /api/v2/actions/actions/{id}",
		Link:      linkProvider,
		Undo:      "create it again from its code, which is in the snapshot; its secrets must be entered again",
	})
}

// policies tells where MFA has been turned on and nobody is asked for it.
func (b *builder) policies() {
	if !b.setsUpMFA() || !b.before.Has(tenant.PathPolicies) || len(b.before.Policies()) > 0 {
		return
	}
	b.add(Step{
		ID: "mfa-policies", Kind: Manual, Phase: After, Proof: "person", Basis: judge.Documented, Source: sourceConfigure,
		Title:     "Decide when users are asked for MFA",
		Why:       "The policy is Never now, so nobody is asked for MFA unless an Action or an application asks for it. This plan leaves it so.",
		Dashboard: "Security > Multi-factor Auth > Require Multi-factor Auth", Link: linkMFA,
		Undo: "choose Never again",
	})
}
