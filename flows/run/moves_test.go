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

// refused expects a Refusal of a kind.
func refused(t *testing.T, err error, kind run.Reason) {
	t.Helper()
	var refusal *run.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != kind || refusal.Error() == "" {
		t.Errorf("got %v, want a refusal: %s", err, kind)
	}
}

// hints expects a Refusal that says what to do.
func hints(t *testing.T, err error, what string) {
	t.Helper()
	var refusal *run.Refusal
	if !errors.As(err, &refusal) || !strings.Contains(refusal.Hint, what) {
		t.Errorf("%v does not say: %s", err, what)
	}
}

// upTo goes through the first n stages.
func upTo(t *testing.T, n int, f *fake, log run.Log) *run.Runner {
	t.Helper()
	for _, s := range stages()[:n] {
		survive(t, s, f, log, migration())
	}
	return newRunner(f, log)
}

func TestAMoveIsRefusedUntilItIsReady(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		mfa := run.Until{Phase: plan.Switch, Move: "mfa"}
		_, err := newRunner(f, log).Run(t.Context(), p, mfa, nil)
		refused(t, err, run.NeedsPrepare)
		hints(t, err, "prepare first")
		_, err = newRunner(f, log).Send(t.Context(), p, "text", "+15550100123")
		refused(t, err, run.NeedsPrepare)
		_, err = newRunner(f, log).Override(p, "mfa", "in a hurry", "Ann")
		refused(t, err, run.NeedsPrepare)

		r := upTo(t, 1, f, log)
		_, err = r.Run(t.Context(), p, mfa, nil)
		refused(t, err, run.NeedsEvidence)
		_, err = r.Answer(p, "text", true, "Ann")
		refused(t, err, run.NeedsEvidence)

		r = upTo(t, 2, f, log)
		_, err = r.Run(t.Context(), p, mfa, nil)
		refused(t, err, run.NeedsEvidence)
		_, err = r.Answer(p, "text", true, " ")
		refused(t, err, run.NeedsWord)
		if _, err = r.Answer(p, "text", false, "Ann"); err != nil {
			t.Error(err)
		}
		_, err = r.Run(t.Context(), p, mfa, nil)
		refused(t, err, run.NeedsEvidence)
		_, err = r.Confirm(t.Context(), p, "mfa", "Ann")
		refused(t, err, run.TooEarly)
		_, err = r.Run(t.Context(), p, run.Until{Phase: plan.After}, nil)
		refused(t, err, run.TooEarly)
		for _, w := range f.writes() {
			if w == "PATCH /tenants/settings" {
				t.Error("the flag was turned on")
			}
		}
	})
}

func TestWhatThePlanDoesNotHaveIsRefused(t *testing.T) {
	t.Parallel()
	r, p := newRunner(newFake(), run.NewMemory(nil)), migration()
	_, err := r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "con_7"}, nil)
	refused(t, err, run.NoSuch)
	_, err = r.Send(t.Context(), p, "voice", "+15550100123")
	refused(t, err, run.NoSuch)
	_, err = r.Answer(p, "voice", true, "Ann")
	refused(t, err, run.NoSuch)
	_, err = r.ByHand(t.Context(), p, "flag", "Ann")
	refused(t, err, run.NoSuch)
	_, err = r.Override(p, "con_7", "because", "Ann")
	refused(t, err, run.NoSuch)
	if _, err = r.Run(t.Context(), p, run.Until{Phase: "later"}, nil); err == nil {
		t.Error("an unknown phase is not refused")
	}
}

func TestAnOverrideTakesAReasonAndIsKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		r := upTo(t, 1, f, log)
		_, err := r.Override(p, "mfa", "  ", "Ann")
		refused(t, err, run.NeedsWord)
		state, err := r.Override(p, "mfa", "tested yesterday, call +1 555 010 0123", "Ann")
		if err != nil || !slices.Equal(state.Overrides, []string{"MFA: tested yesterday, call +1 *** *** 0123"}) {
			t.Errorf("%q, %v", state.Overrides, err)
		}
		if state, err = r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil); err != nil || state.Moves[0].Status != run.MoveSwitched {
			t.Errorf("%+v, %v", state.Moves[0], err)
		}
		_, err = r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "con_1"}, nil)
		refused(t, err, run.NeedsEvidence)
	})
}

