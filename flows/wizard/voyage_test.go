package wizard_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// voyage is a migration that is planned, and that starts again and again from the same tenant.
type voyage struct{ *migration }

// beginning is a scenario with its plan made, in a world; without a plan there is no runner.
func beginning(t *testing.T, s trial, way combination) voyage {
	t.Helper()
	file, err := way.file(s.file)
	if err != nil {
		t.Fatal(err)
	}
	m, err := begin(t.Context(), file, way, s.want)
	if err != nil {
		t.Fatal(err)
	}
	return voyage{m}
}

// sailing is one admin who carries the plan out on a tenant of their own, and perhaps takes it back.
type sailing struct {
	voyage

	tenant *emulator.Tenant
	way    crossing
	there  *paper
	back   plan.Plan // once it is made
	home   *paper    // the journal of the way back
	off    []string  // migration flags turned off in the Dashboard
	doing  string    // the step at work

	marks *[]*sailing // where copies are kept from before each command; nil: nowhere
	sent  int         // of a copy: so much was sent before
	reads bool        // of a copy: a snapshot is next, whose reads come side by side
}

func (v voyage) sail() *sailing {
	return &sailing{voyage: v, tenant: v.tenant.Copy(), there: newPaper(), home: newPaper()}
}

func (s *sailing) runnerOn(log run.Log) *run.Runner {
	return &run.Runner{
		API: s.way.port(s.tenant.Port), Log: log, Now: time.Now, NewID: func(kind string) string { return kind + "_1" },
		Secret: func(name string) (string, error) { return s.secret(name), nil },
	}
}

// mark keeps a copy from before a command.
func (s *sailing) mark() *sailing {
	c := s.copied()
	if s.marks != nil {
		*s.marks = append(*s.marks, c)
	}
	return c
}

// copied is another tenant and another run, as they stand, on which nothing goes wrong.
func (s *sailing) copied() *sailing {
	return &sailing{
		voyage: s.voyage, tenant: s.tenant.Copy(), there: s.there.copied(), home: s.home.copied(), back: s.back,
		off: slices.Clone(s.off), doing: s.doing, way: crossing{seen: maps.Clone(s.way.seen), order: slices.Clone(s.way.order)},
	}
}

// progress keeps which step is at work.
func (s *sailing) progress(state run.State) {
	for _, step := range state.Steps {
		if step.Status == run.Doing {
			s.doing = step.ID
		}
	}
}

// inGap reports whether a plan states that codes may be lost at the step at work.
func (s *sailing) inGap() bool {
	for _, p := range []plan.Plan{s.plan, s.back} {
		at := func(id string) int {
			return slices.IndexFunc(p.Steps, func(step plan.Step) bool { return step.ID == id })
		}
		here := at(s.doing)
		if slices.ContainsFunc(p.Summary.Gaps, func(g plan.Gap) bool { return here >= 0 && at(g.From) <= here && here <= at(g.To) }) {
			return true
		}
	}
	return false
}

// waiting is what a run waits for that this admin does not do.
type waiting string

func (w waiting) Error() string { return "it waits for " + string(w) }

// killed turns the end of the process into an error.
func killed(err *error) {
	switch end := recover(); end {
	case nil:
	case errKilled:
		*err = errKilled
	default:
		panic(end)
	}
}

// finish carries the plan out, from wherever the run stands, until something goes wrong.
func (s *sailing) finish(ctx context.Context) (err error) {
	defer killed(&err)
	r := s.runnerOn(s.there)
	s.mark()
	state, err := r.Run(ctx, s.plan, run.Until{Phase: plan.Prepare}, s.progress)
	if err != nil {
		return err
	}
	for _, m := range state.Moves {
		if err := s.move(ctx, r, m); err != nil {
			return fmt.Errorf("move %s: %w", m.ID, err)
		}
	}
	s.mark()
	if state, err = r.Run(ctx, s.plan, run.Until{Phase: plan.After}, s.progress); err != nil {
		return err
	}
	for _, step := range s.plan.In(plan.After, "") {
		if step.Kind == plan.Manual && step.Proof == "person" {
			if state, err = r.ByHand(ctx, s.plan, step.ID, "Ada"); err != nil {
				return err
			}
		}
	}
	if !state.Finished {
		return waiting(state.WaitsFor)
	}
	return nil
}

