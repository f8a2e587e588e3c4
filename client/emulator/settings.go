package emulator

import (
	"encoding/json"
	"maps"
	"net/http"
)

func getSettings(c *call) reply { return ok(c.fields(c.settings())) }

// settings as the API shows them.
func (c *call) settings() object {
	if c.s.has(quirkFlagAbsent) {
		return c.s.Settings.without(tenantFlag)
	}
	return c.s.Settings
}

// patchSettings keeps every key it is sent, known or not: Auth0 stored the flag before any SDK knew it. flags is laid over
// key by key, and a null takes a key away (recorded).
func patchSettings(c *call) reply {
	patch, bad := c.object(shape{open: true, keys: map[string]check{
		tenantFlag: boolean, "flags": document, "friendly_name": nullable(text(0, 1024)),
	}})
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

// patchMigrations is never reached with a token of the Management API, see [Scopes] and [Tenant.Toggle].
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
