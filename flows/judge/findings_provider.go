package judge

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/tenant"
)

// unifiedWithoutProvider: a flow in use depends on a provider that delivers nothing, so codes may be failing now.
func unifiedWithoutProvider(r reading) []Finding {
	problem := r.providerMissing()
	if problem == "" || !r.snapshot.Has(tenant.PathProviders) {
		return nil
	}
	f := Finding{
		ID: "unified-without-provider", Severity: Blocker, Title: "Codes may be failing now: " + problem,
		Consequence: "These flows send through the tenant-level provider, and it cannot deliver.",
		Remedy: "Repair this first: enable a provider in Branding > Phone Provider (for a custom one, deploy its Action), test it, " +
			"then run the check again.",
		Source: docConfigure,
	}
	for _, route := range r.Routes {
		if route.Via == Tenant {
			f.Evidence = append(f.Evidence, Evidence{What: route.what(), Value: route.Why, Path: r.evidenceOf(route)})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

// what names a route for a person: "MFA by voice", "Passwordless, connection sms".
func (route Route) what() string {
	switch route.Flow {
	case MFA:
		return "MFA by " + ChannelName(route.Channel)
	case Passwordless:
		return "Passwordless, connection " + or(route.Name, route.Connection)
	case PhoneIdentifier:
		return "Phone as ID, connection " + route.Name
	}
	return string(route.Flow)
}

func (r reading) providerEvidence() []Evidence {
	p := r.Provider
	at := func(what, value string) Evidence {
		return Evidence{What: what, Value: value, Path: tenant.PathProviders}
	}
	evidence := []Evidence{
		at("Tenant-level provider", p.Name), at("Disabled", fmt.Sprint(p.Disabled)),
		at("Delivery methods", list(p.Configuration.DeliveryMethods)),
	}
	if p.Name == tenant.KindTwilio {
		evidence = append(evidence, at("Twilio", r.providerCarrier(sms).text()))
	}
	return evidence
}

func providerDisabled(r reading) []Finding {
	if r.Provider == nil || !r.Provider.Disabled || !r.anyLegacy() {
		return nil
	}
	return found(Finding{
		ID: "provider-exists-disabled", Severity: Note, Title: "A tenant-level provider exists and is disabled",
		Consequence: "A tenant has one, so this one is changed to what you choose, and enabled. Nothing sends through it now.",
		Remedy:      "Check that nobody keeps these values for something else.",
		Source:      docConfigure,
	}, r.providerEvidence()...)
}

// providerLive matters while there is something to move: preparing the provider is then a switch for those who use it, and
// disabling it would stop them.
func providerLive(r reading) []Finding {
	if !r.Live.Live || !r.anyLegacy() {
		return nil
	}
	f := Finding{
		ID: "provider-live", Severity: Warning, Title: "The tenant-level provider is in use already",
		Consequence: "Every change of the provider, its templates or its Action takes effect at once for those who use it.",
		Remedy: "Choose a quiet hour, and have at hand what undoing it needs: the present AuthToken, which Auth0 never shows, or " +
			"the Action's present version. Do not disable the provider to prepare it.",
		Source: docConfigure,
	}
	f.Evidence = r.usedBecause()
	if users := r.UsesProvider(); len(users) > 0 {
		f.Consequence += " Disabling it stops the codes of: " + strings.Join(users, "; ") + "."
		f.Evidence = append(f.Evidence, Evidence{What: "Stops when the provider is disabled", Value: strings.Join(users, "; "), Path: tenant.PathProviders})
	}
	return found(f, r.providerEvidence()...)
}

func providerOtherKind(r reading) []Finding {
	kinds := r.neededKinds()
	if r.Provider == nil || len(kinds) == 0 {
		return nil
	}
	// Two kinds of carriers need a custom provider, so a custom one fits both then.
	if fits := slices.Contains(kinds, r.Provider.Name); fits && (len(kinds) == 1 || r.Provider.Name == tenant.KindCustom) {
		return nil
	}
	f := Finding{
		ID: "provider-other-kind", Severity: Decision, Title: "The tenant-level provider is of another kind than what sends now",
		Consequence: "A tenant has one provider. Auth0 changes its kind in place, and the present settings are gone then.",
		Remedy:      "Decide whether the present provider takes over, or gives way to the carrier that sends now.",
		Source:      recordedKind,
	}
	if r.Live.Live {
		f.Consequence += " This one is in use: between the change and its proof its users depend on it."
	}
	return found(f, append(r.providerEvidence(), r.legacyCarriers()...)...)
}

// neededKinds are the kinds of provider that the carriers of today would become.
func (r reading) neededKinds() []string {
	var kinds []string
	for _, u := range r.users() {
		kind := ""
		switch u.carrier.Kind {
		case CarrierTwilio:
			kind = tenant.KindTwilio
		case CarrierAction, CarrierGateway:
			kind = tenant.KindCustom
		}
		if u.via == Legacy && kind != "" && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// deliveryMethods applies the subset rule to the provider that exists.
func deliveryMethods(r reading) []Finding {
	if r.Provider == nil {
		return nil
	}
	// Message types and delivery methods of the future are not in the sets; the rule says nothing about them.
	methods, _ := compat.ParseMethods(r.Provider.Configuration.DeliveryMethods)
	var missing compat.Factors
	if r.MFA.InUse {
		factors, _ := compat.ParseFactors(r.MFA.MessageTypes)
		missing = compat.Uncovered(factors, methods)
	}
	passwordless := slices.ContainsFunc(r.SMS, func(c SMSState) bool { return c.InUse })
	if missing.Empty() && (!passwordless || compat.CoversPasswordless(methods)) {
		return nil
	}
	f := Finding{
		ID: "delivery-methods-do-not-cover-factors", Severity: Decision, Title: "The provider's delivery methods do not cover what is in use",
		Consequence: "MFA factors must be a subset of the delivery methods, and Passwordless needs text. Auth0 refuses to set message " +
			"types that are not covered (409), and codes on them would not arrive.",
		Remedy: "Add the delivery method to the provider, or give up the factor.",
		Source: docMFA(),
	}
	f.Evidence = r.providerEvidence()
	if r.MFA.InUse && r.MFA.Via == Tenant && !missing.Empty() {
		// Nothing has to move for this to hurt.
		f.Title = "The provider does not deliver what MFA uses: codes are failing now"
		f.Consequence = "MFA factors must be a subset of the provider's delivery methods. Users who have only the factor that is not covered " +
			"cannot log in, and Auth0 refuses to set these message types again (409)."
		f.Remedy = "Add the delivery method in Branding > Phone Provider (a Twilio provider needs a From number for voice) and test it; or " +
			"take the factor out in Security > Multi-factor Auth > Phone Message."
	}
	if r.MFA.InUse {
		f.Evidence = append(f.Evidence, r.messageTypes())
	}
	if passwordless {
		f.Evidence = append(f.Evidence, Evidence{What: "SMS connections", Value: names(r.SMS), Path: tenant.PathSMSConnections})
	}
	return []Finding{f}
}
