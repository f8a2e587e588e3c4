package logs_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"upe/flows/logs"
)

func failure(to string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(
		`{"log_id":"90020261120120001000000000000000000001223372036854770001","date":"2026-11-20T12:00:01.000Z","type":"fn","details":{"to":%q,"error":"no route"}}`, to))
}

func success(id int) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"log_id":"9002026112012000100000000000000000000122337203685488%04d","date":"2026-11-20T12:00:01Z","type":"gd_send_sms"}`, id))
}

func TestWordsOfAVerdict(t *testing.T) {
	t.Parallel()
	mfa := logs.Sought{Flow: logs.MFA, Since: sent, Until: sent.Add(time.Hour), Provider: "twilio"}
	unknown := json.RawMessage(entry("pp", `,"details":{"id":"pro_1"}`))
	cases := []struct {
		sought   logs.Sought
		entries  []json.RawMessage
		want     string
		standing logs.Standing
	}{
		{message(), nil, "no failure in the tenant logs", logs.Nothing},
		{message(), []json.RawMessage{unknown}, "no failure in the tenant logs (1 entry to look at)", logs.Nothing},
		{
			message(),
			[]json.RawMessage{unknown, failure("+49 XXXXXX123")},
			"the tenant logs show 1 failure: a notification could not be sent: no route; it names this number", logs.Failed,
		},
		{mfa, []json.RawMessage{success(1), success(2), success(2)}, "the tenant logs show 2 codes sent and no failure", logs.Seen},
		{
			mfa,
			[]json.RawMessage{success(1), failure("+1 XXXXXX0177")},
			"the tenant logs show 1 failure and 1 code sent: a notification could not be sent: no route", logs.Failed,
		},
	}
	for _, c := range cases {
		v := c.sought.Judge(c.entries)
		if got := v.Words(); got != c.want || v.Standing != c.standing {
			t.Errorf("%s: %s\nwant %s: %s", v.Standing, got, c.standing, c.want)
		}
	}
}

func TestWhatIsWorstStandsFirstAndLittleIsKept(t *testing.T) {
	t.Parallel()
	mfa := logs.Sought{Flow: logs.MFA, Since: sent, Until: sent.Add(time.Hour)}
	var entries []json.RawMessage
	for i := range 20 {
		entries = append(entries, success(i))
	}
	v := mfa.Judge(append(entries, failure("+1 XXXXXX0177")))
	if len(v.Candidates) != 5 || v.Candidates[0].Kind != logs.Failure || v.More != 16 || v.Successes != 20 || !v.Worth() {
		t.Errorf("%d kept, %d more, %d sent, the first is %s", len(v.Candidates), v.More, v.Successes, v.Candidates[0].Kind)
	}
	if v = mfa.Judge(entries); v.Worth() {
		t.Error("codes that were sent are nothing to look at")
	}
}

func TestWhatWasFoundOnceIsNotForgotten(t *testing.T) {
	t.Parallel()
	failed, nothing := logs.Verdict{Standing: logs.Failed}, logs.Verdict{Standing: logs.Nothing}
	unreadable := logs.Verdict{Standing: logs.Unreadable}
	for _, c := range []struct {
		before *logs.Verdict
		now    logs.Verdict
		want   logs.Standing
	}{
		{nil, unreadable, logs.Unreadable},
		{&unreadable, nothing, logs.Nothing},
		{&nothing, failed, logs.Failed},
		{&failed, nothing, logs.Failed},
		{&nothing, unreadable, logs.Nothing},
	} {
		if got := logs.Stronger(c.before, c.now); got.Standing != c.want {
			t.Errorf("%v, then %s: %s, want %s", c.before, c.now.Standing, got.Standing, c.want)
		}
	}
}

func TestAnEntryIsShownWithoutSecretsNumbersCodesAndPeople(t *testing.T) {
	t.Parallel()
	s := message()
	s.Clean = func(text string) string { return strings.ReplaceAll(text, "canary-token", "(secret)") }
	v := s.Judge([]json.RawMessage{json.RawMessage(entry("fn", `,"description":"To: +4915550100123","client_name":"Shop",
		"details":{"to":"+4915550100123","error":"401 for canary-token and Basic c2lkOnRva2VuLWNhbmFyeTE=: 654321 is your code, at sms2.acme-gateway.example","auth_token":"canary-1","otp":"123456",
		"numbers":[4915550100123],"stack":"`+strings.Repeat("long ", 200)+`"}`))})
	if len(v.Candidates) != 1 {
		t.Fatalf("%+v", v)
	}
	all, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	for _, canary := range []string{"4915550100123", "canary", "c2lkOnRva2Vu", "654321", "123456", "alex@example.com", "203.0.113.24"} {
		if strings.Contains(string(all), canary) {
			t.Errorf("%s is shown: %s", canary, all)
		}
	}
	for _, kept := range []string{"90020261120120001000000000000000000001223372036854779999", "Shop", "401 for (secret)", "at sms2.acme-gateway.example", "To: +49 *** *** 0123", "2026-11-20T12:00:01.000Z"} {
		if !strings.Contains(string(all), kept) {
			t.Errorf("%s is lost: %s", kept, all)
		}
	}
	if len(all) > 4000 {
		t.Errorf("%d bytes are kept", len(all))
	}
}

// anyJSON makes documents of every shape, with the number and a secret somewhere in them.
func anyJSON(depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		kinds := 6
		if depth == 0 {
			kinds = 4
		}
		switch rapid.IntRange(0, kinds).Draw(t, "kind") {
		case 0:
			return nil
		case 1:
			return rapid.Float64Range(-1e9, 1e9).Draw(t, "number")
		case 2:
			return rapid.String().Draw(t, "text")
		case 3, 4:
			return rapid.SampledFrom([]any{
				"+4915550100123", 4915550100123, "To: +49 1555 0100123", "canary-secret", "x canary-secret y", "fn", "custom-phone-provider",
				"act_1", "sms", "2026-11-20T12:00:01Z", true,
			}).Draw(t, "known")
		case 5:
			return rapid.SliceOfN(anyJSON(depth-1), 0, 4).Draw(t, "list")
		}
		return anyObject(depth-1).Draw(t, "object")
	})
}

func anyObject(depth int) *rapid.Generator[map[string]any] {
	key := rapid.OneOf(rapid.SampledFrom([]string{
		"type", "date", "log_id", "_id", "details", "to", "error", "message", "description", "body", "phone_number", "authenticator", "action_id",
		"trigger_id", "auth_token", "+4915550100123", "canary-secret",
	}), rapid.String())
	return rapid.MapOfN(key, anyJSON(depth), 0, 6)
}

func TestNoEntryMakesItFailOrTellASecret(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		log := anyObject(4).Draw(t, "log")
		if rapid.Bool().Draw(t, "of a known type") {
			log["type"] = rapid.SampledFrom([]string{"fn", "wn", "cs", "gd_send_sms_failure", "actions_execution_failed", "limit_phone", "sapi"}).Draw(t, "type")
		}
		raw, err := json.Marshal(log)
		if err != nil {
			t.Skip("JSON cannot write it")
		}
		s := message()
		s.Flow = rapid.SampledFrom([]logs.Flow{logs.Try, logs.MFA, logs.Passwordless, logs.Any}).Draw(t, "flow")
		s.Clean = func(text string) string { return strings.ReplaceAll(text, "canary-secret", "(secret)") }
		v := s.Judge([]json.RawMessage{raw})
		out, err := json.Marshal(v)
		if err != nil {
			t.Fatalf("%s cannot be written: %v", raw, err)
		}
		told := string(out) + v.Words()
		for _, canary := range []string{"4915550100123", "canary-secret"} {
			if strings.Contains(told, canary) {
				t.Errorf("%s is told of %s: %s", canary, raw, told)
			}
		}
	})
}

func FuzzJudge(f *testing.F) {
	f.Add([]byte(entry("fn", `,"details":{"to":"+4915550100123"}`)))
	f.Add([]byte(`{"type":{"type":[]},"details":{"to":{"to":["+49 XXXXX123"]}}}`))
	f.Add([]byte(strings.Repeat(`{"details":`, 50) + `1` + strings.Repeat(`}`, 50)))
	f.Add([]byte(`{"type":"fn"} {"type":"fn","to":"+4915550100123"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		v := message().Judge([]json.RawMessage{raw})
		out, err := json.Marshal(v)
		if err != nil {
			t.Fatalf("%q cannot be written: %v", raw, err)
		}
		if strings.Contains(string(out)+v.Words(), "4915550100123") {
			t.Errorf("the number is told of %q: %s", raw, out)
		}
	})
}
