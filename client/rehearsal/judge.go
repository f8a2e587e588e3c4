package rehearsal

import (
	"slices"
	"strings"

	"upe/client/oracle"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// judge says what a pass came to.
func (s *show) judge(a *pass) Outcome {
	o := Outcome{Result: Holds, Times: 1, Step: a.step, Title: titleOf(a.plan, a.step), Reason: a.reason}
	if a.reason != "" {
		o.Result = Refused
	} else {
		o.Other, o.Along = s.differences(a)
		for i := range o.Other {
			o.Other[i] = s.clean(o.Other[i])
		}
		if len(o.Other) > 0 {
			o.Result = Differs
		}
	}
	for _, l := range a.witness.Lost() {
		loss := Loss{
			Code: l.Route.String(), From: l.From, Until: l.Until, Stated: stated(a.plan, l), Back: a.plan.Reverts != "", Why: s.clean(l.Why),
			FromTitle: titleOf(a.plan, l.From), UntilTitle: titleOf(a.plan, l.Until),
		}
		o.Codes = append(o.Codes, loss)
		switch {
		case !loss.Stated:
			o.Result = Lost
		case o.Result == Holds:
			o.Result = Gap
		}
	}
	return o
}

// titleOf is the title of a step or a move, "" for what is none.
func titleOf(p plan.Plan, id string) string {
	if s, ok := p.Step(id); ok {
		return s.Title
	}
	m, _ := p.Move(id)
	return m.Title
}

// differences says what is not as it was to be at the end of a pass.
func (s *show) differences(a *pass) (differs, along []string) {
	if a.plan.Reverts != "" {
		return s.notBack(a), nil
	}
	end := oracle.End{Flags: a.flags, FlagMovesAll: s.stage.world == flagMovesAll}
	for _, step := range a.plan.Steps {
		if step.Kind == plan.Request {
			end.Writes = append(end.Writes, *step.Call)
		}
	}
	for _, move := range a.plan.Summary.Moves {
		end.Moves = append(end.Moves, move.ID)
	}
	return a.witness.Complaints(end)
}

// notBack lists what is not as it was although everything was taken back. A connection that the run made stays, with its users.
func (s *show) notBack(a *pass) []string {
	_, made := s.plan.Move(plan.MoveNewConnection)
	var all []string
	for _, path := range oracle.Changes(s.start, a.tenant.State()) {
		switch {
		case stamped(path):
		case made && (path == "connections[+]" || strings.HasPrefix(path, "connection_clients.")):
		case strings.HasSuffix(path, ".credentials.auth_token") && s.custom(): // which a custom provider does not look at
		default:
			all = append(all, "is not as it was: "+path)
		}
	}
	return all
}

// custom reports whether the tenant had a custom provider.
func (s *show) custom() bool {
	p := s.before.Provider()
	return p != nil && p.Name == tenant.KindCustom
}

// stamped reports whether a place holds what nobody can put back: dates, versions, logs, the ids of bindings.
func stamped(path string) bool {
	for _, name := range []string{"updated_at", "built_at", "deployed_version", "versions", "status"} {
		if strings.Contains(path+".", "."+name+".") || strings.Contains(path, "."+name+"[") {
			return true
		}
	}
	return strings.HasPrefix(path, "logs") || strings.HasPrefix(path, "bindings.")
}

// stated reports whether a plan says that a code may be lost in this time.
func stated(p plan.Plan, l oracle.Loss) bool {
	at := func(id string) int {
		return slices.IndexFunc(p.Steps, func(s plan.Step) bool { return s.ID == id })
	}
	return slices.ContainsFunc(p.Summary.Gaps, func(g plan.Gap) bool {
		return at(l.From) >= at(g.From) && at(l.From) <= at(g.To) && l.Until != "" && at(l.Until) <= at(g.To)
	})
}
