package termtest

import (
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A Session is a person at a terminal. Its methods wait until the program has done what they lead to, and fail the test when
// it does not.
type Session struct {
	// T is the test to report to from inside a script.
	T *testing.T

	clock   clock
	term    *terminal
	probe   *probe
	program *tea.Program
	done    chan struct{} // closed when the program has ended; err is set by then
	err     error
	asked   bool // the script knows how the program ended
}

// Press presses keys, one after the other, by the names they have in key bindings: "enter", "shift+tab", "ctrl+c", "f1", "é".
// Keys that a plain terminal cannot send are refused.
func (s *Session) Press(keys ...string) {
	s.T.Helper()
	for _, k := range keys {
		seq, ok := encode(k)
		if !ok {
			s.T.Fatalf("termtest: no terminal sends %q", k)
		}
		before := s.probe.read()
		s.send(seq)
		if unfinished(seq) && !s.clock.escape(s, before) {
			s.T.Fatalf("termtest: the program did not take %s; screen:\n%s", k, s.Screen())
		}
		s.WaitIdle()
	}
}

// Do presses the first key of each binding, so that a test follows the key map.
func (s *Session) Do(bindings ...key.Binding) {
	s.T.Helper()
	for _, b := range bindings {
		if !b.Enabled() {
			s.T.Fatalf("termtest: %q is switched off", b.Help().Desc)
		}
		s.Press(b.Keys()[0])
	}
}

// Type types text as fast as a terminal can send it.
func (s *Session) Type(text string) {
	s.T.Helper()
	s.send(text)
	s.WaitIdle()
}

// Paste pastes text, in brackets if the program asked for them. Without them the program sees single keys.
func (s *Session) Paste(text string) {
	s.T.Helper()
	s.term.mu.Lock()
	bracketed := s.term.paste
	s.term.mu.Unlock()
	if bracketed {
		text = ansi.BracketedPasteStart + text + ansi.BracketedPasteEnd
	}
	s.send(text)
	s.WaitIdle()
}

func (s *Session) send(bytes string) { _, _ = s.term.input.Write([]byte(bytes)) }

// Resize changes the size of the terminal and tells the program.
func (s *Session) Resize(w, h int) {
	s.T.Helper()
	s.term.resize(w, h)
	s.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Send hands a message to the program, as a goroutine of the model's would.
func (s *Session) Send(msg tea.Msg) {
	s.T.Helper()
	s.program.Send(msg)
	s.WaitIdle()
}

// WaitIdle waits until all input is handled and drawn. On the fake clock that is when every goroutine waits for something
// (perhaps for later: use [Session.Sleep]); on the real clock, when the model is not busy as well.
func (s *Session) WaitIdle() {
	s.T.Helper()
	if !s.clock.idle(s) {
		s.T.Fatalf("termtest: the program is still busy after %v; screen:\n%s", realLimit, s.Screen())
	}
}

// Sleep lets time pass: for free on the fake clock.
func (s *Session) Sleep(d time.Duration) {
	s.T.Helper()
	time.Sleep(d)
	s.WaitIdle()
}

// WaitFor waits until the screen is as wanted, on the session's clock for up to limit. It looks at busy screens too.
func (s *Session) WaitFor(wanted func(screen string) bool, limit time.Duration) {
	s.T.Helper()
	for end := time.Now().Add(limit); !wanted(s.Screen()); s.clock.step() {
		if time.Now().After(end) {
			s.T.Fatalf("termtest: not there after %v; screen:\n%s", limit, s.Screen())
		}
	}
}

// WaitText is [Session.WaitFor] some text, for up to ten seconds.
func (s *Session) WaitText(text string) {
	s.T.Helper()
	s.WaitFor(func(screen string) bool { return strings.Contains(screen, text) }, 10*time.Second)
}

// Screen returns the text on the screen, without blanks at the end of lines and empty lines at the bottom.
func (s *Session) Screen() string { return s.term.screen() }

// Styled returns a copy of all cells, by row and column. A wide character is followed by an empty cell.
func (s *Session) Styled() [][]uv.Cell { return s.term.cells() }

// StyleOf returns the style of the first cell of text, where it first stands on the screen.
func (s *Session) StyleOf(text string) uv.Style {
	s.T.Helper()
	for _, row := range s.Styled() {
		var line strings.Builder
		starts := map[int]int{} // byte in line -> cell
		for x, c := range row {
			starts[line.Len()] = x
			line.WriteString(c.Content)
		}
		if at := strings.Index(line.String(), text); at >= 0 {
			return row[starts[at]].Style
		}
	}
	s.T.Fatalf("termtest: %q is not on the screen:\n%s", text, s.Screen())
	return uv.Style{}
}

// Cursor returns where the terminal's own cursor is, from 0, and whether it is shown.
func (s *Session) Cursor() (x, y int, shown bool) {
	s.term.mu.Lock()
	defer s.term.mu.Unlock()
	at := s.term.emu.CursorPosition()
	return at.X, at.Y, s.term.cursor
}

// AltScreen reports whether the program uses the alternate screen.
func (s *Session) AltScreen() bool {
	s.term.mu.Lock()
	defer s.term.mu.Unlock()
	return s.term.emu.IsAltScreen()
}

// Bytes returns every byte written to the terminal so far. It is the place to search for a secret: cells that were
// overwritten are in it. It is no place to search for other text, since only cells that change are sent.
func (s *Session) Bytes() []byte { return s.term.bytes() }

// Ended reports whether the program has ended by itself.
func (s *Session) Ended() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// Final waits for the program to end by itself, and returns the model as it was then and the error of its Run.
func (s *Session) Final() (tea.Model, error) {
	s.T.Helper()
	select {
	case <-s.done:
	case <-time.After(realLimit):
		s.T.Fatalf("termtest: the program has not ended; screen:\n%s", s.Screen())
	}
	s.asked = true
	return s.probe.model, s.err
}

// end stops a program that is still running and lets go of everything. An error that the script did not ask for, such as a
// panic, fails the test.
func (s *Session) end() {
	s.program.Quit()
	select {
	case <-s.done:
		if s.err != nil && !s.asked {
			s.T.Errorf("termtest: the program ended with: %v", s.err)
		}
	case <-time.After(realLimit):
		s.T.Error("termtest: the program does not end")
	}
	s.term.close()
	s.clock.drain()
}
