package wizard_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/testdata"
)

// migration is one emulated tenant that is migrated as its admin's answers say, from the first read to the last write. Nobody is
// asked anything: where a person has a word, the emulated handset and a login give it.
type migration struct {
	tenant   *emulator.Tenant
	witness  *oracle.Witness
	secrets  oracle.Secrets
	expected testdata.Expected
	way      combination

	answers wizard.Answers
	found   []judge.Finding
	plan    plan.Plan
	runner  *run.Runner
	state   run.State
	late    []plan.Move // switched, and a login still goes the old way
	flags   []string    // migration flags turned in the Dashboard
	out     oracle.Outcome
	before  tenant.Snapshot
	start   json.RawMessage
}

// migrate carries one migration out.
func migrate(ctx context.Context, file []byte, c combination, want testdata.Expected) (*migration, error) {
	m, err := begin(ctx, file, c, want)
	if err != nil {
		return nil, err
	}
	if m.runner != nil {
		m.carryOut(ctx)
	}
	m.conclude()
	return m, nil
}

// begin reads the tenant and makes the plan; where there is none there is no runner.
func begin(ctx context.Context, file []byte, c combination, want testdata.Expected) (*migration, error) {
	t, err := emulator.New(emulator.Options{File: file})
	if err != nil {
		return nil, err
	}
	m := &migration{tenant: t, witness: oracle.New(ctx, t), expected: want, way: c, start: t.State()}
	if m.secrets, err = oracle.SecretsOf(file); err != nil {
		return nil, err
	}
	if m.before, err = tenant.Read(ctx, t.Identity(), m.witness.Port(tenant.Permit{}), nil); err != nil {
		return nil, err
	}
	m.decide(ctx, m.before)
	return m, nil
}

// decide makes the plan. It reports whether there is none.
func (m *migration) decide(ctx context.Context, snapshot tenant.Snapshot) (ended bool) {
	judged := judge.Judge(snapshot)
	m.found = judged.Findings
	if judged.Verdict == judge.Blocked {
		m.refuse("blocked")
		for _, f := range judged.Findings {
			if f.Severity == judge.Blocker {
				m.out.By = append(m.out.By, f.ID)
			}
		}
		return true
	}
	choices, err := m.choose(ctx, snapshot, judged)
	if err == nil {
		m.plan, err = plan.Build(snapshot, judged, choices)
	}
	var nothing *wizard.Ended
	var invalid *plan.Invalid
	switch {
	case errors.As(err, &nothing), errors.Is(err, plan.ErrNothing):
		m.out.Result = testdata.Nothing
		return true
	case errors.As(err, &invalid):
		m.refuse(append([]string{"choices"}, invalid.Problems...)...)
		return true
	case err != nil:
		m.refuse(append([]string{"answers", err.Error()}, oracle.Named(err.Error())...)...)
		return true
	}
	if m.plan.Summary.MessageTypes != nil {
		m.witness.GiveUp(without(judged.MFA.MessageTypes, choices.MessageTypes)...)
	}
	m.runner = &run.Runner{
		API: m.witness.Port, Log: run.NewMemory(nil), Now: time.Now, NewID: func(kind string) string { return kind + "_1" },
		Secret: func(name string) (string, error) { return m.secret(name), nil },
	}
	return false
}

// progress tells the witness which step is at work.
func (m *migration) progress(s run.State) {
	for _, step := range s.Steps {
		if step.Status == run.Doing {
			m.witness.Step(step.ID)
		}
	}
}

