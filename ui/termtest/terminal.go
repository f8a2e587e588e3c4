package termtest

import (
	"bytes"
	"image/color"
	"io"
	"slices"
	"strings"
	"sync"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// newlineMode makes a bare line feed go to the start of the line. A tty would do that; without one the renderer counts on it.
const newlineMode = "\x1b[20h"

// A terminal is an emulator with a keyboard. The emulator's own safe wrapper deadlocks (it holds its lock while it writes to
// a pipe that its reader empties), hence one lock around the plain one, and a queue without an end for all input.
type terminal struct {
	input *queue

	mu     sync.Mutex
	emu    *vt.Emulator
	wrote  bytes.Buffer // everything the program wrote, byte for byte
	paste  bool         // the program asked for bracketed paste
	cursor bool         // the cursor is shown
}

func newTerminal(w, h int, light bool) *terminal {
	t := &terminal{input: newQueue(), emu: vt.NewEmulator(w, h), cursor: true}
	if light {
		t.emu.SetDefaultBackgroundColor(color.White)
		t.emu.SetDefaultForegroundColor(color.Black)
	}
	t.emu.SetCallbacks(vt.Callbacks{
		CursorVisibility: func(visible bool) { t.cursor = visible },
		EnableMode:       func(m ansi.Mode) { t.paste = t.paste || m == ansi.ModeBracketedPaste },
		DisableMode:      func(m ansi.Mode) { t.paste = t.paste && m != ansi.ModeBracketedPaste },
	})
	_, _ = t.emu.WriteString(newlineMode)
	go func() { _, _ = io.Copy(t.input, t.emu) }() // the emulator's answers are typed like keys
	return t
}

// Write is the program's output.
func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wrote.Write(p)
	return t.emu.Write(p)
}

// close ends the input. The emulator's own Close races with its Read, so the pipe between them is closed instead.
func (t *terminal) close() {
	if pipe, ok := t.emu.InputPipe().(io.Closer); ok {
		_ = pipe.Close()
	}
	t.input.close()
}

func (t *terminal) resize(w, h int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.emu.Resize(w, h)
}

// screen returns the text of all lines, without the blanks at their ends and the empty lines at the bottom.
func (t *terminal) screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimRight(t.emu.String(), "\n")
}

// cells returns a copy: the emulator's own cells go on changing.
func (t *terminal) cells() [][]uv.Cell {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := make([][]uv.Cell, t.emu.Height())
	for y := range rows {
		rows[y] = make([]uv.Cell, t.emu.Width())
		for x := range rows[y] {
			if c := t.emu.CellAt(x, y); c != nil {
				rows[y][x] = *c
			}
		}
	}
	return rows
}

func (t *terminal) bytes() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.wrote.Bytes())
}

// written returns how many bytes the program wrote so far.
func (t *terminal) written() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.wrote.Len()
}

// A queue is input that has been typed and not read yet. Writing never waits; after close it is lost.
type queue struct {
	mu     sync.Mutex
	ready  sync.Cond
	buf    []byte
	closed bool
}

func newQueue() *queue {
	q := &queue{}
	q.ready.L = &q.mu
	return q
}

func (q *queue) Write(p []byte) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.buf = append(q.buf, p...)
	}
	q.ready.Signal()
	return len(p), nil
}

func (q *queue) Read(p []byte) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.buf) == 0 && !q.closed {
		q.ready.Wait()
	}
	if len(q.buf) == 0 {
		return 0, io.EOF
	}
	n := copy(p, q.buf)
	q.buf = q.buf[n:]
	return n, nil
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.ready.Broadcast()
}
