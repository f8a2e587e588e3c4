package emulator

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// An Action in the state has what the API hides as well: secret values, and its versions. actionView is what the API shows.

var noAction = fail(http.StatusNotFound, "", "That action does not exist.")

// The limits of Auth0's entity limit policy. How Auth0 refuses one Action more was not recorded: that it does so as for other
// entities is inferred. Auth0 raises the limit on request, so a tenant file with more Actions is one whose limit was raised, to
// nobody knows what: it gets as many as it likes.
const (
	maxActions    = 100
	maxVersions   = 50
	maxPerTrigger = 20
)

var actionKeys = map[string]check{
	"name": text(1, 255), "code": text(0, 100_000), "runtime": text(1, 64),
	"supported_triggers": list(1, shape{open: true, need: []string{"id"}, keys: map[string]check{"id": oneOf(triggerIDs()...)}}.check),
	"dependencies":       list(0, document),
	"secrets":            list(0, shape{open: true, keys: map[string]check{"name": text(1, 128), "value": text(0, 4096)}}.check),
	"modules":            list(0, document),
}

// triggerOf is the trigger of an Action: the only one it has.
func triggerOf(a object) string {
	if list := a.objects("supported_triggers"); len(list) > 0 {
		return list[0].str("id")
	}
	return ""
}

// hideValues takes the values out of a document's secrets.
func hideValues(o object) object {
	secrets := o.objects("secrets")
	out := make([]object, len(secrets))
	for i, s := range secrets {
		out[i] = s.without("value")
	}
	return o.with("secrets", out)
}

func actionView(a object) object {
	return hideValues(a).without("versions").merged(liveVersions(a))
}

// liveVersions is what an Action shows of the version that is live: whole, and once more in short with its status in capitals
// (recorded). Nothing, while none is.
func liveVersions(a object) object {
	if !a.has("deployed_version") {
		return nil
	}
	v := a.obj("deployed_version")
	short := only(v, "id", "code", "runtime", "number", "created_at", "updated_at").with("status", strings.ToUpper(v.str("status")))
	if v.has("built_at") {
		short = short.with("build_time", v.str("built_at"))
	}
	return object{"deployed_version": encode(hideValues(v)), "current_version": encode(short)}
}

// completeAction gives an Action of a tenant file what the API always shows. With all_changes_deployed and no version, the
// code is what is deployed; with a version and without the word, the code says whether it is the version's.
func completeAction(a object, now time.Time, newID func(string) string) object {
	stamp := nanos(now)
	a = object{
		"created_at": encode(stamp), "updated_at": encode(stamp), "code": encode(""), "dependencies": encode([]string{}),
		"runtime": encode(defaultRuntime), "status": encode("built"), "secrets": encode([]string{}),
		"all_changes_deployed": encode(a.has("deployed_version") && a.obj("deployed_version").str("code") == a.str("code")),
	}.merged(a).withID("id", newID, KindAction)
	a = a.with("secrets", stamped(a.objects("secrets"), nil, stamp))
	switch {
	case a.has("versions"):
	case a.has("deployed_version"):
		v := a.obj("deployed_version")
		v = object{"deployed": encode(true), "number": encode(1)}.merged(v).withID("id", newID, KindVersion)
		if len(v.objects("secrets")) == 0 {
			v = v.with("secrets", a.objects("secrets"))
		}
		a = a.with("deployed_version", v).with("versions", []object{v})
	case a.bool("all_changes_deployed"):
		a = deployed(a, draftVersion(a, stamp).withID("id", newID, KindVersion))
	}
	return a
}

// stamped gives secrets a time, and the value they had when they are sent without one.
func stamped(secrets, before []object, stamp string) []object {
	out := make([]object, 0, len(secrets))
	for _, s := range secrets {
		if i := find(before, "name", s.str("name")); i >= 0 && !s.has("value") {
			s = before[i]
		}
		out = append(out, object{"updated_at": encode(stamp)}.merged(s))
	}
	return out
}

// settle lets time pass for Actions that are being built.
func (s *state) settle(now time.Time, build time.Duration) {
	for i, a := range s.Actions {
		status := a.str("status")
		if status != "pending" && status != "building" {
			continue
		}
		since, err := time.Parse(time.RFC3339Nano, a.str("updated_at"))
		switch age := now.Sub(since); {
		case err != nil:
			s.Actions = replaced(s.Actions, i, built(a, nanos(now)))
		case age >= build:
			s.Actions = replaced(s.Actions, i, built(a, nanos(since.Add(build))))
		case age >= build/3:
			s.Actions = replaced(s.Actions, i, a.with("status", "building"))
		}
	}
}

// built is a at the end of its build, with the version that was deployed before it. The registry of a dependency is no longer
// shown then (recorded).
func built(a object, stamp string) object {
	dependencies := a.objects("dependencies")
	for i, d := range dependencies {
		dependencies[i] = d.without("registry_url")
	}
	a = a.with("status", "built").with("dependencies", orEmpty(dependencies))
	finish := func(v object) object {
		if v.str("status") != "pending" {
			return v
		}
		return v.merged(object{"status": encode("built"), "built_at": encode(stamp), "updated_at": encode(stamp)})
	}
	if a.has("deployed_version") {
		a = a.with("deployed_version", finish(a.obj("deployed_version")))
	}
	if a.has("versions") {
		a = a.with("versions", views(a.objects("versions"), finish))
	}
	return a
}

// deployedPhoneAction is the Action that a custom provider would run, or nil.
func (s *state) deployedPhoneAction() object {
	for _, a := range s.Actions {
		if triggerOf(a) == triggerPhone && a.has("deployed_version") {
			return a
		}
	}
	return nil
}

