package judge

import (
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
		route.Problem = "it is not known where a code sent now would go"
	}
	route.Delivers = route.Problem == ""
	return route
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
