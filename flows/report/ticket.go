package report

import (
	"fmt"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
)

// Ticket is the text of a change ticket for a plan: what, when users notice, the risk, what cannot simply be taken back, the back-out
// plan, and lines for approvals. r is the run that carries it out, nil for none: then its standing is told as well.
func Ticket(p plan.Plan, r *Record) string {
	t := &text{}
	t.line("%s", ticketTitle(p))
	ticketWhat(t, p)
	ticketWhen(t, p)
	ticketRisk(t, p)
	ticketOneWay(t, p)
	ticketBack(t, p, r)
	if r != nil {
		t.heading("Where it stands")
		done, total := progress(r.State)
		t.item(2, "-", fmt.Sprintf("Run %s: %d of %d steps done", r.State.ID, done, total))
		if r.State.WaitsFor != "" {
			t.item(2, "-", "Waits for: "+r.State.WaitsFor)
		}
		for _, e := range tests(p, r.State) {
			t.item(2, "-", e.by+": "+e.words)
		}
	}
	t.heading("Approvals")
	for _, line := range []string{"Requested by", "Reviewed by (plan read, checksum compared)", "Approved by", "Window (date, from, to)", "Carried out by"} {
		t.line("  %-44s ______________________", line)
	}
	return t.String()
}

func ticketTitle(p plan.Plan) string {
	if p.Reverts != "" {
		return "Change: take " + p.Tenant.Domain + " back from the Unified Phone Experience"
	}
	return "Change: move " + p.Tenant.Domain + " to Auth0's Unified Phone Experience"
}

func ticketWhat(t *text, p plan.Plan) {
	t.heading("What")
	t.para(2, "Phone messages (MFA, Passwordless SMS) used to be configured in several places. The Unified Phone Experience puts them behind one "+
		"tenant-level provider.")
	t.row("Tenant", p.Tenant.Domain)
	t.row("Environment", environment(p))
	t.row("Provider", p.Summary.Provider+", delivers "+channels(p.Summary.DeliveryMethods))
	if words := senderWords(p); words != "" {
		t.row("Sender", words)
	}
	for _, m := range p.Summary.Moves {
		t.row("Moves", moveLabel(p, m))
	}
	for _, s := range p.Summary.Stays {
		t.row("Stays", s.Title+reason(s.Why))
	}
	for _, words := range p.Summary.Decided {
		t.row("Decided", words)
	}
	t.row("Writes", writes(p))
	t.row("Plan", p.Checksum)
	t.row("Tenant as read", p.Fingerprint)
}

// ticketWhen says what users notice at which part.
func ticketWhen(t *text, p plan.Plan) {
	t.heading("When it is noticed")
	for _, part := range inOrder(p) {
		t.item(2, "-", part.short()+". "+noticed(p, part.phase)+" Steps: "+titles(part.steps)+".")
	}
}

func noticed(p plan.Plan, phase plan.Phase) string {
	switch phase {
	case plan.Prepare:
		return "Not noticed: nothing sends yet through what is written here."
	case plan.Testing:
		return "One message to a phone of ours."
	case plan.Switch:
		if len(p.Summary.Gaps) > 0 {
			return "From each step on, codes travel another way; codes may be lost for a time, see the risk."
		}
		return "From each step on, codes travel another way. Users see the sender and the wording of the new one."
	case plan.After:
		if p.Reverts != "" {
			return "Only when every flow is back."
		}
		return "Only when every move is confirmed by a login."
	}
	return ""
}

func titles(steps []plan.Step) string {
	var words []string
	for _, s := range steps {
		words = append(words, s.Title)
	}
	return strings.Join(words, "; ")
}

func ticketRisk(t *text, p plan.Plan) {
	t.heading("Risk")
	care := " A flow is switched only after a test message has arrived, and is confirmed by a real login."
	if p.Reverts != "" {
		care = " Flows go back first; what the run created is removed only when nothing sends through it any more."
	}
	t.item(2, "-", "Who gets no code cannot log in."+care)
	for _, g := range p.Summary.Gaps {
		t.item(2, "-", fmt.Sprintf("Codes of %s may be lost: %s How long: %s.", list(g.Flows), g.What, g.Length))
	}
	bases := map[judge.Basis][]string{}
	for _, s := range p.Steps {
		bases[s.Basis] = append(bases[s.Basis], s.Title)
	}
	for _, basis := range []judge.Basis{judge.Reported, judge.Inferred} {
		if len(bases[basis]) > 0 {
			t.item(2, "-", "Not documented by Auth0 ("+basisWords(basis)+"): "+strings.Join(bases[basis], "; "))
		}
	}
	if p.Reverts != "" {
		return
	}
	t.item(2, "-", "Before the change: upe rehearse carries this plan out on copies of the tenant, through crashes and back again.")
}

// ticketOneWay lists the writes that requests alone cannot take back, and what has to be in hand for it.
func ticketOneWay(t *text, p plan.Plan) {
	t.heading("One-way writes")
	none := true
	for _, s := range p.Steps {
		if s.OneWay {
			none = false
			t.item(2, "-", s.Title+": "+s.Why)
		}
	}
	for _, s := range p.Secrets {
		if len(s.Undo) > 0 {
			none = false
			t.item(2, "-", "In hand before: "+s.Name+reason(s.Why))
		}
	}
	if none {
		t.item(2, "-", "None: every write can be taken back by requests.")
	}
}

func ticketBack(t *text, p plan.Plan, r *Record) {
	t.heading("Back-out plan")
	if p.Reverts != "" {
		t.item(2, "-", "This change is the back-out. It can be given up as long as nothing was removed.")
		return
	}
	name := "RUN"
	if r != nil {
		name = argument(r.name())
	}
	t.item(2, "-", "By command, which computes the way back from how the tenant is then, and shows it first: upe revert "+name)
	t.item(2, "-", "Decided by: no code within two minutes of the switch, or failures in the tenant logs (upe watch "+name+").")
	t.item(2, "-", "By hand, in this order:")
	for i, s := range backwards(inOrder(p)) {
		t.item(6, fmt.Sprintf("%2d.", i+1), s.TakenBack())
	}
}
