package action_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"upe/flows/action"
)

func TestTheStarterSends(t *testing.T) {
	t.Parallel()
	trial, err := action.Try(t.Context(), action.Starter)
	if err != nil {
		t.Fatal(err)
	}
	if len(trial.Sends) != 1 || !strings.HasPrefix(trial.Sends[0], "POST https://") || len(trial.Notes) != 0 {
		t.Errorf("sends %q, notes %q", trial.Sends, trial.Notes)
	}
	if got := action.Secrets(action.Starter); !reflect.DeepEqual(got, []string{"GATEWAY_TOKEN", "GATEWAY_URL"}) {
		t.Errorf("secrets %q", got)
	}
}

func TestCodeThatCannotSendIsRefused(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"does not parse":                               "exports.onExecuteCustomPhoneProvider = async (event, api) => {",
		"breaks while it is loaded":                    "hello;\nexports.onExecuteCustomPhoneProvider = async () => {}",
		"does not export onExecuteCustomPhoneProvider": "exports.onExecuteSendPhoneMessage = async (event, api) => {}",
	}
	for want, code := range cases {
		if _, err := action.Try(t.Context(), code); !errors.Is(err, action.ErrUnusable) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestCodeThatSendsNothingIsToldSo(t *testing.T) {
	t.Parallel()
	trial, err := action.Try(t.Context(), "exports.onExecuteCustomPhoneProvider = async (event) => { console.log(event.notification.code) }")
	if err != nil {
		t.Fatal(err)
	}
	if len(trial.Notes) != 1 || !strings.Contains(trial.Notes[0], "sent nothing") {
		t.Errorf("notes %q", trial.Notes)
	}
}

func TestNamesInCode(t *testing.T) {
	t.Parallel()
	code := `const axios = require('axios'); const c = require("crypto"); const local = require('./x');
	event.secrets.API_KEY; event.secrets?.OTHER; event.secrets["Third"]; event.secrets.API_KEY`
	if got := action.Secrets(code); !reflect.DeepEqual(got, []string{"API_KEY", "OTHER", "Third"}) {
		t.Errorf("secrets %q", got)
	}
	if got := action.Modules(code); !reflect.DeepEqual(got, []string{"axios"}) {
		t.Errorf("modules %q", got)
	}
}

// handler makes an Action that looks at the message type.
func handler(body string) string {
	return "exports.onExecuteCustomPhoneProvider = async (event, api) => { const kind = event.notification.message_type;\n" + body + "\n}"
}

func TestWhatAnActionDoesWithNotificationsThatAreNotCodes(t *testing.T) {
	t.Parallel()
	send := "await fetch('https://gateway.example', {method: 'POST'});"
	cases := map[string]struct {
		code          string
		deliver, drop string // inside the error; empty: it agrees
	}{
		"sends all":  {action.Starter, "", "change_password: it sends it: POST"},
		"drops":      {handler("if (!kind.startsWith('otp_')) return api.notification.drop('no code');" + send), "blocked_account: it gives it up: no code", ""},
		"ignores":    {handler("if (kind.startsWith('otp_')) {" + send + "}"), "password_breach: it does nothing with it", ""},
		"breaks":     {handler("if (!event.notification.code) throw new Error('no code');" + send), "it breaks: ", ""},
		"some":       {handler("if (kind === 'password_breach') return;" + send), "otherwise; change the code, or this answer (password_breach", "change_password"},
		"no telling": {handler("JSON.parse(event.secrets.CONFIG);" + send), "", ""},
	}
	for name, c := range cases {
		trial, err := action.Try(t.Context(), c.code)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for wanted, want := range map[string]string{action.Deliver: c.deliver, action.Drop: c.drop} {
			err := trial.Agrees(wanted)
			if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%s, %s: %v, want %q", name, wanted, err, want)
			}
		}
	}
}

// The codes of a tenant with MFA by both channels, and one Passwordless connection.
func codes() []action.Message {
	return append(action.MFAMessages("text", "voice"), action.PasswordlessMessage("con_1", "Customers"))
}

