package run_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// flagless is a tenant that never shows the tenant flag, neither when it is read nor when it is written (recorded in 2026).
type flagless struct{ tenant.API }

func (f flagless) Do(ctx context.Context, c tenant.Call) (json.RawMessage, error) {
	answer, err := f.API.Do(ctx, c)
	if err != nil || c.Op != tenant.GetSettings && c.Op != tenant.PatchSettings {
		return answer, err
	}
	document, err := plan.Decode(answer)
	if settings, ok := document.(map[string]any); ok {
		delete(settings, "phone_consolidated_experience")
	}
	return plan.Encode(document), err
}

// unshown is the migration of such a tenant.
func unshown() plan.Plan {
	p := migration()
	p.Relies[0].Value = raw(`null`)
	for i := range p.Steps {
		if p.Steps[i].ID == "flag" {
			p.Steps[i].Done.Silent = true
		}
	}
	return p
}

func unshownRunner(f *fake, log run.Log) *run.Runner {
	r := newRunner(f, log)
	r.API = func(permit tenant.Permit) tenant.API { return flagless{f.api(permit)} }
	return r
}

// What the tenant never shows is done when it was answered with success. It is not sent twice, and nobody takes it for undone later.
func TestWhatTheTenantDoesNotShowIsDoneWhenItIsAnswered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), unshown()
		for _, s := range stages() {
			state, err := attempt(t, s, unshownRunner(f, log), p)
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			if s.name == "switch mfa" && how(state, "flag") != run.Answered {
				t.Errorf("it is done by %q", how(state, "flag"))
			}
		}
		if f.wrote("PATCH /tenants/settings") != 1 {
			t.Errorf("%v", f.writes())
		}
	})
}

// Nothing tells whether a write without an answer took effect, so it is sent again.
func TestWhatTheTenantDoesNotShowIsSentUntilItIsAnswered(t *testing.T) {
	t.Parallel()
	for kind, times := range map[fault]int{lost: 2, reset: 2, applied: 2, broken: 2, before: 2, after: 2, refuse: 2} {
		synctest.Test(t, func(t *testing.T) {
			f, log, p := newFake(), run.NewMemory(nil), unshown()
			delete(f.settings, "phone_consolidated_experience")
			for _, s := range stages()[:3] {
				survive(t, s, f, log, p)
			}
			f.fault = once(tenant.PatchSettings, kind)
			s := running(plan.Switch, "mfa")
			if _, err := attempt(t, s, unshownRunner(f, log), p); err == nil {
				t.Fatalf("%s: nobody noticed", kind)
			}
			state, err := attempt(t, s, unshownRunner(f, log), p)
			if err != nil || how(state, "flag") != run.Answered || f.wrote("PATCH /tenants/settings") != times {
				t.Errorf("%s: %v, done by %q, %v", kind, err, how(state, "flag"), f.writes())
			}
		})
	}
}

// A tenant that shows the flag after all is held to it, and one whose plan expects to see it as well.
func TestWhatTheTenantShowsMustBeSo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), unshown()
		delete(f.settings, "phone_consolidated_experience")
		for _, s := range stages()[:4] {
			survive(t, s, f, log, p)
		}
		f.settings["phone_consolidated_experience"] = false // somebody turned it off
		_, err := attempt(t, stages()[4], newRunner(f, log), p)
		var stale *run.Stale
		if !errors.As(err, &stale) {
			t.Errorf("%v", err)
		}
		f, log, p = newFake(), run.NewMemory(nil), migration()
		for _, s := range stages()[:3] {
			survive(t, s, f, log, p)
		}
		p.Relies[0].Value = raw(`false`)
		_, err = attempt(t, running(plan.Switch, "mfa"), unshownRunner(f, log), p)
		if err == nil {
			t.Error("a flag that was shown, and is not any more, goes unnoticed")
		}
	})
}
