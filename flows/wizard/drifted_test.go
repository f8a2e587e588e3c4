package wizard_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// disable turns the tenant-level provider off or on, as another admin would.
func (w *world) disable(disabled bool) {
	w.t.Helper()
	read := w.tenant.Port(tenant.Permit{})
	raw, err := read.Do(w.t.Context(), tenant.Call{Op: tenant.ListProviders})
	if err != nil {
		w.t.Fatal(err)
	}
	var list struct {
		Providers []struct {
			ID string `json:"id"`
		} `json:"providers"`
	}
	if err := json.Unmarshal(raw, &list); err != nil || len(list.Providers) != 1 {
		w.t.Fatalf("%s, %v", raw, err)
	}
	call := tenant.Call{Op: tenant.PatchProvider, ID: list.Providers[0].ID, Body: fmt.Appendf(nil, `{"disabled":%t}`, disabled)}
	writes := w.tenant.Port(tenant.Permit{Tenant: w.tenant.Identity(), Writes: []tenant.Call{call}})
	if _, err := writes.Do(w.t.Context(), call); err != nil {
		w.t.Fatal(err)
	}
}

// TestAChangedTenantOffersANewPlan: what was, what is and what was planned is shown, and three ways out.
func TestAChangedTenantOffersANewPlan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ says, leads string }{
		{"anew", "provider"}, {"again", "move-mfa"}, {"back", "back"},
	} {
		t.Run(c.says, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "mfa-twilio")
			p := emulated(t, w, wizard.Answers{"drifted.next": c.says})
			p.until("move-mfa")
			w.disable(true)
			p.must()
			page := p.session.Page()
			if text := fmt.Sprint(page.Blocks); page.ID != "drifted" || !strings.Contains(text, "disabled: was false, is true, planned false") {
				t.Fatalf("page %s shows %s", page.ID, text)
			}
			if state := p.session.Known().Run; state.Moves[0].Status != run.MoveReady || !strings.Contains(state.WaitsFor, "a new plan") {
				t.Errorf("it stands %+v, and waits for %s", state.Moves[0], state.WaitsFor)
			}
			p.must()
			if got := p.session.Page().ID; got != c.leads {
				t.Errorf("%s leads to %s, want %s", c.says, got, c.leads)
			}
		})
	}
}

// TestAChangedTenantIsSaidAgainInAnotherSession: who goes on with such a run is told first.
func TestAChangedTenantIsSaidAgainInAnotherSession(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	p := emulated(t, w, nil)
	p.until("move-mfa")
	w.disable(true)
	p.must()
	next := emulated(t, w, nil)
	if page := next.until("drifted"); page.ID != "drifted" {
		t.Errorf("ended at %q: %s", page.ID, page.Lead)
	}
}
