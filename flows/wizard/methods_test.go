package wizard_test

import (
	"fmt"
	"strings"
	"testing"

	"upe/flows/wizard"
)

// Auth0 takes any sender, and Twilio makes no call from a name: voice is refused before anybody waits for it.
func TestVoiceNeedsANumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio-voice")
	for from, says := range map[string]string{
		"ACME": `delivery_methods: voice needs a phone number as From (twilio.from); "ACME"`, "12345": `"12345" sends text messages only`, "+15005550006": "",
	} {
		both := accepted(wizard.Answers{"twilio.from": from, "delivery_methods": []string{"text", "voice"}})
		_, _, err := wizard.Drive(t.Context(), w.read(), both, w.host())
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", from, err)
		}
		text := wizard.Answers{"twilio.from": from, "delivery_methods": []string{"text"}}
		if way := optionOf(t, w.pageOf("conflicts", text).Questions[0], "add-method"); (way.Disabled == "") != (says == "") {
			t.Errorf("%s: voice is offered unless %q", from, way.Disabled)
		}
	}
}

// Only the failure of a gateway was ever told to applications, so only theirs lose something.
func TestOnlyApplicationsOfAGatewayLoseAnError(t *testing.T) {
	t.Parallel()
	for scenario, want := range map[string]bool{"passwordless-twilio": false, "passwordless-gateway": true} {
		page := at(t, scenario, "connections", nil).session.Page()
		if says := strings.Contains(fmt.Sprint(page.Blocks), "sms_provider_error"); says != want || strings.Contains(page.Lead, "but for one error") != want {
			t.Errorf("%s: %s %v", scenario, page.Lead, page.Blocks)
		}
	}
}
