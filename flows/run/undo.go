package run

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
)

// lacksUndo marks the override of a move whose undo is not in hand.
const lacksUndo = "undo"

// undoInHand refuses a move that takes away what going back needs while nobody has it: Auth0 does not show an AuthToken again that was
// replaced. Whether a secret is the right one is not known before it is needed, so that there is one has to do.
func (e *engine) undoInHand(m plan.Move) error {
	if slices.ContainsFunc(e.noUndo, func(o override) bool { return o.move == m.ID }) {
		return nil
	}
	var missing []string
	for _, s := range e.plan.UndoOf(m.ID) {
		value, err := e.runner.Secret(s.Name)
		if err != nil || value == "" {
			missing = append(missing, fmt.Sprintf("%s (%s)", s.Name, s.Why))
			continue
		}
		e.secrets.add(value)
	}
	if len(missing) == 0 {
		return nil
	}
	return &Refusal{Kind: NeedsUndo, Missing: missing, Hint: "enter it, or give a reason to go without"}
}

// WithoutUndo lets a move begin although what going back needs is not in hand: a secret, or a scope of the token. The reason is kept in
// the journal.
func (r *Runner) WithoutUndo(p plan.Plan, move, reason, by string) (State, error) {
	return r.with(p, nil, func(e *engine) error {
		m, err := e.named(move)
		switch {
		case err != nil:
			return err
		case strings.TrimSpace(reason) == "":
			return &Refusal{Kind: NeedsWord, Missing: []string{"the reason to go without what going back needs"}}
		}
		return e.word(Entry{Event: Overridden, Move: m.ID, Lacks: lacksUndo, Note: reason, By: by}, by, "who decides so")
	})
}
