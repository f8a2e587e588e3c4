package emulator

import (
	"maps"
	"slices"
)

// legacyAction says what a message is for in the words of send-phone-message.
var legacyAction = map[string]string{"otp_verify": "second-factor-authentication", "otp_enroll": "enrollment"}

// legacyMessage is a message in the words of send-phone-message.
func legacyMessage(l letter, text string) map[string]any {
	return map[string]any{
		"action": legacyAction[l.kind], "code": l.code, "message_type": l.channel, "recipient": l.to, "text": text,
	}
}

// hookEvent is the event of send-phone-message v2 (types of auth0/auth0-actions).
func (s *state) hookEvent(l letter, a object, text string) map[string]any {
	event := s.commonEvent(l, a)
	event["message_options"], event["tenant"] = legacyMessage(l, text), map[string]any{"id": s.tenantName()}
	event["security_context"] = map[string]any{"ja3": "e35df3e00ca4ef31d42b34bebaa2f86e", "ja4": "t13d1516h2_8daaf6152771_b186095e22b6"}
	return event
}

// flatEvent is the event of send-phone-message v1, which has the message at the top, and little else (types of auth0/auth0-actions).
// Its secrets are in the context.
func (s *state) flatEvent(l letter, text string) map[string]any {
	app, event := s.application(l), legacyMessage(l, text)
	event["language"], event["ip"], event["user_agent"] = userLanguage, userIP, userAgent
	event["client"] = map[string]any{"client_id": app.str("client_id"), "name": app.str("name"), "client_metadata": app.metadata()}
	event["user"] = userEvent(l)
	return event
}

// fromV1 is put behind the code of an Action of send-phone-message v1, so that the engine can call it as it calls those of v2. Its
// handler is the module itself, called with the event and the context (the style is inferred from the code that the API description
// gives a new Action: "module.exports = () => {}"); code that names its handler is taken as well.
const fromV1 = `
;module.exports = ((own) => ({
  onExecuteSendPhoneMessage: async ({ event, context }) => (typeof own === 'function' ? own : own.onExecuteSendPhoneMessage)(event, context),
}))(module.exports);`

// fromHook does the same for a Hook, which is called with the recipient, the text, the context, and a function to call at the end
// (auth0/auth0-ext-compilers).
const fromHook = `
;module.exports = ((own) => ({
  onExecuteSendPhoneMessage: async ({ recipient, text, context }) => new Promise((done, fail) => {
    Promise.resolve(own(recipient, text, context, (error, value) => (error ? fail(error) : done(value)))).catch(fail);
  }),
}))(module.exports);`

// hookContext is the third argument of a Hook: what a flat event has beside recipient and text.
func (s *state) hookContext(l letter, secrets map[string]string) map[string]any {
	context := s.flatEvent(l, "")
	delete(context, "recipient")
	delete(context, "text")
	context["webtask"] = map[string]any{"secrets": secrets}
	return context
}

// versionHook stands where an Action has the version of its trigger.
const versionHook = "hook"

// hook is the tenant's Hook for phone messages as if it were an Action, or nil. A tenant file has Hooks as GET /hooks shows them, with
// their secrets as an object; no path of the emulated API shows them. It runs where no Action is bound. Auth0 announced the end of
// Hooks for 2026-11-18: one in a file shows what its code did until then.
func (s *state) hook() object {
	for _, h := range s.Hooks {
		if h.str("triggerId") != triggerHook || !h.bool("enabled") {
			continue
		}
		secrets := []object{}
		for _, name := range slices.Sorted(maps.Keys(h.obj("secrets"))) {
			secrets = append(secrets, object{"name": encode(name), "value": h.obj("secrets")[name]})
		}
		return object{
			"id": h["id"], "name": h["name"], "supported_triggers": encode([]map[string]string{{"id": triggerHook, "version": versionHook}}),
			"deployed_version": encode(object{"id": h["id"], "code": h["script"], "secrets": encode(secrets)}),
		}
	}
	return nil
}
