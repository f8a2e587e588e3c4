package run

import (
	"fmt"
	"slices"

	"upe/flows/plan"
)

func (h *history) moves() []MoveState {
	states := make([]MoveState, 0, len(h.plan.Summary.Moves))
	for _, m := range h.plan.Summary.Moves {
		states = append(states, h.move(m))
	}
	return states
}

func (h *history) move(m plan.Move) MoveState {
	state := MoveState{Move: m, Logs: h.logs[m.ID], Along: h.along[m.ID]}
	by, confirmed := h.confirmed[m.ID]
	switch {
	case confirmed:
		state.Status, state.By, state.Untried = MoveConfirmed, by, h.untried[m.ID]
	case h.switched[m.ID]:
		state.Status = MoveSwitched
	case h.started(m):
		state.Status = MoveStarted
	default:
		state.Status, state.Missing = MoveReady, h.missing(m)
		if len(state.Missing) > 0 {
			state.Status = MoveNotReady
		}
	}
	return state
}

// started reports whether a step of the move changed the tenant, or may have.
func (h *history) started(m plan.Move) bool {
	for _, s := range h.plan.In(plan.Switch, m.ID) {
		if h.steps[s.ID].touched() {
			return true
		}
	}
	return false
}

// missing says in words what a move needs before it may begin.
func (h *history) missing(m plan.Move) []string {
	var missing []string
	if n := len(h.left(h.plan.In(plan.Prepare, ""))); n > 0 {
		missing = append(missing, fmt.Sprintf("%s of the preparation", count(n, "step")))
	}
	if live, ok := h.plan.Move(plan.MoveProvider); ok && m.ID != live.ID && !h.switched[live.ID] {
		missing = append(missing, fmt.Sprintf("the move %q, which comes first", live.Title))
	}
	return append(missing, h.unproven(m)...)
}

// unproven says which evidence a move lacks; none when somebody decided to go without.
func (h *history) unproven(m plan.Move) []string {
	if h.overridden(m) {
		return nil
	}
	var missing []string
	for _, channel := range m.Channels {
		if lacks := h.evidence[channel].lacks(); lacks != "" {
			missing = append(missing, lacks)
		}
	}
	return missing
}

// overridden reports whether somebody decided that a move goes without evidence.
func (h *history) overridden(m plan.Move) bool {
	return slices.ContainsFunc(h.overrides, func(o override) bool { return o.move == m.ID && o.fresh })
}

// prepared reports whether the tenant-level provider is ready to be tested.
func (h *history) prepared() bool { return h.allDone(h.plan.In(plan.Prepare, "")) }

func (h *history) allConfirmed() bool {
	for _, m := range h.plan.Summary.Moves {
		if _, ok := h.confirmed[m.ID]; !ok {
			return false
		}
	}
	return true
}

// finished reports whether nothing is left that this program can do: what a person does by hand at the end may be open.
func (h *history) finished() bool {
	if !h.prepared() || !h.allConfirmed() {
		return false
	}
	for _, s := range h.left(h.plan.In(plan.After, "")) {
		if s.Kind != plan.Manual {
			return false
		}
	}
	return true
}

func count(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
