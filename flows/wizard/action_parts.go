package wizard

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/generate"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/proof"
	"upe/flows/tenant"
)

// part is one flow that goes through the provider, with what sends it today, as an Action can do it.
type part struct {
	sending

	flow     generate.Flow
	id, name string            // of its connection; empty for MFA
	sender   generate.Part     // nil: an Action cannot do it, or not before the old one is translated
	methods  []string          // by which users get its codes today
	types    []string          // what kinds of codes it has
	remarks  []generate.Remark // about what sends today
	secrets  map[string]string // names that sender reads, with today's values where Auth0 shows them
	problem  string            // why an Action cannot do what is done today; empty: it can
}

// parts are what an Action is put together from: MFA, then each connection that moves, then what goes through the provider already.
func (c conversation) parts() []part {
	var all []part
	if c.movesMFA() && !c.turnsMFAOn() {
		all = append(all, c.partOfMFA())
	}
	for _, s := range c.moving() {
		all = append(all, c.partOfConnection(s))
	}
	for _, r := range c.judged().Routes {
		if r.Via != judge.Tenant || !r.Delivers {
			continue
		}
		p := c.partOfProvider(r)
		if i := slices.IndexFunc(all, p.sameFlow); i >= 0 { // another channel of the same flow
			all[i].methods = append(all[i].methods, p.methods...)
			continue
		}
		all = append(all, p)
	}
	return all
}

func (p part) sameFlow(other part) bool {
	return p.flow == other.flow && p.id == other.id && p.name == other.name
}

// partsOf are those that one kind of carrier sends today.
func (c conversation) partsOf(kind string) []part {
	var all []part
	for _, p := range c.parts() {
		if p.carrier.Kind == kind {
			all = append(all, p)
		}
	}
	return all
}

func (c conversation) partOfMFA() part {
	p := part{
		sending: sending{"MFA", c.judged().MFA.Carrier}, flow: generate.MFA,
		methods: c.methodsOfMFA(), types: []string{"otp_verify", "otp_enroll"},
	}
	switch p.carrier.Kind {
	case judge.CarrierTwilio:
		p.byTwilio(generate.TwilioOfMFA(c.snapshot().Twilio()), c.snapshot().Twilio().AuthToken, c)
	case judge.CarrierAction:
		p.byAction(c)
	default:
		p.problem = p.carrier.String() + " has no successor"
	}
	return p
}

func (c conversation) partOfConnection(s judge.SMSState) part {
	p := part{
		sending: sending{fmt.Sprintf("Passwordless %q", s.Name), s.Carrier}, flow: generate.Passwordless, id: s.ID, name: s.Name,
		methods: []string{"text"}, types: []string{"otp_verify"},
	}
	connection, _ := c.snapshot().Connection(s.ID)
	switch o := connection.SMS(); p.carrier.Kind {
	case judge.CarrierTwilio:
		p.byTwilio(generate.TwilioOf(connection), o.TwilioToken, c)
	case judge.CarrierGateway:
		p.byGateway(connection, c.gatewaySuffix(s))
	default:
		p.problem = "its settings do not say who sends"
	}
	return p
}

func (p *part) byTwilio(t generate.Twilio, token string, c conversation) {
	t.Secret = c.twilioSecret(t.SID)
	p.sender = t
	p.secrets = map[string]string{t.Secret: readable(token)}
}

func (p *part) byAction(c conversation) {
	old := c.oldAction()
	if old == nil {
		p.problem = "nobody has said which Action delivers"
		return
	}
	p.problem = c.noTranslation()
}

func (p *part) byGateway(connection tenant.Connection, suffix string) {
	g, remarks := generate.GatewayOf(connection)
	p.secrets = map[string]string{}
	if g.Auth != nil {
		auth := *g.Auth
		auth.Secret = "GATEWAY_SECRET" + suffix
		g.Auth = &auth
		p.secrets[auth.Secret] = readable(connection.SMS().GatewayAuth.Secret)
	}
	if suffix == "" {
		p.secrets["GATEWAY_URL"] = g.URL // it is a secret where there is one in it
	}
	p.sender, p.remarks = g, remarks
	for _, r := range remarks {
		if r.Severity == generate.Stop {
			p.problem = r.Text
		}
	}
}

// partOfProvider is one channel of a flow that goes through the tenant-level provider already.
func (c conversation) partOfProvider(r judge.Route) part {
	p := part{sending: sending{flowName(r), c.asOne(r.Carrier)}, flow: generate.Flow(r.Flow), id: r.Connection, name: r.Name, types: []string{"otp_verify"}}
	p.methods = []string{"text"}
	if r.Channel == "voice" {
		p.methods = []string{"voice"}
	}
	if r.Flow == judge.MFA {
		p.types = append(p.types, "otp_enroll")
	}
	provider := c.judged().Provider
	if provider.Name != tenant.KindTwilio {
		p.problem = "the Action of the provider sends it already: add to that what it lacks, and bring it as a file"
		return p
	}
	o := provider.Configuration
	p.byTwilio(generate.Twilio{SID: o.SID, From: o.DefaultFrom, MessagingServiceSID: o.MSSID}, "", c)
	return p
}

// today is what sends the messages of a part as it is; nil where that cannot be run.
func (c conversation) today(p part) proof.Old {
	switch sender := p.sender.(type) {
	case generate.Twilio:
		return proof.Twilio(sender)
	case generate.Gateway:
		return proof.Gateway(sender)
	}
	if old := c.oldAction(); old != nil && p.carrier.Kind == judge.CarrierAction {
		return proof.Legacy(c.sourceOf(*old))
	}
	return nil
}

// readable is a secret that Auth0 shows, or "".
func readable(secret string) string {
	if !plan.Readable(secret) {
		return ""
	}
	return secret
}

// twilioSecret is what the AuthToken of an account is called among the Action's secrets. Where there are several accounts, the first
// flow of each gives it a name.
func (c conversation) twilioSecret(account string) string {
	const name = "TWILIO_AUTH_TOKEN"
	if len(accounts(c.carriers())) < 2 {
		return name
	}
	if mfa := c.judged().MFA.Carrier; c.movesMFA() && mfa.Account == account {
		return name + "_MFA"
	}
	for _, s := range c.moving() {
		if s.Carrier.Account == account {
			return name + "_" + constant(s.Name)
		}
	}
	return name // of the provider
}

// gatewaySuffix tells the secrets of several gateways apart.
func (c conversation) gatewaySuffix(s judge.SMSState) string {
	gateways := 0
	for _, other := range c.moving() {
		if other.Carrier.Kind == judge.CarrierGateway {
			gateways++
		}
	}
	if gateways < 2 {
		return ""
	}
	return "_" + constant(s.Name)
}

// constant is a name as constants are written: "sms-eu" is SMS_EU.
func constant(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, name)
}

// secretToday is the value of a secret that Auth0 still shows with the settings of what sends today, or "".
func (c conversation) secretToday(name string) string {
	if !c.makes() {
		return ""
	}
	if own, ok := c.known.Own[name]; ok {
		return own.Reveal()
	}
	for _, p := range c.parts() {
		if value := p.secrets[name]; value != "" {
			return value
		}
	}
	return ""
}
