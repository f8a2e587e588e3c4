package run_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

func TestAMigrationFromPrepareToTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		var waits []string
		for _, s := range stages() {
			state, err := s.do(t.Context(), newRunner(f, log), migration())
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			waits = append(waits, state.WaitsFor)
		}
		want := []string{
			"a test message by SMS",
			"somebody's word that the test message by SMS arrived",
			"switching on: MFA",
			"somebody's word that a real login works: MFA",
			"switching on: Passwordless sms",
			"somebody's word that a real login works: Passwordless sms",
			"a person: step scripts",
			"finish: one step left",
			"",
		}
		if !slices.Equal(waits, want) {
			t.Errorf("waits for:\n%s\nwant:\n%s", strings.Join(waits, "\n"), strings.Join(want, "\n"))
		}
		wantWrites := []string{
			"POST /actions/actions", "POST /actions/actions/act_1/deploy", "PATCH /actions/triggers/custom-phone-provider/bindings",
			"POST /branding/phone/providers", "POST /branding/phone/templates", "POST /branding/phone/providers/pro_2/try",
			"PATCH /tenants/settings", "PUT /guardian/factors/phone/message-types", "PATCH /connections/con_1",
			"PUT /guardian/factors/phone/message-types",
		}
		if got := f.writes(); !slices.Equal(got, wantWrites) {
			t.Errorf("writes:\n%s", strings.Join(got, "\n"))
		}
		state, err := run.Replay(migration(), read(t, log))
		if err != nil || !state.Finished || state.ID != "run-1" || state.Entries == 0 {
			t.Errorf("replayed: %+v, %v", state, err)
		}
		if f.options["twilio_token"] != canaryRead || string(plan.Encode(f.options["big"])) != "9007199254740993" {
			t.Errorf("the connection lost something: %v", f.options)
		}
	})
}

func read(t *testing.T, log run.Log) []byte {
	t.Helper()
	data, err := log.Read()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEveryPhaseMayWriteOnlyItsOwnSteps(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		if _, err := newRunner(f, log).Run(t.Context(), migration(), run.Until{Phase: plan.Prepare}, nil); err != nil {
			t.Fatal(err)
		}
		for _, permit := range f.permits {
			if permit.Allows(get(tenant.PatchSettings, "")) {
				t.Error("prepare may turn the flag on")
			}
		}
	})
}

func TestWhatIsTrueAlreadyIsAdopted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		done, log := newFake(), run.NewMemory(nil)
		if _, err := newRunner(done, log).Run(t.Context(), migration(), run.Until{Phase: plan.Prepare}, nil); err != nil {
			t.Fatal(err)
		}
		done.requests = nil
		state := migrate(t, done, run.NewMemory(nil))
		if how := how(state, "provider"); how != run.Adopted {
			t.Errorf("the provider that was there is %q, want adopted", how)
		}
		if n := done.wrote("POST /branding/phone/providers/pro_2/try"); n != 1 {
			t.Errorf("the test used another provider: %v", done.writes())
		}
		if n := done.wrote("POST /actions"); n != 0 {
			t.Errorf("the Action was written again: %v", done.writes())
		}
	})
}

func how(s run.State, step string) run.Event {
	for _, one := range s.Steps {
		if one.ID == step {
			return one.How
		}
	}
	return ""
}

func status(s run.State, step string) run.Status {
	for _, one := range s.Steps {
		if one.ID == step {
			return one.Status
		}
	}
	return ""
}

