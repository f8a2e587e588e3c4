package translate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/diff"
	"upe/flows/translate"
)

const (
	textOrVoice  = "event.notification.delivery_method === 'voice' ? event.notification.as_voice : event.notification.as_text"
	smsOrVoice   = "event.notification.delivery_method === 'voice' ? 'voice' : 'sms'"
	enrolOrLogin = "event.notification.message_type === 'otp_enroll' ? 'enrollment' : 'second-factor-authentication'"
)

// handler is an Action with one line in its body. What else it needs to count as one that delivers stands in lines of its own.
func handler(name, line string) string {
	return "exports." + name + " = async (event, api) => {\n  " + line + "\n  await fetch(event.secrets.URL, { body: event." +
		map[string]string{"onExecuteSendPhoneMessage": "message_options", "onExecuteCustomPhoneProvider": "notification"}[name] + ".code });\n};\n"
}

// What becomes of one line. A constant that it needs stands before it, after a semicolon.
func TestRewriteOfOneLine(t *testing.T) {
	t.Parallel()
	const text, kind, purpose = "const text = " + textOrVoice + ";", "const messageType = " + smsOrVoice + ";", "const action = " + enrolOrLogin + ";"
	for line, want := range few(t, map[string]string{
		"send(event.message_options.recipient);":                                                         "send(event.notification.recipient);",
		"send(event['message_options'][\"recipient\"]);":                                                 "send(event['notification'][\"recipient\"]);",
		"send(event?.message_options?.recipient?.trim());":                                               "send(event?.notification?.recipient?.trim());",
		"send(event.message_options.text);":                                                              text + "\n  send(text);",
		"send(event.message_options?.text?.trim());":                                                     text + "\n  send(text?.trim());",
		"send({ text: event.message_options.text });":                                                    text + "\n  send({ text });",
		"send({ text: /* ! */ event.message_options.text });":                                            text + "\n  send({ text: /* ! */ text });",
		"send({ body: event.message_options.text });":                                                    text + "\n  send({ body: text });",
		"text(event.message_options.text);":                                                              strings.Replace(text, "text", "messageText", 1) + "\n  text(messageText);",
		"const body = event.message_options.text;":                                                       "const body = " + textOrVoice + ";",
		"let kind = event.message_options.message_type; kind = 1;":                                       "let kind = " + smsOrVoice + "; kind = 1;",
		"log(`by ${event.message_options.message_type}`);":                                               kind + "\n  log(`by ${messageType}`);",
		"log(['sms'].includes(event.message_options.message_type));":                                     kind + "\n  log(['sms'].includes(messageType));",
		"log(event.message_options.action);":                                                             purpose + "\n  log(action);",
		"if (event.message_options.message_type === 'sms') log();":                                       "if (event.notification.delivery_method === 'text') log();",
		"if (\"voice\" != event.message_options.message_type) log();":                                    "if (\"voice\" != event.notification.delivery_method) log();",
		"if (event.message_options.message_type === 'SMS') log();":                                       "if (event.notification.delivery_method === 'SMS') log();",
		"if (event.message_options.message_type === 'text') log();":                                      kind + "\n  if (messageType === 'text') log();",
		"if (event.message_options.action === `enrollment`) log();":                                      "if (event.notification.message_type === `otp_enroll`) log();",
		"log(event.message_options.action === 'enrollment' ? 1 : 2);":                                    "log(event.notification.message_type === 'otp_enroll' ? 1 : 2);",
		"const isLogin = event.message_options.action == \"second-factor-authentication\";":              "const isLogin = event.notification.message_type == \"otp_verify\";",
		"switch (event.message_options.message_type) { case 'sms': log(); }":                             "switch (event.notification.delivery_method) { case 'text': log(); }",
		"if (!event.message_options || !event.message_options.message_type) return;":                     "if (!event.notification || !event.notification.delivery_method) return;",
		"const m = event.message_options || {}; if (m.message_type && m.message_type !== 'sms') return;": "const m = event.notification || {}; if (m.delivery_method && m.delivery_method !== 'text') return;",
		"const { recipient, code: otp } = event.message_options;":                                        "const { recipient, code: otp } = event.notification;",
		"const { text, recipient } = event.message_options;":                                             "const { recipient } = event.notification;\n  const text = " + textOrVoice + ";",
		"const { recipient, text: body = '' } = event.message_options;":                                  "const { recipient } = event.notification;\n  const body = " + textOrVoice + ";",
		"const { text } = event.message_options;":                                                        "const text = " + textOrVoice + ";",
		"const { text, action } = event.message_options; log(action);":                                   "const text = " + textOrVoice + ";\n  const action = " + enrolOrLogin + "; log(action);",
		"let { recipient, text } = event.message_options, n = 1;":                                        "let { recipient } = event.notification, text = " + textOrVoice + ", n = 1;",
		"const { message_type = 'sms' } = event.message_options; if (message_type === 'sms') log();":     "const { delivery_method: message_type = 'text' } = event.notification; if (message_type === 'text') log();",
		"const { message_options } = event; log(message_options.recipient);":                             "const { notification } = event; log(notification.recipient);",
		"const { message_options: { recipient }, user } = event;":                                        "const { notification: { recipient }, user } = event;",
		"const { message_options: { text }, user } = event;":                                             "const { user } = event;\n  const text = " + textOrVoice + ";",
		"const { user, message_options: { text } } = event;":                                             "const { user } = event;\n  const text = " + textOrVoice + ";",
		"const { message_options: { text } = {}, user } = event;":                                        "const { user } = event;\n  const text = " + textOrVoice + ";",
		"const { message_options: { text } } = event;":                                                   "const text = " + textOrVoice + ";",
		"const notification = 1; const { message_options } = event; log(message_options.recipient);":     "const notification = 1; const { notification: message_options } = event; log(message_options.recipient);",
		"log('message_options.text'); // event.message_options.text":                                     "log('message_options.text'); // event.message_options.text",
		"((event) => event.message_options.text)({});":                                                   "((event) => event.message_options.text)({});",
		"const f = () => event.message_options.recipient;":                                               "const f = () => event.notification.recipient;",
		"log(event.user.user_id, event.tenant.id, event.client?.name);":                                  "log(event.user.user_id, event.tenant.id, event.client?.name);",
	}) {
		options := translate.Options{Style: translate.Rewrite, Decided: map[string]string{translate.NonCode: translate.Deliver}}
		if strings.Contains(line, ".action") || strings.Contains(line, "action }") {
			options.Decided[translate.NonCode] = translate.Drop
		}
		got := translated(t, translate.Source{Code: handler("onExecuteSendPhoneMessage", line)}, options)
		code := got.Code
		if options.Decided[translate.NonCode] == translate.Drop {
			before, after, _ := strings.Cut(code, "\n  if (![")
			_, after, _ = strings.Cut(after, "\n  }")
			code = before + after
		}
		if diff := cmp.Diff(handler("onExecuteCustomPhoneProvider", want), code); diff != "" {
			t.Errorf("%s (-want +got), %s:\n%s%v", line, got.Style, diff, got.Remarks)
		}
	}
}

