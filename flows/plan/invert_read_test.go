package plan_test

import (
	"errors"
	"testing"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// What was refused may be there all the same: a way back that is planned without it would leave it behind, and say that it is done.
func TestAWayBackIsNotPlannedFromWhatWasRefused(t *testing.T) {
	t.Parallel()
	s := scenarios()["mfa-twilio"]
	w := s.world()
	p, err := build(w, s.choices)
	if err != nil {
		t.Fatal(err)
	}
	before := w.snapshot()
	wrote := carryOut(t, w, p.Steps)
	for _, path := range []string{tenant.PathSettings, tenant.PathProviders, tenant.PathPhoneTemplates} {
		now := w.snapshot()
		now.Parts[path] = tenant.Part{Err: &tenant.Error{Op: tenant.GetSettings, Status: 403, Code: tenant.CodeScope}}
		_, err := plan.Invert(p, before, now, wrote)
		var refused *tenant.Error
		if !errors.As(err, &refused) || refused.Class() != tenant.ClassScope {
			t.Errorf("without %s: %v", path, err)
		}
	}
}
