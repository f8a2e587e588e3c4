package js

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// The handlers of the two triggers that deliver phone messages.
const (
	CustomPhoneProvider = "onExecuteCustomPhoneProvider"
	SendPhoneMessage    = "onExecuteSendPhoneMessage"
)

// Feature is a part of the api object that a trigger offers.
type Feature string

// The features: send-phone-message has the cache, custom-phone-provider both.
const (
	Cache        Feature = "cache"
	Notification Feature = "notification"
)

// Entry says how a handler is found and called.
type Entry string

// The entries: Actions of today, of the first version of triggers, and Hooks, which came before.
const (
	Named    Entry = ""         // module.exports[Handler](event, api)
	Exported Entry = "exported" // module.exports(event, context); without such a function, Handler is called so
	Callback Entry = "callback" // module.exports(event.recipient, event.text, context, callback); its first call ends the run
)

// Action is one run of an Action's code.
type Action struct {
	Code    string              // CommonJS source
	Handler string              // name on module.exports, such as CustomPhoneProvider
	Entry   Entry               // the zero value is Named
	Event   json.RawMessage     // an object; secrets are in event.secrets
	Context json.RawMessage     // an object, for Exported and Callback; nil means {}
	API     []Feature           // what the trigger offers on api
	Answer  func(Call) Response // answers requests and module calls; nil means DefaultAnswer
	Now     time.Time           // where the clock starts; zero means 2026-01-01 00:00 UTC
	Timeout time.Duration       // on the Action's clock; zero means 20 s, Auth0's limit for a trigger
	Limits  Limits              // on the real clock, and on memory
}

// withDefaults fills in what was left out.
func (a Action) withDefaults() Action {
	if a.Answer == nil {
		a.Answer = DefaultAnswer
	}
	if a.Now.IsZero() {
		a.Now = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	if a.Timeout <= 0 {
		a.Timeout = 20 * time.Second
	}
	if a.API == nil {
		a.API = []Feature{}
	}
	if a.Context == nil {
		a.Context = json.RawMessage("{}")
	}
	a.Limits = a.Limits.withDefaults()
	return a
}

// Run runs an Action in a VM of its own. What the Action does wrong is in the
// result; the error is the host's: ctx ended, the event is not JSON, no VM.
func Run(ctx context.Context, a Action) (Result, error) {
	a = a.withDefaults()
	if !json.Valid(a.Event) || !json.Valid(a.Context) {
		return Result{}, errors.New("run action: the event or the context is not JSON")
	}
	box, err := newSandbox(a.Limits)
	if err != nil {
		return Result{}, fmt.Errorf("run action: %w", err)
	}
	defer box.close()
	r := &recorder{box: box, answer: a.Answer, room: a.Limits.Output}
	if err := r.register(); err != nil {
		return Result{}, fmt.Errorf("run action: %w", err)
	}
	serveImports(box.vm, a.Code)
	err = box.guard(ctx, func(ctx context.Context) error { return r.drive(ctx, a) })
	if box.interrupted {
		r.result.Notes = append(r.result.Notes, Interrupted)
	}
	var failure *Error
	switch {
	case errors.As(err, &failure):
		r.stop(failure)
	case err != nil:
		return Result{}, fmt.Errorf("run action: %w", err)
	}
	return r.result, nil
}

// drive is the event loop: jobs until there are none, then the next timer, until
// the handler is settled or its time is over.
func (r *recorder) drive(ctx context.Context, a Action) error {
	if err := r.box.load(actionPrelude); err != nil {
		return err
	}
	features, err := json.Marshal(a.API)
	if err != nil {
		return fmt.Errorf("encode features: %w", err)
	}
	start := float64(a.Now.UnixMilli())
	if _, err := r.box.call("start", start, a.Code, a.Handler, string(a.Entry), string(a.Event), string(a.Context), string(features)); err != nil {
		return err
	}
	for ctx.Err() == nil {
		if _, err := r.box.vm.ExecutePendingJobs(); err != nil {
			return err
		}
		if done, err := r.box.call("settled"); err != nil || done == true {
			return errors.Join(err, r.leftovers())
		}
		ran, err := r.box.call("tick", start+float64(a.Timeout.Milliseconds()))
		if err != nil {
			return err
		}
		if ran != true {
			return r.overdue(a.Timeout)
		}
	}
	return nil
}

// overdue is the end of a handler that the clock cannot bring to an end.
func (r *recorder) overdue(timeout time.Duration) error {
	waiting, err := r.box.call("waiting")
	if err != nil {
		return err
	}
	message := "the handler waits for something that never comes"
	if waiting == true {
		message = "the handler is not done after " + timeout.String()
	}
	return &Error{Kind: ErrTimeout, Message: message}
}

// leftovers notes timers that nobody waited for.
func (r *recorder) leftovers() error {
	waiting, err := r.box.call("waiting")
	if waiting == true {
		r.result.Notes = append(r.result.Notes, Unfinished)
	}
	return err
}

// stop ends a run by a limit. It overrules an end that the Action reported itself:
// an interrupt arrives there as an ordinary exception.
func (r *recorder) stop(failure *Error) {
	r.ended = false
	switch {
	case errors.Is(failure, ErrTimeout):
		r.finish(TimedOut, failure)
	case errors.Is(failure, ErrMemory):
		r.finish(OutOfMemory, failure)
	case errors.Is(failure, ErrOutput):
		r.finish(TooMuch, failure)
	default:
		r.finish(Threw, failure)
	}
}

// Check says whether code parses as the body of a CommonJS module, without
// running it. The error is an *Error of kind ErrSyntax with the line.
func Check(code string) error {
	return Compiles(context.Background(), code)
}
