package screens_test

import (
	"image/color"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
	"upe/ui/theme"
)

// shows fails the test unless every text stands on the screen.
func shows(s *termtest.Session, texts ...string) {
	s.T.Helper()
	for _, text := range texts {
		if !strings.Contains(s.Screen(), text) {
			s.T.Errorf("%q is not on the screen:\n%s", text, s.Screen())
		}
	}
}

// hides fails the test if a text stands on the screen.
func hides(s *termtest.Session, texts ...string) {
	s.T.Helper()
	for _, text := range texts {
		if strings.Contains(s.Screen(), text) {
			s.T.Errorf("%q is on the screen:\n%s", text, s.Screen())
		}
	}
}

// afterGrace waits until a page that appeared by itself takes keys.
func afterGrace(s *termtest.Session) { s.Sleep(1100 * time.Millisecond) }

func TestAWholeConversation(t *testing.T) {
	t.Parallel()
	attempts := 0
	session := wizard.NewSessionWith(story(still(providerPage()), still(twilioPage()), still(methodsPage()), still(reviewPage()),
		preparePage(&attempts, 0), still(movePage()), still(endPage())), acme(wizard.Live), nil)
	r := screens.New(screens.Options{Session: session, Host: demoHost(), Now: time.Now})
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		shows(s, "LIVE", "production", "● Choose", "Going on: Nothing is written.")
		s.Press("enter")
		s.Type("AC123")
		s.Press("enter")
		s.Type("hunter2")
		s.Press("enter")
		s.Press("down", "space", "enter")
		shows(s, "The plan")
		s.Press("s")
		shows(s, "Saved: here/plan.json")
		afterGrace(s)
		s.Press("enter")
		afterGrace(s)
		s.Press("enter")
		shows(s, "Preparing", "0 of 3", "ctrl+c stops after the request in flight")
		s.Sleep(1500 * time.Millisecond)
		termtest.Golden(s.T, "running-80x24", s.Screen())
		s.Sleep(2 * time.Second)
		shows(s, "Switch MFA on")
		afterGrace(s)
		s.Type("acme.us.auth0.com")
		s.Press("enter")
		shows(s, "┃ [ Switch MFA on ]")
		s.Press("enter")
		shows(s, "Done", "Everything has moved.")
		afterGrace(s)
		s.Press("enter")
		if _, err := s.Final(); err != nil || !r.Finished() {
			s.T.Errorf("ended with %v, finished: %v", err, r.Finished())
		}
		if strings.Contains(string(s.Bytes()), "hunter2") {
			s.T.Error("the secret was written to the terminal")
		}
	})
	answers := session.Answers()
	if got := answer[wizard.Secret](t, answers, "twilio.auth_token").Reveal(); got != "hunter2" {
		t.Errorf("the secret is %q", got)
	}
	if got := answer[[]string](t, answers, "delivery_methods"); len(got) != 2 {
		t.Errorf("delivery methods: %q", got)
	}
}

func TestWrongThenRight(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(twilioPage()), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Type("B")
		s.Press("enter")
		shows(s, `✗ an Account SID begins with "AC"`, "› B")
		s.Press("tab", "shift+tab") // neither way is blocked for ever
		s.Press("backspace")
		s.Type("A")
		shows(s, "✗ an Account SID")
		s.Type("C")
		hides(s, "✗ an Account SID") // it goes as soon as it is mended
		s.Press("enter", "enter")
		shows(s, "✗ the Auth Token is needed")
		s.Press("shift+tab", "backspace", "tab")
		shows(s, "✗ an Account SID")
		s.Type("C")
		s.Press("tab")
		s.Type("x")
		s.Press("enter")
		shows(s, "Done")
	})
}

