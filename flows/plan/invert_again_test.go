package plan_test

import (
	"errors"
	"maps"
	"testing"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// carryOut sends the writes of some steps that are not so yet, and says which those were. What a person does is done.
func carryOut(t *testing.T, w *world, steps []plan.Step) map[string]bool {
	t.Helper()
	run, wrote := newTrial(w), map[string]bool{}
	for _, s := range steps {
		switch s.Kind {
		case plan.Manual:
			if s.Done != nil {
				w.turned, wrote[s.ID] = s.Done.Refused != "", true
			}
		case plan.Request:
			if done, err := run.holds(s.Done); err == nil && done && (s.Lenient || !s.CarriesSecrets()) {
				continue
			}
			if err := run.send(s); err != nil {
				t.Fatalf("%s: %v", s.ID, err)
			}
			wrote[s.ID] = true
		case plan.Wait, plan.Test:
		}
	}
	return wrote
}

// switches are what decides by which way codes travel.
func switches(s tenant.Snapshot) map[string]string {
	of := map[string]string{"types": string(plan.Encode(s.MessageTypes()))}
	if on := s.Settings().Unified; on != nil && *on {
		of["flag"] = "on"
	}
	for _, c := range s.SMSConnections() {
		of[c.ID] = string(plan.Encode(c.SMS().UsePhoneProvider))
	}
	return of
}

// TestWayBackIsGivenUp goes back as far as the old settings are in force, then gives up: every flow is where the run had put it.
func TestWayBackIsGivenUp(t *testing.T) {
	t.Parallel()
	for name, s := range scenarios() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := s.world()
			p, err := build(w, s.choices)
			if err != nil {
				t.Skip("there is no plan")
			}
			before := w.snapshot()
			wrote := carryOut(t, w, p.Steps)
			forward := w.snapshot()
			back, err := plan.Invert(p, before, forward, wrote)
			if err != nil {
				t.Fatal(err)
			}
			wrote = carryOut(t, w, back.In(plan.Switch, ""))
			again, err := plan.Invert(back, forward, w.snapshot(), wrote)
			if len(back.Summary.Moves) == 0 {
				if !errors.Is(err, plan.ErrNothing) {
					t.Fatalf("nothing was switched: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if parsed, err := plan.Parse(again.Bytes()); err != nil || parsed.Reverts != back.Checksum {
				t.Fatalf("its file: %v", err)
			}
			carryOut(t, w, again.Steps)
			if got, want := switches(w.snapshot()), switches(forward); !maps.Equal(got, want) {
				t.Errorf("%s\ngot  %v\nwant %v", stepIDs(again), got, want)
			}
		})
	}
}

// TestWayBackThatRemovesIsNotGivenUp: without the provider there is no way forward again.
func TestWayBackThatRemovesIsNotGivenUp(t *testing.T) {
	t.Parallel()
	s := scenarios()["mfa-twilio"]
	w := s.world()
	p, err := build(w, s.choices)
	if err != nil {
		t.Fatal(err)
	}
	before := w.snapshot()
	wrote := carryOut(t, w, p.Steps)
	forward := w.snapshot()
	back, err := plan.Invert(p, before, forward, wrote)
	if err != nil {
		t.Fatal(err)
	}
	wrote = carryOut(t, w, back.In(plan.Switch, ""))
	if _, err := plan.Invert(back, forward, w.snapshot(), wrote); err != nil {
		t.Errorf("with the provider still there: %v", err)
	}
	wrote["back-provider"] = true
	if _, err := plan.Invert(back, forward, w.snapshot(), wrote); !errors.Is(err, plan.ErrGone) {
		t.Error(err)
	}
}

// TestWhatOthersSwitchedKeepsTheProvider: the run was prepared, then somebody else turned the tenant flag on.
func TestWhatOthersSwitchedKeepsTheProvider(t *testing.T) {
	t.Parallel()
	s := scenarios()["mfa-twilio"]
	w := s.world()
	p, err := build(w, s.choices)
	if err != nil {
		t.Fatal(err)
	}
	before := w.snapshot()
	wrote := carryOut(t, w, p.In(plan.Prepare, ""))
	if _, err := plan.Invert(p, before, w.snapshot(), wrote); err != nil {
		t.Errorf("nobody uses the provider: %v", err)
	}
	carryOut(t, w, p.In(plan.Switch, ""))
	var used *plan.InUse
	if _, err := plan.Invert(p, before, w.snapshot(), wrote); !errors.As(err, &used) || len(used.Flows) != 1 || used.Flows[0] != "MFA by SMS" {
		t.Errorf("MFA does: %v", err)
	}
	wrote["tenant-flag"] = true
	if _, err := plan.Invert(p, before, w.snapshot(), wrote); err != nil {
		t.Errorf("the run switched it itself: %v", err)
	}
}
