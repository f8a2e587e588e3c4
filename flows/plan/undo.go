package plan

import (
	"slices"
	"strings"

	"upe/flows/tenant"
)

// formerSecrets is how the names of secrets begin that were in force before the run.
const formerSecrets = "former."

// TakenBack says in one line how a step is taken back by hand: how, where in the Dashboard, and last which step that is. A list of them is
// read in the worst of moments, and its lines are done as they begin: none may begin with what is to be undone.
func (s Step) TakenBack() string {
	return sentence(s.HowBack()) + " (undoes: " + s.Title + ")"
}

// HowBack says how a step is taken back, and where in the Dashboard.
func (s Step) HowBack() string {
	switch {
	case s.Undo == "": // a plan file may come from anywhere
		return "no way back is known"
	case s.UndoDashboard == "":
		return s.Undo
	}
	return s.Undo + ". In the Dashboard: " + s.UndoDashboard
}

// sentence begins a text, which is not empty, with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// GoingBack says before a move what going back from it may lose, and which secrets it may need, as far as the tenant tells by now. before is
// the tenant before the run, redacted. What [Invert] finds when somebody takes the run back may be less: what Auth0 has kept is not lost.
func (p Plan) GoingBack(before tenant.Snapshot, move string) ([]Gap, []Secret) {
	v := p.backFrom(before, move)
	return v.gaps(), v.asked
}

// backFrom is the way back of one move, made from the tenant as it is before the run.
func (p Plan) backFrom(before tenant.Snapshot, move string) *inverter {
	v := &inverter{plan: p, before: before, now: before, wrote: map[string]bool{}}
	for _, s := range p.In(Switch, move) {
		v.wrote[s.ID] = true
	}
	v.connections()
	v.mfa()
	v.remove()
	return v
}

// undoSecrets lists what going back from the moves of a plan needs and a move makes unreadable: the way back of each of them is made
// from the tenant as it is now, and its former secrets are those.
func (b *builder) undoSecrets(p Plan) []Secret {
	var all []Secret
	for _, m := range p.Summary.Moves {
		for _, asked := range p.backFrom(b.before, m.ID).asked {
			if strings.HasPrefix(asked.Name, formerSecrets) {
				all = forUndo(all, asked, m)
			}
		}
	}
	return all
}

func forUndo(all []Secret, asked Secret, m Move) []Secret {
	i := slices.IndexFunc(all, func(s Secret) bool { return s.Name == asked.Name })
	if i < 0 {
		asked.Why, asked.Undo = "only to go back: "+asked.Why, []string{m.ID}
		return append(all, asked)
	}
	all[i].Undo = append(all[i].Undo, m.ID)
	return all
}

// UndoOf lists the secrets that going back from a move needs, and that are to be in hand before it.
func (p Plan) UndoOf(move string) []Secret {
	var all []Secret
	for _, s := range p.Secrets {
		if slices.Contains(s.Undo, move) {
			all = append(all, s)
		}
	}
	return all
}
