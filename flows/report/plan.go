package report

import (
	"fmt"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// Plan is the text of a plan: what moves, what stays, and every step with its request.
func Plan(p plan.Plan) string {
	t := &text{}
	t.line("%s", planTitle(p))
	t.gap()
	t.row("Provider", p.Summary.Provider+", delivers "+channels(p.Summary.DeliveryMethods))
	if words := senderWords(p); words != "" {
		t.row("Sender", words)
	}
	if len(p.Summary.MessageTypes) > 0 {
		t.row("MFA message types", list(p.Summary.MessageTypes))
	}
	t.row("Environment", environment(p))
	for _, m := range p.Summary.Moves {
		t.row("Moves", moveRow(p, m))
	}
	for _, s := range p.Summary.Stays {
		t.row("Stays", s.Title+reason(s.Why))
	}
	for _, words := range p.Summary.Decided {
		t.row("Decided", words)
	}
	for _, s := range p.Secrets {
		t.row("Secret needed", s.Name+reason(s.Why))
	}
	t.row("Writes", writes(p))
	t.row("Fingerprint", p.Fingerprint)
	numbers := numbered(p)
	gapsText(t, numbers, p)
	for _, phase := range phases() {
		steps := p.In(phase, "")
		if len(steps) == 0 {
			continue
		}
		t.heading(phaseTitle(p, phase))
		for _, s := range steps {
			planStep(t, numbers, s)
		}
	}
	return t.String()
}

// tested says how a move is tested. Writes to a provider that reach users at once can be tested only once they are there. An Action may
// send the codes of each connection by another way, and Auth0's test message is one of no connection.
func tested(p plan.Plan, m plan.Move) string {
	switch {
	case len(m.Channels) == 0:
		return "tested after it"
	case p.Summary.Provider == tenant.KindCustom && m.ID != plan.MoveMFA:
		return "after a test message by " + channels(m.Channels) + ", which goes as a code of no connection and does not prove the carrier of this one"
	}
	return "tested by " + channels(m.Channels)
}

// gapsText says when codes may be lost, and whose: it is what a reader accepts with the plan.
func gapsText(t *text, numbers map[string]int, p plan.Plan) {
	if len(p.Summary.Gaps) == 0 {
		return
	}
	t.heading("Codes may be lost for a time")
	for _, g := range p.Summary.Gaps {
		t.item(2, "-", fmt.Sprintf("From step %d to step %d: %s", numbers[g.From], numbers[g.To], list(g.Flows)))
		t.para(4, g.What)
		t.para(4, "How long: "+g.Length+".")
	}
}

// numbered counts the steps in the order in which they are shown.
func numbered(p plan.Plan) map[string]int {
	numbers := map[string]int{}
	for _, phase := range phases() {
		for _, s := range p.In(phase, "") {
			numbers[s.ID] = len(numbers) + 1
		}
	}
	return numbers
}

func planStep(t *text, numbers map[string]int, s plan.Step) {
	t.item(2, fmt.Sprintf("%2d.", numbers[s.ID]), s.Title+" ["+string(s.Kind)+"]")
	t.para(6, s.Why)
	if r := request(s); r != "" {
		t.para(6, "Request: "+r+newness(s))
	}
	for _, l := range linesOf(s) {
		fieldText(t, l)
	}
	t.para(6, base(s))
	if s.Kind == plan.Manual {
		t.para(6, "In the Dashboard: "+s.Dashboard)
	}
	if words := proof(s); words != "" {
		t.exact(6, "Proved: "+words)
	}
	if needs := needed(numbers, s); needs != "" {
		t.para(6, "Needs first: "+needs)
	}
	if s.OneWay {
		t.para(6, "One way without what going back enters again: have it in hand first.")
	}
	t.para(6, "Undo: "+s.HowBack())
}

// newness says that what a request makes is not there before it.
func newness(s plan.Step) string {
	if creates(s) {
		return " (new: nothing is there before)"
	}
	return ""
}

// fieldText shows one field; a text of several lines, such as an Action's code, line by line.
func fieldText(t *text, l line) {
	code, long := prose(l.new)
	former, wasLong := prose(l.old)
	if !long && !wasLong {
		if !l.splits() {
			t.exact(8, l.words())
			return
		}
		t.exact(8, l.name()+":")
		t.exact(10, "was: "+orNothing(l.old))
		t.exact(10, "new: "+orNothing(l.new))
		return
	}
	if l.was {
		t.exact(8, l.name()+" was:"+shortOf(l.old, wasLong))
		t.block(10, former)
		t.exact(8, l.name()+" new:"+shortOf(l.new, long))
	} else {
		t.exact(8, l.name()+":")
	}
	t.block(10, code)
}

// shortOf is a value that is shown on the line of its name; a long one follows below.
func shortOf(v any, long bool) string {
	if long {
		return ""
	}
	return " " + orNothing(v)
}

// needed lists the steps that a step waits for, by their numbers.
func needed(numbers map[string]int, s plan.Step) string {
	var words []string
	for _, id := range s.Needs {
		if n, ok := numbers[id]; ok {
			words = append(words, fmt.Sprintf("step %d", n))
		}
	}
	if len(words) == 0 {
		return ""
	}
	return list(words)
}

func environment(p plan.Plan) string {
	if p.Environment == "" {
		return "not stated, treated as production"
	}
	return p.Environment
}

func reason(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

// writes counts the requests of a plan that change the tenant, and says which of them users notice.
func writes(p plan.Plan) string {
	before, switching, after := 0, 0, 0
	for _, s := range p.Steps {
		switch {
		case s.Kind != plan.Request:
		case s.Phase == plan.Switch:
			switching++
		case s.Phase == plan.After:
			after++
		default:
			before++
		}
	}
	if p.Reverts != "" {
		return fmt.Sprintf("%d to switch back, %d after", switching, after)
	}
	return fmt.Sprintf("%d to prepare, %d to switch on, %d after", before, switching, after)
}
