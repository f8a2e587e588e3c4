package rehearsal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// flagMovesAll is the world in which the tenant flag sets the other flags along with it.
const flagMovesAll = "flag-flips-all"

// show is the rehearsal in one world.
type show struct {
	*stage
	world  World
	plan   plan.Plan // with the facts of the copy
	before tenant.Snapshot
	start  json.RawMessage
	codes  []string // of the baseline
	looks  int
}

// play rehearses in one world.
func play(ctx context.Context, o Options, name string) (*show, error) {
	stage, err := newStage(o, name)
	if err != nil {
		return nil, err
	}
	t, err := stage.open()
	if err != nil {
		return nil, err
	}
	s := &show{stage: stage, world: World{World: name, Title: title(name)}, start: t.State()}
	if s.before, err = tenant.Read(ctx, t.Identity(), t.Port(tenant.Permit{}), nil); err != nil {
		return nil, fmt.Errorf("read the copy: %w", err)
	}
	if s.plan, s.world.Impossible = adapt(o.Plan, s.before); s.world.Impossible != "" {
		return s, nil
	}
	w := oracle.New(ctx, t)
	w.Remember()
	for _, r := range w.Baseline() {
		s.codes = append(s.codes, r.String())
	}
	s.world.Missing = missing(o.Plan, s.codes)
	s.migrate(ctx, t, w)
	return s, nil
}

// adapt puts the facts of the copy into a plan. They are those of the tenant but for what cannot be copied: dates, and Auth0's own
// wordings. Where the copy refuses what the tenant shows, or shows what the tenant refuses, the tenant is not in this world.
func adapt(p plan.Plan, now tenant.Snapshot) (adapted plan.Plan, impossible string) {
	p.Relies = slices.Clone(p.Relies)
	for i, fact := range p.Relies {
		value := plan.Project(now.Parts[fact.Path], fact.Pointer)
		if refused(value) != refused(fact.Value) {
			return p, "the tenant shows otherwise: " + fact.What
		}
		p.Relies[i].Value = value
	}
	return p.Sealed(), ""
}

// refused reports whether a fact is that the tenant refuses to show something.
func refused(value json.RawMessage) bool {
	object := decode[object](value)
	_, refused := object["refused"]
	return refused && len(object) == 1
}

// migrate carries the plan out, then lives through its deaths, then goes back.
func (s *show) migrate(ctx context.Context, t *emulator.Tenant, w *oracle.Witness) {
	forward := s.begin(s.plan, t, w, nil)
	forward.keep = true
	w.GiveUp(dropped(s.plan, s.before)...)
	forward.carryOut(ctx)
	s.world.Migrates = s.judge(forward)
	s.looks += w.Looks()
	for _, d := range forward.deaths {
		if ctx.Err() != nil {
			return
		}
		revived := forward.revive(d)
		revived.carryOut(ctx)
		s.world.Crashes = s.world.Crashes.with(s.judge(revived))
		s.looks += revived.witness.Looks()
		if d.sent {
			s.returns(ctx, forward.revive(d), false)
		}
	}
	s.returns(ctx, forward, true)
}

// returns goes back from where a pass stands; mortally, if it is to die at every write on the way.
func (s *show) returns(ctx context.Context, from *pass, mortally bool) {
	back, err := s.invert(ctx, from)
	switch {
	case errors.Is(err, plan.ErrNothing):
		return
	case err != nil:
		s.returned(Outcome{Result: Refused, Times: 1, Step: "the plan of the way back", Reason: s.clean(err.Error())})
		return
	}
	w := from.witness.On(from.tenant)
	a := s.begin(back, from.tenant, w, nil)
	a.keep = mortally
	a.carryOut(ctx)
	s.returned(s.judge(a))
	s.looks += w.Looks()
	for _, d := range a.deaths {
		if ctx.Err() != nil {
			return
		}
		revived := a.revive(d)
		revived.carryOut(ctx)
		s.returned(s.judge(revived))
		s.looks += revived.witness.Looks()
	}
}

func (s *show) returned(o Outcome) { s.world.Returns = s.world.Returns.with(o) }

// invert makes the plan that takes a pass back.
func (s *show) invert(ctx context.Context, from *pass) (plan.Plan, error) {
	now, err := tenant.Read(ctx, from.tenant.Identity(), from.tenant.Port(tenant.Permit{}), nil)
	if err != nil {
		return plan.Plan{}, err
	}
	journal, err := from.log.Read()
	if err != nil {
		return plan.Plan{}, err
	}
	wrote, err := run.Wrote(s.plan, journal)
	if err != nil {
		return plan.Plan{}, err
	}
	return plan.Invert(s.plan, s.before, now, wrote)
}

// dropped are the MFA channels that the plan takes from the message types.
func dropped(p plan.Plan, before tenant.Snapshot) []string {
	if p.Summary.MessageTypes == nil {
		return nil
	}
	return slices.DeleteFunc(before.MessageTypes(), func(name string) bool { return slices.Contains(p.Summary.MessageTypes, name) })
}

// account is the Twilio account that the plan's provider sends with.
func account(p plan.Plan) string {
	for _, s := range p.Steps {
		if s.Call == nil || s.Call.Op != tenant.CreateProvider && s.Call.Op != tenant.PatchProvider {
			continue
		}
		body := decode[struct {
			Configuration tenant.ProviderConfiguration `json:"configuration"`
		}](s.Call.Body)
		if body.Configuration.SID != "" {
			return body.Configuration.SID
		}
	}
	return ""
}
