package oracle

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"upe/flows/tenant"
)

// unasked lists what is different from the beginning although nothing of what was to happen changes it.
func (w *Witness) unasked(end End) []string {
	may := []string{"logs"}
	for _, call := range end.Writes {
		may = append(may, changedBy(call, end.FlagMovesAll)...)
	}
	for _, flag := range end.Flags {
		may = append(may, "migrations."+flag)
	}
	var all []string
	for _, path := range Changes(w.start, w.tenant.State()) {
		if id, ok := strings.CutPrefix(path, "connection_clients."); ok && !w.hadConnection(id) {
			path = newClients
		}
		if !slices.ContainsFunc(may, func(allowed string) bool { return covers(allowed, path) }) {
			all = append(all, path)
		}
	}
	return all
}

// newClients is the place of the applications of a connection that was not there at the beginning.
const newClients = "connection_clients[+]"

func (w *Witness) hadConnection(id string) bool {
	for _, c := range stateOf(w.start).Connections {
		if c.ID == id {
			return true
		}
	}
	return false
}

// covers reports whether path is what was allowed, or lies inside it. A * in what was allowed is any element.
func covers(allowed, path string) bool {
	before, after, wild := strings.Cut(allowed, "[*]")
	if !wild {
		return path == allowed || strings.HasPrefix(path, allowed+".") || strings.HasPrefix(path, allowed+"[")
	}
	rest, ok := strings.CutPrefix(path, before+"[")
	_, rest, closed := strings.Cut(rest, "]")
	return ok && closed && covers(after, rest)
}

// changedBy lists the places of a tenant file that a write is to change: the keys of its body, and what Auth0 itself writes
// beside them.
func changedBy(call tenant.Call, flagMovesAll bool) []string {
	inside := func(list string, more ...string) []string {
		var all []string
		for _, key := range append(keys(call.Body), more...) {
			all = append(all, fmt.Sprintf("%s[%s].%s", list, call.ID, key))
		}
		return append(all, list+"[+]") // where the id is that of something this migration made
	}
	switch call.Op {
	case tenant.PatchSettings:
		all := []string{}
		for _, key := range keys(call.Body) {
			all = append(all, "settings."+key)
		}
		if flagMovesAll {
			all = append(all, "migrations", "connections[*].options.use_phone_provider")
		}
		return all
	case tenant.CreateProvider:
		return []string{"phone_providers[+]"}
	case tenant.PatchProvider:
		return inside("phone_providers", "updated_at")
	case tenant.CreatePhoneTemplate:
		return []string{"phone_templates[+]"}
	case tenant.PatchPhoneTemplate:
		return inside("phone_templates", "updated_at")
	case tenant.CreateAction:
		return []string{"actions[+]"}
	case tenant.PatchAction:
		return inside("actions", "updated_at", "status", "all_changes_deployed", "built_at")
	case tenant.DeployAction:
		return inside("actions", "updated_at", "deployed_version", "versions", "all_changes_deployed", "status", "built_at")
	case tenant.PatchBindings:
		return []string{"bindings." + call.ID}
	case tenant.PutMessageTypes:
		return []string{"guardian.message_types"}
	case tenant.PutSMSFactor:
		return []string{"guardian.factors.sms"}
	case tenant.CreateConnection:
		return []string{"connections[+]", newClients}
	case tenant.PatchConnectionClients:
		return []string{"connection_clients." + call.ID, newClients}
	case tenant.PatchConnection:
		return connectionChanges(call)
	default: // what nobody expects to be written changes nothing that is expected
		return nil
	}
}

// connectionChanges names each option by itself: the request carries all of them, and only those that the step is about may
// be different afterwards. A secret that is entered again, because it could not be read, is the same secret.
func connectionChanges(call tenant.Call) []string {
	var body struct {
		Options map[string]json.RawMessage `json:"options"`
	}
	_ = json.Unmarshal(call.Body, &body) // a body without options changes none
	var all []string
	for key, value := range body.Options {
		if strings.Contains(string(value), `"$secret"`) {
			continue
		}
		all = append(all, fmt.Sprintf("connections[%s].options.%s", call.ID, key))
	}
	return all
}

func keys(body json.RawMessage) []string {
	var object map[string]json.RawMessage
	_ = json.Unmarshal(body, &object) // an empty body has no keys
	return slices.Sorted(maps.Keys(object))
}

// Changes lists where two tenant files differ, as paths: "settings.friendly_name", "connections[con_1].options.from". A new element is
// "connections[+]", one that is gone "connections[-con_1]".
func Changes(before, after json.RawMessage) []string {
	var a, b any
	_ = json.Unmarshal(before, &a) // the emulator's own files
	_ = json.Unmarshal(after, &b)
	return differences("", a, b)
}

func differences(path string, a, b any) []string {
	if reflect.DeepEqual(a, b) {
		return nil
	}
	before, isObject := a.(map[string]any)
	after, alsoObject := b.(map[string]any)
	if isObject && alsoObject {
		return members(path, before, after)
	}
	was, isList := elements(a)
	is, alsoList := elements(b)
	if isList && alsoList {
		return listed(path, was, is)
	}
	return []string{path}
}

func members(path string, a, b map[string]any) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	var out []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		out = append(out, differences(strings.TrimPrefix(path+"."+key, "."), a[key], b[key])...)
	}
	return out
}

func listed(path string, was, is map[string]any) []string {
	all := maps.Clone(was)
	maps.Copy(all, is)
	var out []string
	for _, id := range slices.Sorted(maps.Keys(all)) {
		before, existed := was[id]
		after, exists := is[id]
		switch {
		case !existed:
			out = append(out, path+"[+]")
		case !exists:
			out = append(out, path+"[-"+id+"]")
		default:
			out = append(out, differences(path+"["+id+"]", before, after)...)
		}
	}
	return out
}

// elements are those of a list of objects, by what names them. Other lists have none: they are compared as a whole.
func elements(v any) (map[string]any, bool) {
	list, ok := v.([]any)
	if !ok {
		return map[string]any{}, v == nil
	}
	named := map[string]any{}
	for _, element := range list {
		object, ok := element.(map[string]any)
		if !ok {
			return nil, false
		}
		id := ""
		for _, key := range []string{"id", "client_id", "log_id", "name", "type"} {
			if text, ok := object[key].(string); ok && id == "" {
				id = text
			}
		}
		if _, taken := named[id]; taken || id == "" {
			return nil, false
		}
		named[id] = element
	}
	return named, true
}
