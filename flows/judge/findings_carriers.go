package judge

import (
	"slices"

	"upe/flows/tenant"
)

// user is a flow in use with the carrier that takes its messages now.
type user struct {
	who     string
	via     Via
	carrier Carrier
	path    string
}

// users are the flows in use, MFA as one. On the tenant route all of them share the provider's carrier; where it is not known which of
// two ways a flow sends by, its own configuration counts.
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
		add("MFA", Legacy, r.MFA.Carrier, r.mfaPath())
	} else if r.MFA.InUse {
		add("MFA", r.MFA.Via, r.MFA.Carrier, r.mfaPath())
	}
	for _, c := range r.SMS {
		via := c.Via
		if r.doubts(c) {
			via = Legacy
		}
		if c.InUse {
			add("Passwordless, connection "+or(c.Name, c.ID), via, c.Carrier, tenant.PathSMSConnections)
		}
	}
	for _, name := range r.PhoneID {
		add("Phone as ID, connection "+name, Tenant, Carrier{}, tenant.PathProviders)
	}
	return out
}

// legacyCarriers are who sends now without the tenant-level provider.
func (r reading) legacyCarriers() []Evidence {
	var out []Evidence
	for _, u := range r.users() {
		if u.via == Legacy {
			out = append(out, Evidence{What: "Sends now for " + u.who, Value: u.carrier.text(), Path: u.path})
		}
	}
	return out
}

// mfaPath is where the carrier of MFA's own configuration stands.
func (r reading) mfaPath() string {
	switch r.MFA.Carrier.Kind {
	case CarrierTwilio:
		return tenant.PathTwilio
	case CarrierAction:
		return tenant.PathLegacyBindings
	}
	return tenant.PathSelectedProvider
}

// carriers are those of the flows in use, each once. Auth0's own sender does not count: it cannot be kept.
func (r reading) carriers() (carriers []Carrier, evidence []Evidence) {
	for _, u := range r.users() {
		if u.carrier.Kind == CarrierNone || u.carrier.Kind == CarrierAuth0 {
			continue
		}
		evidence = append(evidence, Evidence{What: u.who, Value: u.carrier.text(), Path: u.path})
		if !slices.Contains(carriers, u.carrier) {
			carriers = append(carriers, u.carrier)
		}
	}
	return carriers, evidence
}

// differentCarriers asks when the flows in use do not share a carrier.
func differentCarriers(r reading) []Finding {
	carriers, evidence := r.carriers()
	if len(carriers) < 2 || !r.anyLegacy() {
		return nil
	}
	f := Finding{
		ID: "different-carriers", Severity: Decision, Title: "Messages go through different carriers now",
		Consequence: "A tenant has one provider. To keep different ones for MFA and Passwordless, Auth0's documentation names a custom " +
			"phone provider as the only way: you must use one, and its Action sends each message where it belongs.",
		Remedy: "Choose a custom phone provider: a routing Action keeps all carriers, and any Action can send everything by one. Or leave a " +
			"connection as it is.",
		Source: docPasswordless(),
	}
	if sameAccount(carriers) {
		f.Title = "Messages have different senders now"
		f.Consequence = "All go through one Twilio account, but users see different senders. A tenant-level Twilio provider has one " +
			"sender for all; a changed sender can break registered sender templates, and users may not trust it."
		f.Remedy = "Choose one sender for all; or a custom phone provider whose routing Action keeps each sender; or leave a connection as " +
			"it is."
	}
	return found(f, evidence...)
}

func sameAccount(carriers []Carrier) bool {
	return !slices.ContainsFunc(carriers, func(c Carrier) bool {
		return c.Kind != CarrierTwilio || c.Account != carriers[0].Account
	})
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
