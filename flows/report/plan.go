package report

import (
	"fmt"

	"upe/flows/plan"
)

// Plan is the text of a plan: what moves, what stays, and every step with its request.
func Plan(p plan.Plan) string {
	t := &text{}
	t.line("Plan for %s", p.Tenant.Domain)
	t.gap()
	t.row("Provider", p.Summary.Provider+", delivers "+channels(p.Summary.DeliveryMethods))
	if len(p.Summary.MessageTypes) > 0 {
		t.row("MFA message types", list(p.Summary.MessageTypes))
	}
	t.row("Environment", environment(p))
	for _, m := range p.Summary.Moves {
		t.row("Moves", fmt.Sprintf("%s (--move %s), tested by %s", m.Title, m.Name, channels(m.Channels)))
	}
	for _, s := range p.Summary.Stays {
		t.row("Stays", s.Title+reason(s.Why))
	}
	for _, s := range p.Secrets {
		t.row("Secret needed", s.Name+reason(s.Why))
	}
	t.row("Writes", writes(p))
	t.row("Fingerprint", p.Fingerprint)
	n := 0
	for _, phase := range phases() {
		steps := p.In(phase, "")
		if len(steps) == 0 {
			continue
		}
		t.heading(phaseTitle(phase))
		for _, s := range steps {
			n++
			planStep(t, n, s)
		}
	}
	return t.String()
}

func planStep(t *text, n int, s plan.Step) {
	t.item(2, fmt.Sprintf("%2d.", n), s.Title+" ["+string(s.Kind)+"]")
	if r := request(s); r != "" {
		t.para(6, r)
	}
	t.para(6, s.Why)
	if s.Kind == plan.Manual {
		t.para(6, "In the Dashboard: "+s.Dashboard)
	}
	if s.OneWay {
		t.para(6, "One way: this cannot be taken back by a request.")
	}
	t.para(6, "Undo: "+s.Undo)
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
	return fmt.Sprintf("%d to prepare, %d to switch on, %d after", before, switching, after)
}
