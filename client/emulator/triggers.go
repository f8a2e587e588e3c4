package emulator

import (
	"net/http"
	"slices"
)

// trigger is one version of a trigger, as GET /actions/triggers shows it.
type trigger struct {
	ID             string   `json:"id"`
	Version        string   `json:"version"`
	Status         string   `json:"status"`
	Runtimes       []string `json:"runtimes"`
	DefaultRuntime string   `json:"default_runtime"`
	BindingPolicy  string   `json:"binding_policy"`
	Compatible     []string `json:"compatible_triggers"`
}

const defaultRuntime = "node22"

var currentRuntimes = []string{"node18-actions", "node22"}

// triggers as recorded in 2026; of those that carry no phone messages only the current version is listed.
func triggers() []trigger {
	list := []trigger{
		{triggerHook, "v2", "CURRENT", currentRuntimes, defaultRuntime, "trigger-bound", []string{}},
		{triggerHook, "v1", "DEPRECATED", []string{"node22"}, "node12", "trigger-bound", []string{}},
		{triggerPhone, "v1", "CURRENT", currentRuntimes, defaultRuntime, "trigger-bound", []string{}},
	}
	for _, other := range []struct{ id, version string }{
		{"post-login", "v3"},
		{"credentials-exchange", "v2"},
		{"pre-user-registration", "v2"},
		{"post-user-registration", "v2"},
		{"post-change-password", "v2"},
		{"custom-email-provider", "v1"},
		{"custom-token-exchange", "v1"},
		{"password-hash-migration", "v1"},
	} {
		list = append(list, trigger{other.id, other.version, "CURRENT", currentRuntimes, defaultRuntime, "trigger-bound", []string{}})
	}
	return list
}

func triggerIDs() []string {
	var ids []string
	for _, t := range triggers() {
		ids = append(ids, t.ID)
	}
	return slices.Compact(ids)
}

// currentVersion of a trigger.
func currentVersion(id string) string {
	for _, t := range triggers() {
		if t.ID == id && t.Status == "CURRENT" {
			return t.Version
		}
	}
	return "v1"
}

func listTriggers(*call) reply { return ok(map[string]any{"triggers": triggers()}) }

var noTrigger = fail(http.StatusNotFound, "", "That trigger does not exist.")

// bindingView is a binding as the API shows it: with its Action in short, which always has changes to deploy there (recorded).
func (c *call) bindingView(trigger string) func(object) object {
	return func(b object) object {
		out := only(b, "id", "display_name", "created_at", "updated_at").with("trigger_id", trigger)
		if i := find(c.s.Actions, "id", b.str("action_id")); i >= 0 {
			a := c.s.Actions[i]
			out = out.with("action", actionRef(a).merged(liveVersions(a)))
		}
		return out
	}
}

func listBindings(c *call) reply {
	if !slices.Contains(triggerIDs(), c.arg(0)) {
		return noTrigger
	}
	return c.totalled("bindings", c.s.Bindings[c.arg(0)], c.bindingView(c.arg(0)))
}

// patchBindings replaces the list of a trigger. A binding that is to stay is named by its binding_id.
func patchBindings(c *call) reply {
	id := c.arg(0)
	if !slices.Contains(triggerIDs(), id) {
		return noTrigger
	}
	ref := shape{open: true, need: []string{"type", "value"}, keys: map[string]check{
		"type": oneOf("action_id", "action_name", "binding_id"), "value": text(1, 255),
	}}
	item := shape{need: []string{"ref"}, keys: map[string]check{"ref": ref.check, "display_name": text(1, 255), "secrets": list(0, document)}}
	body, bad := c.object(shape{keys: map[string]check{"bindings": list(0, item.check)}})
	if bad != nil {
		return *bad
	}
	wanted := body.objects("bindings")
	if len(wanted) > maxPerTrigger {
		return fail(http.StatusBadRequest, "", "A trigger can have at most %d actions.", maxPerTrigger)
	}
	bindings := make([]object, 0, len(wanted))
	for _, w := range wanted {
		b, bad := c.binding(id, w)
		if bad != nil {
			return *bad
		}
		bindings = append(bindings, b)
	}
	c.s.Bindings = under(c.s.Bindings, map[string][]object{id: bindings})
	return ok(map[string]any{"bindings": views(bindings, c.bindingView(id))})
}

// binding makes one binding of what a PATCH asks for.
func (c *call) binding(trigger string, wanted object) (object, *reply) {
	kind, value := wanted.obj("ref").str("type"), wanted.obj("ref").str("value")
	if kind == "binding_id" {
		i := find(c.s.Bindings[trigger], "id", value)
		if i < 0 {
			return nil, refuse(fail(http.StatusBadRequest, "", "The binding %s does not exist.", value))
		}
		return c.s.Bindings[trigger][i].merged(only(wanted, "display_name")), nil
	}
	key := map[string]string{"action_id": "id", "action_name": "name"}[kind]
	i := find(c.s.Actions, key, value)
	if i < 0 {
		return nil, &noAction
	}
	a := c.s.Actions[i]
	switch {
	case triggerOf(a) != trigger:
		return nil, refuse(fail(http.StatusBadRequest, "", "The action does not support the %s trigger.", trigger))
	case !a.has("deployed_version"):
		return nil, refuse(fail(http.StatusBadRequest, "", "The action must be deployed before it can be bound to a trigger."))
	}
	return object{
		"id": encode(c.newID(KindBinding)), "action_id": encode(a.str("id")), "display_name": encode(a.str("name")),
		"created_at": encode(nanos(c.now)), "updated_at": encode(nanos(c.now)),
	}.merged(only(wanted, "display_name")), nil
}
