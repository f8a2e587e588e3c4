package main

import (
	"strings"
	"testing"

	"upe/flows/judge"
)

// TestTheTableOfChecksFits a narrow window and a wide one, where titles stand in the rows.
func TestTheTableOfChecksFits(t *testing.T) {
	t.Parallel()
	twice := judge.Route{Flow: judge.Passwordless, Channel: "sms", Via: judge.Legacy, Carrier: judge.Carrier{Kind: "gateway"}, Delivers: true}
	checks := []scenarioCheck{
		{"one", "A title that is rather long, so that it does not fit into a row of eighty columns", checkResult{
			Verdict: judge.Eligible, State: judge.StateLegacy, Routes: []judge.Route{twice, twice, {Flow: judge.MFA, Channel: "voice", Via: judge.Tenant}},
			Findings: []judge.Finding{{Severity: judge.Warning}, {Severity: judge.Warning}, {Severity: judge.Note}},
		}},
		{"two", "Nothing", checkResult{Verdict: judge.Blocked, State: judge.StateNone, Findings: []judge.Finding{{Severity: judge.Blocker}}}},
	}
	const narrow = `  Scenario  Verdict   State   B  D  W  N
  one       eligible  legacy  -  -  2  1
      A title that is rather long, so that it does not fit into a row of eighty
      columns
      2× passwordless: legacy gateway; mfa voice: tenant nothing!
  two       blocked   none    1  -  -  -
      Nothing
      nothing sends

2 scenarios: 1 eligible, 1 blocked.
`
	if got := checksText(checks, narrowColumns); !strings.HasPrefix(got, narrow) {
		t.Errorf("narrow:\n%s", got)
	}
	wide := checksText(checks, 160)
	if !strings.Contains(wide, "1  A title that is rather long, so that it does not fit into a row of eighty columns\n      2× passwordless") {
		t.Errorf("wide:\n%s", wide)
	}
}