// carryOut runs the plan to its end, or to the first refusal.
func (m *migration) carryOut(ctx context.Context) {
	if !m.goOn(ctx, run.Until{Phase: plan.Prepare}) {
		return
	}
	for _, move := range m.order() {
		// On a provider that sends already the preparation is the first move, and a test before it would go the old way.
		if move.ID != plan.MoveProvider && !m.prove(ctx, move) || !m.move(ctx, move) {
			return
		}
	}
	for _, move := range m.late {
		if !m.confirm(ctx, move) {
			return
		}
	}
	if !m.goOn(ctx, run.Until{Phase: plan.After}) {
		return
	}
	for _, s := range m.plan.In(plan.After, "") {
		if s.Kind == plan.Manual && s.Proof == "person" {
			m.keep(m.runner.ByHand(ctx, m.plan, s.ID, "Ada"))
		}
	}
	m.out.Result = testdata.Holds
	if !m.state.Finished {
		m.wrong("the run is not finished: it waits for %s", m.state.WaitsFor)
	}
}

// order is that of the plan; or the reverse, as far as the moves do not need each other: the provider's own comes first, and so does
// the one that turns the tenant flag on.
func (m *migration) order() []plan.Move {
	moves := slices.Clone(m.plan.Summary.Moves)
	if !slices.Contains(m.way.quirks, inReverse) {
		return moves
	}
	slices.Reverse(moves)
	slices.SortStableFunc(moves, func(a, b plan.Move) int {
		switch {
		case a.ID == plan.MoveProvider || m.needs(b, a):
			return -1
		case b.ID == plan.MoveProvider || m.needs(a, b):
			return 1
		}
		return 0
	})
	return moves
}

// needs reports whether a step of a move needs one of another move.
func (m *migration) needs(move, other plan.Move) bool {
	for _, step := range m.plan.In(plan.Switch, move.ID) {
		for _, id := range step.Needs {
			if need, ok := m.plan.Step(id); ok && need.Phase == plan.Switch && need.Move == other.ID {
				return true
			}
		}
	}
	return false
}

// goOn runs a part of the plan, and reports whether it went well.
func (m *migration) goOn(ctx context.Context, until run.Until) bool {
	return m.keep(m.runner.Run(ctx, m.plan, until, m.progress))
}

// keep keeps where the run stands. An error is a refusal: of Auth0's, or of our own.
func (m *migration) keep(state run.State, err error) bool {
	m.state = state
	if err != nil {
		m.refuse(namesOf(err)...)
	}
	return err == nil
}

// namesOf is every name that a refusal has.
func namesOf(err error) []string {
	names := []string{}
	var step *run.StepError
	var answered *tenant.Error
	var refused *run.Refusal
	var stale *run.Stale
	if errors.As(err, &step) {
		names = append(names, step.Step)
	}
	if errors.As(err, &answered) {
		names = append(names, string(answered.Class()), answered.Code)
	}
	if errors.As(err, &refused) {
		names = append(append(names, string(refused.Kind)), refused.Missing...)
	}
	if errors.As(err, &stale) {
		names = append(names, "stale")
	}
	return append(names, err.Error())
}

func (m *migration) refuse(by ...string) {
	m.out.Result, m.out.By = testdata.Blocked, append(m.out.By, by...)
}

func (m *migration) wrong(format string, args ...any) {
	m.out.Wrong = append(m.out.Wrong, fmt.Sprintf(format, args...))
}

// prove sends a test message by each delivery method that a move needs, and says whether it arrived on the handset. Who goes without
// says why.
func (m *migration) prove(ctx context.Context, move plan.Move) bool {
	if slices.Contains(m.way.quirks, withoutProof) {
		return m.keep(m.runner.Override(m.plan, move.ID, "the carrier shows them as delivered", "Ada"))
	}
	for _, channel := range move.Channels {
		if slices.ContainsFunc(m.state.Evidence, func(e run.Evidence) bool { return e.Channel == channel && e.Proves() }) {
			continue
		}
		before := len(m.tenant.Handset())
		if !m.keep(m.runner.Send(ctx, m.plan, channel, "+15550001234")) {
			return false
		}
		arrived := len(m.tenant.Handset()) > before
		if !m.keep(m.runner.Answer(m.plan, channel, arrived, "Ada")) {
			return false
		}
		if !arrived {
			m.refuse("test-"+channel, "nothing arrived")
			return false
		}
	}
	return true
}

