package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"upe/client/emulator"
	"upe/client/login"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// TestErrorsBecomeExitCodes is the table of what a script can rely on.
func TestErrorsBecomeExitCodes(t *testing.T) {
	t.Parallel()
	scope := &tenant.Error{Op: tenant.PatchSettings, Status: 403, Code: tenant.CodeScope, Message: "Insufficient scope"}
	for name, tc := range map[string]struct {
		err  error
		exit exitCode
		code string
		says string // somewhere in it
	}{
		"credentials":         {&login.Error{Failed: "no credentials", Do: "set AUTH0_API_TOKEN"}, exitCredentials, "credentials", "AUTH0_API_TOKEN"},
		"a dead token server": {&login.Error{Failed: "no access token", Cause: errors.New("refused")}, exitError, "unreachable", "no access token"},
		"an expired token":    {&tenant.Error{Op: tenant.GetSettings, Status: 401}, exitCredentials, "token", "Management API token"},
		"a scope":             {scope, exitCredentials, "scope", "update:tenant_settings"},
		"a scope in a step":   {&run.StepError{Step: "flag", Title: "Turn it on", Err: scope}, exitCredentials, "scope", `the step "Turn it on" failed`},
		"our guard":           {&tenant.Error{Op: tenant.PatchSettings, Code: tenant.CodeGuard}, exitRefused, "refused", "nothing was written"},
		"nobody there":        {&tenant.Error{Op: tenant.GetSettings, Message: "connection refused"}, exitError, "network", "cannot be reached"},
		"no answer":           {&tenant.Error{Op: tenant.PatchSettings, Sent: true}, exitError, "outcome-unknown", "no answer to PATCH /tenants/settings"},
		"a provider before the flag": {
			&run.StepError{Step: "provider", Title: "Create it", Err: &tenant.Error{Op: tenant.CreateProvider, Status: 403}, Do: "plan with accept: [flag-before-provider]"},
			exitError, "not-allowed", "plan with accept: [flag-before-provider]",
		},
		"a test without an answer": {
			&run.StepError{Step: "test-text", Title: "Send a test message", Err: &tenant.Error{Op: tenant.TryProvider, Sent: true}},
			exitError, "outcome-unknown", "look at the phone, then say so: upe test RUN --arrived --by NAME, or --not-arrived",
		},
		"Auth0 is broken":      {&tenant.Error{Op: tenant.GetSettings, Status: 503}, exitError, "auth0", "status page"},
		"a stale plan":         {&run.Stale{Differences: []plan.Difference{{Fact: plan.Fact{What: "the flag", Value: json.RawMessage("false")}, Now: json.RawMessage("true")}}}, exitStale, "stale", "was false, is true"},
		"a fact that is gone":  {&run.Stale{Differences: []plan.Difference{{Fact: plan.Fact{What: "the flag", Value: json.RawMessage("true")}}}}, exitStale, "stale", "was true, is nothing"},
		"no evidence":          {&run.Refusal{Kind: run.NeedsEvidence, Missing: []string{"a test message by text"}}, exitDecision, "evidence", "a test message by text"},
		"no name":              {&run.Refusal{Kind: run.NeedsWord}, exitDecision, "word", "--by NAME"},
		"too early":            {&run.Refusal{Kind: run.TooEarly}, exitRefused, "order", "too early"},
		"no preparation":       {&run.Refusal{Kind: run.NeedsPrepare}, exitRefused, "prepare", "too early"},
		"another move":         {&run.Refusal{Kind: run.OtherMove}, exitRefused, "other-move", "half done"},
		"an unknown move":      {&run.Refusal{Kind: run.NoSuch}, exitError, "no-such", "no such thing"},
		"nothing to undo":      {nothingWritten(), exitRefused, "nothing-to-take-back", "nothing that is still there"},
		"a secret to be lost":  {&run.Refusal{Kind: run.NeedsSecret, Missing: []string{"twilio_token"}}, exitDecision, "secret", "would delete it"},
		"not kept":             {&run.StepError{Step: "flag", Title: "Switch", Err: errors.New("the tenant does not show it")}, exitError, "step-failed", `the step "Switch" failed`},
		"not shown":            {&run.Refusal{Kind: run.NotYet}, exitDecision, "not-yet", "not done yet"},
		"another plan":         {fmt.Errorf("replay: %w", run.ErrOtherPlan), exitRefused, "other-plan", "another plan"},
		"choices":              {&plan.Invalid{Problems: []string{"the Twilio Account SID is missing"}}, exitDecision, "choices", "Account SID"},
		"a tenant file":        {&emulator.FileError{Line: 3, Path: "gardian", Problem: "unknown key"}, exitError, "tenant-file", "gardian"},
		"a signal":             {context.Canceled, exitInterrupted, "interrupted", "signal"},
		"a signal in a run":    {&run.Interrupted{Done: 2, Total: 7, Next: "the templates"}, exitInterrupted, "interrupted", "2 of 7 steps"},
		"a read that was left": {fmt.Errorf("read: %w", context.Canceled), exitInterrupted, "interrupted", "signal"},
		"anything else":        {errors.New("the disk is full"), exitError, "error", "the disk is full"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := explain(fmt.Errorf("wrapped: %w", tc.err))
			if p.exit != tc.exit || p.code != tc.code {
				t.Errorf("exit %d, code %q; want %d, %q", p.exit, p.code, tc.exit, tc.code)
			}
			if text := p.text(); !strings.Contains(text, tc.says) {
				t.Errorf("it says %q, without %q", text, tc.says)
			}
			if !errors.Is(p, tc.err) {
				t.Error("the cause is lost")
			}
		})
	}
}

func TestVisibleJSONIsTheSameJSON(t *testing.T) {
	t.Parallel()
	const hostile = "Acme\u009b31m \u202eevil\U000e0041 Grüße 日本 \u2028end"
	raw, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	shown := visible(raw)
	if strings.ContainsAny(string(shown), "\u009b\u202e\u2028\U000e0041") {
		t.Errorf("a terminal would obey %q", shown)
	}
	var back string
	if err := json.Unmarshal(shown, &back); err != nil || back != hostile {
		t.Errorf("read back: %q, %v", back, err)
	}
}
