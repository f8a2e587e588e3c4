package judge

import (
	"upe/flows/tenant"
)

func gatewayNeedsAction(r reading) []Finding {
	f := Finding{
		ID: "gateway-needs-action", Severity: Decision, Title: "The tenant-level provider does not use the custom SMS gateway",
		Consequence: "The gateway is called by the connection only. A tenant-level provider reaches it through a " +
			"custom-phone-provider Action that you write.",
		Remedy: "Bring an Action that forwards to the gateway, or leave the connection as it is.",
		Source: docPasswordless(),
	}
	for _, c := range r.legacyConnections() {
		if c.Carrier.Kind == CarrierGateway {
			f.Evidence = append(f.Evidence, Evidence{
				What: "Connection " + c.Name, Value: c.Carrier.text(), Path: tenant.PathSMSConnections,
			})
		}
	}
	if len(f.Evidence) == 0 || r.customReady() {
		return nil
	}
	return []Finding{f}
}

func connectionWithoutApplications(r reading) []Finding {
	f := Finding{
		ID: "connection-without-applications", Severity: Note, Title: "No application uses an SMS connection",
		Consequence: "Nobody can log in with it, so it is not counted among the routes in use.",
		Remedy: "Leave it, or move it together with something else: it is offered for that, never alone. Enable applications on it if " +
			"somebody should use it.",
		Source: docConfigure,
	}
	for _, c := range r.SMS {
		if !c.InUse {
			f.Evidence = append(f.Evidence, Evidence{
				What: "Connection " + c.Name, Value: "no applications", Path: tenant.ClientsPath(c.ID),
			})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

// twilioToken: Auth0 shows the token to some tenants and hides it from others; the tenant-level provider needs it again.
func twilioToken(r reading) []Finding {
	f := Finding{
		ID: "twilio-token-not-readable", Severity: Note, Title: "The Twilio AuthToken will be asked for",
		Consequence: "The tenant-level provider needs the AuthToken, and Auth0 does not show the one that is stored.",
		Remedy:      "Have it at hand: it is in the Twilio Console, beside the Account SID.",
		Source:      docMFA(),
	}
	if t := r.snapshot.Twilio(); r.legacyMFA() && r.MFA.Carrier.Kind == CarrierTwilio && tenant.Masked(t.AuthToken) {
		f.Evidence = append(f.Evidence, Evidence{What: "AuthToken of MFA", Value: howHidden(t.AuthToken), Path: tenant.PathTwilio})
	}
	for _, c := range r.legacyConnections() {
		if token := r.options[c.ID].TwilioToken; c.Carrier.Kind == CarrierTwilio && tenant.Masked(token) {
			f.Evidence = append(f.Evidence, Evidence{
				What: "AuthToken of connection " + c.Name, Value: howHidden(token), Path: tenant.PathSMSConnections,
			})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

func howHidden(secret string) string {
	if secret == "" {
		return "not in the answer"
	}
	return "masked"
}

func phoneIDInUse(r reading) []Finding {
	if len(r.PhoneID) == 0 {
		return nil
	}
	return found(Finding{
		ID: "phone-id-in-use", Severity: Note, Title: "Phone as ID uses the tenant-level provider already",
		Consequence: "For these database connections there is nothing to do. \"No additional action is needed\" is true for them " +
			"only: MFA and Passwordless still have to be moved.",
		Remedy: "Test a login with a phone number after every change of the provider or its templates.",
		Source: docPasswordless(),
	}, Evidence{What: "Database connections", Value: list(r.PhoneID), Path: tenant.PathDBConnections})
}

func noUserFeedback(r reading) []Finding {
	if !r.anyLegacy() {
		return nil
	}
	f := Finding{
		ID: "no-user-feedback", Severity: Note, Title: "Users will not be told when a message could not be sent",
		Consequence: "With the tenant-level provider Auth0 gives users no feedback on delivery; failures stand in the tenant logs.",
		Remedy:      "Watch the tenant logs after the switch, and offer users a way to ask for another code.",
		Source:      docConfigure,
	}
	for _, c := range r.legacyConnections() {
		if c.Carrier.Kind == CarrierGateway {
			f.Consequence += " Applications that show sms_provider_error of " + c.Name + " will not see it any more."
			f.Evidence = append(f.Evidence, Evidence{
				What:  "Applications of connection " + c.Name,
				Value: list(c.Clients), Path: tenant.ClientsPath(c.ID),
			})
		}
	}
	return found(f, Evidence{What: "Flows that will move", Value: r.legacyFlows(), Path: tenant.PathFactors})
}

// legacyFlows names what sends by its own configuration now.
func (r reading) legacyFlows() string {
	var flows []string
	if r.legacyMFA() {
		flows = append(flows, "MFA")
	}
	if c := r.legacyConnections(); len(c) > 0 {
		flows = append(flows, "Passwordless ("+names(c)+")")
	}
	return list(flows)
}
