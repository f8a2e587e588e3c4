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
			Flow: flowName(r), Through: through(r), Carrier: CarrierName(r.Carrier),
			Delivers: r.Delivers, Problem: r.Problem, Basis: basis(r),
		})
	}
	return legs
}

func flowName(r judge.Route) string {
	switch r.Flow {
	case judge.MFA:
		return "MFA by " + Channel(r.Channel)
	case judge.Passwordless:
		return `Passwordless "` + r.Name + `" by ` + Channel(r.Channel)
	case judge.PhoneIdentifier:
	}
	return `Phone as ID "` + r.Name + `" by ` + Channel(r.Channel)
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

// CarrierName puts a carrier into words.
func CarrierName(c judge.Carrier) string {
	switch c.Kind {
	case judge.CarrierTwilio:
		parts := []string{"Twilio"}
		if c.Account != "" {
			parts = append(parts, "account "+c.Account)
		}
		if c.Sender != "" {
			parts = append(parts, "from "+c.Sender)
		}
		return strings.Join(parts, ", ")
	case judge.CarrierAction:
		if c.Action == "" {
			return "an Action"
		}
		return "the Action " + c.Action
	case judge.CarrierGateway:
		return "the SMS gateway " + c.URL
	case judge.CarrierAuth0:
		return "Auth0's own sender"
	}
	return "nothing"
}

// Channel is the word for a message type or a delivery method.
func Channel(name string) string {
	switch name {
	case "sms", "text":
		return "SMS"
	case "voice":
		return "voice"
	}
	return name
}

func channels(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = Channel(name)
	}
	return strings.Join(words, " and ")
}

func providerName(kind string) string {
	if kind == tenant.KindTwilio {
		return "Twilio"
	}
	return "custom (an Action)"
}
