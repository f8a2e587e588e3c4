//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// sitting is the built program in a terminal of its own, with somebody at the keyboard.
type sitting struct {
	testing.TB
	keyboard *os.File // the other end of the terminal
	tty      *os.File
	cmd      *exec.Cmd
	before   *term.State

	mu   sync.Mutex
	seen bytes.Buffer
}

// sit starts the program in a terminal of 80 columns and 24 lines.
func sit(tb testing.TB, env []string, args ...string) *sitting {
	tb.Helper()
	return sitWith(tb, env, "upe", args...)
}

// sitWith starts any program there.
func sitWith(tb testing.TB, env []string, program string, args ...string) *sitting {
	tb.Helper()
	keyboard, tty, err := pty.Open()
	if err != nil {
		tb.Skipf("skipped: there is no terminal to be had: %v", err)
	}
	s := &sitting{TB: tb, keyboard: keyboard, tty: tty}
	if err := pty.Setsize(keyboard, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		tb.Fatal(err)
	}
	if s.before, err = term.GetState(int(tty.Fd())); err != nil {
		tb.Fatal(err)
	}
	s.cmd = exec.CommandContext(tb.Context(), program, args...)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = tty, tty, tty
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	s.cmd.Env = append(append(os.Environ(), "TERM=xterm-256color", "XDG_STATE_HOME="+tb.TempDir()), env...)
	if err := s.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	go s.watch()
	tb.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = s.tty.Close()
		_ = s.keyboard.Close()
	})
	return s
}

// watch reads the screen and answers what a terminal is asked: that it can do nothing special.
func (s *sitting) watch() {
	buf := make([]byte, 4096)
	for {
		n, err := s.keyboard.Read(buf)
		s.mu.Lock()
		s.seen.Write(buf[:n])
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (s *sitting) screen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.String()
}

// escapes are what a terminal obeys.
var escapes = regexp.MustCompile(`\x1b(\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|[=>78MDEHc])`)

// words is what was printed, without what a terminal obeys.
func (s *sitting) words() string { return escapes.ReplaceAllString(s.screen(), "") }

// until waits until something stands on the screen.
func (s *sitting) until(text string) {
	s.Helper()
	for range 1500 {
		if strings.Contains(s.words(), text) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.Fatalf("%q never came:\n%s", text, s.words())
}

func (s *sitting) types(keys string) {
	s.Helper()
	if _, err := s.keyboard.WriteString(keys); err != nil {
		s.Fatal(err)
	}
}

// ends waits for the end of the program and wants the terminal as it was.
func (s *sitting) ends(code int) {
	s.Helper()
	ended := make(chan struct{})
	go func() { _ = s.cmd.Wait(); close(ended) }()
	select {
	case <-ended: // how it ended is asked below
	case <-time.After(20 * time.Second):
		s.Fatalf("it does not end:\n%s", s.words())
	}
	if got := s.cmd.ProcessState.ExitCode(); got != code {
		s.Errorf("exit code %d, want %d:\n%s", got, code, s.words())
	}
	after, err := term.GetState(int(s.tty.Fd()))
	if err != nil {
		s.Fatal(err)
	}
	if !reflect.DeepEqual(s.before, after) {
		s.Errorf("the terminal is not as it was: %+v, want %+v", after, s.before)
	}
	for range 300 { // what the program wrote last may still be on its way to the screen
		if given, shown := s.givenBack(); given && shown {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	given, shown := s.givenBack()
	s.Errorf("the screen was given back: %v; the cursor is shown: %v", given, shown)
}

// givenBack reports whether the screen was left as often as it was taken, and whether the cursor is shown.
func (s *sitting) givenBack() (given, shown bool) {
	out := s.screen()
	given = strings.Count(out, "\x1b[?1049h") == strings.Count(out, "\x1b[?1049l")
	return given, strings.LastIndex(out, "\x1b[?25l") <= strings.LastIndex(out, "\x1b[?25h")
}

// TestATerminalIsGivenBack: however the program ends, the terminal is as it was.
func TestATerminalIsGivenBack(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		leave func(s *sitting)
		code  int
	}{
		"by its key":  {func(s *sitting) { s.types("q") }, 0},
		"by ctrl+c":   {func(s *sitting) { s.types("\x03") }, 0},
		"by SIGTERM":  {func(s *sitting) { s.signal(syscall.SIGTERM) }, int(exitInterrupted)},
		"by SIGHUP":   {func(s *sitting) { s.signal(syscall.SIGHUP) }, int(exitInterrupted)},
		"by SIGINT":   {func(s *sitting) { s.signal(syscall.SIGINT) }, int(exitInterrupted)},
		"after a fit": {func(s *sitting) { s.resize(60, 20); s.resize(200, 60); s.resize(20, 5); s.resize(80, 24); s.types("q") }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sit(t, nil, "--demo")
			s.until("Before we start")
			c.leave(s)
			s.ends(c.code)
		})
	}
}

func (s *sitting) signal(sig syscall.Signal) {
	s.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.Fatal(err)
	}
}

// resize changes the window; the kernel tells the program.
func (s *sitting) resize(columns, lines uint16) {
	s.Helper()
	if err := pty.Setsize(s.keyboard, &pty.Winsize{Rows: lines, Cols: columns}); err != nil {
		s.Fatal(err)
	}
	time.Sleep(30 * time.Millisecond)
}

// TestPutAside: ctrl+z gives the terminal back and stops the program; the shell's fg draws it anew.
func TestPutAside(t *testing.T) {
	t.Parallel()
	s := sitWith(t, nil, "sh", "-c", "set -m; upe --demo; echo put aside; fg")
	s.until("Before we start")
	s.types("\x1a")
	s.until("put aside")
	aside := len(s.screen())
	for range 1000 {
		if strings.Contains(escapes.ReplaceAllString(s.screen()[aside:], ""), "Before we start") {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.types("q")
	s.ends(0)
}

// colour is a sequence that sets a colour of the text or behind it.
var colour = regexp.MustCompile(`\x1b\[[0-9;]*\b([34][0-8]|9[0-7]|10[0-7])[0-9;]*m`)

func TestWithoutColours(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		env, args []string
		coloured  bool
	}{
		"as it is":   {nil, nil, true},
		"NO_COLOR":   {[]string{"NO_COLOR=1"}, nil, false},
		"--no-color": {nil, []string{"--no-color"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sit(t, c.env, append([]string{"--demo"}, c.args...)...)
			s.until("Before we start")
			s.types("q")
			s.ends(0)
			if got := colour.MatchString(s.screen()); got != c.coloured {
				t.Errorf("colours: %v, want %v: %q", got, c.coloured, colour.FindString(s.screen()))
			}
		})
	}
}

// TestLineByLine: asked for by a flag, a variable or the terminal itself, nothing but lines is printed.
func TestLineByLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ env, args []string }{
		"--accessible":   {nil, []string{"--accessible"}},
		"ACCESSIBLE":     {[]string{"ACCESSIBLE=1"}, nil},
		"a dumb one":     {[]string{"TERM=dumb"}, nil},
		"not a terminal": {[]string{"ACCESSIBLE=yes", "TERM="}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sit(t, c.env, append([]string{"--demo"}, c.args...)...)
			s.until("Press enter for: Read the current settings.")
			s.types(":help\r")
			s.until(":quit - leave")
			s.types(":quit\r")
			s.ends(0)
			if i := strings.IndexByte(s.screen(), 0x1b); i >= 0 {
				t.Errorf("an escape was printed: %q", s.screen()[i:min(i+20, len(s.screen()))])
			}
		})
	}
}

