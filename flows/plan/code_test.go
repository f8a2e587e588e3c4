package plan_test

import (
	"strings"
	"testing"

	"upe/flows/plan"
)

// TestScannedCode: what a scan found is a step by hand, also where nothing else needs one, and names nobody's computer.
func TestScannedCode(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		tenant string
		code   *plan.Code
		want   string // part of the step; "" for no step
	}{
		"MFA, not scanned":          {"mfa-twilio", nil, "`upe scan FOLDER` finds the calls"},
		"MFA, nothing found":        {"mfa-twilio", &plan.Code{Folder: "infra"}, "`upe scan FOLDER` finds the calls"},
		"MFA, found":                {"mfa-twilio", &plan.Code{Folder: "infra", Places: 3, Endpoints: []string{"3 × GET /x"}}, "3 places in infra stop working"},
		"an absolute path":          {"mfa-twilio", &plan.Code{Folder: "/home/robin/infra", Places: 1, Endpoints: []string{"1 × GET /x"}}, "1 place in infra stops working"},
		"Passwordless, not scanned": {"passwordless", nil, ""},
		"Passwordless, found":       {"passwordless", &plan.Code{Folder: "app", Places: 2, Endpoints: []string{"2 × sms_provider_error"}}, "2 × sms_provider_error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario := scenarios()[tc.tenant]
			choices := scenario.choices
			choices.Code = tc.code
			made, err := build(scenario.world(), choices)
			if err != nil {
				t.Fatal(err)
			}
			step, ok := made.Step("legacy-endpoints")
			if ok != (tc.want != "") || !strings.Contains(step.Title+step.Why, tc.want) {
				t.Errorf("step %v: %s\n%s", ok, step.Title, step.Why)
			}
			if strings.Contains(string(made.Bytes()), "robin") {
				t.Error("the plan names a person's folder")
			}
		})
	}
}
