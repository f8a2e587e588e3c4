package wizard_test

import (
	"slices"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/wizard"
	"upe/testdata"
)

// sends is an Action that sends whatever comes past these lines.
func sends(lines string) string {
	return "exports.onExecuteCustomPhoneProvider = async (event, api) => { const { message_type, delivery_method } = event.notification;\n" + lines +
		"\nawait fetch('https://sms.acme-gateway.example/messages', { method: 'POST', body: JSON.stringify(event.notification) });\n}"
}

// An Action that loses a code of what moves comes no further, by an answers file as by the pages. That the answer about notifications
// fits does not help.
func TestAnActionThatLosesCodesIsRefused(t *testing.T) {
	t.Parallel()
	const (
		verifyOnly       = "if (message_type !== 'otp_verify') return api.notification.drop('no');"
		textOnly         = "if (delivery_method === 'voice') return;"
		passwordlessNot  = "if (event.connection?.strategy === 'sms') return;"
		passwordlessOnly = "if (event.connection?.strategy !== 'sms') return;"
	)
	cases := []struct {
		scenario, code string
		more           wizard.Answers
		want           string // inside the error; empty: it makes a plan
	}{
		{"mfa-action", verifyOnly, nil, "this Action would lose: enrolment codes by SMS of MFA (it gives it up: no). Change its code"},
		{"mfa-action", textOnly, nil, ""},
		{"mfa-action", textOnly, wizard.Answers{"delivery_methods": []string{"text", "voice"}}, "login codes by voice of MFA (it does nothing with it); enrolment codes by voice of MFA (it does nothing with it). Choose other"},
		{"mfa-action", passwordlessNot, nil, ""},
		{"mfa-action", passwordlessOnly, nil, "login codes by SMS of MFA"},
		{"mfa-action-voice", textOnly, nil, "login codes by voice of MFA"},
		{"passwordless-gateway", verifyOnly, nil, ""},
		{"passwordless-gateway", passwordlessOnly, nil, ""},
		{"passwordless-gateway", passwordlessNot, nil, `login codes by SMS of the connection "sms"`},
		{"different-carriers", passwordlessNot, nil, `this Action would lose: login codes by SMS of the connection "sms" (it does nothing with it). Change`},
		{"different-carriers", passwordlessOnly, nil, "enrolment codes by SMS of MFA"},
		{"half-live-gateway", passwordlessOnly, nil, "enrolment codes by SMS of MFA"},
	}
	for _, c := range cases {
		t.Run(c.scenario+": "+c.code, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, c.scenario)
			answers, host := w.admin(c.scenario)
			host.ReadFile = func(string) ([]byte, error) { return []byte(sends(c.code)), nil }
			answers["action.source"], answers["action.file"], answers["action.non_code"] = "file", "action.js", "deliver"
			if strings.Contains(c.code, verifyOnly) || strings.Contains(c.code, passwordlessOnly) {
				answers["action.non_code"] = "drop"
			}
			for key, value := range c.more {
				answers[key] = value
			}
			_, open, err := wizard.Drive(t.Context(), w.read(), answers, host)
			if len(open) > 0 || (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("open %v, error %v\nwant %q", open, err, c.want)
			}
		})
	}
}

// The page of the Action is not left before its code sends what users get today.
func TestThePageOfALosingActionIsNotLeft(t *testing.T) {
	t.Parallel()
	_, p := visitor(t, "mfa-action", wizard.Answers{"action.source": "starter", "action.code": sends("if (message_type === 'otp_enroll') return;")})
	if page := p.until("action-code"); page.ID != "action-code" {
		t.Fatalf("ended at %q", page.ID)
	}
	if err := p.pass(); err == nil || !strings.Contains(err.Error(), "would lose: enrolment codes by SMS of MFA") {
		t.Errorf("went on: %v", err)
	}
	p.says["action.code"] = sends("")
	p.must()
	if got := p.session.Page().ID; got != "action-does" {
		t.Errorf("then comes %q", got)
	}
}

// What the trial cannot tell is listed, and so is what the flag may move although it stays.
func TestWhatATrialCannotTellIsSaid(t *testing.T) {
	t.Parallel()
	cases := []struct {
		scenario, code string
		says           wizard.Answers
		want           string
	}{
		{"mfa-action", "JSON.parse(event.secrets.CONFIG);", nil, "not exercised, since secrets and answers are made up in a trial run: login codes by SMS of MFA (it breaks"},
		{"different-carriers", "if (event.connection?.strategy === 'sms') return;", wizard.Answers{"scope.connections.sms": "leave"}, "should Auth0's tenant flag move what stays"},
		{"passwordless-gateway", "if (event.connection?.strategy !== 'sms') return;", wizard.Answers{"action.non_code": "drop"}, "a test message names no connection, so that it cannot prove this Action"},
	}
	for _, c := range cases {
		w := newWorld(t, c.scenario)
		answers, host := w.admin(c.scenario)
		host.ReadFile = func(string) ([]byte, error) { return []byte(sends(c.code)), nil }
		var notes []string
		host.Note = func(note string) { notes = append(notes, note) }
		answers["action.source"], answers["action.file"] = "file", "action.js"
		for key, value := range c.says {
			answers[key] = value
		}
		// Secrets that the answers do not have are asked for later.
		choices, open, err := wizard.Drive(t.Context(), w.read(), answers, host)
		if err != nil || !strings.Contains(strings.Join(notes, "\n"), c.want) {
			t.Errorf("%s: %v, %v, notes %q, want %q", c.scenario, open, err, notes, c.want)
		}
		if choices.Action == nil || choices.Action.Code != sends(c.code) {
			t.Errorf("%s: Action %+v", c.scenario, choices.Action)
		}
	}
}

// A test message is one code of one flow. What it does not prove is said where it is sent.
func TestWhatATestMessageDoesNotProveIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "different-carriers")
	answers, host := w.admin("different-carriers")
	choices, _, err := wizard.Drive(t.Context(), w.read(), answers, host)
	if err != nil {
		t.Fatal(err)
	}
	known := w.read()
	made, err := plan.Build(*known.Snapshot, *known.Judgement, choices)
	if err != nil {
		t.Fatal(err)
	}
	step, _ := made.Step("test-text")
	const want = `It does not prove enrolment codes of MFA; codes of the Passwordless connection "sms": these are proven by the trial of the Action and in rehearsal only.`
	if !strings.Contains(step.Why, want) {
		t.Errorf("%s\nwant %s", step.Why, want)
	}
}

// The Actions of the scenarios send every code of what moves, and leave nothing untold: they are what an admin may copy.
func TestTheActionsOfScenariosSendEveryCode(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, name := range testdata.Tenants() {
		want, err := testdata.Expectation(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(want.Files) == 0 || !want.Migrates || testing.Short() && !slices.Contains(few, name) {
			continue
		}
		w := newWorld(t, name)
		answers, host := w.admin(name)
		host.Note = func(note string) {
			if strings.Contains(note, "not exercised") {
				t.Errorf("%s: %s", name, note)
			}
		}
		tried++
		if _, _, err := wizard.Drive(t.Context(), w.read(), answers, host); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if tried < 4 && !testing.Short() {
		t.Errorf("only %d scenarios bring an Action of their own", tried)
	}
}