func TestTheOutcomesOfOneWrite(t *testing.T) {
	t.Parallel()
	cases := []struct {
		kind   fault
		first  run.Status // after the run in which it happened
		how    run.Event  // after the next run
		writes int
	}{
		{"", run.Done, run.Verified, 1},
		{refuse, run.Broken, run.Verified, 2},
		{broken, run.Broken, run.Verified, 2},
		{reset, run.Unclear, run.Verified, 2},
		{applied, run.Done, run.Settled, 1},
		{lost, run.Done, run.Settled, 1},
		{before, run.Unclear, run.Verified, 2},
		{after, run.Unclear, run.Settled, 1},
		{garbled, run.Done, run.Verified, 1},
	}
	for _, c := range cases {
		t.Run(string(c.kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f, log := newFake(), run.NewMemory(nil)
				f.fault = once(tenant.CreateProvider, c.kind)
				prepare := running(plan.Prepare, "")
				_, err := attempt(t, prepare, newRunner(f, log), migration())
				state, replayErr := run.Replay(migration(), read(t, log))
				if got := status(state, "provider"); replayErr != nil || got != c.first || (err == nil) != (got == run.Done) {
					t.Errorf("after the fault: %s, %v (%v)", got, err, replayErr)
				}
				state = survive(t, prepare, f, log, migration())
				if got := how(state, "provider"); got != c.how || !state.Prepared {
					t.Errorf("after the next run: %q", got)
				}
				if n := f.wrote("POST /branding/phone/providers"); n != c.writes {
					t.Errorf("sent %d times, want %d", n, c.writes)
				}
			})
		})
	}
}

func once(op tenant.Op, kind fault) func(int, tenant.Call) fault {
	used := false
	return func(_ int, call tenant.Call) fault {
		if used || call.Op != op {
			return ""
		}
		used = true
		return kind
	}
}

func TestAWriteOfASecretIsSettledByItsCheckOnlyWhenThatChangedWithIt(t *testing.T) {
	t.Parallel()
	p := plan.Plan{Steps: []plan.Step{{
		ID: "provider", Kind: plan.Request, Phase: plan.Prepare, Title: "provider",
		Call: call(tenant.PatchProvider, "pro_0", `{"disabled":false,"credentials":{"auth_token":{"$secret":"twilio.auth_token"}}}`),
		Done: &plan.Check{Get: get(tenant.ListProviders, ""), Match: raw(`{"id":"pro_0"}`), Want: raw(`{"disabled":false}`)},
	}}}
	for name, c := range map[string]struct {
		disabled bool
		writes   int
	}{
		"it looked done before: sent again":      {false, 2},
		"it became true with the write: settled": {true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f, log := newFake(), run.NewMemory(nil)
				f.provider = map[string]any{"id": "pro_0", "name": "twilio", "disabled": c.disabled}
				f.fault = once(tenant.PatchProvider, lost)
				state := survive(t, running(plan.Prepare, ""), f, log, p)
				if n := f.wrote("PATCH"); n != c.writes || !state.Prepared {
					t.Errorf("written %d times, want %d", n, c.writes)
				}
			})
		})
	}
}

func TestWhatExistsAndIsDifferentIsNotCreatedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		p := migration()
		p.Relies = nil
		f.provider = map[string]any{"id": "pro_9", "name": "custom", "configuration": map[string]any{"delivery_methods": []any{"voice"}}}
		_, err := newRunner(f, run.NewMemory(nil)).Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil)
		var differs *run.Difference
		if !errors.As(err, &differs) || !strings.Contains(err.Error(), `/configuration/delivery_methods: want ["text"], have ["voice"]`) {
			t.Errorf("%v", err)
		}
		if n := f.wrote("POST /branding/phone/providers"); n != 0 {
			t.Error("it was created all the same")
		}
	})
}

func TestAWriteThatDoesNotReadBackFailsWithTheDifference(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		p := migration()
		flag := slices.IndexFunc(p.Steps, func(s plan.Step) bool { return s.ID == "flag" })
		p.Steps[flag].Call.Body = raw(`{"something":"else"}`)
		p.Summary.Moves[0].Channels = nil
		if _, err := newRunner(f, log).Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil); err != nil {
			t.Fatal(err)
		}
		state, err := newRunner(f, log).Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil)
		var step *run.StepError
		if !errors.As(err, &step) || step.Step != "flag" || !strings.Contains(err.Error(), "/phone_consolidated_experience: want true, have false") {
			t.Errorf("%v", err)
		}
		if status(state, "flag") != run.Broken || state.Moves[0].Status != run.MoveStarted {
			t.Errorf("%+v", state.Moves[0])
		}
	})
}

