// Package words puts states into words, the same ones for every front end.
//
// A state on a screen is a mark and a word; read aloud it is the word alone. Both come from here, so that whoever guides an admin by
// telephone and the admin use one language.
package words

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"upe/flows/judge"
	"upe/flows/logs"
	"upe/flows/run"
	"upe/flows/wizard"
)

// Method is a delivery method or channel: "SMS", "Voice".
func Method(channel string) string {
	switch channel {
	case "text", "sms":
		return "SMS"
	case "voice":
		return "Voice"
	}
	return channel
}

// Step is how a step of a plan stands.
func Step(s run.Status) string {
	switch s {
	case run.Doing:
		return "working"
	case run.Unclear:
		return "not known yet"
	case run.Waiting:
		return "waiting"
	case run.Done:
		return "done"
	case run.Broken:
		return "failed"
	case run.Todo:
	}
	return "to come"
}

// Took is how long something took: "120 ms", "1.5 s".
func Took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// Saved says where a file went. One without a folder went to where the program was started: that need not be where somebody looks.
func Saved(path string) string {
	if strings.ContainsAny(path, `/\`) {
		return "Saved: " + path
	}
	return "Saved: " + path + ", in the folder that upe was started in"
}

// Clock is a time of day, in the zone the value carries.
func Clock(t time.Time) string { return t.Format("15:04:05") }

// Severity is what a finding asks for.
func Severity(s judge.Severity) string {
	switch s {
	case judge.Blocker:
		return "Blocked"
	case judge.Decision:
		return "Decide"
	case judge.Warning:
		return "Warning"
	case judge.Note:
	}
	return "Note"
}

// Seen is what was seen, one line each; with details, where it stands.
func Seen(evidence []judge.Evidence, details bool) string {
	lines := make([]string, len(evidence))
	for i, e := range evidence {
		lines[i] = e.What + ": " + e.Value
		if details && e.Path != "" {
			lines[i] += " (" + e.Path + ")"
		}
	}
	return strings.Join(lines, "\n")
}

// Planned is what is said of a way that codes are to take and that nothing has shown yet.
const Planned = "is to deliver: the test messages show whether it does"

// Problem is why a code does not arrive.
func Problem(leg wizard.Leg) string {
	if leg.Problem == "" {
		return "does not deliver"
	}
	return leg.Problem
}

// Accepted is what Auth0 said of a test message.
func Accepted(e run.Evidence) string {
	if e.Accepted.IsZero() {
		return "not sent yet"
	}
	return "accepted by Auth0 " + Clock(e.Accepted)
}

// Arrived is what a person said of a test message.
func Arrived(e run.Evidence) string {
	by := ""
	if e.By != "" {
		by = ", says " + e.By
	}
	switch {
	case e.Missing:
		return "did not arrive" + by
	case !e.Arrived.IsZero():
		return "arrived " + Clock(e.Arrived) + by
	}
	return "nobody said yet that it arrived"
}

// InLogs is what the tenant logs say of a test message that still counts; "" when they were not looked at.
func InLogs(e run.Evidence) string {
	if e.Logs == nil || !e.Fresh {
		return ""
	}
	switch e.Logs.Standing {
	case logs.Failed:
		return "a failure in the logs"
	case logs.Unreadable:
		return "not verified by logs"
	case logs.Nothing, logs.Seen:
	}
	return "no failure in the logs"
}

// Notes are what else there is to say of a test message.
func Notes(e run.Evidence) []string {
	var notes []string
	if e.To != "" {
		notes = append(notes, "to "+e.To)
	}
	if !e.Fresh && !e.Accepted.IsZero() {
		notes = append(notes, "settings changed since then: send it again")
	}
	return notes
}

// longestPart is how many lines of an answer are shown: a tenant may have hundreds of applications.
const longestPart = 100

// Answer is an answer of the API for reading: its first lines, and how many more there are.
func Answer(raw json.RawMessage) string {
	lines := strings.Split(JSON(raw), "\n")
	if more := len(lines) - longestPart; more > 0 {
		lines = append(lines[:longestPart], fmt.Sprintf("… and %d more lines", more))
	}
	return strings.Join(lines, "\n")
}

// JSON is JSON for reading; "" for none. What is not JSON stays as it is.
func JSON(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return string(raw)
	}
	return out.String()
}
