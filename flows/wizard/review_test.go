package wizard_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/wizard"
)

// What the access token may not do is told before anything is written, each scope with its steps.
func TestTheReviewNamesTheScopesThatAreMissing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	answers, host := w.admin("mfa-twilio")
	known := w.read()
	choices, _, err := wizard.Drive(t.Context(), known, answers, host)
	if err != nil {
		t.Fatal(err)
	}
	made, err := plan.Build(*known.Snapshot, *known.Judgement, choices)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, need := range plan.Scopes(made) {
		all = append(all, need.Scope)
	}
	without := func(scope string) []string {
		return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == scope })
	}
	cases := []struct {
		name     string
		scopes   []string
		says     string // "": nothing
		prepares bool
	}{
		{"a token that does not say", nil, "", true},
		{"everything", all, "", true},
		{"a step's", without("create:phone_templates"), "create:phone_templates Write the message template otp_enroll; Write the message template otp_verify", false},
		{"only to go back", without("delete:phone_providers"), "delete:phone_providers Create the tenant-level provider (Twilio)", true},
	}
	for _, c := range cases {
		begin := w.known(wizard.Live)
		begin.Scopes = c.scopes
		p := &person{T: t, session: wizard.NewSession(begin, nil), host: host, says: answers}
		page := p.until("review")
		shown := fmt.Sprint(page.Blocks[:2])
		if (c.says == "") == strings.Contains(shown, "lacks") || !strings.Contains(shown, c.says) {
			t.Errorf("%s: shows %s", c.name, shown)
		}
		q := page.Questions[0]
		if prepares := optionOf(t, q, "prepare").Disabled == ""; prepares != c.prepares || (q.Default == "prepare") != c.prepares {
			t.Errorf("%s: prepares %v, by default %v", c.name, prepares, q.Default)
		}
	}
}
