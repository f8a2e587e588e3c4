package report

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// verdictWords put a verdict into a sentence.
func verdictWords(j judge.Judgement) string {
	switch j.Verdict {
	case judge.Eligible:
		return "this tenant can move"
	case judge.NeedsDecision:
		if j.State == judge.StateUnified {
			return "everything in this tenant has moved, and what is marked below needs a decision"
		}
		return "this tenant can move once you have decided what is marked below"
	case judge.HalfMigrated:
		return "part of this tenant has moved already, the rest can follow"
	case judge.Migrated:
		return "everything in this tenant has moved"
	case judge.Blocked:
		return "something has to be put right first"
	}
	return ""
}

func stateWords(j judge.Judgement) string {
	if slices.ContainsFunc(j.Routes, func(r judge.Route) bool { return r.Via == judge.Unknown }) {
		return "by which way some codes travel is not known"
	}
	switch j.State {
	case judge.StateNone:
		return "nothing sends phone messages"
	case judge.StateLegacy:
		return "every code travels by the settings of its own flow"
	case judge.StateMixed:
		return "some codes travel through the tenant-level provider, some by their own settings"
	case judge.StateUnified:
		return "every code travels through the tenant-level provider"
	}
	return ""
}

func flagWords(flag *bool) string {
	switch {
	case flag == nil:
		return "not in the answer (phone_consolidated_experience)"
	case *flag:
		return "on (phone_consolidated_experience)"
	}
	return "off (phone_consolidated_experience)"
}

func basisWords(b judge.Basis) string {
	switch b {
	case judge.Documented:
		return "documented by Auth0"
	case judge.Recorded:
		return "recorded from real tenants"
	case judge.Reported:
		return "reported, not confirmed by Auth0"
	case judge.Inferred:
		return "our conclusion, Auth0 does not document it"
	}
	return string(b)
}

// flowName says which codes a route is for.
func flowName(r judge.Route) string {
	switch r.Flow {
	case judge.MFA:
		return "MFA by " + judge.ChannelName(r.Channel)
	case judge.Passwordless:
		return fmt.Sprintf("Passwordless %s by %s", quoted(r.Name), judge.ChannelName(r.Channel))
	case judge.PhoneIdentifier:
	}
	return fmt.Sprintf("Phone as ID %s by %s", quoted(r.Name), judge.ChannelName(r.Channel))
}

// quoted puts a name between quotes. It was made safe before, so nothing in it is escaped again.
func quoted(name string) string { return `"` + name + `"` }

// way says by whose settings a route goes, and to whom.
func way(r judge.Route) string {
	own := "the connection's own settings"
	if r.Flow == judge.MFA {
		own = "the MFA settings"
	}
	switch {
	case r.Via == judge.Tenant:
		return "by the tenant-level provider, to " + r.Carrier.String()
	case r.Problem == judge.Undetermined:
		return r.Problem
	case r.Via == judge.Unknown:
		return "by " + own + " or the tenant-level provider, nobody knows which"
	}
	return "by " + own + ", to " + r.Carrier.String()
}

func channels(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = judge.ChannelName(name)
	}
	return list(words)
}

func list(items []string) string {
	if len(items) == 0 {
		return "none"
	}
	return strings.Join(items, ", ")
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func providerWords(p *tenant.Provider) string {
	if p == nil {
		return "none"
	}
	words := p.Name + ", delivers " + channels(p.Configuration.DeliveryMethods)
	if p.Disabled {
		words += ", disabled"
	}
	return words
}

// phaseTitle names a part of a plan.
func phaseTitle(p plan.Plan, phase plan.Phase) string {
	switch back := p.Reverts != ""; {
	case phase == plan.Prepare:
		return "Prepare: users notice nothing"
	case phase == plan.Testing:
		return "Test: does a message arrive?"
	case phase == plan.Switch && back:
		return "Switch back: one after the other"
	case phase == plan.Switch:
		return "Switch on: each move by itself, confirmed by you"
	case phase == plan.After && back:
		return "After everything is back: remove what the run created"
	case phase == plan.After:
		return "After every move is confirmed"
	}
	return string(phase)
}

// phases are the parts of a plan in order.
func phases() []plan.Phase { return []plan.Phase{plan.Prepare, plan.Testing, plan.Switch, plan.After} }

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
