package wizard_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/testdata"
)

// away is how long a distant tenant takes to answer.
const away = 50 * time.Millisecond

// distant is a tenant far away.
type distant struct{ tenant.API }

// Do implements [tenant.API].
func (d distant) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	time.Sleep(away)
	return d.API.Do(ctx, call)
}

// TestOnlyWhatMustFollowsEachOther counts how many requests of a migration follow each other, from the preparation to the last
// confirmation, on every embedded tenant: as many as must. The clock stands still but for answers and waits, so the count is exact.
func TestOnlyWhatMustFollowsEachOther(t *testing.T) {
	t.Parallel()
	for _, name := range testdata.Tenants() {
		if name == "many" {
			continue // its size is tried elsewhere
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				v := beginning(t, scenarioOf(t, name), combination{world: emulator.Worlds()[0]})
				if v.runner == nil {
					return // there is no plan
				}
				taken := v.taken(t.Context())
				if must := v.must(); v.out.Result == testdata.Holds && taken > must {
					t.Errorf("%d requests follow each other, and %d must", taken, must)
				}
			})
		})
	}
}

// taken carries the plan out on a distant tenant and counts.
func (v voyage) taken(ctx context.Context) int {
	var waited time.Duration
	v.runner.API = func(p tenant.Permit) tenant.API { return distant{v.witness.Port(p)} }
	v.runner.Pause = func(_ context.Context, d time.Duration) error {
		waited += d
		time.Sleep(d)
		return nil
	}
	began := time.Now()
	v.carryOut(ctx)
	return int((time.Since(began) - waited) / away)
}

// must is how many requests must follow each other: what each phase begins with is read at once, what a step comes to is read back before
// the next one is sent, and what is replaced as a whole is read by itself before that.
func (v voyage) must() int {
	all := 0
	for _, s := range v.plan.Steps {
		replaces := s.Kind == plan.Request && (s.Merge != nil || s.Call.Op == tenant.PatchBindings)
		switch {
		case replaces:
			all += 3
		case s.Kind == plan.Request:
			all += 2
		case s.Kind == plan.Wait:
			all += 3 // it is not built yet, it is, and its draft is still ours
		}
	}
	phases := 0
	for _, phase := range []plan.Phase{plan.Prepare, plan.After} {
		if slices.ContainsFunc(v.plan.In(phase, ""), func(s plan.Step) bool { return s.Kind == plan.Request }) {
			phases++
		}
	}
	const move, message = 2, 3 // the reads before the switch and before its confirmation; what a message travels through, it, and the logs
	return all + phases + move*len(v.plan.Summary.Moves) + message*len(v.state.Evidence)
}
