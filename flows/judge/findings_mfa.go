package judge

import (
	"fmt"
	"slices"

	"upe/flows/tenant"
)

// legacyHook reports whether MFA codes travel through a send-phone-message Action (or Hook) now.
func (r reading) legacyHook() bool { return r.legacyMFA() && r.MFA.Provider == tenant.SelectedHook }

func (r reading) selected() Evidence {
	return Evidence{What: "MFA phone provider", Value: or(r.MFA.Provider, "not readable"), Path: tenant.PathSelectedProvider}
}

func (r reading) messageTypes() Evidence {
	return Evidence{What: "MFA message types", Value: list(r.MFA.MessageTypes), Path: tenant.PathMessageTypes}
}

func legacyAuth0Sender(r reading) []Finding {
	if !r.legacyMFA() || r.MFA.Provider != tenant.SelectedAuth0 {
		return nil
	}
	return found(Finding{
		ID: "legacy-auth0-sender", Severity: Decision, Title: "MFA codes are sent by Auth0's own sender, which has no successor",
		Consequence: "That sender is meant for trying out: 100 messages in the lifetime of a tenant, SMS only. A tenant-level " +
			"provider is Twilio or a custom one.",
		Remedy: "Choose a carrier: a Twilio account, or a custom phone provider with an Action of your own.",
		Source: docMFAPhone,
	}, r.selected())
}

func actionMustBeTranslated(r reading) []Finding {
	bound := r.snapshot.Bindings(tenant.TriggerLegacy)
	if !r.legacyHook() || len(bound) == 0 || r.customReady() {
		return nil
	}
	f := Finding{
		ID: "action-must-be-translated", Severity: Decision, Title: "The send-phone-message Action cannot be used as it is",
		Consequence: "A custom phone provider runs an Action of another trigger, custom-phone-provider, which gets another event: " +
			"the fields have other names and other values.",
		Remedy: "Have it translated, here or with `upe translate`: both are run side by side, and what differs is said. Or bring an " +
			"Action of your own. Its secrets have to be entered again, because Auth0 never shows them.",
		Source: docMFA(),
	}
	for _, a := range r.snapshot.BoundActions(tenant.TriggerLegacy) {
		f.Evidence = append(f.Evidence, Evidence{What: "Bound Action", Value: describeAction(a), Path: tenant.PathLegacyActions})
	}
	return found(f, r.selected())
}

func describeAction(a tenant.Action) string {
	var secrets []string
	for _, s := range a.Secrets {
		secrets = append(secrets, s.Name)
	}
	what := "deployed"
	if !deployed(a) {
		what = "not deployed"
	}
	return fmt.Sprintf("%s (%s, secrets: %s)", or(a.Name, a.ID), what, list(secrets))
}

func severalActionsBound(r reading) []Finding {
	bound := r.snapshot.Bindings(tenant.TriggerLegacy)
	if !r.legacyHook() || len(bound) < 2 {
		return nil
	}
	var actions []string
	for _, b := range bound {
		actions = append(actions, bindingName(b))
	}
	f := Finding{
		ID: "several-actions-bound", Severity: Decision, Title: "Several Actions run for each MFA message",
		Consequence: "A custom phone provider runs one Action. Which of these delivers, and what the others do, only a person knows.",
		Remedy:      "Say which Action delivers, and put what is needed of the others into the new one.",
		Source:      docMFA(),
		Evidence: []Evidence{
			{What: "Bound to send-phone-message, in order", Value: list(actions), Path: tenant.PathLegacyBindings},
		},
	}
	for _, a := range r.bound {
		if a.silent {
			f.Evidence = append(f.Evidence, Evidence{
				What: "Sent nothing in trial runs", Value: or(a.Name, a.ID), Path: tenant.PathLegacyActions,
			})
		}
	}
	return []Finding{f}
}

func noActionBound(r reading) []Finding {
	if !r.legacyHook() || !r.snapshot.Has(tenant.PathLegacyBindings) || len(r.snapshot.Bindings(tenant.TriggerLegacy)) > 0 {
		return nil
	}
	return found(Finding{
		ID: "no-action-bound", Severity: Decision, Title: "MFA is set to a custom provider, and no Action is bound",
		Consequence: "A legacy Hook may deliver, which this program cannot read; or delivery has stopped.",
		Remedy:      "Try an MFA login. If a Hook delivers, take its code as the model for the new Action.",
		Source:      docMFAPhone,
	}, r.selected(), Evidence{What: "Bound to send-phone-message", Value: "none", Path: tenant.PathLegacyBindings})
}

func messagingServiceAndVoice(r reading) []Finding {
	t := r.snapshot.Twilio()
	calls := slices.Contains(r.MFA.MessageTypes, voice)
	if !r.legacyMFA() || r.MFA.Provider != tenant.SelectedTwilio || !calls || t.MessagingServiceSID == "" {
		return nil
	}
	f := Finding{
		ID: "messaging-service-and-voice", Severity: Warning, Title: "Voice needs a From number beside the Messaging Service",
		Consequence: "A Messaging Service sends text, a call needs a number. The provider takes both values by its description; no " +
			"recording shows it, and Auth0's Terraform provider allows one of them only.",
		Remedy: "Give both, and test text and voice before the switch.",
		Source: docMFAPhone,
	}
	if t.From == "" {
		f.Severity = Decision
		f.Consequence = "A Messaging Service sends text, a call needs a number, and none is set: voice codes cannot arrive now either."
		f.Remedy = "Enter a From number that can make calls, or give up voice."
	}
	return found(f, r.messageTypes(),
		Evidence{What: "Messaging Service SID", Value: t.MessagingServiceSID, Path: tenant.PathTwilio},
		Evidence{What: "From", Value: or(t.From, "not set"), Path: tenant.PathTwilio})
}

func mfaConfiguredButOff(r reading) []Finding {
	t := r.snapshot.Twilio()
	configured := t.SID+t.From+t.MessagingServiceSID != "" || r.MFA.Provider == tenant.SelectedHook
	if r.MFA.InUse || !configured {
		return nil
	}
	f := Finding{
		ID: "mfa-configured-but-off", Severity: Note, Title: "MFA by phone is configured, but off",
		Consequence: "Nobody gets MFA codes by phone now, and the migration leaves it so.",
		Remedy:      "Turn the factor on in Security > Multi-factor Auth after the migration, if you want it.",
		Source:      docConfigure,
	}
	if r.MFA.Enabled {
		f.Title = "MFA by phone is on, but has no message type"
		f.Remedy = "Choose SMS, voice or both in Security > Multi-factor Auth > Phone Message after the migration, if you want it."
	}
	return found(f, r.selected(), r.messageTypes(), Evidence{What: "Phone factor enabled", Value: fmt.Sprint(r.MFA.Enabled), Path: tenant.PathFactors})
}

func legacyEndpointsStop(r reading) []Finding {
	if !r.legacyMFA() {
		return nil
	}
	return found(Finding{
		ID: "legacy-endpoints-stop", Severity: Warning, Title: "Scripts that use the old MFA phone endpoints will get 403",
		Consequence: "Once MFA has moved, Auth0 refuses providers/twilio, selected-provider and templates below guardian/factors/phone " +
			"and guardian/factors/sms, also to read: in your own code, in Terraform (provider and options of auth0_guardian) and in " +
			"the Deploy CLI.",
		Remedy: "Change them to /branding/phone/providers and /branding/phone/templates, together with the switch.",
		Source: docMFA() + "; " + reportClosed,
	}, r.selected())
}
