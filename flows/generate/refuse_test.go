package generate_test

import (
	"errors"
	"strings"
	"testing"

	"upe/flows/generate"
)

// Routes that make no sense are refused, with the number of the route.
func TestRouterRefuses(t *testing.T) {
	t.Parallel()
	twilio := generate.Twilio{SID: "AC1", From: "+15005550006"}
	other := generate.Twilio{SID: "AC2", From: "+15005550006"}
	for name, test := range map[string]struct {
		routes  []generate.Route
		options generate.Options
		want    error
		says    string
	}{
		"none":           {nil, generate.Options{}, generate.ErrRoute, "there is none"},
		"no carrier":     {[]generate.Route{{Flow: generate.MFA}}, generate.Options{}, generate.ErrRoute, "route 1"},
		"no flow":        {[]generate.Route{{Part: twilio}}, generate.Options{}, generate.ErrRoute, `no flow ""`},
		"MFA of one":     {[]generate.Route{{Flow: generate.MFA, ConnectionID: "con_a", Part: twilio}}, generate.Options{}, generate.ErrRoute, "no connection"},
		"calls":          {[]generate.Route{{Flow: generate.Passwordless, Methods: []string{"voice"}, Part: twilio}}, generate.Options{}, generate.ErrRoute, "delivery methods"},
		"enrolment":      {[]generate.Route{{Flow: generate.Passwordless, MessageTypes: []string{"otp_enroll"}, Part: twilio}}, generate.Options{}, generate.ErrRoute, "message types"},
		"no country":     {[]generate.Route{{Flow: generate.MFA, Countries: []string{"UK"}, Part: twilio}}, generate.Options{}, generate.ErrRoute, `"UK"`},
		"a trunk prefix": {[]generate.Route{{Flow: generate.MFA, Countries: []string{"0044"}, Part: twilio}}, generate.Options{}, generate.ErrRoute, `"0044"`},
		"twice": {
			[]generate.Route{{Flow: generate.MFA, Part: twilio}, {Flow: generate.MFA, Countries: []string{"44"}, Part: other}},
			generate.Options{},
			generate.ErrUnreachable, "route 2: the route is never used: route 1",
		},
		"a part of a country": {
			[]generate.Route{{Flow: generate.MFA, Countries: []string{"+1"}, Part: twilio}, {Flow: generate.MFA, Countries: []string{"1 242"}, Part: other}},
			generate.Options{},
			generate.ErrUnreachable, "route 2",
		},
		"another answer": {
			[]generate.Route{{Flow: generate.Passwordless, Part: twilio}, {Flow: generate.MFA, Part: other}},
			generate.Options{Decided: map[string]string{"no_connection": "con_x"}},
			generate.ErrAnswer, `no_connection: "con_x" is not one of `,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := generate.Router(test.routes, test.options)
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v, want %v with %q", err, test.want, test.says)
			}
		})
	}
}

// Each question says what an answer leads to; while it is open the code has its first choice.
func TestQuestionsHaveConsequences(t *testing.T) {
	t.Parallel()
	a := generate.Twilio{SID: "AC1", From: "+15005550006"}
	b := generate.Twilio{SID: "AC2", From: "+15005550006"}
	routes := []generate.Route{
		{Flow: generate.Passwordless, ConnectionID: "con_a", Connection: "sms", Countries: []string{"44"}, Part: a},
		{Flow: generate.PhoneIdentifier, ConnectionID: "con_b", Connection: "Customers", Part: a},
		{Flow: generate.MFA, Part: b},
	}
	open, questions, err := generate.Router(routes, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	decided := map[string]string{}
	for _, q := range questions {
		if q.Title == "" || q.Why == "" || q.Answer != "" || len(q.Choices) < 2 {
			t.Errorf("%+v", q)
		}
		for _, c := range q.Choices {
			if c.Value == "" || c.Label == "" || c.Consequence == "" {
				t.Errorf("%s: %+v", q.ID, c)
			}
		}
		decided[q.ID] = q.Choices[0].Value
	}
	if said := strings.Count(strings.ReplaceAll(open.Code, "\n *", ""), "is not decided yet"); said != len(questions) {
		t.Errorf("the code says of %d questions that they are open", said)
	}
	if len(questions) != 5 {
		t.Errorf("%d questions", len(questions))
	}
	closed, _, err := generate.Router(routes, generate.Options{Decided: decided})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(closed.Code, "not decided yet") {
		t.Error("the code says that something is open")
	}
	if code(open) != code(closed) {
		t.Error("an open question has other code than its first choice")
	}
}

// code is what runs: an Action's code after the comment at its top.
func code(a generate.Action) string {
	_, after, _ := strings.Cut(a.Code, " */\n")
	return after
}
