package logs_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"upe/flows/logs"
	"upe/flows/tenant"
)

// tenantLogs answers GET /logs.
type tenantLogs struct {
	answer func(q url.Values) (string, error)

	mu    sync.Mutex
	asked []url.Values
}

func (l *tenantLogs) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	if err := ctx.Err(); err != nil {
		return nil, &tenant.Error{Op: call.Op, Message: err.Error()}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = append(l.asked, call.Query)
	text, err := l.answer(call.Query)
	return json.RawMessage(text), err
}

// inOrder is what was asked for: both queries go side by side, each page by page.
func (l *tenantLogs) inOrder() []url.Values {
	slices.SortStableFunc(l.asked, func(a, b url.Values) int {
		return cmp.Compare(strings.Count(a.Get("q"), "NOT"), strings.Count(b.Get("q"), "NOT"))
	})
	return l.asked
}

// known reports whether the query is the one for types that are known.
func known(q url.Values) bool { return !strings.Contains(q.Get("q"), "NOT") }

func TestReadAsksForTheKnownTypesAndForWhatElseCame(t *testing.T) {
	t.Parallel()
	api := &tenantLogs{answer: func(q url.Values) (string, error) {
		if known(q) {
			return `{"logs":[` + string(failure("+49 XXXXXX123")) + `],"total":1}`, nil // as the SDK asks for it
		}
		return "[" + entry("pp", `,"details":{"id":"pro_1"}`) + "," + entry("ssa", ``) + "]", nil
	}}
	v := logs.Read(t.Context(), api, message())
	if v.Standing != logs.Failed || v.Read != 2 || len(v.Candidates) != 2 || v.Cut { // two of the three have one id
		t.Errorf("%+v", v)
	}
	if len(api.asked) != 2 {
		t.Fatalf("asked %d times", len(api.asked))
	}
	const span = "date:[2026-11-20T11:58:00.000Z TO 2026-11-20T12:02:10.000Z] AND "
	for i, begins := range []string{span + "type:(gd_send_sms OR ", span + "NOT type:(gd_send_sms OR "} {
		if q := api.inOrder()[i].Get("q"); !strings.HasPrefix(q, begins) {
			t.Errorf("asked for %s", q)
		}
	}
}

func TestLogsThatCannotBeReadAreNoError(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"the token lacks read:logs":       &tenant.Error{Op: tenant.ListLogs, Status: 403, Code: tenant.CodeScope, Message: "Insufficient scope"},
		"the token is not taken any more": &tenant.Error{Op: tenant.ListLogs, Status: 401},
		"Auth0 asks to wait (429)":        &tenant.Error{Op: tenant.ListLogs, Status: 429},
		"Auth0 answered 500 to GET /logs": &tenant.Error{Op: tenant.ListLogs, Status: 500, Message: "+4915550100123"},
		"no answer came to GET /logs":     &tenant.Error{Op: tenant.ListLogs, Message: "connection refused"},
		"it broke":                        errors.New("it broke"),
	} {
		v := logs.Read(t.Context(), &tenantLogs{answer: func(url.Values) (string, error) { return "", err }}, message())
		if v.Standing != logs.Unreadable || v.Words() != "not verified by logs: "+want {
			t.Errorf("%v: %s, want %s", err, v.Words(), want)
		}
	}
	for answer, want := range map[string]logs.Standing{
		`{"type":"fn"}`: logs.Unreadable, `"x"`: logs.Unreadable, `{"logs":null}`: logs.Unreadable, `<html>`: logs.Unreadable,
		``: logs.Nothing, `null`: logs.Nothing, `[]`: logs.Nothing, `[null,1,"x"]`: logs.Nothing,
	} {
		v := logs.Read(t.Context(), &tenantLogs{answer: func(url.Values) (string, error) { return answer, nil }}, message())
		if v.Standing != want {
			t.Errorf("%q: %s (%s), want %s", answer, v.Standing, v.Why, want)
		}
	}
}

func TestWhatWasReadCountsAlthoughTheRestWasRefused(t *testing.T) {
	t.Parallel()
	v := logs.Read(t.Context(), &tenantLogs{answer: func(q url.Values) (string, error) {
		if known(q) {
			return "[]", nil
		}
		return "", &tenant.Error{Op: tenant.ListLogs, Status: 429}
	}}, message())
	if v.Standing != logs.Nothing || !strings.Contains(v.Words(), "entries of other types were not read: Auth0 asks to wait") {
		t.Errorf("%s: %s", v.Standing, v.Words())
	}
}

func TestReadEndsSomewhere(t *testing.T) {
	t.Parallel()
	number := 0
	api := &tenantLogs{answer: func(url.Values) (string, error) {
		list := make([]string, 100)
		for i := range list {
			number++
			list[i] = fmt.Sprintf(`{"log_id":"%d","type":"ssa"}`, number)
		}
		return "[" + strings.Join(list, ",") + "]", nil
	}}
	v := logs.Read(t.Context(), api, message())
	if !v.Cut || v.Read != 1200 || len(api.asked) != 12 || !strings.Contains(v.Words(), "only 1000 entries were read") {
		t.Errorf("%d asked, %d read, %s", len(api.asked), v.Read, v.Words())
	}
	if page := api.inOrder()[9].Get("page"); page != "9" {
		t.Errorf("the tenth page is %s", page)
	}
}

func TestWaitIsPatientWhileTheLogsAreSilent(t *testing.T) {
	t.Parallel()
	late := func(began time.Time, after time.Duration) *tenantLogs {
		return &tenantLogs{answer: func(q url.Values) (string, error) {
			if known(q) && time.Since(began) >= after {
				return "[" + string(failure("+4915550100123")) + "]", nil
			}
			return "[]", nil
		}}
	}
	cases := map[string]struct {
		after, patience, took time.Duration
		want                  logs.Standing
	}{
		"at once":      {0, 10 * time.Second, 0, logs.Failed},
		"late":         {4 * time.Second, 10 * time.Second, 4750 * time.Millisecond, logs.Failed},
		"too late":     {time.Minute, 10 * time.Second, 10 * time.Second, logs.Nothing},
		"no patience":  {time.Second, 0, 0, logs.Nothing},
		"little of it": {time.Second, 400 * time.Millisecond, 400 * time.Millisecond, logs.Nothing},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				now := func() time.Time { return sent.Add(time.Since(began)) }
				v := logs.Wait(t.Context(), late(began, c.after), message(), now, c.patience)
				if took := time.Since(began); v.Standing != c.want || took != c.took {
					t.Errorf("%s after %s, want %s after %s", v.Standing, took, c.want, c.took)
				}
			})
		})
	}
}

func TestWaitStopsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		api := &tenantLogs{answer: func(url.Values) (string, error) { return "[]", nil }}
		v := logs.Wait(ctx, api, message(), func() time.Time { return sent }, time.Hour)
		if v.Standing != logs.Nothing {
			t.Errorf("what was read before it ended is lost: %+v", v)
		}
	})
}
