package emulator

import (
	"net/http"
	"slices"
)

// listClients filters by kind, and pages. The search language of q is not emulated.
func listClients(c *call) reply {
	if c.query.Has("q") {
		return notEmulated("The query parameter q of GET /api/v2/clients")
	}
	list := []object{}
	for _, o := range c.s.Clients {
		if c.wantsClient(o) {
			list = append(list, o)
		}
	}
	return c.paged("clients", list, func(o object) object { return c.fields(c.clientView(o)) })
}

// wantsClient applies the query parameters that pick applications. What a tenant file does not say, an application is of the
// usual kind: the tenant's own, and not the global one.
func (c *call) wantsClient(o object) bool {
	kinds, external := c.values("app_type"), c.query.Get("external_client_id")
	return (len(kinds) == 0 || slices.Contains(kinds, o.str("app_type"))) &&
		(external == "" || external == o.str("external_client_id")) &&
		(!c.query.Has("is_global") || c.flag("is_global") == o.bool("global")) &&
		(!c.query.Has("is_first_party") || c.flag("is_first_party") == (!o.has("is_first_party") || o.bool("is_first_party")))
}

func getClient(c *call) reply {
	i := find(c.s.Clients, "client_id", c.arg(0))
	if i < 0 {
		return fail(http.StatusNotFound, "inexistent_client", "The client does not exist")
	}
	return ok(c.fields(c.clientView(c.s.Clients[i])))
}

// clientView leaves the secret out for a token that may not read client keys.
func (c *call) clientView(o object) object {
	if c.scopes.has("read:client_keys") {
		return o
	}
	return o.without("client_secret")
}
