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
	Follows bool             // another conversation led here: :back on the first page ends with [ErrBack]
	Greeted bool             // how to answer was said before

	// Editor opens a text in the person's own editor, under a name that tells its language; nil: there is no terminal for one. An error
	// says why there is none, and what to do.
	Editor func(name, text string) (Editor, error)
}

// ErrBack is returned when the person went back from the first page to the conversation before.
var ErrBack = errors.New("back to the conversation before")

// Run holds the conversation until its last page, until the person leaves, or until ctx ends. Leaving is no error, unless the page
// that was left had failed: then the error is that failure. What the error is otherwise: [ErrInputEnded], [ErrBack], ctx's, or one of
// Out.
func Run(ctx context.Context, o Options) error {
	out := safe.Writer(o.Out)
	f := &front{Options: o, ctx: ctx, session: o.Session, out: out, canvas: canvas{width: o.Width}, told: map[string]bool{}, spelled: spelled{}}
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
	shown   tally           // what was printed of the page at hand
	told    map[string]bool // the long words that were printed
	pending string          // is printed before whatever comes next
	spelled spelled         // the SIDs that were printed of the page at hand
	counted time.Time       // when a count was last said
	heard   int             // how many messages of the handset were told
	over    bool            // the last page has done what it is for

	at     int              // the place of the question at hand; behind the last one, that of going on
	given  wizard.Answers   // on this visit of the page
	asked  *wizard.Question // the question that is asked; nil: none
	typed  string           // the lines of a longer text that were typed so far
	value  wizard.Value     // that a command has taken
	echo   string           // what was taken, in words, for whoever cannot see it
	alive  tally            // what was printed of what follows the answers; nil: nothing yet
	chosen bool             // what each option comes to was said before the question
	news   bool             // the last answer has changed what follows the answers
}

// turn is what an answer leads to.
type turn uint8

const (
	onward turn = iota
	taken       // a command has given the answer
	before      // to the question before
	anew        // this page is printed again, and asked where it was
	again       // the page at hand is another one, or not as it was
	left        // the person leaves
)

// converse walks the pages.
func (f *front) converse() error {
	if !f.Greeted {
		f.say("upe, line by line. Type :help at any prompt for what can be typed there; ctrl+c stops.")
	}
	for {
		f.details = false
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
	case known.Wrote && known.Run == nil:
		return "What the first run of this session wrote stays. Start upe again: its first page offers that run."
	case known.Open == nil && known.Run == nil:
		return "Nothing was written to the tenant."
	case known.Mode == wizard.Demo:
		return "The tenant of a demo ends with the program."
	case known.Folder != "":
		return fmt.Sprintf("What is done stays done, and is recorded. Start upe again: its first page offers this run. `upe status %s` says what comes next.", nameOf(known))
	}
	return "What is done stays done, and is recorded."
}

// nameOf is how commands know the run.
func nameOf(known wizard.Known) string {
	if known.Run != nil && known.Run.ID != "" {
		return known.Run.ID
	}
	return known.Folder
}

// say prints lines, each broken at the width.
func (f *front) say(lines ...string) {
	for _, one := range lines {
		f.hear(one)
		if !f.details {
			one = f.spelled.once(one)
		}
		for _, part := range f.wrap(one) {
			f.print(part + "\n")
		}
	}
}

func (f *front) print(text string) {
	text, f.pending = f.pending+text, ""
	if f.broken == nil {
		_, f.broken = io.WriteString(f.out, text)
	}
}
