package wizard_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"upe/flows/logs"
	"upe/flows/wizard"
)

// TestLookingWhetherPeopleComeIn: the page comes before the report, looks as often as it is asked to, and is left by its default.
func TestLookingWhetherPeopleComeIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	known := w.known(wizard.Live)
	known.Watches = true
	p := &person{T: t, session: wizard.NewSession(known, nil), host: w.host(), says: wizard.Answers{"by": "Robin", "test.to": "+15005550123", "test.arrived.text": "yes"}}
	looks, fails := 0, true
	p.host.Watch = func(context.Context) (logs.Look, error) {
		if fails {
			return logs.Look{}, errors.New("the token lacks read:logs")
		}
		looks++
		l := logs.Look{Outlook: logs.Inconclusive}
		if looks == 2 {
			l.Outlook = logs.LooksWrong
		}
		l.Flows = []logs.FlowLook{{Title: "MFA", Outlook: l.Outlook, Why: "because", After: logs.Tally{Failed: 3, Logins: logs.Logins{Started: 40, Completed: 9}}}}
		return l, nil
	}
	page := p.until("watch")
	if page.ID != "watch" || len(page.Blocks) != 0 {
		t.Fatalf("%s: %v", page.ID, page.Blocks)
	}
	p.says["watch"] = "look"
	if err := p.pass(); err == nil || p.session.Page().ID != "watch" {
		t.Fatalf("%v, on page %s", err, p.session.Page().ID)
	}
	fails = false
	for _, want := range []string{"inconclusive", "upe revert "} {
		if err := p.pass(); err != nil {
			t.Fatal(err)
		}
		page = p.session.Page()
		shown := fmt.Sprintf("%+v", page.Blocks)
		if page.ID != "watch" || !strings.Contains(shown, want) || !strings.Contains(shown, "9 of 40 codes led to a login") || !strings.Contains(shown, "upe watch ") {
			t.Errorf("%s has no %q: %s", page.ID, want, shown)
		}
	}
	p.says["watch"] = "end"
	if page = p.until("report"); page.ID != "report" || !strings.Contains(fmt.Sprintf("%+v", page.Blocks), "looks wrong") {
		t.Errorf("%s: %+v", page.ID, page.Blocks)
	}
	if looks != 2 {
		t.Errorf("%d looks", looks)
	}
}
