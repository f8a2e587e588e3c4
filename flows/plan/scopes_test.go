package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/plan"
	"upe/flows/tenant"
)

func TestScopesOfWholePlans(t *testing.T) {
	t.Parallel()
	cases := []struct{ scenario, own, back string }{
		{
			"mfa-twilio",
			"create:phone_providers create:phone_templates read:guardian_factors read:phone_providers read:phone_templates " +
				"read:tenant_settings update:tenant_settings",
			"delete:phone_providers delete:phone_templates update:guardian_factors",
		},
		{
			"custom-new",
			"create:actions create:phone_providers read:actions read:guardian_factors read:phone_providers read:tenant_settings " +
				"update:actions update:tenant_settings",
			"delete:actions delete:phone_providers update:guardian_factors",
		},
		{
			"passwordless-beside-mfa",
			"create:phone_providers read:connections read:connections_options read:phone_providers update:connections update:connections_options",
			"delete:phone_providers",
		},
		{
			"from-scratch",
			"create:connections create:phone_providers read:connections read:connections_options read:guardian_factors read:phone_providers " +
				"read:tenant_settings update:connections update:guardian_factors update:tenant_settings",
			"delete:phone_providers",
		},
	}
	for _, c := range cases {
		s := scenarios()[c.scenario]
		p, err := build(s.world(), s.choices)
		if err != nil {
			t.Fatal(err)
		}
		if own, back := scopesOf(p, false), scopesOf(p, true); own != c.own || back != c.back {
			t.Errorf("%s: %s; to go back: %s", c.scenario, own, back)
		}
	}
}

func scopesOf(p plan.Plan, revert bool) string {
	var scopes []string
	for _, need := range plan.Scopes(p) {
		if need.Revert == revert {
			scopes = append(scopes, need.Scope)
		}
	}
	return strings.Join(scopes, " ")
}

// A missing scope is named with what it is for, so that an admin knows what to ask for and why.
func TestAScopeNamesItsSteps(t *testing.T) {
	t.Parallel()
	s := scenarios()["mfa-and-passwordless"]
	p, err := build(s.world(), s.choices)
	if err != nil {
		t.Fatal(err)
	}
	needs := plan.Scopes(p)
	i := slices.IndexFunc(needs, func(n plan.Need) bool { return n.Scope == "update:connections_options" })
	want := `["Switch the connection \"a\" to the tenant-level provider" "Switch the connection \"b\" to the tenant-level provider"]`
	if i < 0 || fmt.Sprintf("%q", needs[i].Steps) != want || needs[i].Revert {
		t.Errorf("%+v", needs)
	}
	move := plan.ScopesOf(p.In(plan.Switch, plan.MoveMFA))
	if slices.ContainsFunc(move, func(n plan.Need) bool { return strings.Contains(n.Scope, "connections") }) {
		t.Errorf("one move asks for scopes of another: %+v", move)
	}
}

// TestScopesAreWhatThePlanSends: every request that is sent, and every read that proves it, has its scopes in the list; nothing
// that no step sends is among the plan's own.
func TestScopesAreWhatThePlanSends(t *testing.T) {
	t.Parallel()
	checkPlans(t, func(t *rapid.T, _ *world, _ tenant.Snapshot, _ plan.Choices, p plan.Plan) {
		used := map[string]bool{}
		for _, s := range p.Steps {
			var ops []tenant.Op
			if s.Call != nil {
				ops = append(ops, s.Call.Op)
			}
			if s.Merge != nil {
				ops = append(ops, s.Merge.Get.Op)
			}
			for _, check := range []*plan.Check{s.Done, s.Fails} {
				if check != nil {
					ops = append(ops, check.Get.Op)
				}
			}
			for _, op := range ops {
				for _, scope := range op.Scopes() {
					used[scope] = true
				}
			}
		}
		needs := plan.Scopes(p)
		for i, need := range needs {
			if len(need.Steps) == 0 || need.Revert == used[need.Scope] || i > 0 && needs[i-1].Scope >= need.Scope {
				t.Fatalf("%+v, though the plan sends with %v", needs, used)
			}
			delete(used, need.Scope)
		}
		if len(used) > 0 {
			t.Fatalf("not named: %v", used)
		}
	})
}
