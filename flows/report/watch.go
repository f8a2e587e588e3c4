package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"upe/flows/logs"
)

// Looked is one look at the tenant logs in one line: the time, and each flow with its numbers.
func Looked(l logs.Look) string {
	parts := make([]string, 0, len(l.Flows))
	for _, f := range l.Flows {
		words := fmt.Sprintf("%s %s: %d of %d completed, before %d of %d", f.Title, f.Outlook.Words(),
			f.After.Completed, f.After.Started, f.Before.Completed, f.Before.Started)
		if f.After.Failed > 0 {
			words += fmt.Sprintf(", %d failed", f.After.Failed)
		}
		parts = append(parts, words)
	}
	return l.At.UTC().Format("15:04:05 UTC") + "  " + strings.Join(parts, " | ")
}

// Watched is what a look at the tenant logs says of the flows that were switched on: the numbers, the verdict with its reason, and
// what to do. name is how a command finds the run, as in [Next].
func Watched(l logs.Look, name string) string {
	t := &text{}
	t.line("Logins since the switch, as of %s", moment(l.At))
	old, whole := false, false
	for _, f := range l.Flows {
		t.heading(f.Title + ": " + f.Outlook.Words())
		t.row("Before", tallyWords(f.Before))
		t.row("After", tallyWords(f.After))
		t.row("Why", f.Why)
		for _, kind := range slices.Sorted(maps.Keys(f.After.Failures)) {
			t.row("Failed", fmt.Sprintf("%s: %s, %d before", failureWords(kind), entries(f.After.Failures[kind]), f.Before.Failures[kind]))
		}
		if len(f.After.Examples) > 0 {
			t.row("To look at", "log_id "+strings.Join(f.After.Examples, ", "))
		}
		old = old || f.Before.Started == 0 || l.At.Sub(f.Before.Since) > 24*time.Hour
		whole = whole || f.After.AllFactors
	}
	t.gap()
	if whole {
		t.para(0, "Some entries do not say which MFA factor they are about, so all factors are counted: where few users have a phone, its codes weigh little here.")
	}
	if old {
		t.para(0, Retention)
	}
	t.para(0, watchedNext(l.Outlook, name))
	return t.String()
}

// Retention is how long logs are there to be read (Auth0's page "Log Data Retention").
const Retention = "Auth0 keeps tenant logs for a time that depends on the plan: Starter 1 day, Essentials 5 days, Professional 10, Enterprise 30. " +
	"What is older cannot be compared with."

// Undo is the command that takes a run back. name is how a command finds the run, as in [Next].
func Undo(name string) string { return "upe revert " + argument(name) }

func watchedNext(o logs.Outlook, name string) string {
	switch o {
	case logs.LooksWrong:
		return "It looks wrong. The way back is ready; it shows what it would do before it does anything: " + Undo(name)
	case logs.LooksRight:
		return "It looks right. These are numbers: only somebody's login with a code shows that one arrives."
	case logs.Inconclusive:
		return "Inconclusive is not fine: nobody knows yet. Log in yourself with a code, or look again later: upe watch " + argument(name)
	}
	return ""
}

// tallyWords are the numbers of a stretch of time, and which that was.
func tallyWords(t logs.Tally) string {
	words := t.Told()
	if t.Refused > 0 {
		words += fmt.Sprintf(", %d wrong or turned down", t.Refused)
	}
	if t.Failed > 0 {
		words += fmt.Sprintf(", %d could not be sent", t.Failed)
	}
	words += fmt.Sprintf("; %s, %s to %s", entries(t.Read), moment(t.Since), moment(t.Until))
	if t.Cut {
		words += ", which are the newest only"
	}
	return words
}

// failureWords say a type of log in words, with its name.
func failureWords(kind string) string {
	if means := logs.Means(kind); means != "" {
		return kind + " (" + means + ")"
	}
	return kind
}
