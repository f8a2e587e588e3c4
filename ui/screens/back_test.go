package screens_test

import (
	"strings"
	"testing"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// TestBackToTheConversationBefore: esc on the first page leads to the conversation that led here, where there is one; the keys say so.
func TestBackToTheConversationBefore(t *testing.T) {
	t.Parallel()
	for _, follows := range []bool{true, false} {
		r := newRoot(screens.Options{Follows: follows}, acme(wizard.Live), still(verifyPage()), still(providerPage()), still(endPage()))
		termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
			if said := strings.Contains(s.Screen(), "connect again"); said != follows {
				t.Errorf("follows %v: the keys say so: %v\n%s", follows, said, s.Screen())
			}
			s.Press("pgdown", "pgdown", "pgdown", "enter")
			shows(s, "Who sends the messages")
			s.Press("esc") // to the first page, which is not left by that
			shows(s, "How codes travel today")
			s.Press("esc")
			if follows {
				if _, err := s.Final(); err != nil || !r.WentBack() {
					t.Errorf("went back: %v, %v", r.WentBack(), err)
				}
				return
			}
			shows(s, "No way back: this is the first page.")
		})
	}
}
