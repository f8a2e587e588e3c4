package report_test

import (
	"strings"
	"testing"
	"time"

	"upe/flows/logs"
	"upe/flows/report"
)

func look(o logs.Outlook, before, after logs.Tally) logs.Look {
	at := time.Date(2026, 11, 20, 12, 30, 5, 0, time.UTC)
	before.Since, before.Until = at.Add(-2*time.Hour), at.Add(-time.Hour)
	after.Since, after.Until = at.Add(-time.Hour), at
	return logs.Look{At: at, Outlook: o, Flows: []logs.FlowLook{
		{Move: "mfa", Title: "MFA", Outlook: o, Why: "it is said so", Before: before, After: after},
		{Move: "con_1", Title: "Shop", Outlook: logs.Inconclusive, Why: "too little traffic", Before: before},
	}}
}

func TestALookInOneLine(t *testing.T) {
	t.Parallel()
	l := look(logs.LooksWrong, logs.Tally{Logins: logs.Logins{Started: 50, Completed: 48}}, logs.Tally{Logins: logs.Logins{Started: 40, Completed: 3}, Failed: 12})
	const want = "12:30:05 UTC  MFA looks wrong: 3 of 40 completed, before 48 of 50, 12 failed | Shop inconclusive: 0 of 0 completed, before 48 of 50"
	if got := report.Looked(l); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestALookInFull(t *testing.T) {
	t.Parallel()
	before := logs.Tally{Logins: logs.Logins{Started: 50, Completed: 48, Refused: 2}, Failures: map[string]int{"fn": 1}, Failed: 1, Read: 101}
	after := logs.Tally{
		Logins: logs.Logins{Started: 40, Completed: 3}, Failures: map[string]int{"fn": 12, "new_type": 1}, Failed: 13,
		Read: 500, Cut: true, AllFactors: true, Examples: []string{"90020261120"},
	}
	for outlook, wants := range map[logs.Outlook][]string{
		logs.LooksWrong: {
			"MFA: looks wrong\n", "48 of 50 codes led to a login (96%), 2 wrong or turned down, 1 could not be sent; 101 entries, 2026-11-20 10:30:05 UTC to 2026-11-20 11:30:05 UTC",
			"3 of 40 codes led to a login (8%), 13 could not be sent; 500 entries", "which are the newest only", "it is said so",
			"fn (a notification could not be sent): 12 entries, 1 before", "new_type: 1 entry, 0 before", "log_id 90020261120",
			"all factors are counted", "The way back is ready", "upe revert 'my run'", "Shop: inconclusive\n",
		},
		logs.LooksRight:   {"MFA: looks right\n", "It looks right.", "only somebody's login with a code"},
		logs.Inconclusive: {"MFA: inconclusive\n", "Inconclusive is not fine", "upe watch 'my run'"},
	} {
		got := report.Watched(look(outlook, before, after), "my run")
		flat := strings.Join(strings.Fields(got), " ")
		for _, want := range wants {
			if !strings.Contains(flat, strings.TrimSpace(want)) {
				t.Errorf("%s: %q is not in\n%s", outlook, want, got)
			}
		}
		if outlook != logs.LooksWrong && strings.Contains(got, "revert") {
			t.Errorf("%s offers the way back:\n%s", outlook, got)
		}
		for line := range strings.Lines(got) {
			if len(line) > 81 {
				t.Errorf("a line of %d columns: %s", len(line), line)
			}
		}
	}
}

// TestLogsThatMayBeGone: where nothing was found before the switch, or it is long ago, it is said how long logs are kept.
func TestLogsThatMayBeGone(t *testing.T) {
	t.Parallel()
	some := logs.Tally{Logins: logs.Logins{Started: 50, Completed: 48}}
	if got := report.Watched(look(logs.LooksRight, some, some), "r"); strings.Contains(got, "Enterprise") {
		t.Errorf("nothing can be gone yet:\n%s", got)
	}
	if got := report.Watched(look(logs.Inconclusive, logs.Tally{}, some), "r"); !strings.Contains(got, "Enterprise 30") {
		t.Errorf("nobody says why there is nothing:\n%s", got)
	}
	old := look(logs.LooksRight, some, some)
	old.Flows[0].Before.Since = old.At.Add(-25 * time.Hour)
	if got := report.Watched(old, "r"); !strings.Contains(got, "Enterprise 30") {
		t.Errorf("nobody says that logs may be gone:\n%s", got)
	}
}
