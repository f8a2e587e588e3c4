package wizard_test

import (
	"fmt"
	"strings"
	"testing"

	"upe/flows/wizard"
)

// TestAnInterruptedMoveSaysWhatIsLeft: where the Dashboard's switch is all that is left, the page of another session counts no write that
// was made, and says where the switch is.
func TestAnInterruptedMoveSaysWhatIsLeft(t *testing.T) {
	t.Parallel()
	w := worldLike(t, "dashboard")
	p := emulated(t, w, wizard.Answers{})
	p.until("dashboard-mfa")
	next := emulated(t, w, nil)
	page := next.until("move-mfa")
	if page.Safe != "The tenant is read; nothing is left to write." {
		t.Errorf("it says %q", page.Safe)
	}
	if text := fmt.Sprint(page.Blocks); !strings.Contains(text, "Use Tenant-level Messaging Provider: on") || !strings.Contains(text, "https://manage.auth0.com") {
		t.Errorf("it shows %s", text)
	}
}
