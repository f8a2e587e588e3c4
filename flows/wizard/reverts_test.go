package wizard_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/testdata"
)

// TestReverts takes every migration back that can be made, in every world, and looks whether the tenant is as it was and whether
// every code came on the way. A short run takes a few scenarios in the default world.
func TestReverts(t *testing.T) {
	t.Parallel()
	for _, s := range all(t) {
		if testing.Short() && !slices.Contains(few, s.name) {
			continue
		}
		for _, world := range emulator.Worlds() {
			if testing.Short() && world != emulator.Worlds()[0] {
				continue
			}
			t.Run(s.name+"/"+world, func(t *testing.T) {
				t.Parallel()
				way := combination{world: world}
				file, err := way.file(s.file)
				if err != nil {
					t.Fatal(err)
				}
				synctest.Test(t, func(t *testing.T) { revertIn(t, file, way, s.want) })
			})
		}
	}
}

// revertIn migrates and goes back.
func revertIn(t *testing.T, file []byte, way combination, want testdata.Expected) {
	t.Helper()
	ctx := context.Background()
	m, err := begin(ctx, file, way, want)
	if err != nil {
		t.Fatal(err)
	}
	if m.runner == nil {
		return // there was no plan
	}
	m.carryOut(ctx)
	before := m.before
	now, err := tenant.Read(ctx, m.tenant.Identity(), m.tenant.Port(tenant.Permit{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := m.runner.Log.Read()
	if err != nil {
		t.Fatal(err)
	}
	wrote, err := run.Wrote(m.plan, journal)
	if err != nil {
		t.Fatal(err)
	}
	back, err := plan.Invert(m.plan, before, now, wrote)
	if errors.Is(err, plan.ErrNothing) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if parsed, err := plan.Parse(back.Bytes()); err != nil || parsed.Checksum != back.Checksum {
		t.Fatalf("its file: %v", err)
	}
	m.goBack(ctx, t, back)
}

func (m *migration) goBack(ctx context.Context, t *testing.T, back plan.Plan) {
	t.Helper()
	r := &run.Runner{API: m.witness.Port, Log: run.NewMemory(nil), Now: m.runner.Now, NewID: m.runner.NewID, Secret: func(name string) (string, error) { return m.secret(name), nil }}
	for _, move := range back.Summary.Moves {
		for {
			state, err := r.Run(ctx, back, run.Until{Phase: plan.Switch, Move: move.ID}, m.progress)
			if err != nil {
				t.Errorf("%s: %v", move.ID, err)
				return
			}
			i := slices.IndexFunc(state.Moves, func(s run.MoveState) bool { return s.ID == move.ID })
			if state.Moves[i].Status == run.MoveSwitched || state.Moves[i].Status == run.MoveConfirmed {
				break
			}
			if len(m.flags) == 0 {
				t.Errorf("%s waits for %s", move.ID, state.WaitsFor)
				return
			}
			for _, flag := range m.flags {
				if err := m.tenant.Toggle(flag, true); err != nil {
					t.Errorf("%s: %v", flag, err)
					return
				}
			}
			m.flags = nil
			m.witness.Look("the Dashboard")
		}
		if _, err := r.Confirm(ctx, back, move.ID, "Ada"); err != nil {
			t.Error(err)
		}
	}
	state, err := r.Run(ctx, back, run.Until{Phase: plan.After}, m.progress)
	if err != nil || !state.Finished {
		t.Errorf("%v, it waits for %q", err, state.WaitsFor)
	}
	for _, lost := range m.witness.Lost() {
		onTheWayBack := strings.HasPrefix(lost.From, "back-") || lost.Until == ""
		if onTheWayBack && !stated(back, lost) {
			t.Errorf("lost: %+v", lost)
		}
	}
	_, made := m.plan.Move(plan.MoveNewConnection)
	for _, path := range oracle.Changes(m.start, m.tenant.State()) {
		if !stamped(path) && !(made && path == "connections[+]") { // with its users, so it is a person who deletes it
			t.Errorf("is not as it was: %s", path)
		}
	}
	if t.Failed() {
		for _, s := range back.Steps {
			t.Logf("%s %s", s.ID, s.Title)
		}
	}
}

// stated reports whether a plan says that these codes may be lost: the flag is off and Auth0 has not kept the old settings.
func stated(back plan.Plan, lost oracle.Loss) bool {
	return slices.ContainsFunc(back.Summary.Gaps, func(g plan.Gap) bool { return g.From == lost.From && lost.Until != "" })
}

// stamped reports whether a place holds what nobody can put back: dates, versions, logs, ids of bindings.
func stamped(path string) bool {
	for _, end := range []string{".updated_at", ".built_at", ".deployed_version", ".versions", ".deployed_at", ".status", ".credentials.auth_token"} {
		if strings.HasSuffix(path, end) || strings.Contains(path, end+".") || strings.Contains(path, end+"[") {
			return true
		}
	}
	return strings.HasPrefix(path, "logs") || strings.HasPrefix(path, "bindings.")
}
