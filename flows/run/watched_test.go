package run_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// told is a journal of these entries, behind that of the beginning.
func told(p plan.Plan, entries ...run.Entry) []byte {
	var out []byte
	for i, e := range append([]run.Entry{{Event: run.Began, By: "run-1", Plan: p.Checksum}}, entries...) {
		e.Seq = i + 1
		out = append(append(out, plan.Encode(e)...), '\n')
	}
	return out
}

func TestWhatIsWatched(t *testing.T) {
	t.Parallel()
	p := migration()
	p.Summary.Moves = append(p.Summary.Moves,
		plan.Move{ID: plan.MoveNewConnection, Name: "shop", Title: "A new connection"}, plan.Move{ID: plan.MoveProvider, Title: "The provider"})
	p.Steps = append(p.Steps, plan.Step{ID: "connection", Kind: plan.Request, Call: &tenant.Call{Op: tenant.CreateConnection}})
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	got, err := run.Watched(p, told(
		p,
		run.Entry{At: noon, Event: run.Switched, Move: "mfa"},
		run.Entry{Event: run.Sent, Step: "connection", Answer: map[string]any{"id": "con_9"}},
		run.Entry{At: noon.Add(time.Hour), Event: run.Switched, Move: plan.MoveNewConnection},
		run.Entry{At: noon.Add(2 * time.Hour), Event: run.Switched, Move: plan.MoveProvider},
		run.Entry{At: noon.Add(3 * time.Hour), Event: run.Confirmed, Move: "mfa", By: "Ann"},
	))
	want := []logs.Course{
		{Move: "mfa", Title: "MFA", Sought: logs.Sought{Flow: logs.MFA, Since: noon, Provider: "custom"}},
		{Move: plan.MoveNewConnection, Title: "A new connection", Sought: logs.Sought{
			Flow: logs.Passwordless, Since: noon.Add(time.Hour), Provider: "custom", Connection: "con_9", Name: "shop",
		}},
		{Move: plan.MoveProvider, Title: "The provider", Sought: logs.Sought{Flow: logs.Any, Since: noon.Add(2 * time.Hour), Provider: "custom"}},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if got, err := run.Watched(p, nil); err != nil || len(got) != 0 {
		t.Errorf("nothing happened, and %v is watched, %v", got, err)
	}
	other := p
	other.Checksum = "sha256:other"
	if _, err := run.Watched(other, told(p)); !errors.Is(err, run.ErrOtherPlan) {
		t.Errorf("another plan: %v", err)
	}
	if _, err := run.Watched(p, append([]byte("not a line\n"), told(p)...)); err == nil {
		t.Error("a journal that cannot be read is read")
	}
}
