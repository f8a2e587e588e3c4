package report

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// Back is the way back of a run: the plan that takes it back, and where that stands.
type Back struct {
	Plan  plan.Plan
	State run.State
	// GivenUp says that the way back was taken back itself: the run goes on, or stays, as if nobody had tried.
	GivenUp bool
}

// Undoing is the text of where a run stands that is being taken back, or was: what it had done, and how far the way back is. name
// is how a command finds the run, as in [Next].
func Undoing(p plan.Plan, s run.State, back Back, name string) string {
	t := &text{}
	standing(t, p, s, &back)
	t.gap()
	t.out.WriteString(Status(back.Plan, back.State, tenant.Snapshot{}, name))
	return t.String()
}

// holds reports whether a run is being taken back, or was: then nothing of it goes on.
func (b *Back) holds() bool { return b != nil && !b.GivenUp }

// moveWords say where a move of a run stands that is being taken back, or was: what it came to, and that it is over.
func (b *Back) moveWords(m run.MoveState) string {
	came := map[run.MoveStatus]string{run.MoveStarted: "was begun", run.MoveSwitched: "was switched on", run.MoveConfirmed: "was switched on"}[m.Status]
	switch {
	case came == "":
		return "was not switched on"
	case m.By != "":
		came += " and confirmed by " + m.By
	}
	if b.State.Finished {
		return came + "; it is taken back"
	}
	return came + "; it is being taken back"
}

// SupportTexts are texts for Auth0 Support, to be copied.
func SupportTexts(texts []judge.SupportText) string {
	t := &text{}
	support(t, texts)
	return t.String()
}

// goBack is the command that goes on with a way back.
func goBack(p plan.Plan, s run.State, name string) string {
	if s.Finished {
		return ""
	}
	if len(s.Changed) > 0 {
		return "upe revert " + name + " --anew"
	}
	return fmt.Sprintf("upe revert %s --confirm %s", name, argument(p.Tenant.Domain))
}

// undo lists what was done, the last first. What was adopted is not ours to undo.
func (r Record) undo(m *markdown) {
	m.section("How to undo it")
	steps := r.undone()
	switch {
	case r.Back != nil && !r.Back.GivenUp && r.Back.State.Finished:
		m.para("It was taken back.")
		return
	case len(steps) == 0:
		m.para("Nothing was written by this run, so there is nothing to undo.")
		return
	case r.Plan.Reverts != "" && r.State.Finished:
		m.para("To move again, make a new plan with `upe plan`.")
		return
	case r.Plan.Reverts != "":
		m.para("This way back can be given up as long as nothing was removed: `--give-up` turns on again what it turned off.")
		m.out.WriteByte('\n')
		m.item(0, code("upe revert "+argument(r.name())+" --give-up"))
	default:
		m.para("By command: it computes the way back from how the tenant is then, shows it, and carries it out when it is confirmed.")
		m.out.WriteByte('\n')
		m.item(0, code("upe revert "+argument(r.name())))
	}
	m.out.WriteByte('\n')
	m.para("By hand, in this order. The former values are in `snapshot.json` beside the journal, without secrets.")
	m.out.WriteByte('\n')
	for i, s := range steps {
		m.numbered(i+1, plain(s.TakenBack()))
	}
}

// undone are the steps that a way back takes back, in its order.
func (r Record) undone() []plan.Step {
	var steps []plan.Step
	for _, s := range slices.Backward(r.Plan.Steps) {
		state := r.step(s.ID)
		if (s.Kind == plan.Request || s.Kind == plan.Manual && s.UndoDashboard != "") && state.How != run.Adopted && (state.Status == run.Done || state.Status == run.Unclear) {
			steps = append(steps, s)
		}
	}
	return steps
}

// takenBack says in a run's report that it was taken back, or how far that is. It reports whether it said so.
func (r Record) takenBack(m *markdown) bool {
	switch b := r.Back; {
	case b == nil:
		return false
	case b.GivenUp:
		m.item(0, "Somebody began to take it back, and gave that up.")
		return false
	case b.State.Finished:
		m.item(0, fmt.Sprintf("Taken back: see the report of %s.", code(b.State.ID)))
	default:
		m.item(0, fmt.Sprintf("Being taken back: see the report of %s. It waits for: %s", code(b.State.ID), plain(b.State.WaitsFor)))
		m.item(0, "Next: "+code(goBack(r.Plan, b.State, argument(r.name()))))
	}
	return true
}

// name is how a command finds the run: of a way back ("RUN/revert"), the run that it takes back.
func (r Record) name() string {
	name, _, _ := strings.Cut(r.State.ID, "/")
	return name
}

// planTitle is what a plan is called.
func planTitle(p plan.Plan) string {
	if p.Reverts != "" {
		return "The way back for " + p.Tenant.Domain
	}
	return "Plan for " + p.Tenant.Domain
}

// moveLabel is a move's title; on a way back without what becomes of it, which [backWords] says.
func moveLabel(p plan.Plan, m plan.Move) string {
	if comma := strings.LastIndex(m.Title, ", "); p.Reverts != "" && comma > 0 {
		return m.Title[:comma]
	}
	return m.Title
}

// backWords say where a move of a way back stands.
func backWords(m run.MoveState) string {
	words := map[run.MoveStatus]string{
		run.MoveNotReady: "not ready", run.MoveReady: "not begun", run.MoveStarted: "begun, not finished",
		run.MoveSwitched: "done", run.MoveConfirmed: "confirmed",
	}[m.Status]
	if comma := strings.LastIndex(m.Title, ", "); comma > 0 {
		return m.Title[comma+2:] + ": " + words
	}
	return words
}

// moveRow is a move of a plan, and how it is tested. Going back needs no test: it was in use before.
func moveRow(p plan.Plan, m plan.Move) string {
	if p.Reverts != "" {
		return m.Title
	}
	return fmt.Sprintf("%s (--move %s), %s", m.Title, m.Name, tested(p, m))
}
