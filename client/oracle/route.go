package oracle

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"upe/client/emulator"
)

// Route is one way in which a user can ask for a code.
type Route struct {
	Flow       string // one of the emulator's flows
	Channel    string // "sms" or "voice"
	Connection string // id; empty for MFA
	Name       string // of the connection
	Message    string // what the code is for: "" to log in, Enroll to enroll a phone
}

// Enroll is the message of a user who enrolls a phone for MFA. Only MFA sends it.
const Enroll = "enroll"

func (r Route) String() string {
	words := r.Flow + " " + r.Channel
	if r.Message == Enroll {
		words += " (enrolment)"
	}
	if r.Connection != "" {
		words += fmt.Sprintf(" [%q]", r.Name) // a name may be hostile to a terminal
	}
	return words
}

// Moved reports whether the route is one that a migration of these flows moves: "mfa", or the id or name of a connection.
func (r Route) Moved(moves []string) bool {
	for _, m := range moves {
		if r.Flow == emulator.FlowMFA && m == emulator.FlowMFA || r.Connection != "" && (m == r.Connection || m == r.Name) {
			return true
		}
	}
	return false
}

// user is whom codes are sent to.
const user = "+15005550123"

// ask has the tenant deliver a code by this route.
func (r Route) ask(ctx context.Context, t *emulator.Tenant) emulator.Result {
	return t.Deliver(ctx, emulator.Delivery{
		Flow: r.Flow, Message: or(r.Message, "verify"), Channel: r.Channel, Connection: r.Connection, To: user, Code: "123456",
	})
}

// every lists all routes that a tenant could have, whether they deliver or not.
func every(s state) []Route {
	routes := []Route{
		{Flow: emulator.FlowMFA, Channel: "sms"},
		{Flow: emulator.FlowMFA, Channel: "voice"},
		{Flow: emulator.FlowMFA, Channel: "sms", Message: Enroll},
		{Flow: emulator.FlowMFA, Channel: "voice", Message: Enroll},
	}
	for _, c := range s.Connections {
		switch {
		case c.Strategy == "sms":
			routes = append(routes, Route{Flow: emulator.FlowPasswordless, Channel: "sms", Connection: c.ID, Name: c.Name})
		case c.Strategy == "auth0" && c.Options.Attributes != nil:
			routes = append(routes,
				Route{Flow: emulator.FlowIdentifier, Channel: "sms", Connection: c.ID, Name: c.Name},
				Route{Flow: emulator.FlowIdentifier, Channel: "voice", Connection: c.ID, Name: c.Name})
		}
	}
	return routes
}

// state is what the oracle reads of a tenant file.
type state struct {
	Connections []struct {
		ID, Name, Strategy string
		Options            struct {
			Attributes json.RawMessage // what identifies users; without it a database has no phone identifier
		}
	}
	Guardian struct {
		Types []string `json:"message_types"`
	}
}

func stateOf(file json.RawMessage) state {
	var s state
	_ = json.Unmarshal(file, &s) // the emulator's own
	return s
}

// byTenant reports whether a code went through the tenant-level provider.
func byTenant(r emulator.Result) bool { return strings.HasPrefix(r.Via, "tenant-") }

// carrier is by whom a code was sent, to compare: the way, the account, the sender.
func carrier(r emulator.Result) string {
	return fmt.Sprintf("%s, %s, from %s", r.Via, r.Account, r.From)
}
