package report

import (
	"fmt"
	"strings"
	"time"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// Status is the text of where a run stands: its moves, what is known about test messages, what is open, and what comes next with
// the command for it. name is how a command finds the run, as in [Next], and empty where none is to go on with it, because a later run has
// taken its place; before is the snapshot from before anything was written.
func Status(p plan.Plan, s run.State, before tenant.Snapshot, name string) string {
	t := &text{}
	standing(t, p, s, nil)
	changedText(t, p, s)
	openSteps(t, p, s, name)
	heard(t, s)
	t.gap()
	switch {
	case s.Finished:
		t.line("%s", finishedWords(p))
	case name == "":
		t.hang("Was to wait for: ", "                 ", s.WaitsFor)
		return t.String()
	case s.WaitsFor != "":
		t.hang("Waits for: ", "           ", s.WaitsFor)
	}
	t.para(0, BeforeLogin(p, s, before))
	if command := Next(p, s, name); command != "" && !s.Finished {
		t.line("Next: %s", command)
	}
	return t.String()
}

// standing says what a run has done so far; back is what takes it back, nil for nothing.
func standing(t *text, p plan.Plan, s run.State, back *Back) {
	what := "Run"
	if p.Reverts != "" {
		what = "Way back"
	}
	t.line("%s %s for %s", what, s.ID, p.Tenant.Domain)
	t.gap()
	done, total := progress(s)
	t.row("Steps", fmt.Sprintf("%d of %d done", done, total))
	for _, m := range s.Moves {
		t.row(moveLabel(p, m.Move), moveWords(p, m, len(s.Changed) > 0, back))
	}
	for _, e := range tests(p, s) {
		t.row("Test by "+e.by, e.words)
	}
	for _, o := range s.Overrides {
		t.row("Without evidence", o)
	}
	for _, o := range s.WithoutUndo {
		t.row("Undo not in hand", o)
	}
	if s.TornLine {
		t.row("Journal", "its last line was cut off and is ignored")
	}
}

// changedText says what the last command found changed, and the ways out.
func changedText(t *text, p plan.Plan, s run.State) {
	if len(s.Changed) == 0 || s.Finished {
		return
	}
	t.heading("The tenant has changed since the plan was made")
	for _, c := range s.Changed {
		t.item(2, "-", c)
	}
	way := "Make a new plan: it begins from how the tenant is now, with what this run has done already."
	if p.Reverts != "" {
		way = "Have the way back computed again."
	}
	t.para(2, "Nothing was written. "+way+" Or put this back as it was, and run the command again that found it.")
}

func finishedWords(p plan.Plan) string {
	if p.Reverts != "" {
		return "Finished: what the run did is taken back."
	}
	return "Finished."
}

func progress(s run.State) (done, total int) {
	for _, step := range s.Steps {
		if step.Status == run.Done {
			done++
		}
	}
	return done, len(s.Steps)
}

func moveWords(p plan.Plan, m run.MoveState, held bool, back *Back) string {
	if back.holds() {
		return back.moveWords(m)
	}
	words := map[run.MoveStatus]string{
		run.MoveNotReady: "not ready", run.MoveReady: "ready to switch on", run.MoveStarted: "begun, not finished",
		run.MoveSwitched: "switched on, waits for a real login", run.MoveConfirmed: "confirmed",
	}[m.Status]
	if p.Reverts != "" {
		words = backWords(m)
	}
	if m.Status == run.MoveReady && held {
		words = "held up: the tenant has changed"
	}
	if m.By != "" {
		words += " by " + m.By
	}
	if len(m.Untried) > 0 {
		words += "; not proven by a login: " + channels(m.Untried)
	}
	if len(m.Along) > 0 {
		words += "; Auth0's flag has moved along what was to stay: " + strings.Join(m.Along, ", ")
	}
	if m.Logs != nil {
		words += "; since then " + m.Logs.Codes()
	}
	if len(m.Missing) > 0 {
		words += "; missing: " + strings.Join(m.Missing, "; ")
	}
	return words
}

// openSteps lists what failed, is unclear, or waits.
func openSteps(t *text, p plan.Plan, s run.State, name string) {
	first := true
	for _, state := range s.Steps {
		switch state.Status {
		case run.Broken, run.Unclear, run.Waiting, run.Doing:
		case run.Todo, run.Done:
			continue
		}
		if first {
			t.heading("Open")
			first = false
		}
		step, _ := p.Step(state.ID)
		if step.Kind == plan.Manual {
			t.item(2, "-", fmt.Sprintf("%s (by hand: %s)", step.Title, state.ID))
			t.para(4, "In the Dashboard: "+step.Dashboard)
			byHandText(t, step, name)
			continue
		}
		t.item(2, "-", fmt.Sprintf("%s (%s): %s", step.Title, state.ID, openWords(state)))
	}
}

// byHandText says how a step that is done by hand is found to be done.
func byHandText(t *text, s plan.Step, name string) {
	if s.Done != nil {
		t.para(4, "The tenant shows when it is done.")
		return
	}
	if name == "" {
		return
	}
	t.line("    When it is done: %s", done(s, argument(name)))
}

func openWords(s run.StepState) string {
	words := string(s.Status)
	if s.Waiting != "" {
		words = s.Waiting
	}
	if s.Error != nil {
		words += "; " + s.Error.Error()
	}
	return words
}

// moment is a point in time as people write it, always in UTC, so that a report reads the same everywhere.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
