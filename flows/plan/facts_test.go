package plan_test

import (
	"slices"
	"testing"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// TestTouchesNamesPartsOfASnapshot: every write says what it changes, but for a test message, which changes nothing.
func TestTouchesNamesPartsOfASnapshot(t *testing.T) {
	t.Parallel()
	parts := tenantOf(connection("a", "twilio")).snapshot().Paths()
	for _, op := range tenant.Ops() {
		touched := plan.Touches(plan.Step{Call: &tenant.Call{Op: op, ID: "con_a"}})
		sends := op == tenant.TryProvider || op == tenant.TryPhoneTemplate
		if (len(touched) == 0) != (!op.Writes() || sends) {
			t.Errorf("%s touches %v", op, touched)
		}
		for _, path := range touched {
			if !slices.Contains(parts, path) {
				t.Errorf("%s touches %q, which is no part of a snapshot", op, path)
			}
		}
	}
	if touched := plan.Touches(plan.Step{}); touched != nil {
		t.Errorf("a step without a call touches %v", touched)
	}
}
