package emulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
)

func getSettings(c *call) reply { return ok(c.fields(c.settings())) }

// settings as the API shows them.
func (c *call) settings() object {
	if c.s.has(quirkFlagAbsent) {
		return c.s.Settings.without(tenantFlag)
	}
	return c.s.Settings
}

// settingsShape refuses keys that a tenant does not have, which Auth0 does for settings and flags alike (deploy-cli pull request
// #796; the description says so of both). Not so a flag that the tenant shows: the description does not have them all, and
// Auth0 shows and takes some of a tenant's own.
func (c *call) settingsShape() shape {
	anything := func(string, json.RawMessage) string { return "" }
	flags := map[string]check{}
	for _, key := range slices.Concat(settableFlags, slices.Collect(maps.Keys(c.s.Settings.obj("flags")))) {
		flags[key] = boolean
	}
	keys := map[string]check{
		tenantFlag: boolean, "flags": shape{keys: flags}.check, "friendly_name": nullable(text(0, 1024)),
	}
	for _, key := range settable {
		keys[key] = anything
	}
	return shape{keys: keys}
}

// patchSettings lays flags over key by key, and a null takes a key away (recorded).
func patchSettings(c *call) reply {
	patch, bad := c.object(c.settingsShape())
	if bad != nil {
		return *bad
	}
	before := byFlag(c.s)
	if patch.has("flags") {
		patch = patch.with("flags", c.s.Settings.obj("flags").merged(patch.obj("flags")))
	}
	c.s.Settings = c.s.Settings.merged(patch)
	maps.DeleteFunc(c.s.Settings, func(key string, v json.RawMessage) bool { return patch.has(key) && kindOf(v) == "null" })
	if after := byFlag(c.s); after != before {
		c.s.world().flagged(c.s, after)
	}
	return ok(c.settings())
}

// getMigrations answers as recorded years ago: the path is in no description of the API any more.
func getMigrations(c *call) reply {
	if c.s.has(quirkMigrationsHidden) {
		return fail(http.StatusNotFound, "", "Not Found")
	}
	return ok(map[string]any{"flags": c.s.Migrations})
}

// patchMigrations refuses every token of the Management API, whatever its scopes: the Dashboard writes migration flags with a session
// of its own (auth0-cli pull request #1646), see [Tenant.Toggle].
func patchMigrations(*call) reply {
	return fail(http.StatusForbidden, "", "Migration flags are written by a Dashboard session")
}

// getProtection is 404 while nothing is configured (API description).
func getProtection(c *call) reply {
	if len(c.s.Protection) == 0 {
		return fail(http.StatusNotFound, "", "Phone provider protection is not configured")
	}
	return ok(c.s.Protection)
}

func patchProtection(c *call) reply {
	body, bad := c.object(shape{need: []string{"type"}, keys: map[string]check{"type": oneOf("exponential", "none")}})
	if bad != nil {
		return *bad
	}
	c.s.Protection = body
	return ok(body)
}
