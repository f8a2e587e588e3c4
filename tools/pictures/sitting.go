package main

import (
	"fmt"
	"image/color"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// sitting is the program in a terminal, with us at the keyboard.
type sitting struct {
	cmd      *exec.Cmd
	keyboard *os.File

	mu     sync.Mutex
	screen *vt.Emulator
	drawn  time.Time // when the program wrote last
}

func sit(program, home string, columns, lines int, light bool) (*sitting, error) {
	s := &sitting{cmd: exec.Command(program, "--demo"), screen: vt.NewEmulator(columns, lines)} //nolint:noctx // a tool's
	if light {
		s.screen.SetDefaultBackgroundColor(color.White)
		s.screen.SetDefaultForegroundColor(color.Black)
	}
	s.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "USER=robin", "XDG_STATE_HOME="+home)
	keyboard, err := pty.StartWithSize(s.cmd, &pty.Winsize{Rows: uint16(lines), Cols: uint16(columns)})
	if err != nil {
		return nil, fmt.Errorf("start the program: %w", err)
	}
	s.keyboard = keyboard
	go s.watch()
	go func() { _, _ = io.Copy(keyboard, s.screen) }() // what the terminal answers when it is asked
	return s, nil
}

func (s *sitting) watch() {
	buf := make([]byte, 8192)
	for {
		n, err := s.keyboard.Read(buf)
		if err != nil {
			return
		}
		s.mu.Lock()
		_, _ = s.screen.Write(buf[:n])
		s.drawn = time.Now()
		s.mu.Unlock()
	}
}

// until waits until a text stands on the screen, and nothing moves any more.
func (s *sitting) until(text string) error {
	for range 400 {
		time.Sleep(25 * time.Millisecond)
		s.mu.Lock()
		there := strings.Contains(s.screen.String(), text) && time.Since(s.drawn) > 150*time.Millisecond
		s.mu.Unlock()
		if there {
			return nil
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Errorf("%q never came:\n%s", text, s.screen.String())
}

// press types a key, and lets the program take it: it refuses keys that come too fast where they would consent to a write.
func (s *sitting) press(key string) error {
	_, err := s.keyboard.WriteString(key)
	time.Sleep(1200 * time.Millisecond)
	return err
}

// cells are a copy of what stands on the screen.
func (s *sitting) cells() [][]uv.Cell {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := make([][]uv.Cell, s.screen.Height())
	for y := range rows {
		rows[y] = make([]uv.Cell, s.screen.Width())
		for x := range rows[y] {
			if cell := s.screen.CellAt(x, y); cell != nil {
				rows[y][x] = *cell
			}
		}
	}
	return rows
}

func (s *sitting) leave() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	_ = s.keyboard.Close()
}
