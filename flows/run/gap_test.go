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

// flagFirst is the migration of a tenant that creates its provider only while the flag is on: flag and provider are a move, and the
// gap between them is stated.
func flagFirst() plan.Plan {
	p := migration()
	at := func(id string) int { return slices.IndexFunc(p.Steps, func(s plan.Step) bool { return s.ID == id }) }
	flag := p.Steps[at("flag")]
	flag.UndoDashboard = "Tenant Settings > Advanced: off"
	p.Steps = slices.Delete(p.Steps, at("flag"), at("flag")+1)
	p.Steps = slices.Insert(p.Steps, at("provider"), flag)
	for _, id := range []string{"flag", "provider", "template"} {
		p.Steps[at(id)].Phase, p.Steps[at(id)].Move = plan.Switch, plan.MoveProvider
	}
	p.Steps[at("provider")].Call.Body = raw(`{"name":"custom","configuration":{"delivery_methods":["text"]},"credentials":{"auth_token":{"$secret":"key"}}}`)
	p.Summary.Moves = slices.Insert(p.Summary.Moves, 0, plan.Move{ID: plan.MoveProvider, Name: plan.MoveProvider, Title: "Provider"})
	p.Summary.Gaps = []plan.Gap{{What: "MFA follows the flag.", From: "flag", To: "provider", Flows: []string{"MFA by sms"}, Length: "seconds"}}
	return p
}

// afterFlag refuses a provider while the flag is off.
func afterFlag(f *fake) {
	f.fault = func(_ int, c tenant.Call) fault {
		if c.Op == tenant.CreateProvider && f.settings["phone_consolidated_experience"] != true {
			return refuse
		}
		return ""
	}
}

func TestAnAcceptedGapIsJournalledAndClosed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), flagFirst()
		afterFlag(f)
		for _, s := range slices.Insert(stages(), 1, running(plan.Switch, plan.MoveProvider), stage{"confirm the provider", func(ctx context.Context, r *run.Runner, p plan.Plan) (run.State, error) {
			return r.Confirm(ctx, p, plan.MoveProvider, "Ann")
		}}) {
			if state := survive(t, s, f, log, p); s.name == "after " && !state.Finished {
				t.Errorf("it waits for %q", state.WaitsFor)
			}
		}
		const words = "MFA follows the flag. Whose codes: MFA by sms. How long: seconds."
		state, err := run.Replay(p, read(t, log))
		if err != nil || !slices.Equal(state.Gaps, []string{words}) {
			t.Errorf("%v %q", err, state.Gaps)
		}
		events := gapAnd(t, log, "PATCH /tenants/settings", "POST /branding/phone/providers")
		if want := "gap-opened intent:PATCH /tenants/settings intent:POST /branding/phone/providers"; events != want {
			t.Errorf("the journal tells of %s, want %s", events, want)
		}
	})
}

// gapAnd lists the gaps that a journal tells of, and the intents of some requests, in order.
func gapAnd(t *testing.T, log run.Log, requests ...string) string {
	t.Helper()
	j, err := run.Parse(read(t, log))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range j.Entries {
		switch {
		case e.Event == run.GapOpened:
			list = append(list, string(e.Event))
		case e.Event == run.Intent && slices.Contains(requests, e.Request):
			list = append(list, "intent:"+e.Request)
		}
	}
	return strings.Join(list, " ")
}

// What ends a gap needs a secret that nobody has: then the gap is not opened.
func TestAGapIsNotOpenedBeforeEverythingIsAtHand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), flagFirst()
		afterFlag(f)
		survive(t, stages()[0], f, log, p)
		r := newRunner(f, log)
		r.Secret = func(string) (string, error) { return "", errors.New("nobody knows it") }
		_, err := r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: plan.MoveProvider}, nil)
		if err == nil || !strings.Contains(err.Error(), "nobody knows it") || f.settings["phone_consolidated_experience"] != false {
			t.Errorf("%v, the flag is %v", err, f.settings["phone_consolidated_experience"])
		}
		if gapAnd(t, log) != "" {
			t.Error("the journal tells of a gap")
		}
	})
}

// Whoever stops a run in a gap would leave it open.
func TestARunDoesNotStopInsideAGap(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), flagFirst()
		survive(t, stages()[0], f, log, p)
		ctx, stop := context.WithCancel(t.Context())
		f.fault = func(_ int, c tenant.Call) fault {
			if c.Op == tenant.PatchSettings {
				stop()
			}
			return ""
		}
		_, err := newRunner(f, log).Run(ctx, p, run.Until{Phase: plan.Switch, Move: plan.MoveProvider}, nil)
		if !errors.Is(err, context.Canceled) || f.provider == nil || f.template["id"] != nil {
			t.Errorf("%v; the provider is %v, the template %v", err, f.provider, f.template)
		}
	})
}

