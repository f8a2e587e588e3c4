package judge

import (
	"slices"

	"upe/flows/tenant"
)

// legacyParts are the MFA settings that Auth0 stops showing once the MFA side is unified.
var legacyParts = [...]string{tenant.PathSelectedProvider, tenant.PathTwilio, tenant.PathMFATemplates}

func (r reading) readMFA() MFAState {
	m := MFAState{
		Enabled:      r.snapshot.Factor("sms"),
		MessageTypes: r.usedTypes(),
		Provider:     r.snapshot.SelectedProvider(),
		Closed:       r.legacyClosed(),
	}
	m.InUse = m.Enabled && len(m.MessageTypes) > 0
	m.Carrier = r.mfaCarrier(m.Provider)
	m.Via, m.Basis, m.Why = r.mfaVia(m.Closed)
	return m
}

// usedTypes are the message types that MFA uses. A tenant that may not use voice refuses to show the list at all (auth0-deploy-cli,
// tests of guardianPhoneFactorMessageTypes), so that there is nothing but SMS that it could be using.
func (r reading) usedTypes() []string {
	refused := r.snapshot.Refusal(tenant.PathMessageTypes)
	if refused != nil && refused.Code == tenant.CodeVoiceNotAllowed {
		return []string{sms}
	}
	return r.snapshot.MessageTypes()
}

// legacyOpen reports whether a legacy read was answered: MFA's own settings are in force, or the tenant flag is not what closes
// them.
func (r reading) legacyOpen() bool { return slices.ContainsFunc(legacyParts[:], r.snapshot.Has) }

// contradicts reports whether the tenant flag says that MFA has moved and the legacy reads say that it has not.
func (r reading) contradicts() bool { return r.flag() && !r.legacyClosed() && r.legacyOpen() }

// doubtful reports whether a flag says that MFA has moved, the tenant's or MFA's migration flag, and the legacy reads say that it
// has not.
func (r reading) doubtful() bool {
	return r.contradicts() || r.migrationOff(tenant.MigrationMFA) && !r.legacyClosed() && r.legacyOpen()
}

// legacyClosed reports whether a legacy read answered that the MFA side is unified (403
// legacy_mfa_phone_provider_not_allowed, auth0-deploy-cli pull request #1429).
func (r reading) legacyClosed() bool {
	return slices.ContainsFunc(legacyParts[:], func(path string) bool {
		refused := r.snapshot.Refusal(path)
		return refused != nil && refused.Class() == tenant.ClassUnified
	})
}

// mfaVia reads the route of MFA. Auth0 documents the tenant flag and the Dashboard's switch, but not which of them decides;
// auth0-cli pull request #1646 says that the legacy endpoints follow the switch, Terraform's provider relies on the flag. Where the
// two disagree, nobody but a login knows.
func (r reading) mfaVia(closed bool) (Via, Basis, string) {
	open := r.legacyOpen()
	switch {
	case closed:
		return Tenant, Reported, "Auth0 refuses to show the legacy MFA settings: it does that once MFA uses the tenant-level provider"
	case r.contradicts():
		return Unknown, Inferred, "the tenant flag phone_consolidated_experience is true, yet the legacy MFA settings can be read, " +
			"which Auth0 refuses once MFA uses the tenant-level provider"
	case r.doubtful():
		return Unknown, Inferred, "the migration flag " + tenant.MigrationMFA + " is false, yet the legacy MFA settings can be read, which " +
			"Auth0 refuses once MFA uses the tenant-level provider"
	case r.flag():
		return Tenant, Inferred, "the tenant flag phone_consolidated_experience is true; Auth0's Terraform provider takes that as enough"
	case !r.snapshot.Has(tenant.PathSettings):
		return Unknown, Inferred, "the tenant settings could not be read"
	case open && r.Unified == nil:
		return Legacy, Inferred, "the legacy MFA settings can be read and the tenant settings do not carry phone_consolidated_experience"
	case open:
		return Legacy, Inferred, "the legacy MFA settings can be read and phone_consolidated_experience is false"
	}
	return Unknown, Inferred, "the legacy MFA settings could not be read, for another reason than that MFA is unified"
}

// mfaRoutes are one per message type; none when the factor is off.
func (r reading) mfaRoutes() []Route {
	if !r.MFA.InUse {
		return nil
	}
	var routes []Route
	for _, channel := range r.MFA.MessageTypes {
		route := Route{
			Flow: MFA, Channel: channel, Via: r.MFA.Via, Carrier: r.MFA.Carrier, Basis: r.MFA.Basis, Why: r.MFA.Why,
		}
		if r.MFA.Provider == tenant.SelectedTwilio && channel == voice {
			// A call needs a number; a Messaging Service sends text.
			route.Carrier.Sender = r.snapshot.Twilio().From
		}
		problem := r.mfaProblem(channel)
		if r.MFA.Via == Unknown && !r.doubtful() {
			problem = Undetermined
		}
		routes = append(routes, r.complete(route, problem))
	}
	return routes
}

// mfaProblem says why the legacy MFA configuration cannot deliver in a channel, or "".
func (r reading) mfaProblem(channel string) string {
	switch r.MFA.Provider {
	case tenant.SelectedTwilio:
		t := r.snapshot.Twilio()
		if channel == voice {
			return callProblem(t.SID, t.From, "a call needs a From number, and none is set")
		}
		return twilioProblem(t.SID, t.MessagingServiceSID+t.From, "neither a From number nor a Messaging Service is set")
	case tenant.SelectedHook:
		return r.hookProblem()
	case tenant.SelectedAuth0:
		if channel == voice {
			return "Auth0's own sender sends SMS only"
		}
		return ""
	}
	return "no MFA phone provider could be read"
}

func (r reading) hookProblem() string {
	bindings := r.snapshot.Bindings(tenant.TriggerLegacy)
	switch {
	case !r.snapshot.Has(tenant.PathLegacyBindings):
		return "the bindings of the send-phone-message trigger could not be read"
	case len(bindings) == 0:
		return "no Action is bound to the send-phone-message trigger"
	case !r.snapshot.Has(tenant.PathLegacyActions):
		return "the send-phone-message Actions could not be read"
	case !slices.ContainsFunc(r.snapshot.BoundActions(tenant.TriggerLegacy), deployed):
		return "no Action that is bound to the send-phone-message trigger is deployed"
	}
	return ""
}
