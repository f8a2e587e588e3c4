package emulator_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/client/emulator"
)

const legacyTenant = `{"domain":"acme.us.auth0.com","settings":{"friendly_name":"Acme","support_email":"help@acme.example"},
	"guardian":{"factors":{"sms":true},"message_types":["sms","voice"],"selected_provider":"phone-message-hook"},
	"clients":[{"client_id":"app","name":"Shop","client_metadata":{"brand":"acme"}}],
	"actions":[%s],"bindings":{"send-phone-message":[%s]}%s}`

// bound is a tenant whose MFA goes by an Action of send-phone-message.
func bound(version, code string) string {
	action := fmt.Sprintf(`{"id":"act","name":"Phone","supported_triggers":[{"id":"send-phone-message","version":%q}],"all_changes_deployed":true,
		"secrets":[{"name":"TOKEN","value":"t0ken"}],"code":%q}`, version, code)
	return fmt.Sprintf(legacyTenant, action, `{"action_id":"act","display_name":"Phone"}`, "")
}

// hooked is a tenant whose MFA goes by a Hook.
func hooked(code string) string {
	return fmt.Sprintf(legacyTenant, "", "", fmt.Sprintf(`,"hooks":[{"id":"1","name":"Off","triggerId":"send-phone-message","enabled":false,"script":"throw 1"},
		{"id":"2","name":"Phone","triggerId":"send-phone-message","enabled":true,"secrets":{"TOKEN":"t0ken"},"script":%q}]`, code))
}

// seen is what an Action sends that forwards everything it is given.
func seen(t *testing.T, file string, d emulator.Delivery) map[string]any {
	t.Helper()
	d.To, d.Code = user, "424242"
	result := open(t, file).Deliver(t.Context(), d)
	if !result.Delivered || len(result.Requests) != 1 {
		t.Fatalf("%+v", result)
	}
	var event map[string]any
	if err := json.Unmarshal([]byte(result.Requests[0].Body), &event); err != nil {
		t.Fatal(err)
	}
	return event
}

// forwards is code that posts an expression.
func forwards(expression string) string {
	return "await fetch('https://gw.example/', {method: 'POST', body: JSON.stringify(" + expression + ")})"
}

const (
	spelled = "4. 2. 4. 2. 4. 2."
	spoken  = "Hello. Your verification code for Acme is ... " + spelled + ". I repeat, your verification code is ... " + spelled
)

// The new event has both wordings and the plain code, whichever way the message goes.
func TestTheNewEvent(t *testing.T) {
	t.Parallel()
	file := fmt.Sprintf(customTenant, fmt.Sprintf(phoneAction, handler(forwards("event"))))
	for channel, method := range map[string]string{"sms": "text", "voice": "voice"} {
		event := seen(t, file, emulator.Delivery{Flow: "mfa", Channel: channel})
		want := map[string]any{
			"recipient": user, "message_type": "otp_verify", "delivery_method": method, "locale": "en", "code": "424242",
			"as_text": "424242 is your verification code for Acme", "as_voice": spoken,
		}
		if diff := cmp.Diff(any(want), event["notification"]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", channel, diff)
		}
		got := strings.Join(slices.Sorted(maps.Keys(event)), " ")
		if want := "client configuration notification request secrets tenant transaction user"; got != want {
			t.Errorf("the event has %s, want %s", got, want)
		}
		if diff := cmp.Diff(any(map[string]any{"id": "acme", "friendly_name": "Acme"}), event["tenant"]); diff != "" {
			t.Errorf("a setting that is not there is in the event:\n%s", diff)
		}
	}
}

// A wording that does not render stops only the messages that would say it.
func TestTheOtherWordingDoesNotStopAMessage(t *testing.T) {
	t.Parallel()
	file := fmt.Sprintf(customTenant, fmt.Sprintf(phoneAction, handler(forwards("n"))))
	file = strings.Replace(file, `{`, `{"phone_templates":[{"type":"otp_verify","content":{"body":{"text":"{{ code }}","voice":"{% if %}"}}}],`, 1)
	if n := seen(t, file, emulator.Delivery{Flow: "mfa"}); n["as_text"] != "424242" || n["as_voice"] != "" {
		t.Errorf("%v", n)
	}
}

