package emulator_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestWhatALoginLeavesInTheLogs: the start of MFA whether a code comes or not, the rest only when the user enters it.
func TestWhatALoginLeavesInTheLogs(t *testing.T) {
	t.Parallel()
	const mfa = `{"guardian":{"factors":{"sms":true},"message_types":["sms"],"selected_provider":"%s","twilio":{"sid":"AC1"}}}`
	own, broken := fmt.Sprintf(mfa, "auth0"), fmt.Sprintf(mfa, "twilio")
	const sms = `"flow":"mfa","to":"+15550001234"`
	const shop = `{"id":"con_1","name":"shop","strategy":"sms","options":{"twilio_sid":"AC1","twilio_token":"t","from":"+15550000001"}}`
	for name, c := range map[string]struct{ tenant, delivery, want string }{
		"a code":              {own, sms, "gd_start_auth gd_send_sms"},
		"a login":             {own, sms + `,"complete":true`, "gd_start_auth gd_send_sms gd_auth_succeed"},
		"an enrolment":        {own, sms + `,"message":"enroll"`, "gd_send_sms"},
		"no code comes":       {broken, sms + `,"complete":true`, "gd_start_auth gd_send_sms_failure"},
		"a Passwordless code": {`{"connections":[` + shop + `]}`, `"flow":"passwordless","to":"+15550001234"`, "cs"},
		"a Passwordless login": {
			`{"connections":[` + shop + `]}`, `"flow":"passwordless","to":"+15550001234","complete":true`, "cs s",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, c.tenant)
			p.control("POST", "/emulator/deliver", "{"+c.delivery+"}")
			got := p.must("GET /logs?fields=type&sort=date:1", "").body
			var want []string
			for _, kind := range strings.Fields(c.want) {
				want = append(want, fmt.Sprintf(`{"type":%q}`, kind))
			}
			wanted := "[" + strings.Join(want, ",") + "]"
			if got != wanted {
				t.Errorf("%s, want %s", got, wanted)
			}
		})
	}
	p := open(t, own)
	p.control("POST", "/emulator/deliver", `{`+sms+`,"message":"enroll","complete":true}`).want(t, 400, "complete goes with the message verify")
}
