package screens_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

func TestAFailureIsExplainedAndTriedAgain(t *testing.T) {
	t.Parallel()
	attempts := 0
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.DryRun), still(reviewPage()), preparePage(&attempts, 1), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("enter")
		afterGrace(s)
		s.Press("enter")
		s.Sleep(2 * time.Second)
		termtest.Golden(s.T, "failed-80x24", s.Screen())
		if r.Failure() == nil {
			s.T.Error("Failure does not tell")
		}
		s.Press("enter")
		s.Sleep(4 * time.Second)
		shows(s, "Done")
	})
	if attempts != 2 {
		t.Errorf("%d attempts, want 2", attempts)
	}
}

func TestEscAfterAFailureLeadsToTheAnswers(t *testing.T) {
	t.Parallel()
	fails := twilioPage()
	fails.Effect = &wizard.Effect{Title: "Checking", Do: func(context.Context, wizard.Host, wizard.Answers, func(func(wizard.Known) wizard.Known)) error {
		time.Sleep(5 * time.Second)
		return errors.New("\x1b[31mno such account")
	}}
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(fails), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Type("AC1")
		s.Press("enter")
		s.Type("x")
		s.Press("enter")
		shows(s, "Checking")
		s.Paste("more") // what is checked is what was given
		s.Sleep(5 * time.Second)
		shows(s, "Not finished: Checking", `\x1b[31mno such account`)
		afterGrace(s)
		s.Press("esc")
		shows(s, "› AC1", "› ••••••••  kept") // not how long it is
	})
}

func TestCtrlCStopsAnEffect(t *testing.T) {
	t.Parallel()
	attempts := 0
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Live), preparePage(&attempts, 0), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		afterGrace(s)
		s.Press("enter")
		s.Sleep(1200 * time.Millisecond)
		s.Press("ctrl+c")
		termtest.Golden(s.T, "stopped-80x24", s.Screen())
		afterGrace(s)
		s.Press("ctrl+c")
		shows(s, "Leave now?", "runs/20261120-acme")
		s.Press("esc", "enter")
		s.Sleep(3 * time.Second)
		shows(s, "Done")
		afterGrace(s)
		s.Press("q")
		shows(s, "Leave now?")
		s.Press("y")
		if _, err := s.Final(); err != nil {
			s.T.Error(err)
		}
	})
}

// An effect that does not listen is waited for, until the person does not want to wait any more.
func TestCtrlCOnADeafEffect(t *testing.T) {
	t.Parallel()
	deaf := movePage()
	deaf.Questions = nil
	deaf.Effect = &wizard.Effect{Title: "Switching", Writes: true, Do: func(context.Context, wizard.Host, wizard.Answers, func(func(wizard.Known) wizard.Known)) error {
		time.Sleep(30 * time.Second)
		return nil
	}}
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Live), still(deaf), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		afterGrace(s)
		s.Press("enter", "ctrl+c")
		shows(s, "stopping after the request in flight")
		s.Press("enter", "esc", "d") // nothing of the page is reachable
		shows(s, "stopping after the request in flight")
		s.Press("ctrl+c")
		shows(s, "Leave now?", "A request may still be on its way")
		s.Press("q")
		if _, err := s.Final(); err != nil {
			s.T.Error(err)
		}
	})
}

// A key that was on its way, or is held down, is no consent to write.
func TestKeysOnTheirWayAreNoConsent(t *testing.T) {
	t.Parallel()
	attempts := 0
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Live), still(reviewPage()), preparePage(&attempts, 0), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("enter")
		for range 20 { // a second of a held key
			s.Press("enter")
			s.Sleep(50 * time.Millisecond)
		}
		shows(s, "[ Prepare now ]", "Enter came too soon", "press it again")
		if attempts != 0 {
			s.T.Fatal("it began to write")
		}
		afterGrace(s)
		s.Press("enter")
		hides(s, "[ Prepare now ]")
	})
}

func TestAPanicOfAnEffectIsAFailure(t *testing.T) {
	t.Parallel()
	page := verifyPage()
	page.Effect = &wizard.Effect{Title: "Reading", Do: func(context.Context, wizard.Host, wizard.Answers, func(func(wizard.Known) wizard.Known)) error {
		panic("index out of range")
	}}
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(page), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("enter")
		shows(s, "Not finished: Reading", "the program made a mistake: index out of range")
		var crash interface{ Stack() []byte }
		if !errors.As(r.Failure(), &crash) || !strings.Contains(string(crash.Stack()), "effect_test.go") {
			s.T.Error("the failure does not tell where it happened")
		}
	})
}

// What an effect reports after its end changes nothing, and blocks nobody.
func TestLateNewsAreDropped(t *testing.T) {
	t.Parallel()
	page := verifyPage()
	page.Effect = &wizard.Effect{Title: "Reading", Do: func(_ context.Context, _ wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
		go func() {
			time.Sleep(time.Second)
			for range 1000 {
				update(func(k wizard.Known) wizard.Known { k.Name = "Late"; return k })
			}
		}()
		return nil
	}}
	r := newRoot(screens.Options{Now: time.Now}, acme(wizard.Demo), still(page), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("enter")
		s.Sleep(2 * time.Second)
		shows(s, "Done", "Acme")
		hides(s, "Late")
	})
}

func TestTheHandsetIsFollowed(t *testing.T) {
	t.Parallel()
	reads := 0
	host := demoHost()
	host.Handset = func(context.Context) ([]wizard.Message, error) {
		reads++
		if reads < 3 {
			return nil, errors.New("not yet")
		}
		return []wizard.Message{{At: noon, To: "+15550001111", From: "+15550002222", Channel: "text", Text: "123456 is your code"}}, nil
	}
	page := verifyPage()
	page.Blocks = nil
	page.Effect = &wizard.Effect{Title: "Sending", Do: func(context.Context, wizard.Host, wizard.Answers, func(func(wizard.Known) wizard.Known)) error {
		return nil
	}}
	r := newRoot(screens.Options{Now: time.Now, Host: host}, acme(wizard.Demo), still(page), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("p")
		shows(s, "Phone", "No message yet.")
		s.Press("enter")
		s.Sleep(4 * time.Second)
		shows(s, "123456 is your code")
		s.Sleep(time.Minute)
		before := reads
		s.Sleep(time.Minute)
		if reads != before {
			s.T.Error("the handset is still read although nothing can arrive")
		}
	})
}

func TestReducedMotionMovesNothing(t *testing.T) {
	t.Parallel()
	page := verifyPage()
	page.Effect = &wizard.Effect{Title: "Reading", Do: func(ctx context.Context, _ wizard.Host, _ wizard.Answers, _ func(func(wizard.Known) wizard.Known)) error {
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Second):
		}
		return ctx.Err()
	}}
	for _, reduced := range []bool{true, false} {
		r := newRoot(screens.Options{Now: time.Now, ReducedMotion: reduced}, acme(wizard.Demo), still(page), still(endPage()))
		termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
			s.Press("enter")
			before := len(s.Bytes())
			s.Sleep(5 * time.Second)
			if moved := len(s.Bytes()) != before; moved == reduced {
				s.T.Errorf("reduced motion %v, but moved: %v", reduced, moved)
			}
		})
	}
}
