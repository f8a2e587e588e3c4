package wizard_test

import (
	"slices"
	"strings"
	"testing"

	"upe/flows/wizard"
)

// Where an Action keeps several carriers, the review says which flow goes to which, and the plan keeps what was decided, for whoever reads
// the report years later.
func TestThePlanKeepsWhatWasDecidedAboutTheAction(t *testing.T) {
	t.Parallel()
	const name = "two-carriers-gateway-action"
	w := newWorld(t, name)
	answers, host := w.admin(name)
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), answers), host: host, says: wizard.Answers{}}
	page := p.until("review")
	for _, b := range page.Blocks {
		if j, ok := b.(wizard.Journey); ok {
			for _, leg := range j.Legs {
				want := "field.quillon-energy.example"
				if strings.HasPrefix(leg.Flow, "MFA") {
					want = "what the Action"
				}
				if !strings.Contains(leg.Then, want) || !strings.Contains(leg.To(), leg.Carrier+", then "+leg.Then) {
					t.Errorf("%s: %q, want %q", leg.Flow, leg.To(), want)
				}
			}
		}
	}
	decided := wizard.Choices(p.session.Known(), p.session.Answers()).Decided
	for _, want := range []string{"Accepted: ", "The Action sends MFA by what the Action", "The Action sends Passwordless", "The Action: "} {
		if !slices.ContainsFunc(decided, func(d string) bool { return strings.HasPrefix(d, want) }) {
			t.Errorf("no %q in %q", want, decided)
		}
	}
	if all := strings.Join(decided, "\n"); strings.Contains(all, "apikey") || strings.Contains(all, "@") {
		t.Errorf("an address may hold a key: %s", all)
	}
}

// What going back may lose, and what to have at hand for it, stands where somebody decides to switch.
func TestASwitchSaysWhatGoingBackNeeds(t *testing.T) {
	t.Parallel()
	p := emulated(t, worldLike(t, "docs"), wizard.Answers{})
	page := p.until("move-mfa")
	text := shown(page)
	for _, want := range []string{"may be lost for a time", "Have at hand", "Twilio's AuthToken"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
