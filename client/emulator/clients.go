package emulator

import "net/http"

func listClients(c *call) reply {
	return c.paged("clients", c.s.Clients, func(o object) object { return c.fields(c.clientView(o)) })
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
