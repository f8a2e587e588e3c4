package wizard_test

import (
	"testing"

	"upe/flows/wizard"
)

// TestWhatWasDecidedForAnotherScope: who sends for MFA alone is not the answer for MFA and a connection together; what was decided for the
// same scope is kept.
func TestWhatWasDecidedForAnotherScope(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, then string
		want       wizard.Value
	}{
		{"more is to move", "move", nil},
		{"the same is to move", "leave", "twilio"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, p := inTheDemo(t, "same-account-other-sender")
			connection := onlyConnection(t, p)
			p.says[connection] = "leave"
			p.until("twilio")
			p.says["twilio.from"] = "+15005550099"
			p.until("review")
			for p.session.Page().ID != "scope" {
				p.session.Back()
			}
			p.says = wizard.Answers{connection: c.then}
			page := p.until("provider")
			if got := p.session.Default(page.Questions[0]); got != c.want {
				t.Errorf("filled in: %v, want %v", got, c.want)
			}
		})
	}
}

// onlyConnection is the key of the one connection that can move.
func onlyConnection(t *testing.T, p *person) wizard.Key {
	t.Helper()
	for _, q := range p.until("scope").Questions {
		if q.Key != "scope.mfa" && q.Key != "environment" {
			return q.Key
		}
	}
	t.Fatal("no connection can move")
	return ""
}
