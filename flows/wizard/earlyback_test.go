package wizard_test

import (
	"slices"
	"testing"

	"upe/client/oracle"
	"upe/flows/wizard"
)

// TestARunIsTakenBackBeforeTheFirstSwitch: what the preparation has written can be taken back from its own page, once it was interrupted,
// and from the page of a test.
func TestARunIsTakenBackBeforeTheFirstSwitch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		page, key string
		cut       int
	}{
		{page: "prepare", key: "prepare.turn", cut: 1},
		{page: "test-text", key: "test.turn"},
	} {
		t.Run(c.page, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "mfa-twilio")
			before := w.tenant.State()
			p := emulated(t, w, nil)
			p.until(c.page)
			if c.cut > 0 {
				p.cutOff(c.cut)
			}
			offers := slices.ContainsFunc(p.session.Page().Questions, func(q wizard.Question) bool { return string(q.Key) == c.key })
			if !offers {
				t.Fatalf("it asks %v", p.session.Page().Questions)
			}
			p.says[wizard.Key(c.key)], p.says["test.to"] = string(wizard.TakeBack), ""
			p.must()
			if page := p.until("back-done"); page.ID != "back-done" {
				t.Fatalf("ended at %q: %s", page.ID, page.Lead)
			}
			for _, path := range oracle.Changes(before, w.tenant.State()) {
				if !stamped(path) {
					t.Errorf("is not as it was: %s", path)
				}
			}
		})
	}
}
