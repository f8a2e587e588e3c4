package run

import "upe/flows/plan"

// Reads is how many reads the run of a plan sends at least: each thing that the plan relies on, before the first write, and after each
// write one that looks whether it happened. There are more where Auth0 is waited for, where a run goes on another day, and in the
// tenant logs.
func Reads(p plan.Plan) int {
	relied := map[string]bool{}
	for _, fact := range p.Relies {
		relied[fact.Path] = true
	}
	n := len(relied)
	for _, s := range p.Steps {
		if s.Kind == plan.Request || s.Kind == plan.Wait {
			n++
		}
	}
	return n
}
