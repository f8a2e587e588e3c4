package judge

import (
	"upe/flows/tenant"
)

// The two channels, as MFA message types name them.
const (
	sms   = "sms"
	voice = "voice"
)

func (r reading) readConnections() []SMSState {
	names := map[string]string{}
	for _, client := range r.snapshot.Clients() {
		names[client.ID] = client.Name
	}
	var out []SMSState
	for _, c := range r.snapshot.SMSConnections() {
		out = append(out, r.readConnection(c, names))
	}
	return out
}

// readConnection reads one connection; names are those of applications, by id.
func (r reading) readConnection(c tenant.Connection, names map[string]string) SMSState {
	state := SMSState{ID: c.ID, Name: c.Name, Provider: tenant.KindTwilio}
	clients := r.snapshot.EnabledClients(c.ID)
	for _, id := range clients {
		state.Clients = append(state.Clients, or(names[id], id))
	}
	// A list that could not be read does not say that nobody uses the connection.
	state.InUse = len(clients) > 0 || !r.snapshot.Has(tenant.ClientsPath(c.ID))
	if c.UnknownOptions() {
		state.Provider = ""
		state.Via, state.Basis = Unknown, Documented
		state.Why = "the connection's options are not in the answer: the token lacks read:connections_options"
		return state
	}
	options := c.SMS()
	r.options[c.ID] = options
	if options.Gateway() {
		state.Provider = options.Provider
	}
	state.Carrier = connectionCarrier(options)
	state.Via, state.Why = r.connectionVia(options)
	state.Basis = Reported
	return state
}

// connectionVia reads the route of an sms connection. options.use_phone_provider is in no documentation: terraform-provider-auth0
// issue #1549 reports that a connection without it stays on its gateway even when the tenant flag is true.
// A migration flag may decide as well (go-auth0 pull request #714); where the two disagree, nobody but a login knows.
func (r reading) connectionVia(options tenant.SMSOptions) (Via, string) {
	switch {
	case options.OptedIn():
		return Tenant, "options.use_phone_provider is set on the connection (terraform-provider-auth0 issue #1549)"
	case options.OddlyOptedIn():
		return Unknown, `options.use_phone_provider is neither true nor "unified", the two values that are reported to work ` +
			"(terraform-provider-auth0 issue #1549)"
	case r.migrationOff(tenant.MigrationPasswordless):
		return Unknown, "options.use_phone_provider is not set, as on a connection that sends by itself, and yet the migration flag " +
			tenant.MigrationPasswordless + " is false, which says that it does not"
	}
	return Legacy,
		"options.use_phone_provider is not set: such a connection keeps sending by itself (terraform-provider-auth0 issue #1549)"
}

// connectionRoutes are one per sms connection that an application uses: Passwordless sends text.
func (r reading) connectionRoutes() []Route {
	var routes []Route
	for _, c := range r.SMS {
		if !c.InUse {
			continue
		}
		route := Route{
			Flow: Passwordless, Channel: sms, Connection: c.ID, Name: c.Name,
			Via: c.Via, Carrier: c.Carrier, Basis: c.Basis, Why: c.Why,
		}
		problem := Undetermined
		if options, readable := r.options[c.ID]; readable {
			problem = connectionProblem(options)
		}
		routes = append(routes, r.complete(route, problem))
	}
	return routes
}

// connectionProblem says why the connection's own configuration cannot deliver, or "".
func connectionProblem(options tenant.SMSOptions) string {
	if options.Gateway() {
		if options.GatewayURL == "" {
			return "the SMS gateway has no URL"
		}
		return ""
	}
	return twilioProblem(options.TwilioSID, options.MessagingServiceSID+options.From,
		"neither a From number nor a Messaging Service is set")
}
