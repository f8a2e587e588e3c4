package run

import (
	"fmt"
	"slices"

	"upe/flows/plan"
)

// state is where the run stands after the entries applied so far.
func (h *history) state() State {
	s := State{
		ID: h.id, Moves: h.moves(), Prepared: h.prepared(), Finished: h.finished(), WaitsFor: h.waitsFor(), Entries: h.entries,
		Steps: make([]StepState, 0, len(h.plan.Steps)), Evidence: []Evidence{}, Changed: h.drift,
	}
	for _, step := range h.plan.Steps {
		s.Steps = append(s.Steps, h.step(step))
	}
	for _, channel := range channels(h.plan) {
		s.Evidence = append(s.Evidence, h.evidence[channel].Evidence)
	}
	s.Earlier, s.Gaps = slices.Clone(h.earlier), slices.Clone(h.gaps)
	for _, o := range h.overrides {
		s.Overrides = append(s.Overrides, fmt.Sprintf("%s: %s", h.title(o.move), o.reason))
	}
	for _, o := range h.noUndo {
		s.WithoutUndo = append(s.WithoutUndo, fmt.Sprintf("%s: %s", h.title(o.move), o.reason))
	}
	return s
}

func (h *history) step(s plan.Step) StepState {
	t := h.steps[s.ID]
	if s.Kind == plan.Test {
		return h.test(s, t)
	}
	state := StepState{ID: s.ID, Status: t.status(), How: t.how, Took: t.took, Error: t.err}
	unseen := s.Done != nil && !t.asked // nobody has looked yet, so nobody is waited for
	if s.Kind == plan.Manual && state.Status == Todo && !unseen && len(h.unmet(s)) == 0 && h.reached(s) {
		state.Status, state.Waiting = Waiting, byPerson(s)
	}
	return state
}

func (h *history) test(s plan.Step, t *trace) StepState {
	e := h.evidence[s.Channel]
	state := StepState{ID: s.ID, Status: Todo, Error: t.err}
	switch {
	case e.Proves():
		state.Status, state.How = Done, Arrived
	case e.Denied() && e.Fresh:
		state.Status, state.Waiting = Broken, e.lacks()
	case e.unclear && e.Fresh:
		state.Status, state.Waiting = Unclear, e.lacks()
	case t.err != nil, e.Missing:
		state.Status = Broken
	case e.Fresh:
		state.Status, state.Waiting = Waiting, e.lacks()
	}
	return state
}

// reached reports whether it is the turn of s: its move may be made, and everything of the same phase and move that stands
// before it, and is not done by hand, is done.
func (h *history) reached(s plan.Step) bool {
	if s.Phase == plan.After && !h.allConfirmed() {
		return false
	}
	if m, ok := h.plan.Move(s.Move); ok && h.move(m).Status == MoveNotReady {
		return false
	}
	for _, earlier := range h.plan.In(s.Phase, s.Move) {
		if earlier.ID == s.ID {
			return true
		}
		if earlier.Kind != plan.Manual && !h.done(earlier) {
			return false
		}
	}
	return false
}

// unmet lists the titles of the steps that s needs first and that are not done. Tests are not among them: whether a move may
// go without evidence is decided for the whole move.
func (h *history) unmet(s plan.Step) []string {
	var titles []string
	for _, id := range s.Needs {
		need, ok := h.plan.Step(id)
		if ok && need.Kind != plan.Test && !h.done(need) {
			titles = append(titles, need.Title)
		}
	}
	return titles
}

// waitsFor says what comes next, in words.
func (h *history) waitsFor() string {
	if h.finished() {
		return ""
	}
	if len(h.drift) > 0 {
		return h.anew()
	}
	if open := h.left(h.plan.In(plan.Prepare, "")); len(open) > 0 {
		return h.next("prepare", open)
	}
	for _, m := range h.moves() {
		switch m.Status {
		case MoveNotReady:
			return m.Missing[0]
		case MoveReady:
			if h.plan.Reverts != "" {
				return h.next("switching "+m.Title, h.left(h.plan.In(plan.Switch, m.ID)))
			}
			return "switching on: " + m.Title
		case MoveStarted:
			return h.next("finish "+h.switching()+" "+m.Title, h.left(h.plan.In(plan.Switch, m.ID)))
		case MoveSwitched:
			return h.wordOn(m.Move)
		case MoveConfirmed:
		}
	}
	return h.next("finish", h.left(h.plan.In(plan.After, "")))
}

// anew says what a run waits for that found the tenant changed.
func (h *history) anew() string {
	if h.plan.Reverts != "" {
		return "another way back: the tenant has changed since this one was made"
	}
	return "a new plan: the tenant has changed since this one was made"
}

// switching is what a move of the plan does.
func (h *history) switching() string {
	if h.plan.Reverts != "" {
		return "switching"
	}
	return "switching on"
}

// wordOn says what confirms a move: of a way back, that it reads back.
func (h *history) wordOn(m plan.Move) string {
	if h.plan.Reverts != "" {
		return "a look whether it reads back: " + m.Title
	}
	return wordOn(m)
}

// next says what stands in the way of the first open step.
func (h *history) next(what string, open []plan.Step) string {
	if len(open) == 0 {
		return what
	}
	first := open[0]
	switch state := h.step(first); {
	case state.Waiting != "":
		return state.Waiting
	case state.Status == Unclear:
		return fmt.Sprintf("%s: whether this happened must be read from the tenant: %s", what, first.Title)
	case state.Status == Broken:
		return fmt.Sprintf("%s: this failed: %s", what, first.Title)
	}
	return fmt.Sprintf("%s: %s left", what, count(len(open), "step"))
}

func (h *history) title(move string) string {
	if m, ok := h.plan.Move(move); ok {
		return m.Title
	}
	return move
}

func byPerson(s plan.Step) string { return "a person: " + s.Title }