// The old event of v2 has the message in the words of MFA.
func TestTheOldEvent(t *testing.T) {
	t.Parallel()
	file := bound("v2", "exports.onExecuteSendPhoneMessage = async (event, api) => { if (api.notification) throw 1; "+forwards("event")+" };")
	for _, tc := range []struct{ channel, message, action, text string }{
		{"sms", "verify", "second-factor-authentication", "424242 is your verification code for Acme."},
		{"voice", "enroll", "enrollment", spelled + " is your verification code for Acme. Please enter this code to verify your enrollment."},
	} {
		event := seen(t, file, emulator.Delivery{Flow: "mfa", Channel: tc.channel, Message: tc.message})
		want := map[string]any{"recipient": user, "message_type": tc.channel, "action": tc.action, "text": tc.text, "code": "424242"}
		if diff := cmp.Diff(any(want), event["message_options"]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		got := strings.Join(slices.Sorted(maps.Keys(event)), " ")
		if want := "client configuration message_options request secrets security_context tenant transaction user"; got != want {
			t.Errorf("the event has %s, want %s", got, want)
		}
	}
}

// v1 has the message at the top, and no api.
func TestTheFlatEvent(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"module":        "module.exports = async function (event, context) { " + forwards("{event, context}") + " }; // the end",
		"not async":     "module.exports = (event, context) => { return (async () => " + forwards("{event, context}") + ")(); }",
		"named handler": "exports.onExecuteSendPhoneMessage = async (event, context) => { " + forwards("{event, context}") + " };",
	} {
		got := seen(t, bound("v1", code), emulator.Delivery{Flow: "mfa"})
		if diff := cmp.Diff(any(map[string]any{"secrets": map[string]any{"TOKEN": "t0ken"}}), got["context"]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		event, _ := got["event"].(map[string]any)
		delete(event, "user")
		want := map[string]any{
			"recipient": user, "message_type": "sms", "action": "second-factor-authentication", "code": "424242", "language": "en",
			"text": "424242 is your verification code for Acme.", "ip": "203.0.113.7", "user_agent": "Mobile Safari 17.4 / iOS 17.4",
			"client": map[string]any{"client_id": "app", "name": "Shop", "client_metadata": map[string]any{"brand": "acme"}},
		}
		if diff := cmp.Diff(want, event); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A Hook is called with a function to call at the end. It runs where no Action is bound.
func TestAHook(t *testing.T) {
	t.Parallel()
	const post = "fetch('https://gw.example/', {method: 'POST', body: JSON.stringify({recipient, text, context})})"
	got := seen(t, hooked("module.exports = function (recipient, text, context, cb) { "+post+".then(() => cb(null, {}), cb); };"), emulator.Delivery{Flow: "mfa"})
	context, _ := got["context"].(map[string]any)
	if diff := cmp.Diff(any(map[string]any{"secrets": map[string]any{"TOKEN": "t0ken"}}), context["webtask"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	keys := strings.Join(slices.Sorted(maps.Keys(context)), " ")
	if want := "action client code ip language message_type user user_agent webtask"; keys != want || got["recipient"] != user {
		t.Errorf("the Hook is given %s, want %s; recipient %v", keys, want, got["recipient"])
	}
	for want, code := range map[string]string{
		"the Action failed: string: no":                        "module.exports = (recipient, text, context, cb) => cb('no');",
		"the Action failed: line 1: Error: at once":            "module.exports = () => { throw new Error('at once'); };",
		"the Action failed: line 1: Error: later":              "module.exports = async () => { throw new Error('later'); };",
		"the Action failed: script took too long: the handler": "module.exports = () => {};",
		"the Action sent nothing":                              "module.exports = (recipient, text, context, cb) => cb();",
	} {
		r := open(t, hooked(code)).Deliver(t.Context(), emulator.Delivery{Flow: "mfa", To: user})
		if r.Delivered || r.Via != emulator.ViaLegacyHook || !strings.HasPrefix(r.Error, want) {
			t.Errorf("%s: %+v", code, r)
		}
	}
	both := strings.Replace(bound("v2", "exports.onExecuteSendPhoneMessage = async () => {};"), `"clients"`, `"hooks":[{"triggerId":"send-phone-message","enabled":true,"script":"throw 1"}],"clients"`, 1)
	if r := open(t, both).Deliver(t.Context(), emulator.Delivery{Flow: "mfa", To: user}); r.Error != "the Action sent nothing" {
		t.Errorf("a Hook runs beside a bound Action: %+v", r)
	}
}
