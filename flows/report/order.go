package report

import (
	"slices"
	"strings"

	"upe/flows/plan"
)

// part is what is done in one go, and what users notice of it.
type part struct {
	phase plan.Phase
	steps []plan.Step
}

// inOrder are the steps of a plan as a person does them: phase by phase, but for a test of what only the switch brings. That one comes
// right behind the last step it needs; before it, it would test the old way.
func inOrder(p plan.Plan) []part {
	var parts []part
	late := map[string][]plan.Step{} // tests, by the step they come behind
	for _, phase := range phases() {
		var steps []plan.Step
		for _, s := range p.In(phase, "") {
			if behind := switchedBy(p, s); s.Kind == plan.Test && behind.ID != "" {
				s.Move = behind.Move
				late[behind.ID] = append(late[behind.ID], s)
				continue
			}
			steps = append(append(steps, s), late[s.ID]...)
		}
		if len(steps) > 0 {
			parts = append(parts, part{phase, steps})
		}
	}
	return parts
}

// switchedBy is the last step of the switch that s needs, none where it needs none.
func switchedBy(p plan.Plan, s plan.Step) plan.Step {
	for _, other := range slices.Backward(p.In(plan.Switch, "")) {
		if slices.Contains(s.Needs, other.ID) {
			return other
		}
	}
	return plan.Step{}
}

// countOf numbers the steps, from 1.
func countOf(parts []part) map[string]int {
	numbers := map[string]int{}
	for _, p := range parts {
		for _, s := range p.steps {
			numbers[s.ID] = len(numbers) + 1
		}
	}
	return numbers
}

// short is what a part is called in a word or two.
func (p part) short() string {
	return map[plan.Phase]string{plan.Prepare: "Prepare", plan.Testing: "Test", plan.Switch: "Switch", plan.After: "After"}[p.phase]
}

// backwards are the steps that a way back by hand takes back, the last first.
func backwards(parts []part) []plan.Step {
	var steps []plan.Step
	for _, p := range slices.Backward(parts) {
		for _, s := range slices.Backward(p.steps) {
			if s.Kind == plan.Request && !strings.HasPrefix(s.Undo, "nothing to undo") || s.Kind == plan.Manual && s.Proof == "api" {
				steps = append(steps, s)
			}
		}
	}
	return steps
}
