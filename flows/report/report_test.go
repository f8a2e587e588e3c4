package report_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

// judgement is of a tenant with MFA on Twilio that moved by half, and an sms connection that cannot deliver.
func judgement() judge.Judgement {
	off := false
	return judge.Judgement{
		Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}, Verdict: judge.NeedsDecision, State: judge.StateLegacy, Unified: &off,
		MFA: judge.MFAState{InUse: true, Enabled: true, MessageTypes: []string{"sms", "voice"}, Provider: "twilio", Via: judge.Legacy, Carrier: twilio()},
		SMS: []judge.SMSState{{ID: "con_1", Name: "sms", Provider: "sms_gateway", Clients: []string{"Shop", "App"}, Carrier: judge.Carrier{Kind: judge.CarrierGateway, URL: "https://gateway.example"}}},
		Routes: []judge.Route{
			{Flow: judge.MFA, Channel: "sms", Via: judge.Legacy, Carrier: twilio(), Delivers: true, Basis: judge.Inferred, Why: "the legacy settings can be read"},
			{Flow: judge.Passwordless, Channel: "sms", Name: "sms", Via: judge.Legacy, Problem: "the SMS gateway has no URL", Basis: judge.Reported, Why: "it did not opt in"},
			{Flow: judge.PhoneIdentifier, Channel: "sms", Name: "Users", Via: judge.Tenant, Delivers: true, Basis: judge.Documented, Why: "it always does"},
		},
		Findings: []judge.Finding{{
			ID: "different-carriers", Severity: judge.Decision, Title: "Messages go through different carriers now",
			Evidence:    []judge.Evidence{{What: "MFA", Value: "Twilio", Path: "guardian/factors"}},
			Consequence: "A tenant has one provider.", Remedy: "Choose one.", Source: "the documentation",
		}},
	}
}

func twilio() judge.Carrier {
	return judge.Carrier{Kind: judge.CarrierTwilio, Account: "AC00000000000000000000000000000000", Sender: "+15005550006"}
}