func TestASecretThatCannotBeReadStopsTheWriteThatWouldDeleteIt(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]any{"absent": nil, "empty": "", "masked": "********", "half masked": "****abcd", "redacted": "(secret)"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.options["twilio_token"] = value
				if value == nil {
					delete(f.options, "twilio_token")
				}
				p := migration()
				p.Summary.Moves[1].Channels = nil
				log := run.NewMemory(nil)
				survive(t, running(plan.Prepare, ""), f, log, p)
				_, err := newRunner(f, log).Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "con_1"}, nil)
				var refusal *run.Refusal
				if !errors.As(err, &refusal) || refusal.Kind != run.NeedsSecret || !slices.Equal(refusal.Missing, []string{"/options/twilio_token"}) {
					t.Errorf("%v", err)
				}
				if f.wrote("PATCH /connections") != 0 {
					t.Error("it was written all the same")
				}
			})
		})
	}
}

func TestACancelledRunFinishesTheRequestInFlight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		ctx, cancel := context.WithCancel(t.Context())
		f.fault = func(_ int, call tenant.Call) fault {
			if call.Op == tenant.CreateProvider {
				cancel()
			}
			return ""
		}
		state, err := newRunner(f, log).Run(ctx, migration(), run.Until{Phase: plan.Prepare}, nil)
		var interrupted *run.Interrupted
		if !errors.As(err, &interrupted) || !errors.Is(err, context.Canceled) || interrupted.Done != 5 {
			t.Errorf("%v", err)
		}
		if how(state, "provider") != run.Verified || status(state, "template") != run.Todo {
			t.Errorf("provider %s, template %s", status(state, "provider"), status(state, "template"))
		}
		if !strings.Contains(string(read(t, log)), `"event":"stopped"`) {
			t.Error("the journal does not tell that the run was stopped")
		}
		if state := migrate(t, f, log); !state.Finished {
			t.Error("the run does not go on")
		}
	})
}

func TestAWaitEndsWithTheContextWithFailureOrWithPatience(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status string
		cancel bool
		want   string
	}{
		"failed":    {"failed", false, "Auth0 gave up"},
		"never":     {"building", false, "it was not so after 3m0s"},
		"cancelled": {"building", true, "stopped between two requests"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				f.fault = func(_ int, call tenant.Call) fault {
					if call.Op == tenant.GetAction {
						f.action["status"] = c.status
					}
					return ""
				}
				waited := false
				_, err := newRunner(f, run.NewMemory(nil)).Run(ctx, migration(), run.Until{Phase: plan.Prepare}, func(s run.State) {
					if status(s, "built") == run.Waiting {
						waited = true
						if c.cancel {
							cancel()
						}
					}
				})
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%v", err)
				}
				if waited != (c.status != "failed") {
					t.Errorf("waited: %v", waited)
				}
			})
		})
	}
}

// lagging is a tenant whose first answer to one read is older than the last write.
type lagging struct {
	tenant.API
	op   tenant.Op
	old  string
	done *bool
}

func (l lagging) Do(ctx context.Context, c tenant.Call) (json.RawMessage, error) {
	if c.Op == l.op && !*l.done {
		*l.done = true
		return raw(l.old), nil
	}
	return l.API.Do(ctx, c)
}

func TestWhatMayHaveHappenedIsLookedForPatiently(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		f.fault = once(tenant.CreateProvider, after)
		prepare := running(plan.Prepare, "")
		if _, err := attempt(t, prepare, newRunner(f, log), migration()); !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		r, seen := newRunner(f, log), false
		r.API = func(p tenant.Permit) tenant.API {
			return lagging{f.api(p), tenant.ListProviders, `{"providers":[]}`, &seen}
		}
		state, err := attempt(t, prepare, r, migration())
		if err != nil || !seen || how(state, "provider") != run.Settled || f.wrote("POST /branding/phone/providers") != 1 {
			t.Errorf("%v %v", err, f.writes())
		}
	})
}
