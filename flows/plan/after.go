package plan

import (
	"fmt"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/tenant"
)

// after is what waits until every move is confirmed: factors that are dropped, then delivery methods that are dropped, then
// what no API can do.
func (b *builder) after() {
	methods, factors := b.wanted()
	current, _ := compat.ParseFactors(b.judged.MFA.MessageTypes)
	if b.movesMFA() && !current.Minus(factors).Empty() {
		cut := b.messageTypes(current.Union(factors), factors)
		cut.ID, cut.Phase = stepTypesCut, After
		cut.Title = "Disable the MFA factors you dropped"
		cut.Why = "It narrows what users can do, so it waits for the end."
		b.add(cut)
	}
	if !b.during().Minus(methods).Empty() {
		b.narrow(methods)
	}
	b.byHand()
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
	if b.movesMFA() {
		b.add(Step{
			ID: "legacy-endpoints", Kind: Manual, Phase: After, Proof: "person", Basis: judge.Documented, Source: sourceMFA,
			Title:     "Update scripts that call the old phone endpoints",
			Why:       "The twelve endpoints under guardian/factors/phone and guardian/factors/sms for provider, Twilio settings and templates answer 403 now. `upe tables` lists each with its replacement.",
			Dashboard: "in your own code: Terraform, Deploy CLI, SDK calls",
			Undo:      "nothing to undo",
		})
	}
	if b.judged.MFA.Provider == tenant.SelectedHook && b.movesMFA() {
		b.add(Step{
			ID: "old-action", Kind: Manual, Phase: After, Proof: "person", Basis: judge.Inferred, Source: sourceCustom,
			Title:     "Keep the send-phone-message Action until you are sure, then remove it",
			Why:       "Nothing runs it any more, but going back would need it.",
			Dashboard: "Actions > Triggers > send-phone-message: remove it from the flow", Link: "https://manage.auth0.com/#/actions/triggers",
			Undo: "bind it again",
		})
	}
	if len(b.moving()) > 0 {
		b.add(Step{
			ID: "passwordless-errors", Kind: Manual, Phase: After, Proof: "person", Basis: judge.Documented, Source: sourcePasswordless,
			Title:     "Review applications that rely on the error sms_provider_error",
			Why:       "With the tenant-level provider, /passwordless/start no longer tells the application when the carrier fails. Tenant logs do.",
			Dashboard: "in your own applications; Monitoring > Logs shows failures",
			Link:      "https://manage.auth0.com/#/logs",
			Undo:      "nothing to undo",
		})
	}
}
