package judge

import (
	"slices"
	"strings"

	"upe/flows/template"
	"upe/flows/tenant"
)

// user is a flow in use with the carrier that takes its messages now.
type user struct {
	who     string
	via     Via
	carrier Carrier
	path    string
}

// users are the flows in use, MFA as one. On the tenant route all of them share the provider's carrier.
func (r reading) users() []user {
	var out []user
	add := func(who string, via Via, legacy Carrier, path string) {
		if via == Tenant {
			legacy, path = r.providerCarrier(sms), tenant.PathProviders
		}
		if via != Unknown {
			out = append(out, user{who, via, legacy, path})
		}
	}
	if r.legacyMFA() {
		add("MFA", Legacy, r.MFA.Carrier, tenant.PathSelectedProvider)
	} else if r.MFA.InUse {
		add("MFA", r.MFA.Via, r.MFA.Carrier, tenant.PathSelectedProvider)
	}
	for _, c := range r.SMS {
		if c.InUse {
			add("Passwordless, connection "+or(c.Name, c.ID), c.Via, c.Carrier, tenant.PathSMSConnections)
		}
	}
	for _, name := range r.PhoneID {
		add("Phone as ID, connection "+name, Tenant, Carrier{}, tenant.PathProviders)
	}
	return out
}

func (r reading) legacyCarriersText() string {
	var out []string
	for _, u := range r.users() {
		if u.via == Legacy {
			out = append(out, u.who+": "+u.carrier.text())
		}
	}
	return list(out)
}

// differentCarriers asks when the flows in use do not share a carrier. Auth0's own sender does not count: it cannot be kept.
func differentCarriers(r reading) []Finding {
	var carriers []Carrier
	var evidence []Evidence
	for _, u := range r.users() {
		if u.carrier.Kind == CarrierNone || u.carrier.Kind == CarrierAuth0 {
			continue
		}
		evidence = append(evidence, Evidence{What: u.who, Value: u.carrier.text(), Path: u.path})
		if !slices.Contains(carriers, u.carrier) {
			carriers = append(carriers, u.carrier)
		}
	}
	if len(carriers) < 2 || !r.anyLegacy() {
		return nil
	}
	f := Finding{
		ID: "different-carriers", Severity: Decision, Title: "Messages go through different carriers now",
		Consequence: "A tenant has one provider. With different providers for MFA and Passwordless, Auth0's documentation names one " +
			"way: a custom phone provider, whose Action sends each message where it belongs.",
		Remedy: "Choose one carrier for all, or a custom phone provider with a routing Action, or leave a connection as it is.",
		Source: docPasswordless(),
	}
	if sameAccount(carriers) {
		f.Title = "Messages have different senders now"
		f.Consequence = "All go through one Twilio account, but users see different senders. A tenant-level Twilio provider has one " +
			"sender for all."
		f.Remedy = "Choose one sender for all, or a custom phone provider with a routing Action, or leave a connection as it is."
	}
	return found(f, evidence...)
}

func sameAccount(carriers []Carrier) bool {
	return !slices.ContainsFunc(carriers, func(c Carrier) bool {
		return c.Kind != CarrierTwilio || c.Account != carriers[0].Account
	})
}

// templatesDiffer asks when flows that will share the template otp_verify say different things now.
func templatesDiffer(r reading) []Finding {
	var said []string
	var evidence []Evidence
	for _, w := range r.wordings() {
		if !slices.Contains(said, w.essence) {
			said = append(said, w.essence)
		}
		evidence = append(evidence, w.evidence)
	}
	if len(said) < 2 || !r.anyLegacy() {
		return nil
	}
	return found(Finding{
		ID: "templates-differ", Severity: Decision, Title: "One template will serve wordings that differ now",
		Consequence: "MFA verification and Passwordless both use the template otp_verify. Whichever wording it gets, some users see " +
			"another than today; a changed wording can break registered sender templates and SMS autofill.",
		Remedy: "Choose the wording to keep, or write one for all.",
		Source: docTemplates + "; that both use otp_verify is concluded from the example of " + docPasswordless(),
	}, evidence...)
}

// wording is what a flow says in a text message when it verifies.
type wording struct {
	essence  string
	evidence Evidence
}

func (r reading) wordings() []wording {
	var out []wording
	add := func(text, what, value, path string) {
		out = append(out, wording{template.Essence(text), Evidence{What: what, Value: or(value, "Auth0's default"), Path: path}})
	}
	if r.legacyMFA() && slices.Contains(r.MFA.MessageTypes, sms) && r.snapshot.Has(tenant.PathMFATemplates) {
		legacy := r.snapshot.MFATemplates().Verification
		add(template.FromMFA("", legacy)[template.OTPVerify].Text, "MFA verification", legacy, tenant.PathMFATemplates)
	}
	for _, c := range r.legacyConnections() {
		options := r.options[c.ID]
		add(template.FromPasswordless(options).Text, "Passwordless, connection "+or(c.Name, c.ID),
			strings.TrimSpace(options.Template), tenant.PathSMSConnections)
	}
	if r.usesTenantText() && r.snapshot.Has(tenant.PathPhoneTemplates) {
		text := r.snapshot.PhoneTemplates()[template.OTPVerify].Content.Body.Text
		add(or(text, template.Default(template.OTPVerify).Text), "Phone template otp_verify, in use", text, tenant.PathPhoneTemplates)
	}
	return out
}

// usesTenantText reports whether text messages go through the tenant-level provider now.
func (r reading) usesTenantText() bool {
	return slices.ContainsFunc(r.Routes, func(route Route) bool { return route.Via == Tenant && route.Channel == sms })
}

// legacyRouteBroken: what does not deliver before the migration will not be missed by it, but somebody should know. The hook
// without an Action has a finding of its own.
func legacyRouteBroken(r reading) []Finding {
	f := Finding{
		ID: "legacy-route-broken", Severity: Warning, Title: "A route in use cannot deliver as it is configured",
		Consequence: "Users of this route get no codes now.",
		Remedy:      "Check whether the route is still wanted; the migration repairs it if you move it.",
		Source:      inferredDelivery,
	}
	for _, route := range r.Routes {
		ownFinding := route.Flow == MFA && r.legacyHook() && len(r.snapshot.Bindings(tenant.TriggerLegacy)) == 0
		if route.Via == Legacy && !route.Delivers && !ownFinding {
			path := tenant.PathSelectedProvider
			if route.Flow == Passwordless {
				path = tenant.PathSMSConnections
			}
			f.Evidence = append(f.Evidence, Evidence{What: route.what(), Value: route.Problem, Path: path})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}