// What is asked for comes with a reason when it is not possible.
func TestNoRewrite(t *testing.T) {
	t.Parallel()
	for line, want := range few(t, map[string]string{
		"send(event);":                                               "the event is passed on whole, to send",
		"send(event.message_options);":                               "message_options is passed on whole, to send",
		"send({ ...event.message_options });":                        "message_options is passed on whole",
		"JSON.stringify(event);":                                     "to JSON.stringify",
		"const { text, ...rest } = event.message_options;":           "what is left of the event",
		"log(event.message_options[name]);":                          "named at run time",
		"event.message_options.text = 'x';":                          "the event is changed",
		"delete event.message_options.code;":                         "the event is changed",
		"event = {};":                                                "event is given another value",
		"let m = event.message_options; m = {}; log(m.text);":        "m is given another value",
		"log(event.message_options.channel);":                        "never had a field channel",
		"if (event.user) var { text } = event.message_options;":      "no room for more",
		"log(event.organization);":                                   "never had a field organization",
		"log(event.tenant);":                                         "the tenant is passed on whole",
		"log(arguments[0]);":                                         "",
		"eval('event.message_options');":                             "made up at run time",
		"helper(api);":                                               "api is passed on whole",
		"log('notification' in api);":                                "api is passed on whole",
		"log(api?.cache, api['cache'], typeof api); if (api) log();": "",
		"exports.onExecuteSendPhoneMessage({});":                     "the handler is used elsewhere",
		"for (const { text } of [event.message_options]) log(text);": "message_options is passed on whole",
	}) {
		source := translate.Source{Code: handler("onExecuteSendPhoneMessage", line)}
		got := translated(t, source, translate.Options{Style: translate.Rewrite})
		var reasons []string
		for _, r := range got.Remarks {
			if r.Severity == translate.Stops {
				reasons = append(reasons, r.Text)
			}
		}
		if want != "" && (got.Style != translate.Refused || !strings.Contains(strings.Join(reasons, "\n"), want)) {
			t.Errorf("%s: %s for %q, want %q", line, got.Style, reasons, want)
		}
		if auto := translated(t, source, translate.Options{}); want != "" && auto.Style != translate.Adapter {
			t.Errorf("%s: %s, want an adapter", line, auto.Style)
		}
	}
}

