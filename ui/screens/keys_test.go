package screens_test

import (
	"strings"
	"testing"
	"time"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

func TestQuitting(t *testing.T) {
	t.Parallel()
	unfinished := acme(wizard.Live)
	unfinished.Run, unfinished.Folder = &run.State{Entries: 3}, "runs/1"
	for _, tt := range []struct {
		name  string
		known wizard.Known
		page  wizard.Page
		keys  []string
		ends  bool
	}{
		{"ctrl+c", acme(wizard.Live), providerPage(), []string{"ctrl+c"}, true},
		{"q on a list", acme(wizard.Live), providerPage(), []string{"q"}, true},
		{"q in a text is text", acme(wizard.Live), twilioPage(), []string{"q"}, false},
		{"ctrl+c in a text", acme(wizard.Live), twilioPage(), []string{"ctrl+c"}, true},
		{"a run is not finished", unfinished, providerPage(), []string{"q"}, false},
		{"and left all the same", unfinished, providerPage(), []string{"q", "q"}, true},
		{"or yes", unfinished, providerPage(), []string{"q", "y"}, true},
		{"enter stays", unfinished, providerPage(), []string{"q", "enter", "down"}, false},
		{"or stayed with", unfinished, providerPage(), []string{"q", "esc", "down"}, false},
		{"asked twice", unfinished, providerPage(), []string{"ctrl+c", "ctrl+c"}, true},
		{"answers would be lost", acme(wizard.DryRun), twilioPage(), []string{"A", "ctrl+c"}, false},
		{"and one stays", acme(wizard.DryRun), twilioPage(), []string{"A", "ctrl+c", "enter"}, false},
		{"and are left", acme(wizard.DryRun), twilioPage(), []string{"A", "ctrl+c", "q"}, true},
		{"answers, asked twice", acme(wizard.DryRun), twilioPage(), []string{"A", "ctrl+c", "ctrl+c"}, true},
		{"answered pages before", acme(wizard.DryRun), providerPage(), []string{"enter", "esc", "ctrl+c"}, false},
		{"what was looked at is no answer", acme(wizard.DryRun), verifyPage(), []string{"d", "ctrl+c"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRoot(screens.Options{Now: time.Now}, tt.known, still(tt.page), still(endPage()))
			termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
				s.Press(tt.keys...)
				s.Sleep(time.Second)
				if s.Ended() != tt.ends {
					s.T.Errorf("ended: %v, want %v:\n%s", s.Ended(), tt.ends, s.Screen())
				}
			})
		})
	}
}

// In a text every letter is text, and each shortcut has a key that works there too.
func TestShortcuts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		key  string
		page wizard.Page
		want string
	}{
		{"d", verifyPage(), "documented"},
		{"ctrl+o", verifyPage(), "documented"},
		{"p", providerPage(), "No message yet."},
		{"ctrl+l", twilioPage(), "No message yet."},
		{"?", providerPage(), "take the answer and go on"},
		{"f1", twilioPage(), "take the answer and go on"},
		{"s", reviewPage(), "Saved: here/plan.json"},
		{"ctrl+s", reviewPage(), "Saved: here/plan.json"},
		{"d", twilioPage(), "› d"},
		{"p", twilioPage(), "› p"},
		{"s", twilioPage(), "› s"},
		{"?", twilioPage(), "› ?"},
		{"q", twilioPage(), "› q"},
		{"tab", providerPage(), "Who sends the messages"}, // it moves between questions and never goes on
		{"tab", reviewPage(), "The plan"},
		{"tab", movePage(), "✗ type acme.us.auth0.com exactly"},
		{"j", providerPage(), "> An Action of your own"},
		{"/", providerPage(), "> Twilio"},
		{"down", reviewPage(), "> ○  2"},
		{"ctrl+d", verifyPage(), "Two senders are in use"},
		{"pgdown", verifyPage(), "Two senders are in use"},
	} {
		t.Run(tt.key+" "+tt.page.ID, func(t *testing.T) {
			t.Parallel()
			r := newRoot(screens.Options{Now: time.Now, Host: demoHost()}, acme(wizard.Demo), still(tt.page), still(endPage()))
			termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
				afterGrace(s)
				s.Press(tt.key)
				shows(s, tt.want)
			})
		})
	}
}

