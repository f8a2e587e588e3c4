package run_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// failedNotice is the log of a message to the tests' number that was not sent, so long after the time now.
func failedNotice(id int, after time.Duration) map[string]any {
	return map[string]any{
		"log_id": fmt.Sprintf("9002026112012000100000000000000000000122337203685477%04d", id), "type": "fn",
		"date": time.Now().Add(after).UTC().Format(time.RFC3339Nano),
		"details": map[string]any{
			"notification_type": "phone", "to": number, "error": "no route for " + number + " with " + canaryAsked,
		},
	}
}

// send sends a test message, and returns what is known of it.
func send(t *testing.T, f *fake, log run.Log) run.Evidence {
	t.Helper()
	state, err := newRunner(f, log).Send(t.Context(), migration(), "text", number)
	if err != nil {
		t.Fatal(err)
	}
	return state.Evidence[0]
}

func mfa() run.Until { return run.Until{Phase: plan.Switch, Move: "mfa"} }

func TestAFailureInTheLogsOutweighsAPersonsWord(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		upTo(t, 1, f, log)
		f.tells = []any{failedNotice(1, time.Second)}
		if e := send(t, f, log); !e.Denied() || e.Proves() {
			t.Fatalf("%+v", e)
		}
		state, err := newRunner(f, log).Answer(p, "text", true, "Ann")
		if err != nil || state.Evidence[0].Proves() || status(state, "test-text") != run.Broken {
			t.Errorf("%+v, the step is %s, %v", state.Evidence[0], status(state, "test-text"), err)
		}
		if want := "a new test message by SMS: the tenant logs show that the last one failed"; state.WaitsFor != want {
			t.Errorf("waits for %q", state.WaitsFor)
		}
		_, err = newRunner(f, log).Run(t.Context(), p, mfa(), nil)
		refused(t, err, run.NeedsEvidence)

		// The next message is judged by itself, though the failure of the one before still stands in the logs.
		time.Sleep(time.Minute)
		if e := send(t, f, log); e.Denied() || e.Logs.Standing != logs.Nothing {
			t.Errorf("%+v", e.Logs)
		}
		if state, err = newRunner(f, log).Answer(p, "text", true, "Ann"); err != nil || !state.Evidence[0].Proves() {
			t.Errorf("%+v, %v", state.Evidence[0], err)
		}
		for _, canary := range []string{number, number[1:], canaryAsked} {
			if strings.Contains(string(read(t, log)), canary) {
				t.Errorf("%s is in the journal", canary)
			}
		}
	})
}

func TestWhatStoodInTheLogsBeforeIsNotAboutTheMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		upTo(t, 1, f, log)
		f.logs = []any{failedNotice(1, -time.Second), failedNotice(2, time.Minute)} // the clock of the tenant is not ours
		if e := send(t, f, log); e.Denied() {
			t.Errorf("%+v", e.Logs)
		}
		_, err := newRunner(f, log).Answer(migration(), "text", true, "Ann")
		if err == nil {
			_, err = newRunner(f, log).Run(t.Context(), migration(), mfa(), nil)
		}
		if err != nil {
			t.Errorf("a later look takes them for news: %v", err)
		}
	})
}

func TestSomebodyMayGoOnInSpiteOfTheLogs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		upTo(t, 1, f, log)
		f.tells = []any{failedNotice(1, time.Second)}
		send(t, f, log)
		if _, err := newRunner(f, log).Override(p, "mfa", "the failure is of our monitoring", "Ann"); err != nil {
			t.Fatal(err)
		}
		if _, err := newRunner(f, log).Run(t.Context(), p, mfa(), nil); err != nil {
			t.Error(err)
		}
	})
}

func TestAFailureThatIsLoggedLateIsFoundBeforeTheSwitch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		f.logs = []any{}
		upTo(t, 3, f, log)
		f.logs = []any{failedNotice(1, time.Second)}
		time.Sleep(time.Hour)
		_, err := newRunner(f, log).Run(t.Context(), p, mfa(), nil)
		refused(t, err, run.NeedsEvidence)
		if f.wrote("PATCH /tenants/settings") > 0 {
			t.Error("it was switched all the same")
		}
		state, err := run.Replay(p, read(t, log))
		if err != nil || !state.Evidence[0].Denied() || state.Evidence[0].By != "Ann" {
			t.Errorf("%+v, %v", state.Evidence[0], err)
		}
	})
}

func TestSendWaitsForTheLogsAsLongAsItsPatience(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		upTo(t, 1, f, log)
		f.logs = []any{}
		r := newRunner(f, log)
		r.Patience = 10 * time.Second
		began := time.Now()
		if _, err := r.Send(t.Context(), migration(), "text", number); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != r.Patience {
			t.Errorf("it took %s", took)
		}
	})
}

func TestLogsThatCannotBeReadStopNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		upTo(t, 1, f, log)
		if e := send(t, f, log); e.Logs.Words() != "not verified by logs: the token lacks read:logs" {
			t.Errorf("%+v", e.Logs)
		}
		if state := survive(t, stages()[2], f, log, p); !state.Evidence[0].Proves() {
			t.Errorf("%+v", state.Evidence[0])
		}
	})
}

func TestTheLogsOfAMoveAreKeptAndDecideNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		f.logs = []any{}
		upTo(t, 4, f, log)
		_, err := newRunner(f, log).Logs(t.Context(), p, "sms")
		refused(t, err, run.TooEarly)

		at := time.Now().Add(time.Second).UTC().Format(time.RFC3339Nano)
		f.logs = []any{
			map[string]any{"log_id": "1", "type": "gd_send_sms", "date": at},
			map[string]any{"log_id": "2", "type": "gd_send_sms_failure", "date": at},
			map[string]any{"log_id": "3", "type": "cs", "date": at},
		}
		state, err := newRunner(f, log).Logs(t.Context(), p, "mfa")
		if got := state.Moves[0].Logs; err != nil || got == nil || got.Successes != 1 || got.Failures != 1 {
			t.Errorf("%+v, %v", got, err)
		}
		f.logs = nil // the token has lost the scope since: what was known stays
		state, err = newRunner(f, log).Confirm(t.Context(), p, "mfa", "Ann")
		if err != nil || state.Moves[0].Status != run.MoveConfirmed || state.Moves[0].Logs.Failures != 1 {
			t.Errorf("%+v, %v", state.Moves[0], err)
		}
	})
}

// Whoever has logged in by one delivery method does not speak for another: what they left out stays with the move.
func TestAWordKeepsWhatItDoesNotSpeakFor(t *testing.T) {
	t.Parallel()
	for _, untried := range [][]string{nil, {"voice"}} {
		synctest.Test(t, func(t *testing.T) {
			f, log, p := newFake(), run.NewMemory(nil), migration()
			upTo(t, 4, f, log)
			state, err := newRunner(f, log).Confirm(t.Context(), p, "mfa", "Ann", untried...)
			again, wrong := newRunner(f, log).Confirm(t.Context(), p, "mfa", "Bob") // it is said already
			if err != nil || wrong != nil || !slices.Equal(state.Moves[0].Untried, untried) || !slices.Equal(again.Moves[0].Untried, untried) {
				t.Errorf("%v: %+v, then %+v; %v, %v", untried, state.Moves[0], again.Moves[0], err, wrong)
			}
		})
	}
}

// TestJournalsFromBeforeTheLogs replays what programs wrote that did not read them, and what later ones may add.
func TestJournalsFromBeforeTheLogs(t *testing.T) {
	t.Parallel()
	lines := []string{
		`{"seq":1,"event":"began","plan":"sha256:migration"}`,
		`{"seq":2,"event":"intent","channel":"text","at":"2026-01-02T03:04:04Z"}`,
		`{"seq":3,"event":"accepted","channel":"text","at":"2026-01-02T03:04:05Z"}`,
		`{"seq":4,"event":"arrived","channel":"text","by":"Ann","at":"2026-01-02T03:04:06Z"}`,
		`{"seq":5,"event":"logged","channel":"text","at":"2026-01-02T03:04:07Z"}`,
		`{"seq":6,"event":"logged","move":"mfa","at":"2026-01-02T03:04:07Z"}`,
		`{"seq":7,"event":"logged","channel":"text","logs":{"verdict":"overheard","later":1},"at":"2026-01-02T03:04:08Z"}`,
	}
	for n := 4; n <= len(lines); n++ {
		state, err := run.Replay(migration(), []byte(strings.Join(lines[:n], "\n")+"\n"))
		if err != nil || !state.Evidence[0].Proves() {
			t.Errorf("%d lines: %+v, %v", n, state.Evidence[0], err)
		}
	}
}

func TestReadingTheLogsWritesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		with, without := newFake(), newFake()
		with.logs = []any{}
		migrate(t, with, run.NewMemory(nil))
		migrate(t, without, run.NewMemory(nil))
		if !slices.Equal(with.writes(), without.writes()) {
			t.Errorf("%v\nwant %v", with.writes(), without.writes())
		}
		if !slices.ContainsFunc(with.requests, func(c tenant.Call) bool { return c.Op == tenant.ListLogs }) {
			t.Error("the logs were not read")
		}
	})
}
