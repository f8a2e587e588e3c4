package judge

import (
	"fmt"
	"strings"

	"upe/flows/tenant"
)

// maxActions is how many Actions a tenant can have (documentation: entity limit policy). Auth0 raises it for some.
const maxActions = 100

// needsAction reports whether what sends now can only be moved to a custom provider, which sends by an Action.
func (r reading) needsAction() bool {
	for _, kind := range r.neededKinds() {
		if kind == tenant.KindCustom {
			return true
		}
	}
	carriers, _ := r.carriers()
	return r.anyLegacy() && len(carriers) > 1 && !sameAccount(carriers)
}

// custom reports whether the tenant-level provider sends by an Action.
func (r reading) custom() bool { return r.Provider != nil && r.Provider.Name == tenant.KindCustom }

// decide is a decision where it stands in the way of a migration, and good to know elsewhere.
func decide(matters bool) Severity {
	if matters {
		return Decision
	}
	return Note
}

func actionServesOtherTriggers(r reading) []Finding {
	f := Finding{
		ID: "action-serves-other-triggers", Severity: Warning, Title: "The send-phone-message Action does other work too",
		Consequence: "Only the part that sends phone messages moves, into a new Action. The rest has to stay where it is: an Action " +
			"that is deleted or unbound as a whole takes it along.",
		Remedy: "Keep the old Action for its other work, and take onExecuteSendPhoneMessage out of it once the move is confirmed.",
		Source: docMFA(),
	}
	for _, a := range r.bound {
		if len(a.others) > 0 {
			f.Evidence = append(f.Evidence, Evidence{
				What: "Action " + or(a.Name, a.ID) + " also serves", Value: strings.Join(a.others, ", "), Path: tenant.PathLegacyActions,
			})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

func severalPhoneActions(r reading) []Finding {
	if len(r.PhoneActions) < 2 {
		return nil
	}
	f := Finding{
		ID: "several-phone-actions", Severity: decide(r.needsAction() || r.custom()),
		Title: "There is more than one custom-phone-provider Action",
		Consequence: "A tenant may have one. It is not documented which of several runs, and others have seen Auth0 show one and run " +
			"another. No further one can be created.",
		Remedy: "Decide which one is to send, and delete the others through the API: the Dashboard's library does not list them.",
		Source: docCustomTerraform + "; terraform-provider-auth0 issue #1188 (a user's report)",
	}
	for _, a := range r.PhoneActions {
		f.Evidence = append(f.Evidence, a.evidence())
	}
	return []Finding{f}
}

func (a PhoneAction) evidence() Evidence {
	state := []string{"not deployed"}
	if a.Deployed {
		state[0] = "deployed"
	}
	if a.Deployed && a.Draft {
		state = append(state, "with changes that are not deployed")
	}
	if a.Stub {
		state = append(state, "did nothing in trial runs")
	}
	return Evidence{
		What: "custom-phone-provider Action", Value: fmt.Sprintf("%s (%s)", a.Name, strings.Join(state, ", ")), Path: tenant.PathPhoneActions,
	}
}

// phoneActionStub: opening the page of a custom provider in the Dashboard is enough to make such an Action. Where codes go through
// it now, somebody must look.
func phoneActionStub(r reading) []Finding {
	f := Finding{
		ID: "phone-action-stub", Severity: Warning, Title: "A custom-phone-provider Action exists that sends nothing",
		Consequence: "In trial runs with an SMS and a call it did nothing at all. The Dashboard makes such an Action when somebody opens " +
			"its page of a custom provider. As the Action of a provider it would swallow every code.",
		Remedy: "Nothing, if you choose Twilio. For a custom provider the new code goes into this Action, because a tenant has one.",
		Source: docCustom,
	}
	for _, a := range r.PhoneActions {
		if a.Stub {
			f.Evidence = append(f.Evidence, a.evidence())
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	if r.silentProvider() && len(r.UsesProvider()) > 0 {
		f.Severity = Decision
		f.Title = "Codes may be lost now: the Action of the tenant-level provider sends nothing"
		f.Remedy = "Try a login. If no code arrives, put code that sends into the Action in Branding > Phone Provider, and deploy it."
		f.Evidence = append(f.Evidence, Evidence{What: "Sends through it", Value: list(r.UsesProvider()), Path: tenant.PathProviders})
	}
	return []Finding{f}
}

func phoneActionUndeployed(r reading) []Finding {
	f := Finding{
		ID: "phone-action-undeployed", Severity: decide(r.anyLegacy() && (r.needsAction() || r.custom())),
		Title: "The custom-phone-provider Action has changes that are not deployed",
		Consequence: "Deploying the Action puts these changes live. Who wrote them, and whether they are finished, Auth0 does not " +
			"say.",
		Remedy: "Ask who wrote them. Go on with the version that is deployed, or finish the changes and deploy them yourself first.",
		Source: docCustom,
	}
	for _, a := range r.PhoneActions {
		if !a.Draft {
			continue
		}
		f.Evidence = append(f.Evidence, a.evidence())
		if !a.Deployed {
			f.Title = "The custom-phone-provider Action was never deployed"
			f.Consequence = "Nothing runs it now. Deploying puts code live that this tenant has never used."
			f.Remedy = "Ask who wrote it and whether it is finished, or bring other code."
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

// actionsAtLimit: a tenant that has more than the documented limit has another one, which cannot be read.
func actionsAtLimit(r reading) []Finding {
	count, known := r.snapshot.ActionCount()
	if !known || count < maxActions {
		return nil
	}
	f := Finding{
		ID: "actions-at-limit", Severity: Note, Title: fmt.Sprintf("This tenant has %d Actions, as many as Auth0 allows", count),
		Consequence: "No further Action can be created. Nothing that moves here needs a new one.",
		Remedy:      "Nothing for the migration.",
		Source:      docLimits,
	}
	needed := r.needsAction() && len(r.PhoneActions) == 0
	switch {
	case count > maxActions:
		f.Title = fmt.Sprintf("This tenant has %d Actions, more than the usual limit of %d", count, maxActions)
		f.Consequence = "Auth0 has raised the limit for it; where it is now cannot be read. Should a new Action be refused, that is before " +
			"anything users notice."
		f.Remedy = "Nothing, unless a new Action is refused: then delete one that nothing uses, or ask Auth0 Support."
	case needed:
		f.Severity = Decision
		f.Consequence = "A custom provider needs a custom-phone-provider Action, this tenant has none, and Auth0 will refuse to create one."
		f.Remedy = "Delete an Action that nothing uses, or ask Auth0 Support to raise the limit, then check again; or leave as it is what " +
			"needs the Action."
	}
	return found(f, Evidence{What: "Actions", Value: fmt.Sprint(count), Path: tenant.PathAllActions})
}
