package generate

import "upe/flows/phone"

// Twilio is a Twilio account and what it sends from.
type Twilio struct {
	SID                 string // account SID, "AC…"
	From                string // number or sender ID; a call needs a number
	MessagingServiceSID string // "MG…"; text messages go out through it, even if there is a From
	Secret              string // name of the secret that holds the auth token; empty: TWILIO_AUTH_TOKEN
}

const twilioSecret = "TWILIO_AUTH_TOKEN"

// Action is an Action that sends and calls by Twilio's REST API.
func (t Twilio) Action(o Options) Action {
	return single(t, o, "Sends phone messages by "+t.label()+".")
}

func (t Twilio) kind() string { return "twilio" }
func (t Twilio) word() string { return "" }
func (t Twilio) identity() string {
	return "twilio" + literals([]string{t.SID, t.From, t.MessagingServiceSID, t.secretName()})
}

func (t Twilio) label() string {
	label := "Twilio, account " + literal(t.SID)
	switch {
	case t.MessagingServiceSID != "":
		return label + ", Messaging Service " + literal(t.MessagingServiceSID)
	case t.From != "":
		return label + ", from " + literal(t.From)
	}
	return label
}

func (t Twilio) secretName() string {
	if t.Secret == "" {
		return twilioSecret
	}
	return t.Secret
}

func (t Twilio) secrets() []secret {
	account := "the Twilio account " + literal(t.SID)
	return []secret{{t.secretName(), "the auth token of " + account, account}}
}

func (t Twilio) modules() []Module { return nil }

// calls reports whether there is a number to call from.
func (t Twilio) calls() bool {
	_, err := phone.ParseSender(t.From, phone.ForVoice)
	return err == nil
}

func (t Twilio) notes(o Options) []string {
	var notes []string
	if t.calls() {
		notes = append(notes, upper(t.label())+" reads calls out by Twilio's default voice, which is English.")
	} else {
		notes = append(notes, upper(t.label())+" cannot call, because a call needs a phone number: messages that should be calls are "+
			o.Voice.done()+".")
	}
	if t.From == "" && t.MessagingServiceSID == "" {
		notes = append(notes, upper(t.label())+" has no sender: Twilio will refuse its messages.")
	}
	return notes
}

func (t Twilio) needs(o Options) []helper {
	needs := []helper{o.Failure.post(), basic}
	if t.calls() {
		needs = append(needs, xml)
	}
	return needs
}

func (t Twilio) settings(n naming) string {
	var c code
	c.line("// %s.", upper(t.label()))
	c.line("const %s = {", n.constant)
	c.line("  account: %s,", literal(t.SID))
	if t.MessagingServiceSID != "" {
		c.line("  messagingService: %s,", literal(t.MessagingServiceSID))
	}
	if t.From != "" && (t.MessagingServiceSID == "" || t.calls()) {
		c.line("  from: %s,", literal(t.From))
	}
	c.line("};")
	return c.String()
}

func (t Twilio) function(n naming, o Options) string {
	var c code
	c.line("/** %s: see Twilio's reference of the Message and the Call resource. */", t.does())
	c.line("async function %s(event, api) {", n.function)
	if t.calls() {
		t.writeEither(&c, n)
	} else {
		t.writeText(&c, n, o)
	}
	c.line("  const url = `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(%s.account)}/${resource}`;", n.constant)
	c.line("  const headers = {")
	c.line("    \"Content-Type\": \"application/x-www-form-urlencoded\",")
	c.line("    Authorization: basic(%s.account, %s),", n.constant, n.read(t.secretName()))
	c.line("  };")
	c.line("  await post(api, %s, url, headers, new URLSearchParams(message).toString());", literal(n.carrier))
	c.line("}")
	return c.String()
}

func (t Twilio) does() string {
	if t.calls() {
		return "Sends a text message, or calls and reads it out"
	}
	return "Sends a text message"
}

// textOnly writes what a carrier that cannot call does with calls, and what it needs of the message.
func textOnly(c *code, o Options, why, reason string) {
	if o.Voice == VoiceAsText {
		c.line("  // %s", why)
		c.line("  // What should be a call goes out as a text message.")
		c.line("  const { recipient, as_text } = event.notification;")
		return
	}
	c.line("  const { delivery_method, recipient, as_text } = event.notification;")
	c.line("  // %s", why)
	c.line("  if (delivery_method === \"voice\") {")
	c.line("    api.notification.drop(%s);", literal(reason))
	c.line("    return;")
	c.line("  }")
}

// sender is the field of a text message that says whom it is from.
func (t Twilio) sender(n naming) string {
	if t.MessagingServiceSID != "" {
		return "MessagingServiceSid: " + n.constant + ".messagingService"
	}
	return "From: " + n.constant + ".from"
}

// writeText writes a message of an account that cannot call.
func (t Twilio) writeText(c *code, n naming, o Options) {
	textOnly(c, o, "A call needs a phone number, and there is none to call from.", "Twilio has no number to call from")
	c.line("  const resource = \"Messages.json\";")
	c.line("  const message = { To: recipient, %s, Body: as_text };", t.sender(n))
}

// writeEither writes a text message or a call, and to which resource it goes.
func (t Twilio) writeEither(c *code, n naming) {
	c.line("  const { delivery_method, recipient, as_text, as_voice } = event.notification;")
	c.line("  let resource = \"Messages.json\";")
	c.line("  let message = { To: recipient, %s, Body: as_text };", t.sender(n))
	c.line("  if (delivery_method === \"voice\") {")
	c.line("    const twiml = `<Response><Say>${xml(as_voice)}</Say></Response>`;")
	c.line("    resource = \"Calls.json\";")
	c.line("    message = { To: recipient, From: %s.from, Twiml: twiml };", n.constant)
	c.line("  }")
}
