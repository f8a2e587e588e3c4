package judge

import (
	"fmt"
	"strings"

	"upe/flows/tenant"
)

// complete fills in by whom, and whether, a route delivers. legacyProblem is what stands in the way of the flow's own
// configuration; it does not matter on the tenant route.
func (r reading) complete(route Route, legacyProblem string) Route {
	switch route.Via {
	case Tenant:
		route.Carrier = r.providerCarrier(route.Channel)
		route.Problem = r.providerProblem(route.Channel)
	case Legacy:
		route.Problem = legacyProblem
	case Unknown:
		route.Carrier = Carrier{}
		route.Problem = eitherProblem(legacyProblem, r.providerProblem(route.Channel))
	}
	route.Delivers = route.Problem == ""
	return route
}

// Undetermined is the [Route.Problem] of a route whose own configuration could not be read.
const Undetermined = "it is not known where a code sent now would go"

// eitherProblem is what stands in the way of a code that travels by one of two ways, nobody knows by which: it arrives for certain
// only when both deliver.
func eitherProblem(legacy, provider string) string {
	switch {
	case legacy == Undetermined:
		return Undetermined
	case legacy != "" && provider != "":
		return "neither way delivers: " + legacy + ", and " + provider
	case provider != "":
		return "it is lost if it goes through the tenant-level provider: " + provider
	case legacy != "":
		return "it is lost if it goes by its own settings: " + legacy
	}
	return ""
}

// String names a carrier in a sentence, with the values that tell it from others: "Twilio, account AC…, from +1555…".
func (c Carrier) String() string {
	switch c.Kind {
	case CarrierTwilio:
		words := "Twilio"
		if c.Account != "" {
			words += ", account " + c.Account
		}
		if c.Sender != "" {
			words += ", from " + c.Sender
		}
		return words
	case CarrierAction:
		if c.Action == "" {
			return "an Action"
		}
		return "the Action " + c.Action
	case CarrierGateway:
		if c.URL == "" {
			return "an SMS gateway"
		}
		return "the SMS gateway " + c.URL
	case CarrierAuth0:
		return "Auth0's own sender"
	}
	return "nothing"
}

// ChannelName is the word for a channel, by the name of its MFA message type or of its delivery method. A name that Auth0 adds one
// day stands for itself.
func ChannelName(name string) string {
	switch name {
	case sms, "text":
		return "SMS"
	}
	return name
}

// mfaCarrier is who takes the messages of the legacy MFA configuration.
func (r reading) mfaCarrier(selected string) Carrier {
	switch selected {
	case tenant.SelectedTwilio:
		t := r.snapshot.Twilio()
		return twilioCarrier(t.SID, t.From, t.MessagingServiceSID)
	case tenant.SelectedHook:
		if bindings := r.snapshot.Bindings(tenant.TriggerLegacy); len(bindings) > 0 {
			return Carrier{Kind: CarrierAction, Action: bindingName(bindings[0])}
		}
		return Carrier{Kind: CarrierAction}
	case tenant.SelectedAuth0:
		return Carrier{Kind: CarrierAuth0}
	}
	return Carrier{}
}

// connectionCarrier is who takes the messages of an sms connection's own configuration.
func connectionCarrier(options tenant.SMSOptions) Carrier {
	switch {
	case options.Gateway():
		return Carrier{Kind: CarrierGateway, URL: tenant.RedactURL(options.GatewayURL)}
	case options.TwilioSID+options.From+options.MessagingServiceSID == "":
		return Carrier{}
	}
	return twilioCarrier(options.TwilioSID, options.From, options.MessagingServiceSID)
}

// twilioCarrier: a Messaging Service picks the sender itself, so it wins over a From number.
func twilioCarrier(sid, from, service string) Carrier {
	c := Carrier{Kind: CarrierTwilio, Account: sid, Sender: from}
	if service != "" {
		c.Sender = service
	}
	return c
}

// callProblem says what Twilio lacks to call, or "": a Messaging Service, a name and a short code only send text.
func callProblem(sid, sender, without string) string {
	if problem := twilioProblem(sid, sender, without); problem != "" {
		return problem
	}
	number, plus := strings.CutPrefix(sender, "+")
	if strings.Trim(number, "0123456789") != "" || !plus && len(number) <= maxShortCode {
		return fmt.Sprintf("a call needs a phone number, and the sender %q sends text only", sender)
	}
	return ""
}

// maxShortCode is how many digits a short code has at most; it sends text only. What is longer is taken for a number as it stands:
// Auth0 stores one without a plus as well (Terraform recordings).
const maxShortCode = 6

// twilioProblem says what Twilio lacks to send, or "".
func twilioProblem(sid, sender, without string) string {
	switch {
	case sid == "":
		return "no Twilio Account SID is set"
	case sender == "":
		return without
	}
	return ""
}

func bindingName(b tenant.Binding) string {
	if b.Action.Name != "" {
		return b.Action.Name
	}
	return b.DisplayName
}
