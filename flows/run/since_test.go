package run_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// To deploy puts live whatever the draft is: not what somebody else has saved while the run was interrupted.
func TestADraftOfSomebodyElseIsNotDeployed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		f.fault = once(tenant.DeployAction, reset)
		prepare := running(plan.Prepare, "")
		if _, err := prepare.do(t.Context(), newRunner(f, log), migration()); err == nil {
			t.Fatal("nothing interrupted the run")
		}
		sent := f.wrote("POST /actions/actions/act_1/deploy")
		f.action["code"] = "somebody else's"
		_, err := prepare.do(t.Context(), newRunner(f, log), migration())
		var stale *run.Stale
		if !errors.As(err, &stale) {
			t.Errorf("it says %v", err)
		}
		if again := f.wrote("POST /actions/actions/act_1/deploy"); again != sent || f.action["all_changes_deployed"] == true {
			t.Errorf("it was deployed")
		}
	})
}

// Between what was seen to be so and the removal of the provider may lie days.
func TestTheProviderIsNotRemovedAfterSomebodyBeganToUseIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		f.provider = map[string]any{"id": "pro_1"}
		unused := &plan.Check{Get: get(tenant.GetConnection, "con_1"), Match: raw(`{"options":{"use_phone_provider":true}}`), Absent: true}
		back := plan.Plan{
			Schema: plan.Schema, Tenant: migration().Tenant, Summary: plan.Summary{Moves: []plan.Move{}},
			Steps: []plan.Step{
				{ID: "look", Title: "Look", Kind: plan.Manual, Phase: plan.After, Proof: "api", Done: unused},
				{
					ID: "remove", Title: "Remove", Kind: plan.Request, Phase: plan.After, Needs: []string{"look"},
					Call: call(tenant.DeleteProvider, "pro_1", ""),
					Done: &plan.Check{Get: get(tenant.ListProviders, ""), Match: raw(`{"id":"pro_1"}`), Absent: true},
				},
			},
		}.Sealed()
		after := running(plan.After, "")
		f.fault = once(tenant.ListProviders, broken)
		if _, err := after.do(t.Context(), newRunner(f, log), back); err == nil {
			t.Fatal("nothing interrupted the run")
		}
		f.options["use_phone_provider"] = true
		_, err := after.do(t.Context(), newRunner(f, log), back)
		var stale *run.Stale
		if !errors.As(err, &stale) || f.wrote("DELETE") > 0 {
			t.Errorf("it says %v, and %d removals were sent", err, f.wrote("DELETE"))
		}
	})
}
