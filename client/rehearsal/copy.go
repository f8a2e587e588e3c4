package rehearsal

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// file is a snapshot as a tenant file of the emulator, in one of its worlds. What the file may not hold is left out: the emulator is
// strict about its files, and Auth0 may show what it does not know.
func file(s tenant.Snapshot, world string) ([]byte, error) {
	c := &copier{raw: s, clean: s.Redacted(), quirks: map[string]bool{}, scopes: map[string]bool{}}
	document := map[string]any{
		"world": world, "settings": c.settings(), "guardian": c.guardian(), "connections": c.connections(),
		"clients": c.clients(), "connection_clients": c.connectionClients(),
		"actions": c.actions(), "bindings": c.bindings(), "fill": c.fillers(),
		"phone_providers": c.providers(), "phone_templates": c.templates(), "migrations": c.migrations(),
	}
	if host := s.Tenant.Domain; host != "" && !strings.ContainsAny(host, "/: ") {
		document["domain"] = host
	}
	if protection := decode[object](c.part(tenant.PathProtection)); len(protection) > 0 {
		document["phone_provider_protection"] = protection
	}
	document["quirks"], document["token"] = c.quirks, map[string]any{"without": c.missing()}
	made, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("copy the tenant: %w", err)
	}
	return made, nil
}

// object is a JSON object whose values stay as they came.
type object map[string]json.RawMessage

// decode reads raw as a T, or gives the zero T: what is not of the documented shape is left out of the copy.
func decode[T any](raw json.RawMessage) T {
	var value T
	if len(raw) == 0 || json.Unmarshal(raw, &value) != nil {
		var zero T
		return zero
	}
	return value
}

func (o object) text(key string) string { return decode[string](o[key]) }

// copier makes a tenant file of a snapshot.
type copier struct {
	raw    tenant.Snapshot
	clean  tenant.Snapshot // raw without secrets: only this is copied
	quirks map[string]bool
	scopes map[string]bool // that the token lacks
}

// part is what was read at a path; nothing where it was refused, which the copy's token will be as well.
func (c *copier) part(path string) json.RawMessage {
	part := c.clean.Parts[path]
	if part.Err == nil {
		return part.Raw
	}
	if part.Err.Class() == tenant.ClassScope {
		for _, scope := range part.Err.Op.Scopes() {
			c.scopes[scope] = true
		}
	}
	return nil
}

// list is the list of objects at a path, or under a key of what is there.
func (c *copier) list(path, key string) []object {
	raw := c.part(path)
	if key != "" {
		raw = decode[object](raw)[key]
	}
	return decode[[]object](raw)
}

// missing are the scopes that the token lacks; of those of other operations the emulator knows nothing.
func (c *copier) missing() []string {
	for _, path := range c.clean.Paths() {
		c.part(path)
	}
	if c.scopes["read:logs"] {
		c.scopes["read:logs_users"] = true // either of them would do
	}
	known := emulator.Scopes()
	return slices.DeleteFunc(sortedKeys(c.scopes), func(scope string) bool { return !slices.Contains(known, scope) })
}

// tenantFlag is the setting that turns the Unified Phone Experience on.
const tenantFlag = "phone_consolidated_experience"

// settings are those of the tenant. A flag that is not shown stays hidden; the legacy endpoints tell whether it is on.
func (c *copier) settings() object {
	settings := decode[object](c.part(tenant.PathSettings))
	if settings == nil {
		settings = object{}
	}
	if c.raw.Settings().Unified == nil {
		c.quirks["flag_absent"] = true
		settings[tenantFlag] = plan.Encode(c.closed())
	}
	return settings
}

// closed reports whether the legacy MFA endpoints are refused, as they are once MFA has moved.
func (c *copier) closed() bool {
	refused := c.raw.Refusal(tenant.PathSelectedProvider)
	return refused != nil && refused.Class() == tenant.ClassUnified
}

// migrations are the migration flags. Hardly any token may read them: they are as on a tenant that has not moved, unless the legacy
// endpoints say otherwise.
func (c *copier) migrations() map[string]bool {
	flags := map[string]bool{tenant.MigrationMFA: !c.closed(), tenant.MigrationPasswordless: true}
	for name, legacy := range c.raw.Migrations() {
		if _, known := flags[name]; known {
			flags[name] = legacy
		}
	}
	// Where the tenant flag says one thing and the endpoints another, the migration flag decides.
	if unified := c.raw.Settings().Unified; unified != nil && *unified != c.closed() {
		c.quirks["legacy_closed_by_migration"] = true
	}
	return flags
}

func (c *copier) clients() []object {
	all := c.list(tenant.PathClients, "")
	known := map[string]bool{}
	for _, one := range all {
		known[one.text("client_id")] = true
	}
	for _, ids := range c.connectionClients() {
		for _, id := range ids {
			if !known[id] {
				known[id] = true
				all = append(all, object{"client_id": plan.Encode(id), "name": plan.Encode(id)})
			}
		}
	}
	return slices.DeleteFunc(all, func(one object) bool { return one.text("client_id") == "" })
}

func (c *copier) connectionClients() map[string][]string {
	all := map[string][]string{}
	for _, one := range c.raw.SMSConnections() {
		if ids := c.raw.EnabledClients(one.ID); one.ID != "" && len(ids) > 0 {
			all[one.ID] = ids
		}
	}
	return all
}
