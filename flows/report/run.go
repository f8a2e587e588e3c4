package report

import (
	"fmt"
	"slices"
	"time"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
)

// Record is what a report of a run is made of.
type Record struct {
	Found   judge.Judgement // of the snapshot that was taken before anything was written
	Plan    plan.Plan
	State   run.State
	Journal []run.Entry
	Back    *Back // nil: nobody tried to take the run back
}

// Run is the report of a run, in Markdown: what was found, decided, written and tested, by whom and when, what remains to be
// done by hand, and how to undo it.
func Run(r Record) string {
	m := &markdown{}
	m.title(r.title())
	r.standing(m)
	r.found(m)
	m.section("Decided")
	decided(m, r.Plan)
	r.written(m)
	r.tested(m)
	r.moves(m)
	r.heard(m)
	r.byHand(m)
	r.undo(m)
	return m.String()
}

func (r Record) title() string {
	if r.Plan.Reverts != "" {
		return plain(planTitle(r.Plan))
	}
	return "Migration of " + plain(r.Plan.Tenant.Domain)
}

func (r Record) standing(m *markdown) {
	m.section("Where it stands")
	done, total := progress(r.State)
	m.item(0, fmt.Sprintf("Run %s, %d of %d steps done", code(r.State.ID), done, total))
	if n := len(r.Journal); n > 0 {
		m.item(0, fmt.Sprintf("Begun %s, last entry %s (%s in the journal)",
			moment(r.Journal[0].At), moment(r.Journal[n-1].At), entries(n)))
	}
	if r.takenBack(m) {
		return
	}
	switch {
	case r.State.Finished && r.Plan.Reverts != "":
		m.item(0, finishedWords(r.Plan))
	case r.State.Finished:
		m.item(0, "Finished: every move is confirmed.")
	case r.State.WaitsFor != "":
		m.item(0, "Waits for: "+plain(r.State.WaitsFor))
	}
	if command := Next(r.Plan, r.State, r.name()); command != "" && !r.State.Finished {
		m.item(0, "Next: "+code(command))
	}
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

func (r Record) found(m *markdown) {
	m.section("Found before anything was written")
	m.item(0, fmt.Sprintf("Verdict: %s; state: %s", r.Found.Verdict, r.Found.State))
	for _, route := range r.Found.Routes {
		m.item(0, plain(flowName(route)+" went "+way(route)+delivery(route)))
	}
	for _, f := range r.Found.Findings {
		m.item(0, fmt.Sprintf("%s (%s): %s", plain(f.Title), code(f.ID), f.Severity))
		for _, e := range f.Evidence {
			m.item(1, fmt.Sprintf("%s: %s", plain(e.What), code(e.Value)))
		}
	}
}

func (r Record) written(m *markdown) {
	m.section("Written")
	none := true
	for _, s := range r.Plan.Steps {
		state := r.step(s.ID)
		if s.Kind != plan.Request || state.Status == run.Todo {
			continue
		}
		none = false
		m.item(0, fmt.Sprintf("%s: %s, %s%s", plain(s.Title), code(request(s)), outcome(state), r.when(s.ID)))
	}
	if none {
		m.para("Nothing.")
	}
}

func outcome(s run.StepState) string {
	switch s.Status {
	case run.Done:
		switch s.How {
		case run.Adopted:
			return "was so already, nothing was sent"
		case run.Answered:
			return "answered with success; the tenant does not show what it changed"
		default:
			return "done and read back"
		}
	case run.Broken:
		if s.Error != nil {
			return "failed: " + plain(s.Error.Error())
		}
		return "failed"
	case run.Unclear:
		return "sent, outcome not known"
	case run.Todo, run.Doing, run.Waiting:
	}
	return string(s.Status)
}

// when is the time of the last entry about a step.
func (r Record) when(step string) string {
	for _, e := range slices.Backward(r.Journal) {
		if e.Step == step {
			return ", " + moment(e.At)
		}
	}
	return ""
}

func (r Record) tested(m *markdown) {
	if r.Plan.Reverts != "" {
		return
	}
	m.section("Tested")
	for _, e := range tests(r.Plan, r.State) {
		m.item(0, e.by+": "+plain(e.words))
	}
	for _, o := range r.State.Overrides {
		m.item(0, "Switched on without evidence: "+plain(o))
	}
	for _, o := range r.State.WithoutUndo {
		m.item(0, "Switched on without its undo in hand: "+plain(o))
	}
}

func (r Record) moves(m *markdown) {
	section := "Switched on"
	if r.Plan.Reverts != "" {
		section = "Switched back"
	}
	m.section(section)
	if len(r.State.Moves) == 0 {
		m.para(r.nothingMoved())
	}
	for _, move := range r.State.Moves {
		words := plain(moveLabel(r.Plan, move.Move) + ": " + moveWords(r.Plan, move, len(r.State.Changed) > 0, r.Back))
		for _, event := range []run.Event{run.Switched, run.Confirmed} {
			if at := r.moved(move.ID, event); !at.IsZero() {
				words += fmt.Sprintf("; %s %s", event, moment(at))
			}
		}
		m.item(0, words)
	}
}

// nothingMoved says why no flow is listed. A provider that is in use is put back by writes that are no flow's.
func (r Record) nothingMoved() string {
	if live := r.Plan.Reaches(); r.Plan.Reverts != "" && len(live) > 0 {
		return "No flow had been switched. What the run had changed of the provider is listed under Written: " + list(live) + " send through it, before and after."
	}
	return "No flow."
}

// moved is when a move was switched or confirmed, zero when it was not.
func (r Record) moved(move string, event run.Event) time.Time {
	for _, e := range slices.Backward(r.Journal) {
		if e.Move == move && e.Event == event {
			return e.At
		}
	}
	return time.Time{}
}

func (r Record) byHand(m *markdown) {
	m.section("Left to do by hand")
	none := true
	for _, s := range r.Plan.Steps {
		if r.Back.holds() || s.Kind != plan.Manual || r.step(s.ID).Status == run.Done {
			continue
		}
		none = false
		m.item(0, fmt.Sprintf("%s (%s)", plain(s.Title), code(s.ID)))
		m.item(1, s.Why)
		m.item(1, "Where: "+plain(s.Dashboard))
		if s.Link != "" {
			m.item(1, "Link: <"+s.Link+">")
		}
	}
	if none {
		m.para("Nothing.")
	}
}

func (r Record) step(id string) run.StepState {
	for _, s := range r.State.Steps {
		if s.ID == id {
			return s
		}
	}
	return run.StepState{ID: id, Status: run.Todo}
}
