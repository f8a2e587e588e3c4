package wizard

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/phone"
	"upe/flows/tenant"
)

// methods asks for delivery methods and factors, and shows while they are chosen which factor is covered.
func (c conversation) methods() []Page {
	p := page("methods", StageMethods, "Delivery methods and factors",
		"Every MFA factor needs its delivery method, and Passwordless needs SMS. If they do not fit, the next page offers ways out.")
	p.Questions = append(p.Questions, Question{
		Key: keyMethods, Kind: Many, Title: "Delivery methods of the provider", Default: c.likelyMethods(), Source: compat.MFADocument().URL(),
		Options: []Option{
			{Value: "text", Label: "SMS", Consequence: "text messages"},
			{Value: "voice", Label: "Voice", Consequence: "calls that speak the code"},
		},
		Check: list(c.checkMethods),
	})
	if c.movesMFA() {
		p.Questions = append(p.Questions, Question{
			Key: keyTypes, Kind: Many, Title: "MFA factors", Default: c.likelyTypes(), Help: c.typesToday(),
			Options: []Option{
				{Value: "sms", Label: "SMS", Consequence: "users receive a text message"},
				{Value: "voice", Label: "Voice", Consequence: "users receive a call"},
			},
			Check: list(func(names []string) error {
				if len(names) == 0 {
					return errors.New("choose at least one: without a factor no one can use MFA by phone")
				}
				return nil
			}),
		})
	}
	p.Live = func(draft Answers) []Block {
		d := c
		d.answers = draft
		return []Block{d.matrix()}
	}
	return one(p)
}

// likelyMethods are what the tenant's provider offers now, or what is used now.
func (c conversation) likelyMethods() Value {
	if p := c.judged().Provider; p != nil {
		return p.Configuration.DeliveryMethods
	}
	used := compat.Methods{}
	if c.movesMFA() {
		factors, _ := compat.ParseFactors(c.likelyTypes())
		used = compat.Needed(factors)
	}
	if c.usesPasswordless() {
		used = used.With(compat.MethodText)
	}
	return names(used.List())
}

// likelyTypes are the MFA factors of today; SMS where MFA by phone has none yet.
func (c conversation) likelyTypes() []string {
	if types := c.judged().MFA.MessageTypes; len(types) > 0 {
		return types
	}
	return []string{"sms"}
}

func (c conversation) typesToday() string {
	if !c.judged().MFA.InUse {
		return "Today MFA by phone is off."
	}
	return "Today: " + channels(c.judged().MFA.MessageTypes) + "."
}

func (c conversation) checkMethods(chosen []string) error {
	switch {
	case len(chosen) == 0:
		return errors.New("choose at least one: the provider would send nothing")
	case contains(chosen, "voice") && c.canCall() != nil:
		return c.canCall()
	case c.strands(chosen) != nil:
		return c.strands(chosen)
	}
	return c.losesBy(chosen)
}

// canCall refuses voice where Twilio has no number to call from. Auth0 takes any sender, and the calls fail.
func (c conversation) canCall() error {
	from := c.trimmed(keyFrom)
	switch {
	case c.text(keyProvider) != tenant.KindTwilio:
	case from == "":
		return fmt.Errorf("voice needs a From number, also beside a Messaging Service (%s)", keyFrom)
	case phone.CheckSender(from, phone.ForVoice) != nil:
		return fmt.Errorf("voice needs a phone number as From (%s); %q sends text messages only", keyFrom, from)
	}
	return nil
}

// situation is what the rule and the documented tables look at.
func (c conversation) situation() compat.Situation {
	s := compat.Situation{Passwordless: c.usesPasswordless()}
	s.Factors, _ = compat.ParseFactors(c.judged().MFA.MessageTypes)
	s.WantMethods, _ = compat.ParseMethods(c.list(keyMethods))
	if p := c.judged().Provider; p != nil {
		s.Methods, _ = compat.ParseMethods(p.Configuration.DeliveryMethods)
	}
	if c.movesMFA() {
		s.WantFactors, _ = compat.ParseFactors(c.list(keyTypes))
	}
	return s
}

// matrix crosses what is needed with what is offered.
func (c conversation) matrix() Matrix {
	s := c.situation()
	m := Matrix{Title: "Covered", Methods: []string{"SMS", "Voice"}, Tone: Good, Verdict: "Everything you move is covered."}
	row := func(label string, needed compat.Methods) {
		r := MatrixRow{Label: label}
		for _, method := range []compat.Method{compat.MethodText, compat.MethodVoice} {
			r.Cells = append(r.Cells, Cell{Needed: needed.Has(method), Offered: s.WantMethods.Has(method)})
		}
		m.Rows = append(m.Rows, r)
	}
	if c.movesMFA() {
		row("MFA", compat.Needed(s.WantFactors))
	}
	for _, s := range c.staysOnProvider() {
		row(s.name+", which uses it now", s.needed)
	}
	if s.Passwordless {
		row("Passwordless", compat.MethodsOf(compat.MethodText))
	}
	if !s.Holds() {
		m.Tone, m.Verdict = Bad, c.conflict(s)
	}
	if err := c.strands(c.list(keyMethods)); err != nil {
		m.Tone, m.Verdict = Bad, sentence(err.Error())
	}
	m.Row = documentedRow(s)
	return m
}

