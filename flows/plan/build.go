package plan

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/tenant"
)

// Invalid says why no plan can be made from these choices: one sentence a problem.
type Invalid struct{ Problems []string }

func (e *Invalid) Error() string {
	return "the choices do not make a plan: " + strings.Join(e.Problems, "; ")
}

// ErrNothing is returned by [Build] when every choice is true of the tenant already.
var ErrNothing = errors.New("nothing to do: the tenant is already as you want it")

// Build makes the plan. It is pure and deterministic. It returns an [*Invalid] for choices that contradict each other, the tenant
// or the subset rule, and [ErrNothing] when there is nothing to write.
func Build(before tenant.Snapshot, judged judge.Judgement, choices Choices) (Plan, error) {
	return BuildOn(before, before.Redacted(), judged, choices)
}

// BuildOn is [Build] for who plans again and again on one snapshot, and has kept its redacted form: to redact a large one takes ten times
// as long as everything else here.
func BuildOn(before, redacted tenant.Snapshot, judged judge.Judgement, choices Choices) (Plan, error) {
	b := &builder{before: redacted, raw: before, judged: judged, choices: choices}
	if problems := b.problems(); len(problems) > 0 {
		return Plan{}, &Invalid{problems}
	}
	b.moves()
	b.prepare()
	b.tests()
	b.switches()
	b.after()
	b.covered()
	b.gaps()
	if len(b.steps) == 0 {
		return Plan{}, ErrNothing
	}
	p := Plan{
		Schema: Schema, Tenant: before.Tenant, Environment: choices.Environment,
		Summary: b.summary, Steps: b.steps, Baseline: b.baseline(),
		Relies: b.facts(), Secrets: b.asked,
	}
	p.Secrets = append(p.Secrets, b.undoSecrets(p)...)
	return p.Sealed(), nil
}

// builder collects the steps of one plan.
type builder struct {
	before  tenant.Snapshot // redacted: what may stand in a plan
	raw     tenant.Snapshot // to see whether a secret is there, never to copy it
	judged  judge.Judgement
	choices Choices
	summary Summary
	steps   []Step
	asked   []Secret
}

func (b *builder) add(s Step) { b.steps = append(b.steps, s) }

// has reports whether a step with this id was added: what a later step may need.
func (b *builder) has(id string) bool {
	return slices.ContainsFunc(b.steps, func(s Step) bool { return s.ID == id })
}

// needs keeps the ids that are steps of this plan.
func (b *builder) needs(ids ...string) []string {
	var present []string
	for _, id := range ids {
		if b.has(id) {
			present = append(present, id)
		}
	}
	return present
}

// baseline are the routes that deliver now. The address of a gateway may carry a key.
func (b *builder) baseline() []judge.Route {
	routes := append([]judge.Route{}, b.judged.Baseline()...)
	for i := range routes {
		routes[i].Carrier.URL = tenant.RedactURL(routes[i].Carrier.URL)
	}
	return routes
}

// ask puts a secret on the list of those that the plan needs, once with every use it has, and returns the reference to it.
func (b *builder) ask(name, why string) map[string]any {
	i := slices.IndexFunc(b.asked, func(s Secret) bool { return s.Name == name })
	switch {
	case i < 0:
		b.asked = append(b.asked, Secret{Name: name, Why: why})
	case !strings.Contains(b.asked[i].Why, why):
		b.asked[i].Why += "; " + why
	}
	return secretReference(name)
}

// moving lists the sms connections that move, in the tenant's order.
func (b *builder) moving() []judge.SMSState {
	var moving []judge.SMSState
	for _, c := range b.judged.SMS {
		if b.choices.Connections[c.ID].Move && c.Via != judge.Tenant {
			moving = append(moving, c)
		}
	}
	return moving
}

// movesMFA reports whether MFA is moved. Where it is off, what is moved is where it will send once it is turned on.
func (b *builder) movesMFA() bool {
	return (b.choices.MFA || b.setsUpMFA()) && b.judged.MFA.Via != judge.Tenant
}

// setsUpMFA reports whether MFA by phone, which is off, is turned on.
func (b *builder) setsUpMFA() bool { return b.choices.SetUpMFA && !b.judged.MFA.InUse }

// moves writes down what is switched and what stays.
func (b *builder) moves() {
	_, factors := b.wanted()
	b.summary = Summary{Provider: b.choices.Provider, DeliveryMethods: names(b.lasting()), Moves: []Move{}, Decided: b.choices.Decided}
	switch {
	case b.movesMFA() || b.setsUpMFA():
		if b.judged.MFA.Enabled || b.setsUpMFA() {
			b.summary.MessageTypes = names(factors)
		}
		b.summary.Moves = append(b.summary.Moves, Move{ID: MoveMFA, Name: MoveMFA, Title: "MFA", Channels: b.channelsOfMFA()})
	case b.judged.MFA.InUse && b.judged.MFA.Via != judge.Tenant:
		b.summary.Stays = append(b.summary.Stays, Stay{ID: MoveMFA, Title: "MFA", Why: whyStays})
	}
	text := []string{string(compat.MethodText)}
	for _, c := range b.judged.SMS {
		title := fmt.Sprintf("Passwordless connection %q", c.Name)
		choice := b.choices.Connections[c.ID]
		switch {
		case c.Via == judge.Tenant:
		case choice.Move:
			b.summary.Moves = append(b.summary.Moves, Move{ID: c.ID, Name: c.Name, Title: title, Channels: text})
		default:
			b.summary.Stays = append(b.summary.Stays, Stay{ID: c.ID, Title: title, Why: cmp.Or(choice.Why, whyStays)})
		}
	}
	if n := b.choices.NewConnection; n != nil {
		title := fmt.Sprintf("New Passwordless connection %q", n.Name)
		b.summary.Moves = append(b.summary.Moves, Move{ID: MoveNewConnection, Name: n.Name, Title: title, Channels: text})
	}
}

// channelsOfMFA are the delivery methods that MFA needs while it moves: of what it uses now, and of what is wanted.
func (b *builder) channelsOfMFA() []string {
	current, _ := compat.ParseFactors(b.judged.MFA.MessageTypes)
	_, factors := b.wanted()
	if b.setsUpMFA() {
		current = compat.Factors{}
	}
	return names(compat.Needed(current.Union(factors)))
}

// whyStays is the reason of who gave none.
const whyStays = "left out of the scope"

// names are the members of a set as the API spells them.
func names[E compat.Factor | compat.Method](set compat.Set[E]) []string {
	words := make([]string, 0, set.Len())
	for _, member := range set.List() {
		words = append(words, string(member))
	}
	return words
}
