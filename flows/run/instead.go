package run

import (
	"context"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// instead is the write that takes the place of a creation where the thing has come to exist since the plan was made: a message
// template gets an id when anybody opens and saves it, and Auth0 answers its creation with 409 then (the Deploy CLI lists
// again and sends PATCH). ok is false unless the template still says what the plan saw: what somebody else has written
// meanwhile is not overwritten.
func (e *engine) instead(s plan.Step, seen sight) (call tenant.Call, ok bool) {
	if s.Call.Op != tenant.CreatePhoneTemplate || seen.holds || !seen.exists() || len(s.Before) == 0 {
		return tenant.Call{}, false
	}
	before, err := plan.Decode(s.Before)
	if err != nil || !plan.Contains(seen.element, before) {
		return tenant.Call{}, false
	}
	object, _ := seen.element.(map[string]any) // exists says that it is one, with an id that is a text
	id, _ := object["id"].(string)
	return tenant.Call{Op: tenant.PatchPhoneTemplate, ID: id, Body: s.After}, true
}

// sendInstead lets the write pass, by its id, beside those of the steps at work, and sends it.
func (e *engine) sendInstead(ctx context.Context, s plan.Step, call tenant.Call) error {
	if ctx.Err() != nil {
		return errStopped
	}
	e.permitted.Writes = append(e.permitted.Writes, tenant.Call{Op: call.Op, ID: call.ID})
	e.api.API = e.runner.API(e.permitted)
	return e.send(ctx, s, call, false)
}