// stay is a flow whose codes go through the provider already and that is not asked about, with the delivery method it needs.
type stay struct {
	name   string
	needed compat.Methods
}

// staysOnProvider are those whose codes go through the provider already, by whose they are.
func (c conversation) staysOnProvider() []stay {
	var stays []stay
	for _, r := range c.judged().Routes {
		if r.Via != judge.Tenant {
			continue
		}
		name, method := usesNow(r), compat.Factor(r.Channel).Method()
		if i := slices.IndexFunc(stays, func(s stay) bool { return s.name == name }); i >= 0 {
			stays[i].needed = stays[i].needed.With(method)
			continue
		}
		stays = append(stays, stay{name, compat.MethodsOf(method)})
	}
	return stays
}

// usesNow names whose codes a route through the provider carries.
func usesNow(r judge.Route) string {
	switch r.Flow {
	case judge.MFA:
		return "MFA"
	case judge.Passwordless:
		return fmt.Sprintf("Passwordless %q", r.Name)
	case judge.PhoneIdentifier:
	}
	return fmt.Sprintf("Phone as ID %q", r.Name)
}

// strands says which codes that go through the provider already these delivery methods would not send, or nil. A route that delivers
// nothing now loses nothing.
func (c conversation) strands(methods []string) error {
	offered, _ := compat.ParseMethods(methods)
	var lost []string
	for _, r := range c.judged().Routes {
		if r.Via == judge.Tenant && r.Delivers && !offered.Has(compat.Factor(r.Channel).Method()) {
			lost = append(lost, flowName(r))
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return fmt.Errorf("%s goes through this provider already: without it its users could not log in", strings.Join(lost, ", "))
}

func (c conversation) conflict(s compat.Situation) string {
	if lost := compat.Uncovered(s.WantFactors, s.WantMethods); !lost.Empty() {
		return fmt.Sprintf("MFA by %s is not covered: users with that factor could not log in.", lost)
	}
	return "Passwordless needs SMS among the delivery methods: its users could not log in."
}

// documentedRow is what Auth0's tables say about a situation, with what is wrong in them.
func documentedRow(s compat.Situation) string {
	var said []string
	for _, row := range compat.Lookup(s) {
		text := fmt.Sprintf("Auth0's table, row %s: %s", row.ID, row.Action)
		if row.Erratum != "" {
			text += ". Auth0's page is wrong here: " + row.Erratum
		}
		said = append(said, text)
	}
	return strings.Join(said, "\n")
}

// conflicts offers the ways out, least change first.
func (c conversation) conflicts() []Page {
	s := c.situation()
	ways := s.Resolutions()
	if len(ways) == 0 {
		return nil
	}
	p := page("conflicts", StageConflicts, "A factor without a delivery method", "Nothing is chosen for you. The way out that changes least is the first.")
	p.Blocks = []Block{c.matrix()}
	q := Question{Key: keyResolution, Kind: One, Title: "How should this be resolved?", Source: compat.MFADocument().URL(), Digits: true}
	for _, way := range ways {
		option := Option{
			Value: string(way.Kind), Label: way.Sentence,
			Consequence: fmt.Sprintf("delivery methods: %s", way.Methods),
		}
		if c.movesMFA() {
			option.Consequence += fmt.Sprintf("; MFA factors: %s", way.Factors)
		}
		if lost := c.drops(way); lost != "" {
			option.Consequence += "; " + lost
		}
		if err := c.canCall(); way.Methods.Has(compat.MethodVoice) && err != nil {
			option.Disabled = err.Error()
		}
		q.Options = append(q.Options, option)
	}
	q.Check = func(v Value) error {
		d := c
		d.answers = c.answers.clone()
		d.answers[keyResolution] = v
		methods, _ := d.resolved()
		return c.losesBy(methods)
	}
	p.Questions = []Question{q}
	return one(p)
}

// drops says whom a way out hits that gives up a factor of today.
func (c conversation) drops(way compat.Resolution) string {
	today, _ := compat.ParseFactors(c.judged().MFA.MessageTypes)
	if gone := today.Minus(way.Factors); c.movesMFA() && c.judged().MFA.InUse && !gone.Empty() {
		return fmt.Sprintf("%s ends last of all, and users who get their codes by nothing else could not log in then", gone)
	}
	return ""
}

// resolved are the delivery methods and factors after the way out that was chosen.
func (c conversation) resolved() (methods, types []string) {
	for _, way := range c.situation().Resolutions() {
		if string(way.Kind) == c.text(keyResolution) {
			return names(way.Methods.List()), names(way.Factors.List())
		}
	}
	return c.list(keyMethods), c.list(keyTypes)
}

func names[T ~string](list []T) []string {
	words := make([]string, len(list))
	for i, item := range list {
		words[i] = string(item)
	}
	return words
}