func listActions(c *call) reply {
	var list []object
	trigger, name := c.query.Get("triggerId"), c.query.Get("actionName")
	for _, a := range c.s.Actions {
		fits := (trigger == "" || triggerOf(a) == trigger) && (name == "" || a.str("name") == name) &&
			(!c.query.Has("deployed") || c.flag("deployed") == a.has("deployed_version")) &&
			(!c.query.Has("installed") || c.flag("installed") == a.has("installed_integration_id"))
		if fits {
			list = append(list, a)
		}
	}
	return c.totalled("actions", list, actionView)
}

// totalled is the page style of everything below /actions: always with total and per_page, and page when it is not the first
// (recorded).
func (c *call) totalled(name string, list []object, view func(object) object) reply {
	size, bad := c.number("per_page", 1, 100, 50)
	if bad != nil {
		return *bad
	}
	page, bad := c.number("page", 0, 1<<30, 0)
	if bad != nil {
		return *bad
	}
	out := map[string]any{name: views(slice(list, page*size, size), view), "total": len(list), "per_page": size}
	if page > 0 {
		out["page"] = page
	}
	return ok(out)
}

func getAction(c *call) reply {
	i := find(c.s.Actions, "id", c.arg(0))
	if i < 0 {
		return noAction
	}
	return ok(actionView(c.s.Actions[i]))
}

func createAction(c *call) reply {
	body, bad := c.object(shape{need: []string{"name", "supported_triggers"}, keys: under(actionKeys, map[string]check{"deploy": boolean})})
	if bad != nil {
		return *bad
	}
	triggers, bad := c.trigger(body)
	if bad != nil {
		return *bad
	}
	if find(c.s.Actions, "name", body.str("name")) >= 0 {
		return fail(http.StatusConflict, "", "An action with the same name already exists.")
	}
	stamp := nanos(c.now)
	a := object{
		"id": encode(c.newID(KindAction)), "created_at": encode(stamp), "updated_at": encode(stamp), "code": encode(starterCode),
		"dependencies": encode([]string{}), "runtime": encode(defaultRuntime), "all_changes_deployed": encode(false),
	}.merged(body.without("deploy")).with("supported_triggers", triggers).with("status", "pending")
	a = a.with("secrets", stamped(body.objects("secrets"), nil, stamp))
	if body.bool("deploy") {
		// It is live at once, and built later (recorded).
		v := draftVersion(a, stamp).with("status", "pending").without("built_at")
		a = deployed(a, v.with("id", c.newID(KindVersion)))
	}
	c.s.Actions = added(c.s.Actions, a)
	return created(actionView(a))
}

// starterCode is what the API description gives for code that is left out.
const starterCode = "module.exports = () => {}"

// trigger checks what Auth0 checks about the trigger of a new Action: one per Action, and one custom-phone-provider Action per
// tenant (enforced everywhere since 2026-03-02).
func (c *call) trigger(body object) ([]object, *reply) {
	list := body.objects("supported_triggers")
	if len(list) > 1 {
		return nil, refuse(fail(http.StatusBadRequest, "invalid_body", "An action can only target a single trigger"))
	}
	id := list[0].str("id")
	isPhone := func(a object) bool { return triggerOf(a) == triggerPhone }
	switch {
	case id == triggerPhone && slices.ContainsFunc(c.s.Actions, isPhone):
		return nil, refuse(fail(http.StatusForbidden, "actions_cardinality_custom_phone_provider_not_allowed",
			"custom-phone-provider can only have one supported Action"))
	case len(c.s.Actions) == maxActions:
		return nil, refuse(fail(http.StatusForbidden, "too_many_entities", "You reached the limit of entities of this type for this tenant."))
	}
	return []object{{"id": encode(id), "version": encode(first(list[0].str("version"), currentVersion(id)))}}, nil
}

// patchAction makes a new draft, which is built again. Secrets are replaced as a list; one that is sent without a value keeps
// the value it had.
func patchAction(c *call) reply {
	i := find(c.s.Actions, "id", c.arg(0))
	if i < 0 {
		return noAction
	}
	body, bad := c.object(shape{keys: actionKeys})
	if bad != nil {
		return *bad
	}
	a, stamp := c.s.Actions[i], nanos(c.now)
	if body.has("secrets") {
		body = body.with("secrets", stamped(body.objects("secrets"), a.objects("secrets"), stamp))
	}
	a = a.merged(body).merged(object{
		"status": encode("pending"), "updated_at": encode(stamp), "all_changes_deployed": encode(false),
		"supported_triggers": a["supported_triggers"],
	})
	c.s.Actions = replaced(c.s.Actions, i, a)
	return ok(actionView(a))
}

// deleteAction refuses an Action that is bound, unless it is forced.
func deleteAction(c *call) reply {
	i := find(c.s.Actions, "id", c.arg(0))
	if i < 0 {
		return noAction
	}
	bound := func(b object) bool { return b.str("action_id") == c.arg(0) }
	bindings := under(c.s.Bindings, nil)
	for trigger, list := range bindings {
		if slices.ContainsFunc(list, bound) && !c.flag("force") {
			return fail(http.StatusBadRequest, "", "The action is bound to the %s trigger and cannot be deleted.", trigger)
		}
		bindings[trigger] = slices.DeleteFunc(slices.Clone(list), bound)
	}
	c.s.Bindings = bindings
	c.s.Actions = removed(c.s.Actions, i)
	return noContent
}
