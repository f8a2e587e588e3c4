package plan

import (
	"fmt"
	"slices"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// The ids of the steps that later steps refer to.
const (
	stepProvider = "provider"
	stepAction   = "action"
	stepBuilt    = "action-built"
	stepDeploy   = "action-deploy"
	stepBind     = "action-bind"
	stepFlag     = "tenant-flag"
	stepUnified  = "mfa-unified"
	stepFactor   = "mfa-factor"
	stepTypesAdd = "message-types-add"
	stepTypesCut = "message-types-remove"
	stepTypesSet = "message-types"
	stepNew      = MoveNewConnection
)

// MoveProvider is the move of writes to a provider that reach users at once: it is live already, or may be from its
// creation on, or the tenant flag comes before it ([Choices.FlagFirst]).
const MoveProvider = "provider"

// whyLive is said of every write to a provider that sends already, but for the Action, which waits for its deployment.
const whyLive = "Messages are sent through this provider now, so this can reach users at once."

// whyAwaited is said of the writes that make a provider live for a flow of which nobody knows whether it waits for one.
const whyAwaited = "The tenant's settings contradict each other: codes may go through the provider as soon as it is there, so this can reach users at once."

const whyTwilioToken = "the tenant-level provider needs it; taken from the tenant's old settings where Auth0 still shows it, else copy it from the Twilio console"

// whyOneWay is said where the credentials of a provider that sends now are replaced.
const whyOneWay = "Its present AuthToken is replaced and cannot be read back: have it in hand before you go on, because going back needs it."

const (
	sourceProvider = "docs: customize/phone-messages/configure-phone-messaging-providers"
	sourceCustom   = "docs: customize/phone-messages/configure-phone-messaging-providers/configure-a-custom-phone-provider"
	linkProvider   = "https://manage.auth0.com/#/phone/templates/phone/provider"
	linkTemplates  = "https://manage.auth0.com/#/phone/templates"
	linkMFA        = "https://manage.auth0.com/#/security/mfa"
	linkSettings   = "https://manage.auth0.com/#/tenant/advanced"
	linkSMS        = "https://manage.auth0.com/#/connections/passwordless"
	linkClients    = "https://manage.auth0.com/#/applications"
)

// prepare makes the provider ready. Nothing legacy is touched. A custom provider is refused without a deployed Action, so the
// Action comes first.
func (b *builder) prepare() {
	from := len(b.steps)
	if b.choices.Provider == tenant.KindCustom {
		b.action()
	}
	if b.flagFirst() || b.awaited() {
		from = len(b.steps)
	}
	if b.flagFirst() {
		b.flag(MoveProvider, whyFlagFirst)
	}
	b.provider()
	b.templates()
	switch {
	case b.flagFirst():
		b.asMove(from, "Tenant-level provider (the tenant's switch first)")
	case b.awaited() && len(b.steps) > from:
		b.say(from, whyAwaited)
		b.asMove(from, "Tenant-level provider (codes may go through it at once)")
	case b.judged.Live.Live && len(b.steps) > from:
		b.sayLive(from)
		users := b.judged.UsesProvider()
		b.asMove(from, titleInUse(users))
		b.summary.Moves[0].Users = append([]string{}, users...)
	}
}

// awaited reports whether no provider is live, and a flow may send through one as soon as it is there: the tenant's settings
// contradict each other about that flow.
func (b *builder) awaited() bool {
	return !b.judged.Live.Live && slices.ContainsFunc(b.judged.Routes, func(r judge.Route) bool { return r.Via == judge.Unknown })
}

// say adds words to the reason of each request from a step on.
func (b *builder) say(from int, words string) {
	for i := from; i < len(b.steps); i++ {
		if s := &b.steps[i]; s.Kind == Request {
			s.Why += " " + words
		}
	}
}

// asMove turns prepared steps into a move: each of them reaches users.
func (b *builder) asMove(from int, title string) {
	for i := from; i < len(b.steps); i++ {
		b.steps[i].Phase, b.steps[i].Move = Switch, MoveProvider
	}
	move := Move{ID: MoveProvider, Name: MoveProvider, Title: title, Channels: []string{}}
	b.summary.Moves = append([]Move{move}, b.summary.Moves...)
}

// titleInUse names a provider that is on by those who use it. A title stays short, so of many it names one.
func titleInUse(users []string) string {
	switch len(users) {
	case 0:
		return "Tenant-level provider, which is on already"
	case 1:
		return fmt.Sprintf("Tenant-level provider, which %s uses now", users[0])
	case 2:
		return fmt.Sprintf("Tenant-level provider, which %s and %s use now", users[0], users[1])
	}
	return fmt.Sprintf("Tenant-level provider, which %s and %d more use now", users[0], len(users)-1)
}

// sayLive says of each write to a provider that is live that it reaches users at once. A new Action reaches nobody while it waits for
// its deployment, or while the provider is not a custom one.
func (b *builder) sayLive(from int) {
	ofAction := []string{stepAction}
	if b.judged.Provider.Name != tenant.KindCustom {
		ofAction = append(ofAction, stepDeploy, stepBind)
	}
	for i := from; i < len(b.steps); i++ {
		if s := &b.steps[i]; s.Kind == Request && !slices.Contains(ofAction, s.ID) {
			s.Why += " " + whyLive
		}
	}
}
