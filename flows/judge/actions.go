package judge

import (
	"context"
	"slices"
	"time"

	"upe/flows/action"
	"upe/flows/tenant"
)

// How much of Actions is tried. A trial takes some milliseconds and always ends the same way, so that a judgement stays a function
// of its snapshot; only code that does not end by itself meets the clock, and is then taken for code that does something.
const (
	maxTried  = 4               // Actions of a trigger; a tenant may have one for custom providers
	trialTime = 2 * time.Second // for all Actions together
)

// PhoneAction is a custom-phone-provider Action of the tenant.
type PhoneAction struct {
	ID, Name string
	Deployed bool // a version of it runs
	Draft    bool // it has changes that do not run
	Stub     bool // what runs, or would run if it were deployed, did nothing in trial runs
}

// boundAction is an Action that MFA messages go through now.
type boundAction struct {
	tenant.Action

	others []string // handlers of other triggers that its code exports
	silent bool     // it did nothing in trial runs; looked at where several are bound
}

// readActions looks into the code of the Actions that send phone messages, or will.
func (r *reading) readActions() {
	ctx, cancel := context.WithTimeout(context.Background(), trialTime)
	defer cancel()
	for i, a := range r.snapshot.Actions(tenant.TriggerPhone) {
		r.PhoneActions = append(r.PhoneActions, r.readPhoneAction(ctx, a, i < maxTried))
	}
	if !r.legacyHook() {
		return
	}
	bound := r.snapshot.BoundActions(tenant.TriggerLegacy)
	for i, a := range bound {
		b := boundAction{Action: a}
		if i < maxTried {
			b.others = otherHandlers(ctx, a)
			b.silent = len(bound) > 1 && r.silent(ctx, tenant.TriggerLegacy, a.Running())
		}
		r.bound = append(r.bound, b)
	}
	// Of several, the first that does something is the one that sends.
	sends := func(b boundAction) bool { return deployed(b.Action) && !b.silent }
	if i := slices.IndexFunc(r.bound, sends); i >= 0 {
		r.MFA.Carrier.Action = or(r.bound[i].Name, r.MFA.Carrier.Action)
	}
}

func (r reading) readPhoneAction(ctx context.Context, a tenant.Action, try bool) PhoneAction {
	p := PhoneAction{ID: a.ID, Name: or(a.Name, a.ID), Deployed: deployed(a)}
	p.Stub = try && r.silent(ctx, tenant.TriggerPhone, a.Running())
	draftIsStub := p.Stub && (a.Code == a.Running() || r.silent(ctx, tenant.TriggerPhone, a.Code))
	p.Draft = !a.Deployed && !draftIsStub
	return p
}

// maxFlows is for how many connections an Action is tried that has done nothing so far.
const maxFlows = 8

// silent reports whether code is known to do nothing about any code of the tenant's flows. Code that was not read tells nothing, nor
// does a trial that was cut short.
func (r reading) silent(ctx context.Context, trigger, code string) bool {
	if code == "" {
		return false
	}
	var connections []action.Connection
	for _, c := range r.SMS[:min(len(r.SMS), maxFlows)] {
		connections = append(connections, action.Connection{ID: c.ID, Name: c.Name})
	}
	nothing, err := action.Silent(ctx, trigger, code, connections...)
	return err == nil && nothing
}

// otherHandlers lists what else an Action of send-phone-message serves: the handlers in its code, and the triggers it is listed
// for.
func otherHandlers(ctx context.Context, a tenant.Action) []string {
	// A trial that was cut short has found nothing.
	others, _ := action.Others(ctx, tenant.TriggerLegacy, a.Running())
	for _, trigger := range a.Triggers {
		if trigger.ID != "" && trigger.ID != tenant.TriggerLegacy {
			others = append(others, "trigger "+trigger.ID)
		}
	}
	return others
}

// phoneAction is the Action that a custom provider runs: one that is bound, before one that is deployed, before any. Where there
// are several nobody has written down which.
func (r reading) phoneAction() (PhoneAction, bool) {
	if len(r.PhoneActions) == 0 {
		return PhoneAction{}, false
	}
	best := slices.MaxFunc(r.PhoneActions, func(a, b PhoneAction) int { return r.likely(a) - r.likely(b) })
	return best, true
}

func (r reading) likely(a PhoneAction) int {
	points := 0
	if a.Deployed {
		points++
	}
	isIt := func(b tenant.Binding) bool { return b.Action.ID == a.ID && a.ID != "" }
	if a.Deployed && slices.ContainsFunc(r.snapshot.Bindings(tenant.TriggerPhone), isIt) {
		points++
	}
	return points
}
