package logs_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"upe/flows/logs"
)

var sent = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// message is a test message by SMS through a custom provider.
func message() logs.Sought {
	return logs.Sought{
		Flow: logs.Try, Channel: "text", To: "+4915550100123", Since: sent, Until: sent.Add(10 * time.Second),
		Provider: "custom", ProviderID: "pro_1", ActionID: "act_1",
	}
}

// entry is a log with what every log has around it.
func entry(kind, rest string) string {
	return `{"log_id":"90020261120120001000000000000000000001223372036854779999","date":"2026-11-20T12:00:01.000Z","type":"` + kind +
		`","ip":"203.0.113.24","user_name":"alex@example.com"` + rest + `}`
}

func TestMatchOfATestMessage(t *testing.T) {
	t.Parallel()
	authenticator := func(kind, to string) string {
		return `,"details":{"authenticator":{"id":"sms|dev_Vb6tQz","type":"` + kind + `","phone_number":"` + to + `"},"first_factor":"pwd",
			"failure_details":{"errorCode":"invalid_phone_number","message":"The 'To' number is not valid."}}`
	}
	cases := map[string]struct {
		log  string
		want logs.Kind
		why  string // part of it
	}{
		"a notification to the number failed": {
			entry("fn", `,"description":"To: +4915550100123","details":{"email_type":"otp_verify","notification_type":"phone","to":"+4915550100123","error":"Action dropped it"}`),
			logs.Failure, "a notification could not be sent: Action dropped it",
		},
		"the number is masked as Auth0 does": {
			entry("fn", `,"details":{"notification_type":"phone","to":"+49 XXXXXX123","error":{"message":"no route"}}`), logs.Failure, "no route",
		},
		"the number stands in the description alone": {
			entry("fn", `,"description":"To: +4915550100123"`), logs.Failure, "names this number",
		},
		"a notification to somebody else failed": {
			entry("fn", `,"details":{"notification_type":"phone","to":"+49 XXXXXX987","error":"x"}`), logs.Unrelated, "another number",
		},
		"a notification to nobody failed": {
			entry("fn", `,"details":{"notification_type":"phone","error":"no route"}`), logs.Candidate, "names no number",
		},
		"an e-mail failed": {
			entry("fn", `,"details":{"email_type":"verify_email","to":"kim@example.com","error":"x"}`), logs.Unrelated, "e-mail",
		},
		"a retry": {
			entry("wn", `,"details":{"notification_channel":"sms","notification_type":"otp_verify","to":"+4915550100123","warning":"will try again"}`),
			logs.Warning, "will try again",
		},
		"the same number by voice": {
			entry("wn", `,"details":{"notification_channel":"voice","to":"+4915550100123","warning":"x"}`), logs.Candidate, "another delivery method",
		},
		"MFA, the old way, to this number": {entry("gd_send_sms", authenticator("sms", "+49 XXXXXX123")), logs.Candidate, "not known to write"},
		"MFA, the old way, to another":     {entry("gd_send_sms", authenticator("sms", "+1 XXXXXX0142")), logs.Unrelated, "another number"},
		"MFA failed for this number": {
			entry("gd_send_sms_failure", authenticator("sms", "+49 XXXXXX123")), logs.Failure, "The 'To' number is not valid",
		},
		"MFA failed for another":        {entry("gd_send_sms_failure", authenticator("sms", "+1 XXXXXX0142")), logs.Unrelated, "another number"},
		"MFA by voice failed":           {entry("gd_send_voice_failure", authenticator("voice", "+49 XXXXXX123")), logs.Candidate, "another delivery method"},
		"MFA failed, no number":         {entry("gd_send_sms_failure", `,"details":null`), logs.Unrelated, "does not name the number"},
		"the number is blocked":         {entry("limit_phone", `,"details":{"delivery_method":"sms","type":"exponential","body":{"to":"+4915550100123"}}`), logs.Failure, "blocked for a time"},
		"the provider's Action threw":   {entry("actions_execution_failed", `,"details":{"action_id":"act_1","trigger_id":"custom-phone-provider","action_error":{"message":"fetch failed"}}`), logs.Failure, "the provider's Action failed: fetch failed"},
		"its trigger, without an id":    {entry("actions_execution_failed", `,"details":{"trigger_name":"custom-phone-provider"}`), logs.Failure, "the provider's Action failed"},
		"another Action of the trigger": {entry("actions_execution_failed", `,"details":{"action_id":"act_2","trigger_id":"custom-phone-provider"}`), logs.Warning, "another Action"},
		"an Action of another trigger":  {entry("actions_execution_failed", `,"details":{"action_id":"act_9","trigger_id":"post-login"}`), logs.Unrelated, "another trigger"},
		"our own request":               {entry("sapi", `,"details":{"request":{"method":"post","path":"/api/v2/branding/phone/providers/pro_1/try"}}`), logs.Candidate, "the request that sent"},
		"another request":               {entry("sapi", `,"details":{"request":{"method":"get","path":"/api/v2/clients"}}`), logs.Unrelated, "another kind"},
		"an unknown type and the number": {
			entry("phone_msg_f", `,"details":{"recipient":"4915550100123"}`), logs.Candidate, "does not know names the number",
		},
		"an unknown type and the provider": {entry("pp", `,"details":{"provider":{"id":"pro_1"}}`), logs.Candidate, "names the provider"},
		"an unknown type and the Action":   {entry("aes", `,"details":{"executions":[{"action":"act_1"}]}`), logs.Candidate, "the provider's Action"},
		"an unknown type and the trigger":  {entry("aes", `,"details":{"trigger":"custom-phone-provider"}`), logs.Candidate, "the trigger"},
		"an unknown type":                  {entry("ssa", ``), logs.Unrelated, "neither the number nor the provider"},
		"the date as an object":            {`{"type":"fn","date":{"$date":"2026-11-20T12:00:05.000Z"},"details":{"to":"+4915550100123"}}`, logs.Failure, ""},
		"no date":                          {`{"type":"fn","details":{"to":"+4915550100123"}}`, logs.Failure, ""},
		"a clock that is a minute behind":  {`{"type":"fn","date":"2026-11-20T11:59:00Z","details":{"to":"+4915550100123"}}`, logs.Failure, ""},
		"before":                           {`{"type":"fn","date":"2026-11-20T11:57:00Z","details":{"to":"+4915550100123"}}`, logs.Unrelated, "from before"},
		"days later":                       {`{"type":"fn","date":"2026-11-22T12:00:00Z","details":{"to":"+4915550100123"}}`, logs.Unrelated, "from later"},
		"a list":                           {`[1]`, logs.Unrelated, "no log"},
		"no JSON":                          {`{"type":`, logs.Unrelated, "no log"},
		"types that nobody documented":     {`{"type":7,"date":[],"details":"+4915550100123"}`, logs.Candidate, "names the number"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := message().Match(logs.Parse(json.RawMessage(c.log)))
			if got.Kind != c.want || !strings.Contains(got.Why, c.why) {
				t.Errorf("%s: %s, want %s: …%s…", got.Kind, got.Why, c.want, c.why)
			}
		})
	}
}

