package report

import (
	"fmt"

	"upe/flows/plan"
)

// PlanMarkdown is a plan for a ticket or a review.
func PlanMarkdown(p plan.Plan) string {
	m := &markdown{}
	m.title("Plan for " + plain(p.Tenant.Domain))
	m.section("Decided")
	decided(m, p)
	m.item(0, "Writes: "+writes(p))
	m.item(0, "Fingerprint: "+code(p.Fingerprint))
	for _, phase := range phases() {
		steps := p.In(phase, "")
		if len(steps) == 0 {
			continue
		}
		m.section(phaseTitle(phase))
		for _, s := range steps {
			stepMarkdown(m, s)
		}
	}
	return m.String()
}

// decided lists the admin's choices.
func decided(m *markdown, p plan.Plan) {
	m.item(0, fmt.Sprintf("Provider: %s, delivers %s", code(p.Summary.Provider), channels(p.Summary.DeliveryMethods)))
	if len(p.Summary.MessageTypes) > 0 {
		m.item(0, "MFA message types: "+code(list(p.Summary.MessageTypes)))
	}
	m.item(0, "Environment: "+environment(p))
	for _, move := range p.Summary.Moves {
		m.item(0, fmt.Sprintf("Moves: %s (%s), tested by %s", plain(move.Title), code(move.ID), channels(move.Channels)))
	}
	for _, stay := range p.Summary.Stays {
		m.item(0, "Stays: "+plain(stay.Title+reason(stay.Why)))
	}
	for _, s := range p.Secrets {
		m.item(0, fmt.Sprintf("Secret needed: %s: %s", code(s.Name), s.Why))
	}
}

func stepMarkdown(m *markdown, s plan.Step) {
	m.item(0, "**"+plain(s.Title)+"** ("+string(s.Kind)+")")
	if r := request(s); r != "" {
		m.item(1, "Request: "+code(r))
	}
	m.item(1, s.Why)
	m.item(1, "In the Dashboard: "+s.Dashboard)
	if s.Link != "" {
		m.item(1, "Link: <"+s.Link+">")
	}
	m.item(1, fmt.Sprintf("Basis: %s (%s)", basisWords(s.Basis), s.Source))
	if s.OneWay {
		m.item(1, "One way: this cannot be taken back by a request.")
	}
	m.item(1, "Undo: "+s.Undo)
}
