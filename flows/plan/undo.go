package plan

import (
	"slices"
	"strings"
)

// formerSecrets is how the names of secrets begin that were in force before the run.
const formerSecrets = "former."

// undoSecrets lists what going back from the moves of a plan needs and a move makes unreadable: the way back of each of them is made
// from the tenant as it is now, and its former secrets are those.
func (b *builder) undoSecrets(p Plan) []Secret {
	var all []Secret
	for _, m := range p.Summary.Moves {
		v := &inverter{plan: p, before: b.before, now: b.before, wrote: map[string]bool{}}
		for _, s := range p.In(Switch, m.ID) {
			v.wrote[s.ID] = true
		}
		v.connections()
		v.mfa()
		v.remove()
		for _, asked := range v.asked {
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