func TestEvidenceGrowsOldWithEveryWriteToWhatSends(t *testing.T) {
	t.Parallel()
	// A template is written in the first move here, as on a provider that is live.
	p := migration()
	i := slices.IndexFunc(p.Steps, func(s plan.Step) bool { return s.ID == "template" })
	p.Steps[i].Phase, p.Steps[i].Move = plan.Switch, "mfa"
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		var state run.State
		for _, s := range stages()[:4] {
			state = survive(t, s, f, log, p)
		}
		if e := state.Evidence[0]; e.Fresh || e.Proves() || e.Arrived.IsZero() {
			t.Errorf("evidence %+v", e)
		}
		_, err := newRunner(f, log).Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "con_1"}, nil)
		refused(t, err, run.NeedsEvidence)
		for _, s := range stages()[1:3] {
			state = survive(t, s, f, log, p)
		}
		if state.Moves[1].Status != run.MoveReady {
			t.Errorf("%+v", state.Moves[1])
		}
	})
}

func TestAHalfMadeMoveIsFinishedBeforeTheNext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		f.closes = false // a person must turn the switch in the Dashboard
		r := upTo(t, 4, f, log)
		state, err := run.Replay(p, read(t, log))
		if err != nil || state.WaitsFor != "a person: step unified" || state.Moves[0].Status != run.MoveStarted {
			t.Errorf("%q %+v %v", state.WaitsFor, state.Moves[0], err)
		}
		_, err = r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "con_1"}, nil)
		refused(t, err, run.OtherMove)
		_, err = r.ByHand(t.Context(), p, "unified", "Ann")
		refused(t, err, run.NotYet)

		f.closes = true
		if state, err = r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil); err != nil || state.Moves[0].Status != run.MoveSwitched {
			t.Errorf("%+v %v", state.Moves[0], err)
		}
	})
}

func TestWhatNarrowsWaitsForEveryConfirmation(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		r := upTo(t, 6, f, log)
		_, err := r.Run(t.Context(), p, run.Until{Phase: plan.After}, nil)
		refused(t, err, run.TooEarly)
		r = upTo(t, 7, f, log)
		state, err := r.Run(t.Context(), p, run.Until{Phase: plan.After}, nil)
		if err != nil || !state.Finished || status(state, "scripts") != run.Waiting || status(state, "narrow") != run.Done {
			t.Errorf("%+v %v", state, err)
		}
	})
}

func TestAChangedTenantMakesThePlanStale(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		stages int // done before
		change func(*fake)
		stage  stage
		what   string // empty: not stale
	}{
		{"a fact", 0, func(f *fake) { f.types = []any{} }, running(plan.Prepare, ""), "the message types"},
		{"something the plan does not rely on", 0, func(f *fake) { f.settings["friendly_name"] = "x" }, running(plan.Prepare, ""), ""},
		{"forward, to where the plan goes", 0, func(f *fake) { f.types = []any{"voice", "sms"} }, running(plan.Prepare, ""), ""},
		{"a fact of a later move", 3, func(f *fake) { f.options["from"] = "+15550199" }, running(plan.Switch, "mfa"), "the sender"},
		{"what we made", 3, func(f *fake) { f.provider["configuration"] = map[string]any{} }, running(plan.Switch, "mfa"), "what this run did: step provider"},
		{"what we switched", 4, func(f *fake) { f.settings["phone_consolidated_experience"] = false }, stages()[4], "what this run did: step flag"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f, log := newFake(), run.NewMemory(nil)
				r := upTo(t, c.stages, f, log)
				c.change(f)
				wrote := len(f.writes())
				_, err := c.stage.do(t.Context(), r, migration())
				var stale *run.Stale
				switch {
				case c.what == "" && err != nil:
					t.Errorf("stopped: %v", err)
				case c.what == "":
				case !errors.As(err, &stale) || stale.Differences[0].Fact.What != c.what || len(stale.Differences[0].Now) == 0:
					t.Errorf("%v", err)
				case len(f.writes()) != wrote:
					t.Error("something was written all the same")
				}
			})
		})
	}
}

func TestATestMessageIsNeverRepeated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		r := upTo(t, 1, f, log)
		f.fault = once(tenant.TryProvider, lost)
		state, err := r.Send(t.Context(), p, "text", "+15550100123")
		var answered *tenant.Error
		if !errors.As(err, &answered) || !answered.Unknown() || f.wrote("POST /branding/phone/providers/pro_2/try") != 1 {
			t.Errorf("%v %v", err, f.writes())
		}
		var silent *run.NoAnswer
		if !errors.As(err, &silent) || !strings.HasPrefix(silent.Hint(), "look at the phone, then say whether the message arrived") {
			t.Errorf("%v: what to do: %v", err, silent)
		}
		if strings.Contains(err.Error(), "sends nothing twice") || !strings.Contains(err.Error(), "may be on its way") {
			t.Errorf("%v", err)
		}
		if status(state, "test-text") != run.Unclear || state.WaitsFor != "somebody's word that the test message by SMS arrived" {
			t.Errorf("the step is %s, the run waits for %q", status(state, "test-text"), state.WaitsFor)
		}
		if !state.Evidence[0].Accepted.IsZero() || state.Evidence[0].To != "+1 *** *** 0123" {
			t.Errorf("%+v", state.Evidence[0])
		}
		// The message came: a person's word is enough.
		if state, err = r.Answer(p, "text", true, "Ann"); err != nil || !state.Evidence[0].Proves() || status(state, "test-text") != run.Done {
			t.Errorf("%+v %v", state.Evidence[0], err)
		}
	})
}

