package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/report"
)

// The plan says at its top from whom users get their codes, and whether that is another sender than today.
func TestAPlanSaysWhoseNumberUsersSee(t *testing.T) {
	t.Parallel()
	const old, service, typed = "+15005550006", "MG0123", "+15005550099"
	route := func(flow judge.Flow, channel, connection, sender string, via judge.Via) judge.Route {
		return judge.Route{
			Flow: flow, Channel: channel, Connection: connection, Name: connection, Via: via, Delivers: true,
			Carrier: judge.Carrier{Kind: judge.CarrierTwilio, Sender: sender},
		}
	}
	for _, c := range []struct {
		name, configuration string
		baseline            []judge.Route
		has, not            string
	}{
		{"as today", `{"default_from":"` + old + `"}`, []judge.Route{route(judge.MFA, "sms", "", old, judge.Legacy)}, "Sender " + old + ", as today", "not as today"},
		{
			"another one", `{"default_from":"` + typed + `"}`,
			[]judge.Route{route(judge.MFA, "sms", "", old, judge.Legacy)},
			"Sender " + typed + ", not as today: MFA by SMS " + old + ". Nobody has seen it deliver", "as today",
		},
		{
			"a flow that stays is not asked", `{"default_from":"` + typed + `"}`,
			[]judge.Route{route(judge.MFA, "sms", "", typed, judge.Legacy), route(judge.Passwordless, "sms", "con_1", old, judge.Legacy)},
			"as today", "not as today",
		},
		{
			"a flow that is there already is", `{"default_from":"` + typed + `"}`,
			[]judge.Route{route(judge.MFA, "sms", "", typed, judge.Legacy), route(judge.Passwordless, "sms", "con_1", old, judge.Tenant)},
			`not as today: Passwordless "con_1" by SMS ` + old, "MFA by SMS +",
		},
		{
			"calls go from the number", `{"default_from":"` + old + `","mssid":"` + service + `"}`,
			[]judge.Route{route(judge.MFA, "sms", "", service, judge.Legacy), route(judge.MFA, "voice", "", old, judge.Legacy)},
			"Sender " + service + " (SMS), " + old + " (voice), as today", "not as today",
		},
		{"nothing sends today", `{"default_from":"` + old + `"}`, nil, "Sender " + old, "today"},
	} {
		p := migration()
		p.Steps[0].After, p.Baseline = json.RawMessage(`{"configuration":`+c.configuration+`}`), c.baseline
		for form, text := range map[string]string{"text": report.Plan(p), "Markdown": report.PlanMarkdown(p), "ticket": report.Ticket(p, nil)} {
			words := strings.ReplaceAll(unwrapped(text), "Sender: ", "Sender ")
			not := c.not != "" && strings.Contains(strings.ReplaceAll(words, c.has, ""), c.not)
			if !strings.Contains(words, c.has) || not {
				t.Errorf("%s, %s: no %q, or %q, in\n%s", c.name, form, c.has, c.not, text)
			}
		}
	}
	p := migration()
	p.Summary.Provider = "custom"
	if text := report.Plan(p); strings.Contains(text, "Sender") {
		t.Errorf("an Action decides by itself:\n%s", text)
	}
}

// What was decided stands in every form of a plan and in the report, and no message is said to have tested what it did not pass.
func TestDecisionsAndTheirProofStandInTheReport(t *testing.T) {
	t.Parallel()
	r := record()
	r.Plan.Summary.Provider = "custom"
	r.Plan.Summary.Decided = []string{"The Action sends MFA by the SMS gateway https://sms.example", "The Action: A carrier does not take a message: what should the Action do? Drop it"}
	r.Plan.Summary.Moves = append(r.Plan.Summary.Moves, plan.Move{ID: "con_1", Name: "sms", Title: "Passwordless sms", Channels: []string{"text"}})
	for form, text := range map[string]string{
		"report": report.Run(r), "text": report.Plan(r.Plan), "Markdown": report.PlanMarkdown(r.Plan), "ticket": report.Ticket(r.Plan, nil),
	} {
		for _, decided := range r.Plan.Summary.Decided {
			if !strings.Contains(unwrapped(text), decided) {
				t.Errorf("%s: no %q in\n%s", form, decided, text)
			}
		}
	}
	text := unwrapped(report.Run(r))
	if !strings.Contains(text, "MFA (`mfa`), tested by SMS") || !strings.Contains(text, "Passwordless sms (`con_1`), after a test message by SMS, which goes as a code of no connection") {
		t.Error(text)
	}
}
