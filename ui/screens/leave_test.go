package screens_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// Leaving a run says what stays and how to go on, and what users notice already.
func TestLeavingARunSaysWhereItStands(t *testing.T) {
	t.Parallel()
	known := acme(wizard.Live)
	known.Folder = "runs/1"
	known.Run = &run.State{Entries: 9, Moves: []run.MoveState{{Status: run.MoveSwitched}, {Status: run.MoveConfirmed}}}
	known.Run.Moves[0].Title, known.Run.Moves[1].Title = "MFA", "Passwordless"
	r := newRoot(screens.Options{Now: time.Now}, known, still(verifyPage()), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("q")
		termtest.Golden(s.T, "leave-80x24", s.Screen())
		s.Press("enter")
		hides(s, "Leave now?")
		s.Press("ctrl+c", "ctrl+c")
		if _, err := s.Final(); err != nil {
			s.T.Error(err)
		}
	})
	known.Mode = wizard.Demo
	r = newRoot(screens.Options{Now: func() time.Time { return noon }}, known, still(verifyPage()), still(endPage()))
	draw(t, r, 80, 24)
	press(r, "q")
	if screen := draw(t, r, 80, 24); strings.Contains(screen, "upe status") || !strings.Contains(screen, "cannot go on later") {
		t.Errorf("got\n%s", screen)
	}
}

func TestLeavingAnswers(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Live), still(twilioPage()), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Type("AC1")
		s.Press("ctrl+c")
		shows(s, "Leave? Your answers are not saved.", "enter stay", "q leave")
		s.Press("enter")
		s.Type("2")
		shows(s, "› AC12")
	})
}

// What an effect did is said on the page after it, until a key is pressed that is meant for that page.
func TestWhatWasDoneIsSaid(t *testing.T) {
	t.Parallel()
	attempts := 0
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Live), preparePage(&attempts, 0), still(providerPage()), still(endPage()))
	const done = "✓ Done: Preparing (3 of 3 steps written and read back)"
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		afterGrace(s)
		s.Press("enter")
		s.WaitText(done)
		s.Press("down") // too soon to be meant
		shows(s, done, "Who sends the messages")
		afterGrace(s)
		s.Press("down")
		hides(s, done)
		shows(s, "> An Action")
	})
}

// A step that nobody writes is one of those that the page lists, and is counted with them.
func TestWhatIsSeenIsCounted(t *testing.T) {
	t.Parallel()
	attempts := 0
	page := func(k wizard.Known) wizard.Page {
		p := preparePage(&attempts, 0)(k)
		list, _ := p.Blocks[0].(wizard.Steps)
		list.Items = append(list.Items, wizard.StepItem{ID: "built", Title: "Wait until Auth0 has built the Action", Status: run.Done})
		p.Blocks = []wizard.Block{list}
		return p
	}
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Live), page, still(providerPage()), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		afterGrace(s)
		s.Press("enter")
		s.WaitText("Done: Preparing (3 of 4 steps written and read back, 1 seen to be so)")
	})
}

// What was so already was not written.
func TestWhatWasFoundIsNotSaidToBeWritten(t *testing.T) {
	t.Parallel()
	attempts := 0
	page := func(k wizard.Known) wizard.Page {
		p := preparePage(&attempts, 0)(k)
		p.Effect.Do = func(_ context.Context, _ wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
			update(func(k wizard.Known) wizard.Known {
				k.Run = &run.State{Entries: 3, Steps: []run.StepState{{ID: "provider", How: run.Adopted}}}
				return k
			})
			return nil
		}
		return p
	}
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Live), page, still(providerPage()), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		afterGrace(s)
		s.Press("enter")
		s.WaitText("Done: Preparing (2 of 3 steps written and read back, 1 found as planned)")
	})
}