// live is the migration of a tenant whose provider is in use: the writes to it are a move, and it comes first.
func live() plan.Plan {
	p := migration()
	for i := range p.Steps {
		if p.Steps[i].Phase == plan.Prepare {
			p.Steps[i].Phase, p.Steps[i].Move = plan.Switch, plan.MoveProvider
		}
		if p.Steps[i].Kind == plan.Test {
			p.Steps[i].Call = nil // the provider is found in the tenant's list
		}
	}
	p.Summary.Moves = slices.Insert(p.Summary.Moves, 0, plan.Move{ID: plan.MoveProvider, Name: plan.MoveProvider, Title: "Provider"})
	return p
}

func TestWritesToALiveProviderAreTheFirstMove(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), live()
		r := newRunner(f, log)
		_, err := r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil)
		refused(t, err, run.NeedsPrepare)
		hints(t, err, "enable --move provider first")
		_, err = r.Send(t.Context(), p, "text", "+15550100123")
		refused(t, err, run.NeedsPrepare)
		hints(t, err, "enable --move provider first")
		if _, err = r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: plan.MoveProvider}, nil); err != nil {
			t.Fatal(err)
		}
		_, err = r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil)
		refused(t, err, run.NeedsEvidence)
		// It moves no login, so none can confirm it.
		state, err := run.Replay(p, read(t, log))
		if err != nil || state.WaitsFor != "somebody's word that codes still arrive: Provider" {
			t.Errorf("waits for %q, %v", state.WaitsFor, err)
		}
		_, err = r.Confirm(t.Context(), p, plan.MoveProvider, " ")
		refused(t, err, run.NeedsWord)
		if strings.Contains(err.Error(), "logged in") {
			t.Errorf("%v", err)
		}
		_, err = r.Run(t.Context(), p, run.Until{Phase: plan.After}, nil)
		var early *run.Refusal
		if !errors.As(err, &early) || early.Missing[0] != "somebody's word that codes still arrive: Provider" {
			t.Errorf("%v", err)
		}
		for _, s := range stages()[1:4] {
			survive(t, s, f, log, p)
		}
		if f.settings["phone_consolidated_experience"] != true {
			t.Error("the flag is not on")
		}
	})
}

func TestADifferenceInAnotherElementOfTheSameListCounts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		// con_1 was opted in by hand, which the plan wants; the fact is about another connection, which is gone.
		p.Relies = append(p.Relies, plan.Fact{
			Path: tenant.PathSMSConnections, Pointer: "/[id=con_2]/options/from", Value: raw(`"+1"`), What: "the other sender",
		})
		p = p.Sealed()
		f.options["use_phone_provider"] = true
		_, err := newRunner(f, log).Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil)
		var stale *run.Stale
		if !errors.As(err, &stale) || len(stale.Differences) != 1 || stale.Error() != `the tenant has changed since the plan was made, make a new plan: the other sender: was "+1", is nothing; the plan does not write it` {
			t.Errorf("%v", err)
		}
	})
}

func TestWhatAPersonClosesByHandDoesNotMakeThePlanStale(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		// The flag was on before, so turning it on is no step of this plan; MFA still uses the legacy settings.
		f.settings["phone_consolidated_experience"], f.closes = true, false
		p.Relies[0].Value = raw(`true`)
		p = p.Sealed()
		p.Steps = slices.DeleteFunc(p.Steps, func(s plan.Step) bool { return s.ID == "flag" })
		state := survive(t, stages()[0], f, log, p)
		if status(state, "unified") != run.Todo {
			t.Error("a person is asked to switch before a message has arrived")
		}
		_, err := newRunner(f, log).ByHand(t.Context(), p, "unified", "Ann")
		refused(t, err, run.NeedsEvidence)
		for _, s := range stages()[1:4] {
			state = survive(t, s, f, log, p)
		}
		if state.Moves[0].Status != run.MoveReady || status(state, "unified") != run.Waiting {
			t.Errorf("%+v", state.Moves[0])
		}
		f.closes = true
		state, err = newRunner(f, log).Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil)
		if err != nil || state.Moves[0].Status != run.MoveSwitched {
			t.Errorf("%+v %v", state.Moves[0], err)
		}
	})
}
