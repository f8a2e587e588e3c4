package plan

import (
	"slices"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// SecretFormerProviderToken names the AuthToken of the provider as it was before the run; secretFormerAction one of its Action's
// former secrets.
const SecretFormerProviderToken = "former.provider.auth_token"

func secretFormerAction(name string) string { return "former.action.secrets." + name }

// remove takes away what the run created, and puts back what it changed: first the provider, which nothing uses any more, then its
// templates and its Action.
func (v *inverter) remove() {
	v.seeUnused()
	v.provider()
	for _, s := range slices.Backward(v.plan.Steps) {
		if s.Call == nil || !v.wrote[s.ID] {
			continue
		}
		if s.Call.Op == tenant.CreatePhoneTemplate || s.Call.Op == tenant.PatchPhoneTemplate {
			v.template(s)
		}
	}
	v.bindings()
	v.action()
}

func (v *inverter) provider() {
	s, sent := v.sent(stepProvider)
	id := v.providerID()
	if !sent || id == "" {
		return
	}
	back := Step{
		ID: "back-provider", Kind: Request, Source: s.Source, Link: s.Link, Needs: v.needs(), Dashboard: s.UndoDashboard,
		Before: s.After, Undo: s.Title, UndoDashboard: s.Dashboard,
		Done: &Check{Get: s.Done.Get, Match: Encode(map[string]any{"id": id})},
	}
	if v.before.Provider() == nil {
		back.Title, back.Why = "Remove the tenant-level provider", "This run created it, and nothing sends through it any more."
		back.Call = &tenant.Call{Op: tenant.DeleteProvider, ID: id}
		back.Done.Absent = true
		v.add(back)
		return
	}
	former := v.formerProvider()
	body := asObject(Encode(former))
	back.Title, back.Why = "Put the provider's former settings back", "They were in force before the run."
	if v.lostToken(s) {
		body["credentials"] = map[string]any{"auth_token": v.ask(SecretFormerProviderToken, "the provider's former AuthToken, which Auth0 never returns")}
	}
	back.Call = &tenant.Call{Op: tenant.PatchProvider, ID: id, Body: Encode(body)}
	back.After, back.Done.Want = Encode(former), Encode(former)
	v.add(back)
}

// formerProvider is what of the provider can be written, as it was.
func (v *inverter) formerProvider() map[string]any {
	had, _ := v.was(tenant.PathProviders, "/providers/0").(map[string]any)
	former := map[string]any{}
	for _, key := range []string{"name", "disabled", "configuration"} {
		if value, ok := had[key]; ok {
			former[key] = value
		}
	}
	return former
}

// lostToken reports whether the run replaced the AuthToken of another Twilio account. That of the same account stays.
func (v *inverter) lostToken(s Step) bool {
	had := v.before.Provider()
	configuration, _ := asObject(s.After)["configuration"].(map[string]any)
	return had.Name == tenant.KindTwilio && asObject(s.Call.Body)["credentials"] != nil && configuration["sid"] != had.Configuration.SID
}

func (v *inverter) template(s Step) {
	kind := s.ID[len("template-"):]
	now, had := v.now.PhoneTemplates()[kind], v.before.PhoneTemplates()[kind]
	if now.ID == "" {
		return
	}
	back := Step{
		ID: "back-" + s.ID, Kind: Request, Source: s.Source, Link: s.Link, Needs: v.needs(), Dashboard: s.UndoDashboard,
		Before: s.After, Undo: "write it again", UndoDashboard: s.Dashboard, Basis: judge.Recorded,
		Done: &Check{Get: s.Done.Get, Match: Encode(map[string]any{"id": now.ID})},
	}
	if had.ID == "" {
		back.Title, back.Why = "Remove the message template "+kind, "This run created it. Auth0's default wording comes back."
		back.Call = &tenant.Call{Op: tenant.DeletePhoneTemplate, ID: now.ID}
		back.Done.Absent = true
		v.add(back)
		return
	}
	former := Encode(map[string]any{"disabled": had.Disabled, "content": Template{}.over(had).content()})
	back.Title, back.Why = "Put the former wording of "+kind+" back", "Users read it before the run."
	back.Call = &tenant.Call{Op: tenant.PatchPhoneTemplate, ID: now.ID, Body: former}
	back.After, back.Done.Want = former, former
	v.add(back)
}

// bindings puts the former list of bindings back. Those that were taken off have no id any more: they are named by their Action.
func (v *inverter) bindings() {
	s, sent := v.sent(stepBind)
	if !sent {
		return
	}
	list, ids, there := []any{}, []any{}, []any{}
	for _, b := range v.now.Bindings(tenant.TriggerPhone) {
		there = append(there, keptBinding(b))
	}
	for _, b := range v.before.Bindings(tenant.TriggerPhone) {
		list = append(list, map[string]any{
			"ref": map[string]any{"type": "action_id", "value": b.Action.ID}, "display_name": b.DisplayName,
		})
		ids = append(ids, boundTo(b.Action.ID))
	}
	v.add(Step{
		ID: "back-" + s.ID, Kind: Request, Source: s.Source, Link: s.Link, Needs: v.needs("back-provider"), Basis: judge.Inferred,
		Title: "Put the former bindings back", Why: "These were bound to the custom-phone-provider trigger before the run.",
		Dashboard: s.UndoDashboard,
		Call:      &tenant.Call{Op: s.Call.Op, ID: s.Call.ID, Body: Encode(map[string]any{"bindings": list})},
		Before:    Encode(there), After: Encode(list),
		Done: &Check{Get: s.Done.Get, Want: Encode(map[string]any{"bindings": ids})},
		Undo: "bind the Action again", UndoDashboard: s.Dashboard,
	})
}

// keptBinding names a binding that is there, as a request does that keeps it.
func keptBinding(b tenant.Binding) map[string]any {
	return map[string]any{"ref": map[string]any{"type": "binding_id", "value": b.ID}, "display_name": b.DisplayName}
}

// action removes the Action that the run created, or puts its former code back and deploys it.
func (v *inverter) action() {
	s, sent := v.sent(stepAction)
	if !sent {
		return
	}
	if s.Call.Op == tenant.CreateAction {
		v.removeAction(s)
		return
	}
	had, ok := v.formerAction(s.Call.ID)
	if !ok {
		return
	}
	v.formerCode(s, had)
	if had.Deployed || had.DeployedVersion != nil {
		v.deployFormer(s)
	}
}

func (v *inverter) removeAction(s Step) {
	for _, a := range v.now.Actions(tenant.TriggerPhone) {
		if _, had := v.formerAction(a.ID); had || a.Name != asObject(s.After)["name"] {
			continue
		}
		v.add(Step{
			ID: "back-" + s.ID, Kind: Request, Source: s.Source, Link: s.Link, Needs: v.needs("back-provider", "back-"+stepBind),
			Title: "Remove the custom-phone-provider Action", Why: "This run created it, and no provider uses it any more.",
			Dashboard: s.UndoDashboard,
			Call:      &tenant.Call{Op: tenant.DeleteAction, ID: a.ID},
			Before:    s.After,
			Done:      &Check{Get: listActions(tenant.TriggerPhone), Match: Encode(map[string]any{"id": a.ID}), Absent: true},
			Undo:      "create it again from its code; its secrets must be entered again", UndoDashboard: s.Dashboard,
		})
	}
}

func (v *inverter) formerAction(id string) (tenant.Action, bool) {
	for _, a := range v.before.Actions(tenant.TriggerPhone) {
		if a.ID == id {
			return a, true
		}
	}
	return tenant.Action{}, false
}

func (v *inverter) formerCode(s Step, had tenant.Action) {
	former := map[string]any{"name": had.Name, "code": had.Code, "runtime": had.Runtime}
	list := []any{}
	for _, d := range had.Dependencies {
		list = append(list, map[string]any{"name": d.Name, "version": d.Version})
	}
	former["dependencies"] = list
	body := asObject(Encode(former))
	secrets := []any{}
	for _, secret := range had.Secrets {
		value := v.ask(secretFormerAction(secret.Name), "a secret of the Action as it was; Auth0 never returns it")
		secrets = append(secrets, map[string]any{"name": secret.Name, "value": value})
	}
	body["secrets"] = secrets
	v.add(Step{
		ID: "back-" + s.ID, Kind: Request, Source: s.Source, Link: s.Link, Needs: v.needs("back-provider"),
		Title: "Put the Action's former code back", Why: "It waits as a draft until it is deployed.",
		Dashboard: undoAction,
		Call:      &tenant.Call{Op: tenant.PatchAction, ID: had.ID, Body: Encode(body)},
		Before:    s.After, After: Encode(former),
		Done: &Check{Get: tenant.Call{Op: tenant.GetAction, ID: had.ID}, Want: Encode(map[string]any{"code": had.Code})},
		Undo: "put the new code back", UndoDashboard: s.Dashboard,
	})
}

func (v *inverter) deployFormer(s Step) {
	get := tenant.Call{Op: tenant.GetAction, ID: s.Call.ID}
	v.add(Step{
		ID: "back-" + stepBuilt, Kind: Wait, Source: s.Source, Needs: v.needs("back-" + s.ID),
		Title: "Wait until Auth0 has built the former code", Why: "It can be deployed once its status is built; this takes seconds.",
		Done:      &Check{Get: get, Want: Encode(map[string]any{"status": statusBuilt})},
		Fails:     &Check{Get: get, Want: Encode(map[string]any{"status": "failed"})},
		Dashboard: "nothing to do", Undo: "nothing to undo",
	})
	deployed := Encode(map[string]any{"all_changes_deployed": true})
	v.add(Step{
		ID: "back-" + stepDeploy, Kind: Request, Source: s.Source, Link: s.Link, Needs: v.needs("back-" + stepBuilt),
		Title: "Deploy the former code", Why: "From now on it runs again.",
		Dashboard: undoAction,
		Call:      &tenant.Call{Op: tenant.DeployAction, ID: s.Call.ID},
		After:     deployed, Done: &Check{Get: get, Want: deployed},
		Undo: "deploy the new code", UndoDashboard: undoAction,
	})
}
