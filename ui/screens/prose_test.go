package screens_test

import (
	"strings"
	"testing"
	"time"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// Code is read before it is changed: a tall window shows more of it, a small one keeps room for the rest of the page.
func TestATallWindowShowsMoreOfALongText(t *testing.T) {
	t.Parallel()
	code := wizard.Page{
		ID: "code", Stage: wizard.StageDetails, Group: wizard.Choose, Title: "The Action's code", Continue: "Try it", Safe: "Nothing is written.",
		Questions: []wizard.Question{{Key: "action.code", Kind: wizard.Prose, Title: "Code", Default: strings.Repeat("a line of code\n", 40)}},
	}
	root := newRoot(screens.Options{}, acme(wizard.Demo), still(code), still(endPage()))
	termtest.Run(t, root, 80, 24, func(s *termtest.Session) {
		s.WaitText("a line of code")
		for _, size := range []struct{ h, want int }{{24, 8}, {40, 22}, {20, 8}} {
			s.Resize(80, size.h)
			s.Sleep(100 * time.Millisecond)
			termtest.Fits(s.T, s.Screen(), 80, size.h)
			if got := strings.Count(s.Screen(), "a line of code"); got != size.want {
				s.T.Errorf("%d lines of the window show %d of the code, want %d", size.h, got, size.want)
			}
		}
	})
}