// move makes one move: the program's part, what the Dashboard alone can do, and a login.
func (m *migration) move(ctx context.Context, move plan.Move) bool {
	if !m.goOn(ctx, run.Until{Phase: plan.Switch, Move: move.ID}) {
		return false
	}
	for m.byHand(move) {
		if !m.goOn(ctx, run.Until{Phase: plan.Switch, Move: move.ID}) {
			return false
		}
	}
	if m.login(move) != "" {
		m.late = append(m.late, move) // it may need the others: see what a login says once they are made
		return true
	}
	return m.confirm(ctx, move)
}

// confirm says that a login works by the new way.
func (m *migration) confirm(ctx context.Context, move plan.Move) bool {
	if why := m.login(move); why != "" {
		m.refuse(move.ID, "login: "+why)
		return false
	}
	return m.keep(m.runner.Confirm(ctx, m.plan, move.ID, "Ada"))
}

// byHand does in the Dashboard what a move waits for. It reports whether there was something.
func (m *migration) byHand(move plan.Move) bool {
	for _, step := range m.plan.In(plan.Switch, move.ID) {
		i := slices.IndexFunc(m.state.Steps, func(s run.StepState) bool { return s.ID == step.ID })
		if step.Kind != plan.Manual || m.state.Steps[i].Status != run.Waiting {
			continue
		}
		flag := "legacy_passwordless_phone_provider"
		if step.Move == plan.MoveMFA {
			flag = "legacy_mfa_phone_provider"
		}
		if slices.Contains(m.flags, flag) {
			m.refuse(step.ID) // it is on, and still the step waits
			return false
		}
		if err := m.tenant.Toggle(flag, false); err != nil {
			m.refuse(step.ID, err.Error())
			return false
		}
		m.flags = append(m.flags, flag)
		m.witness.Look(step.ID)
		return true
	}
	return false
}

// login says why a user's code did not come by the new way after a move, or "".
func (m *migration) login(move plan.Move) string {
	m.witness.Look(move.ID)
	for route, came := range m.witness.Now(move.ID) {
		switch {
		case !came.Delivered:
			return route.String() + " does not come: " + came.Error
		case !strings.HasPrefix(came.Via, "tenant-"):
			return route.String() + " still goes by " + came.Via
		}
	}
	return ""
}

// conclude compares the tenant with what was to become of it.
func (m *migration) conclude() {
	m.out.Lost = m.witness.Lost()
	end := oracle.End{Flags: m.flags, FlagMovesAll: m.way.world == flagMovesAll}
	for _, step := range m.plan.Steps {
		i := slices.IndexFunc(m.state.Steps, func(s run.StepState) bool { return s.ID == step.ID })
		if step.Kind != plan.Request || i < 0 || m.state.Steps[i].Status != run.Done {
			continue
		}
		end.Writes = append(end.Writes, *step.Call)
		if m.state.Steps[i].How != run.Adopted {
			m.out.Wrote = append(m.out.Wrote, step.ID)
		}
	}
	for _, move := range m.plan.Summary.Moves {
		end.Moves = append(end.Moves, move.ID)
	}
	if m.out.Result != testdata.Holds {
		m.out.Wrong = append(m.out.Wrong, m.witness.Untouched(end)...)
		if writes := m.witness.Writes(); len(m.out.Wrote) == 0 && len(writes) > 0 {
			m.wrong("nothing was to be written, and this was: %s", strings.Join(writes, ", "))
		}
		return
	}
	if len(m.out.Lost) > 0 {
		m.out.Result = testdata.Gap
	}
	wrong, along := m.witness.Complaints(end)
	m.out.Wrong, m.out.Along = append(m.out.Wrong, wrong...), along
	var told []string
	for _, move := range m.state.Moves {
		told = append(told, move.Along...)
	}
	if !slices.Equal(told, along) {
		m.wrong("moved along %q, and the run tells of %q", along, told)
	}
}

// without is a without what is in b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}