// How handlers look, and what the new ones look like.
func TestRewriteOfHandlers(t *testing.T) {
	t.Parallel()
	options := translate.Options{Style: translate.Rewrite, Decided: map[string]string{translate.NonCode: translate.Drop, translate.Voice: translate.AsText}}
	for old, want := range few(t, map[string]string{
		"exports.onExecuteSendPhoneMessage = async event => fetch(event.message_options.text);": "+exports.onExecuteCustomPhoneProvider = async (event, api) => {\n" +
			"+  if (!['otp_enroll', 'otp_verify'].includes(event.notification.message_type)) {\n" +
			"+    api.notification.drop(`This Action sends codes only: ${event.notification.message_type} was not sent.`);\n+    return;\n+  }\n" +
			"+  return fetch(event.notification.as_text);\n+};\n",
		"module.exports = {\n  async onExecuteSendPhoneMessage({ message_options, secrets }) {\n    await fetch(message_options.text);\n  },\n};": "" +
			"+  async onExecuteCustomPhoneProvider({ notification, secrets }, api) {\n" +
			"+    if (!['otp_enroll', 'otp_verify'].includes(notification.message_type)) {\n" +
			"+      api.notification.drop(`This Action sends codes only: ${notification.message_type} was not sent.`);\n+      return;\n+    }\n" +
			"+    await fetch(notification.as_text);\n",
		"exports['onExecuteSendPhoneMessage'] = async function (event, { cache }) { await fetch(event.message_options.text) }": "" +
			"+exports['onExecuteCustomPhoneProvider'] = async function (event, { cache }) { await fetch(event.notification.as_text) }\n+\n" +
			"+// Only codes reach the handler above.\n+const deliver = module.exports.onExecuteCustomPhoneProvider;\n+module.exports.onExecuteCustomPhoneProvider = async (event, api) => {\n" +
			"+  if (!['otp_enroll', 'otp_verify'].includes(event.notification.message_type)) {\n" +
			"+    api.notification.drop(`This Action sends codes only: ${event.notification.message_type} was not sent.`);\n+    return;\n+  }\n" +
			"+  return deliver(event, api);\n+};\n",
		"const api = require('x');\nconst send = async (e) => {\n\tawait api.send(e.message_options.text);\n};\nmodule.exports = { send, onExecuteSendPhoneMessage: send };": "" +
			"+const send = async (e, phoneApi) => {\n" +
			"+\tif (!['otp_enroll', 'otp_verify'].includes(e.notification.message_type)) {\n" +
			"+\t\tphoneApi.notification.drop(`This Action sends codes only: ${e.notification.message_type} was not sent.`);\n+\t\treturn;\n+\t}\n" +
			"+\tawait api.send(e.notification.as_text);\n" +
			"+module.exports = { send, onExecuteCustomPhoneProvider: send };\n",
	}) {
		got := translated(t, translate.Source{Code: old}, options)
		var lines strings.Builder
		for line := range strings.Lines(diff.Unified(old, got.Code, "old", "new")) {
			if strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++") {
				lines.WriteString(line)
			}
		}
		if diff := cmp.Diff(want, lines.String()); diff != "" {
			t.Errorf("%s (-want +got), %s %v:\n%s", old, got.Style, got.Remarks, diff)
		}
	}
}

// One assignment can make several handlers; those of other triggers go, and nothing else.
func TestHandlersOfOtherTriggersLeaveAlone(t *testing.T) {
	t.Parallel()
	const send = "async (event) => { await fetch(event.message_options.code); }"
	for old, want := range few(t, map[string]string{
		"exports.onExecutePostLogin = exports.onExecuteSendPhoneMessage = " + send + ";":            "exports.onExecuteCustomPhoneProvider = " + send + ";",
		"exports.onExecuteSendPhoneMessage = exports.onExecutePostLogin = " + send + ";":            "exports.onExecuteCustomPhoneProvider = " + send + ";",
		"exports.onExecutePostLogin = async () => {};\nexports.onExecuteSendPhoneMessage = " + send: "exports.onExecuteCustomPhoneProvider = " + send,
		"exports.onExecutePostLogin=async()=>{},exports.onExecuteSendPhoneMessage=" + send:          "exports.onExecutePostLogin=async()=>{},exports.onExecuteCustomPhoneProvider=" + send,
		"const all = module.exports = { onExecuteSendPhoneMessage: " + send + " };":                 "const all = module.exports = { onExecuteCustomPhoneProvider: " + send + " };",
		"module.exports = Object.freeze({ onExecuteSendPhoneMessage: " + send + " });":              "module.exports = Object.freeze({ onExecuteCustomPhoneProvider: " + send + " });",
	}) {
		want = strings.ReplaceAll(want, "message_options", "notification")
		got := translated(t, translate.Source{Code: old}, translate.Options{Style: translate.Rewrite, Decided: map[string]string{translate.NonCode: translate.Deliver}})
		if diff := cmp.Diff(want, got.Code); diff != "" {
			t.Errorf("%s (-want +got), %v:\n%s", old, got.Remarks, diff)
		}
	}
}
