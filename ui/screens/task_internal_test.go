package screens

import (
	"testing"
	"time"

	"upe/flows/wizard"
)

// News carry the task they are of. Those of an older one, which may still be on their way when the effect is tried again, are
// dropped: they must neither change what is known nor end the new one.
func TestNewsOfAnotherTaskAreDropped(t *testing.T) {
	t.Parallel()
	page := func(wizard.Known, wizard.Answers) wizard.Page {
		return wizard.Page{ID: "p", Effect: &wizard.Effect{Title: "Reading"}}
	}
	r := New(Options{Session: wizard.NewSessionWith(page, wizard.Known{}, nil), Now: func() time.Time { return time.Unix(0, 0) }})
	r.start(r.page.Effect, false)
	old := r.task
	r.start(r.page.Effect, false)
	rename := func(k wizard.Known) wizard.Known { k.Name = "old"; return k }
	for _, of := range []struct {
		task *task
		want string
	}{{old, ""}, {r.task, "old"}} {
		r.Update(reported{of.task, []report{{change: rename}, {ended: true}}})
		if r.known.Name != of.want || r.works() != (of.task == old) {
			t.Errorf("name %q, works: %v", r.known.Name, r.works())
		}
	}
}
