package report_test

import (
	"strings"
	"testing"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

// wayBack is a way back that stands as given.
func wayBack(status run.MoveStatus, finished bool) (plan.Plan, run.State) {
	move := plan.Move{ID: "mfa", Name: "mfa", Title: "MFA, back to its own settings"}
	p := plan.Plan{
		Reverts: "sha256:forward", Tenant: tenant.Identity{Domain: "acme.us.auth0.com"},
		Summary: plan.Summary{Provider: "twilio", Moves: []plan.Move{move}},
		Steps: []plan.Step{
			{ID: "back-tenant-flag", Title: "Turn it off", Kind: plan.Request, Phase: plan.Switch, Move: "mfa"},
			{ID: "back-provider", Title: "Remove the provider", Kind: plan.Request, Phase: plan.After},
		},
	}
	s := run.State{
		ID: "RUN-1/revert", Prepared: true, Finished: finished, WaitsFor: "the next step",
		Moves: []run.MoveState{{Move: move, Status: status}}, Evidence: []run.Evidence{{Channel: "text"}},
	}
	if finished {
		s.WaitsFor = ""
	}
	return p, s
}

func TestAWayBackIsCarriedOutByOneCommand(t *testing.T) {
	t.Parallel()
	for status, finished := range map[run.MoveStatus]bool{run.MoveReady: false, run.MoveStarted: false, run.MoveSwitched: false, run.MoveConfirmed: true} {
		p, s := wayBack(status, finished)
		want := "upe revert RUN-1 --confirm acme.us.auth0.com"
		if finished {
			want = ""
		}
		if got := report.Next(p, s, "RUN-1"); got != want {
			t.Errorf("%s: %q, want %q", status, got, want)
		}
	}
}

func TestStatusOfARunThatIsTakenBack(t *testing.T) {
	t.Parallel()
	mfa := plan.Move{ID: "mfa", Name: "mfa", Title: "MFA"}
	p := plan.Plan{Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}, Summary: plan.Summary{Moves: []plan.Move{mfa}}}
	forward := run.State{ID: "RUN-1", Prepared: true, Moves: []run.MoveState{{Move: mfa, Status: run.MoveSwitched}}}
	for _, c := range []struct {
		status   run.MoveStatus
		finished bool
		has      []string
	}{
		{run.MoveReady, false, []string{"back to its own settings: not begun", "Next: upe revert RUN-1 --confirm acme.us.auth0.com"}},
		{run.MoveConfirmed, true, []string{"back to its own settings: confirmed", "Finished: what the run did is taken back."}},
	} {
		back, state := wayBack(c.status, c.finished)
		text := report.Undoing(p, forward, report.Back{Plan: back, State: state}, "RUN-1")
		for _, part := range append(c.has, "Run RUN-1 for acme.us.auth0.com", "Way back RUN-1/revert for acme.us.auth0.com") {
			if !strings.Contains(text, part) {
				t.Errorf("%s: no %q in\n%s", c.status, part, text)
			}
		}
		for _, part := range []string{"upe confirm", "upe enable", "not sent yet"} {
			if strings.Contains(text, part) {
				t.Errorf("%s: %q in\n%s", c.status, part, text)
			}
		}
	}
}

func TestReportTellsOfTheWayBack(t *testing.T) {
	t.Parallel()
	step := plan.Step{ID: "flag", Title: "Turn it on", Kind: plan.Request, Phase: plan.Switch, Undo: "turn it off"}
	r := report.Record{
		Plan:  plan.Plan{Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}, Steps: []plan.Step{step}},
		State: run.State{ID: "RUN-1", Prepared: true, Finished: true, Steps: []run.StepState{{ID: "flag", Status: run.Done, How: run.Verified}}},
	}
	back := func(finished, givenUp bool) *report.Back {
		p, s := wayBack(run.MoveConfirmed, finished)
		return &report.Back{Plan: p, State: s, GivenUp: givenUp}
	}
	for name, c := range map[string]struct {
		back *report.Back
		has  string
	}{
		"nobody tried": {nil, "- `upe revert RUN-1`"},
		"begun":        {back(false, false), "- Next: `upe revert RUN-1 --confirm acme.us.auth0.com`"},
		"taken back":   {back(true, false), "It was taken back."},
		"given up":     {back(true, true), "gave that up"},
	} {
		r.Back = c.back
		if text := report.Run(r); !strings.Contains(text, c.has) {
			t.Errorf("%s: no %q in\n%s", name, c.has, text)
		}
	}
	p, s := wayBack(run.MoveSwitched, false)
	s.Steps = []run.StepState{{ID: "back-tenant-flag", Status: run.Done, How: run.Verified}}
	if text := report.Run(report.Record{Plan: p, State: s}); !strings.Contains(text, "- `upe revert RUN-1 --give-up`") {
		t.Error(text)
	}
}

func TestAWayBackReadsAsOne(t *testing.T) {
	t.Parallel()
	p, _ := wayBack(run.MoveReady, false)
	for name, text := range map[string]string{"text": report.Plan(p), "markdown": report.PlanMarkdown(p)} {
		for _, part := range []string{"The way back for acme.us.auth0.com", "Switch back", "After everything is back", "1 to switch back, 1 after"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s: no %q in\n%s", name, part, text)
			}
		}
		if strings.Contains(text, "--move") || strings.Contains(text, "tested") {
			t.Errorf("%s asks for a test:\n%s", name, text)
		}
	}
	if text := report.SupportTexts([]judge.SupportText{{Reason: "why", Text: "Subject: acme\n- fact\n"}}); !strings.Contains(text, "  - fact") {
		t.Error(text)
	}
}
