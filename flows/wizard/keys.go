package wizard

import (
	"path"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/translate"
)

// Keys of the answers file.
const (
	keyEnvironment  Key = "environment"
	keyScopeMFA     Key = "scope.mfa"
	keyNewName      Key = "new_connection.name"
	keyNewSignUps   Key = "new_connection.sign_ups"
	keyNewClients   Key = "new_connection.applications"
	keyProvider     Key = "provider"
	keySID          Key = "twilio.sid"
	keyFrom         Key = "twilio.from"
	keyMSSID        Key = "twilio.messaging_service_sid"
	keyToken        Key = plan.SecretTwilioToken
	keyMethods      Key = "delivery_methods"
	keyTypes        Key = "message_types"
	keyResolution   Key = "resolution"
	keyDelivers     Key = "action.delivers"
	keyActionID     Key = "action.id"
	keySource       Key = "action.source"
	keyFile         Key = "action.file"
	keyCode         Key = "action.code"
	keyNonCode      Key = "action.non_code"
	keyStyle        Key = "action.style"
	keyFailure      Key = "action." + decisionFailure
	keyTestTo       Key = "test.to"
	keyTestChannels Key = "test.channels"
	keyAccept       Key = "accept"
)

func keyConnection(id string) Key { return Key("scope.connections." + id) }

// keyDecision is the key of a decision about a translated Action, by its id: "action.on_error".
func keyDecision(id string) Key { return Key("action." + id) }

// routePrefix begins the keys of answers about where a message belongs.
const routePrefix = "action.routes."

// routeID is such a question among the decisions about an Action, and keyRoute its key.
func routeID(id string) string { return "routes." + id }

func keyRoute(id string) Key { return keyDecision(routeID(id)) }

func keyActionSecret(name string) Key { return Key(plan.SecretAction(name)) }

func keyTemplate(name, field string) Key { return Key("templates." + name + "." + field) }

// KeyDoc documents one key of an answers file.
type KeyDoc struct {
	Key     string `json:"key"`     // * stands for one name
	Form    string `json:"form"`    // what the answer looks like
	Says    string `json:"says"`    // what is answered
	Default string `json:"default"` // what stands for no answer; where somebody must answer, that there is no plan without
}

// form is what an answer in the file looks like.
type form string

const (
	formText   form = "a text"
	formList   form = "a list of texts"
	formScope  form = "move or leave (for mfa also true, false, or turn-on)"
	formSecret form = "{env: NAME} or {file: PATH}; secrets are never written into the file"
)

const (
	noDefault = "no plan; it is yours to decide"
	asToday   = "as in the tenant today"
	askedFor  = "asked for when the plan runs"
)

// documented is a key as it is documented and read.
type documented struct {
	pattern      string
	form         form
	says, absent string
}

// keys lists every key of an answers file. What a tenant does not ask is not looked at, so that one file may serve many.
var keys = []documented{
	{string(keyEnvironment), formText, "What the tenant is used for: production, staging or development.", "production"},
	{string(keyScopeMFA), formScope, "MFA by phone: move it, or leave it as it is. Where it is off: turn-on, or leave.", "move; leave where it is off"},
	{string(keyConnection("*")), formScope, "The Passwordless sms connection of this name or id: move or leave.", noDefault},
	{string(keyNewName), formText, "Where nothing is set up yet: the name of an sms connection to create.", "none is created"},
	{string(keyNewSignUps), formText, "open: a new number that enters a code becomes a user; closed: it gets no code.", "open"},
	{string(keyNewClients), formList, "The applications to enable on the new connection, by name or client id.", "none"},
	{string(keyProvider), formText, "Who sends: twilio, or custom (an Action).", "as today where that is clear; otherwise " + noDefault},
	{string(keySID), formText, "Twilio's Account SID.", asToday},
	{string(keyFrom), formText, "The number or sender ID that sends.", asToday + "; where senders differ: " + noDefault},
	{string(keyMSSID), formText, "Twilio's Messaging Service, in place of the number or beside it.", asToday + "; where senders differ: " + noDefault},
	{string(keyToken), formSecret, "Twilio's AuthToken.", "as in the tenant today when Auth0 shows it; otherwise " + askedFor},
	{string(keyMethods), formList, "The provider's delivery methods: text, voice.", asToday},
	{string(keyTypes), formList, "The MFA factors by phone: sms, voice.", asToday + "; sms where MFA is turned on"},
	{string(keyResolution), formText, "The way out where factors and delivery methods do not fit.", noDefault},
	{string(keyDelivers), formText, "Which of several bound send-phone-message Actions delivers: its name or id, or none.", noDefault},
	{string(keyActionID), formText, "Which of several custom-phone-provider Actions is to send: its name or id.", noDefault},
	{string(keySource), formText, "Where the Action's code comes from: translate (the Action that sends today), gateway (the SMS gateway of a connection), route (each carrier of today), existing, file or starter.", "what sends today, where that is one; otherwise " + noDefault},
	{string(keyFile), formText, "The path of the Action's file.", noDefault},
	{string(keyCode), formText, "The Action's code itself, for starter.", "the starter"},
	{string(keyStyle), formText, "How an Action is translated: auto, rewrite (in place) or adapter.", "auto"},
	{string(keyDecision(translate.OnError)), formText, "What a translated Action does with an error that it throws today: keep, drop or retry.", noDefault},
	{string(keyDecision(translate.Voice)), formText, "What a translated Action reads aloud: as_voice or as_text.", noDefault},
	{string(keyDecision(translate.SecurityContext)), formText, "What becomes of a check of security_context, which the new event lacks: undefined or stop.", noDefault},
	{string(keyDecision(translate.Language)), formText, "Which language a translated Action goes by: locale or request.", noDefault},
	{string(keyFailure), formText, "What a generated Action does when a carrier does not take a message: auto, drop or retry.", noDefault},
	{string(keyRoute("*")), formText, "Which carrier gets the messages that their events do not tell apart; the question names the key.", noDefault},
	{countriesPrefix + "*", formText, "Country calling codes whose messages always go by the carrier of mfa, or of the connection of this name or id: 44, 49.", "none: the flow decides"},
	{string(keyNonCode), formText, "What the Action does with notifications that are not codes: deliver or drop.", noDefault},
	{string(keyActionSecret("*")), formSecret, "The secret of this name that the Action's code reads.", askedFor},
	{string(keyTemplate("*", "source")), formText, "The wording of this message type: mfa, passwordless, passwordless:NAME (of a connection), keep, default or file.", "the wording of today; where they differ: " + noDefault},
	{string(keyTemplate("*", "text")), formText, "Your own words for SMS (source: file).", noDefault},
	{string(keyTemplate("*", "voice")), formText, "Your own words for calls (source: file).", noDefault},
	{string(keyTemplate("*", "from")), formText, "Another sender for this message type.", "the provider's"},
	{"connections.*.twilio_token", formSecret, "The AuthToken of the legacy connection, when Auth0 does not show it.", askedFor},
	{"connections.*.gateway_secret", formSecret, "The gateway secret of the legacy connection, when Auth0 does not show it.", askedFor},
	{plan.SecretFormerToken, formSecret, "The AuthToken of MFA's own Twilio settings, for going back, where it is another account's.", "as in the tenant while Auth0 shows it; otherwise " + askedFor},
	{plan.SecretFormerProviderToken, formSecret, "The present AuthToken of a live provider that gets another one, for going back.", askedFor},
	{"former.action.secrets.*", formSecret, "A present secret of an Action that sends now and is changed, for going back.", askedFor},
	{string(keyTestTo), formText, "The number that test messages go to.", "upe test --to"},
	{string(keyTestChannels), formList, "The delivery methods to test: text, voice.", "all that the plan tests"},
	{string(keyAccept), formList, "Findings and gaps that you know and accept, by id: no-user-feedback.", noDefault},
}

// AnswerKeys documents every key of an answers file, in the order in which they are asked.
func AnswerKeys() []KeyDoc {
	docs := make([]KeyDoc, len(keys))
	for i, k := range keys {
		docs[i] = KeyDoc{Key: k.pattern, Form: string(k.form), Says: k.says, Default: k.absent}
	}
	return docs
}

func formOf(full string) (form, bool) {
	i := slices.IndexFunc(keys, func(k documented) bool { return matches(k.pattern, full) })
	if i < 0 {
		return "", false
	}
	return keys[i].form, true
}

func matches(pattern, full string) bool {
	// path.Match knows * for one segment; the patterns above are well formed.
	ok, _ := path.Match(strings.ReplaceAll(pattern, ".", "/"), strings.ReplaceAll(full, ".", "/"))
	return ok
}

func isPrefix(full string) bool {
	depth := strings.Count(full, ".") + 1
	return slices.ContainsFunc(keys, func(k documented) bool {
		parts := strings.Split(k.pattern, ".")
		return len(parts) > depth && matches(strings.Join(parts[:depth], "."), full)
	})
}
