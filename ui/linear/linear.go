package linear

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// ErrInputEnded is returned when the input ends before the conversation. What was not answered was not decided.
var ErrInputEnded = errors.New("the input ended before the conversation did")

// Options are what the line-by-line front end needs.
type Options struct {
	Session *wizard.Session // the conversation; from now on it belongs to Run
	Host    wizard.Host     // what effects may use
	In      Input
	Out     io.Writer        // text for people; Run makes it safe
	Now     func() time.Time // the clock, time.Now outside of tests. Required
	Width   int              // columns at which text is broken; 0: where the terminal does
	Leads   bool             // another conversation follows once the last page has done what it is for
}

// Run holds the conversation until its last page, until the person leaves, or until ctx ends. Leaving is no error, unless the page
// that was left had failed: then the error is that failure. What the error is otherwise: [ErrInputEnded], ctx's, or one of Out.
func Run(ctx context.Context, o Options) error {
	out := safe.Writer(o.Out)
	f := &front{Options: o, ctx: ctx, session: o.Session, out: out, canvas: canvas{width: o.Width}}
	err := f.converse()
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	return err
}

// front is one conversation, line by line.
type front struct {
	Options
	canvas

	ctx     context.Context
	session *wizard.Session
	out     io.Writer
	broken  error // of out; nothing is said after it

	banner  string          // what the banner said last
	group   wizard.Group    // which part was announced last
	said    map[string]bool // the lines that were printed for the page at hand
	counted time.Time       // when a count was last said
	heard   int             // how many messages of the handset were told
	over    bool            // the last page has done what it is for
}

// turn is what an answer leads to.
type turn uint8

const (
	onward turn = iota
	again       // the page is shown once more
	left        // the person leaves
)

// converse walks the pages.
func (f *front) converse() error {
	f.say("upe, line by line. Type :help at any prompt for what can be typed there; ctrl+c stops.")
	for {
		f.open()
		next, err := f.visit()
		switch {
		case f.broken != nil:
			return f.broken
		case err != nil:
			return f.ended(err)
		case f.over && f.Leads:
			return nil
		case next == left:
			f.say("", "Left. "+f.stays())
			return nil
		}
	}
}

// ended puts the end of a conversation into words.
func (f *front) ended(err error) error {
	switch {
	case errors.Is(err, io.EOF):
		f.say("", "The input ended here. Nothing was decided by that. "+f.stays())
		return ErrInputEnded
	case f.ctx.Err() != nil:
		f.say("", "Stopped. "+f.stays())
		return context.Cause(f.ctx)
	}
	return err
}

// stays says what is left behind by leaving now.
func (f *front) stays() string {
	known := f.session.Known()
	switch {
	case known.Open == nil && known.Run == nil:
		return "Nothing was written to the tenant."
	case known.Mode == wizard.Demo:
		return "The tenant of a demo ends with the program."
	case known.Folder != "":
		return fmt.Sprintf("What is done stays done, and is recorded. `upe status %s` says what comes next.", known.Folder)
	}
	return "What is done stays done, and is recorded."
}

// say prints lines, each broken at the width.
func (f *front) say(lines ...string) {
	for _, one := range lines {
		for _, part := range f.wrap(one) {
			f.print(part + "\n")
		}
	}
}

func (f *front) print(text string) {
	if f.broken == nil {
		_, f.broken = io.WriteString(f.out, text)
	}
}
