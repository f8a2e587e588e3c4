package plan

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// InUse says that the provider of a run cannot be taken away: codes go through it by what somebody else switched since, which is not
// the run's to take back. [Invert] returns it; [Plan.Loses] finds the same right before the end of a way back.
type InUse struct {
	Flows []string // whose codes: "MFA by SMS", `the connection "sms"`
}

func (e *InUse) Error() string {
	return "the tenant-level provider is in use by what this run did not switch: " + strings.Join(e.Flows, ", ")
}

// inUse looks for codes that would be lost with the provider. Where the plan turns the tenant flag off, that moves them; and in
// tenants where the flag moves every flow, they look as if somebody had switched them one by one.
func (v *inverter) inUse() error {
	removes := slices.ContainsFunc(v.steps, func(s Step) bool { return s.Call != nil && s.Call.Op == tenant.DeleteProvider })
	if !removes || v.has(backFlag) {
		return nil
	}
	had := judge.Judge(v.before).Routes
	var flows []string
	for _, r := range judge.Judge(v.now).Routes {
		was := slices.ContainsFunc(had, func(h judge.Route) bool {
			return h.Via == judge.Tenant && h.Flow == r.Flow && h.Channel == r.Channel && h.Connection == r.Connection
		})
		if r.Via == judge.Tenant && r.Delivers && !was && !v.returns(r) {
			flows = append(flows, routeName(r))
		}
	}
	if len(flows) == 0 {
		return nil
	}
	return &InUse{unique(flows)}
}

// Loses lists whose codes the end of a way back would lose, from the tenant as it is right before: those that go through the provider
// that it removes or disables. It looks at every flow, whatever the plan knew: somebody may have switched one since. It is empty
// for a plan whose end stops no provider.
func (p Plan) Loses(now tenant.Snapshot) []string {
	if p.Reverts == "" || !slices.ContainsFunc(p.In(After, ""), Step.stopsProvider) {
		return nil
	}
	flows := judge.Judge(now).UsesProvider()
	made, _ := p.Move(MoveNewConnection)
	for _, c := range now.SMSConnections() {
		// Without applications nobody can ask for a code yet; who has switched it on means to.
		if c.SMS().OptedIn() && c.Name != made.Name && len(now.EnabledClients(c.ID)) == 0 {
			flows = append(flows, fmt.Sprintf("the connection %q", c.Name))
		}
	}
	return unique(flows)
}

// stopsProvider reports whether nothing can be sent through the provider after the step.
func (s Step) stopsProvider() bool {
	switch {
	case s.Call == nil:
		return false
	case s.Call.Op == tenant.PatchProvider:
		return asObject(s.Call.Body)["disabled"] == true
	}
	return s.Call.Op == tenant.DeleteProvider
}

// optIns are the values of use_phone_provider that have been seen to switch a connection (see package judge).
func optIns() []any {
	var all []any
	for _, value := range []any{true, "unified"} {
		all = append(all, map[string]any{"options": map[string]any{"use_phone_provider": value}})
	}
	return all
}

// seeUnused has the provider that a run created stay until no connection uses it any more: somebody may switch one after the way back
// was planned, or have switched one that looks as if the tenant flag had.
func (v *inverter) seeUnused() {
	if _, sent := v.sent(stepProvider); !sent || v.before.Provider() != nil || v.providerID() == "" || len(v.now.SMSConnections()) == 0 {
		return
	}
	if _, made := v.sent(stepNew); made {
		return // it uses the provider for ever, but no application uses it any more: see byHand
	}
	list := tenant.Call{Op: tenant.ListConnections, Query: url.Values{"strategy": {"sms"}, "take": {"100"}}}
	v.add(Step{
		ID: "back-connections", Kind: Manual, Proof: "api", Basis: judge.Reported, Source: sourceOptIn, Link: linkSMS, Needs: v.needs(),
		Title: "See that no connection uses the tenant-level provider",
		Why: "It is removed next, and the codes of a connection that still uses it would be lost. The connections of this run are switched " +
			"back; another one was switched by somebody else, who decides about it.",
		Dashboard: "Authentication > Passwordless > SMS > Use Tenant-level Messaging Provider: off, Save",
		Done:      &Check{Get: list, Each: Encode(optIns()), Absent: true},
		Undo:      "nothing to undo", UndoDashboard: "nothing to undo",
	})
}

// returns reports whether the plan switches a route back.
func (v *inverter) returns(r judge.Route) bool {
	if r.Flow == judge.MFA {
		return v.has(backOpen)
	}
	if m, ok := v.plan.Move(MoveNewConnection); ok && m.Name == r.Name {
		return true
	}
	return slices.ContainsFunc(v.steps, func(s Step) bool { return s.Call != nil && s.Phase == Switch && s.Call.ID == r.Connection })
}
