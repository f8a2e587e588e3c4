package wizard

import (
	"strings"

	"upe/flows/generate"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// settled says in words what somebody decided that no request of the plan shows: what was accepted, which carrier sends what inside the
// Action, and what the Action does where it cannot do as what sends today. Who reads the report years later has nothing else.
func (c conversation) settled() []string {
	var all []string
	for _, f := range c.judged().Findings {
		if contains(c.list(keyAccept), f.ID) {
			all = append(all, "Accepted: "+f.Title+" ("+f.ID+")")
		}
	}
	made := c.made()
	if c.text(keyProvider) != tenant.KindCustom || !c.makes() || made == nil {
		return all
	}
	for _, p := range c.parts() {
		if by := c.inside(p); by != "" {
			all = append(all, "The Action sends "+p.sending.flow+" by "+by)
		}
	}
	for _, d := range made.Decisions {
		for _, choice := range d.Choices {
			if choice.Value == d.Answer && d.Answer != "" {
				all = append(all, "The Action: "+d.Title+" "+choice.Label)
			}
		}
	}
	if contains(c.list(keyAccept), acceptDiffers) {
		all = append(all, "Accepted: the Action behaves otherwise than what sends today: "+made.Proof.Sentence()+" ("+acceptDiffers+")")
	}
	if c.text(keySource) == sourceRoute {
		all = append(all, c.countryNotes()...)
	}
	return all
}

// inside is who takes the messages of a flow from an Action that keeps more than one carrier, or posts to a gateway; "" for any other.
func (c conversation) inside(p part) string {
	switch c.text(keySource) {
	case sourceRoute:
		return plainCarrier(p.carrier)
	case sourceGateway:
		for _, g := range c.partsOf(judge.CarrierGateway) {
			return plainCarrier(g.carrier)
		}
	}
	return ""
}

// plainCarrier names a carrier without what may be a key in its address.
func plainCarrier(carrier judge.Carrier) string {
	carrier.URL = tenant.RedactURL(carrier.URL)
	if carrier.Kind == judge.CarrierAction {
		return "what " + carrier.String() + " does today"
	}
	return carrier.String()
}

// insideOf is [conversation.inside] for a route of the plan, with the countries that go otherwise.
func (c conversation) insideOf(r judge.Route) string {
	for _, p := range c.parts() {
		same := p.id == r.Connection && p.flow == generate.Flow(r.Flow)
		if by := c.inside(p); same && by != "" {
			return by + c.countriesElsewhere(p)
		}
	}
	return ""
}

// countriesElsewhere names the countries that go by the carrier of another flow.
func (c conversation) countriesElsewhere(p part) string {
	var words []string
	for _, other := range c.carrierParts() {
		if codes := c.countries(other); c.text(keySource) == sourceRoute && len(codes) > 0 && other.carrier != p.carrier {
			words = append(words, "+"+strings.Join(codes, ", +")+" by "+plainCarrier(other.carrier))
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, "; ") + ")"
}

// insideLegs adds to each way through a new Action who takes the message from it: which of several carriers is what the plan is read for.
func (c conversation) insideLegs(made plan.Plan, routes []judge.Route, legs []Leg) []Leg {
	if made.Summary.Provider != tenant.KindCustom {
		return legs
	}
	for i, r := range routes {
		if by := c.insideOf(r); by != "" && r.Via == judge.Tenant && r.Carrier.Kind == judge.CarrierAction {
			legs[i].Then = by
		}
	}
	return legs
}
