package action

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"upe/flows/js"
)

// Trial is one run of an Action in the sandbox, with a made-up message. Nothing leaves the process: every request is recorded
// and answered with success.
type Trial struct {
	Code    string   // what was tried
	Sends   []string // the requests and module calls it would make: "POST https://…"
	Logs    []string
	Notes   []string // what an admin should know, in sentences
	Outcome js.Outcome
}

// ErrUnusable is inside every error of [Try] that is about the code.
var ErrUnusable = errors.New("this Action cannot send phone messages")

// sampleNow stands in the events of trials, so that a trial has the same result every time.
var sampleNow = time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC)

// Try runs code once, for an SMS with a code. Code that does not parse, exports no handler, or breaks with a message that
// every tenant will see is refused with [ErrUnusable]; code that runs and does something else than expected gets notes.
func Try(ctx context.Context, code string) (Trial, error) {
	event, err := sampleEvent(code)
	if err != nil {
		return Trial{}, err
	}
	sample := js.Action{
		Code: code, Handler: js.CustomPhoneProvider, Event: event, API: []js.Feature{js.Cache, js.Notification}, Now: sampleNow,
	}
	if err := loads(ctx, sample); err != nil {
		return Trial{}, err
	}
	result, err := js.Run(ctx, sample)
	if err != nil {
		return Trial{}, fmt.Errorf("try the Action: %w", err)
	}
	if err := unusable(result); err != nil {
		return Trial{}, err
	}
	return Trial{Code: code, Sends: sends(result), Logs: result.Logs, Notes: notes(result), Outcome: result.Outcome}, nil
}

// loads refuses code that breaks before any handler can be called: it is loaded and asked for a handler that no Action has.
func loads(ctx context.Context, sample js.Action) error {
	sample.Handler = "upeOnlyLoads"
	result, err := js.Run(ctx, sample)
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
		}
	}
	return all
}

// sampleEvent is an event of custom-phone-provider v1 (auth0-actions, src/custom-phone-provider/v1), with a made-up value for
// every secret the code reads.
func sampleEvent(code string) (json.RawMessage, error) {
	secrets := map[string]string{}
	for _, name := range Secrets(code) {
		secrets[name] = "https://gateway.example/made-up"
	}
	event, err := json.Marshal(map[string]any{
		"client": map[string]any{"client_id": "sample", "name": "Sample application", "metadata": map[string]any{}},
		"notification": map[string]any{
			"as_text": "123456 is your verification code for Sample", "as_voice": "Your verification code is 1. 2. 3. 4. 5. 6.",
			"delivery_method": "text", "message_type": "otp_verify", "recipient": "+15005550006", "code": "123456", "locale": "en",
		},
		"request": map[string]any{"ip": "192.0.2.1", "method": "POST", "geoip": map[string]any{}, "user_agent": "upe"},
		"secrets": secrets,
		"tenant":  map[string]any{"id": "sample", "friendly_name": "Sample"},
		"user": map[string]any{
			"user_id": "auth0|sample", "email_verified": true, "app_metadata": map[string]any{}, "user_metadata": map[string]any{},
			"created_at": "2026-01-01T00:00:00.000Z", "updated_at": "2026-01-01T00:00:00.000Z",
		},
		"configuration": map[string]any{},
	})
	if err != nil {
		return nil, fmt.Errorf("make a sample event: %w", err)
	}
	return event, nil
}