func TestMatchOfAFlowThatWasSwitchedOn(t *testing.T) {
	t.Parallel()
	mfa := logs.Sought{Flow: logs.MFA, Since: sent, Until: sent.Add(time.Hour), Provider: "twilio"}
	passwordless := logs.Sought{Flow: logs.Passwordless, Since: sent, Until: sent.Add(time.Hour), Provider: "custom", ActionID: "act_1", Connection: "con_1", Name: "sms"}
	all := logs.Sought{Since: sent, Until: sent.Add(time.Hour), Provider: "custom"}
	code := `,"details":{"body":{"phone_number":"+1 XXXXXX0177","connection":"sms","send":"code","request_language":"en-US"}}`
	cases := map[string]struct {
		sought logs.Sought
		log    string
		want   logs.Kind
		basis  logs.Basis
	}{
		"MFA sent":                      {mfa, entry("gd_send_sms", `,"connection":"Users"`), logs.Success, logs.Documented},
		"MFA failed":                    {mfa, entry("gd_send_voice_failure", ``), logs.Failure, logs.Documented},
		"too many wrong codes":          {mfa, entry("gd_otp_rate_limit_exceed", ``), logs.Warning, logs.Documented},
		"a notification of some flow":   {mfa, entry("fn", `,"details":{"to":"+1 XXXXXX0177"}`), logs.Failure, logs.Inferred},
		"Passwordless is another flow":  {mfa, entry("cs", code), logs.Unrelated, ""},
		"an Action, and Twilio sends":   {mfa, entry("actions_execution_failed", `,"details":{"trigger_id":"custom-phone-provider"}`), logs.Candidate, logs.Documented},
		"Passwordless sent":             {passwordless, entry("cs", `,"connection":"sms","connection_id":"con_1"`), logs.Success, logs.Documented},
		"Passwordless sent, in details": {passwordless, entry("cs", code), logs.Success, logs.Documented},
		"another connection":            {passwordless, entry("cs", `,"connection":"sms","connection_id":"con_2"`), logs.Unrelated, ""},
		"a link by e-mail":              {passwordless, entry("cls", `,"details":{"body":{"email":"kim@example.com","link":"https://x"}}`), logs.Unrelated, ""},
		"MFA is another flow":           {passwordless, entry("gd_send_sms", ``), logs.Unrelated, ""},
		"its Action":                    {passwordless, entry("actions_execution_failed", `,"details":{"action_id":"act_1"}`), logs.Failure, logs.Documented},
		"the provider: MFA counts":      {all, entry("gd_send_sms", ``), logs.Success, logs.Documented},
		"the provider: so does a code":  {all, entry("cs", code), logs.Success, logs.Documented},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.sought.Match(logs.Parse(json.RawMessage(c.log))); got.Kind != c.want || got.Basis != c.basis {
				t.Errorf("%s (%s): %s, want %s (%s)", got.Kind, got.Basis, got.Why, c.want, c.basis)
			}
		})
	}
}

