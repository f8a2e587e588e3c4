package report

import (
	"fmt"

	"upe/flows/judge"
)

// Check is the text of a judgement. It ends with where a code sent now would go, for each flow, and with what to write to Auth0
// Support where only they can help.
func Check(j judge.Judgement) string {
	t := &text{}
	t.line("Tenant %s", j.Tenant.Domain)
	t.gap()
	t.row("Verdict", fmt.Sprintf("%s: %s", j.Verdict, verdictWords(j)))
	t.row("State", fmt.Sprintf("%s: %s", j.State, stateWords(j)))
	t.row("Unified flag", flagWords(j.Unified))
	settings(t, j)
	findings(t, j.Findings)
	routes(t, j.Routes)
	support(t, Support(j))
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
		t.row("Passwordless "+c.Name, fmt.Sprintf("%s, %s: %s", sender(c), count(len(c.Clients), "application"), list(c.Clients)))
	}
	if len(j.SMS) == 0 {
		t.row("Passwordless SMS", "no connection")
	}
	t.row("Phone as ID", list(j.PhoneID))
	t.row("Tenant-level provider", providerWords(j.Provider))
}

// sender is who sends for a connection: of its own settings, only while they are in force.
func sender(c judge.SMSState) string {
	switch {
	case c.Via == judge.Tenant:
		return "the tenant-level provider"
	case c.Via == judge.Unknown && c.Carrier.Kind == judge.CarrierNone:
		return "not known"
	case c.Via == judge.Unknown:
		return c.Carrier.String() + ", or the tenant-level provider"
	}
	return c.Carrier.String()
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
		t.item(2, fmt.Sprintf("[%s]", f.Severity), f.Title+" ("+f.ID+")"+acknowledge(f))
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
		t.item(2, "-", flowName(r)+": "+way(r)+delivery(r))
		t.para(6, known(r)+": "+r.Why+" ("+basisWords(r.Basis)+").")
	}
}

func delivery(r judge.Route) string {
	switch {
	case r.Delivers, r.Problem == judge.Undetermined:
		return ""
	case r.Via == judge.Unknown:
		return "; " + r.Problem
	}
	return "; it would not arrive: " + r.Problem
}

// known introduces the reason for what is said of a route.
func known(r judge.Route) string {
	if r.Via == judge.Unknown {
		return "Why nobody knows"
	}
	return "How we know"
}

// acknowledge marks a finding that has to be accepted before anything is written.
func acknowledge(f judge.Finding) string {
	if !f.Acknowledge {
		return ""
	}
	return ", to be acknowledged"
}
