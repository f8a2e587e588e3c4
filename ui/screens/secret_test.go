package screens_test

import (
	"strings"
	"testing"
	"time"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// kept is what the tenant of keptPage has.
const kept = "0123456789abcdef0123456789abcdef"

// keptPage asks for a secret that the tenant shows.
func keptPage() wizard.Page {
	page := twilioPage()
	page.Questions = page.Questions[1:]
	page.Questions[0].Default = wizard.NewSecret(kept)
	page.Questions[0].Check = nil
	return page
}

// Nobody sees what a key does to a secret, so the first one replaces it as a whole, and esc brings it back.
func TestAKeptSecretIsReplacedAsAWhole(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		do   func(*termtest.Session)
		show string
		want string
	}{
		{"left alone", func(s *termtest.Session) { s.Press("left", "end") }, "› ••••••••  kept", kept},
		{"a stray key", func(s *termtest.Session) { s.Type("x") }, "› •  changed", "x"},
		{"typed", func(s *termtest.Session) { s.Type("hunter2") }, "› •••••••  changed", "hunter2"},
		{"pasted", func(s *termtest.Session) { s.Paste("hunter2\n") }, "› •••••••  changed", "hunter2"},
		{"nothing pasted", func(s *termtest.Session) { s.Paste("\n") }, "› ••••••••  kept", kept},
		{"cleared", func(s *termtest.Session) { s.Press("backspace") }, "›   changed", ""},
		{"cleared, and esc", func(s *termtest.Session) { s.Press("ctrl+u", "esc") }, "› ••••••••  kept", kept},
		{"typed, and esc", func(s *termtest.Session) { s.Type("xyz"); s.Press("esc") }, "› ••••••••  kept", kept},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			session := wizard.NewSessionWith(story(still(keptPage()), still(endPage())), acme(wizard.Demo), nil)
			r := screens.New(screens.Options{Session: session, Now: time.Now})
			termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
				tt.do(s)
				shows(s, tt.show)
				s.Press("enter")
				shows(s, "Done")
			})
			if got := answer[wizard.Secret](t, session.Answers(), "twilio.auth_token").Reveal(); got != tt.want {
				t.Errorf("the answer is %q, want %q", got, tt.want)
			}
		})
	}
}

// What was typed stays when one comes back, and the tenant's own can still be had.
func TestAReplacedSecretIsStillReplacedAfterBack(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(keptPage()), still(verifyPage()), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		shows(s, "kept")
		s.Type("hunter2")
		shows(s, "esc keep the old one")
		s.Press("enter", "esc")
		shows(s, "› ••••••••  changed")
		s.Press("backspace", "enter", "esc")
		shows(s, "›   changed")
		s.Press("esc")
		shows(s, "› ••••••••  kept")
		for _, secret := range []string{kept, "hunter2"} {
			if strings.Contains(string(s.Bytes()), secret) {
				s.T.Error("a secret was written to the terminal")
			}
		}
	})
}
