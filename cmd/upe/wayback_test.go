package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
)

// attempted puts a way back with one open move into a run's folder, or with finished one that has nothing to do.
func attempted(t *testing.T, of *folder, dir string, finished bool) *folder {
	t.Helper()
	p := nothingOf(of.plan)
	if !finished {
		p.Summary.Moves = []plan.Move{{ID: "mfa", Name: "mfa", Title: "MFA, back to its own settings", Channels: []string{}}}
		p = p.Sealed()
	}
	f, err := createBack(of, dir, p, testSnapshot())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestNobodyGoesForwardAndBackAtOnce: what a way back stands for, from the first attempt to the last.
func TestNobodyGoesForwardAndBackAtOnce(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	f := openedRun(t, a)
	refused := func(code string) {
		t.Helper()
		var p *problem
		err := a.forward(f)
		if errors.As(err, &p); code == "" && err != nil || code != "" && (p == nil || p.code != code || p.exit != exitRefused) {
			t.Fatalf("want %q, got %v", code, err)
		}
		if p != nil && strings.Contains(p.do, "RUN") {
			t.Errorf("which run: %s", p.do)
		}
	}
	refused("")

	first := attempted(t, f, f.attempt(1), false)
	refused("being-taken-back")
	if got, err := a.findFolder(first.dir); err != nil || got.id() != f.id()+"/revert" || got.top().dir != f.dir || a.runName(got) != a.runName(f) {
		t.Errorf("found %+v, %v", got, err)
	}
	if back, err := f.back(); err != nil || back.over() || back.done() || back.next("R") != "upe revert R --confirm acme.us.auth0.com" {
		t.Errorf("begun: %+v, %v", back, err)
	}

	attempted(t, first, filepath.Join(first.dir, folderGiveUp), true)
	refused("")
	if back, err := f.back(); err != nil || !back.givenUp() || !back.report().GivenUp {
		t.Errorf("given up: %+v, %v", back, err)
	}

	if dir, n := f.nextAttempt(); n != 2 || filepath.Base(dir) != "revert-2" {
		t.Errorf("the next attempt is %d, %s", n, dir)
	}
	attempted(t, f, f.attempt(2), true)
	refused("taken-back")
	if open := a.unfinished(f.plan.Tenant); len(open) != 0 {
		t.Errorf("it is offered to go on: %v", open)
	}
	if err := a.unused(nil, &session{}, f.plan); err != nil {
		t.Errorf("the plan may run again: %v", err)
	}
}

// TestAHalfMadeWayBackDoesNotCount: the plan is written last.
func TestAHalfMadeWayBackDoesNotCount(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	f := openedRun(t, a)
	back := attempted(t, f, f.attempt(1), false)
	if err := os.Remove(filepath.Join(back.dir, filePlan)); err != nil {
		t.Fatal(err)
	}
	if err := a.forward(f); err != nil {
		t.Error(err)
	}
}

// TestARunThatIsTakenBackWaitsForThat in lists, and is not used again.
func TestARunThatIsTakenBackWaitsForThat(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	f := openedRun(t, a)
	attempted(t, f, f.attempt(1), false)
	if got := a.unfinished(f.plan.Tenant); len(got) != 1 || !strings.HasPrefix(got[0].WaitsFor, "switching MFA") {
		t.Errorf("unfinished: %+v", got)
	}
	var p *problem
	if err := a.unused(nil, &session{}, f.plan); !errors.As(err, &p) || p.code != "being-taken-back" {
		t.Errorf("a second run: %v", err)
	}
	if line := testApp(t).lineOf(f.dir); line.Back != "begun" || line.Finished {
		t.Errorf("in the list: %+v", line)
	}
	f.unlock = nil // another program's
	if err := a.hold(f); !errors.As(err, &p) || p.code != "run-in-use" {
		t.Errorf("while somebody works on it: %v", err)
	}
}

// TestOnlyWhatWasBegunIsResumed: never the next move.
func TestOnlyWhatWasBegunIsResumed(t *testing.T) {
	t.Parallel()
	moves := func(statuses ...run.MoveStatus) run.State {
		s := run.State{Prepared: true}
		for i, status := range statuses {
			s.Moves = append(s.Moves, run.MoveState{Move: plan.Move{ID: string(rune('a' + i))}, Status: status})
		}
		return s
	}
	for name, c := range map[string]struct {
		state run.State
		want  run.Until
		none  bool
	}{
		"the preparation":     {state: run.State{}, want: run.Until{Phase: plan.Prepare}},
		"a move":              {state: moves(run.MoveConfirmed, run.MoveStarted), want: run.Until{Phase: plan.Switch, Move: "b"}},
		"a move is ready":     {state: moves(run.MoveConfirmed, run.MoveReady), none: true},
		"a move is not ready": {state: moves(run.MoveNotReady), none: true},
		"a move is switched":  {state: moves(run.MoveSwitched), none: true},
		"the end":             {state: moves(run.MoveConfirmed), want: run.Until{Phase: plan.After}},
		"finished":            {state: run.State{Prepared: true, Finished: true}, none: true},
	} {
		if got, ok := interruptedPart(c.state); ok == c.none || ok && got != c.want {
			t.Errorf("%s: %v, %v", name, got, ok)
		}
	}
}

// TestWhatStoppedAWayBackSaysHowItGoesOn names the way that leaves nobody without codes only as long as there is one.
func TestWhatStoppedAWayBackSaysHowItGoesOn(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	f := openedRun(t, a)
	back := attempted(t, f, f.attempt(1), false)
	p := back.plan
	p.Steps = []plan.Step{{ID: "flag", Phase: plan.Switch}, {ID: "provider", Phase: plan.After}}
	w := &way{app: a, run: f, folder: back, plan: p}
	giveUp := "upe revert " + near(f.dir) + " --give-up"
	for step, offered := range map[string]bool{"flag": true, "provider": false} {
		err := w.failed(&run.StepError{Step: step, Err: errors.New("refused")})
		if got := strings.Contains(err.Error(), giveUp); got != offered {
			t.Errorf("%s: %v", step, err)
		}
	}
	if err := w.failed(&run.Stale{}); !strings.Contains(err.Error(), "--anew") || explain(err).exit != exitStale {
		t.Error(err)
	}
	if _, err := back.report(); err != nil {
		t.Error(err)
	}
	raw, err := os.ReadFile(filepath.Join(f.dir, fileReport))
	if err != nil || !strings.Contains(string(raw), "Being taken back") {
		t.Errorf("the run's own report: %v\n%s", err, raw)
	}
	if text := a.statusText(f, run.State{ID: f.id()}); !strings.Contains(text, report.Next(p, run.State{}, a.runName(f))) {
		t.Error(text)
	}
}

// TestWhoConfirmsAWayBack is named only where the name is known.
func TestWhoConfirmsAWayBack(t *testing.T) {
	t.Parallel()
	for who, want := range map[string]string{"": "what reads back (upe revert)", "Ada": "what reads back (upe revert, Ada)"} {
		if got := readsBack(who); got != want {
			t.Errorf("%q: %s, want %s", who, got, want)
		}
	}
}
