package plan

import (
	"encoding/json"
	"fmt"
	"strings"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/tenant"
)

const (
	sourceMFA          = "docs: customize/phone-messages/unified-phone/unified-phone-experience-mfa"
	sourcePasswordless = "docs: customize/phone-messages/unified-phone/unified-phone-experience-passwordless"
	sourceOptIn        = "terraform-provider-auth0 issue #1549 (a report, not confirmed by Auth0)"
	sourceFlag         = "docs: customize/phone-messages/unified-phone/unified-phone-experience-mfa; terraform-provider-auth0 recording TestAccTenant_Main"
)

// switches moves the flows, MFA first: the tenant flag must be on before message types can be added.
func (b *builder) switches() {
	if b.movesMFA() {
		b.flag(MoveMFA, b.whyFlagMFA())
		b.unified()
	}
	switch {
	case b.setsUpMFA():
		b.factor()
		b.setMessageTypes()
	case b.movesMFA() && b.judged.MFA.Enabled:
		b.addMessageTypes() // Auth0 refuses message types while there is no phone factor
	}
	for _, c := range b.moving() {
		b.flagBeside(c.ID)
		b.connection(c)
		b.clients(c.ID, c.ID, c.Name, b.toEnable(c.ID))
	}
	if n := b.choices.NewConnection; n != nil {
		b.flagBeside(MoveNewConnection)
		b.newConnection(n)
	}
}

func (b *builder) whyFlagMFA() string {
	if b.judged.MFA.InUse {
		return "This is the switch: from now on MFA codes travel through the tenant-level provider."
	}
	return "MFA does not use phone messages here, so this changes nothing for users: it decides where MFA codes go once there are any."
}

// flagBeside turns the flag on for a connection, where that cannot move MFA: MFA sends nothing.
func (b *builder) flagBeside(move string) {
	if !b.judged.MFA.InUse {
		b.flag(move, "MFA does not use phone messages here, so this changes nothing for users. The opt-in of a connection has been seen to work with the flag on only.")
	}
}

// flag turns the tenant flag on, once in a plan.
func (b *builder) flag(move, why string) {
	if b.has(stepFlag) || b.flagOn() {
		return
	}
	on := Encode(map[string]any{"phone_consolidated_experience": true})
	// null where the answer does not carry the flag: older tenants do not.
	before := b.value(tenant.PathSettings, "/phone_consolidated_experience")
	needs := b.needs(stepProvider)
	if b.flagFirst() {
		needs = b.needs(stepDeploy, stepBind)
	}
	if before == nil {
		why += " The settings do not show this flag now. If they do not show it afterwards either, Auth0's answer to this request is all that tells."
	}
	b.add(Step{
		ID: stepFlag, Kind: Request, Phase: Switch, Move: move, Basis: judge.Recorded, Source: sourceFlag, Needs: needs,
		Title: "Turn the Unified Phone Experience on for the tenant", Why: why,
		Dashboard: "Tenant Settings > Advanced > Unified Phone Experience: on, Save", Link: linkSettings,
		UndoDashboard: "Tenant Settings > Advanced > Unified Phone Experience: off, Save",
		Call:          &tenant.Call{Op: tenant.PatchSettings, Body: on},
		Before:        Encode(map[string]any{"phone_consolidated_experience": before}),
		After:         on,
		Done:          &Check{Get: tenant.Call{Op: tenant.GetSettings}, Want: on, Silent: before == nil},
		Undo:          "turn the Unified Phone Experience off again; whether Auth0 keeps the legacy settings is not documented, so their values (but for secrets) stay in the run folder",
	})
}

func (b *builder) flagOn() bool { return b.judged.Unified != nil && *b.judged.Unified }

// unified proves that the MFA side has moved: the legacy endpoints are closed. Where the flag alone does not do it, a person
// turns the switch in the Dashboard, which no API token may. Where the flag is on already and closed nothing, that switch is the move.
func (b *builder) unified() {
	if b.judged.MFA.Closed {
		return
	}
	undo, title := "turn the Dashboard's switch off again", "See that MFA uses the tenant-level provider (turn its switch in the Dashboard)"
	if b.has(stepFlag) {
		title = "See that MFA uses the tenant-level provider (a switch in the Dashboard may be left to turn)"
		undo = "only where the Dashboard shows it on: no API can see that switch"
	}
	b.add(Step{
		ID: stepUnified, Kind: Manual, Phase: Switch, Move: MoveMFA, Proof: "api", Basis: judge.Recorded, Source: sourceMFA,
		Needs:     b.needs(stepProvider, stepFlag),
		Title:     title,
		Why:       "Once it does, Auth0 refuses to show MFA's old settings, which is looked for here. While they can still be read, turn on the Dashboard's own switch for MFA: no API can.",
		Dashboard: "Security > Multi-factor Auth > Phone Message > Use Tenant-level Messaging Provider: on, Save", Link: linkMFA,
		Done: &Check{Get: tenant.Call{Op: tenant.GetSelectedProvider}, Refused: tenant.CodeLegacyNotAllowed},
		Undo: undo, UndoDashboard: "Security > Multi-factor Auth > Phone Message > Use Tenant-level Messaging Provider: off, Save",
	})
}

// addMessageTypes enables the factors that are new. None is removed here: nothing narrows before the last switch.
func (b *builder) addMessageTypes() {
	current, _ := compat.ParseFactors(b.judged.MFA.MessageTypes)
	_, wanted := b.wanted()
	if wanted.Minus(current).Empty() {
		return
	}
	add := b.messageTypes(current, current.Union(wanted))
	add.ID, add.Phase, add.Move = stepTypesAdd, Switch, MoveMFA
	add.Title = "Enable the added MFA factors"
	add.Why = "Auth0 refuses message types before the provider covers them, so they come last. Should it refuse them for another reason " +
		"(voice is not allowed in every tenant), MFA has moved all the same, with the factors it had."
	add.Optional = true
	b.add(add)
}

// messageTypes replaces the MFA message types.
func (b *builder) messageTypes(before, after compat.Factors) Step {
	body := func(types compat.Factors) json.RawMessage {
		return Encode(map[string]any{"message_types": types.List()})
	}
	return Step{
		Kind: Request, Basis: judge.Documented, Source: sourceMFA, Needs: b.needs(stepFlag, stepUnified, stepFactor, stepTypesAdd),
		Dashboard: "Security > Multi-factor Auth > Phone Message: select " + after.String() + ", Save", Link: linkMFA,
		Call:          &tenant.Call{Op: tenant.PutMessageTypes, Body: body(after)},
		Before:        body(before),
		After:         body(after),
		Done:          &Check{Get: tenant.Call{Op: tenant.GetMessageTypes}, Want: body(after)},
		Undo:          "put the former message types back",
		UndoDashboard: "Security > Multi-factor Auth > Phone Message: select " + before.String() + ", Save",
	}
}

// connection opts one sms connection in. The API replaces the whole of options, so they are read immediately before and sent
// back with one key more.
func (b *builder) connection(c judge.SMSState) {
	options := map[string]any{"use_phone_provider": true}
	base := &Base{Get: tenant.Call{Op: tenant.GetConnection, ID: c.ID}, Keep: []string{"options"}}
	entered := b.connectionSecrets(c, options, base)
	b.add(Step{
		ID: "connection-" + c.ID, Kind: Request, Phase: Switch, Move: c.ID, Basis: judge.Reported, Source: sourceOptIn,
		Needs:     b.connectionNeeds(),
		Title:     fmt.Sprintf("Switch the connection %q to the tenant-level provider", c.Name),
		Why:       b.whyConnection(entered),
		Dashboard: "Authentication > Passwordless > SMS > Use Tenant-level Messaging Provider: on, Save", Link: linkSMS,
		UndoDashboard: "Authentication > Passwordless > SMS > Use Tenant-level Messaging Provider: off, Save",
		Call:          &tenant.Call{Op: tenant.PatchConnection, ID: c.ID, Body: Encode(map[string]any{"options": options})},
		Merge:         base,
		Before: Encode(map[string]any{"options": map[string]any{
			"use_phone_provider": b.value(tenant.PathSMSConnections, selector("id", c.ID)+"/options/use_phone_provider"),
		}}),
		After: Encode(map[string]any{"options": map[string]any{"use_phone_provider": true}}),
		Done: &Check{
			Get:  tenant.Call{Op: tenant.GetConnection, ID: c.ID},
			Want: Encode(map[string]any{"options": map[string]any{"use_phone_provider": true}}),
		},
		Undo: "send the former options back without use_phone_provider",
	})
}

// connectionNeeds: the flag is needed first where it was put before a connection, not where it belongs to MFA. The order of moves
// is the admin's, and a plan that leaves MFA does without the flag anyway.
func (b *builder) connectionNeeds() []string {
	if b.movesMFA() {
		return b.needs(stepProvider)
	}
	return b.needs(stepProvider, stepFlag)
}

// whyConnection says what a switch does. A secret that Auth0 does not show cannot be read and sent back: it is entered again.
func (b *builder) whyConnection(entered []string) string {
	why := "From now on its codes travel through the tenant-level provider. Its own settings stay as they are: Auth0 replaces all options at once, so they are read first and sent back with this one more."
	if len(entered) > 0 {
		why += fmt.Sprintf(" Auth0 does not show its %s, so that is sent as you enter it again: as it was, the old way keeps working.", strings.Join(entered, " and "))
	}
	switch {
	case b.flagOn() || b.flagFirst() || b.judged.MFA.Via == judge.Tenant || b.has(stepFlag) && !b.movesMFA():
		return why
	case b.has(stepFlag):
		return why + " It may be switched before MFA; the tenant's switch is still off then, and a real login shows whether the connection's own is enough."
	}
	return why + " The tenant's switch stays off, because it would move MFA as well; a real login shows whether the connection's own is enough."
}
