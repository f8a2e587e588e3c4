package linear

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
)

// Input is where answers come from, a line at a time.
type Input interface {
	// Read answers the next line without its end. hidden asks that what is typed is not shown. At the end of the input the error is
	// io.EOF; when ctx ends first, it is the reason.
	Read(ctx context.Context, hidden bool) (string, error)
}

// Lines is an Input that reads lines from anything. It cannot hide what is typed: it is for pipes. There is one for the whole of an
// input, because it reads ahead.
type Lines struct {
	buffered *bufio.Reader
	pending  chan line // of a read that was given up; its line is the next
}

type line struct {
	text string
	err  error
}

// NewLines reads lines from r.
func NewLines(r io.Reader) *Lines { return &Lines{buffered: bufio.NewReader(r)} }

// Read implements [Input]. A line without an end, before the end of the input, is a line.
func (l *Lines) Read(ctx context.Context, _ bool) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", context.Cause(ctx)
	}
	if l.pending == nil {
		l.pending = make(chan line, 1)
		go func(to chan<- line) { to <- l.next() }(l.pending)
	}
	select {
	case read := <-l.pending:
		l.pending = nil
		return read.text, read.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// Ahead reports whether a line, or a part of one, was read already.
func (l *Lines) Ahead() bool { return l.pending != nil || l.buffered.Buffered() > 0 }

func (l *Lines) next() line {
	text, err := l.buffered.ReadString('\n')
	if errors.Is(err, io.EOF) && text != "" {
		err = nil
	}
	return line{strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r"), err}
}