// TestASecretIsNotEchoed: what is typed where a secret is asked for does not come back, and ctrl+c there gives the terminal back.
func TestASecretIsNotEchoed(t *testing.T) {
	t.Parallel()
	for name, last := range map[string]string{"typed": "hush-hush\r", "interrupted": "hush\x03"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sit(t, nil, "--demo", "--accessible")
			for _, step := range []struct{ until, keys string }{
				{"Read the current settings. ", "\r"},
				{"Press enter for: Continue. ", "\r"},
				{"press enter for 1, Move: ", "\r"},
				{"3, Development: ", "\r"},
				{"enter for none: ", "1\r"},
				{"press enter for 1, Twilio: ", "\r"},
				{"press enter for the one ending in e6f7: ", "\r"},
				{"it is not shown", last},
			} {
				s.until(step.until)
				s.types(step.keys)
			}
			code := int(exitInterrupted)
			if name == "typed" {
				s.until("Taken: 9 characters.")
				s.until("From")
				s.types(":quit\r")
				code = 0
			}
			s.ends(code)
			if strings.Contains(s.screen(), "hush") {
				t.Error("the secret was echoed")
			}
		})
	}
}

// TestABundleIsNotPoured: a bundle keeps a tenant's texts to the letter, so it goes into a file and never over a terminal.
func TestABundleIsNotPoured(t *testing.T) {
	t.Parallel()
	s := sit(t, nil, "bundle", "create", "--demo", "--scenario", "hostile")
	s.until("standard output is a terminal")
	s.ends(int(exitError))
}
