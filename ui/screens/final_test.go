package screens_test

import (
	"context"
	"errors"
	"testing"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// TestTheLastPageMayLeadElsewhere: a last page that asks something ends the program, unless what was chosen leads to another page.
func TestTheLastPageMayLeadElsewhere(t *testing.T) {
	t.Parallel()
	last := func(k wizard.Known) wizard.Page {
		if k.Reported == "elsewhere" {
			return wizard.Page{ID: "back", Stage: wizard.StageMove, Group: wizard.SwitchOn, Title: "Elsewhere", Lead: "It goes on."}
		}
		p := endPage()
		p.Questions = []wizard.Question{{
			Key: "end", Kind: wizard.One, Title: "What next?", Default: "close",
			Options: []wizard.Option{{Value: "close", Label: "Close"}, {Value: "elsewhere", Label: "Go elsewhere"}, {Value: "fail", Label: "Fail"}},
		}}
		p.Effect = &wizard.Effect{Title: "Looking", Do: func(_ context.Context, _ wizard.Host, given wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
			switch given["end"] {
			case "fail":
				return errors.New("nothing was found")
			case "elsewhere":
				update(func(k wizard.Known) wizard.Known { k.Reported = "elsewhere"; return k })
			}
			return nil
		}}
		return p
	}
	for _, c := range []struct {
		name  string
		keys  []string
		ends  bool
		shows string
	}{
		{name: "closed", keys: []string{"enter"}, ends: true},
		{name: "left", keys: []string{"q"}, ends: true},
		{name: "elsewhere", keys: []string{"down", "enter"}, shows: "It goes on."},
		{name: "failed", keys: []string{"down", "down", "enter"}, shows: "nothing was found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRoot(screens.Options{}, acme(wizard.Live), last)
			termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
				s.Press(c.keys...)
				if c.ends {
					if _, err := s.Final(); err != nil {
						t.Error(err)
					}
					return
				}
				afterGrace(s)
				shows(s, c.shows)
			})
		})
	}
}
