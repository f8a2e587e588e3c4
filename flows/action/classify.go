package action

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"upe/flows/js"
	"upe/flows/pattern"
	"upe/flows/tenant"
)

//go:embed exports.js
var exportsCode string

// handlerName is what Auth0 calls the functions of its triggers: onExecutePostLogin, onContinuePostLogin (auth0-actions).
var handlerName = pattern.Lazy(`\bon(?:Execute|Continue)[A-Z]\w*`)

// Handlers lists the handlers of triggers that code exports, sorted. The code is loaded in the sandbox, so that a name in a comment
// is not taken for a handler; code that breaks while it is loaded exports nothing. Handlers whose names are put together at run
// time are found only beside one that is written out.
func Handlers(ctx context.Context, code string) ([]string, error) {
	if !handlerName().MatchString(code) {
		return nil, nil
	}
	event, err := json.Marshal(map[string]string{"code": code})
	if err != nil {
		return nil, fmt.Errorf("list the handlers of an Action: %w", err)
	}
	result, err := js.Run(ctx, js.Action{Code: exportsCode, Handler: "upeExports", Event: event, API: []js.Feature{}, Now: sampleNow})
	if err != nil {
		return nil, fmt.Errorf("list the handlers of an Action: %w", err)
	}
	var names []string
	if result.Outcome == js.Done {
		// What hostile code makes of the list is no list of names then.
		_ = json.Unmarshal(result.Value, &names)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return handlerName().FindString(name) != name })
	slices.Sort(names)
	return slices.Compact(names), nil
}

// handlerOf is the handler that Auth0 calls for a trigger of phone messages, in the current version of it.
func handlerOf(trigger string) string {
	if trigger == tenant.TriggerLegacy {
		return js.SendPhoneMessage
	}
	return js.CustomPhoneProvider
}

// Others lists the handlers that code exports beside that of a trigger of phone messages: what the same code does for other
// triggers. Most code names one handler only, and is not loaded for that.
func Others(ctx context.Context, trigger, code string) ([]string, error) {
	isOther := func(name string) bool { return name != handlerOf(trigger) }
	if !slices.ContainsFunc(handlerName().FindAllString(code, -1), isOther) {
		return nil, nil
	}
	names, err := Handlers(ctx, code)
	return slices.DeleteFunc(names, func(name string) bool { return !isOther(name) }), err
}

// Silent reports whether an Action of a trigger of phone messages does nothing about any code: in trial runs with an SMS and with a
// call, for a login and for an enrolment, of MFA and of each of these connections, it sends no request, calls no module, throws
// nothing, and tells Auth0 nothing. The Action that Auth0's Dashboard makes when the page of a custom provider is opened is silent; so
// is code without the trigger's handler. Code that does not parse, or does not end, is broken rather than silent.
func Silent(ctx context.Context, trigger, code string, connections ...Connection) (bool, error) {
	messages := MFAMessages("text", "voice")
	for _, c := range connections {
		messages = append(messages, PasswordlessMessage(c.ID, c.Name))
	}
	for _, message := range messages {
		event, err := message.eventOfBoth(code)
		if err != nil {
			return false, err
		}
		run := sampleRun(code, event)
		run.Handler = handlerOf(trigger)
		result, err := js.Run(ctx, run)
		if err != nil {
			return false, fmt.Errorf("try the Action: %w", err)
		}
		if !nothing(result) {
			return false, nil
		}
	}
	return true, nil
}

// eventOfBoth is an event that both triggers understand: beside the fields of custom-phone-provider it has those of
// send-phone-message v2 (auth0-actions, src/send-phone-message/v2).
func (m Message) eventOfBoth(code string) (json.RawMessage, error) {
	fields := m.fields(code)
	action, messageType := "second-factor-authentication", "sms"
	if m.Type == Enroll {
		action = "enrollment"
	}
	if m.Method == "voice" {
		messageType = "voice"
	}
	fields["message_options"] = map[string]any{
		"action": action, "code": "123456", "message_type": messageType, "recipient": sampleNumber, "text": m.notification()["as_text"],
	}
	event, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("make a sample event: %w", err)
	}
	return event, nil
}

// nothing reports whether a run did nothing that another could notice. Asking the cache is no delivery.
func nothing(result js.Result) bool {
	ended := result.Outcome == js.Done || result.Outcome == js.NoHandler
	return ended && len(sends(result)) == 0
}
