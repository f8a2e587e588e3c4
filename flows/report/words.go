package report

import (
	"fmt"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// verdictWords put a verdict into a sentence.
func verdictWords(v judge.Verdict) string {
	switch v {
	case judge.Eligible:
		return "this tenant can move"
	case judge.NeedsDecision:
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

func stateWords(s judge.State) string {
	switch s {
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
		return fmt.Sprintf("Passwordless %q by %s", r.Name, judge.ChannelName(r.Channel))
	case judge.PhoneIdentifier:
	}
	return fmt.Sprintf("Phone as ID %q by %s", r.Name, judge.ChannelName(r.Channel))
}

// through says by whose settings a route goes.
func through(r judge.Route) string {
	switch {
	case r.Via == judge.Tenant:
		return "the tenant-level provider"
	case r.Via == judge.Unknown:
		return "not known"
	case r.Flow == judge.MFA:
		return "the MFA settings"
	}
	return "the connection's own settings"
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
func phaseTitle(phase plan.Phase) string {
	switch phase {
	case plan.Prepare:
		return "Prepare: users notice nothing"
	case plan.Testing:
		return "Test: does a message arrive?"
	case plan.Switch:
		return "Switch on: each move by itself, confirmed by you"
	case plan.After:
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
