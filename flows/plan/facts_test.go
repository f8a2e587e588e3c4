package plan_test

import (
	"slices"
	"testing"

	"upe/flows/judge"
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

// TestAPlanDoesNotRelyOnTheLogs: they change with every request, so a plan has the same bytes whatever they show, be it a tool.
func TestAPlanDoesNotRelyOnTheLogs(t *testing.T) {
	t.Parallel()
	s := tenantOf(factors("sms"), mfaTwilio(account)).snapshot()
	choices := twilioChoices([]string{"text"}, []string{"sms"})
	var first plan.Plan
	for i, logs := range []tenant.Part{
		{},
		{Raw: []byte(`[]`)},
		{Raw: []byte(`[{"client_id":"app1","tool":"terraform","writes":true,"last":"2026-11-14T05:02:18Z"}]`)},
		{Err: &tenant.Error{Op: tenant.ListLogs, Status: 403, Code: tenant.CodeScope}},
	} {
		s.Parts[tenant.PathLogs] = logs
		p, err := plan.Build(s, judge.Judge(s), choices)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = p
		}
		if string(p.Bytes()) != string(first.Bytes()) || p.Fingerprint != first.Fingerprint {
			t.Errorf("logs %s make another plan", logs.Raw)
		}
	}
}
