package wizard

import (
	"fmt"
	"strings"

	"upe/flows/judge"
	"upe/flows/phone"
	"upe/flows/plan"
	"upe/flows/tenant"
)

const (
	docsTwilio = "https://auth0.com/docs/customize/phone-messages/configure-phone-messaging-providers/configure-twilio-as-a-phone-messaging-provider"
	docsCustom = "https://auth0.com/docs/customize/phone-messages/configure-phone-messaging-providers/configure-a-custom-phone-provider"
)

// provider asks for Twilio or custom.
func (c conversation) provider() []Page {
	p := page("provider", StageProvider, "The tenant-level provider",
		"One provider sends everything you move: a Twilio account, or an Action of yours. A tenant has one at a time.")
	p.Questions = []Question{{
		Key: keyProvider, Kind: One, Title: "Who should send?", Default: c.likelyProvider(), Source: docsTwilio,
		Options: []Option{
			{
				Value: tenant.KindTwilio, Label: "Twilio", Disabled: c.noTwilio(), Source: docsTwilio,
				Consequence: "Auth0 talks to your Twilio account: Account SID, AuthToken and a sender",
			},
			{
				Value: tenant.KindCustom, Label: "Custom (an Action)", Source: docsCustom,
				Consequence: "your own code sends, to any carrier or gateway",
			},
		},
	}}
	return one(p)
}

// carriers are the different legacy carriers of everything that moves.
func (c conversation) carriers() []judge.Carrier {
	var found []judge.Carrier
	add := func(carrier judge.Carrier) {
		for _, other := range found {
			if other == carrier {
				return
			}
		}
		found = append(found, carrier)
	}
	if c.movesMFA() {
		add(c.judged().MFA.Carrier)
	}
	for _, s := range c.moving() {
		add(s.Carrier)
	}
	return found
}

func (c conversation) likelyProvider() Value {
	if c.noTwilio() != "" {
		return tenant.KindCustom
	}
	for _, carrier := range c.carriers() {
		if carrier.Kind != judge.CarrierTwilio {
			return tenant.KindCustom
		}
	}
	return tenant.KindTwilio
}

// noTwilio says why Twilio cannot be chosen, or "". Auth0's pages: different providers for MFA and Passwordless need a custom
// provider.
func (c conversation) noTwilio() string {
	accounts := map[string]bool{}
	for _, carrier := range c.carriers() {
		if carrier.Kind == judge.CarrierTwilio {
			accounts[carrier.Account] = true
		}
	}
	if len(accounts) > 1 {
		return "what you move uses different Twilio accounts; one Action can serve both, one Twilio provider cannot"
	}
	return ""
}

// details asks for what the chosen provider needs.
func (c conversation) details() []Page {
	if c.text(keyProvider) == tenant.KindCustom {
		return c.actionPages()
	}
	return one(c.twilio())
}

func (c conversation) twilio() Page {
	legacy := c.legacyTwilio()
	p := page("twilio", StageDetails, "Twilio",
		"These are the values your tenant uses today; change them only if you mean to. Nothing is sent to Twilio yet.")
	p.Questions = []Question{
		{
			Key: keySID, Kind: Line, Title: "Account SID", Default: legacy.SID, Source: docsTwilio,
			Help: "AC and 32 hexadecimal digits, from the Twilio console.", Check: line(phone.CheckAccountSID),
		},
		c.tokenQuestion(legacy),
		{
			Key: keyFrom, Kind: Line, Title: "From", Default: legacy.From,
			Help: "The number your users see, +15550006789, or a sender ID. Voice needs a number.",
			Check: line(func(s string) error {
				return optional(s, func(s string) error { return phone.CheckSender(s, phone.ForText) })
			}),
		},
		{
			Key: keyMSSID, Kind: Line, Title: "Messaging Service SID (optional)", Default: legacy.MessagingServiceSID,
			Help:  "MG and 32 hexadecimal digits. Leave it empty to send from the number.",
			Check: line(func(s string) error { return optional(s, phone.CheckMessagingServiceSID) }),
		},
	}
	return p
}

func (c conversation) tokenQuestion(legacy tenant.Twilio) Question {
	q := Question{
		Key: keyToken, Kind: Hidden, Title: "AuthToken", Source: docsTwilio,
		Help:  "From the Twilio console. It is kept in memory only, and never shown.",
		Check: secret(phone.CheckAuthToken),
	}
	if p := c.judged().Provider; c.judged().Live.Live && p.Name == tenant.KindTwilio {
		q.Title, q.Help = "AuthToken (only with another Account SID)", "The provider keeps the one it has. It is kept in memory only, and never shown."
		q.Check = secret(func(s string) error { return optional(s, phone.CheckAuthToken) })
		return q
	}
	if plan.Readable(legacy.AuthToken) {
		q.Default = NewSecret(legacy.AuthToken)
		q.Help = "Filled in with the one this tenant uses. It is kept in memory only, and never shown."
	}
	return q
}

// legacyTwilio are the Twilio settings of what moves: MFA's first, then the first connection's.
func (c conversation) legacyTwilio() tenant.Twilio {
	if t := c.snapshot().Twilio(); c.movesMFA() && t.SID != "" {
		return t
	}
	for _, s := range c.moving() {
		connection, _ := c.snapshot().Connection(s.ID)
		if o := connection.SMS(); o.TwilioSID != "" {
			return tenant.Twilio{SID: o.TwilioSID, From: o.From, MessagingServiceSID: o.MessagingServiceSID, AuthToken: o.TwilioToken}
		}
	}
	if p := c.judged().Provider; p != nil {
		return tenant.Twilio{SID: p.Configuration.SID, From: p.Configuration.DefaultFrom, MessagingServiceSID: p.Configuration.MSSID}
	}
	return tenant.Twilio{}
}

// sender is the From as Auth0 needs it: numbers in E.164.
func (c conversation) sender() string {
	sender, err := phone.ParseSender(c.text(keyFrom), phone.ForText)
	if err != nil {
		return c.trimmed(keyFrom)
	}
	return sender.String()
}

// line, secret and list adapt checks of one type to questions.
func line(check func(string) error) func(Value) error {
	return func(v Value) error {
		text, _ := v.(string)
		return check(strings.TrimSpace(text))
	}
}

func secret(check func(string) error) func(Value) error {
	return func(v Value) error {
		s, _ := v.(Secret)
		return check(s.Reveal())
	}
}

func list(check func([]string) error) func(Value) error {
	return func(v Value) error {
		names, _ := v.([]string)
		return check(names)
	}
}

func optional(s string, check func(string) error) error {
	if s == "" {
		return nil
	}
	return check(s)
}

func required(what string) func(string) error {
	return func(s string) error {
		if s == "" {
			return fmt.Errorf("%s is needed", what)
		}
		return nil
	}
}
