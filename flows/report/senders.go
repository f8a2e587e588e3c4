package report

import (
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// senderWords say from whom users get codes once a plan is carried out, and from whom today where that is not the same: a changed number
// surprises users, and breaks what is registered for the old one. It is empty for an Action, which decides that itself, and for a plan that
// leaves the provider as it is.
func senderWords(p plan.Plan) string {
	step, ok := p.Step("provider")
	if !ok || p.Summary.Provider != tenant.KindTwilio || p.Reverts != "" {
		return ""
	}
	after := fieldsOf(step.After)
	from, service := textOf(after, "configuration.default_from"), textOf(after, "configuration.mssid")
	text := service
	if text == "" {
		text = from
	}
	words := text
	if slices.Contains(p.Summary.DeliveryMethods, "voice") && from != text {
		words += " (SMS), " + from + " (voice)"
	}
	today, others := sendersToday(p, func(channel string) string {
		if channel == "voice" {
			return from
		}
		return text
	})
	switch {
	case len(others) > 0:
		return words + ", not as today: " + strings.Join(others, ", ") + ". Nobody has seen it deliver; the test message shows it"
	case today:
		return words + ", as today"
	}
	return words
}

// sendersToday reports whether any flow that goes through the provider then is known to have a sender today, and lists those that have
// another one, each once.
func sendersToday(p plan.Plan, then func(channel string) string) (known bool, others []string) {
	for _, r := range p.Baseline {
		id := r.Connection
		if r.Flow == judge.MFA {
			id = plan.MoveMFA
		}
		if _, moves := p.Move(id); !moves && r.Via != judge.Tenant || r.Carrier.Sender == "" {
			continue
		}
		known = true
		if was := flowName(r) + " " + r.Carrier.Sender; r.Carrier.Sender != then(r.Channel) && !slices.Contains(others, was) {
			others = append(others, was)
		}
	}
	return known, others
}

// textOf is a field that is a text; "" for any other.
func textOf(fields []field, path string) string {
	v, _ := find(fields, path)
	words, _ := v.(string)
	return words
}
