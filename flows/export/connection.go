package export

import (
	"cmp"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// connection takes in the switch, or the making, of one sms connection. The API replaces options whole, so they are put together from
// what the plan relied on and what it lays over that.
func (r *reading) connection(s plan.Step, body map[string]any) {
	c := Connection{Resource: Resource{Import: r.id(s)}, Name: text(body, "name")}
	c.add(s)
	over := object(body, "options")
	if move, ok := r.source.Plan.Move(s.Move); ok && c.Name == "" {
		c.Name = move.Name
	}
	if s.Call.Op == tenant.CreateConnection {
		c.Options, c.Known = over, true
	} else {
		under, known := r.options(s.Call.ID)
		c.Options, _ = plan.Lay(under, over).(map[string]any)
		c.Known = known
	}
	c.Options, _ = named(c.Options, "connections."+cmp.Or(s.Call.ID, "new"), "").(map[string]any)
	r.c.SMS = append(r.c.SMS, c)
}

// options are those of a connection as the plan found them, redacted.
func (r *reading) options(id string) (map[string]any, bool) {
	for _, fact := range r.source.Plan.Relies {
		if fact.Path != tenant.PathSMSConnections || !strings.HasPrefix(fact.Pointer, "/[id="+id+"]/options") {
			continue
		}
		if decoded, err := plan.Decode(fact.Value); err == nil && strings.HasSuffix(fact.Pointer, "/options") {
			options, ok := decoded.(map[string]any)
			return options, ok
		}
	}
	return map[string]any{}, false
}

// named puts the name of a secret in the place of every value that was taken out of what is shown: an address of which a part is
// hidden as well, because what is left of it leads nowhere.
func named(value any, path, key string) any {
	switch v := value.(type) {
	case map[string]any:
		if secretOf(v) != "" {
			return v
		}
		out := map[string]any{}
		for name, inner := range v {
			out[name] = named(inner, path+"."+name, name)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = named(inner, path, key)
		}
		return out
	case string:
		if v == tenant.Redacted || key == "gateway_url" && strings.Contains(v, hiddenPart) {
			return map[string]any{"$secret": path}
		}
	}
	return value
}

// hiddenPart is what [tenant.RedactURL] leaves in the place of who logs in, and of a query.
const hiddenPart = "xxxxx"
