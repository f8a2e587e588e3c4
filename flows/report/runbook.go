package report

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
)

// Runbook is a plan for a call with the one who may change the tenant: every step in the Dashboard's words and in the API's, with who does
// what, what has to be seen before going on, and the way back. r is the run that carries the plan out, nil for none: what it
// has done is ticked.
func Runbook(p plan.Plan, r *Record) string {
	m := &markdown{}
	m.title("Runbook: " + plain(planTitle(p)))
	parts := inOrder(p)
	b := &runbook{markdown: m, plan: p, record: r, parts: parts, numbers: countOf(parts)}
	b.roles()
	b.before()
	for _, part := range parts {
		b.part(part)
	}
	b.trouble()
	return m.String()
}

type runbook struct {
	*markdown
	plan    plan.Plan
	record  *Record
	parts   []part
	numbers map[string]int
}

// The roles of a call. Nobody but the admin touches the tenant.
const (
	roleAdmin   = "admin"
	roleSupport = "support"
	roleTester  = "tester"
)

func (b *runbook) roles() {
	b.section("Who is on the call")
	b.item(0, "**Admin** (the customer): does every step, in the Dashboard or by the API. Nobody else writes to the tenant.")
	b.item(0, "**Support**: reads this page aloud, step by step, ticks what is done, and asks for what is seen at each checkpoint.")
	b.item(0, "**Tester**: has a phone at hand and, for a login, a test user.")
	if len(b.plan.Summary.Stays) > 0 {
		b.section("What stays as it is")
		for _, s := range b.plan.Summary.Stays {
			b.item(0, plain(s.Title+reason(s.Why)))
		}
	}
}

func (b *runbook) before() {
	b.section("Before the call")
	b.item(0, "[ ] Tenant: "+code(b.plan.Tenant.Domain)+". The Dashboard's address bar and its tenant menu show this one. Environment: "+environment(b.plan))
	for _, s := range b.plan.Secrets {
		when := "At hand"
		if len(s.Undo) > 0 {
			when = "At hand, for the way back"
		}
		b.item(0, fmt.Sprintf("[ ] %s, never spoken and never pasted into the chat: %s: %s", when, code(s.Name), plain(s.Why)))
	}
	var scopes []string
	for _, need := range plan.Scopes(b.plan) {
		scopes = append(scopes, need.Scope)
	}
	if len(scopes) > 0 {
		b.item(0, "[ ] For the way by API, a token with: "+code(strings.Join(scopes, " ")))
	}
	for _, g := range b.plan.Summary.Gaps {
		b.item(0, fmt.Sprintf("[ ] Accepted by the customer: from step %d to step %d codes of %s may be lost. %s How long: %s.",
			b.numbers[g.From], b.numbers[g.To], plain(list(g.Flows)), plain(g.What), g.Length))
	}
	if slices.ContainsFunc(b.plan.Steps, func(s plan.Step) bool { return s.OneWay }) {
		b.item(0, "[ ] Read aloud: the steps marked **one way** are taken back only with what is entered again by hand.")
	}
	b.item(0, "[ ] The values that stand there now are written down; who has upe runs `upe bundle create` or `upe plan` first, which keep them.")
}

func (b *runbook) part(p part) {
	b.section(phaseTitle(b.plan, p.phase))
	for i, s := range p.steps {
		if s.Move != "" && (i == 0 || p.steps[i-1].Move != s.Move) {
			m, _ := b.plan.Move(s.Move)
			b.checkpoint(i > 0, "Now: "+plain(m.Title)+". "+b.evidence(m))
			b.gap()
		}
		b.step(s)
		if s.Move != "" && (i == len(p.steps)-1 || p.steps[i+1].Move != s.Move) {
			m, _ := b.plan.Move(s.Move)
			b.checkpoint(true, b.login(m))
		}
	}
	if p.phase == plan.Prepare && b.plan.Reverts == "" {
		b.checkpoint(true, "Everything above reads back as written, and logins with a code still work as before. If not: take it back from "+
			"the last step to the first, and stop here. Users have noticed nothing.")
	}
}

