package plan_test

import (
	"strings"
	"testing"

	"upe/flows/plan"
)

// TestUndoIsNamedBefore carries plans out and makes the way back: each former secret that it asks for because of a move is one that the
// plan has named for that move, so that it can be in hand before.
func TestUndoIsNamedBefore(t *testing.T) {
	t.Parallel()
	seen := 0
	for name, s := range scenarios() {
		w := s.world()
		p, err := build(w, s.choices)
		if err != nil {
			continue
		}
		before := w.snapshot()
		wrote := carryOut(t, w, p.Steps)
		for _, prepared := range p.In(plan.Prepare, "") {
			delete(wrote, prepared.ID) // what nobody noticed is no move's
		}
		back, err := plan.Invert(p, before, w.snapshot(), wrote)
		if err != nil {
			continue
		}
		named := map[string]bool{}
		for _, m := range p.Summary.Moves {
			for _, s := range p.UndoOf(m.ID) {
				named[s.Name] = true
			}
		}
		for _, asked := range back.Secrets {
			if former := strings.HasPrefix(asked.Name, "former."); former && !named[asked.Name] {
				t.Errorf("%s: going back asks for %s, which the plan has not named: %v", name, asked.Name, p.Secrets)
			} else if former {
				seen++
			}
		}
	}
	if seen == 0 {
		t.Error("no scenario has a former secret")
	}
}

// TestUndoOfALiveProvider names what must be in hand before its AuthToken is replaced.
func TestUndoOfALiveProvider(t *testing.T) {
	t.Parallel()
	choices := twilioChoices([]string{"text"}, []string{"sms"})
	choices.Twilio.SID = "AC00000000000000000000000000000099"
	p, err := build(tenantOf(factors("sms"), mfaTwilio(account), unified(true), provider("twilio", false, "text")), choices)
	if err != nil {
		t.Fatal(err)
	}
	undo := p.UndoOf(plan.MoveProvider)
	if len(undo) != 1 || undo[0].Name != plan.SecretFormerProviderToken || !strings.HasPrefix(undo[0].Why, "only to go back: ") {
		t.Errorf("in hand before: %+v", undo)
	}
	if others := p.UndoOf("con_1"); len(others) != 0 {
		t.Errorf("another move: %+v", others)
	}
}
