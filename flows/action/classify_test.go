package action_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"upe/flows/action"
	"upe/flows/tenant"
)

// dashboardStub is what Auth0's Dashboard puts into a new Action for a custom provider.
const dashboardStub = `/**
 * Handler to be executed while sending a phone notification
 * @param {Event} event - Details about the user and the context in which they are logging in.
 * @param {CustomPhoneProviderAPI} api - Methods and utilities to help change the behavior of sending a phone notification.
 */
exports.onExecuteCustomPhoneProvider = async (event, api) => {
  // Code goes here
  return;
};`

func TestHandlersAreThoseThatCodeExports(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ code, handlers, others string }{
		"one":             {"exports.onExecuteSendPhoneMessage = async () => {}", "onExecuteSendPhoneMessage", ""},
		"two":             {"exports.onExecuteSendPhoneMessage = async () => {}; exports.onExecutePostLogin = async () => {}", "onExecutePostLogin onExecuteSendPhoneMessage", "onExecutePostLogin"},
		"a new object":    {"module.exports = { onExecuteSendPhoneMessage() {}, onContinuePostLogin() {} }", "onContinuePostLogin onExecuteSendPhoneMessage", "onContinuePostLogin"},
		"in a comment":    {"// exports.onExecutePostLogin = async () => {}\nexports.onExecuteSendPhoneMessage = async () => {}", "onExecuteSendPhoneMessage", ""},
		"in a string":     {"exports.onExecuteSendPhoneMessage = async () => { console.log('onExecutePostLogin') }", "onExecuteSendPhoneMessage", ""},
		"not a function":  {"exports.onExecutePostLogin = 'later'; exports.onExecuteSendPhoneMessage = () => {}", "onExecuteSendPhoneMessage", ""},
		"helpers too":     {"exports.onExecuteSendPhoneMessage = () => {}; exports.helper = () => {}; exports.xonExecutePostLogin = () => {}", "onExecuteSendPhoneMessage", ""},
		"with a module":   {"const twilio = require('twilio')('AC1', 'x'); exports.onExecutePostLogin = async () => { await twilio.x() }", "onExecutePostLogin", "onExecutePostLogin"},
		"returns early":   {"exports.onExecutePostLogin = () => {}; return; exports.onExecuteSendPhoneMessage = () => {}", "onExecutePostLogin", "onExecutePostLogin"},
		"the older style": {"module.exports = async (event, context) => {}", "", ""},
		"breaks":          {"exports.onExecutePostLogin = () => {}; missing()", "", ""},
		"not JavaScript":  {"exports.onExecutePostLogin = {", "", ""},
		"hides":           {"exports.onExecutePostLogin = () => {}; Object.keys = () => 7", "", ""},
		"nothing":         {"", "", ""},
	}
	for name, c := range cases {
		handlers, err := action.Handlers(t.Context(), c.code)
		if err != nil || strings.Join(handlers, " ") != c.handlers {
			t.Errorf("%s: handlers %q, %v", name, handlers, err)
		}
		others, err := action.Others(t.Context(), tenant.TriggerLegacy, c.code)
		if err != nil || strings.Join(others, " ") != c.others {
			t.Errorf("%s: others %q, %v", name, others, err)
		}
	}
}

func TestSilentCodeDoesNothingAboutACode(t *testing.T) {
	t.Parallel()
	phone := func(body string) string {
		return "exports.onExecuteCustomPhoneProvider = async (event, api) => {" + body + "}"
	}
	silent := map[string]string{
		"the Dashboard's stub":     dashboardStub,
		"what the API puts there":  "module.exports = () => {}",
		"nothing":                  "",
		"comments":                 "// to be written",
		"another trigger's":        "exports.onExecuteSendPhoneMessage = async () => { await fetch('https://sms.acme.com') }",
		"logs only":                phone("console.log(event.notification.code)"),
		"asks the cache only":      phone("api.cache.get('token')"),
		"sends everything but OTP": phone("if (!event.notification.code) await fetch('https://sms.acme.com')"),
	}
	speaks := map[string]string{
		"the starter":      action.Starter,
		"calls only":       phone("if (event.notification.delivery_method === 'voice') await fetch('https://sms.acme.com')"),
		"enrolments only":  phone("if (event.notification.message_type === 'otp_enroll') await fetch('https://sms.acme.com')"),
		"Passwordless":     phone("if (event.connection?.strategy === 'sms') await fetch('https://sms.acme.com')"),
		"one connection":   phone("if (event.connection?.name === 'Customers') await fetch('https://sms.acme.com')"),
		"a module":         phone("await require('twilio')('AC1', 'x').messages.create({})"),
		"drops":            phone("api.notification.drop('not yet')"),
		"asks for a retry": phone("api.notification.retry('not yet')"),
		"throws":           phone("throw new Error('not yet')"),
		"not JavaScript":   "exports.onExecuteCustomPhoneProvider = {",
		"breaks":           "missing()",
	}
	for want, codes := range map[bool]map[string]string{true: silent, false: speaks} {
		for name, code := range codes {
			if got, err := action.Silent(t.Context(), tenant.TriggerPhone, code, action.Connection{ID: "con_1", Name: "Customers"}); got != want || err != nil {
				t.Errorf("%s: silent %v, %v", name, got, err)
			}
		}
	}
	legacy := "exports.onExecuteSendPhoneMessage = async (event) => { if (event.message_options.message_type === 'sms') await fetch('https://sms.acme.com') }"
	if got, err := action.Silent(t.Context(), tenant.TriggerLegacy, legacy); got || err != nil {
		t.Errorf("a send-phone-message Action that sends: silent %v, %v", got, err)
	}
}

// Code that does not end costs what the caller gives, and is not called silent.
func TestCodeThatDoesNotEnd(t *testing.T) {
	t.Parallel()
	const endless = "exports.onExecutePostLogin = 1; for (;;) {}"
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := action.Handlers(ctx, endless); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("handlers: %v", err)
	}
	if silent, err := action.Silent(ctx, tenant.TriggerPhone, endless); silent || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("silent %v, %v", silent, err)
	}
}

// FuzzHandlers: no code brings the sandbox down, and what is listed is always a list of handlers.
func FuzzHandlers(f *testing.F) {
	for _, code := range []string{dashboardStub, action.Starter, "exports.onExecutePostLogin = exports", "module.exports = null // onExecuteX", "}", "\x00"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		names, _ := action.Handlers(ctx, code)
		if !slices.IsSorted(names) || slices.ContainsFunc(names, func(name string) bool { return !strings.HasPrefix(name, "on") }) {
			t.Errorf("%q", names)
		}
	})
}
