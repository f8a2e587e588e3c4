package linear

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/words"
)

// countEvery is how often a count that moves is said.
const countEvery = time.Second

// shortly is how long something may take that writes nothing before it is said that it goes on: of what is over at once neither the
// beginning nor the end is worth a line.
const shortly = 300 * time.Millisecond

// carryOut runs an effect and says what it comes to know as it does. It returns when the effect has ended: one that was asked to stop
// finishes the request in flight.
func (f *front) carryOut(effect *wizard.Effect, given wizard.Answers) error {
	effect = effect.For(given)
	f.pending = "\n" + safe.Line(effect.Title) + " ...\n"
	if effect.Writes && !effect.Word {
		f.print("")
	}
	long := time.NewTimer(shortly)
	defer long.Stop()
	changes := make(chan func(wizard.Known) wizard.Known)
	ended, gone := make(chan error, 1), make(chan struct{})
	defer close(gone)
	go func() {
		ended <- effect.Run(f.ctx, f.Host, given, func(change func(wizard.Known) wizard.Known) {
			select {
			case changes <- change:
			case <-gone: // it comes too late
			}
		})
	}()
	stopping := f.ctx.Done()
	for {
		select {
		case change := <-changes:
			f.session.Update(change)
			f.progress()
		case <-long.C:
			f.print("")
		case <-stopping:
			stopping = nil
			f.say("Stopping at a safe point: the request in flight is waited for.")
		case err := <-ended:
			f.tell(err != nil)
			if err == nil && f.pending == "" {
				f.say("Done: " + safe.Line(effect.Title) + ".")
			}
			f.pending = ""
			f.follow()
			return err
		}
	}
}

// progress says what is new on the page, and of a count that moves only how far it is by now.
func (f *front) progress() {
	f.tell(false)
	reading := f.session.Known().Reading
	if reading.Done == 0 || reading.Done >= reading.Total || f.Now().Sub(f.counted) < countEvery {
		return
	}
	f.counted = f.Now()
	f.say(fmt.Sprintf("Read %d of %d.", reading.Done, reading.Total))
}

// hinter is an error that knows what to do about it.
type hinter interface{ Hint() string }

// failed says what failed, why, and what to do, and asks whether to try again.
func (f *front) failed(p wizard.Page, failure error) (turn, error) {
	f.phone()
	f.say("", "This failed: "+safe.Line(p.Effect.For(f.given).Title)+".", paragraph("Why: "+sentence(failure.Error())))
	var known hinter
	if errors.As(failure, &known) && known.Hint() != "" {
		f.say(paragraph("What to do: " + sentence(known.Hint())))
	}
	if p.Effect.Writes {
		f.say("What is done already is not done twice.")
	}
	for {
		answer, next, err := f.ask(p, prompt{text: "Type again to try again; " + f.waysOut() + " "})
		switch {
		case err != nil:
			return next, err
		case next == anew:
			f.open()
		case next == left:
			return left, failure
		case next != onward:
			return next, nil
		case strings.ToLower(strings.TrimSpace(answer)) == "again":
			return onward, nil
		}
	}
}

// aside runs an effect that has a command of its own: the page stays. Where that does not tell what came of it, after does.
func (f *front) aside(effect *wizard.Effect, after func() string) (turn, bool, error) {
	err := f.carryOut(effect, wizard.Answers{})
	switch {
	case f.ctx.Err() != nil:
		return left, true, context.Cause(f.ctx)
	case err != nil:
		f.say(paragraph("That failed: " + sentence(err.Error())))
	case !f.tell(true):
		f.say(after())
	}
	f.phone()
	return onward, false, nil
}

func (f *front) save(p wizard.Page) (turn, bool, error) {
	return f.aside(p.Save, func() string {
		if saved := f.session.Known().Saved; len(saved) > 0 {
			return words.Saved(safe.Line(saved[len(saved)-1]))
		}
		return "Saved."
	})
}

func (f *front) rehearse(p wizard.Page) (turn, bool, error) {
	return f.aside(p.Rehearse, func() string {
		if done := f.session.Known().Rehearsed; done != nil {
			return done.Verdict
		}
		return "Rehearsed."
	})
}
