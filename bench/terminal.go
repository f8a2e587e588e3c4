package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// terminal is a program in a terminal of its own, with us at the keyboard and a stopwatch.
//
// One goroutine reads and notes the time, another paints: what painting costs never delays the stopwatch.
type terminal struct {
	cmd      *exec.Cmd
	keyboard *os.File
	began    time.Time

	pieces chan piece
	mu     sync.Mutex
	screen *vt.Emulator
	came   []arrival
	ended  chan struct{}
}

// piece is what one read brought.
type piece struct {
	at   time.Time
	data []byte
}

// arrival is when so many bytes came.
type arrival struct {
	at    time.Time
	bytes int
}

// size of a terminal in cells.
type size struct{ columns, lines int }

func (s size) String() string { return fmt.Sprintf("%dx%d", s.columns, s.lines) }

// sit starts a program in a terminal.
func sit(s size, env []string, program string, args ...string) (*terminal, error) {
	return sitIn("", s, env, program, args...)
}

// sitIn starts it in a folder.
func sitIn(folder string, s size, env []string, program string, args ...string) (*terminal, error) {
	t := &terminal{
		cmd: exec.Command(program, args...), screen: vt.NewEmulator(s.columns, s.lines), //nolint:noctx // leave ends it
		pieces: make(chan piece, 4096), ended: make(chan struct{}),
	}
	t.cmd.Dir, t.cmd.Env = folder, append(clean(), env...)
	t.began = time.Now()
	keyboard, err := pty.StartWithSize(t.cmd, &pty.Winsize{Rows: uint16(s.lines), Cols: uint16(s.columns)}) //nolint:gosec // small
	if err != nil {
		return nil, fmt.Errorf("start %s in a terminal: %w", program, err)
	}
	t.keyboard = keyboard
	go t.read()
	go t.paint()
	go t.reply()
	return t, nil
}

func (t *terminal) read() {
	defer close(t.pieces)
	buf := make([]byte, 64<<10)
	for {
		n, err := t.keyboard.Read(buf)
		if err != nil {
			return
		}
		t.pieces <- piece{time.Now(), append([]byte(nil), buf[:n]...)}
	}
}

func (t *terminal) paint() {
	defer close(t.ended)
	for p := range t.pieces {
		t.mu.Lock()
		_, _ = t.screen.Write(p.data)
		t.came = append(t.came, arrival{p.at, len(p.data)})
		t.mu.Unlock()
	}
}

// reply hands on what the terminal answers when it is asked what it can do.
func (t *terminal) reply() {
	buf := make([]byte, 256)
	for {
		n, err := t.screen.Read(buf)
		if err != nil {
			return
		}
		if _, err := t.keyboard.Write(buf[:n]); err != nil {
			return
		}
	}
}

// text is what stands on the screen.
func (t *terminal) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.String()
}

// arrivals are the times at which something came after a moment.
func (t *terminal) arrivals(after time.Time) []arrival {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := len(t.came)
	for i > 0 && t.came[i-1].at.After(after) {
		i--
	}
	return append([]arrival(nil), t.came[i:]...)
}

// written is how many bytes came so far.
func (t *terminal) written() int {
	var sum int
	for _, a := range t.arrivals(time.Time{}) {
		sum += a.bytes
	}
	return sum
}

// shows waits until the screen shows a text, and answers when the bytes came that completed it: a frame's bytes come together, and
// the text is asked for after each piece.
func (t *terminal) shows(text string) (time.Time, error) {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(200 * time.Microsecond) {
		t.mu.Lock()
		there := strings.Contains(t.screen.String(), text)
		var at time.Time
		if n := len(t.came); n > 0 {
			at = t.came[n-1].at
		}
		t.mu.Unlock()
		if there {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q never came:\n%s", text, t.text())
}

// errMoving is a screen that does not come to rest.
var errMoving = errors.New("the screen does not come to rest")

// rest waits until nothing came for a while.
func (t *terminal) rest(quiet, within time.Duration) error {
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if len(t.arrivals(time.Now().Add(-quiet))) == 0 {
			return nil
		}
	}
	return errMoving
}

// press sends a key, and answers how long it took until the screen had changed: until the last byte of the frame that followed. It is
// zero where nothing changed.
func (t *terminal) press(key string, wait time.Duration) (time.Duration, error) {
	began := time.Now()
	if _, err := t.keyboard.WriteString(key); err != nil {
		return 0, fmt.Errorf("press a key: %w", err)
	}
	time.Sleep(wait)
	first := t.arrivals(began)
	if len(first) == 0 {
		return 0, nil
	}
	last := first[0].at
	for _, a := range first[1:] { // the rest of the same frame follows at once
		if a.at.Sub(last) > 2*time.Millisecond {
			break
		}
		last = a.at
	}
	return last.Sub(began), nil
}

// leave ends the program.
func (t *terminal) leave() {
	_ = t.cmd.Process.Kill()
	_ = t.cmd.Wait()
	_ = t.keyboard.Close()
	<-t.ended
	_ = t.screen.Close()
}

// clean is the environment without what would change a program's screens or reach a real tenant.
func clean() []string {
	env := []string{"TERM=xterm-256color", "COLORTERM=truecolor", "USER=robin"}
	for _, name := range []string{"PATH", "HOME", "TMPDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}
