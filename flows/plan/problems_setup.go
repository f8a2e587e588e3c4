package plan

import (
	"fmt"
	"regexp"
	"slices"

	"upe/flows/tenant"
)

// connectionName is what Auth0 accepts as the name of a connection (OpenAPI description of POST /connections).
var connectionName = regexp.MustCompile(`^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$`)

// Limits of a connection's name and codes (OpenAPI description).
const (
	longestName     = 128
	fewestDigits    = 4
	mostDigits      = 40
	shortestSeconds = 60
)

// newProblems finds what Auth0 would refuse of a new connection.
func (b *builder) newProblems() []string {
	found := b.clientProblems()
	n := b.choices.NewConnection
	if n == nil {
		return found
	}
	if !connectionName.MatchString(n.Name) || len(n.Name) > longestName {
		found = append(found, fmt.Sprintf("%q cannot be the name of a connection: letters and digits, single hyphens between them, %d at most", n.Name, longestName))
	}
	if b.nameTaken(n.Name) {
		found = append(found, fmt.Sprintf("the tenant has a connection %q already: give the new one another name, or move that one", n.Name))
	}
	if n.CodeLength != 0 && (n.CodeLength < fewestDigits || n.CodeLength > mostDigits) {
		found = append(found, fmt.Sprintf("a code has %d to %d digits, not %d", fewestDigits, mostDigits, n.CodeLength))
	}
	if n.CodeSeconds != 0 && n.CodeSeconds < shortestSeconds {
		found = append(found, fmt.Sprintf("a code is valid for %d seconds at least, not %d", shortestSeconds, n.CodeSeconds))
	}
	return found
}

// nameTaken looks at the sms and the database connections; others are not read, and Auth0 itself refuses a second one of a name.
func (b *builder) nameTaken(name string) bool {
	named := selector("name", name)
	return b.part(tenant.PathSMSConnections, named) != nil || b.part(tenant.PathDBConnections, named) != nil
}

// clientProblems finds applications that are not there. Where the token may not read applications, nobody can tell.
func (b *builder) clientProblems() []string {
	if !b.before.Has(tenant.PathClients) {
		return nil
	}
	var ids []string
	for _, c := range b.moving() {
		ids = append(ids, b.choices.Connections[c.ID].Clients...)
	}
	if n := b.choices.NewConnection; n != nil {
		ids = append(ids, n.Clients...)
	}
	known := b.before.Clients()
	var found []string
	for _, id := range unique(ids) {
		if !slices.ContainsFunc(known, func(c tenant.Client) bool { return c.ID == id }) {
			found = append(found, fmt.Sprintf("the tenant has no application with the client id %q", id))
		}
	}
	return found
}
