package wizard

import (
	"cmp"
	"slices"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// afterwards are the ways of codes once the last switch of a plan is done: what moves goes through the tenant-level provider as the
// plan leaves it, what stays goes as it goes now. It is what the plan is for, and no proof of it.
func (c conversation) afterwards(made plan.Plan) []Leg {
	var routes []judge.Route
	for _, r := range c.judged().Routes {
		routes = append(routes, c.routeAfter(made, r))
	}
	routes = append(routes, c.routesAdded(made)...)
	legs := c.insideLegs(made, routes, Legs(judge.Judgement{Routes: routes}))
	return plannedLegs(legs, func(i int) bool { return c.changes(routes[i]) })
}

// routeAfter is one of today's routes as the plan leaves it.
func (c conversation) routeAfter(made plan.Plan, r judge.Route) judge.Route {
	_, moves := made.Move(idOfMove(r))
	if !moves && r.Via != judge.Tenant {
		return r
	}
	if r.Flow == judge.MFA && len(made.Summary.MessageTypes) > 0 && !contains(made.Summary.MessageTypes, r.Channel) {
		r.Delivers, r.Problem = false, "you chose to be without it"
		r.Via, r.Carrier = judge.Tenant, judge.Carrier{}
		return r
	}
	return c.byProvider(made, r)
}

// idOfMove is the id of the move that a route would be switched by.
func idOfMove(r judge.Route) string {
	if r.Flow == judge.MFA {
		return plan.MoveMFA
	}
	return r.Connection
}

// routesAdded are those that a plan sets up: there are none of them today.
func (c conversation) routesAdded(made plan.Plan) []judge.Route {
	var routes []judge.Route
	for _, channel := range made.Summary.MessageTypes {
		today := func(r judge.Route) bool { return r.Flow == judge.MFA && r.Channel == channel }
		if !slices.ContainsFunc(c.judged().Routes, today) {
			routes = append(routes, c.byProvider(made, judge.Route{Flow: judge.MFA, Channel: channel}))
		}
	}
	if m, ok := made.Move(plan.MoveNewConnection); ok {
		routes = append(routes, c.byProvider(made, judge.Route{Flow: judge.Passwordless, Name: m.Name, Channel: string(compat.FactorSMS)}))
	}
	return routes
}

// byProvider is a route through the tenant-level provider of the plan.
func (c conversation) byProvider(made plan.Plan, r judge.Route) judge.Route {
	r.Via, r.Carrier, r.Problem = judge.Tenant, c.carrierAfter(made, r.Channel), ""
	r.Basis, r.Why = judge.Documented, "as the plan leaves it; test messages and a login show whether it does"
	if method := string(compat.Factor(r.Channel).Method()); !contains(made.Summary.DeliveryMethods, method) {
		r.Problem = "the provider is not to send by " + judge.ChannelName(r.Channel)
	}
	r.Delivers = r.Problem == ""
	return r
}

// carrierAfter is who takes a message from the provider of a plan.
func (c conversation) carrierAfter(made plan.Plan, channel string) judge.Carrier {
	chosen := c.choices()
	if made.Summary.Provider == tenant.KindCustom {
		carrier := judge.Carrier{Kind: judge.CarrierAction}
		if chosen.Action != nil {
			carrier.Action = chosen.Action.Name
		}
		return carrier
	}
	carrier := judge.Carrier{Kind: judge.CarrierTwilio, Account: chosen.Twilio.SID, Sender: chosen.Twilio.From}
	if channel != string(compat.FactorVoice) { // a call needs a number; a Messaging Service sends text
		carrier.Sender = cmp.Or(chosen.Twilio.MessagingServiceSID, chosen.Twilio.From)
	}
	return carrier
}
