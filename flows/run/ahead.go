package run

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// A run looks at a lot before it writes: at the facts of the plan, at the steps that it stands on, at what the step itself is about.
// None of these reads depends on another's answer, so they are sent together, in one round trip. What follows from the answers is
// decided one by one all the same, as if each had been sent in its turn: see view.
//
// A write waits for all of them, and so does every other write for the one before it: it is read back first.

// errand is a read, or several of which one says what the next one is. What it brings back is looked at in its turn.
type errand func(ctx context.Context, api tenant.API)

// ahead runs errands together, and tells how many of them are back: on a slow link they are all that happens for a while.
func (e *engine) ahead(ctx context.Context, errands ...errand) {
	back := make(chan struct{}, len(errands))
	all := []func(){func() { e.await(back, len(errands)) }}
	for _, run := range errands {
		all = append(all, func() {
			defer func() { back <- struct{}{} }()
			run(ctx, scout{view: e.api})
		})
	}
	tenant.Together(all...)
}

// await tells of so many errands as they come back.
func (e *engine) await(back <-chan struct{}, errands int) {
	defer func() { e.looking = Looking{} }()
	for done := range errands {
		e.looking = Looking{Done: done, Total: errands}
		e.report()
		<-back
	}
}

// besideTime is how long a read-back waits for what is read beside it: whether a write is as it was meant to be must not hang on another
// thing that is slow. That one is read again in its turn.
const besideTime = 5 * time.Second

// beside are errands that end after a while.
func beside(errands []errand) []errand {
	all := make([]errand, len(errands))
	for i, run := range errands {
		all[i] = func(ctx context.Context, api tenant.API) {
			ctx, cancel := context.WithTimeout(ctx, besideTime)
			defer cancel()
			run(ctx, hurried(api))
		}
	}
	return all
}

func hurried(api tenant.API) tenant.API {
	if s, ok := api.(scout); ok {
		s.hurried = true
		return s
	}
	return api
}

// parts are the reads of parts of a snapshot.
func parts(paths ...string) []errand {
	var all []errand
	for _, path := range paths {
		all = append(all, func(ctx context.Context, api tenant.API) { _, _ = tenant.ReadPart(ctx, api, path) })
	}
	return all
}

// gets are reads by themselves. One whose id is not known yet cannot be sent ahead.
func (e *engine) gets(calls ...tenant.Call) []errand {
	var all []errand
	for _, call := range calls {
		if call, err := e.address(call); err == nil {
			all = append(all, func(ctx context.Context, api tenant.API) {
				if call.Query.Get("take") == "" {
					_, _ = api.Do(ctx, call) // nothing in it says what to read next
					return
				}
				_, _ = readAll(ctx, api, call, func(json.RawMessage) {})
			})
		}
	}
	return all
}

// checks are the reads by which steps are told to be done.
func (e *engine) checks(steps ...plan.Step) []errand {
	var all []errand
	for _, s := range steps {
		if s.Done != nil {
			all = append(all, e.gets(s.Done.Get)...)
		}
	}
	return all
}

// facts are the reads of what the plan relies on.
func (e *engine) facts() []errand {
	var paths []string
	for _, fact := range e.relied() {
		if !slices.Contains(paths, fact.Path) {
			paths = append(paths, fact.Path)
		}
	}
	return parts(paths...)
}

// first are the reads that a step begins with.
func (e *engine) first(s plan.Step) []errand {
	all := e.checks(s)
	switch {
	case s.Kind == plan.Wait && s.Fails != nil:
		all = append(all, e.gets(s.Fails.Get)...)
	case s.Kind == plan.Request:
		all = slices.Concat(all, e.under(s), e.checks(slices.Concat(e.drafts(s), e.unused(s))...))
	}
	return all
}

// under are the reads of what a write replaces.
func (e *engine) under(s plan.Step) []errand {
	switch {
	case s.Merge != nil:
		return e.gets(s.Merge.Get)
	case s.Call.Op == tenant.PatchBindings:
		return parts(bindingsOf(s))
	}
	return nil
}

// replaces reports whether a step writes the whole of something over what is there. What is there is then read by itself, last of all:
// another admin's change is lost only when it comes within this one moment.
func replaces(s plan.Step) bool {
	return s.Kind == plan.Request && (s.Merge != nil || s.Call.Op == tenant.PatchBindings)
}

// start are the reads with which the steps that are left of a phase begin.
func (e *engine) start(left []plan.Step) []errand {
	if len(left) == 0 || byHand(left) {
		return e.next(left)
	}
	return slices.Concat(e.facts(), e.next(left))
}

// next are the reads of what comes next: the steps up to the first that writes, and where there is none, the end.
func (e *engine) next(steps []plan.Step) []errand {
	var all []errand
	for _, s := range steps {
		if replaces(s) {
			return all
		}
		all = append(all, e.first(s)...)
		if s.Kind == plan.Request || s.Kind == plan.Manual && s.Done == nil {
			return all
		}
	}
	return append(all, e.last...)
}
