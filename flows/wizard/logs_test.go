package wizard_test

import (
	"fmt"
	"strings"
	"testing"

	"upe/flows/wizard"
)

// words are the texts of a page, and the titles of what can be copied.
func words(p wizard.Page) string {
	var out strings.Builder
	for _, b := range p.Blocks {
		switch b := b.(type) {
		case wizard.Text:
			fmt.Fprintf(&out, "[%s] %s %s\n", b.Tone, b.Title, b.Body)
		case wizard.Code:
			fmt.Fprintf(&out, "%s\n%s\n", b.Title, b.Text)
		}
	}
	return out.String()
}

func says(t *testing.T, p wizard.Page, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(words(p), want) {
			t.Errorf("page %s: %q is not in\n%s", p.ID, want, words(p))
		}
	}
}

func TestAFailureInTheLogsIsShownAndOutweighsAPerson(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-action")
	p.says["action.source"] = "starter"
	p.says["action.non_code"] = "deliver"
	p.says["action.secrets.GATEWAY_URL"] = wizard.NewSecret("not a URL")
	p.says["action.secrets.GATEWAY_TOKEN"] = wizard.NewSecret("made-up")
	says(t, p.until("arrived-text"), "[bad]  The tenant logs show", "A person's word does not outweigh that", "Log fn, failure:", `"type":"fn"`)
	p.must() // whatever is said
	page := p.session.Page()
	if page.ID != "test-text" || page.Questions[0].Key != "test.next" {
		t.Fatalf("then comes %q with %v", page.ID, page.Questions)
	}
	says(t, page, "[bad]  The tenant logs show", "Log fn, failure:")
	if strings.Contains(words(page), "5550001234") {
		t.Errorf("the number is shown:\n%s", words(page))
	}
}

func TestTheLogsSinceTheSwitchAreShown(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	says(t, p.until("arrived-text"), "No failure in the tenant logs.")
	says(t, p.until("confirm-mfa"), "[good] Since the switch The tenant logs show 1 code sent and no failure.")
	p.says["login.mfa"] = "no"
	p.must()
	says(t, p.session.Page(), "Since the switch The tenant logs show 1 code sent and no failure.")
}
