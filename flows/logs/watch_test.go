package logs_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"upe/flows/logs"
	"upe/flows/tenant"
)

// page answers a query with that page of entries, the newest first.
func page(q url.Values, entries []json.RawMessage) (string, error) {
	number := 0
	if _, err := fmt.Sscan(q.Get("page"), &number); err != nil {
		return "", err
	}
	from := min(number*100, len(entries))
	part, err := json.Marshal(entries[from:min(from+100, len(entries))])
	return string(part), err
}

// pairs are so many codes, of which so many led to a login, one a second from then on; the newest first.
func pairs(from time.Duration, started, completed int) []json.RawMessage {
	var entries []json.RawMessage
	for i := started - 1; i >= 0; i-- {
		at := from + time.Duration(i)*time.Second
		if i < completed {
			entries = append(entries, dated(1_000_000+2*i+int(from.Hours()), at, "gd_auth_succeed", by("sms")))
		}
		entries = append(entries, dated(2*i+int(from.Hours()), at, "gd_start_auth", by("sms")))
	}
	return entries
}

func TestBeforeIsReadOnceAndAfterAgainAndAgain(t *testing.T) {
	t.Parallel()
	after := pairs(time.Second, 30, 29)
	api := &tenantLogs{answer: func(q url.Values) (string, error) {
		if strings.Contains(q.Get("q"), "TO 2026-11-20T11:59:59.999Z]") {
			return page(q, pairs(-10*time.Minute, 120, 115))
		}
		return page(q, after)
	}}
	w := &logs.Watcher{API: api, Courses: []logs.Course{courseOf(logs.MFA)}, Lag: time.Minute}
	first, err := w.Look(t.Context(), sent.Add(10*time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	if flow := first.Flows[0]; flow.Before.Started != 120 || flow.After.Completed != 29 || first.Outlook != flow.Outlook {
		t.Errorf("%+v", first)
	}
	after = pairs(time.Second, 200, 0)
	second, err := w.Look(t.Context(), sent.Add(11*time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	if second.Outlook != logs.LooksWrong || second.Flows[0].Before.Started != 120 || second.Flows[0].After.Started != 200 {
		t.Errorf("%+v", second)
	}
	// 240 entries before, in 3 pages; 60, then 200 and a look whether there is more.
	var asked []string
	for _, q := range api.asked {
		asked = append(asked, strings.TrimPrefix(q.Get("q"), "date:[2026-11-20T"))
	}
	got := strings.Join(asked, "\n")
	const types = " AND type:(fn OR limit_phone OR actions_execution_failed OR gd_start_auth OR gd_auth_succeed OR gd_auth_failed OR gd_auth_rejected OR gd_send_sms_failure OR gd_send_voice_failure)"
	want := strings.Repeat("11:00:00.000Z TO 2026-11-20T11:59:59.999Z]"+types+"\n", 3) + "12:00:00.000Z TO 2026-11-20T12:09:00.000Z]" + types + "\n" +
		strings.Repeat("12:00:00.000Z TO 2026-11-20T12:10:00.000Z]"+types+"\n", 3)
	if got+"\n" != want {
		t.Errorf("asked for\n%s\nwant\n%s", got, want)
	}
}

// TestABusyTenantIsNotReadWhole: the counts are those of the newest part, for codes and for logins alike.
func TestABusyTenantIsNotReadWhole(t *testing.T) {
	t.Parallel()
	api := &tenantLogs{answer: func(q url.Values) (string, error) { return page(q, pairs(time.Second, 3000, 3000)) }}
	w := &logs.Watcher{API: api, Courses: []logs.Course{courseOf(logs.MFA)}}
	l, err := w.Look(t.Context(), sent.Add(2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	flow := l.Flows[0].After
	if len(api.asked) != 10 || !flow.Cut || flow.Started != 250 || flow.Completed != 250 || !flow.Since.Equal(sent.Add(2751*time.Second)) {
		t.Errorf("%d requests; %+v", len(api.asked), flow)
	}
}

// TestPasswordlessAsksForLoginsOfItsOwnKind: all other logins of a tenant may be very many.
func TestPasswordlessAsksForLoginsOfItsOwnKind(t *testing.T) {
	t.Parallel()
	api := &tenantLogs{answer: func(url.Values) (string, error) { return `[]`, nil }}
	w := &logs.Watcher{API: api, Courses: []logs.Course{courseOf(logs.Passwordless)}}
	l, err := w.Look(t.Context(), sent.Add(time.Minute))
	if err != nil || l.Outlook != logs.Inconclusive {
		t.Fatalf("%+v, %v", l, err)
	}
	const want = " AND (type:(fn OR limit_phone OR actions_execution_failed OR cs OR cls OR fepotpft) OR (type:s AND strategy:sms))"
	if q := api.asked[0].Get("q"); !strings.HasSuffix(q, want) {
		t.Errorf("asked for %s", q)
	}
}

func TestALookRightAfterTheSwitch(t *testing.T) {
	t.Parallel()
	api := &tenantLogs{answer: func(url.Values) (string, error) { return `[]`, nil }}
	w := &logs.Watcher{API: api, Courses: []logs.Course{courseOf(logs.MFA)}, Lag: time.Minute}
	l, err := w.Look(t.Context(), sent.Add(time.Second))
	if err != nil || l.Outlook != logs.Inconclusive || len(api.asked) != 1 {
		t.Errorf("%+v, %v, %d requests", l, err, len(api.asked))
	}
}

// TestOneFlowSpeaksForAll: one that looks wrong is enough, and all must look right.
func TestOneFlowSpeaksForAll(t *testing.T) {
	t.Parallel()
	right, wrong := courseOf(logs.MFA), courseOf(logs.MFA)
	wrong.Move, wrong.Since = "other", sent.Add(24*time.Hour)
	api := &tenantLogs{answer: func(q url.Values) (string, error) {
		switch span := q.Get("q"); {
		case strings.HasPrefix(span, "date:[2026-11-21T12:00"):
			return page(q, pairs(24*time.Hour, 100, 0))
		case strings.HasPrefix(span, "date:[2026-11-21T11:00"):
			return page(q, pairs(24*time.Hour-10*time.Minute, 100, 100))
		case strings.HasPrefix(span, "date:[2026-11-20T12:00"):
			return page(q, pairs(time.Second, 100, 100))
		}
		return page(q, pairs(-10*time.Minute, 100, 100))
	}}
	for _, c := range []struct {
		courses []logs.Course
		want    logs.Outlook
	}{
		{[]logs.Course{right}, logs.LooksRight},
		{[]logs.Course{right, wrong}, logs.LooksWrong},
		{[]logs.Course{wrong, right}, logs.LooksWrong},
	} {
		w := &logs.Watcher{API: api, Courses: c.courses}
		l, err := w.Look(t.Context(), sent.Add(24*time.Hour+9*time.Minute))
		if err != nil || l.Outlook != c.want {
			t.Errorf("%s, want %s: %+v, %v", l.Outlook, c.want, l.Flows, err)
		}
	}
}

func TestALookThatFails(t *testing.T) {
	t.Parallel()
	refusal := &tenant.Error{Op: tenant.ListLogs, Status: 403, Code: "insufficient_scope", Message: "Insufficient scope, expected any of: read:logs,read:logs_users"}
	fails := true
	api := &tenantLogs{answer: func(url.Values) (string, error) {
		if fails {
			return "", refusal
		}
		return "[]", nil
	}}
	w := &logs.Watcher{API: api, Courses: []logs.Course{courseOf(logs.MFA)}}
	var answered *tenant.Error
	if _, err := w.Look(t.Context(), sent.Add(time.Minute)); !errors.As(err, &answered) || answered.Class() != tenant.ClassScope {
		t.Fatal(err)
	}
	fails = false
	if _, err := w.Look(t.Context(), sent.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
}
