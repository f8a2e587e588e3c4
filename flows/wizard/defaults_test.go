package wizard_test

import (
	"fmt"
	"strings"
	"testing"

	"upe/flows/wizard"
)

// live is what a page shows for answers.
func live(p wizard.Page, given wizard.Answers) string { return fmt.Sprint(p.Live(given)) }

// TestAuth0sOwnWordingThatChangesIsShown: nobody has written a wording, and users get another one all the same; that of today can be
// carried over.
func TestAuth0sOwnWordingThatChangesIsShown(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "same-account-messaging-service")
	p.says["provider"], p.says["scope.connections.sms"] = "twilio", "move"
	p.says["twilio.messaging_service_sid"] = "MG7739e3670677d4e0c1781319871d2e44"
	page := p.until("template-otp_verify")
	if page.ID != "template-otp_verify" || !strings.Contains(shown(page), "Auth0's own wording is another one after the move") {
		t.Fatalf("ended at %q: %s", page.ID, shown(page))
	}
	if got := page.Questions[0].Default; got != "default" {
		t.Errorf("the default is %v", got)
	}
	said := live(page, wizard.Answers{page.Questions[0].Key: "default"})
	for _, want := range []string{"Your verification code is: 123456", "123456 is your verification code for", "What users read changes", "1 SMS of"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not show %q: %s", want, said)
		}
	}
	if said := live(page, wizard.Answers{page.Questions[0].Key: "passwordless"}); !strings.Contains(said, "Your verification code is: {{ code }}") {
		t.Errorf("that of today is not carried over: %s", said)
	}
	p.says["templates.otp_verify.source"] = "passwordless"
	p.must()
	if made := p.until("review"); !strings.Contains(fmt.Sprint(made.Blocks), "Write the message template otp_verify") {
		t.Errorf("it is not in the plan: %v", made.Blocks)
	}
}

// TestWhatIsSpokenChangesToo: in an SMS Auth0's two wordings of MFA say the same, so that only calls are asked about.
func TestWhatIsSpokenChangesToo(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"mfa-voice": true, "token-without-logs": false} {
		_, p := inTheDemo(t, name)
		page := p.until("review")
		asked := strings.Contains(strings.Join(p.pages, " "), "template-otp_verify")
		if page.ID != "review" || asked != want {
			t.Errorf("%s: ended at %s, asked %v: %v", name, page.ID, asked, p.pages)
		}
	}
}