func TestWhereverARunIsDisturbedInAGapItClosesIt(t *testing.T) {
	t.Parallel()
	for _, kind := range []fault{broken, applied, lost, reset, before, after, garbled} {
		for _, op := range []tenant.Op{tenant.PatchSettings, tenant.CreateProvider} {
			synctest.Test(t, func(t *testing.T) {
				f, log, p := newFake(), run.NewMemory(nil), flagFirst()
				survive(t, stages()[0], f, log, p)
				f.fault = once(op, kind)
				survive(t, running(plan.Switch, plan.MoveProvider), f, log, p)
				if f.provider == nil || f.wrote("POST /branding/phone/providers") > 2 || gapAnd(t, log) != "gap-opened" {
					t.Errorf("%s at %s: %v, %s", kind, op, f.writes(), gapAnd(t, log))
				}
			})
		}
	}
}

// The provider is refused although the flag is on: whoever reads the error learns that codes may be lost, and how to end that.
func TestAGapThatStaysOpenSaysHowToCloseIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), flagFirst()
		survive(t, stages()[0], f, log, p)
		f.fault = once(tenant.CreateProvider, refuse)
		_, err := newRunner(f, log).Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: plan.MoveProvider}, nil)
		var failed *run.StepError
		if !errors.As(err, &failed) || failed.Hint() != failed.Do {
			t.Fatal(err)
		}
		for _, part := range []string{"MFA by sms", "run it again at once", `take back "step flag": Tenant Settings > Advanced: off`} {
			if !strings.Contains(failed.Do, part) {
				t.Errorf("%q does not say %q", failed.Do, part)
			}
		}
	})
}

// What Auth0 answers to a provider that comes before the flag is not documented.
func TestAProviderRefusedBeforeTheFlagNamesTheWayOut(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		err    tenant.Error
		flag   string
		advice bool
	}{
		{"a 403 without a code", tenant.Error{Status: 403, Message: "not for this tenant"}, "false", true},
		{"the flag is not in the settings", tenant.Error{Status: 403}, "null", true},
		{"a 400 that names it", tenant.Error{Status: 400, Message: "The Unified Phone Experience is not enabled"}, "false", true},
		{"a 409 that names the flag", tenant.Error{Status: 409, Code: "phone_consolidated_experience_required"}, "false", true},
		{"another 400", tenant.Error{Status: 400, Message: "Bad Operation on Notification Resource"}, "false", false},
		{"a missing scope", tenant.Error{Status: 403, Code: tenant.CodeScope}, "false", false},
		{"the flag is on", tenant.Error{Status: 403}, "true", false},
		{"an outage", tenant.Error{Status: 503, Message: "Unified Phone Experience"}, "false", false},
	}
	for _, c := range cases {
		synctest.Test(t, func(t *testing.T) {
			f, p := newFake(), migration()
			f.settings["phone_consolidated_experience"] = map[string]any{"true": true, "false": false}[c.flag]
			p.Relies[0].Value = raw(c.flag)
			p = p.Sealed()
			r := newRunner(f, run.NewMemory(nil))
			r.API = func(permit tenant.Permit) tenant.API { return refusing{f.api(permit), tenant.CreateProvider, c.err} }
			_, err := r.Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil)
			var failed *run.StepError
			if !errors.As(err, &failed) || failed.Step != "provider" {
				t.Fatalf("%s: %v", c.name, err)
			}
			if got := strings.Contains(failed.Do, "accept: [flag-before-provider]"); got != c.advice || failed.Hint() == "" {
				t.Errorf("%s: %q, hint %q", c.name, failed.Do, failed.Hint())
			}
		})
	}
}

// refusing answers one operation with an error.
type refusing struct {
	tenant.API
	op  tenant.Op
	err tenant.Error
}

func (r refusing) Do(ctx context.Context, c tenant.Call) (json.RawMessage, error) {
	if c.Op == r.op {
		refusal := r.err
		refusal.Op = c.Op
		return nil, &refusal
	}
	return r.API.Do(ctx, c)
}

// A check of several members holds when every one of them is there, whatever else is.
func TestACheckOfEachMember(t *testing.T) {
	t.Parallel()
	for have, want := range map[string]bool{`[]`: false, `[{"id":"a"}]`: false, `[{"id":"b","n":1},{"id":"c"},{"id":"a"}]`: true} {
		synctest.Test(t, func(t *testing.T) {
			f, p := newFake(), migration()
			document, err := plan.Decode(raw(have))
			if err != nil {
				t.Fatal(err)
			}
			f.bindings, _ = document.([]any)
			step := &p.Steps[3] // bind
			step.Done = &plan.Check{Get: get(tenant.GetBindings, tenant.TriggerPhone), Each: raw(`[{"id":"a"},{"id":"b"}]`)}
			step.Before = plan.Encode([]any{map[string]any{"none": true}}) // never written: the list is not the one the plan saw
			p.Steps = p.Steps[3:4]
			p.Steps[0].Needs = nil
			state, err := newRunner(f, run.NewMemory(nil)).Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil)
			if adopted := how(state, "bind") == run.Adopted; adopted != want || (err == nil) != want {
				t.Errorf("%s: adopted %v, %v", have, adopted, err)
			}
		})
	}
}
