package plan

import (
	"fmt"
	"maps"
	"slices"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/phone"
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
	return slices.Concat(found, b.connectionProblems(), b.newProblems(), b.providerProblems(methods), b.templateProblems(), b.gapProblems())
}

// ruleProblems applies the subset rule to what is wanted.
func (b *builder) ruleProblems(methods compat.Methods, factors compat.Factors) []string {
	if methods.Empty() {
		return []string{"the provider needs at least one delivery method"}
	}
	var found []string
	switch lost := compat.Uncovered(factors, methods); {
	case !b.movesMFA() && !b.setsUpMFA():
	case factors.Empty():
		found = append(found, "MFA needs at least one message type; leave it out of the scope to keep it as it is")
	case !lost.Empty():
		found = append(found, fmt.Sprintf("MFA by %s is not covered by the delivery methods (%s)", lost, methods))
	}
	if (len(b.moving()) > 0 || b.choices.NewConnection != nil) && !compat.CoversPasswordless(methods) {
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
		case route.Via == judge.Unknown && !b.takes(route) && b.delivers(method):
			found = append(found, fmt.Sprintf(
				"%s may use the tenant-level provider already, so the delivery method %s has to stay", routeName(route), method))
		}
	}
	return slices.Compact(found)
}

// takes reports whether the plan moves the flow of a route.
func (b *builder) takes(route judge.Route) bool {
	if route.Flow == judge.MFA {
		return b.choices.MFA
	}
	return b.choices.Connections[route.Connection].Move
}

// delivers reports whether the tenant's provider has a delivery method now.
func (b *builder) delivers(method compat.Method) bool {
	p := b.judged.Provider
	return p != nil && !p.Disabled && slices.Contains(p.Configuration.DeliveryMethods, string(method))
}

func routeName(r judge.Route) string {
	switch r.Flow {
	case judge.MFA:
		return "MFA by " + judge.ChannelName(r.Channel)
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
		return b.choices.Twilio.problems(methods, b.speaking())
	case tenant.KindCustom:
		return b.actionProblems()
	}
	return []string{fmt.Sprintf("the provider is twilio or custom, not %q", b.choices.Provider)}
}

// speaking names a flow that delivers calls now, whether it moves or stays; "" for none.
func (b *builder) speaking() string {
	for _, route := range b.judged.Baseline() {
		if compat.Factor(route.Channel) == compat.FactorVoice {
			return routeName(route)
		}
	}
	return ""
}

// problems finds what Twilio would refuse, or fail at later: Auth0 looks at none of it. speaking is a flow that delivers calls now.
func (t Twilio) problems(methods compat.Methods, speaking string) []string {
	var found []string
	if t.SID == "" {
		found = append(found, "the Twilio Account SID is missing")
	}
	switch wrong := t.cannotCall(); {
	case t.From == "" && t.MessagingServiceSID == "":
		found = append(found, "Twilio needs a From number or a Messaging Service SID")
	case wrong == "":
	case methods.Has(compat.MethodVoice):
		found = append(found, wrong)
	case speaking != "":
		found = append(found, fmt.Sprintf("%s delivers now, and the provider must be able to deliver it while the flows move: %s", speaking, wrong))
	}
	return found
}

// cannotCall says why no call can be made with these settings, or "".
func (t Twilio) cannotCall() string {
	switch {
	case t.From == "":
		return "voice needs a From number, also beside a Messaging Service"
	case phone.CheckSender(t.From, phone.ForVoice) != nil:
		return fmt.Sprintf("voice needs a phone number as From; %q sends text messages only", t.From)
	}
	return ""
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
	have := b.before.PhoneTemplates()
	for _, name := range b.templatesInUse() {
		if _, written := b.choices.Templates[name]; !written && have[name].Disabled {
			found = append(found, fmt.Sprintf("the message template %s is disabled, so users would get no message: choose words for it, which enables it, or enable it "+
				"in Branding > Phone Templates and start again", name))
		}
	}
	return found
}

// templatesInUse are the message types of the codes that what is chosen sends.
func (b *builder) templatesInUse() []string {
	switch {
	case b.movesMFA() || b.setsUpMFA():
		return []string{"otp_verify", "otp_enroll"}
	case len(b.moving()) > 0 || b.choices.NewConnection != nil:
		return []string{"otp_verify"}
	}
	return nil
}
