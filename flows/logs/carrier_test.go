package logs_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"upe/flows/logs"
)

// TestCarrierErrorsInWords: every common code is explained in a sentence part, and nothing else is.
func TestCarrierErrorsInWords(t *testing.T) {
	t.Parallel()
	for code, means := range map[string]string{
		"21211": "not valid", "21408": "not permitted", "21610": "STOP", "21614": "not a mobile number", "21608": "trial", "30003": "switched off",
		"30005": "not known", "30006": "landline", "30007": "filtered", "30008": "does not say why", "30032": "toll-free", "60200": "refused a value",
		"60203": "10 minutes", "60410": "Fraud Guard", "20003": "AuthToken", "21703": "Messaging Service",
	} {
		for _, text := range []string{code, "The message failed (" + code + ").", "error:" + code + " to +15550001111", "Twilio 99999, then " + code} {
			if got := logs.Carrier(text); !strings.HasPrefix(got, "Twilio's error "+code+": ") || !strings.Contains(got, means) {
				t.Errorf("%q is explained as %q", text, got)
			}
		}
	}
	for _, text := range []string{"", "boom", "21", "+212112121121", "x21211", "212110", "12345"} {
		if got := logs.Carrier(text); got != "" {
			t.Errorf("%q is explained as %q", text, got)
		}
	}
}

// TestALogWithACarrierErrorIsExplained: by the field that Auth0 has for it, or by its text.
func TestALogWithACarrierErrorIsExplained(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	sought := logs.Sought{Flow: logs.MFA, Since: now, Until: now.Add(time.Minute), Provider: "twilio"}
	for _, details := range []string{
		`{"provider_error":{"errorCode":21211,"message":"invalid_phone_number"}}`,
		`{"provider_error":{"errorCode":"21211","message":"invalid_phone_number"}}`,
		`{"provider_error":{"message":"invalid_phone_number, see error 21211"}}`,
		`{"failure_details":{"errorCode":"21211"}}`,
	} {
		raw := json.RawMessage(`{"log_id":"1","date":"2026-11-20T12:00:01.000Z","type":"gd_send_sms_failure","details":` + details + `}`)
		got := sought.Judge([]json.RawMessage{raw}).Words()
		if !strings.Contains(got, "Twilio's error 21211: the number that it went to is not valid") {
			t.Errorf("%s: %s", details, got)
		}
	}
}
