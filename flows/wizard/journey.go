package wizard

import (
	"strings"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// Legs puts the routes of a judgement into words.
func Legs(j judge.Judgement) []Leg {
	var legs []Leg
	for _, r := range j.Routes {
		legs = append(legs, Leg{
			Flow: flowName(r), Through: through(r), Carrier: carrier(r),
			Delivers: r.Delivers, Problem: r.Problem, Basis: basis(r),
		})
	}
	return legs
}

// To is where a leg leads: its carrier, and who takes the message from that.
func (l Leg) To() string {
	if l.Then == "" {
		return l.Carrier
	}
	return l.Carrier + ", then " + l.Then
}

func flowName(r judge.Route) string {
	switch r.Flow {
	case judge.MFA:
		return "MFA by " + judge.ChannelName(r.Channel)
	case judge.Passwordless:
		return `Passwordless "` + r.Name + `" by ` + judge.ChannelName(r.Channel)
	case judge.PhoneIdentifier:
	}
	return `Phone as ID "` + r.Name + `" by ` + judge.ChannelName(r.Channel)
}

func carrier(r judge.Route) string {
	if r.Via == judge.Unknown {
		return "not known"
	}
	return r.Carrier.String()
}

func through(r judge.Route) string {
	switch {
	case r.Via == judge.Tenant:
		return "tenant-level provider"
	case r.Via == judge.Unknown:
		return "unknown"
	case r.Flow == judge.MFA:
		return "MFA settings"
	}
	return "the connection's settings"
}

func basis(r judge.Route) string {
	switch r.Basis {
	case judge.Documented, judge.Recorded:
		return r.Why
	case judge.Reported:
		return r.Why + " (reported, not confirmed by Auth0)"
	case judge.Inferred:
	}
	return r.Why + " (our conclusion, Auth0 does not document it)"
}

func channels(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = judge.ChannelName(name)
	}
	return strings.Join(words, " and ")
}

func providerName(kind string) string {
	if kind == tenant.KindTwilio {
		return "Twilio"
	}
	return "custom (an Action)"
}
