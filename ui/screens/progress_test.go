package screens_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// slowPage does something for three seconds and does not tell how far it is.
func slowPage() wizard.Page {
	p := wizard.Page{ID: "slow", Stage: wizard.StageVerify, Group: wizard.Look, Title: "Slow"}
	p.Effect = &wizard.Effect{Title: "Looking", Do: func(ctx context.Context, _ wizard.Host, _ wizard.Answers, _ func(func(wizard.Known) wizard.Known)) error {
		select {
		case <-ctx.Done():
		case <-time.After(3 * time.Second):
		}
		return ctx.Err()
	}}
	return p
}

// TestTheTerminalFollows: its title says where one is and how far a run has come, its progress bar (OSC 9;4) follows and is taken away.
func TestTheTerminalFollows(t *testing.T) {
	t.Parallel()
	attempt := 0
	r := newRoot(screens.Options{}, acme(wizard.Live), preparePage(&attempt, 0), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		afterGrace(s)
		sent := func() string { return string(s.Bytes()) }
		if title := ansi.SetWindowTitle("upe acme.us.auth0.com: Prepare and test"); !strings.Contains(sent(), title) {
			s.T.Errorf("the title is not set: %q", sent())
		}
		if strings.Contains(sent(), "\x1b]9;4") {
			s.T.Error("a progress bar is shown while nothing goes on")
		}
		s.Press("enter")
		s.Sleep(2100 * time.Millisecond)
		for _, want := range []string{ansi.SetProgressBar(33), ansi.SetProgressBar(66), ansi.SetWindowTitle("upe acme.us.auth0.com: Prepare and test (2 of 3)")} {
			if !strings.Contains(sent(), want) {
				s.T.Errorf("%q was not sent: %q", want, sent())
			}
		}
		s.Sleep(2 * time.Second)
		shows(s, "Everything has moved.")
		rest := sent()[strings.LastIndex(sent(), ansi.SetProgressBar(66)):]
		if !strings.Contains(rest, ansi.ResetProgressBar) || !strings.Contains(rest, ansi.SetWindowTitle("upe acme.us.auth0.com: Switch on")) {
			s.T.Errorf("the progress bar stays: %q", rest)
		}
	})
}

// TestTheProgressBarGoesWithTheProgram: also when it ends in the middle, or on a failure.
func TestTheProgressBarGoesWithTheProgram(t *testing.T) {
	t.Parallel()
	attempt := 0
	r := newRoot(screens.Options{}, acme(wizard.Live), preparePage(&attempt, 1), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		afterGrace(s)
		s.Press("enter")
		s.Sleep(3 * time.Second)
		shows(s, "Not finished: Preparing")
		if !strings.Contains(string(s.Bytes()), ansi.SetErrorProgressBar(100)) {
			s.T.Error("a failure does not show in the terminal's progress bar")
		}
		s.Press("ctrl+c", "ctrl+c")
		if _, err := s.Final(); err != nil {
			s.T.Error(err)
		}
		if all := string(s.Bytes()); strings.LastIndex(all, ansi.ResetProgressBar) < strings.LastIndex(all, ansi.SetErrorProgressBar(100)) {
			s.T.Error("the progress bar stays when the program has ended")
		}
	})
}

// TestABarForWhatTakesLonger: what does not tell how far it is gets one after a second, and one that moves; without motion there is none.
func TestABarForWhatTakesLonger(t *testing.T) {
	t.Parallel()
	for _, motionless := range []bool{false, true} {
		r := newRoot(screens.Options{ReducedMotion: motionless}, acme(wizard.Live), still(slowPage()), still(endPage()))
		termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
			bar := func() string {
				for line := range strings.SplitSeq(s.Screen(), "\n") {
					if strings.Contains(line, "━") {
						return line
					}
				}
				return ""
			}
			s.Press("enter")
			s.Sleep(500 * time.Millisecond)
			if bar() != "" {
				s.T.Errorf("a bar after half a second:\n%s", s.Screen())
			}
			s.Sleep(time.Second)
			first := bar()
			s.Sleep(500 * time.Millisecond)
			if moves := bar() != first && first != ""; moves == motionless {
				s.T.Errorf("without motion: %v, the bar was %q and is %q", motionless, first, bar())
			}
			if !strings.Contains(string(s.Bytes()), ansi.SetIndeterminateProgressBar) {
				s.T.Error("the terminal does not know that something goes on")
			}
			s.Sleep(2 * time.Second)
		})
	}
}

// TestARunThatLooksAroundSaysHowFar: no step has begun, and yet something goes on.
func TestARunThatLooksAroundSaysHowFar(t *testing.T) {
	t.Parallel()
	looks := func(wizard.Known) wizard.Page {
		p := slowPage()
		p.Blocks = []wizard.Block{wizard.Steps{Items: []wizard.StepItem{{ID: "one", Title: "Create the provider"}, {ID: "two", Title: "Write"}}}}
		wait := p.Effect.Do
		p.Effect.Do = func(ctx context.Context, h wizard.Host, a wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
			update(func(k wizard.Known) wizard.Known {
				k.Run = &run.State{Working: true, Looking: run.Looking{Done: 4, Total: 13}}
				return k
			})
			return wait(ctx, h, a, update)
		}
		return p
	}
	r := newRoot(screens.Options{}, acme(wizard.Live), looks, still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("enter")
		s.Sleep(time.Second)
		shows(s, "0 of 2 · reading: 4 of 13 answered")
		s.Sleep(4 * time.Second)
		hides(s, "answered")
	})
}
