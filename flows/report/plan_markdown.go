package report

import (
	"fmt"

	"upe/flows/plan"
)

// PlanMarkdown is a plan for a ticket or a review.
func PlanMarkdown(p plan.Plan) string {
	m := &markdown{}
	m.title(plain(planTitle(p)))
	m.section("Decided")
	decided(m, p)
	m.item(0, "Writes: "+writes(p))
	m.item(0, "Fingerprint: "+code(p.Fingerprint))
	for _, phase := range phases() {
		steps := p.In(phase, "")
		if len(steps) == 0 {
			continue
		}
		m.section(phaseTitle(p, phase))
		for _, s := range steps {
			stepMarkdown(m, s)
		}
	}
	return m.String()
}

// decided lists the admin's choices.
func decided(m *markdown, p plan.Plan) {
	m.item(0, fmt.Sprintf("Provider: %s, delivers %s", code(p.Summary.Provider), channels(p.Summary.DeliveryMethods)))
	if words := senderWords(p); words != "" {
		m.item(0, "Sender: "+plain(words))
	}
	if len(p.Summary.MessageTypes) > 0 {
		m.item(0, "MFA message types: "+code(list(p.Summary.MessageTypes)))
	}
	m.item(0, "Environment: "+environment(p))
	for _, move := range p.Summary.Moves {
		if p.Reverts != "" {
			m.item(0, "Moves: "+plain(move.Title))
			continue
		}
		m.item(0, fmt.Sprintf("Moves: %s (%s), %s", plain(move.Title), code(move.ID), tested(p, move)))
	}
	for _, stay := range p.Summary.Stays {
		m.item(0, "Stays: "+plain(stay.Title+reason(stay.Why)))
	}
	for _, words := range p.Summary.Decided {
		m.item(0, plain(words))
	}
	for _, g := range p.Summary.Gaps {
		m.item(0, fmt.Sprintf("**Codes may be lost for a time**: %s", plain(list(g.Flows))))
		m.item(1, fmt.Sprintf("From %s to %s", code(stepTitle(p, g.From)), code(stepTitle(p, g.To))))
		m.item(1, plain(g.What))
		m.item(1, "How long: "+g.Length)
	}
	for _, s := range p.Secrets {
		m.item(0, fmt.Sprintf("Secret needed: %s: %s", code(s.Name), s.Why))
	}
}

// stepTitle is the title of a step, or its id where the plan does not have it.
func stepTitle(p plan.Plan, id string) string {
	if s, ok := p.Step(id); ok {
		return s.Title
	}
	return id
}

func stepMarkdown(m *markdown, s plan.Step) {
	m.item(0, "**"+plain(s.Title)+"** ("+string(s.Kind)+", "+code(s.ID)+")")
	m.item(1, s.Why)
	if r := request(s); r != "" {
		m.item(1, "Request: "+code(r)+newness(s))
	}
	lines := linesOf(s)
	if s.Call == nil && len(lines) > 0 {
		m.item(1, "Changes:")
	}
	for _, l := range lines {
		fieldMarkdown(m, l)
	}
	if words := base(s); words != "" {
		m.item(1, plain(words))
	}
	m.item(1, "In the Dashboard: "+s.Dashboard)
	if s.Link != "" {
		m.item(1, "Link: <"+s.Link+">")
	}
	if words := proof(s); words != "" {
		m.item(1, "Proved: "+plain(words))
	}
	if len(s.Needs) > 0 {
		m.item(1, "Needs first: "+code(list(s.Needs)))
	}
	m.item(1, fmt.Sprintf("Basis: %s (%s)", basisWords(s.Basis), s.Source))
	if s.OneWay {
		m.item(1, "One way without what going back enters again: have it in hand first.")
	}
	m.item(1, "Undo: "+s.HowBack())
}

// fieldMarkdown shows one field; a text of several lines, such as an Action's code, as a block.
func fieldMarkdown(m *markdown, l line) {
	_, long := prose(l.new)
	_, wasLong := prose(l.old)
	if !long && !wasLong {
		if !l.splits() {
			m.exact(2, exactCode(l.words()))
			return
		}
		m.exact(2, exactCode(l.name()))
		m.exact(3, "was: "+exactCode(orNothing(l.old)))
		m.exact(3, "new: "+exactCode(orNothing(l.new)))
		return
	}
	if l.was {
		m.exact(2, exactCode(l.name()+" was:"+shortOf(l.old, wasLong)))
		m.block(3, l.old)
		m.exact(2, exactCode(l.name()+" new:"+shortOf(l.new, long)))
	} else {
		m.exact(2, exactCode(l.name()+":"))
	}
	m.block(3, l.new)
}
