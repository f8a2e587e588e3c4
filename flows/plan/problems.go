package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/tenant"
)

// problems checks the choices, before anything is made of them.
func (b *builder) problems() []string {
	methods, errMethods := compat.ParseMethods(b.choices.DeliveryMethods)
	factors, errFactors := compat.ParseFactors(b.choices.MessageTypes)
	var found []string
	for _, err := range []error{errMethods, errFactors} {
		if err != nil {
			found = append(found, err.Error())
		}
	}
	if len(found) == 0 {
		found = append(b.ruleProblems(methods, factors), b.liveProblems(methods)...)
	}
	return slices.Concat(found, b.connectionProblems(), b.providerProblems(methods), b.templateProblems())
}

// ruleProblems applies the subset rule to what is wanted.
func (b *builder) ruleProblems(methods compat.Methods, factors compat.Factors) []string {
	if methods.Empty() {
		return []string{"the provider needs at least one delivery method"}
	}
	var found []string
	switch lost := compat.Uncovered(factors, methods); {
	case !b.movesMFA():
	case factors.Empty():
		found = append(found, "MFA needs at least one message type; leave it out of the scope to keep it as it is")
	case !lost.Empty():
		found = append(found, fmt.Sprintf("MFA by %s is not covered by the delivery methods (%s)", lost, methods))
	}
	if len(b.moving()) > 0 && !compat.CoversPasswordless(methods) {
		found = append(found, "Passwordless SMS needs the delivery method text")
	}
	return found
}

// liveProblems finds flows that use the tenant-level provider already, are not part of this plan, and would lose their codes.
func (b *builder) liveProblems(methods compat.Methods) []string {
	var found []string
	for _, route := range b.judged.Routes {
		method := compat.Factor(route.Channel).Method()
		switch {
		case methods.Has(method):
		case route.Via == judge.Tenant && route.Delivers:
			found = append(found, fmt.Sprintf(
				"%s uses the tenant-level provider already and needs the delivery method %s", routeName(route), method))
		case route.Via == judge.Unknown && route.Flow == judge.MFA && !b.choices.MFA && b.delivers(method):
			found = append(found, fmt.Sprintf(
				"%s may use the tenant-level provider already, so the delivery method %s has to stay", routeName(route), method))
		}
	}
	return slices.Compact(found)
}

// delivers reports whether the tenant's provider has a delivery method now.
func (b *builder) delivers(method compat.Method) bool {
	p := b.judged.Provider
	return p != nil && !p.Disabled && slices.Contains(p.Configuration.DeliveryMethods, string(method))
}

func routeName(r judge.Route) string {
	switch r.Flow {
	case judge.MFA:
		return "MFA by " + r.Channel
	case judge.Passwordless:
		return fmt.Sprintf("the connection %q", r.Name)
	case judge.PhoneIdentifier:
	}
	return fmt.Sprintf("Phone as ID of the connection %q", r.Name)
}

// connectionProblems finds connections that cannot be written: the API replaces the whole of their options, so these must be seen.
func (b *builder) connectionProblems() []string {
	var found []string
	for _, id := range slices.Sorted(maps.Keys(b.choices.Connections)) {
		known := slices.ContainsFunc(b.judged.SMS, func(c judge.SMSState) bool { return c.ID == id })
		if b.choices.Connections[id].Move && !known {
			found = append(found, fmt.Sprintf("the tenant has no sms connection %q", id))
		}
	}
	for _, c := range b.moving() {
		if raw, ok := b.raw.Connection(c.ID); !ok || raw.UnknownOptions() {
			found = append(found, fmt.Sprintf(
				"the options of the connection %q cannot be read, so it cannot be moved: the token needs read:connections_options", c.Name))
		}
	}
	return found
}

func (b *builder) providerProblems(methods compat.Methods) []string {
	switch b.choices.Provider {
	case tenant.KindTwilio:
		return b.choices.Twilio.problems(methods)
	case tenant.KindCustom:
		return b.actionProblems()
	}
	return []string{fmt.Sprintf("the provider is twilio or custom, not %q", b.choices.Provider)}
}

func (t Twilio) problems(methods compat.Methods) []string {
	var found []string
	if t.SID == "" {
		found = append(found, "the Twilio Account SID is missing")
	}
	if t.From == "" && t.MessagingServiceSID == "" {
		found = append(found, "Twilio needs a From number or a Messaging Service SID")
	}
	if methods.Has(compat.MethodVoice) && t.From == "" {
		found = append(found, "voice needs a From number, also beside a Messaging Service")
	}
	return found
}

// actionProblems: a tenant has one custom-phone-provider Action at most, and a second one is refused (error code
// actions_cardinality_custom_phone_provider_not_allowed).
func (b *builder) actionProblems() []string {
	a := b.choices.Action
	if a == nil {
		return []string{"a custom provider needs an Action"}
	}
	var found []string
	switch all := b.before.Actions(tenant.TriggerPhone); {
	case a.ID == "" && a.Keep:
		found = append(found, "there is no custom-phone-provider Action to keep")
	case a.ID == "" && len(all) > 0:
		found = append(found, fmt.Sprintf("the tenant has the custom-phone-provider Action %q already, and can have one only: use that one", all[0].Name))
	case a.ID != "" && b.before.Has(tenant.PathPhoneActions) && !slices.ContainsFunc(all, func(have tenant.Action) bool { return have.ID == a.ID }):
		found = append(found, fmt.Sprintf("the tenant has no custom-phone-provider Action %q", a.ID))
	}
	if !a.Keep && strings.TrimSpace(a.Name) == "" {
		found = append(found, "the Action has no name")
	}
	if !a.Keep && strings.TrimSpace(a.Code) == "" {
		found = append(found, "the Action has no code")
	}
	return found
}

func (b *builder) templateProblems() []string {
	var found []string
	for _, name := range slices.Sorted(maps.Keys(b.choices.Templates)) {
		switch t := b.choices.Templates[name]; {
		case !slices.Contains(templateTypes[:], name):
			found = append(found, fmt.Sprintf("Auth0 has no message template %q", name))
		case t.Text == "" && t.Voice == "":
			found = append(found, fmt.Sprintf("the message template %s is empty", name))
		}
	}
	return found
}
