package plan

import (
	"fmt"
	"slices"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/tenant"
)

// whyFlagFirst is said of the flag where it comes before the provider.
const whyFlagFirst = "This tenant refuses to create its provider while the flag is off, so the flag is turned on first, as you accepted. " +
	"From now until the provider is there, codes of flows that follow the flag are lost."

// flagFirst reports whether the flag is turned on before the provider is created.
func (b *builder) flagFirst() bool {
	return b.choices.FlagFirst && b.judged.Provider == nil && !b.flagOn()
}

// gaps states when codes may be lost although everything goes as planned.
func (b *builder) gaps() {
	if b.flagFirst() {
		b.gapBeforeProvider()
	}
	for _, id := range b.unprovenWrites() {
		b.gapUntilProven(id)
	}
}

// gapBeforeProvider lasts from the flag to the provider: what follows the flag has nowhere to go.
func (b *builder) gapBeforeProvider() {
	var flows []string
	for _, route := range b.judged.Baseline() {
		if route.Via != judge.Tenant {
			flows = append(flows, routeName(route))
		}
	}
	if len(flows) == 0 {
		return // nobody sends anything yet
	}
	b.summary.Gaps = append(b.summary.Gaps, Gap{
		What: "The flag sends flows through the tenant-level provider, and there is none yet. MFA follows the flag; whether a Passwordless " +
			"connection does before it is switched is not documented. The codes of a flow that follows it are lost; users ask for another one.",
		From: stepFlag, To: stepProvider, Flows: unique(flows),
		Length: "a few seconds, between the answers to two requests that are sent one right after the other; should Auth0 refuse the second " +
			"one, until the flag is off again or the provider is there",
	})
}

// gapUntilProven lasts from a write that changes how a live provider sends to the test message that arrives: a test before it would
// have travelled the old way.
func (b *builder) gapUntilProven(from string) {
	var flows []string
	for _, route := range b.throughProvider() {
		flows = append(flows, routeName(route))
	}
	to := from
	for _, s := range b.steps {
		if s.Kind == Test {
			to = s.ID
		}
	}
	b.summary.Gaps = append(b.summary.Gaps, Gap{
		What: "Codes are sent through this provider now, and this write changes how. It cannot be tested before: a test message would go the " +
			"old way. If the new way does not deliver, codes are lost until the write is taken back.",
		From: from, To: to, Flows: unique(flows),
		Length: "as long as you take to send a test message and to see it arrive, so send it at once",
	})
}

// throughProvider are the routes of the baseline that may go through the tenant-level provider now.
func (b *builder) throughProvider() []judge.Route {
	return slices.DeleteFunc(b.judged.Baseline(), func(r judge.Route) bool { return r.Via == judge.Legacy })
}

// unprovenWrites are the steps after which a live provider sends in a way that nobody has seen working: another kind, account or
// sender, or other code. Another delivery method, or another wording, leaves what is used now as it is.
func (b *builder) unprovenWrites() []string {
	if !b.judged.Live.Live || len(b.throughProvider()) == 0 {
		return nil
	}
	have := b.judged.Provider
	custom := have.Name == tenant.KindCustom && b.choices.Provider == tenant.KindCustom
	var writes []string
	for _, s := range b.steps {
		switch {
		case s.ID == stepDeploy && custom, s.ID == stepBind && custom:
			writes = append(writes, s.ID)
		case s.ID == stepProvider && b.sendsOtherwise(have):
			writes = append(writes, s.ID)
		}
	}
	return writes[:min(1, len(writes))] // one gap, from the first of them on
}

// sendsOtherwise reports whether the provider that is chosen is another carrier than the one the tenant has.
func (b *builder) sendsOtherwise(have *tenant.Provider) bool {
	if have.Name != b.choices.Provider || have.Name != tenant.KindTwilio {
		return have.Name != b.choices.Provider
	}
	c, t := have.Configuration, b.choices.Twilio
	return c.SID != t.SID || c.DefaultFrom != t.From || c.MSSID != t.MessagingServiceSID
}

// unprovenChannels are the delivery methods that a test must prove because of a gap, though no move asks for it.
func (b *builder) unprovenChannels() []string {
	if len(b.unprovenWrites()) == 0 {
		return nil
	}
	var methods compat.Methods
	for _, route := range b.throughProvider() {
		methods = methods.With(compat.Factor(route.Channel).Method())
	}
	return names(methods)
}

// gapProblems finds a gap that was accepted and that is none of the plan's business: the flag moves MFA.
func (b *builder) gapProblems() []string {
	if !b.flagFirst() || !b.judged.MFA.InUse || b.movesMFA() || b.judged.MFA.Via == judge.Tenant {
		return nil
	}
	return []string{fmt.Sprintf("%s turns the tenant flag on, and the flag moves MFA: move MFA as well, or do without it", AcceptFlagFirst)}
}
