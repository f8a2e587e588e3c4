package emulator

import (
	"net/http"
	"slices"
)

var noConnection = fail(http.StatusNotFound, "inexistent_connection", "The connection does not exist")

// connectionKeys of a POST or PATCH that the API description names; it refuses others.
var connectionKeys = map[string]check{
	"display_name": text(0, 128), "options": document, "enabled_clients": list(0, text(1, 128)), "is_domain_connection": boolean,
	"show_as_button": boolean, "realms": list(0, text(1, 128)), "metadata": document, "authentication": document,
	"connected_accounts": document, "cross_app_access_requesting_app": document,
}

// connectionView is a connection as the token may see it: options need a scope of their own (end of life of the old
// behaviour 2025-07-08).
func (c *call) connectionView(o object) object {
	o = o.without("enabled_clients")
	if c.s.has(quirkInlineClients) {
		o = o.with("enabled_clients", orEmpty(c.s.ConnectionClients[o.str("id")]))
	}
	if !c.scopes.has(readOptions) {
		return o.without("options")
	}
	options := c.s.hide(o.obj("options"), "twilio_token")
	if gateway := options.obj("gateway_authentication"); len(gateway) > 0 {
		options = options.with("gateway_authentication", c.s.hide(gateway, "secret"))
	}
	return o.with("options", options)
}

// listConnections filters by strategy and name, and pages. is_domain_connection comes with every answer (recorded).
func listConnections(c *call) reply {
	strategies, name := c.values("strategy"), c.query.Get("name")
	list := []object{}
	for _, o := range c.s.Connections {
		if len(strategies) > 0 && !slices.Contains(strategies, o.str("strategy")) || name != "" && o.str("name") != name {
			continue
		}
		list = append(list, o)
	}
	return c.paged("connections", list, func(o object) object { return c.fields(c.connectionView(o), "is_domain_connection") })
}

func getConnection(c *call) reply {
	i := find(c.s.Connections, "id", c.arg(0))
	if i < 0 {
		return noConnection
	}
	return ok(c.fields(c.connectionView(c.s.Connections[i])))
}

func createConnection(c *call) reply {
	keys := under(connectionKeys, map[string]check{"name": text(1, 128), "strategy": text(1, 64)})
	body, bad := c.object(shape{need: []string{"name", "strategy"}, keys: keys})
	if bad != nil {
		return *bad
	}
	if find(c.s.Connections, "name", body.str("name")) >= 0 {
		return fail(http.StatusConflict, "connection_conflict", "A connection with the same name already exists")
	}
	strategy := body.str("strategy")
	o := object{
		"id": encode(c.newID(KindConnection)), "is_domain_connection": encode(false), "realms": encode([]string{body.str("name")}),
	}.merged(defaultSwitches(strategy)).merged(body.without("enabled_clients"))
	o = o.with("options", defaultOptions(strategy).merged(body.obj("options")))
	c.s.Connections = added(c.s.Connections, o)
	if clients := body.strings("enabled_clients"); len(clients) > 0 {
		c.s.ConnectionClients = under(c.s.ConnectionClients, map[string][]string{o.str("id"): clients})
	}
	return created(c.connectionView(o))
}

// defaultOptions are what a new connection has under the options it is given: a passwordless one resists brute force, and a
// database has its policies (recorded in 2026; the one-time passwords and api_behavior were not there in 2025). What Auth0
// makes of the options of other strategies is not emulated.
func defaultOptions(strategy string) object {
	options := object{"brute_force_protection": encode(true)}
	switch strategy {
	case strategySMS, "email":
		return options
	case strategyDatabase:
	default:
		return nil
	}
	off := map[string]bool{"enabled": false}
	return options.merged(object{
		"mfa":              encode(map[string]bool{"active": true, "return_enroll_settings": true}),
		"passwordPolicy":   encode("good"),
		"strategy_version": encode(2),
		"authentication_methods": encode(map[string]any{
			"password": map[string]any{"enabled": true, "api_behavior": "required"}, "passkey": off, "email_otp": off, "phone_otp": off,
		}),
		"passkey_options": encode(map[string]any{
			"challenge_ui": "both", "progressive_enrollment_enabled": true, "local_enrollment_enabled": true,
		}),
	})
}

// defaultSwitches are what a database is for (recorded in 2026).
func defaultSwitches(strategy string) object {
	if strategy != strategyDatabase {
		return nil
	}
	return object{
		"authentication":     encode(map[string]bool{"active": true}),
		"connected_accounts": encode(map[string]bool{"active": false}),
	}
}

// patchConnection replaces options whole: what is not sent again is gone.
func patchConnection(c *call) reply {
	i := find(c.s.Connections, "id", c.arg(0))
	if i < 0 {
		return noConnection
	}
	body, bad := c.object(shape{keys: connectionKeys})
	if bad != nil {
		return *bad
	}
	if body.has("options") && !c.scopes.has(updateOptions) {
		return fail(http.StatusForbidden, "insufficient_scope", "Insufficient scope, expected any of: %s", updateOptions)
	}
	o := c.s.Connections[i].merged(body.without("enabled_clients"))
	c.s.Connections = replaced(c.s.Connections, i, o)
	if body.has("enabled_clients") {
		c.s.ConnectionClients = under(c.s.ConnectionClients, map[string][]string{o.str("id"): body.strings("enabled_clients")})
	}
	return ok(c.connectionView(o))
}

// deleteConnection answers 202 with a time, and 204 for a connection that is not there (recorded).
func deleteConnection(c *call) reply {
	i := find(c.s.Connections, "id", c.arg(0))
	if i < 0 {
		return noContent
	}
	clients := under(c.s.ConnectionClients, nil)
	delete(clients, c.arg(0))
	c.s.ConnectionClients = clients
	c.s.Connections = removed(c.s.Connections, i)
	return reply{http.StatusAccepted, map[string]string{"deleted_at": millis(c.now)}}
}

// getConnectionClients pages by checkpoint only.
func getConnectionClients(c *call) reply {
	if find(c.s.Connections, "id", c.arg(0)) < 0 {
		return noConnection
	}
	list := []object{}
	for _, id := range c.s.ConnectionClients[c.arg(0)] {
		list = append(list, object{"client_id": encode(id)})
	}
	return c.checkpoint("clients", list, 1000, nil)
}

// maxClientsPatch is how many applications one PATCH may switch.
const maxClientsPatch = 50

// patchConnectionClients switches applications on and off; those it does not name stay as they are.
func patchConnectionClients(c *call) reply {
	id := c.arg(0)
	if find(c.s.Connections, "id", id) < 0 {
		return noConnection
	}
	raw, bad := c.read(list(1, shape{
		need: []string{"client_id", "status"}, keys: map[string]check{"client_id": text(1, 128), "status": boolean},
	}.check))
	if bad != nil {
		return *bad
	}
	changes := decode[[]object](raw)
	if len(changes) > maxClientsPatch {
		return invalidBody("Array is too long (" + itoa(len(changes)) + "), maximum " + itoa(maxClientsPatch))
	}
	clients := slices.Clone(c.s.ConnectionClients[id])
	for _, change := range changes {
		client := change.str("client_id")
		if find(c.s.Clients, "client_id", client) < 0 {
			return fail(http.StatusNotFound, "inexistent_client", "The client does not exist")
		}
		clients = slices.DeleteFunc(clients, func(have string) bool { return have == client })
		if change.bool("status") {
			clients = append(clients, client)
		}
	}
	c.s.ConnectionClients = under(c.s.ConnectionClients, map[string][]string{id: clients})
	return noContent
}
