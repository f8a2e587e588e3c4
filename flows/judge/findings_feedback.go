package judge

import (
	"strings"

	"upe/flows/tenant"
)

// noUserFeedback is to be acknowledged: it is true of every flow that moves, and nobody can do anything about it.
func noUserFeedback(r reading) []Finding {
	if !r.anyLegacy() {
		return nil
	}
	f := Finding{
		ID: "no-user-feedback", Severity: Note, Acknowledge: true, Title: "Users will not be told when a message could not be sent",
		Consequence: "With the tenant-level provider Auth0 gives users no feedback on delivery; failures stand in the tenant logs.",
		Remedy:      "Watch the tenant logs after the switch, and offer users a way to ask for another code.",
		Source:      docConfigure,
	}
	if r.legacyHook() {
		f.Consequence += " An error that the send-phone-message Action throws stops the login now; afterwards the user waits for a code."
	}
	if gateways := r.feedback(&f); len(gateways) > 0 {
		f.Consequence += " Applications that show sms_provider_error, which /passwordless/start answers when the gateway fails, will not " +
			"see it any more: those of " + names(gateways) + "."
		f.Source += "; " + docGateway
	}
	return found(f, r.legacyFlows()...)
}

// feedback names the applications that may rely on an error when a code is not sent, and returns the connections for which
// Auth0 documents one: those with an SMS gateway.
func (r reading) feedback(f *Finding) (gateways []SMSState) {
	for _, c := range r.legacyConnections() {
		what := "Applications of connection " + or(c.Name, c.ID)
		if c.Carrier.Kind == CarrierGateway {
			gateways = append(gateways, c)
			what += ", which can rely on sms_provider_error"
		}
		f.Evidence = append(f.Evidence, Evidence{What: what, Value: applications(c), Path: tenant.ClientsPath(c.ID)})
	}
	return gateways
}

// applications names those enabled on a connection. A list that could not be read is not an empty one.
func applications(c SMSState) string {
	if len(c.Clients) == 0 {
		return "not readable"
	}
	return list(c.Clients)
}

// legacyFlows are what sends by its own configuration now.
func (r reading) legacyFlows() []Evidence {
	const what = "Can be moved"
	var flows []Evidence
	if r.legacyMFA() {
		flows = append(flows, Evidence{What: what, Value: "MFA by " + channelNames(r.MFA.MessageTypes), Path: tenant.PathMessageTypes})
	}
	if c := r.legacyConnections(); len(c) > 0 {
		flows = append(flows, Evidence{What: what, Value: "Passwordless (" + names(c) + ")", Path: tenant.PathSMSConnections})
	}
	return flows
}

func channelNames(types []string) string {
	var words []string
	for _, name := range types {
		words = append(words, ChannelName(name))
	}
	return strings.Join(words, " and ")
}

func logsNotReadable(r reading) []Finding {
	e := r.snapshot.Refusal(tenant.PathLogs)
	if e == nil || e.Class() != tenant.ClassScope {
		return nil
	}
	return found(Finding{
		ID: "logs-not-readable", Severity: Note, Title: "The token may not read the tenant logs",
		Consequence: "Failed messages stand in the logs, and nowhere else: whether a test or a login was delivered cannot be seen there. What " +
			"a person says on the phone is all the proof there is.",
		Remedy: "Give the application of the token the scope read:logs, and get a new token.",
		Source: docLogs,
	}, Evidence{What: "Refused", Value: refusalText(e), Path: tenant.PathLogs})
}
