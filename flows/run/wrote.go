package run

import "upe/flows/plan"

// Wrote says which steps of a plan a run sent, or may have sent, by the steps' ids: what [plan.Invert] takes back. What was
// adopted was so before the run, and what was refused never happened. Steps that a person was asked to do count as well: they may have
// done them after the run was interrupted. It fails as [Replay] does.
func Wrote(p plan.Plan, journal []byte) (map[string]bool, error) {
	j, err := Parse(journal)
	if err != nil {
		return nil, err
	}
	h, err := recall(p, j.Entries)
	if err != nil {
		return nil, err
	}
	wrote := map[string]bool{}
	for _, s := range p.Steps {
		t := h.steps[s.ID]
		if s.Kind == plan.Request && (t.ours || t.unsure) || s.Kind == plan.Manual && t.asked {
			wrote[s.ID] = true
		}
	}
	return wrote, nil
}
