package wizard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// sending is one flow that is to go through the provider, and who takes its messages today.
type sending struct {
	flow    string
	carrier judge.Carrier
}

// sendings are what moves, and what goes through the provider already: one provider has to serve them all.
func (c conversation) sendings() []sending {
	var all []sending
	mfa := c.judged().MFA.Carrier
	unused := c.turnsMFAOn() && (mfa.Kind == judge.CarrierNone || mfa.Kind == judge.CarrierAuth0) // Auth0's preset
	if c.movesMFA() && !unused {
		all = append(all, sending{"MFA", mfa})
	}
	for _, s := range c.moving() {
		all = append(all, sending{fmt.Sprintf("Passwordless %q", s.Name), s.Carrier})
	}
	for _, r := range c.judged().Routes {
		if r.Via == judge.Tenant && r.Delivers {
			all = append(all, sending{flowName(r), c.asOne(r.Carrier)})
		}
	}
	return all
}

// asOne is the carrier of a route through the provider, which is the same one for calls: only its sender differs there.
func (c conversation) asOne(carrier judge.Carrier) judge.Carrier {
	if p := c.judged().Provider; p != nil && carrier.Kind == judge.CarrierTwilio {
		carrier.Sender = cmp.Or(p.Configuration.MSSID, p.Configuration.DefaultFrom)
	}
	return carrier
}

// carriers are the different carriers of [conversation.sendings]. Auth0's own sender does not count: it cannot be kept.
func (c conversation) carriers() []judge.Carrier {
	var found []judge.Carrier
	for _, s := range c.sendings() {
		if s.carrier.Kind != judge.CarrierNone && s.carrier.Kind != judge.CarrierAuth0 && !slices.Contains(found, s.carrier) {
			found = append(found, s.carrier)
		}
	}
	return found
}

// whoSends shows who sends what today.
func (c conversation) whoSends() Facts {
	facts := Facts{Title: "Who sends today"}
	for _, s := range c.sendings() {
		facts.Rows = append(facts.Rows, Fact{Label: s.flow, Value: s.carrier.String()})
	}
	return facts
}

// whoSendsFrom is who sends from which sender today, in a sentence.
func (c conversation) whoSendsFrom() string {
	var words []string
	for _, s := range c.sendings() {
		if s.carrier.Sender != "" {
			words = append(words, s.flow+" from "+s.carrier.Sender)
		}
	}
	return "Today " + strings.Join(words, ", ") + "."
}

// sendersDiffer reports whether users of what is chosen see different senders today, so that no default could decide on one.
func (c conversation) sendersDiffer() bool {
	senders := map[string]bool{}
	for _, carrier := range c.carriers() {
		if carrier.Kind == judge.CarrierTwilio {
			senders[carrier.Account+" "+carrier.Sender] = true
		}
	}
	return len(senders) > 1
}

// unclearProvider says why nobody but a person can say who is to send, or "".
func (c conversation) unclearProvider() string {
	carriers := c.carriers()
	_, otherKind := c.judged().Finding("provider-other-kind")
	switch {
	case c.movesMFA() && !c.turnsMFAOn() && c.judged().MFA.Carrier.Kind == judge.CarrierAuth0:
		return "MFA codes are sent by Auth0's own sender today, which has no successor: choose a carrier."
	case len(carriers) > 1 && !otherThanTwilio(carriers) && len(accounts(carriers)) == 1:
		return "What you chose has different senders today. Twilio as the provider gives all of it one sender; an Action can keep each sender."
	case len(carriers) > 1:
		return "What you chose goes through different carriers today, and a tenant has one provider. An Action can send each message where it belongs."
	case len(carriers) == 0:
		return "Nothing sends yet, so nothing tells who should: choose a carrier."
	case otherKind:
		return "The provider that the tenant has is of another kind than what sends today. Whichever you choose takes the place of the other."
	}
	return ""
}

// noTwilio says why Twilio cannot be chosen, or "". Auth0's pages: different providers for MFA and Passwordless need a custom
// provider.
func (c conversation) noTwilio() string {
	carriers := c.carriers()
	switch {
	case len(accounts(carriers)) > 1:
		return "what you chose uses different Twilio accounts; one Action can serve both, one Twilio provider cannot"
	case len(carriers) > 1 && otherThanTwilio(carriers):
		return "what you chose has different carriers, for which Auth0's documentation names one way, a custom provider; or leave out what Twilio does not send"
	}
	return ""
}

// noCustom says why an Action cannot be chosen, or "".
func (c conversation) noCustom() string {
	if _, full := c.judged().Finding("actions-at-limit"); full && len(c.phoneActions()) == 0 {
		return "it needs one Action more, and the tenant has as many as Auth0 allows (actions-at-limit); delete one that nobody uses, then start again"
	}
	return ""
}

// accounts are the Twilio accounts among carriers.
func accounts(carriers []judge.Carrier) map[string]bool {
	found := map[string]bool{}
	for _, carrier := range carriers {
		if carrier.Kind == judge.CarrierTwilio {
			found[carrier.Account] = true
		}
	}
	return found
}

func otherThanTwilio(carriers []judge.Carrier) bool {
	return slices.ContainsFunc(carriers, func(c judge.Carrier) bool { return c.Kind != judge.CarrierTwilio })
}

// legacyTwilio are the Twilio settings of what moves: MFA's first, then the first connection's, then the provider's. Where senders
// differ, the sender is left for a person to say.
func (c conversation) legacyTwilio() tenant.Twilio {
	t := c.firstTwilio()
	if c.sendersDiffer() {
		t.From, t.MessagingServiceSID = "", ""
	}
	return t
}

func (c conversation) firstTwilio() tenant.Twilio {
	if t := c.snapshot().Twilio(); c.movesMFA() && t.SID != "" && c.judged().MFA.Carrier.Kind == judge.CarrierTwilio {
		return t
	}
	for _, s := range c.moving() {
		connection, _ := c.snapshot().Connection(s.ID)
		if o := connection.SMS(); o.TwilioSID != "" && s.Carrier.Kind == judge.CarrierTwilio {
			return tenant.Twilio{SID: o.TwilioSID, From: o.From, MessagingServiceSID: o.MessagingServiceSID, AuthToken: o.TwilioToken}
		}
	}
	if p := c.judged().Provider; p != nil && p.Name == tenant.KindTwilio {
		return tenant.Twilio{SID: p.Configuration.SID, From: p.Configuration.DefaultFrom, MessagingServiceSID: p.Configuration.MSSID}
	}
	return tenant.Twilio{}
}
