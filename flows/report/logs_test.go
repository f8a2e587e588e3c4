package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"upe/flows/logs"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

func TestTheLogsAreTold(t *testing.T) {
	t.Parallel()
	r := record()
	text := unwrapped(report.Run(r))
	if !strings.Contains(text, "## What the tenant logs said They were not looked at.") {
		t.Errorf("it is not said that nobody looked:\n%s", text)
	}
	failed := logs.Told{
		At: r.Journal[0].At, Type: "fn", Kind: logs.Failure, Why: "a notification could not be sent: no route", Basis: logs.Inferred,
		Raw: json.RawMessage(`{"type":"fn","details":{"error":"no route"}}`),
	}
	sent := logs.Told{At: r.Journal[0].At, Type: "gd_send_sms", Kind: logs.Success, Why: "an MFA code was sent by SMS", Basis: logs.Documented}
	r.State.Evidence[0].Logs = &logs.Verdict{Standing: logs.Failed, Since: r.Journal[0].At, Read: 3, Failures: 1, Candidates: []logs.Told{failed}}
	r.State.Evidence[1].Logs = &logs.Verdict{Standing: logs.Unreadable, Why: "the token lacks read:logs"}
	r.State.Moves[0].Logs = &logs.Verdict{Standing: logs.Seen, Read: 9, Successes: 7, Candidates: []logs.Told{sent}, More: 6}
	for _, want := range []string{
		"- SMS: arrived 2026-11-20 08:30:00 UTC, says Ada; but the tenant logs show 1 failure: a notification could not be sent: no route: test again",
		"- Test by SMS: the tenant logs show 1 failure: a notification could not be sent: no route (3 entries read, since 2026-11-20 08:30:00 UTC)",
		"- 2026-11-20 08:30:00 UTC, fn, failure: a notification could not be sent: no route (our conclusion, Auth0 does not document it): " +
			"`{ \"type\": \"fn\", \"details\": { \"error\": \"no route\" } }`",
		"- Test by voice: not verified by logs: the token lacks read:logs",
		"- MFA: the tenant logs show 7 codes sent and no failure (9 entries read",
		"gd_send_sms, success: an MFA code was sent by SMS - and 6 more",
	} {
		if got := unwrapped(report.Run(r)); !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	text = report.Status(r.Plan, r.State, tenant.Snapshot{}, "run-1")
	if strings.Count(text, "In the tenant logs: ") != 1 || !strings.Contains(text, `    | { "type": "fn", "details": { "error": "no route" } }`) {
		t.Errorf("of a message that failed its entry is shown, and of codes that were sent none:\n%s", text)
	}
}

func TestAMessageThatFailedByTheLogsIsSentAgain(t *testing.T) {
	t.Parallel()
	r := record()
	r.State.Prepared = true
	r.State.Moves[0].Status = run.MoveNotReady
	r.State.Evidence[0] = run.Evidence{Channel: "text", Fresh: true, Accepted: r.Journal[0].At, To: "+1 *** *** 0100"}
	if got := report.Next(r.Plan, r.State, "RUN-1"); got != "upe test RUN-1 --arrived --channel sms --by NAME" {
		t.Errorf("without logs: %s", got)
	}
	r.State.Evidence[0].Logs = &logs.Verdict{Standing: logs.Failed, Failures: 1}
	if got := report.Next(r.Plan, r.State, "RUN-1"); got != "upe test RUN-1 --to NUMBER --channel sms" {
		t.Errorf("with a failure in the logs: %s", got)
	}
}
