package run

import (
	"context"
	"fmt"
	"time"

	"upe/flows/plan"
)

// How Auth0 is waited for: it builds an Action in seconds, often in less than one. Each pause is half as long again as the one before.
const (
	firstPause = 250 * time.Millisecond
	longPause  = 5 * time.Second
	patience   = 3 * time.Minute
)

// wait polls until a step's check holds, its Fails holds, or patience ends.
func (e *engine) wait(ctx context.Context, s plan.Step) error {
	defer func() { e.waiting = "" }()
	interval := firstPause
	for left := patience; ; {
		e.ahead(ctx, e.first(s)...)
		seen, err := e.look(ctx, s.Done)
		if err != nil {
			return e.fail(ctx, s, s.Done.Get.Op, err)
		}
		if seen.holds {
			return e.record(s, Verified, seen)
		}
		if err := e.hopeless(ctx, s, seen); err != nil {
			return err
		}
		if left <= 0 {
			return e.fail(ctx, s, s.Done.Get.Op, &Difference{
				Why: fmt.Sprintf("it was not so after %s, run it again to wait longer", patience), Fields: seen.differs,
			})
		}
		e.waiting = "Auth0: " + s.Title
		e.report()
		if e.pause(ctx, interval) != nil {
			return errStopped
		}
		left -= interval
		interval = min(interval*3/2, longPause)
	}
}

// hopeless fails a step that will never be done.
func (e *engine) hopeless(ctx context.Context, s plan.Step, seen sight) error {
	if s.Fails == nil {
		return nil
	}
	failed, err := e.look(ctx, s.Fails)
	if err != nil {
		return e.fail(ctx, s, s.Fails.Get.Op, err)
	}
	if failed.holds {
		return e.fail(ctx, s, s.Fails.Get.Op, &Difference{Why: "Auth0 gave up", Fields: seen.differs})
	}
	return nil
}

// manual looks whether a person has done a step that no API does. It reports whether to go on.
func (e *engine) manual(ctx context.Context, s plan.Step) (bool, error) {
	if s.Done == nil {
		return false, nil
	}
	seen, err := e.look(ctx, s.Done)
	if err == nil && !seen.holds {
		// It may have been looked at together with a write that brings it about, and show only now.
		e.api.forget()
		seen, err = e.look(ctx, s.Done)
	}
	if err != nil {
		return false, e.fail(ctx, s, s.Done.Get.Op, err)
	}
	if !seen.holds {
		return false, e.ask(s)
	}
	return true, e.record(s, Verified, seen)
}

// ask journals, once, that a person is asked to do a step: what was done by hand is taken back by hand.
func (e *engine) ask(s plan.Step) error {
	if e.steps[s.ID].asked {
		return nil
	}
	return e.write(entry(Asked, s))
}
