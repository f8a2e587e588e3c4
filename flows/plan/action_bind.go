package plan

import (
	"slices"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// actionBind binds the Action, and of the trigger's Actions this one alone. Whether a custom-phone-provider Action runs without a
// binding is documented both ways; binding is cheap and repeatable. The request replaces the list, so other bindings are kept by
// their id.
func (b *builder) actionBind(a *Action) {
	before, after, ids := []any{}, []any{}, []any{}
	rivals := b.rivalBindings()
	for _, other := range b.before.Bindings(tenant.TriggerPhone) {
		kept := map[string]any{
			"ref": map[string]any{"type": "binding_id", "value": other.ID}, "display_name": other.DisplayName,
		}
		before = append(before, kept)
		if !slices.Contains(rivals, other.ID) {
			after, ids = append(after, kept), append(ids, boundTo(other.Action.ID))
		}
	}
	if !b.bound(a.ID) {
		ref := map[string]any{"type": "action_id", "value": a.actionRef()}
		after, ids = append(after, map[string]any{"ref": ref, "display_name": b.actionName(a)}), append(ids, boundTo(a.actionRef()))
	}
	done := &Check{Get: tenant.Call{Op: tenant.GetBindings, ID: tenant.TriggerPhone}}
	title := "Bind the Action to the custom-phone-provider trigger"
	why := "Auth0's pages disagree on whether this is needed; it does no harm, and the test message shows that it works."
	if len(rivals) > 0 {
		if b.bound(a.ID) {
			title = "Leave one Action bound to the custom-phone-provider trigger"
		}
		why += " The bindings of the tenant's other custom-phone-provider Actions are taken off, so that this one alone runs."
		done.Want = Encode(map[string]any{"bindings": ids})
	} else {
		done.Match = Encode(boundTo(a.actionRef()))
		done.Want = done.Match
	}
	b.add(Step{
		ID: stepBind, Kind: Request, Phase: Prepare, Basis: judge.Inferred, Source: sourceCustom, Needs: b.needs(stepDeploy),
		Title: title, Why: why,
		Dashboard: "done by the Dashboard when the Action is saved under Branding > Phone Provider",
		Link:      linkProvider,
		Call: &tenant.Call{
			Op: tenant.PatchBindings, ID: tenant.TriggerPhone, Body: Encode(map[string]any{"bindings": after}),
		},
		Before:        Encode(before),
		After:         Encode(after),
		Done:          done,
		Undo:          "put the former list of bindings back",
		UndoDashboard: "nothing to click: the Dashboard keeps this binding with the Action, which runs only while a custom provider is chosen",
	})
}

// boundTo is what a list of bindings shows of one for an Action.
func boundTo(action any) map[string]any {
	return map[string]any{"action": map[string]any{"id": action}}
}

func (b *builder) bound(id string) bool {
	for _, binding := range b.before.Bindings(tenant.TriggerPhone) {
		if id != "" && binding.Action.ID == id {
			return true
		}
	}
	return false
}

// rivalBindings are the ids of the bindings of [builder.rivals].
func (b *builder) rivalBindings() []string {
	var ids []string
	rivals := b.rivals()
	for _, binding := range b.before.Bindings(tenant.TriggerPhone) {
		if slices.ContainsFunc(rivals, func(a tenant.Action) bool { return a.ID == binding.Action.ID }) {
			ids = append(ids, binding.ID)
		}
	}
	return ids
}
