package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"upe/client/emulator"
	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// answers is GET /logs, by the number of the request.
type answers func(n int) (string, error)

func (a *answers) api() tenant.API {
	n := 0
	return apiFunc(func(context.Context, tenant.Call) (json.RawMessage, error) {
		n++
		text, err := (*a)(n)
		return json.RawMessage(text), err
	})
}

type apiFunc func(context.Context, tenant.Call) (json.RawMessage, error)

func (f apiFunc) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	return f(ctx, call)
}

// following runs the command's loop over MFA that was switched on an hour ago.
func following(ctx context.Context, o *watchOptions, logsAre answers) (looks []string, last *logs.Look, err error) {
	var out bytes.Buffer
	o.app = &app{system: system{out: &out, err: &out, now: time.Now}}
	w := &logs.Watcher{API: logsAre.api(), Courses: []logs.Course{{Move: "mfa", Title: "MFA", Sought: logs.Sought{Flow: logs.MFA, Since: time.Now().Add(-time.Hour)}}}}
	last, err = o.follow(ctx, &folder{dir: "run", plan: plan.Plan{}}, w)
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n"), last, err
}

func nothing(int) (string, error) { return "[]", nil }

func TestWatchFollowsForAsLongAsItWasTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		looks, last, err := following(t.Context(), &watchOptions{long: 30 * time.Minute, every: 30 * time.Second}, nothing)
		if err != nil || last == nil || len(looks) != 61 || time.Since(began) != 30*time.Minute {
			t.Errorf("%d looks in %s: %v", len(looks), time.Since(began), err)
		}
		if !strings.HasSuffix(looks[0], "MFA inconclusive: 0 of 0 completed, before 0 of 0") {
			t.Errorf("%s", looks[0])
		}
	})
}

func TestWatchEndsWhenItLooksWrong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		failing := func(n int) (string, error) {
			if n < 4 { // before, and two looks
				return "[]", nil
			}
			var all []string
			for i := range 20 {
				all = append(all, fmt.Sprintf(`{"log_id":"%d","date":%q,"type":"fn"}`, i, began.Format(time.RFC3339)))
			}
			return "[" + strings.Join(all, ",") + "]", nil
		}
		looks, last, err := following(t.Context(), &watchOptions{long: time.Hour, every: time.Minute}, failing)
		if err != nil || len(looks) != 3 || last.Outlook != logs.LooksWrong || time.Since(began) != 2*time.Minute {
			t.Errorf("%d looks, %v, %v", len(looks), last, err)
		}
	})
}

// TestALookThatFailsIsNotTheEnd, unless the token is.
func TestALookThatFailsIsNotTheEnd(t *testing.T) {
	t.Parallel()
	once := func(err error) answers {
		return func(n int) (string, error) {
			if n == 3 { // the second look
				return "", err
			}
			return "[]", nil
		}
	}
	for status, goesOn := range map[int]bool{429: true, 500: true, 401: false, 403: false, 400: false} {
		synctest.Test(t, func(t *testing.T) {
			refusal := &tenant.Error{Op: tenant.ListLogs, Status: status, Code: map[int]string{403: "insufficient_scope"}[status], Message: "no"}
			looks, last, err := following(t.Context(), &watchOptions{long: 2 * time.Minute, every: time.Minute}, once(refusal))
			if goesOn != (err == nil && last != nil && len(looks) == 3 && strings.Contains(looks[1], "this look failed")) {
				t.Errorf("%d: %d looks, %v\n%s", status, len(looks), err, strings.Join(looks, "\n"))
			}
			if !goesOn && (!errors.Is(err, refusal) || last == nil) {
				t.Errorf("%d: ends with %v", status, err)
			}
		})
	}
}

// TestAnInterruptedWatch keeps its last look.
func TestAnInterruptedWatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
		defer cancel()
		looks, last, err := following(ctx, &watchOptions{long: time.Hour, every: time.Minute}, nothing)
		if len(looks) != 2 || last == nil || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%d looks, %v", len(looks), err)
		}
	})
}

// TestOnlyARealTenantsNewestLogsAreLeftOut: an emulated one has written them when it answers; and a demo has nobody to log in.
func TestOnlyARealTenantsNewestLogsAreLeftOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		session *session
		lag     time.Duration
		offered bool
	}{
		"real":      {&session{}, 2 * time.Minute, true},
		"emulated":  {&session{local: true}, 0, true},
		"demo":      {&session{local: true, demo: &emulator.Tenant{}}, 0, false},
		"read only": {&session{reads: true}, 2 * time.Minute, false},
	} {
		if got := c.session.watcher(nil).Lag; got != c.lag || c.session.watches() != c.offered {
			t.Errorf("%s: %s is left out, offered: %v", name, got, c.session.watches())
		}
		functions := (&host{app: &app{}, session: c.session}).functions()
		if offered := functions.Watch != nil; offered != c.offered {
			t.Errorf("%s: the wizard offers it: %v", name, offered)
		}
	}
	if _, err := (&host{session: &session{}}).watch(t.Context()); err == nil {
		t.Error("a run that is not there is watched")
	}
}
