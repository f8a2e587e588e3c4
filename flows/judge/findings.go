package judge

import (
	"slices"
	"strings"
)

// rule looks for one thing worth knowing.
type rule func(reading) []Finding

// rules in the order in which findings of the same severity are shown: access first, because it limits all others.
func rules() []rule {
	return []rule{
		scopeMissing, optionsNotReadable, readRefused, routeUnknown, unifiedWithoutProvider, tenantRouteBroken, phoneTemplateBroken,
		severalProviders,
		legacyAuth0Sender, actionMustBeTranslated, severalActionsBound, noActionBound, severalPhoneActions, phoneActionUndeployed,
		actionsAtLimit, gatewayNeedsAction, differentCarriers,
		providerOtherKind, deliveryMethods, messagingServiceAndVoice, templatesDiffer,
		providerLive, halfConnection, halfMFA, halfProvider, flagDisagrees, flagOnLegacyOpen, migrationFlagDisagrees,
		legacyRouteBroken, voiceNotAllowed, phoneActionStub, actionServesOtherTriggers, requestLanguage, defaultWordingChanges, otpExpiryExtended,
		legacyEndpointsStop, managedAsCode,
		unifiedWithoutFlag, providerDisabled, phoneIDInUse, twilioToken, gatewaySecret, phoneTemplatesCustomised, senderTooLong,
		mfaConfiguredButOff, connectionWithoutApplications, signupDisabled,
		noUserFeedback, logsNotReadable, scopeMissingOptional, nothingConfigured,
	}
}

// findings are those of all rules, the worst first.
func (r reading) findings() []Finding {
	var all []Finding
	for _, look := range rules() {
		all = append(all, look(r)...)
	}
	slices.SortStableFunc(all, func(a, b Finding) int { return rank(a.Severity) - rank(b.Severity) })
	return all
}

func rank(s Severity) int {
	return slices.Index([]Severity{Blocker, Decision, Warning, Note}, s)
}

// found is one finding, as a rule returns it.
func found(f Finding, evidence ...Evidence) []Finding {
	f.Evidence = append(f.Evidence, evidence...)
	return []Finding{f}
}

func list(values []string) string { return or(strings.Join(values, ", "), "none") }

// names lists what people call the connections.
func names(connections []SMSState) string {
	var out []string
	for _, c := range connections {
		out = append(out, or(c.Name, c.ID))
	}
	return list(out)
}

// text shows a carrier's exact values.
func (c Carrier) text() string {
	switch c.Kind {
	case CarrierTwilio:
		return "Twilio, account " + or(c.Account, "not set") + ", sender " + or(c.Sender, "not set")
	case CarrierGateway:
		return "SMS gateway " + or(c.URL, "without a URL")
	case CarrierAction:
		return "Action " + or(c.Action, "not found")
	case CarrierAuth0:
		return "Auth0's own sender"
	}
	return "nobody"
}
