package plan

import (
	"maps"
	"net/url"
	"slices"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// statusBuilt is the status of an Action that can be deployed.
const statusBuilt = "built"

// runtimeNode is the runtime of new Actions (Deploy CLI recording of the triggers, 2026).
const runtimeNode = "node22"

// How an Action is taken back in the Dashboard, whose library does not list those of custom-phone-provider (docs: configure a custom
// phone provider), so that it cannot delete one.
const (
	undoAction    = "Branding > Phone Provider > Custom > Provider Configuration: paste the former code, enter its secrets again, Deploy"
	undoNewAction = "Branding > Phone Provider: choose another provider, or none once no flow sends through it, Save; the Action stays, and nothing runs it"
)

// action makes the custom-phone-provider Action: its code, built, deployed, bound. A tenant has one at most, so an existing one
// is used, and only what is not so already is written.
func (b *builder) action() {
	a := b.choices.Action
	have, _ := b.existing(a.ID)
	if !a.Keep && !a.is(have) {
		b.actionCode(a)
	}
	if b.has(stepAction) || !deployed(have, a.Keep) {
		if b.has(stepAction) || have.Status != statusBuilt {
			b.actionBuilt()
		}
		b.actionDeploy(a)
	}
	if !b.bound(a.ID) || len(b.rivalBindings()) > 0 {
		b.actionBind(a)
	}
}

// existing finds a custom-phone-provider Action of the tenant.
func (b *builder) existing(id string) (tenant.Action, bool) {
	for _, a := range b.before.Actions(tenant.TriggerPhone) {
		if a.ID == id && id != "" {
			return a, true
		}
	}
	return tenant.Action{}, false
}

// is reports whether have is what is wanted. Where there are secrets no one can tell: Auth0 never shows them.
func (a *Action) is(have tenant.Action) bool {
	if a.ID == "" || have.Code != a.Code || len(a.Secrets) > 0 || len(have.Dependencies) != len(a.Dependencies) {
		return false
	}
	for _, d := range have.Dependencies {
		if !slices.Contains(a.Dependencies, Dependency{Name: d.Name, Version: d.Version}) {
			return false
		}
	}
	return a.Runtime == "" || a.Runtime == have.Runtime
}

// deployed reports whether the Action runs as wanted. Who keeps an Action keeps what runs, though a newer draft may wait beside it.
func deployed(have tenant.Action, keep bool) bool {
	return have.Deployed || keep && have.DeployedVersion != nil
}

// actionID is how calls name the Action: by its id, or by the answer of the step that creates it.
func (a *Action) actionID() string {
	if a.ID != "" {
		return a.ID
	}
	return "@" + stepAction + "#/id"
}

// actionRef is the same inside a body.
func (a *Action) actionRef() any {
	if a.ID != "" {
		return a.ID
	}
	return reference(stepAction, "/id")
}

func (b *builder) actionCode(a *Action) {
	shown := map[string]any{"name": a.Name, "code": a.Code, "runtime": a.runtime(), "dependencies": dependencies(a.Dependencies)}
	body := maps.Clone(shown)
	body["secrets"] = b.actionSecrets(a)
	step := Step{
		ID: stepAction, Kind: Request, Phase: Prepare, Basis: judge.Documented, Source: sourceCustom,
		Dashboard: "Branding > Phone Provider > Custom > Provider Configuration: paste the code, add its secrets and dependencies",
		Link:      linkProvider,
		After:     Encode(shown),
		Done: &Check{
			Get:   listActions(tenant.TriggerPhone),
			Match: Encode(map[string]any{"name": a.Name}),
			Want:  Encode(map[string]any{"code": a.Code, "dependencies": dependencyNames(a.Dependencies)}),
		},
	}
	if a.ID == "" {
		body["supported_triggers"] = []any{map[string]any{"id": tenant.TriggerPhone, "version": "v1"}}
		step.Title = "Create the custom-phone-provider Action"
		step.Why = "A custom provider sends by this Action. It does not run before it is deployed."
		step.Undo, step.UndoDashboard = "delete the Action", undoNewAction
		step.Call = &tenant.Call{Op: tenant.CreateAction, Body: Encode(body)}
	} else {
		step.Title = "Change the custom-phone-provider Action"
		step.Why = "A tenant has one custom-phone-provider Action, and this tenant has it already. The change waits as a draft until it is deployed."
		step.Undo = "put the former code back (it is in the snapshot) and deploy it; its secrets must be entered again"
		step.UndoDashboard = undoAction
		step.Before = b.partOf(tenant.PathPhoneActions, selector("id", a.ID), shown)
		step.Call = &tenant.Call{Op: tenant.PatchAction, ID: a.ID, Body: Encode(body)}
		step.Done.Match = Encode(map[string]any{"id": a.ID})
	}
	if a.Origin != "" {
		step.Why += " " + a.Origin
	}
	b.add(step)
}

func (a *Action) runtime() string {
	if a.Runtime == "" {
		return runtimeNode
	}
	return a.Runtime
}

func (b *builder) actionSecrets(a *Action) []any {
	list := []any{}
	for _, name := range a.Secrets {
		why := "a secret of the Action; Auth0 never returns it"
		if is := a.Purposes[name]; is != "" {
			why = "a secret of the Action, " + is
		}
		value := b.ask(SecretAction(name), why)
		list = append(list, map[string]any{"name": name, "value": value})
	}
	return list
}

func (b *builder) actionBuilt() {
	b.add(Step{
		ID: stepBuilt, Kind: Wait, Phase: Prepare, Basis: judge.Documented, Source: sourceCustom, Needs: b.needs(stepAction),
		Title: "Wait until Auth0 has built the Action",
		Why:   "It can be deployed once its status is built; this takes seconds.",
		Done: &Check{
			Get:  tenant.Call{Op: tenant.GetAction, ID: b.choices.Action.actionID()},
			Want: Encode(map[string]any{"status": statusBuilt}),
		},
		Fails: &Check{
			Get:  tenant.Call{Op: tenant.GetAction, ID: b.choices.Action.actionID()},
			Want: Encode(map[string]any{"status": "failed"}),
		},
		Dashboard: "nothing to do",
		Undo:      "nothing to undo",
	})
}

func (b *builder) actionDeploy(a *Action) {
	undo := undoAction
	if a.ID == "" {
		undo = undoNewAction
	}
	b.add(Step{
		ID: stepDeploy, Kind: Request, Phase: Prepare, Basis: judge.Documented, Source: sourceCustom, Needs: b.needs(stepBuilt),
		Title:     "Deploy the Action",
		Why:       "Auth0 refuses a custom provider without a deployed Action.",
		Dashboard: "Branding > Phone Provider > Custom: Deploy", Link: linkProvider,
		Call: &tenant.Call{Op: tenant.DeployAction, ID: a.actionID()},
		Done: &Check{
			Get:  tenant.Call{Op: tenant.GetAction, ID: a.actionID()},
			Want: Encode(map[string]any{"all_changes_deployed": true}),
		},
		After: Encode(map[string]any{"all_changes_deployed": true}),
		Undo:  "deploy the former version, or delete the Action", UndoDashboard: undo,
	})
}

// actionName is the name of the Action, of the tenant's own where it is kept.
func (b *builder) actionName(a *Action) string {
	if have, ok := b.existing(a.ID); ok && a.Keep {
		return have.Name
	}
	return a.Name
}

func dependencies(list []Dependency) []any {
	bodies := []any{}
	for _, d := range list {
		bodies = append(bodies, map[string]any{"name": d.Name, "version": d.Version})
	}
	return bodies
}

// dependencyNames is what a read shows of dependencies for certain: a version such as "latest" may read back as the one it
// stands for.
func dependencyNames(list []Dependency) []any {
	names := []any{}
	for _, d := range list {
		names = append(names, map[string]any{"name": d.Name})
	}
	return names
}

func listActions(trigger string) tenant.Call {
	return tenant.Call{Op: tenant.ListActions, Query: url.Values{"triggerId": {trigger}}}
}