// checkpoint is what has to be seen before anybody goes on; behind a list it needs an empty line.
func (b *runbook) checkpoint(behind bool, words string) {
	if behind {
		b.gap()
	}
	b.para("**Checkpoint.** " + words)
}

func (b *runbook) gap() { b.out.WriteByte('\n') }

// evidence says what has to be there before a move.
func (b *runbook) evidence(m plan.Move) string {
	switch {
	case b.plan.Reverts != "":
		return "The former values are at hand: the next steps put them back."
	case len(m.Channels) == 0:
		return "It cannot be tested before; the tester is ready to test right after it, and the admin to take it back."
	}
	return "Go on only when the tester has the test message by " + channels(m.Channels) + " in hand. If not: stop here; this flow keeps its old way."
}

// login says how a move is proven.
func (b *runbook) login(m plan.Move) string {
	if b.plan.Reverts != "" {
		return "The tester logs in with a code (" + plain(m.Title) + "), which now takes its old way."
	}
	return "The tester logs in with a code (" + plain(m.Title) + "). The code arrives, and the login works. Support looks at Monitoring > Logs " +
		"with the admin: no failure since the switch. If the code does not come within two minutes, the admin undoes the steps of this " +
		"move, the last first, and the tester tries again."
}

func (b *runbook) step(s plan.Step) {
	tick := " "
	if b.done(s) {
		tick = "x"
	}
	marks := ""
	if s.OneWay {
		marks = " **one way**"
	}
	b.item(0, fmt.Sprintf("[%s] **%d. %s**%s (%s)", tick, b.numbers[s.ID], plain(s.Title), marks, who(s)))
	b.item(1, s.Why)
	if !strings.HasPrefix(s.Dashboard, "nothing to") {
		b.item(1, "Dashboard: "+s.Dashboard)
	}
	if s.Link != "" {
		b.item(1, "Link: <"+s.Link+">")
	}
	if r := request(s); r != "" {
		b.item(1, "API: "+code(r)+newness(s))
		for _, l := range linesOf(s) {
			fieldMarkdown(b.markdown, l)
		}
		if words := base(s); words != "" {
			b.item(1, plain(words))
		}
	}
	if words := proof(s); words != "" {
		b.item(1, "Checkpoint: "+plain(words))
	}
	if needs := needed(b.numbers, s); needs != "" {
		b.item(1, "Only after: "+needs)
	}
	if s.Basis != judge.Documented && s.Basis != "" {
		b.item(1, fmt.Sprintf("How sure: %s (%s)", basisWords(s.Basis), s.Source))
	}
	b.item(1, "Undo: "+s.HowBack())
	if b.done(s) {
		b.item(1, "Done"+b.record.when(s.ID))
		return
	}
	b.item(1, "Done at: ____  by: ____")
}

// done reports whether the run has done a step.
func (b *runbook) done(s plan.Step) bool {
	return b.record != nil && b.record.step(s.ID).Status == run.Done
}

// who does a step.
func who(s plan.Step) string {
	switch s.Kind {
	case plan.Test:
		return roleAdmin + " sends, " + roleTester + " receives"
	case plan.Wait:
		return roleSupport + " waits with the " + roleAdmin
	case plan.Manual:
		return roleAdmin + ", in the Dashboard"
	case plan.Request:
	}
	return roleAdmin
}

// trouble is the way back as a list, the last step first.
func (b *runbook) trouble() {
	b.section("The way back")
	if b.plan.Reverts != "" {
		b.para("This is the way back. To move again, make a new plan.")
		return
	}
	b.para("From the last step that was done up to the first, each looked at before the next. Flows go back first, the provider last: " +
		"as long as a flow sends through it, its codes would be lost.")
	b.out.WriteByte('\n')
	for _, s := range backwards(b.parts) {
		b.item(0, fmt.Sprintf("Step %d. %s", b.numbers[s.ID], plain(s.TakenBack())))
	}
}
