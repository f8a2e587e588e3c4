package plan

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/tenant"
)

const (
	sourceConfigure = "docs: customize/phone-messages/unified-phone/configure-unified-phone"
	sourceConnect   = "OpenAPI description of POST /connections: it refuses a connection while the tenant has no phone provider with text; " + sourceOptIn
	sourceClients   = "OpenAPI description of PATCH /connections/{id}/clients: it refuses while the tenant has no phone provider with text"
)

// factor turns the phone factor of MFA on. It comes after the provider and the flag, without which codes would go nowhere, and
// before the message types, which Auth0 refuses while there is no phone factor (OpenAPI description, 404).
func (b *builder) factor() {
	if b.judged.MFA.Enabled {
		return
	}
	enabled := func(on bool) map[string]any { return map[string]any{"enabled": on} }
	is := Encode(map[string]any{"name": "sms"})
	b.add(Step{
		ID: stepFactor, Kind: Request, Phase: Switch, Move: MoveMFA, Basis: judge.Documented, Source: sourceConfigure,
		Needs: b.needs(stepProvider, stepFlag, stepUnified),
		Title: "Turn MFA by phone on",
		Why: "Users can enroll a phone from now on. Auth0 names this factor sms, also where it means voice. " +
			"When users are asked for MFA is decided by the policies, which stay as they are.",
		Dashboard: "Security > Multi-factor Auth > Phone Message: on", Link: linkMFA,
		Call:   &tenant.Call{Op: tenant.PutSMSFactor, Body: Encode(enabled(true))},
		Before: Encode(enabled(false)),
		After:  Encode(enabled(true)),
		Done:   &Check{Get: tenant.Call{Op: tenant.ListFactors}, Match: is, Want: Encode(enabled(true))},
		Undo:   "turn MFA by phone off again, before the provider is taken away", UndoDashboard: "Security > Multi-factor Auth > Phone Message: off",
	})
}

// setMessageTypes makes the message types of MFA exactly those that are wanted: nobody uses the ones that may stand there.
func (b *builder) setMessageTypes() {
	current, _ := compat.ParseFactors(b.judged.MFA.MessageTypes)
	_, wanted := b.wanted()
	if current == wanted {
		return
	}
	set := b.messageTypes(current, wanted)
	set.ID, set.Phase, set.Move = stepTypesSet, Switch, MoveMFA
	set.Needs = b.needs(stepProvider, stepFlag, stepUnified, stepFactor)
	set.Title = "Choose the MFA factors"
	set.Why = "Auth0 refuses message types before the provider covers them, and before the phone factor is on."
	b.add(set)
}

// newConnection creates an sms connection and enables its applications. Until one is enabled nobody can use it.
func (b *builder) newConnection(n *NewConnection) {
	shown := n.body()
	b.add(Step{
		ID: stepNew, Kind: Request, Phase: Switch, Move: MoveNewConnection, Basis: judge.Reported, Source: sourceConnect,
		Needs: b.connectionNeeds(),
		Title: fmt.Sprintf("Create the Passwordless connection %q", n.Name),
		Why: "It sends through the tenant-level provider from the start, so it has no carrier of its own. Nobody can use it before an " +
			"application is enabled on it.",
		Dashboard: "Authentication > Passwordless > SMS: on, Save", Link: linkSMS,
		Call:  &tenant.Call{Op: tenant.CreateConnection, Body: Encode(shown)},
		After: Encode(shown),
		Done: &Check{
			Get:   tenant.Call{Op: tenant.ListConnections, Query: url.Values{"strategy": {"sms"}, "name": {n.Name}}},
			Match: Encode(map[string]any{"name": n.Name}),
			Want:  Encode(map[string]any{"strategy": "sms", "options": shown["options"]}),
		},
		Undo:          "take the new connection's applications off it, so that nobody can use it; deleting it would delete the users it has made as well",
		UndoDashboard: "Authentication > Passwordless > SMS > Applications: switch each off, Save",
	})
	b.clients(MoveNewConnection, "@"+stepNew+"#/id", n.Name, n.Clients)
}

// The defaults of a new connection are Auth0's own (docs: connections/passwordless/sms-otp): six digits, three minutes.
const (
	defaultCodeLength  = 6
	defaultCodeSeconds = 180
)

func (n *NewConnection) body() map[string]any {
	return map[string]any{"name": n.Name, "strategy": "sms", "options": map[string]any{
		"name":                   n.Name,
		"brute_force_protection": true,
		"disable_signup":         n.DisableSignup,
		"totp": map[string]any{
			"length": cmp.Or(n.CodeLength, defaultCodeLength), "time_step": cmp.Or(n.CodeSeconds, defaultCodeSeconds),
		},
		"use_phone_provider": true,
	}}
}

// mostClients is how many applications one request may switch (OpenAPI description of PATCH /connections/{id}/clients).
const mostClients = 50

// toEnable are the applications to enable on an existing connection that are not enabled yet.
func (b *builder) toEnable(connection string) []string {
	have := b.before.EnabledClients(connection)
	return slices.DeleteFunc(slices.Clone(b.choices.Connections[connection].Clients), func(id string) bool {
		return slices.Contains(have, id)
	})
}

// clients enables applications on a connection, in as many requests as it takes. Applications that are enabled already stay.
func (b *builder) clients(move, connection, name string, ids []string) {
	n := 0
	for part := range slices.Chunk(unique(ids), mostClients) {
		n++
		b.enable(move, connection, name, n, part)
	}
}

func (b *builder) enable(move, connection, name string, n int, ids []string) {
	var on, off, have []any
	for _, id := range ids {
		on = append(on, map[string]any{"client_id": id, "status": true})
		off = append(off, map[string]any{"client_id": id, "status": false})
		have = append(have, map[string]any{"client_id": id})
	}
	b.add(Step{
		ID: fmt.Sprintf("clients-%s-%d", move, n), Kind: Request, Phase: Switch, Move: move, Basis: judge.Documented, Source: sourceClients,
		Needs:     b.needs(stepNew, "connection-"+move, fmt.Sprintf("clients-%s-%d", move, n-1)),
		Title:     fmt.Sprintf("Enable %s on the connection %q", b.clientNames(ids), name),
		Why:       "From now on their users can log in with a code by SMS.",
		Dashboard: "Authentication > Passwordless > SMS > Applications: switch each on, Save", Link: linkClients,
		Call:   &tenant.Call{Op: tenant.PatchConnectionClients, ID: connection, Body: Encode(on)},
		Before: Encode(off),
		After:  Encode(on),
		Done: &Check{
			// take: the most that one answer shows; without it Auth0 shows 50.
			Get:  tenant.Call{Op: tenant.GetConnectionClients, ID: connection, Query: url.Values{"take": {"1000"}}},
			Each: Encode(have),
		},
		Undo:          "switch them off again",
		UndoDashboard: "Authentication > Passwordless > SMS > Applications: switch each off, Save",
	})
}

// mostNames is how many applications a title names.
const mostNames = 3

// clientNames puts applications into a title.
func (b *builder) clientNames(ids []string) string {
	if len(ids) > mostNames {
		return fmt.Sprintf("%d applications", len(ids))
	}
	var quoted []string
	for _, id := range ids {
		quoted = append(quoted, fmt.Sprintf("%q", b.before.ClientName(id)))
	}
	return strings.Join(quoted, ", ")
}

// unique are the members of list, each once, in their order.
func unique(list []string) []string {
	var once []string
	for _, member := range list {
		if !slices.Contains(once, member) {
			once = append(once, member)
		}
	}
	return once
}
