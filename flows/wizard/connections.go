package wizard

import (
	"fmt"
	"strings"

	"upe/flows/judge"
)

// connectionPages show whom a Passwordless move concerns, and ask for the secrets without which a connection cannot be written.
func (c conversation) connectionPages() []Page {
	return append(c.connections(), c.connectionSecrets()...)
}

// connections shows whom a Passwordless move concerns.
func (c conversation) connections() []Page {
	if len(c.moving()) == 0 {
		return nil
	}
	p := page("connections", StageConnections, "Connections and applications",
		"These applications send their codes through what you move. They go on as they are.")
	var gateways []string
	for _, s := range c.moving() {
		p.Blocks = append(p.Blocks, applicationFacts(s))
		if connection, _ := c.snapshot().Connection(s.ID); connection.SMS().Gateway() {
			gateways = append(gateways, fmt.Sprintf("%q", s.Name))
		}
	}
	if len(gateways) > 0 {
		p.Lead = "These applications send their codes through what you move. They go on as they are, but for one error."
		p.Blocks = append(p.Blocks, Text{Tone: Careful, Body: "/passwordless/start answers sms_provider_error when a gateway fails. After the switch it does not: " +
			"an application of " + strings.Join(gateways, ", ") + " that shows that error to users shows nothing then. Failures are in the tenant logs."})
	}
	return one(p)
}

func applicationFacts(s judge.SMSState) Facts {
	facts := Facts{Title: fmt.Sprintf("Connection %q", s.Name)}
	for _, name := range s.Clients {
		facts.Rows = append(facts.Rows, Fact{Label: "Application", Value: name})
	}
	if len(facts.Rows) == 0 {
		facts.Rows = append(facts.Rows, Fact{Label: "Applications", Value: "none", Note: "nobody signs in through it now"})
	}
	return facts
}

// connectionSecrets asks for what a connection holds and Auth0 does not show: writing the connection back without it would
// delete it.
func (c conversation) connectionSecrets() []Page {
	if len(c.moving()) == 0 {
		return nil
	}
	made, err := c.plan()
	if err != nil {
		return nil
	}
	p := page("connection-secrets", StageConnections, "Secrets that writing would delete",
		"Auth0 replaces a connection's settings whole, and does not show these. They are entered again, so that the old way keeps working.")
	for _, s := range made.Secrets {
		if strings.HasPrefix(s.Name, "connections.") {
			p.Questions = append(p.Questions, Question{
				Key: Key(s.Name), Kind: Hidden, Title: c.secretTitle(s.Name), Help: "It is kept in memory only, and never shown.",
				Check: secret(required("the secret")),
			})
		}
	}
	if len(p.Questions) == 0 {
		return nil
	}
	return one(p)
}

// secretTitle puts the name of a connection's secret into words: "connections.con_1.twilio_token".
func (c conversation) secretTitle(name string) string {
	id, field, _ := strings.Cut(strings.TrimPrefix(name, "connections."), ".")
	connection, _ := c.snapshot().Connection(id)
	if strings.HasPrefix(field, "gateway_") {
		return fmt.Sprintf("Gateway secret of the connection %q", connection.Name)
	}
	return fmt.Sprintf("AuthToken of the connection %q", connection.Name)
}