// move proves that messages arrive, makes one move, and says that a login works.
func (s *sailing) move(ctx context.Context, r *run.Runner, m run.MoveState) error {
	begun := m.Status != run.MoveReady && m.Status != run.MoveNotReady
	if !begun && m.ID != plan.MoveProvider {
		if err := s.proves(ctx, r, m.Move); err != nil {
			return err
		}
	}
	s.mark()
	if err := s.switches(ctx, r, s.plan, m.ID, false); err != nil {
		return err
	}
	s.mark()
	_, err := r.Confirm(ctx, s.plan, m.ID, "Ada")
	return err
}

func (s *sailing) proves(ctx context.Context, r *run.Runner, m plan.Move) error {
	for _, channel := range m.Channels {
		state, err := r.Begin(s.plan) // where it stands
		if err != nil {
			return err
		}
		if slices.ContainsFunc(state.Evidence, func(e run.Evidence) bool { return e.Channel == channel && e.Proves() }) {
			continue
		}
		s.mark()
		if _, err := r.Send(ctx, s.plan, channel, "+15550001234"); err != nil {
			return err
		}
		if _, err := r.Answer(s.plan, channel, true, "Ada"); err != nil {
			return err
		}
	}
	return nil
}

// switches makes one move of a plan: the program's part, and what the Dashboard alone can do.
func (s *sailing) switches(ctx context.Context, r *run.Runner, p plan.Plan, move string, legacy bool) error {
	for {
		state, err := r.Run(ctx, p, run.Until{Phase: plan.Switch, Move: move}, s.progress)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(state.Moves, func(m run.MoveState) bool { return m.ID == move })
		if status := state.Moves[i].Status; status == run.MoveSwitched || status == run.MoveConfirmed {
			return nil
		}
		if err := s.toggle(move, legacy); err != nil {
			return fmt.Errorf("%w: %w", waiting(state.WaitsFor), err)
		}
	}
}

// toggle turns the Dashboard's switch of a move, once each way.
func (s *sailing) toggle(move string, legacy bool) error {
	flag := "legacy_passwordless_phone_provider"
	if move == plan.MoveMFA {
		flag = "legacy_mfa_phone_provider"
	}
	if slices.Contains(s.off, flag) != legacy {
		return errors.New("the Dashboard's switch is turned already")
	}
	if err := s.tenant.Toggle(flag, legacy); err != nil {
		return err
	}
	if s.off = slices.DeleteFunc(s.off, func(f string) bool { return f == flag }); !legacy {
		s.off = append(s.off, flag)
	}
	if s.way.asks != nil {
		s.way.asks()
	}
	return nil
}

// takeBack makes the plan of the way back, unless it is made, and carries it out until something goes wrong.
func (s *sailing) takeBack(ctx context.Context) (err error) {
	defer killed(&err)
	if s.back.Checksum == "" {
		s.mark().reads = true
		if err := s.invert(ctx); err != nil {
			return err
		}
	}
	r := s.runnerOn(s.home)
	for _, m := range s.back.Summary.Moves {
		s.mark()
		if err := s.switches(ctx, r, s.back, m.ID, true); err != nil {
			return fmt.Errorf("back, %s: %w", m.ID, err)
		}
		s.mark()
		if _, err := r.Confirm(ctx, s.back, m.ID, "Ada"); err != nil {
			return fmt.Errorf("back, %s: %w", m.ID, err)
		}
	}
	s.mark()
	state, err := r.Run(ctx, s.back, run.Until{Phase: plan.After}, s.progress)
	if err == nil && !state.Finished {
		err = waiting(state.WaitsFor)
	}
	return err
}

func (s *sailing) invert(ctx context.Context) error {
	now, err := tenant.Read(ctx, s.tenant.Identity(), s.way.port(s.tenant.Port)(tenant.Permit{}), nil)
	if err != nil {
		return err
	}
	journal, err := s.there.Read()
	if err != nil {
		return err
	}
	wrote, err := run.Wrote(s.plan, journal)
	if err != nil {
		return err
	}
	s.back, err = plan.Invert(s.plan, s.before, now, wrote)
	return err
}

// lands is takeBack, where a run that wrote nothing has nothing to take back.
func (s *sailing) lands(ctx context.Context) error {
	if err := s.takeBack(ctx); !errors.Is(err, plan.ErrNothing) {
		return err
	}
	return nil
}
