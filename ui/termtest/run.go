package termtest

import (
	"slices"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// An Option changes the terminal or the program of a session.
type Option func(*config)

type config struct {
	light   bool
	profile colorprofile.Profile
	busy    func(tea.Model) bool
	program []tea.ProgramOption
}

// Light gives the terminal a white background, which it tells when asked. Otherwise it is black.
func Light() Option { return func(c *config) { c.light = true } }

// Colours sets what the terminal can show. Otherwise it is 24 bit colour; colorprofile.ASCII is what NO_COLOR leads to.
func Colours(p colorprofile.Profile) Option { return func(c *config) { c.profile = p } }

// Busy tells [RunReal] when the model waits for something, if the model has no method Busy() bool itself. It is called by
// the program, after each message.
func Busy(f func(tea.Model) bool) Option { return func(c *config) { c.busy = f } }

// With adds options of Bubble Tea, such as tea.WithContext.
func With(opts ...tea.ProgramOption) Option {
	return func(c *config) { c.program = append(c.program, opts...) }
}

// Run starts model in a terminal of w by h cells and lets script use it, on a fake clock. In the script, use the session's T:
// t belongs to the other side of the bubble. The program may be running or ended when script returns; any goroutine that
// the model started must end within a fake minute after it.
func Run(t *testing.T, model tea.Model, w, h int, script func(*Session), opts ...Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		script(start(t, fakeClock{}, model, w, h, opts))
	})
}

// RunReal is [Run] on the real clock, for a model that talks to a server. See [Session.WaitIdle] for what it waits for.
func RunReal(t *testing.T, model tea.Model, w, h int, script func(*Session), opts ...Option) {
	t.Helper()
	script(start(t, realClock{}, model, w, h, opts))
}

func start(t *testing.T, clock clock, model tea.Model, w, h int, opts []Option) *Session {
	t.Helper()
	c := config{profile: colorprofile.TrueColor}
	for _, o := range opts {
		o(&c)
	}
	s := &Session{T: t, clock: clock, term: newTerminal(w, h, c.light), probe: newProbe(model, c.busy), done: make(chan struct{})}
	s.program = tea.NewProgram(s.probe, slices.Concat([]tea.ProgramOption{
		tea.WithInput(s.term.input), tea.WithOutput(s.term),
		tea.WithWindowSize(w, h), tea.WithColorProfile(c.profile),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}),
		tea.WithoutSignalHandler(),
	}, clock.options(s), c.program)...)
	t.Cleanup(s.end) // also when the script gives up half way
	go func() {
		defer close(s.done)
		_, s.err = s.program.Run()
	}()
	s.WaitIdle()
	return s
}
