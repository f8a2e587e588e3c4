package screens_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// askedPlan is a page with steps and a question, as the review is.
func askedPlan() wizard.Page {
	page := reviewPage()
	page.Questions = []wizard.Question{{
		Key: "next", Kind: wizard.One, Title: "What next?", Default: "prepare",
		Options: []wizard.Option{{Value: "prepare", Label: "Go on"}, {Value: "save", Label: "Save and stop"}},
	}}
	return page
}

// askedSwitch is a page with steps, a confirmation and a button, as the switches are.
func askedSwitch() wizard.Page {
	page := movePage()
	page.Blocks = []wizard.Block{steps(0)}
	return page
}

// pointers counts the ">" on the screen.
func pointers(s *termtest.Session) int { return strings.Count(s.Screen(), "> ") }

func TestStepsOfAPageWithAQuestionAreReached(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(askedPlan()), still(endPage()))
	termtest.Run(t, r, 80, 40, func(s *termtest.Session) {
		shows(s, "> Go on", "tab steps")
		s.Press("tab")
		shows(s, "> ○  1", "• Go on", "↑↓ select  tab to the question")
		s.Press("down", "down", "d")
		shows(s, "> ○  3", "PATCH /tenants/settings", "esc close")
		hides(s, "POST /branding/phone/providers")
		if n := pointers(s); n != 1 {
			s.T.Errorf("%d pointers:\n%s", n, s.Screen())
		}
		s.Press("enter") // opens and answers nothing: it leads back
		shows(s, "> Go on", "PATCH /tenants/settings")
		if n := pointers(s); n != 1 {
			s.T.Errorf("%d pointers:\n%s", n, s.Screen())
		}
		s.Press("down")
		shows(s, "> Save and stop")
		s.Press("shift+tab")
		shows(s, "> ○  3", "• Save and stop")
		s.Press("esc")
		shows(s, "> Save and stop")
		hides(s, "PATCH /tenants/settings", "Done")
	})
}

// Details of a step are asked for where one can choose another one.
func TestDetailsLeadToTheSteps(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(askedPlan()), still(endPage()))
	termtest.Run(t, r, 80, 40, func(s *termtest.Session) {
		s.Press("d")
		shows(s, "> ○  1", "POST /branding/phone/providers")
		s.Press("down")
		shows(s, "> ○  2", "POST /branding/phone/templates")
	})
}

// To look at the steps is not to answer: a confirmation that is not typed yet is not complained about.
func TestTabLeavesAConfirmationForTheSteps(t *testing.T) {
	t.Parallel()
	wrote := false
	page := askedSwitch()
	do := page.Effect.Do
	page.Effect.Do = func(ctx context.Context, h wizard.Host, a wizard.Answers, u func(func(wizard.Known) wizard.Known)) error {
		wrote = true
		return do(ctx, h, a, u)
	}
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Live), still(page), still(endPage()))
	termtest.Run(t, r, 80, 40, func(s *termtest.Session) {
		afterGrace(s)
		s.Press("tab")
		s.Type("dk") // no text here
		shows(s, "> ○  1", "POST /branding/phone/providers")
		s.Paste("acme.us.auth0.com")
		if _, _, shown := s.Cursor(); shown {
			s.T.Error("there is a cursor although nothing can be typed")
		}
		s.Press("tab")
		hides(s, "✗", "› acme")
		s.Type("acme.us.auth0.com")
		s.Press("tab")
		shows(s, "┃ [ Switch MFA on ]")
		s.Press("tab", "tab", "shift+tab", "tab", "shift+tab", "shift+tab")
		if wrote {
			s.T.Error("tab submitted")
		}
		shows(s, "> ○  1")
		s.Press("enter") // from the steps it only leads back
		shows(s, "┃ This is production")
		s.Press("tab", "enter")
		shows(s, "Done")
	})
}

func TestEscClosesWhatIsOpenFirst(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now, Host: demoHost()}, acme(wizard.Demo), still(verifyPage()), still(providerPage()), still(endPage()))
	termtest.Run(t, r, 80, 40, func(s *termtest.Session) {
		s.Press("d")
		shows(s, "Source", "esc close")
		s.Press("enter")
		shows(s, "Who sends the messages")
		hides(s, "Documented:") // a new page begins without details
		s.Press("d", "p")
		shows(s, "Documented:", "No message yet.")
		s.Press("esc")
		hides(s, "No message yet.")
		shows(s, "Documented:")
		s.Press("esc")
		hides(s, "Documented:")
		shows(s, "Who sends the messages", "esc back")
		s.Press("esc")
		shows(s, "How codes travel today")
	})
}

// The help bar names a key only where it does something.
func TestKeysThatDoNothingAreNotOffered(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		page          wizard.Page
		host          wizard.Host
		shown, hidden []string
	}{
		{endPage(), wizard.Host{}, nil, []string{"d details", "p phone", "s save"}},
		{verifyPage(), wizard.Host{}, []string{"d details"}, []string{"p phone", "s save"}},
		{providerPage(), demoHost(), []string{"d details", "p phone"}, []string{"s save"}},
		{reviewPage(), demoHost(), []string{"d details", "p phone", "s save"}, nil},
		{twilioPage(), demoHost(), []string{"ctrl+l phone"}, []string{"details"}},
	} {
		r := newRoot(screens.Options{Now: func() time.Time { return noon }, Host: tt.host}, acme(wizard.Demo), still(tt.page), still(endPage()))
		bar := lastLine(draw(t, r, 120, 40))
		for _, text := range tt.shown {
			if !strings.Contains(bar, text) {
				t.Errorf("%s: no %q in %q", tt.page.ID, text, bar)
			}
		}
		for _, text := range tt.hidden {
			if strings.Contains(bar, text) {
				t.Errorf("%s: %q in %q", tt.page.ID, text, bar)
			}
		}
		if press(r, "d"); tt.hidden != nil && tt.hidden[0] == "d details" && strings.Contains(lastLine(draw(t, r, 120, 40)), "esc close") {
			t.Errorf("%s: d opened something", tt.page.ID)
		}
	}
}

func lastLine(screen string) string { return screen[strings.LastIndex(screen, "\n")+1:] }
