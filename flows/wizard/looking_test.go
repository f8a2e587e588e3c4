package wizard_test

import (
	"slices"
	"strings"
	"testing"

	"upe/flows/run"
	"upe/flows/wizard"
)

// TestWhatHappensBeforeTheFirstWriteIsSaid: on a slow link the tenant is read again for long before a step begins. The page says so, and does
// not take what has just begun for what was interrupted.
func TestWhatHappensBeforeTheFirstWriteIsSaid(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	page := p.until("prepare")
	lead, looked := page.Lead, false
	err := page.Effect.Do(t.Context(), p.host, p.session.Answers(), func(change func(wizard.Known) wizard.Known) {
		p.session.Update(change)
		now, state := p.session.Page(), p.session.Known().Run
		if state == nil || !state.Working {
			return
		}
		if now.Lead != lead {
			t.Errorf("while it works: %q", now.Lead)
		}
		begun := slices.ContainsFunc(state.Steps, func(s run.StepState) bool { return s.Status != run.Todo })
		said := strings.Contains(shown(now), "the tenant is read again first")
		looked = looked || said
		if said && begun {
			t.Error("it is said although a step has begun")
		}
	})
	if err != nil || !looked {
		t.Errorf("said: %v, error %v", looked, err)
	}
}
