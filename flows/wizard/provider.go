package wizard

import (
	"errors"
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

// provider asks for Twilio or custom. Where today's settings do not say which, nothing is chosen beforehand.
func (c conversation) provider() []Page {
	p := page("provider", StageProvider, "The tenant-level provider",
		"One provider sends for everything you chose: a Twilio account, or an Action of yours. A tenant has one at a time.")
	unclear := c.unclearProvider()
	if facts := c.whoSends(); unclear != "" && len(facts.Rows) > 0 {
		p.Blocks = append(p.Blocks, facts)
	}
	if live := c.liveText(); live != "" {
		p.Blocks = append(p.Blocks, Text{Title: "The provider is in use", Body: inLine(live), Tone: Careful})
	}
	p.Questions = []Question{{
		Key: keyProvider, Kind: One, Title: "Who should send?", Help: unclear, Default: c.likelyProvider(), Source: docsTwilio,
		Options: []Option{
			{
				Value: tenant.KindTwilio, Label: "Twilio", Disabled: c.noTwilio(), Source: docsTwilio,
				Consequence: "Auth0 talks to your Twilio account: Account SID, AuthToken and a sender",
			},
			{
				Value: tenant.KindCustom, Label: "Custom (an Action)", Disabled: c.noCustom(), Source: docsCustom,
				Consequence: "your own code sends, to any carrier or gateway",
			},
		},
	}}
	return one(p)
}

// liveText says who notices a change of the provider at once, or "".
func (c conversation) liveText() string {
	flows := c.liveFlows()
	if len(flows) == 0 {
		return ""
	}
	return "These go through it already, and feel each change of it at once: " + strings.Join(flows, "; ") + "."
}

// liveFlows are those whose codes go through the tenant-level provider already: each write to it reaches their users.
func (c conversation) liveFlows() []string {
	var flows []string
	for _, r := range c.judged().Routes {
		if name := flowName(r); r.Via == judge.Tenant && !contains(flows, name) {
			flows = append(flows, name)
		}
	}
	if !c.judged().Live.Live {
		return nil
	}
	return flows
}

func (c conversation) likelyProvider() Value {
	switch {
	case c.unclearProvider() != "":
		return nil
	case otherThanTwilio(c.carriers()):
		return tenant.KindCustom
	}
	return tenant.KindTwilio
}

// noProvider refuses to go without a provider, and says whom that would hit.
func noProvider(j judge.Judgement) error {
	var flows []string
	for _, r := range j.Routes {
		if r.Via != judge.Legacy {
			flows = append(flows, flowName(r))
		}
	}
	switch {
	case len(flows) > 0:
		return fmt.Errorf("%s: the provider cannot be disabled while messages may go through it: users of %s would get no codes. Move these to another way first",
			keyProvider, strings.Join(flows, ", "))
	case j.Provider != nil && !j.Provider.Disabled:
		return fmt.Errorf("%s: nothing goes through the tenant-level provider, so there is nothing to do: leave the scope as it is, and disable it in "+
			"Branding > Phone Provider if you want. What moves needs a provider: twilio or custom", keyProvider)
	}
	return fmt.Errorf("%s: no tenant-level provider is enabled, so there is nothing to disable. What moves needs one: twilio or custom", keyProvider)
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
		"Your tenant's values of today are filled in first, and what differs from them is shown. Nothing is sent to Twilio yet.")
	from := Question{
		Key: keyFrom, Kind: Line, Title: "From", Default: legacy.From,
		Help: "The number your users see, +15550006789, or a sender ID. Voice needs a number.",
		Check: line(func(s string) error {
			return optional(s, func(s string) error { return phone.CheckSender(s, phone.ForText) })
		}),
	}
	service := Question{
		Key: keyMSSID, Kind: Line, Title: "Messaging Service SID (optional)", Default: legacy.MessagingServiceSID,
		Help:  "MG and 32 hexadecimal digits. Leave it empty to send from the number.",
		Check: line(func(s string) error { return optional(s, phone.CheckMessagingServiceSID) }),
	}
	switch {
	case c.sendersDiffer():
		p.Lead = "What you chose has different senders today, and Twilio as the provider gives all of it one. Say which: its users see it from the switch on."
		from.Own, from.Unless = true, keyMSSID
		from.Help = c.whoSendsFrom() + " Give the one for all here, or a Messaging Service below. Voice needs a number."
	case legacy.SID == "":
		p.Lead = "From the Twilio console. Nothing is sent to Twilio yet."
		from.Own, from.Unless = true, keyMSSID
	}
	if bound := c.boundActions(); len(bound) > 0 {
		var names []string
		for _, a := range bound {
			names = append(names, a.Name)
		}
		p.Blocks = append(p.Blocks, Text{
			Tone: Careful, Body: "Twilio takes the place of what runs for MFA messages today: " + strings.Join(quoteAll(names), ", ") + ". Whatever else that does for a message ends with it.",
		})
	}
	if from.Default != "" && !c.sendersDiffer() {
		from.Help = fmt.Sprintf("Today %s. A number such as +15550006789, or a sender ID; voice needs a number.", legacy.From)
	}
	p.Live = func(given Answers) []Block { return c.otherThanToday(legacy, given) }
	p.Together = oneSender
	p.Questions = []Question{
		{
			Key: keySID, Kind: Line, Title: "Account SID", Default: legacy.SID, Source: docsTwilio,
			Help: "AC and 32 hexadecimal digits, from the Twilio console.", Check: line(phone.CheckAccountSID),
		},
		c.tokenQuestion(legacy), from, service,
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
		q.Help = "The one this tenant uses is filled in at first. It is kept in memory only, and never shown."
	}
	return q
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
		return briefly(check(strings.TrimSpace(text)))
	}
}

// briefly is what is wrong with a value, and how it has to be: what to do about it is the help of its question.
func briefly(err error) error {
	var wrong *phone.Error
	if errors.As(err, &wrong) {
		return &brief{wrong}
	}
	return err
}

type brief struct{ wrong *phone.Error }

func (b *brief) Error() string { return b.wrong.What + ": " + b.wrong.Why }

// Unwrap is the error in full.
func (b *brief) Unwrap() error { return b.wrong }

func secret(check func(string) error) func(Value) error {
	return func(v Value) error {
		s, _ := v.(Secret)
		return briefly(check(s.Reveal()))
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