func TestBackKeepsEverything(t *testing.T) {
	t.Parallel()
	session := wizard.NewSessionWith(story(still(providerPage()), still(twilioPage()), still(endPage())), acme(wizard.Demo), nil)
	r := screens.New(screens.Options{Session: session, Now: time.Now})
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("esc")
		shows(s, "No way back: this is the first page.")
		s.Press("down", "enter")
		s.Type("AC9")
		if got := session.Default(wizard.Question{Key: "twilio.sid"}); got != "AC9" {
			s.T.Errorf("while one types the session knows %q", got)
		}
		s.Press("tab")
		s.Type("secret")
		s.Press("esc")
		shows(s, "> An Action of your own")
		s.Press("enter")
		shows(s, "› AC9", "› ••••••")
		s.Press("enter", "enter")
		shows(s, "Done")
		s.Press("esc")
		shows(s, "› AC9", "› ••••••")
	})
}

func TestAConfirmationIsTypedEachTime(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Live), still(reviewPage()), still(movePage()), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("enter")
		afterGrace(s)
		s.Type("acme.us.auth0.com")
		shows(s, "› acme.us.auth0.com")
		s.Press("esc", "enter")
		afterGrace(s)
		hides(s, "› acme.us.auth0.com")
		s.Press("enter")
		shows(s, "✗ type acme.us.auth0.com exactly")
	})
}

func TestPaste(t *testing.T) {
	t.Parallel()
	session := wizard.NewSessionWith(story(still(providerPage()), still(twilioPage()), still(endPage())), acme(wizard.Demo), nil)
	r := screens.New(screens.Options{Session: session, Now: time.Now})
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Paste("twilio\n")
		shows(s, "Who sends the messages") // a newline in pasted text is no enter
		s.Press("enter")
		s.Paste("AC42\n")
		shows(s, "› AC42", "┃ Account SID")
		s.Press("tab")
		s.Paste("hunter2\n")
		shows(s, "› •••••••")
		s.Press("enter")
		shows(s, "Done")
		if strings.Contains(string(s.Bytes()), "hunter2") {
			s.T.Error("the secret was written to the terminal")
		}
	})
	if got := session.Answers()["twilio.sid"]; got != "AC42" {
		t.Errorf("the blank at the end of %q was not typed by anybody", got)
	}
}

func TestTheCursorIsTheTerminals(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(twilioPage()), still(templatesPage()), still(endPage()))
	termtest.Run(t, r, 120, 40, func(s *termtest.Session) {
		behind := func(text string) {
			s.T.Helper()
			x, y, shown := s.Cursor()
			line := []rune(strings.Split(s.Screen(), "\n")[y])
			if before := string(line[:min(x, len(line))]); !shown || !strings.HasSuffix(before, text) {
				s.T.Errorf("the cursor (shown: %v) is behind %q, want %q", shown, before, text)
			}
		}
		s.Type("AC1")
		behind("› AC1")
		s.Press("left")
		behind("› AC")
		s.Press("tab")
		s.Type("abc")
		behind("› •••")
		s.Press("enter")
		behind("┃ ")
		s.Press("down", "end")
		behind("for {{app}}")
		s.Press("tab", "tab")
		if _, _, shown := s.Cursor(); shown {
			s.T.Error("the cursor is shown where nothing is typed")
		}
	})
}

// On a page longer than the window enter first brings the question into sight: what is answered must have been seen.
func TestEnterNeverAnswersWhatIsOutOfSight(t *testing.T) {
	t.Parallel()
	long := templatesPage()
	long.Blocks = append(long.Blocks, wizard.Code{Text: strings.Repeat("line\n", 8)})
	long.Questions[0].Default = strings.Repeat("line\n", 7)
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(providerPage()), still(long), still(endPage()))
	termtest.Run(t, r, 60, 20, func(s *termtest.Session) {
		s.Press("enter")
		shows(s, "The wording changes its place")
		hides(s, "┃ Text")
		s.Press("enter")
		shows(s, "┃ Text")
		s.Press("enter")
		shows(s, "┃ Or a file")
		s.Press("pgup", "pgup", "enter")
		shows(s, "┃ Or a file")
	})
}

func TestResizeKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(methodsPage()), still(twilioPage()), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("down", "space")
		for _, size := range [][2]int{{200, 60}, {60, 20}, {30, 8}, {1, 1}, {80, 24}} {
			s.Resize(size[0], size[1])
			s.Press("space") // two of five arrive at a window that is large enough
			s.Press("space")
		}
		shows(s, "[x] Text", "> [x] Voice")
		s.Press("enter")
		s.Type("AC" + strings.Repeat("1", 100))
		s.Resize(60, 20)
		shows(s, "1111")
	})
}

func TestTheThemeFollowsTheTerminal(t *testing.T) {
	t.Parallel()
	// The title, and a text that is inside a label of Huh's.
	for _, text := range []string{"Who sends", "Code in your tenant"} {
		colour := func(opts ...termtest.Option) (c any) {
			r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(providerPage()), still(endPage()))
			termtest.Run(t, r, 80, 24, func(s *termtest.Session) { c = s.StyleOf(text).Fg }, opts...)
			return c
		}
		dark, light, none := colour(), colour(termtest.Light()), colour(termtest.Colours(colorprofile.ASCII))
		if dark == light || none != nil {
			t.Errorf("%s: dark %v, light %v, without colours %v", text, dark, light, none)
		}
	}
}

// On a light background every role has its light colour, whatever was drawn before the terminal answered.
func TestALightBackgroundGivesTheLightTheme(t *testing.T) {
	t.Parallel()
	light, dark := theme.New(false, theme.Normal), theme.New(true, theme.Normal)
	roles := map[string]func(*theme.Theme) lipgloss.Style{
		"Who sends":    func(th *theme.Theme) lipgloss.Style { return th.Accent },
		"> Twilio":     func(th *theme.Theme) lipgloss.Style { return th.Selected },
		"Both can":     func(th *theme.Theme) lipgloss.Style { return th.Muted },
		"✗ It failed":  func(th *theme.Theme) lipgloss.Style { return th.Bad },
		"! Look":       func(th *theme.Theme) lipgloss.Style { return th.Warn },
		"✓ It is good": func(th *theme.Theme) lipgloss.Style { return th.Good },
		"DEMO":         func(th *theme.Theme) lipgloss.Style { return th.Demo },
	}
	page := providerPage()
	page.Blocks = []wizard.Block{
		wizard.Text{Body: "It failed", Tone: wizard.Bad}, wizard.Text{Body: "Look", Tone: wizard.Careful}, wizard.Text{Body: "It is good", Tone: wizard.Good},
	}
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(page), still(endPage()))
	termtest.Run(t, r, 80, 40, func(s *termtest.Session) {
		for _, bg := range []struct {
			colour color.Color
			th     *theme.Theme
		}{{color.White, light}, {color.Black, dark}, {color.White, light}} {
			s.Send(tea.BackgroundColorMsg{Color: bg.colour})
			for text, role := range roles {
				want, got := role(bg.th), s.StyleOf(text)
				if !sameColour(got.Fg, want.GetForeground()) || !sameColour(got.Bg, want.GetBackground()) {
					s.T.Errorf("%q on %v is %v on %v, want %v on %v", text, bg.colour, got.Fg, got.Bg, want.GetForeground(), want.GetBackground())
				}
			}
		}
	}, termtest.Colours(colorprofile.TrueColor))
}

// sameColour compares colours by what they look like; none may be nil or of lipgloss.
func sameColour(a, b color.Color) bool {
	none := func(c color.Color) bool { return c == nil || c == lipgloss.NoColor{} }
	if none(a) || none(b) {
		return none(a) == none(b)
	}
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	return r1 == r2 && g1 == g2 && b1 == b2
}

var _ tea.Model = (*screens.Root)(nil)
