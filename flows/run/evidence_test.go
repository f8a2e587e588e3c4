package run_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

const number = "+15550100123"

func TestAMessageThatDidNotArriveProvesNothingLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		r := upTo(t, 3, f, log) // it arrived
		if _, err := r.Answer(p, "text", false, "Bob"); err != nil {
			t.Fatal(err)
		}
		_, err := r.Answer(p, "text", true, "Ann")
		refused(t, err, run.NeedsEvidence)
		hints(t, err, "send a new one first")

		state, err := r.Send(t.Context(), p, "text", number)
		if e := state.Evidence[0]; err != nil || e.Missing || !e.Arrived.IsZero() || e.By != "" || e.Proves() {
			t.Errorf("the next message is judged by the one before: %+v, %v", e, err)
		}
		_, err = r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil)
		refused(t, err, run.NeedsEvidence)
		if state, err = r.Answer(p, "text", true, "Ann"); err != nil || !state.Evidence[0].Proves() {
			t.Errorf("%+v, %v", state.Evidence[0], err)
		}
	})
}

func TestEveryNewMessageIsWaitedFor(t *testing.T) {
	t.Parallel()
	cases := map[fault]struct {
		fresh  bool
		status run.Status // of the step that tests
	}{
		"":     {true, run.Waiting},
		lost:   {true, run.Unclear},
		after:  {true, run.Unclear},
		before: {true, run.Unclear},
		refuse: {false, run.Broken}, // Auth0 takes no message any more: the one before proves nothing now
	}
	for kind, c := range cases {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f, log, p := newFake(), run.NewMemory(nil), migration()
				upTo(t, 3, f, log)
				f.fault = once(tenant.TryProvider, kind)
				_, _ = attempt(t, stages()[1], newRunner(f, log), p) // what it says is the business of other tests
				state, err := run.Replay(p, read(t, log))
				if e := state.Evidence[0]; err != nil || e.Proves() || e.Fresh != c.fresh || status(state, "test-text") != c.status {
					t.Errorf("%+v, the step is %s, %v", e, status(state, "test-text"), err)
				}
			})
		})
	}
}

func TestAJournalWithADeniedMessageIsNotTalkedRound(t *testing.T) {
	t.Parallel()
	lines := []string{
		`{"seq":1,"event":"began","plan":"sha256:migration"}`,
		`{"seq":2,"event":"accepted","channel":"text","at":"2026-01-02T03:04:05Z"}`,
		`{"seq":3,"event":"missing","channel":"text","by":"Bob"}`,
		`{"seq":4,"event":"arrived","channel":"text","by":"Ann","at":"2026-01-02T03:04:06Z"}`,
	}
	state, err := run.Replay(migration(), []byte(strings.Join(lines, "\n")+"\n"))
	if e := state.Evidence[0]; err != nil || !e.Missing || e.By != "Bob" || e.Proves() {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestWhatSomebodyElseChangesAfterTheTestMakesItOld(t *testing.T) {
	t.Parallel()
	touch := func(object map[string]any) map[string]any {
		return lay(object, map[string]any{"updated_at": "2026-11-20T10:00:00.000Z"})
	}
	cases := []struct {
		name   string
		change func(*fake)
		what   string // empty: the evidence stands
	}{
		{"other credentials", func(f *fake) { f.provider = touch(f.provider) }, "the provider was changed"},
		{"a Messaging Service", func(f *fake) {
			f.provider = lay(f.provider, map[string]any{"configuration": map[string]any{"mssid": "MG1"}})
		}, "the provider was changed"},
		{"another wording", func(f *fake) { f.template = touch(f.template) }, "a message template was changed"},
		{"a secret of the Action", func(f *fake) { f.action = touch(f.action) }, "the Action was changed"},
		{"another binding", func(f *fake) {
			f.bindings = append(f.bindings, map[string]any{"id": "bin_2", "action": map[string]any{"id": "act_9"}})
		}, "what is bound to the Action's trigger was changed"},
		{"two of them", func(f *fake) {
			f.provider, f.template = touch(f.provider), touch(f.template)
		}, "the provider and a message template were changed"},
		{"something else", func(f *fake) { f.settings["friendly_name"] = "x" }, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f, log, p := newFake(), run.NewMemory(nil), migration()
				r := upTo(t, 3, f, log)
				c.change(f)
				state, err := r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil)
				if c.what == "" {
					if err != nil || state.Moves[0].Status != run.MoveSwitched {
						t.Errorf("%v", err)
					}
					return
				}
				refused(t, err, run.NeedsEvidence)
				if f.wrote("PATCH /tenants/settings") != 0 {
					t.Error("it was switched on all the same")
				}
				want := "a new test message by SMS: " + c.what + " after the test message"
				if e := state.Evidence[0]; e.Fresh || !strings.HasPrefix(e.Changed, c.what) || !slices.Equal(state.Moves[0].Missing, []string{want}) {
					t.Errorf("%+v, missing %q, want %q", e, state.Moves[0].Missing, want)
				}
				for _, s := range stages()[1:4] { // another message, and on
					state = survive(t, s, f, log, p)
				}
				if state.Moves[0].Status != run.MoveSwitched {
					t.Errorf("%+v", state.Moves[0])
				}
			})
		})
	}
}

func TestAManualStepOfAMoveWantsTheSameEvidence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		i := slices.IndexFunc(p.Steps, func(s plan.Step) bool { return s.ID == "unified" })
		p.Steps[i].Needs = nil // it comes first
		for _, s := range stages()[:3] {
			survive(t, s, f, log, p)
		}
		f.provider = lay(f.provider, map[string]any{"updated_at": "now"})
		_, err := newRunner(f, log).ByHand(t.Context(), p, "unified", "Ann")
		refused(t, err, run.NeedsEvidence)
	})
}

func TestWhoWentWithoutEvidenceIsNotAskedForIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		r := upTo(t, 3, f, log)
		if _, err := r.Override(p, "mfa", "the template was corrected since", "Ann"); err != nil {
			t.Fatal(err)
		}
		f.template = lay(f.template, map[string]any{"updated_at": "now"})
		if state, err := r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil); err != nil || state.Moves[0].Status != run.MoveSwitched || !state.Evidence[0].Fresh {
			t.Errorf("%+v, %v", state.Evidence[0], err)
		}
	})
}

func TestTheOrderOfAListIsNoChange(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		upTo(t, 1, f, log)
		f.bindings = append(f.bindings, map[string]any{"id": "bin_2"})
		r := newRunner(f, log)
		for _, s := range stages()[1:3] {
			survive(t, s, f, log, p)
		}
		slices.Reverse(f.bindings)
		if _, err := r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil); err != nil {
			t.Errorf("%v", err)
		}
	})
}

func TestNothingIsSentThroughWhatCannotBeSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		r := upTo(t, 1, f, log)
		f.fault = once(tenant.ListPhoneTemplates, refuse)
		_, err := r.Send(t.Context(), p, "text", number)
		var answered *tenant.Error
		if !errors.As(err, &answered) || answered.Op != tenant.ListPhoneTemplates || f.wrote("POST /branding/phone/providers/pro_2/try") != 0 {
			t.Errorf("%v", err)
		}
		upTo(t, 3, f, log)
		f.fault = once(tenant.ListPhoneTemplates, broken)
		_, err = r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil)
		if !errors.As(err, &answered) || f.wrote("PATCH /tenants/settings") != 0 {
			t.Errorf("%v", err)
		}
	})
}
