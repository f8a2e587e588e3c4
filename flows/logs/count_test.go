package logs_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"upe/flows/logs"
)

// dated is a log with an id of its own, so long after the switch.
func dated(n int, after time.Duration, kind, rest string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"log_id":"9002026112012000000000000000000000000122337203685%07d","date":%q,"type":%q%s}`,
		n, sent.Add(after).Format(time.RFC3339Nano), kind, rest))
}

func by(factor string) string {
	return `,"details":{"authenticator":{"id":"x|1","type":"` + factor + `","phone_number":"+49 XXXXXX123"}}`
}

const shop = `,"connection":"shop-sms","connection_id":"con_1","strategy":"sms"`

func courseOf(flow logs.Flow) logs.Course {
	return logs.Course{Move: "m", Title: "The flow", Sought: logs.Sought{Flow: flow, Connection: "con_1", Name: "shop-sms", Since: sent}}
}

func TestWhatCountsAsALogin(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		flow logs.Flow
		log  json.RawMessage
		want string // started, completed, refused, failed
	}{
		"second factor started":          {logs.MFA, dated(1, 1, "gd_start_auth", by("sms")), "1 0 0 0"},
		"second factor succeeded":        {logs.MFA, dated(1, 1, "gd_auth_succeed", by("voice")), "0 1 0 0"},
		"a wrong code":                   {logs.MFA, dated(1, 1, "gd_auth_failed", by("sms")), "0 0 1 0"},
		"turned down":                    {logs.MFA, dated(1, 1, "gd_auth_rejected", by("sms")), "0 0 1 0"},
		"with another factor":            {logs.MFA, dated(1, 1, "gd_auth_succeed", by("push-notification")), "0 0 0 0"},
		"with a factor nobody names":     {logs.MFA, dated(1, 1, "gd_auth_succeed", ``), "0 1 0 0"},
		"with one that we do not know":   {logs.MFA, dated(1, 1, "gd_start_auth", by("oob")), "1 0 0 0"},
		"MFA is not Passwordless":        {logs.Passwordless, dated(1, 1, "gd_start_auth", by("sms")), "0 0 0 0"},
		"a code was sent":                {logs.Passwordless, dated(1, 1, "cs", shop), "1 0 0 0"},
		"by another connection":          {logs.Passwordless, dated(1, 1, "cs", `,"connection":"other","connection_id":"con_2"`), "0 0 0 0"},
		"named in the body alone":        {logs.Passwordless, dated(1, 1, "cs", `,"details":{"body":{"connection":"other"}}`), "0 0 0 0"},
		"by e-mail":                      {logs.Passwordless, dated(1, 1, "cls", `,"details":{"body":{"email":"a@example.com"}}`), "0 0 0 0"},
		"a login":                        {logs.Passwordless, dated(1, 1, "s", shop), "0 1 0 0"},
		"a login of another kind":        {logs.Passwordless, dated(1, 1, "s", `,"connection":"shop-sms","strategy":"auth0"`), "0 0 0 0"},
		"a login from a session":         {logs.Passwordless, dated(1, 1, "s", shop+`,"details":{"session":true}`), "0 0 0 0"},
		"a prompt from a session":        {logs.Passwordless, dated(1, 1, "s", shop+`,"details":{"prompts":[{"name":"login"},{"session":true}]}`), "0 0 0 0"},
		"a wrong Passwordless code":      {logs.Passwordless, dated(1, 1, "fepotpft", shop), "0 0 1 0"},
		"both travel by one provider":    {logs.Any, dated(1, 1, "cs", ``), "1 0 0 0"},
		"both, the other one":            {logs.Any, dated(1, 1, "gd_start_auth", by("sms")), "1 0 0 0"},
		"a message could not be sent":    {logs.MFA, dated(1, 1, "gd_send_sms_failure", by("sms")), "0 0 0 1"},
		"a notification, of either flow": {logs.Passwordless, dated(1, 1, "fn", ``), "0 0 0 1"},
		"a notification by e-mail":       {logs.Passwordless, dated(1, 1, "fn", `,"details":{"to":"a@example.com"}`), "0 0 0 0"},
		"blocked for a time":             {logs.MFA, dated(1, 1, "limit_phone", ``), "0 0 0 1"},
		"the Action that sends":          {logs.MFA, dated(1, 1, "actions_execution_failed", `,"details":{"trigger_id":"custom-phone-provider"}`), "0 0 0 1"},
		"the Action that sent":           {logs.MFA, dated(1, 1, "actions_execution_failed", `,"details":{"trigger_id":"send-phone-message"}`), "0 0 0 1"},
		"the Action that never did":      {logs.Passwordless, dated(1, 1, "actions_execution_failed", `,"details":{"trigger_id":"send-phone-message"}`), "0 0 0 0"},
		"any other Action":               {logs.MFA, dated(1, 1, "actions_execution_failed", `,"details":{"trigger_id":"post-login"}`), "0 0 0 0"},
		"a warning is no failure":        {logs.MFA, dated(1, 1, "wn", ``), "0 0 0 0"},
		"what was sent is not a login":   {logs.MFA, dated(1, 1, "gd_send_sms", by("sms")), "0 0 0 0"},
		"from before":                    {logs.MFA, dated(1, -1, "gd_start_auth", by("sms")), "0 0 0 0"},
		"from later":                     {logs.MFA, dated(1, 2*time.Hour, "gd_start_auth", by("sms")), "0 0 0 0"},
		"without a date":                 {logs.MFA, json.RawMessage(`{"type":"gd_start_auth"}`), "0 0 0 0"},
		"no log":                         {logs.MFA, json.RawMessage(`7`), "0 0 0 0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			course := courseOf(c.flow)
			count := course.Count([]json.RawMessage{c.log}, sent, sent.Add(time.Hour))
			l := course.Compare(logs.Tally{}, count)
			if got := fmt.Sprint(l.After.Started, l.After.Completed, l.After.Refused, l.After.Failed); got != c.want {
				t.Errorf("%s: %s, want %s", c.log, got, c.want)
			}
			if l.Outlook != logs.Inconclusive {
				t.Errorf("one entry, and it %s", l.Outlook)
			}
		})
	}
}

// TestFactorsAreCountedAlikeOnBothSides: where one entry does not say which factor it is about, none is left out.
func TestFactorsAreCountedAlikeOnBothSides(t *testing.T) {
	t.Parallel()
	mixed := []json.RawMessage{dated(1, 1, "gd_start_auth", by("sms")), dated(2, 1, "gd_start_auth", by("push"))}
	silent := append(slices.Clone(mixed), dated(3, 1, "gd_start_auth", ``))
	course := courseOf(logs.MFA)
	count := func(entries []json.RawMessage) logs.Tally { return course.Count(entries, sent, sent.Add(time.Hour)) }
	named := course.Compare(count(mixed), count(mixed))
	if named.Before.Started != 1 || named.After.Started != 1 || named.After.AllFactors {
		t.Errorf("%+v", named)
	}
	all := course.Compare(count(silent), count(mixed))
	if all.Before.Started != 3 || all.After.Started != 2 || !all.After.AllFactors || !all.Before.AllFactors {
		t.Errorf("%+v", all)
	}
}

// TestOneMessageThatFailedTwice: an Action's failure may have an entry of the Action and one of the message.
func TestOneMessageThatFailedTwice(t *testing.T) {
	t.Parallel()
	phone := `,"details":{"trigger_id":"custom-phone-provider"}`
	count := courseOf(logs.MFA).Count([]json.RawMessage{
		dated(1, 1, "actions_execution_failed", phone), dated(2, 1, "fn", ``), dated(2, 1, "fn", ``), dated(3, 2, "actions_execution_failed", phone),
	}, sent, sent.Add(time.Hour))
	if count.Failed != 2 || count.Failures["fn"] != 1 || count.Failures["actions_execution_failed"] != 2 || len(count.Examples) != 3 || count.Read != 3 {
		t.Errorf("%+v", count)
	}
}

func logins(started, completed, failed int) logs.Tally {
	return logs.Tally{Logins: logs.Logins{Started: started, Completed: completed}, Failed: failed}
}

func TestHowAFlowLooks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		flow          logs.Flow
		before, after logs.Tally
		want          logs.Outlook
		why           string // part of it
	}{
		"nothing at all":           {logs.MFA, logins(0, 0, 0), logins(0, 0, 0), logs.Inconclusive, "too little traffic"},
		"little, and all is well":  {logs.MFA, logins(500, 480, 0), logins(19, 19, 0), logs.Inconclusive, "too little traffic: 20 codes on either side"},
		"little, and nothing came": {logs.MFA, logins(500, 480, 0), logins(19, 0, 0), logs.Inconclusive, "too little traffic"},
		"nothing before":           {logs.MFA, logins(0, 0, 0), logins(500, 480, 0), logs.Inconclusive, "too little traffic"},
		"as before":                {logs.MFA, logins(100, 95, 0), logins(100, 94, 0), logs.LooksRight, "a fall of a tenth or more is ruled out"},
		"as before, not enough":    {logs.MFA, logins(25, 20, 0), logins(25, 20, 0), logs.Inconclusive, "not enough traffic yet"},
		"none comes in":            {logs.MFA, logins(20, 18, 0), logins(20, 0, 0), logs.LooksWrong, "fewer codes lead to a login"},
		"a country is lost":        {logs.MFA, logins(400, 380, 0), logins(400, 320, 0), logs.LooksWrong, "fewer codes lead to a login"},
		"better than before":       {logs.MFA, logins(100, 50, 0), logins(100, 95, 0), logs.LooksRight, ""},
		"logins nobody sees":       {logs.Passwordless, logins(100, 0, 0), logins(100, 0, 0), logs.Inconclusive, "show no login with a code on either side"},
		"sessions among the logins": {
			logs.Passwordless, logins(50, 150, 0), logins(50, 100, 0), logs.Inconclusive, "more logins than codes",
		},
		"more logins than codes, then none": {logs.Passwordless, logins(50, 150, 0), logins(50, 0, 0), logs.LooksWrong, "fewer codes"},
		"messages fail":                     {logs.Passwordless, logins(40, 38, 0), logins(0, 0, 12), logs.LooksWrong, "12 of 12 messages could not be sent since the switch, 0 of 40 messages before"},
		"MFA starts and fails":              {logs.MFA, logins(40, 38, 0), logins(12, 0, 12), logs.LooksWrong, "12 of 12 messages"},
		"some failures, as before":          {logs.MFA, logins(200, 180, 10), logins(200, 181, 11), logs.LooksRight, ""},
		"few failures, little traffic":      {logs.MFA, logins(200, 180, 0), logins(3, 0, 3), logs.Inconclusive, "too little traffic"},
		"all fails, nothing to compare":     {logs.MFA, logins(0, 0, 0), logins(15, 0, 15), logs.LooksWrong, "nothing before"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := courseOf(c.flow).Compare(c.before, c.after)
			if l.Outlook != c.want || !strings.Contains(l.Why, c.why) {
				t.Errorf("%s: %s; want %s: %s", l.Outlook, l.Why, c.want, c.why)
			}
		})
	}
}

// TestSilenceIsNeverRight: whatever was before, a flow with fewer than 20 codes since its switch does not look right, and neither
// does one without a login.
func TestSilenceIsNeverRight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := logins(rapid.IntRange(0, 100_000).Draw(t, "started before"), rapid.IntRange(0, 100_000).Draw(t, "completed before"), rapid.IntRange(0, 100).Draw(t, "failed before"))
		started, completed := rapid.IntRange(0, 19).Draw(t, "started"), rapid.IntRange(0, 30).Draw(t, "completed")
		if rapid.Bool().Draw(t, "no login") {
			started, completed = rapid.IntRange(0, 100_000).Draw(t, "more started"), 0
		}
		flow := rapid.SampledFrom([]logs.Flow{logs.MFA, logs.Passwordless, logs.Any}).Draw(t, "flow")
		l := courseOf(flow).Compare(before, logins(started, completed, rapid.IntRange(0, 30).Draw(t, "failed")))
		if l.Outlook == logs.LooksRight || l.Why == "" {
			t.Fatalf("%d of %d after %d of %d: %s, %s", completed, started, before.Completed, before.Started, l.Outlook, l.Why)
		}
	})
}

// TestTheOrderOfTheLogsDoesNotMatter, nor does reading one twice.
func TestTheOrderOfTheLogsDoesNotMatter(t *testing.T) {
	t.Parallel()
	kinds := []string{"gd_start_auth", "gd_auth_succeed", "gd_auth_failed", "cs", "s", "fn", "limit_phone", "actions_execution_failed", "unknown"}
	rapid.Check(t, func(t *rapid.T) {
		var entries []json.RawMessage
		for i := range rapid.IntRange(0, 30).Draw(t, "entries") {
			rest := rapid.SampledFrom([]string{"", shop, by("sms"), by("otp"), `,"details":{"trigger_id":"custom-phone-provider"}`}).Draw(t, "rest")
			entries = append(entries, dated(i, time.Duration(rapid.Int64Range(-5, 5).Draw(t, "at"))*time.Minute, rapid.SampledFrom(kinds).Draw(t, "kind"), rest))
		}
		flow := rapid.SampledFrom([]logs.Flow{logs.MFA, logs.Passwordless, logs.Any}).Draw(t, "flow")
		course := courseOf(flow)
		one := course.Count(entries, sent, sent.Add(2*time.Minute))
		two := course.Count(append(rapid.Permutation(entries).Draw(t, "shuffled"), entries...), sent, sent.Add(2*time.Minute))
		if one.Logins != two.Logins || one.Failed != two.Failed || one.Read != two.Read || !maps.Equal(one.Failures, two.Failures) {
			t.Fatalf("%+v, and in another order %+v", one, two)
		}
		if l := course.Compare(one, two); l.After.Started < 0 || l.After.Completed < 0 || l.After.Refused < 0 {
			t.Fatalf("%+v", l)
		}
	})
}

func FuzzCount(f *testing.F) {
	for _, seed := range []string{
		string(dated(1, 1, "gd_start_auth", by("sms"))), string(dated(1, 1, "s", shop+`,"details":{"prompts":[{"session":true},7]}`)),
		`{"type":"s","date":{"$date":"2026-11-20T12:00:00Z"},"strategy":"sms","details":7}`, `{"type":["cs"],"date":1e400}`, `[]`, ``, `{"date":`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, flow := range []logs.Flow{logs.MFA, logs.Passwordless, logs.Any} {
			course := courseOf(flow)
			count := course.Count([]json.RawMessage{raw}, sent.Add(-time.Hour), sent.Add(time.Hour))
			l := course.Compare(logs.Tally{}, count)
			if l.Outlook == logs.LooksRight || count.Read > 1 || count.Started+count.Completed+count.Refused+count.Failed > 1 {
				t.Fatalf("%q counts as %+v", raw, l)
			}
			if _, err := json.Marshal(l); err != nil {
				t.Fatal(err)
			}
		}
	})
}
