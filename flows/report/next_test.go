package report_test

import (
	"strings"
	"testing"
	"time"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

// TestNextIsACommand: whatever a run waits for, the command that goes on with it is named in full.
func TestNextIsACommand(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	mfa := plan.Move{ID: "mfa", Name: "mfa", Title: "MFA", Channels: []string{"text", "voice"}}
	odd := plan.Move{ID: "con_1", Name: "it's", Title: "Passwordless", Channels: []string{"text"}}
	p := plan.Plan{
		Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}, Summary: plan.Summary{Moves: []plan.Move{mfa, odd}},
		Steps: []plan.Step{
			{ID: "look", Kind: plan.Manual, Phase: plan.Switch, Move: "mfa", Proof: "api", Done: &plan.Check{}},
			{ID: "hand", Kind: plan.Manual, Phase: plan.Switch, Move: "con_1", Proof: "person"},
			{ID: "scripts", Kind: plan.Manual, Phase: plan.After},
		},
	}
	arrived := func(channel string) run.Evidence {
		return run.Evidence{Channel: channel, Fresh: true, Accepted: at, Arrived: at, By: "Ada"}
	}
	moves := func(m plan.Move, status run.MoveStatus) []run.MoveState {
		return []run.MoveState{{Move: m, Status: status}}
	}
	waiting := func(id string) []run.StepState { return []run.StepState{{ID: id, Status: run.Waiting}} }
	for name, tc := range map[string]struct {
		state run.State
		want  string
	}{
		"not prepared": {run.State{}, "upe prepare RUN-1"},
		"nothing sent": {
			run.State{Prepared: true, Moves: moves(mfa, run.MoveNotReady), Evidence: []run.Evidence{{Channel: "text"}, {Channel: "voice"}}},
			"upe test RUN-1 --to NUMBER --channel sms",
		},
		"one arrived": {
			run.State{Prepared: true, Moves: moves(mfa, run.MoveNotReady), Evidence: []run.Evidence{arrived("text"), {Channel: "voice"}}},
			"upe test RUN-1 --to NUMBER --channel voice",
		},
		"accepted": {
			run.State{Prepared: true, Moves: moves(mfa, run.MoveNotReady), Evidence: []run.Evidence{{Channel: "text", Fresh: true, Accepted: at}}},
			"upe test RUN-1 --arrived --channel sms --by NAME",
		},
		"no answer to the test": {
			run.State{Prepared: true, Moves: moves(mfa, run.MoveNotReady), Evidence: []run.Evidence{{Channel: "text", Fresh: true, To: "+1•••34"}}},
			"upe test RUN-1 --arrived --channel sms --by NAME",
		},
		"it did not arrive": {
			run.State{Prepared: true, Moves: moves(mfa, run.MoveNotReady), Evidence: []run.Evidence{{Channel: "text", Fresh: true, Accepted: at, Missing: true}}},
			"upe test RUN-1 --to NUMBER --channel sms",
		},
		"ready":              {run.State{Prepared: true, Moves: moves(mfa, run.MoveReady)}, "upe enable RUN-1 --move mfa --confirm acme.us.auth0.com"},
		"an odd name":        {run.State{Prepared: true, Moves: moves(odd, run.MoveReady)}, `upe enable RUN-1 --move 'it'\''s' --confirm acme.us.auth0.com`},
		"begun":              {run.State{Prepared: true, Moves: moves(mfa, run.MoveStarted), Steps: waiting("look")}, "upe enable RUN-1 --move mfa --confirm acme.us.auth0.com"},
		"interrupted":        {run.State{Prepared: true, Moves: moves(mfa, run.MoveStarted)}, "upe resume RUN-1"},
		"begun, by a person": {run.State{Prepared: true, Moves: moves(odd, run.MoveStarted), Steps: waiting("hand")}, "upe confirm RUN-1 --step hand --by NAME"},
		"switched":           {run.State{Prepared: true, Moves: moves(mfa, run.MoveSwitched)}, "upe confirm RUN-1 --move mfa --by NAME"},
		"left by hand": {
			run.State{Prepared: true, Finished: true, Moves: moves(mfa, run.MoveConfirmed), Steps: waiting("scripts")},
			"upe confirm RUN-1 --step scripts --by NAME",
		},
		"the end is left": {run.State{Prepared: true, Moves: moves(mfa, run.MoveConfirmed)}, "upe confirm RUN-1 --by NAME"},
		"finished":        {run.State{Prepared: true, Finished: true, Moves: moves(mfa, run.MoveConfirmed)}, ""},
	} {
		if got := report.Next(p, tc.state, "RUN-1"); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
	if got := report.Next(p, run.State{}, "my runs/1"); got != "upe prepare 'my runs/1'" {
		t.Errorf("a path with a space: %s", got)
	}
}

// TestBeforeALoginItIsSaidWhatItDoes: a Passwordless code makes a user, unless the connection takes none.
func TestBeforeALoginItIsSaidWhatItDoes(t *testing.T) {
	t.Parallel()
	const creates, none = "creates a user", "takes no new users"
	connections := func(options string) tenant.Snapshot {
		raw := []byte(`[{"id":"con_1","name":"sms","strategy":"sms","options":` + options + `}]`)
		return tenant.Snapshot{Parts: map[string]tenant.Part{tenant.PathSMSConnections: {Raw: raw}}}
	}
	made := func(options string) plan.Plan {
		call := &tenant.Call{Op: tenant.CreateConnection, Body: []byte(`{"name":"new","options":` + options + `}`)}
		return plan.Plan{Steps: []plan.Step{{ID: "new", Kind: plan.Request, Phase: plan.Switch, Move: plan.MoveNewConnection, Call: call}}}
	}
	state := func(moves ...run.MoveState) run.State { return run.State{Moves: moves} }
	move := func(id string, status run.MoveStatus) run.MoveState {
		return run.MoveState{Move: plan.Move{ID: id, Name: id}, Status: status}
	}
	for name, c := range map[string]struct {
		plan   plan.Plan
		state  run.State
		before tenant.Snapshot
		want   string // part of it; empty: nothing is said
	}{
		"MFA":              {state: state(move("mfa", run.MoveSwitched))},
		"the provider":     {state: state(move("provider", run.MoveSwitched))},
		"not switched":     {state: state(move("con_1", run.MoveReady))},
		"confirmed":        {state: state(move("con_1", run.MoveConfirmed))},
		"open":             {state: state(move("con_1", run.MoveSwitched)), before: connections(`{}`), want: creates},
		"after MFA":        {state: state(move("mfa", run.MoveConfirmed), move("con_1", run.MoveSwitched)), before: connections(`{}`), want: creates},
		"closed":           {state: state(move("con_1", run.MoveSwitched)), before: connections(`{"disable_signup":true}`), want: none},
		"nobody knows":     {state: state(move("con_1", run.MoveSwitched)), want: creates},
		"made by us":       {plan: made(`{"disable_signup":false}`), state: state(move(plan.MoveNewConnection, run.MoveSwitched)), want: creates},
		"made, and closed": {plan: made(`{"disable_signup":true}`), state: state(move(plan.MoveNewConnection, run.MoveSwitched)), want: none},
	} {
		got := report.BeforeLogin(c.plan, c.state, c.before)
		if !strings.Contains(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s: %q, want …%s…", name, got, c.want)
		}
	}
}
