package run

import (
	"context"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// whole compares what was sent over what was there with what reads back: the check of a step knows of the fields that the step
// is about, and not of those that were carried along. What the API adds is fine; what it lost or changed is a [*Difference].
func (e *engine) whole(ctx context.Context, s plan.Step, call tenant.Call) error {
	if s.Merge == nil {
		return nil
	}
	get, err := e.address(s.Merge.Get)
	if err != nil {
		return err
	}
	sent, err := plan.Decode(call.Body)
	if err != nil {
		return err
	}
	for tries := 1; ; tries++ {
		answer, err := e.read(ctx, get)
		if err != nil {
			return err
		}
		shown := redacted(sent)
		lost := differences("", answer, visible(sent, shown, answer), redacted(answer), shown)
		if len(lost) == 0 {
			return nil
		}
		if tries == settleReads {
			return &Difference{Why: lostBefore, Fields: lost}
		}
		if err := e.pause(ctx, settlePause); err != nil {
			return err
		}
	}
}

// lostBefore says what to do about a merge write that lost something.
const lostBefore = "it reads back, but something that was sent with it does not: put that back in the Dashboard"

// carried holds what a merge write of an earlier call left behind against the facts of the plan, where that call found that
// something was lost: the body is not known any more, what was there before is.
func (e *engine) carried(ctx context.Context, s plan.Step) error {
	before := e.steps[s.ID].err
	if s.Merge == nil || before == nil || before.Code != CodeDiffers {
		return nil
	}
	get, err := e.address(s.Merge.Get)
	if err != nil {
		return err
	}
	answer, err := e.read(ctx, get)
	if err != nil {
		return err
	}
	for _, fact := range e.plan.Relies {
		element, key, _ := strings.Cut(strings.TrimPrefix(fact.Pointer, "/"), "/")
		if fact.Path != tenant.PathSMSConnections || element != "[id="+get.ID+"]" {
			continue
		}
		was, err := plan.Decode(fact.Value)
		if err != nil {
			return err
		}
		have := field(redacted(answer), key)
		if lost := differences("/"+key, have, visible(was, was, have), have, was); len(lost) > 0 {
			return &Difference{Why: lostBefore, Fields: lost}
		}
	}
	return nil
}

// visible is what of sent a read can be held against: a secret that the read does not show says nothing, and what was empty may
// be left out. shown is sent without its secrets.
func visible(sent, shown, read any) any {
	switch v := sent.(type) {
	case map[string]any:
		seen := make(map[string]any, len(v))
		for key, value := range v {
			have := field(read, key)
			hidden := field(shown, key) == tenant.Redacted && !readable(have)
			if !hidden && (have != nil || !empty(value)) {
				seen[key] = visible(value, field(shown, key), have)
			}
		}
		return seen
	case []any:
		clean, _ := shown.([]any)
		have, isList := read.([]any)
		if !isList || len(have) != len(v) || len(clean) != len(v) {
			return sent
		}
		seen := make([]any, len(v))
		for i := range v {
			seen[i] = visible(v[i], clean[i], have[i])
		}
		return seen
	}
	return sent
}

// readable reports whether a read shows a secret in clear.
func readable(value any) bool {
	secret, ok := value.(string)
	return ok && plan.Readable(secret)
}

// empty reports whether a value holds nothing, so that leaving it out loses nothing.
func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// sameBindings stops a write that replaces the bindings of a trigger when they are not those that the plan saw: its list was
// built from them, and would undo what somebody did since.
func (e *engine) sameBindings(ctx context.Context, s plan.Step) error {
	path := bindingsOf(s)
	raw, err := e.part(ctx, path)
	if err != nil {
		return err
	}
	saw := plan.Encode([]any{})
	if document, err := plan.Decode(s.Before); err == nil {
		saw = plan.Encode(document)
	}
	now := []any{} // in the form of a request, as the plan keeps them
	there := tenant.Snapshot{Parts: map[string]tenant.Part{path: {Raw: raw}}}
	for _, b := range there.Bindings(s.Call.ID) {
		now = append(now, map[string]any{"ref": map[string]any{"type": "binding_id", "value": b.ID}, "display_name": b.DisplayName})
	}
	if string(plan.Encode(now)) == string(saw) {
		return nil
	}
	fact := plan.Fact{Path: path, Pointer: "/bindings", Value: saw, What: "what is bound to " + s.Call.ID}
	return &Stale{[]plan.Difference{{Fact: fact, Now: plan.Encode(now), Planned: e.plan.Planned(fact)}}}
}

// bindingsOf is the part of a snapshot that a write of bindings replaces.
func bindingsOf(s plan.Step) string { return strings.TrimPrefix(s.Call.Path(), "/") }