// What cannot be chosen is on the screen with its reason, and out of reach.
func TestDisabledOptions(t *testing.T) {
	t.Parallel()
	session := wizard.NewSessionWith(story(still(providerPage()), still(endPage())), acme(wizard.Demo), wizard.Answers{"provider": "auth0"})
	r := screens.New(screens.Options{Session: session, Now: func() time.Time { return noon }})
	for range 5 {
		if screen := draw(t, r, 80, 24); !strings.Contains(screen, "Auth0's own sender is not available: it ends") {
			t.Fatalf("got\n%s", screen)
		}
		if got := session.Default(providerPage().Questions[0]); got == "auth0" && r.View().Cursor != nil {
			t.Fatal("chosen")
		}
		press(r, "down")
	}
	press(r, "enter")
	if got := session.Answers()["provider"]; got == "auth0" || !r.Finished() {
		t.Errorf("answered %q, finished: %v", got, r.Finished())
	}
	closed := providerPage()
	closed.Questions[0].Options = closed.Questions[0].Options[2:]
	r = newRoot(screens.Options{Now: func() time.Time { return noon }}, acme(wizard.Demo), still(closed), still(endPage()))
	draw(t, r, 80, 24)
	press(r, "enter")
	if screen := draw(t, r, 80, 24); r.Finished() || !strings.Contains(screen, "none of the options is available") {
		t.Errorf("got\n%s", screen)
	}
}

// Where nobody but a person can decide, enter alone must not decide either.
func TestWithoutADefaultNothingIsChosen(t *testing.T) {
	t.Parallel()
	page := providerPage()
	page.Questions[0].Default = nil
	// What an answers file says cannot be chosen here, and decides nothing either.
	session := wizard.NewSessionWith(story(still(page), still(endPage())), acme(wizard.Demo), wizard.Answers{"provider": "auth0"})
	r := screens.New(screens.Options{Session: session, Now: func() time.Time { return noon }})
	if screen := draw(t, r, 80, 24); !strings.Contains(screen, "> Not decided yet") {
		t.Fatalf("got\n%s", screen)
	}
	press(r, "enter")
	if screen := draw(t, r, 80, 24); r.Finished() || !strings.Contains(screen, "only you can decide this") {
		t.Fatalf("got\n%s", screen)
	}
	press(r, "down")
	press(r, "enter")
	if !r.Finished() {
		t.Error("a choice was not taken")
	}
}

// A digit chooses and goes on, where each option has one.
func TestADigitResolves(t *testing.T) {
	t.Parallel()
	page := wizard.Page{ID: "conflict", Group: wizard.Choose, Title: "A factor without a delivery method", Questions: []wizard.Question{{
		Key: "resolution", Kind: wizard.One, Title: "How?", Digits: true, Options: []wizard.Option{
			{Value: "add", Label: "Add voice"}, {Value: "no", Label: "Nothing", Disabled: "it is not possible"}, {Value: "drop", Label: "Turn voice off"},
		},
	}}}
	for digit, want := range map[string]string{"1": "add", "2": "drop", "3": "", "0": ""} {
		session := wizard.NewSessionWith(story(still(page), still(endPage())), acme(wizard.Demo), nil)
		r := screens.New(screens.Options{Session: session, Now: time.Now})
		sees(t, draw(t, r, 80, 24), "1  Add voice", "2  Turn voice off", "1-2 resolve")
		press(r, digit)
		if got, _ := session.Answers()["resolution"].(string); got != want {
			t.Errorf("%s chooses %q, want %q", digit, got, want)
		}
	}
}
