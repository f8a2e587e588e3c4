package action

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"upe/flows/js"
)

// Trial is what an Action does in the sandbox with made-up messages. Nothing leaves the process: every request is recorded and
// answered with success.
type Trial struct {
	Code    string   // what was tried
	Sends   []string // the requests and module calls it would make for codes, each once: "POST https://…"
	Logs    []string // of the first run
	Notes   []string // what an admin should know, in sentences
	Codes   []Fate   // what becomes of each code that was tried
	Notices []Notice // what it does with notifications that are not codes
	Outcome js.Outcome
}

// ErrUnusable is inside every error of [Try] that is about the code.
var ErrUnusable = errors.New("this Action cannot send phone messages")

// sampleNow stands in the events of trials, so that a trial has the same result every time.
var sampleNow = time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC)

// Try runs code for each of these codes of a tenant, for an SMS with a code of MFA where there are none, and for each notification
// that is not a code. Code that does not parse, exports no handler, does not end, or breaks with a message that every tenant will
// see is refused with [ErrUnusable]; code that runs and does something else than expected gets notes. Codes that it loses are no
// error yet: see [Trial.Loses].
func Try(ctx context.Context, code string, messages ...Message) (Trial, error) {
	if err := loads(ctx, code); err != nil {
		return Trial{}, err
	}
	if len(messages) == 0 {
		messages = append(messages, sample())
	}
	runs, err := runAll(ctx, code, messages)
	if err != nil {
		return Trial{}, err
	}
	others, err := tryNotices(ctx, code)
	if err != nil {
		return Trial{}, err
	}
	first := runs[0]
	t := Trial{Code: code, Logs: first.Logs, Outcome: first.Outcome, Codes: fates(code, messages, runs), Notices: others}
	for _, run := range runs {
		for _, sent := range sends(run) {
			if !slices.Contains(t.Sends, sent) {
				t.Sends = append(t.Sends, sent)
			}
		}
	}
	t.Notes = append(notes(first), unexercised(t.Codes)...)
	return t, nil
}

// maxRuns is for how many codes an Action is run: each takes some milliseconds. A tenant with more has many connections.
const maxRuns = 40

// runAll runs code for each message, and ends with the first run that has to be ended: the next would take as long.
func runAll(ctx context.Context, code string, messages []Message) ([]js.Result, error) {
	var all []js.Result
	for _, message := range messages[:min(len(messages), maxRuns)] {
		result, err := message.run(ctx, code)
		if err != nil {
			return nil, err
		}
		if err := unusable(result); err != nil {
			return nil, err
		}
		all = append(all, result)
	}
	return all, nil
}

// run runs code with a message.
func (m Message) run(ctx context.Context, code string) (js.Result, error) {
	event, err := m.event(code)
	if err != nil {
		return js.Result{}, err
	}
	result, err := js.Run(ctx, sampleRun(code, event))
	if err != nil {
		return js.Result{}, fmt.Errorf("try the Action with %s: %w", m.Type, err)
	}
	return result, nil
}

func sampleRun(code string, event json.RawMessage) js.Action {
	return js.Action{
		Code: code, Handler: js.CustomPhoneProvider, Event: event, API: []js.Feature{js.Cache, js.Notification}, Now: sampleNow,
	}
}

// loads refuses code that breaks before any handler can be called: it is loaded and asked for a handler that no Action has.
func loads(ctx context.Context, code string) error {
	event, err := sample().event(code)
	if err != nil {
		return err
	}
	run := sampleRun(code, event)
	run.Handler = "upeOnlyLoads"
	result, err := js.Run(ctx, run)
	switch {
	case err != nil:
		return fmt.Errorf("load the Action: %w", err)
	case result.Outcome == js.Threw:
		return fmt.Errorf("%w: it breaks while it is loaded: %w", ErrUnusable, result.Err)
	}
	return nil
}

func unusable(result js.Result) error {
	switch result.Outcome {
	case js.InvalidCode:
		return fmt.Errorf("%w: the code does not parse: %w", ErrUnusable, result.Err)
	case js.NoHandler:
		return fmt.Errorf("%w: it does not export %s, which is the function Auth0 calls", ErrUnusable, js.CustomPhoneProvider)
	case js.TimedOut, js.OutOfMemory, js.TooMuch:
		return fmt.Errorf("%w: a trial run did not end: %w", ErrUnusable, result.Err)
	case js.Done, js.Dropped, js.Retry, js.Threw:
	}
	return nil
}

func sends(result js.Result) []string {
	var all []string
	for _, call := range result.Calls {
		switch call.Kind {
		case js.Request:
			all = append(all, call.Method+" "+call.URL)
		case js.Module:
			all = append(all, call.Path)
		case js.API:
		}
	}
	return all
}

func notes(result js.Result) []string {
	var all []string
	if len(sends(result)) == 0 {
		all = append(all, "it sent nothing in the trial run: a provider that sends nothing stops every code")
	}
	switch result.Outcome {
	case js.Threw:
		all = append(all, fmt.Sprintf("it threw an error in the trial run, where every secret is made up: %v", result.Err))
	case js.Dropped, js.Retry:
		all = append(all, fmt.Sprintf("it gave the message up in the trial run, although the gateway answered 200: %s", result.Reason))
	case js.Done, js.TimedOut, js.OutOfMemory, js.TooMuch, js.NoHandler, js.InvalidCode:
	}
	for _, note := range result.Notes {
		switch note {
		case js.NotAsync:
			all = append(all, "its handler is not an async function, which Auth0's own runner refuses")
		case js.Unfinished:
			all = append(all, "it leaves work behind when it returns; Auth0 may or may not finish it")
		case js.Interceptor:
			all = append(all, "it uses axios interceptors, which the trial run does not")
		case js.CalledTwice, js.Interrupted: // of Hooks, and of the machine that was busy
		}
	}
	return all
}
