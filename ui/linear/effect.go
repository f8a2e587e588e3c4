package linear

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// countEvery is how often a count that moves is said.
const countEvery = time.Second

// carryOut runs an effect and says what it comes to know as it does. It returns when the effect has ended: one that was asked to stop
// finishes the request in flight.
func (f *front) carryOut(effect *wizard.Effect, given wizard.Answers) error {
	f.say("", safe.Line(effect.Title)+" ...")
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
		case <-stopping:
			stopping = nil
			f.say("Stopping at a safe point: the request in flight is waited for.")
		case err := <-ended:
			f.tell(f.draw(f.session.Page().Blocks))
			if err == nil {
				f.say("Done: " + safe.Line(effect.Title) + ".")
			}
			f.follow()
			return err
		}
	}
}

// progress says what is new on the page, and of a count that moves only how far it is by now.
func (f *front) progress() {
	f.tell(f.draw(f.session.Page().Blocks))
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
	f.say("", "This failed: "+safe.Line(p.Effect.Title)+".", paragraph("Why: "+failure.Error()))
	var known hinter
	if errors.As(failure, &known) && known.Hint() != "" {
		f.say(paragraph("What to do: " + known.Hint()))
	}
	if p.Effect.Writes {
		f.say("What is done already is not done twice.")
	}
	for {
		answer, next, err := f.ask(p, prompt{text: "Type again to try again, :back to change your answers, :quit to leave: "})
		if err != nil || next == again {
			return next, err
		}
		if next == left {
			return left, failure
		}
		if strings.ToLower(strings.TrimSpace(answer)) == "again" {
			return onward, nil
		}
	}
}

// aside runs an effect that has a command of its own: the page stays.
func (f *front) aside(effect *wizard.Effect, after func() string) (turn, bool, error) {
	err := f.carryOut(effect, wizard.Answers{})
	switch {
	case f.ctx.Err() != nil:
		return left, true, context.Cause(f.ctx)
	case err != nil:
		f.say(paragraph("That failed: " + err.Error()))
	default:
		f.say(after())
	}
	return again, false, nil
}

func (f *front) save(p wizard.Page) (turn, bool, error) {
	return f.aside(p.Save, func() string {
		if saved := f.session.Known().Saved; len(saved) > 0 {
			return "Saved: " + safe.Line(saved[len(saved)-1])
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

// follow looks at the demo's handset, because an effect may have sent something to it.
func (f *front) follow() {
	if f.Host.Handset == nil || f.ctx.Err() != nil {
		return
	}
	// A handset that cannot be read is a demo's problem, not the admin's.
	if messages, err := f.Host.Handset(f.ctx); err == nil {
		f.session.Update(func(k wizard.Known) wizard.Known { k.Handset = messages; return k })
	}
	f.phone()
}

// phone tells what arrived on the demo's handset and was not told yet.
func (f *front) phone() {
	messages := f.session.Known().Handset
	for _, m := range messages[min(f.heard, len(messages)):] {
		f.say("The demo's phone received: " + f.message(m))
	}
	f.heard = len(messages)
}
