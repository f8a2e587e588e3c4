package run_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// A rehearsal brings its own time: what would be waited for is told, and not waited for.
func TestWaitingIsLeftToWhoeverHasTheTime(t *testing.T) {
	t.Parallel()
	check := plan.Check{Get: get(tenant.ListProviders, ""), Want: raw(`{"on":true}`)}
	for name, step := range map[string]plan.Step{
		"a write that does not read back": {Kind: plan.Request, Call: call(tenant.PatchSettings, "", `{}`), Done: &check},
		"a wait that is in vain":          {Kind: plan.Wait, Done: &check},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			step.ID, step.Title, step.Phase = "step", "step", plan.Prepare
			tenant := &oracle{answer: `{"on":false}`}
			r := newRunner(nil, run.NewMemory(nil))
			r.API = tenant.api
			var waited time.Duration
			r.Pause = func(_ context.Context, d time.Duration) error {
				waited += d
				return nil
			}
			began := time.Now()
			_, err := r.Run(t.Context(), plan.Plan{Steps: []plan.Step{step}}, run.Until{Phase: plan.Prepare}, nil)
			var failed *run.StepError
			if !errors.As(err, &failed) || waited < 2*time.Second {
				t.Errorf("error %v after %s", err, waited)
			}
			if took := time.Since(began); took > time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}
