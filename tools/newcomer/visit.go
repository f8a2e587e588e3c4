package main

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/creack/pty"
)

const (
	patience = 10 * time.Minute // the SDK may have to be compiled first
	farewell = 30 * time.Second
)

// escapes are what a terminal obeys and nobody reads.
var escapes = regexp.MustCompile(`\x1b(\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|[=>78MDEHc])`)

// visit runs a command in a terminal of 80 columns and 24 lines until a text stands there, and leaves it with ctrl+c.
func visit(cmd *exec.Cmd, text string) error {
	keyboard, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		return fmt.Errorf("start it in a terminal: %w", err)
	}
	defer keyboard.Close() //nolint:errcheck // the program has ended
	ended := make(chan error, 1)
	var seen screen
	go func() {
		_, _ = io.Copy(&seen, keyboard) // ends with an error where the other side is gone: that is how a terminal says it
		ended <- cmd.Wait()
	}()
	if err := seen.waitFor(text, ended); err != nil {
		return err
	}
	if _, err := keyboard.WriteString("\x03"); err != nil {
		return fmt.Errorf("press ctrl+c: %w", err)
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(farewell):
		_ = cmd.Process.Kill()
		return fmt.Errorf("it did not end after ctrl+c:\n%s", seen.words())
	}
}

// screen is what a program has printed.
type screen struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write takes what the program prints.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// words is it without what a terminal obeys.
func (s *screen) words() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return escapes.ReplaceAllString(s.text.String(), "")
}

func (s *screen) waitFor(text string, ended <-chan error) error {
	end := time.After(patience)
	for {
		select {
		case err := <-ended:
			return fmt.Errorf("it ended too early: %w", errors.Join(err, errors.New(s.words())))
		case <-end:
			return fmt.Errorf("%q never came:\n%s", text, s.words())
		case <-time.After(50 * time.Millisecond):
			if strings.Contains(s.words(), text) {
				return nil
			}
		}
	}
}
