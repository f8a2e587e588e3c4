package emulator

import (
	"context"

	"upe/flows/js"
)

// runActions runs the Actions of a way, one after the other, and looks for the message in what they sent. An Action that fails
// ends the row, as the send-phone-message trigger does. The entries are for the tenant log.
func runActions(ctx context.Context, s *state, l letter, w way, text string) (Result, []entry) {
	result := Result{Via: w.via, From: w.from, MessageType: l.kind, Requests: []Outgoing{}}
	var entries []entry
	for _, a := range w.actions {
		run, err := js.Run(ctx, script(ctx, s, l, a, w, text))
		if err != nil {
			result.Error = err.Error()
			break
		}
		found := sentBy(run.Calls, l, text)
		result.Requests = append(result.Requests, outgoings(run.Calls, found.call)...)
		if found.text != "" {
			result.Delivered, result.Account, result.Text = true, found.by, found.text
			result.From = first(found.from, result.From)
		}
		result.Error = first(failed(run), result.Error)
		if result.Error == "" && !result.Delivered {
			result.Error = found.problem
		}
		if threw(run) {
			entries = append(entries, executionFailed(a, run))
			break
		}
	}
	if result.Delivered && len(entries) == 0 {
		result.Error = ""
	}
	return result, entries
}

// script is one run of the deployed version of an Action.
func script(ctx context.Context, s *state, l letter, a object, w way, text string) js.Action {
	run := js.Action{Code: a.obj("deployed_version").str("code"), Handler: js.SendPhoneMessage, API: []js.Feature{}, Now: l.at}
	switch {
	case triggerOf(a) == triggerPhone:
		run.Handler, run.API = js.CustomPhoneProvider, []js.Feature{js.Cache, js.Notification}
		run.Event = encode(s.phoneEvent(l, a, w, s.bothWordings(ctx, l, text)))
	case versionOf(a) == "v1":
		run.Code += fromV1
		run.Event = encode(map[string]any{"event": s.flatEvent(l, text), "context": map[string]any{"secrets": secretsOf(a)}})
	case versionOf(a) == versionHook:
		run.Code += fromHook
		run.Event = encode(map[string]any{"recipient": l.to, "text": text, "context": s.hookContext(l, secretsOf(a))})
	default:
		run.API, run.Event = []js.Feature{js.Cache}, encode(s.hookEvent(l, a, text))
	}
	return run
}

// versionOf is the version of an Action's trigger.
func versionOf(a object) string {
	if list := a.objects("supported_triggers"); len(list) > 0 {
		return list[0].str("version")
	}
	return ""
}

// failed says how a run went wrong, or "" when it did not.
func failed(run js.Result) string {
	switch run.Outcome {
	case js.Done:
		return ""
	case js.Dropped:
		return "the Action dropped the message: " + run.Reason
	case js.Retry:
		return "the Action asks to retry: " + run.Reason
	default:
		if run.Err != nil {
			return "the Action failed: " + run.Err.Error()
		}
		return "the Action failed: " + string(run.Outcome)
	}
}

func threw(run js.Result) bool {
	return run.Outcome != js.Done && run.Outcome != js.Dropped && run.Outcome != js.Retry
}

// executionFailed is the log of an Action that threw or ran out of its limits.
func executionFailed(a object, run js.Result) entry {
	class := "action_error"
	if run.Outcome == js.TimedOut {
		class = "action_timeout"
	}
	return entry{kind: "actions_execution_failed", description: failed(run), details: map[string]any{
		"action_id": a.str("id"), "action_name": a.str("name"), "trigger_id": triggerOf(a),
		"version_id": a.obj("deployed_version").str("id"), "error_class": class,
		"action_error": map[string]any{"message": failed(run), "name": string(run.Outcome)},
	}}
}
