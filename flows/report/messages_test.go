package report_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

// A message that did not arrive stays in the report when the next one does.
func TestEveryTestMessageIsInTheReport(t *testing.T) {
	t.Parallel()
	r := record()
	at := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	r.State.Earlier = []run.Evidence{
		{Channel: "text", Accepted: at, Missing: true, By: "Ada", Fresh: true},
		{Channel: "text", Accepted: at.Add(time.Minute), Fresh: true},
		{Channel: "voice", To: "+1 *** 34", Fresh: true},
	}
	for name, text := range map[string]string{
		"report": report.Run(r), "status": report.Status(r.Plan, r.State, tenant.Snapshot{}, "run-1"), "ticket": report.Ticket(r.Plan, &r),
	} {
		last := -1
		for _, want := range []string{
			"accepted 2026-11-20 08:00:00 UTC; did not arrive, says Ada", "accepted 2026-11-20 08:01:00 UTC; nobody said whether it arrived",
			"no answer came, and nobody said whether it arrived", "arrived 2026-11-20 08:30:00 UTC, says Ada",
		} {
			at := strings.Index(unwrapped(text), want)
			if at < last {
				t.Errorf("%s: %q is not in its place in\n%s", name, want, text)
			}
			last = at
		}
	}
}

// What the run itself wrote at its end does not ask for another test: the flows have moved, and a method that was dropped is off.
func TestAFinishedRunAsksForNoOtherTest(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	old := run.Evidence{Channel: "text", Accepted: at, Arrived: at, By: "Ada", Wrote: []string{"Narrow the delivery methods to SMS"}}
	for _, c := range []struct {
		move  run.MoveStatus
		e     run.Evidence
		has   string
		again bool
	}{
		{run.MoveConfirmed, old, "says Ada; this run wrote after it: Narrow the delivery methods to SMS", false},
		{run.MoveSwitched, old, "this run wrote after it", false},
		{run.MoveNotReady, old, "says Ada, but this run went on to write (Narrow the delivery methods to SMS): test again", true},
		{run.MoveConfirmed, run.Evidence{Channel: "text", Arrived: at, By: "Ada", Changed: "the provider was changed"}, "says Ada; after it the provider was changed", false},
	} {
		r := record()
		r.State.Evidence, r.State.Moves[0].Status = []run.Evidence{c.e}, c.move
		text := unwrapped(report.Run(r))
		if !strings.Contains(text, c.has) || strings.Contains(text, "test again") != c.again {
			t.Errorf("%s: no %q in\n%s", c.move, c.has, text)
		}
	}
	r := record()
	r.State.Evidence = []run.Evidence{{Channel: "voice"}}
	if text := unwrapped(report.Run(r)); !strings.Contains(text, "voice: not tested: nothing that moves needs it") {
		t.Errorf("nobody is to wait for a test that the plan does not have:\n%s", text)
	}
}

// A run that was taken back is told in the past: nothing of it waits, is missing, or is left to do.
func TestAReportOfARunThatWasTakenBackSaysSoThroughout(t *testing.T) {
	t.Parallel()
	move := func(id string, status run.MoveStatus, by string, missing ...string) run.MoveState {
		return run.MoveState{Move: plan.Move{ID: id, Name: id, Title: id}, Status: status, By: by, Missing: missing}
	}
	r := record()
	r.State.Moves = []run.MoveState{
		move("provider", run.MoveSwitched, ""), move("mfa", run.MoveConfirmed, "Ada"), move("con_1", run.MoveNotReady, "", "a test message by SMS"),
	}
	p, s := wayBack(run.MoveConfirmed, true)
	r.Back = &report.Back{Plan: p, State: s}
	for name, text := range map[string]string{"report": report.Run(r), "status": report.Undoing(r.Plan, r.State, *r.Back, "RUN-1")} {
		for _, want := range []string{"was switched on; it is taken back", "was switched on and confirmed by Ada; it is taken back", "was not switched on"} {
			if !strings.Contains(unwrapped(text), want) {
				t.Errorf("%s: no %q in\n%s", name, want, text)
			}
		}
		for _, not := range []string{"waits for a real login", "missing", "not ready", "Where: in your own code"} {
			if strings.Contains(unwrapped(text), not) {
				t.Errorf("%s: %q in\n%s", name, not, text)
			}
		}
	}
	r.Back.State.Finished = false
	if text := unwrapped(report.Run(r)); !strings.Contains(text, "was switched on; it is being taken back") {
		t.Error(text)
	}
	r.Back.GivenUp = true
	if text := unwrapped(report.Run(r)); !strings.Contains(text, "switched on, waits for a real login") {
		t.Errorf("the way back was given up, so the run goes on:\n%s", text)
	}
}

// The way back of a provider that is in use has no flow to list, and still reaches flows.
func TestTheWayBackOfALiveProviderNamesWhoSendsThroughIt(t *testing.T) {
	t.Parallel()
	p, s := wayBack(run.MoveConfirmed, true)
	p.Summary.Moves, s.Moves = nil, nil
	text := unwrapped(report.Run(report.Record{Plan: p, State: s}))
	if !strings.Contains(text, "## Switched back No flow. ##") {
		t.Errorf("no flow was switched:\n%s", text)
	}
	p.Baseline = []judge.Route{{Flow: judge.MFA, Channel: "sms", Via: judge.Tenant}}
	p.Steps[1].Call = &tenant.Call{Op: tenant.PatchProvider}
	if text = unwrapped(report.Run(report.Record{Plan: p, State: s})); !strings.Contains(text, "MFA by SMS send through it, before and after") {
		t.Error(text)
	}
}

// Support reads how the tenant was and what became of it, and no number, account or message of an error.
func TestSupportIsToldWhatTheRunHasWritten(t *testing.T) {
	t.Parallel()
	r := record()
	r.Plan.Steps[0].After = json.RawMessage(`{"disabled":false,"configuration":{"delivery_methods":["text"],"default_from":"+15550100","sid":"AC1"}}`)
	text := report.SupportSince(r.Found, judge.SupportLoginFails, r.Plan, r.State).Text
	for _, want := range []string{
		"before our migration began", "- POST /api/v2/branding/phone/providers: delivery_methods: [\"text\"]; disabled: false; done and read back",
		"- PATCH /api/v2/tenants/settings: answered 500",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for _, not := range []string{"+15550100", "AC1", "oops", "nothing of this"} {
		if strings.Contains(text, not) {
			t.Errorf("%q in\n%s", not, text)
		}
	}
	r.State.Steps[2] = run.StepState{ID: "flag", Status: run.Done, How: run.Verified}
	if text = report.SupportSince(r.Found, judge.SupportLoginFails, r.Plan, r.State).Text; !strings.Contains(text, "Refused by Auth0: nothing of this") {
		t.Errorf("nothing was refused:\n%s", text)
	}
}