func TestAnEntryIsOfTheMessageThatItIsNearerTo(t *testing.T) {
	t.Parallel()
	s := message()
	s.Earlier = sent.Add(-time.Minute)
	failure := func(at string) logs.Entry {
		return logs.Parse(json.RawMessage(`{"log_id":"900","type":"fn","date":"` + at + `","details":{"to":"+4915550100123"}}`))
	}
	for at, want := range map[string]logs.Kind{
		"2026-11-20T11:59:02Z": logs.Unrelated, "2026-11-20T11:59:40Z": logs.Failure, "2026-11-20T12:00:02Z": logs.Failure,
	} {
		if got := s.Match(failure(at)); got.Kind != want {
			t.Errorf("%s: %s (%s), want %s", at, got.Kind, got.Why, want)
		}
	}
	s.Known = []string{"900"}
	if got := s.Match(failure("2026-11-20T12:00:02Z")); got.Kind != logs.Unrelated {
		t.Errorf("what was told of another message is told again: %s", got.Why)
	}
}

func TestNumbersMayBeMaskedOnBothSides(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		to, shown string
		want      bool
	}{
		{"+15550001234", "+15550001234", true},
		{"+15550001234", "15550001234", true},
		{"+15550001234", "+1 (555) 000-1234", true},
		{"+15550001234", "+1 XXXXXX1234", true},
		{"+15550001234", "XXXXXXX1234", true},
		{"+15550001234", "+1 •••••••34", true},
		{"+15550001234", "+1 XXXXXX1235", false},
		{"+15550001234", "+44 XXXXXX1234", false},
		{"+15550001234", "+15550001235", false},
		{"+15550001234", "the number +15550001234 21211", true},
		{"+1 *** *** 1234", "+1 XXXXXX1234", true},
		{"+1 *** *** 1234", "+1 XXXXXX34", true},
		{"+1 *** *** 1234", "+15550001234", true},
		{"+1 *** *** 1234", "+1 XXXXXX9934", false},
		{"+1 *** *** 1234", "+49 XXXXXX1234", false},
		{"*** ***", "+15550001234", false}, // nothing of it is known
		{"", "+15550001234", false},
	} {
		s := message()
		s.To = c.to
		log, err := json.Marshal(map[string]any{"type": "fn", "details": map[string]any{"to": c.shown}})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Match(logs.Parse(log)); (got.Kind == logs.Failure) != c.want {
			t.Errorf("sent to %q, the log says %q: %s (%s)", c.to, c.shown, got.Kind, got.Why)
		}
	}
}
