package emulator

import "net/http"

// draftVersion is the draft of an Action as a version without an id. Secrets keep their values, because this is what runs.
func draftVersion(a object, stamp string) object {
	v := only(a, "code", "dependencies", "runtime", "secrets", "supported_triggers")
	return v.merged(object{
		"status": encode("built"), "built_at": encode(stamp), "created_at": encode(stamp), "updated_at": encode(stamp),
	})
}

// deployed makes v the newest and the live version of a.
func deployed(a, v object) object {
	versions := a.objects("versions")
	number := 1
	for i, old := range versions {
		versions[i] = old.with("deployed", false)
		number = max(number, 1+decode[int](old["number"]))
	}
	v = v.with("number", number).with("deployed", true)
	versions = append(versions, v)
	if len(versions) > maxVersions {
		versions = versions[len(versions)-maxVersions:]
	}
	upToDate := string(v["code"]) == string(a["code"]) && string(v["secrets"]) == string(a["secrets"])
	return a.with("versions", versions).with("deployed_version", v).with("all_changes_deployed", upToDate)
}

// versionView is a version as its own endpoints show it: with the Action it belongs to.
func versionView(a object) func(object) object {
	return func(v object) object {
		return hideValues(v).with("action", actionRef(a))
	}
}

// actionRef is an Action inside of another document. all_changes_deployed is false there, whatever the Action itself says
// (recorded in 2023 and 2025).
func actionRef(a object) object {
	return only(a, "id", "name", "supported_triggers", "created_at", "updated_at").with("all_changes_deployed", false)
}

// deployAction needs a draft that is built (deploy-cli issue #395). Answers of real tenants are 200 and say deployed false,
// because there it takes a moment (recorded); the description says 202.
func deployAction(c *call) reply {
	i := find(c.s.Actions, "id", c.arg(0))
	if i < 0 {
		return noAction
	}
	a := c.s.Actions[i]
	if a.str("status") != "built" {
		return fail(http.StatusBadRequest, "", "A draft must be in the 'built' state before it can be deployed.")
	}
	return c.deploy(i, draftVersion(a, nanos(c.now)))
}

// deployVersion brings an older version back: as a new version that is equal to it.
func deployVersion(c *call) reply {
	i := find(c.s.Actions, "id", c.arg(0))
	if i < 0 {
		return noAction
	}
	versions := c.s.Actions[i].objects("versions")
	k := find(versions, "id", c.arg(1))
	if k < 0 {
		return noVersion
	}
	stamp := encode(nanos(c.now))
	return c.deploy(i, versions[k].merged(object{"created_at": stamp, "updated_at": stamp, "built_at": stamp}))
}

func (c *call) deploy(i int, v object) reply {
	v = v.with("id", c.newID(KindVersion))
	a := deployed(c.s.Actions[i], v)
	c.s.Actions = replaced(c.s.Actions, i, a)
	return ok(versionView(c.s.Actions[i])(a.obj("deployed_version").with("deployed", false).without("built_at")))
}

var noVersion = fail(http.StatusNotFound, "", "That action version does not exist.")

// listVersions shows the newest first.
func listVersions(c *call) reply {
	i := find(c.s.Actions, "id", c.arg(0))
	if i < 0 {
		return noAction
	}
	var list []object
	for _, v := range c.s.Actions[i].objects("versions") {
		list = append([]object{v}, list...)
	}
	return c.totalled("versions", list, versionView(c.s.Actions[i]))
}

func getVersion(c *call) reply {
	i := find(c.s.Actions, "id", c.arg(0))
	if i < 0 {
		return noAction
	}
	versions := c.s.Actions[i].objects("versions")
	k := find(versions, "id", c.arg(1))
	if k < 0 {
		return noVersion
	}
	return ok(versionView(c.s.Actions[i])(versions[k]))
}
