package plan

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// actionProblems finds what is wrong with the Action that is to send, each with what to do about it.
func (b *builder) actionProblems() []string {
	a := b.choices.Action
	if a == nil {
		return []string{"a custom provider needs an Action"}
	}
	found := b.whichAction(a)
	if !a.Keep && strings.TrimSpace(a.Name) == "" {
		found = append(found, "the Action has no name")
	}
	if !a.Keep && strings.TrimSpace(a.Code) == "" {
		found = append(found, "the Action has no code")
	}
	for _, beyond := range a.Exceeds() {
		found = append(found, "Auth0 would not take the Action: "+beyond)
	}
	return found
}

// whichAction: a tenant has one custom-phone-provider Action at most, and a second one is refused (error code
// actions_cardinality_custom_phone_provider_not_allowed); older tenants may have more.
func (b *builder) whichAction(a *Action) []string {
	all := b.before.Actions(tenant.TriggerPhone)
	have, known := b.existing(a.ID)
	switch {
	case a.ID == "" && len(all) > 1:
		return []string{fmt.Sprintf("the tenant has %d custom-phone-provider Actions (%s), and no further one can be created: say which of them sends",
			len(all), actionNames(all))}
	case a.ID == "" && len(all) == 1 && !a.Keep:
		return []string{fmt.Sprintf("the tenant has the custom-phone-provider Action %q already, and can have one only: use that one", all[0].Name)}
	case a.ID == "" && a.Keep:
		return []string{"there is no custom-phone-provider Action to keep"}
	case a.ID == "" && b.full():
		return []string{"the tenant has as many Actions as Auth0 allows, so none can be created: delete one that nothing uses, or ask Auth0 Support for more"}
	case a.ID == "":
		return nil
	case !known && b.before.Has(tenant.PathPhoneActions):
		return []string{fmt.Sprintf("the tenant has no custom-phone-provider Action %q", a.ID)}
	case a.Keep && b.sendsNothing(a.ID):
		return []string{fmt.Sprintf("the Action %q sends nothing, so it cannot be kept as it is: choose other code for it, which replaces what it has", have.Name)}
	}
	return nil
}

// full reports whether the tenant has as many Actions as it may have.
func (b *builder) full() bool {
	_, full := b.judged.Finding("actions-at-limit")
	return full
}

// sendsNothing reports whether an Action is a stub, such as the Dashboard makes when its page is opened.
func (b *builder) sendsNothing(id string) bool {
	return slices.ContainsFunc(b.judged.PhoneActions, func(p judge.PhoneAction) bool { return p.ID == id && p.Stub })
}

// rivals are the custom-phone-provider Actions beside the one that is chosen to send.
func (b *builder) rivals() []tenant.Action {
	if b.choices.Provider != tenant.KindCustom || b.choices.Action.ID == "" {
		return nil
	}
	return slices.DeleteFunc(b.before.Actions(tenant.TriggerPhone), func(a tenant.Action) bool { return a.ID == b.choices.Action.ID })
}

// actionNames puts Actions into a sentence, each with the id by which it is chosen.
func actionNames(list []tenant.Action) string {
	var names []string
	for _, a := range list {
		names = append(names, fmt.Sprintf("%q, id %s", a.Name, a.ID))
	}
	return strings.Join(names, "; ")
}