func TestCodesThatAnActionLosesAreNamed(t *testing.T) {
	t.Parallel()
	const send = "await fetch('https://gateway.example', {method: 'POST'});"
	cases := map[string]struct {
		code    string
		loses   []string // all that is lost, without the reasons; empty: nothing
		unknown string   // inside the note on what was not exercised; empty: there is none
	}{
		"the starter":       {code: action.Starter},
		"verification only": {code: handler("if (kind !== 'otp_verify') return api.notification.drop('no');" + send), loses: []string{"enrolment codes by SMS of MFA", "enrolment codes by voice of MFA"}},
		"text only": {
			code:  handler("if (event.notification.delivery_method === 'voice') return;" + send),
			loses: []string{"login codes by voice of MFA", "enrolment codes by voice of MFA"},
		},
		"Passwordless not": {code: handler("if (event.connection?.strategy === 'sms') return;" + send), loses: []string{`login codes by SMS of the connection "Customers"`}},
		"Passwordless only": {
			code: handler("if (event.connection?.name !== 'Customers') return;" + send),
			loses: []string{
				"login codes by SMS of MFA", "enrolment codes by SMS of MFA", "login codes by voice of MFA", "enrolment codes by voice of MFA",
			},
		},
		"throws at one type":     {code: handler("JSON.stringify(event.secrets.A); if (kind === 'otp_enroll') throw new Error('no');" + send), loses: []string{"enrolment codes by SMS of MFA", "enrolment codes by voice of MFA"}},
		"gives one type up late": {code: handler(send + "if (kind === 'otp_enroll') api.notification.drop('no');"), loses: []string{"enrolment codes by SMS of MFA", "enrolment codes by voice of MFA"}},
		"throws with nothing made up": {
			code:  handler("if (event.connection?.strategy === 'sms') throw new Error('no');" + send),
			loses: []string{`login codes by SMS of the connection "Customers"`},
		},
		"stumbles over a secret":  {code: handler("if (event.connection?.strategy === 'sms') JSON.parse(event.secrets.CONFIG);" + send), unknown: `login codes by SMS of the connection "Customers" (it breaks`},
		"an unknown module":       {code: handler("await require('sms').send(event.notification.as_text);"), unknown: "login codes by SMS of MFA (it only calls what the trial does not know: sms.send)"},
		"logs one type":           {code: handler("require('pino')().info(kind); if (kind === 'otp_verify') {" + send + "}"), loses: []string{"enrolment codes by SMS of MFA", "enrolment codes by voice of MFA"}},
		"Twilio's module":         {code: handler("await require('twilio')('AC1', 'token').messages.create({});")},
		"stumbles over an answer": {code: handler("const answer = await (await fetch('https://gateway.example')).json(); if (answer.status !== 'ok') api.notification.drop('refused');"), unknown: "login codes by SMS of MFA (it gives it up: refused)"},
	}
	for name, c := range cases {
		trial, err := action.Try(t.Context(), c.code, codes()...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		err = trial.Loses(func(action.Message) bool { return true })
		var got []string
		if err != nil {
			for part := range strings.SplitSeq(strings.TrimPrefix(err.Error(), action.ErrLoses.Error()+": "), "; ") {
				words, _, _ := strings.Cut(part, " (it ")
				got = append(got, words)
			}
		}
		if !reflect.DeepEqual(got, c.loses) {
			t.Errorf("%s: %v\nwant %q", name, err, c.loses)
		}
		notes := strings.Join(trial.Notes, "\n")
		if strings.Contains(notes, "not exercised") != (c.unknown != "") || !strings.Contains(notes, c.unknown) {
			t.Errorf("%s: notes %q, want %q", name, trial.Notes, c.unknown)
		}
		if err := trial.Loses(func(m action.Message) bool { return false }); err != nil {
			t.Errorf("%s: loses what nobody sends: %v", name, err)
		}
	}
}

// An Action's own words may be endless.
func TestLongReasonsAreCut(t *testing.T) {
	t.Parallel()
	trial, err := action.Try(t.Context(), handler("api.notification.drop('no '.repeat(300))"))
	if err != nil {
		t.Fatal(err)
	}
	if err := trial.Loses(func(action.Message) bool { return true }); err == nil || len(err.Error()) > 300 || !strings.HasSuffix(err.Error(), "…)") {
		t.Errorf("%v", err)
	}
}

// A tenant may have hundreds of connections; what was not run is said.
func TestTrialsAreBounded(t *testing.T) {
	t.Parallel()
	var many []action.Message
	for range 200 {
		many = append(many, action.PasswordlessMessage("con", "one of many"))
	}
	trial, err := action.Try(t.Context(), action.Starter, many...)
	if err != nil {
		t.Fatal(err)
	}
	if err := trial.Loses(func(action.Message) bool { return true }); err != nil || len(trial.Notes) != 1 || !strings.Contains(trial.Notes[0], "too many flows") {
		t.Errorf("%v, notes %q", err, trial.Notes)
	}
	if last := trial.Codes[len(trial.Codes)-1]; !trial.Codes[0].Sent || last.Sent || !last.Unknown {
		t.Errorf("the first %+v, the last %+v", trial.Codes[0], last)
	}
}
