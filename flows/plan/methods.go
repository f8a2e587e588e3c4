package plan

import (
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/tenant"
)

// wanted are the delivery methods and factors the admin chose.
func (b *builder) wanted() (compat.Methods, compat.Factors) {
	methods, _ := compat.ParseMethods(b.choices.DeliveryMethods)
	factors, _ := compat.ParseFactors(b.choices.MessageTypes)
	return methods, factors
}

// during are the delivery methods while the flows move: what any flow uses now, whether it moves or stays, and what is wanted. So
// nothing narrows before the last switch, and wherever Auth0 sends a flow when the tenant flag changes, its codes are delivered
// there.
func (b *builder) during() compat.Methods {
	methods := b.lasting()
	for _, route := range b.judged.Baseline() {
		methods = methods.With(compat.Factor(route.Channel).Method())
	}
	if b.judged.MFA.InUse && b.movesMFA() {
		// Also message types that do not deliver today: Auth0 refuses to list them with a provider that does not have them.
		current, _ := compat.ParseFactors(b.judged.MFA.MessageTypes)
		methods = methods.Union(compat.Needed(current))
	}
	if (b.judged.Live.Live || b.awaited()) && b.judged.Provider != nil {
		current, _ := compat.ParseMethods(b.judged.Provider.Configuration.DeliveryMethods)
		methods = methods.Union(current)
	}
	return methods
}

// lasting are the delivery methods in the end: what is wanted, and what a flow that stays delivers by now. Nobody documents that
// such a flow never goes through the tenant-level provider once the tenant flag is on, so nothing that it may need is taken away.
func (b *builder) lasting() compat.Methods {
	methods, _ := b.wanted()
	for _, route := range b.staying() {
		methods = methods.With(compat.Factor(route.Channel).Method())
	}
	// Also a connection whose codes seem not to arrive: should it not heed its opt-in yet, they do, by its own settings.
	if slices.ContainsFunc(b.judged.SMS, func(c judge.SMSState) bool { return c.InUse }) {
		methods = methods.With(compat.MethodText)
	}
	return methods
}

// staying are the routes of the baseline that this plan does not move.
func (b *builder) staying() []judge.Route {
	moved := b.moving()
	return slices.DeleteFunc(b.judged.Baseline(), func(r judge.Route) bool {
		switch r.Flow {
		case judge.MFA:
			return b.movesMFA()
		case judge.Passwordless:
			return slices.ContainsFunc(moved, func(c judge.SMSState) bool { return c.ID == r.Connection })
		case judge.PhoneIdentifier:
		}
		return false
	})
}

// covered says of each flow that stays on its own settings what happens should Auth0's flag move it all the same: whether it does
// is not documented. Nothing is said where the flag is not turned on.
func (b *builder) covered() {
	if !b.has(stepFlag) {
		return
	}
	limit := "."
	if b.choices.Provider == tenant.KindCustom {
		limit = ", as far as its Action sends the codes of this flow."
	}
	for i := range b.summary.Stays {
		s := &b.summary.Stays[i]
		if methods := b.methodsOf(s.ID); len(methods) > 0 {
			s.Why = strings.TrimSuffix(s.Why, ".") + ". Whether Auth0's flag moves every flow at once is not documented. If it does, this " +
				"one goes through the tenant-level provider as well; it is covered, because that provider delivers " +
				strings.Join(methods, " and ") + limit
		}
	}
}

// methodsOf are the delivery methods of what stays, by the id of its [Stay].
func (b *builder) methodsOf(id string) []string {
	var methods compat.Methods
	for _, route := range b.staying() {
		if route.Connection == id || route.Flow == judge.MFA && id == MoveMFA {
			methods = methods.With(compat.Factor(route.Channel).Method())
		}
	}
	return names(methods)
}
