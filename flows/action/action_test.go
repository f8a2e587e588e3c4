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