func TestCheckEndsWithWhereACodeGoes(t *testing.T) {
	t.Parallel()
	text := report.Check(judgement())
	for _, want := range []string{
		"needs-decision", "off (phone_consolidated_experience)", "2 applications: Shop, App", "[decision] Messages go through different carriers now",
		"- MFA: Twilio (guardian/factors)",
	} {
		if !strings.Contains(unwrapped(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	_, routes, found := strings.Cut(text, "A code sent now would go\n")
	if !found || strings.Contains(routes, "\n\n") {
		t.Fatalf("it does not end with the routes:\n%s", text)
	}
	for _, want := range []string{
		"MFA by SMS: by the MFA settings, to Twilio", `Passwordless "sms" by SMS: by the connection's own settings`,
		"it would not arrive: the SMS gateway has no URL", `Phone as ID "Users" by SMS: by the tenant-level provider`,
		"our conclusion, Auth0 does not document it", "reported, not confirmed by Auth0",
	} {
		if !strings.Contains(unwrapped(routes), want) {
			t.Errorf("%q is not in\n%s", want, routes)
		}
	}
}

func TestACheckOfNothing(t *testing.T) {
	t.Parallel()
	text := report.Check(judge.Judgement{Verdict: judge.Eligible, State: judge.StateNone})
	for _, want := range []string{"Nothing to mind.", "nowhere: no flow", "not in the answer"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func migration() plan.Plan {
	return plan.Plan{
		Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}, Fingerprint: "sha256:00",
		Summary: plan.Summary{
			Provider: "twilio", DeliveryMethods: []string{"text", "voice"}, MessageTypes: []string{"sms"},
			Moves: []plan.Move{{ID: "mfa", Name: "mfa", Title: "MFA", Channels: []string{"text"}}},
			Stays: []plan.Stay{{ID: "con_1", Title: `Passwordless connection "sms"`, Why: "left out of the scope"}},
		},
		Secrets: []plan.Secret{{Name: "twilio.auth_token", Why: "Auth0 never returns it"}},
		Steps: []plan.Step{
			{ID: "provider", Title: "Create the provider", Why: "everything sends through it", Kind: plan.Request, Phase: plan.Prepare, Undo: "delete the provider", Call: &tenant.Call{Op: tenant.CreateProvider}},
			{ID: "test-text", Title: "Send a test message", Kind: plan.Test, Phase: plan.Testing, Channel: "text", Undo: "nothing", Call: &tenant.Call{Op: tenant.TryProvider, ID: "@provider#/id"}},
			{ID: "flag", Title: "Turn it on", Kind: plan.Request, Phase: plan.Switch, Move: "mfa", Undo: "turn it off", OneWay: true, Call: &tenant.Call{Op: tenant.PatchSettings}},
			{ID: "scripts", Title: "Update scripts", Kind: plan.Manual, Phase: plan.After, Dashboard: "in your own code", Link: "https://example.com", Undo: "nothing"},
		},
	}
}

func TestPlanAsTextAndMarkdown(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"text": report.Plan(migration()), "markdown": report.PlanMarkdown(migration())} {
		for _, want := range []string{
			"acme.us.auth0.com", "1 to prepare, 1 to switch on, 0 after", "POST /branding/phone/providers/{id}/try", "twilio.auth_token",
			"One way", "left out of the scope", "in your own code", "not stated, treated as production", "After every move is confirmed",
		} {
			if !strings.Contains(unwrapped(text), want) {
				t.Errorf("%s: %q is not in\n%s", name, want, text)
			}
		}
	}
}

func record() report.Record {
	at := time.Date(2026, 11, 20, 9, 30, 0, 0, time.FixedZone("CET", 3600))
	return report.Record{
		Found: judgement(), Plan: migration(),
		State: run.State{
			ID: "run-1", WaitsFor: "a real login",
			Steps: []run.StepState{
				{ID: "provider", Status: run.Done, How: run.Verified},
				{ID: "test-text", Status: run.Done},
				{ID: "flag", Status: run.Broken, Error: &tenant.Error{Op: tenant.PatchSettings, Status: 500, Message: "oops"}},
				{ID: "scripts", Status: run.Waiting},
			},
			Evidence:  []run.Evidence{{Channel: "text", Accepted: at, Arrived: at, By: "Ada", Fresh: true}, {Channel: "voice", Missing: true, By: "Bob"}},
			Moves:     []run.MoveState{{Move: migration().Summary.Moves[0], Status: run.MoveConfirmed, By: "Ada", Untried: []string{"voice"}}},
			Overrides: []string{"MFA: in a hurry"},
		},
		Journal: []run.Entry{
			{Seq: 1, At: at, Event: run.Began},
			{Seq: 2, At: at.Add(time.Minute), Event: run.Verified, Step: "provider"},
			{Seq: 3, At: at.Add(time.Hour), Event: run.Switched, Move: "mfa"},
			{Seq: 4, At: at.Add(2 * time.Hour), Event: run.Confirmed, Move: "mfa", By: "Ada"},
		},
	}
}

func TestTheReportTellsEverything(t *testing.T) {
	t.Parallel()
	text := unwrapped(report.Run(record()))
	for _, want := range []string{
		"Run `run-1`, 2 of 4 steps done", "Begun 2026-11-20 08:30:00 UTC", "(4 entries in the journal)",
		"Messages go through different carriers now (`different-carriers`): decision",
		"Create the provider: `POST /branding/phone/providers`, done and read back, 2026-11-20 08:31:00 UTC",
		"Turn it on: `PATCH /tenants/settings`, failed: PATCH /tenants/settings: 500: oops",
		"SMS: arrived 2026-11-20 08:30:00 UTC, says Ada", "voice: did not arrive, says Bob", "Switched on without evidence: MFA: in a hurry",
		"MFA: confirmed by Ada; not proven by a login: voice; switched 2026-11-20 09:30:00 UTC; confirmed 2026-11-20 10:30:00 UTC",
		"Update scripts (`scripts`)", "Delete the provider (undoes: Create the provider)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, report.Run(record()))
		}
	}
	if strings.Contains(text, "Turn it on: turn it off") {
		t.Error("it says how to undo what was not done")
	}
}

func TestStatusSaysWhatIsOpen(t *testing.T) {
	t.Parallel()
	r := record()
	text := unwrapped(report.Status(r.Plan, r.State, tenant.Snapshot{}, "run-1"))
	for _, want := range []string{
		"Run run-1 for acme.us.auth0.com", "2 of 4 done", "confirmed by Ada", "arrived 2026-11-20 08:30:00 UTC, says Ada", "did not arrive, says Bob",
		"Turn it on (flag): failed; PATCH /tenants/settings: 500: oops", "Update scripts (by hand: scripts)", "Waits for: a real login",
		"When it is done: upe confirm run-1 --step scripts --by NAME",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	r.State.Evidence = []run.Evidence{
		{Channel: "text", Fresh: true, To: "+1 *** 34"},
		{Channel: "voice", Accepted: time.Unix(0, 0), Changed: "the provider was changed after the test message"},
	}
	text = unwrapped(report.Status(r.Plan, r.State, tenant.Snapshot{}, "run-1"))
	for _, want := range []string{"sent to +1 *** 34, but no answer came; did it arrive?", "but the provider was changed after the test message: test again"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	r.State.Finished = true
	if text := report.Status(r.Plan, r.State, tenant.Snapshot{}, "run-1"); !strings.HasSuffix(text, "\nFinished.\n") {
		t.Errorf("it does not end with Finished:\n%s", text)
	}
}

// TestHostileNamesStayText: whatever a tenant calls things, a report has no heading, list or markup but its own.
func TestHostileNamesStayText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOf(rapid.SampledFrom([]rune("ab `*_[]<>#|-+=~\n\t1.)!&\\"))).Draw(t, "name")
		r := record()
		r.Found.Routes[1].Name, r.Found.Findings[0].Evidence[0].Value = name, name
		r.Plan.Summary.Stays[0].Title = name
		got, want := signs(report.Run(r)), signs(report.Run(record()))
		if got != want {
			t.Fatalf("%q makes %+v of %+v", name, got, want)
		}
	})
}

// structure counts what gives a document its form.
type structure struct{ headings, items, quotes, rules int }

func signs(markdown string) structure {
	var s structure
	for line := range strings.Lines(markdown) {
		trimmed := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(trimmed, "#"):
			s.headings++
		case strings.HasPrefix(trimmed, "- "):
			s.items++
		case strings.HasPrefix(trimmed, ">"):
			s.quotes++
		case trimmed != "" && strings.Trim(trimmed, "-=_*~`") == "":
			s.rules++
		}
	}
	return s
}

// TestTextIsWrapped: only a word that is longer than a line makes a longer line.
func TestTextIsWrapped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		j := judgement()
		j.Findings[0].Consequence = rapid.StringMatching(`([a-zäß]{1,20} )+`).Draw(t, "consequence")
		for line := range strings.Lines(report.Check(j)) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > report.Width {
				t.Fatalf("%d columns: %q", n, line)
			}
		}
	})
}

func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }
