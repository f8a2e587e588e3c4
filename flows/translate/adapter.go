package translate

import (
	"strings"

	"upe/flows/js"
	"upe/flows/syntax"
)

const (
	oldHandler = js.SendPhoneMessage
	newHandler = js.CustomPhoneProvider
)

// The adapters go below an untouched handler. They build the event that it knows from a list of what that event had, so that nothing
// new gets through, and hand on no more of api than the old trigger had. A line that is one word with a $ stands for any number of lines.
const (
	adapterV2 = `
// The handler above was written for send-phone-message. It gets the event that it knows, with Auth0's old values.
$start
module.exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const { notification } = event;
  $guards
  const part = (name) => (name in event ? { [name]: event[name] } : {});
  const old = {
    ...part('client'),
    $configuration
    ...part('custom_domain'),
    message_options: {
      action: $action,
      code: notification.code,
      message_type: notification.delivery_method === 'voice' ? 'voice' : 'sms',
      recipient: notification.recipient,
      text: $text,
    },
    ...part('request'),
    ...part('secrets'),
    $security
    tenant: { id: event.tenant.id },
    ...part('transaction'),
    ...part('user'),
  };
  $call
};
`
	adapterV1 = `
// The handler above was written for the first version of send-phone-message. It gets the flat event that it knows, with Auth0's old values.
$start
module.exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const { notification, request } = event;
  $guards
  const old = {
    action: $action,
    client: event.client && { client_id: event.client.client_id, client_metadata: event.client.metadata, name: event.client.name },
    code: notification.code,
    ip: request.ip,
    language: $language,
    message_type: notification.delivery_method === 'voice' ? 'voice' : 'sms',
    recipient: notification.recipient,
    $secrets
    text: $text,
    user: event.user,
    user_agent: request.user_agent,
  };
  $call
};
`
	adapterHook = `
// The function above was written as a Hook. It gets the arguments that it knows, with Auth0's old values; the first call of its callback
// counts, as it did.
$start
module.exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const { notification, request } = event;
  $guards
  const text = $text;
  const context = {
    action: $action,
    client: event.client && { client_id: event.client.client_id, client_metadata: event.client.metadata, name: event.client.name },
    code: notification.code,
    ip: request.ip,
    language: $language,
    message_type: notification.delivery_method === 'voice' ? 'voice' : 'sms',
    user: event.user,
    user_agent: request.user_agent,
    webtask: { secrets: event.secrets },
  };
  const sent = new Promise((resolve, reject) => {
    const done = (error, result) => (error ? reject(error) : resolve(result));
    Promise.resolve($old(notification.recipient, text, context, done)).$settle;
  });
  $call
};
`
)

// thaw makes an object that takes another handler of one that does not.
const thaw = "module.exports = { ...module.exports };"

// adapter is what goes into one of them.
type adapter struct {
	answers

	shape         Shape
	name          string // a free name for the old function, when module.exports is that function itself; otherwise ""
	configuration bool   // the code reads event.configuration: what was set there is among the secrets now
	secrets       bool   // a flat event, of which the code reads secrets
	noCallback    bool   // a Hook that takes no callback: it is done when its promise is
	unguarded     bool   // the code reads security_context as if it were always there
	frozen        bool   // module.exports takes no more properties
}

// edit puts the adapter below code.
func (a adapter) edit(p *program) syntax.Edit {
	text := p.lay(p.ended(a.lines(), ""), "")
	return syntax.Edit{Start: len(p.Code), End: len(p.Code), New: appended(p.Code, text, eolOf(p.Code))}
}

func (a adapter) lines() []string {
	old := "module.exports." + oldHandler
	var start []string
	if a.frozen {
		start = []string{thaw}
	}
	if a.name != "" {
		old, start = a.name, []string{"const " + a.name + " = module.exports;", "module.exports = {};"}
	}
	text, call := adapterV2, old+"(old, { cache: api.cache })"
	switch a.shape {
	case ShapeV1:
		text, call = adapterV1, old+"(old, { secrets: event.secrets })"
	case ShapeHook:
		text, call = adapterHook, "sent"
	default: // ShapeV2
	}
	words := strings.NewReplacer("$old", old, "$action", a.purpose("notification"), "$text", a.words("notification"), "$language", a.heir(), "$settle", a.settle())
	blocks := map[string][]string{
		"$start": start, "$guards": a.guards("api", "notification"), "$call": a.failing(call),
		"$configuration": {a.settings()},
		"$secrets":       when(a.secrets, "secrets: event.secrets,"),
		"$security":      when(a.unguarded, "security_context: {},"),
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		word := strings.TrimLeft(line, " ")
		block, ok := blocks[word]
		if !ok {
			lines = append(lines, words.Replace(line))
			continue
		}
		for _, inner := range block {
			lines = append(lines, line[:len(line)-len(word)]+inner)
		}
	}
	return lines
}

// settings is where the old event's configuration comes from.
func (a adapter) settings() string {
	if a.configuration {
		return "configuration: event.secrets,"
	}
	return "...part('configuration'),"
}

func when(condition bool, line string) []string {
	if condition {
		return []string{line}
	}
	return nil
}

// settle is when a Hook's message counts as sent, beside a call of the callback.
func (a adapter) settle() string {
	if a.noCallback {
		return "then(resolve, reject)"
	}
	return "catch(reject)"
}

// heir is what becomes of the old event's language.
func (a adapter) heir() string {
	if a.decided[Language] == Request {
		return "request.language"
	}
	return "notification.locale"
}
