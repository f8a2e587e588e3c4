package wizard

import (
	"context"
	"fmt"
	"runtime/debug"
)

// Crash is a mistake of this program that showed while an effect was carried out.
type Crash struct {
	cause string
	stack []byte
}

// NewCrash is the crash of what recover returned, with the stack of the caller. It is nil where nothing panicked.
func NewCrash(recovered any) *Crash {
	if recovered == nil {
		return nil
	}
	return &Crash{cause: fmt.Sprint(recovered), stack: debug.Stack()}
}

func (c *Crash) Error() string { return "the program made a mistake: " + c.cause }

// Hint is what to do about it.
func (c *Crash) Hint() string {
	return "what was done is recorded, and nothing was done twice; try again, and report it if it happens again"
}

// Stack is where it happened, for a report. It names functions and lines, and no values but addresses.
func (c *Crash) Stack() []byte { return c.stack }

// Run carries an effect out. A panic of it is an error, a [*Crash]: on a goroutine of its own it would leave a terminal raw, and a run
// without its last line.
func (e *Effect) Run(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) (err error) {
	defer func() {
		if crash := NewCrash(recover()); crash != nil {
			err = crash
		}
	}()
	return e.Do(ctx, host, given, update)
}
