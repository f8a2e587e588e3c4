package report

import (
	"fmt"

	"upe/flows/judge"
)

// Check is the text of a judgement. It ends with where a code sent now would go, for each flow.
func Check(j judge.Judgement) string {
	t := &text{}
	t.line("Tenant %s", j.Tenant.Domain)
	t.gap()
	t.row("Verdict", fmt.Sprintf("%s: %s", j.Verdict, verdictWords(j.Verdict)))
	t.row("State", fmt.Sprintf("%s: %s", j.State, stateWords(j.State)))
	t.row("Unified flag", flagWords(j.Unified))
	settings(t, j)
	findings(t, j.Findings)
	routes(t, j.Routes)
	return t.String()
}

func settings(t *text, j judge.Judgement) {
	t.heading("Current settings")
	t.row("MFA phone factor", onOff(j.MFA.Enabled)+", message types: "+list(j.MFA.MessageTypes))
	switch {
	case j.MFA.Closed:
		t.row("MFA provider", "not shown any more, because MFA is unified")
	case j.MFA.Provider != "":
		t.row("MFA provider", j.MFA.Provider+" ("+j.MFA.Carrier.String()+")")
	default:
		t.row("MFA provider", "could not be read")
	}
	for _, c := range j.SMS {
		t.row("Passwordless "+c.Name, fmt.Sprintf("%s, %s: %s", c.Carrier.String(), count(len(c.Clients), "application"), list(c.Clients)))
	}
	if len(j.SMS) == 0 {
		t.row("Passwordless SMS", "no connection")
	}
	t.row("Phone as ID", list(j.PhoneID))
	t.row("Tenant-level provider", providerWords(j.Provider))
}

func findings(t *text, all []judge.Finding) {
	t.heading("Found")
	if len(all) == 0 {
		t.para(2, "Nothing to mind.")
	}
	for i, f := range all {
		if i > 0 {
			t.gap()
		}
		t.item(2, fmt.Sprintf("[%s]", f.Severity), f.Title+" ("+f.ID+")")
		for _, e := range f.Evidence {
			t.item(4, "-", fmt.Sprintf("%s: %s (%s)", e.What, e.Value, e.Path))
		}
		t.para(4, f.Consequence)
		t.para(4, f.Remedy)
		t.para(4, "Source: "+f.Source)
	}
}

func routes(t *text, all []judge.Route) {
	t.heading("A code sent now would go")
	if len(all) == 0 {
		t.para(2, "nowhere: no flow of this tenant sends phone messages.")
	}
	for _, r := range all {
		t.item(2, "-", fmt.Sprintf("%s: by %s, to %s%s", flowName(r), through(r), r.Carrier.String(), delivery(r)))
		t.para(6, "How we know: "+r.Why+" ("+basisWords(r.Basis)+").")
	}
}

func delivery(r judge.Route) string {
	if r.Delivers {
		return ""
	}
	return "; it would not arrive: " + r.Problem
}
