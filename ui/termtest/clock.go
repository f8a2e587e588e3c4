package termtest

import (
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

const (
	frame        = 20 * time.Millisecond // a little more than one frame at 60 per second
	settleFrames = 10                    // of these, for the slowest exchange of questions and answers
	step         = 50 * time.Millisecond // between two looks at the screen on the fake clock

	// An Esc alone is a key after 50 ms without another byte. The decoder wants more than 50 and looks after exactly 50,
	// which on a clock without jitter is not more: it looks a second time.
	escape = 2*uv.DefaultEscTimeout + frame

	realStep  = 2 * time.Millisecond
	realLimit = 15 * time.Second // for what should take milliseconds, on a machine under load
)

// A clock knows how to wait for the program. Its methods report false if the program did not get there in time.
type clock interface {
	// escape waits until what began with Esc is taken for a whole key, after the keys counted in before.
	escape(s *Session, before counts) bool
	// idle waits until nothing goes on and the last frame is drawn.
	idle(s *Session) bool
	// step waits between two looks at the screen.
	step()
	// options are those that the clock asks of the program.
	options(s *Session) []tea.ProgramOption
	// drain lets commands that are still waiting end, after the program has.
	drain()
}

// fakeClock is the clock inside a synctest bubble: it moves when every goroutine waits.
type fakeClock struct{}

func (fakeClock) escape(*Session, counts) bool {
	time.Sleep(escape)
	synctest.Wait()
	return true
}

// idle holds when a frame passes without a message or a byte: an answer of the terminal comes a frame after the question,
// and changes the frame after that. What moves in every frame is not waited for.
func (fakeClock) idle(s *Session) bool {
	for range settleFrames {
		synctest.Wait()
		before, wrote := s.probe.read(), s.term.written()
		time.Sleep(frame)
		synctest.Wait()
		if s.probe.read() == before && s.term.written() == wrote {
			break
		}
	}
	return true
}

func (fakeClock) step() {
	time.Sleep(step)
	synctest.Wait()
}

// options: the program's reader cannot give up an event that nobody takes, and a goroutine left behind ends a bubble in a
// panic. So the program ends only when all input is read; messages that come after its decision to end are dropped.
func (fakeClock) options(s *Session) []tea.ProgramOption {
	ending := false
	return []tea.ProgramOption{tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch m := msg.(type) {
		case over:
			return m.msg
		case tea.QuitMsg, tea.InterruptMsg:
			if !ending {
				s.term.input.close()
				time.AfterFunc(escape, func() { s.program.Send(over{m}) })
			}
			ending = true
		}
		if ending {
			return nil
		}
		return msg
	})}
}

// over carries the message that ended the program.
type over struct{ msg tea.Msg }

// drain: the clock stops when the test's function returns, and who waits then waits for ever.
func (fakeClock) drain() { time.Sleep(time.Minute) }

// realClock is the one on the wall.
type realClock struct{}

func (c realClock) escape(s *Session, before counts) bool {
	return c.until(s, func() bool { return s.probe.read().keys > before.keys })
}

// idle holds when the model is not busy and nothing came while a frame was drawn. The first fence has all input handled.
// A question is written just before its frame is drawn, so that the third answer says that the frame of the second is there.
func (c realClock) idle(s *Session) bool {
	return c.until(s, func() bool {
		if !c.fence(s) {
			return false
		}
		before := s.probe.read()
		if before.busy || !c.fence(s) || !c.fence(s) {
			return false
		}
		after := s.probe.read()
		return !after.busy && after.messages == before.messages
	})
}

// fence waits for one answer of the terminal.
func (c realClock) fence(s *Session) bool {
	before := s.probe.read().fences
	s.program.Send(ask())
	return c.until(s, func() bool { return s.probe.read().fences > before })
}

// until polls; a program that has ended will not change any more.
func (c realClock) until(s *Session, done func() bool) bool {
	for end := time.Now().Add(realLimit); !done(); c.step() {
		if s.Ended() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

func (realClock) step() { time.Sleep(realStep) }

// options: a fence takes a frame, and a test of some hundred keys is mostly fences.
func (realClock) options(*Session) []tea.ProgramOption { return []tea.ProgramOption{tea.WithFPS(120)} }

func (realClock) drain() {}
