package report

import (
	"fmt"
	"strings"
	"time"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
)

// Status is the text of where a run stands: its moves, what is known about test messages, what is open, and what comes next with
// the command for it. name is how a command finds the run, as in [Next].
func Status(p plan.Plan, s run.State, name string) string {
	t := &text{}
	t.line("Run %s for %s", s.ID, p.Tenant.Domain)
	t.gap()
	done, total := progress(s)
	t.row("Steps", fmt.Sprintf("%d of %d done", done, total))
	for _, m := range s.Moves {
		t.row(m.Title, moveWords(m))
	}
	for _, e := range s.Evidence {
		t.row("Test by "+judge.ChannelName(e.Channel), evidenceWords(e))
	}
	for _, o := range s.Overrides {
		t.row("Without evidence", o)
	}
	if s.TornLine {
		t.row("Journal", "its last line was cut off and is ignored")
	}
	openSteps(t, p, s, name)
	t.gap()
	if s.Finished {
		t.line("Finished.")
	} else if s.WaitsFor != "" {
		t.hang("Waits for: ", "           ", s.WaitsFor)
	}
	if command := Next(p, s, name); command != "" && !s.Finished {
		t.line("Next: %s", command)
	}
	return t.String()
}

func progress(s run.State) (done, total int) {
	for _, step := range s.Steps {
		if step.Status == run.Done {
			done++
		}
	}
	return done, len(s.Steps)
}

func moveWords(m run.MoveState) string {
	words := map[run.MoveStatus]string{
		run.MoveNotReady: "not ready", run.MoveReady: "ready to switch on", run.MoveStarted: "begun, not finished",
		run.MoveSwitched: "switched on, waits for a real login", run.MoveConfirmed: "confirmed",
	}[m.Status]
	if m.By != "" {
		words += " by " + m.By
	}
	if len(m.Missing) > 0 {
		words += "; missing: " + strings.Join(m.Missing, "; ")
	}
	return words
}

func evidenceWords(e run.Evidence) string {
	switch {
	case e.Proves():
		return "arrived " + moment(e.Arrived) + ", says " + e.By
	case e.Missing:
		return "did not arrive, says " + e.By
	case !e.Arrived.IsZero():
		return "arrived " + moment(e.Arrived) + ", but " + since(e) + ": test again"
	case !e.Accepted.IsZero() && e.Fresh:
		return "accepted " + moment(e.Accepted) + " to " + e.To + "; did it arrive?"
	case !e.Accepted.IsZero():
		return "accepted " + moment(e.Accepted) + ", but " + since(e) + ": test again"
	case e.Fresh && e.To != "":
		return "sent to " + e.To + ", but no answer came; did it arrive?"
	}
	return "not sent yet"
}

// since says what makes evidence a thing of the past.
func since(e run.Evidence) string {
	if e.Changed != "" {
		return e.Changed
	}
	return "something was written since"
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
