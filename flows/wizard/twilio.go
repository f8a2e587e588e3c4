package wizard

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// oneSender refuses a provider that has no sender. Auth0 takes it, and no message is sent.
func oneSender(given Answers) (Key, error) {
	from, _ := given[keyFrom].(string)
	service, _ := given[keyMSSID].(string)
	if strings.TrimSpace(from) == "" && strings.TrimSpace(service) == "" {
		return keyFrom, errors.New("there is no sender: a number or a sender ID here, or a Messaging Service below")
	}
	return "", nil
}

// otherThanToday names what was typed that is not what the tenant uses today: nobody should take one for the other.
func (c conversation) otherThanToday(today tenant.Twilio, given Answers) []Block {
	facts := Facts{Title: "Not as today"}
	for _, row := range []struct {
		label string
		key   Key
		today string
	}{
		{"Account SID", keySID, today.SID},
		{"From", keyFrom, today.From},
		{"Messaging Service SID", keyMSSID, today.MessagingServiceSID},
	} {
		typed, known := given[row.key].(string)
		if typed = strings.TrimSpace(typed); !known || row.today == "" || typed == row.today {
			continue
		}
		facts.Rows = append(facts.Rows, Fact{Label: row.label, Value: cmp.Or(typed, "empty"), Note: "today " + row.today, Tone: Careful})
	}
	if len(facts.Rows) == 0 {
		return nil
	}
	return []Block{facts}
}

// senderFact says from whom users will get their codes, and whether that is another one than today. A custom provider's Action decides
// that by itself.
func (c conversation) senderFact(made plan.Plan) []Fact {
	sender := c.carrierAfter(made, "sms").Sender
	if made.Summary.Provider != tenant.KindTwilio || sender == "" {
		return nil
	}
	row := Fact{Label: "Sender", Value: sender, Note: "as today"}
	var same, others bool
	for _, s := range c.sendings() {
		same = same || s.carrier.Sender == sender
		others = others || s.carrier.Sender != "" && s.carrier.Sender != sender
	}
	today := strings.TrimPrefix(c.whoSendsFrom(), "Today ")
	switch {
	case !same && !others:
		row.Note = ""
	case !same:
		row.Tone, row.Note = Careful, "nobody's today: "+today
	case others:
		row.Tone, row.Note = Careful, "not as today for all: "+today
	}
	return []Fact{row}
}

// plannedLegs are legs that are still to be: nothing has shown that they deliver.
func plannedLegs(legs []Leg, planned func(i int) bool) []Leg {
	for i := range legs {
		legs[i].Planned = legs[i].Delivers && planned(i)
	}
	return legs
}

// changes reports whether a route is another one than it is today.
func (c conversation) changes(r judge.Route) bool {
	return !slices.ContainsFunc(c.judged().Routes, func(now judge.Route) bool {
		return now.Flow == r.Flow && now.Connection == r.Connection && now.Channel == r.Channel && now.Via == r.Via && now.Carrier == r.Carrier
	})
}
