package translate_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"upe/flows/js"
	"upe/flows/translate"
)

// message is one message in both worlds.
type message struct{ method, kind string }

// The messages that the old trigger knew come first.
var messages = []message{
	{method: "text", kind: "otp_enroll"},
	{method: "text", kind: "otp_verify"},
	{method: "voice", kind: "otp_enroll"},
	{method: "voice", kind: "otp_verify"},
	{method: "text", kind: "blocked_account"},
	{method: "voice", kind: "password_breach"},
}

const known = 4

func common() map[string]any {
	return map[string]any{
		"secrets": map[string]any{"URL": "https://gateway.example/send", "KEY": "k"},
		"user":    map[string]any{"user_id": "auth0|1", "email": "a@example.com"},
		"request": map[string]any{"ip": "192.0.2.1", "language": "de"},
		"client":  map[string]any{"client_id": "c1", "name": "App", "metadata": map[string]any{}},
	}
}

// before is the old event of a message. Its text is what the answer on calls makes of the new one's two.
func (m message) before(voice string) json.RawMessage {
	text := "Your code is 123456"
	if m.method == "voice" && voice != translate.AsText {
		text = "1. 2. 3. 4. 5. 6."
	}
	e := common()
	e["tenant"] = map[string]any{"id": "acme"}
	e["message_options"] = map[string]any{
		"recipient": "+15550100", "code": "123456", "text": text,
		"message_type": map[string]string{"text": "sms", "voice": "voice"}[m.method],
		"action":       map[string]string{"otp_enroll": "enrollment", "otp_verify": "second-factor-authentication"}[m.kind],
	}
	return encoded(e)
}

func (m message) after() json.RawMessage {
	e := common()
	e["tenant"] = map[string]any{"id": "acme", "friendly_name": "Acme"}
	notification := map[string]any{
		"recipient": "+15550100", "as_text": "Your code is 123456", "as_voice": "1. 2. 3. 4. 5. 6.",
		"delivery_method": m.method, "message_type": m.kind, "locale": "en-US",
	}
	if strings.HasPrefix(m.kind, "otp_") {
		notification["code"] = "123456"
	}
	e["notification"] = notification
	return encoded(e)
}

func encoded(v any) json.RawMessage {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return out
}

// runner is a test, or one try of a property.
type runner interface {
	Context() context.Context
	Fatalf(format string, args ...any)
}

func ran(t runner, code, handler string, event json.RawMessage, api ...js.Feature) js.Result {
	result, err := js.Run(t.Context(), js.Action{Code: code, Handler: handler, Event: event, API: api, Limits: js.Limits{Time: time.Minute}})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return result
}

// same compares errors by their words: their lines move.
var same = cmp.Transformer("words", func(err error) string {
	var failure *js.Error
	if errors.As(err, &failure) {
		return fmt.Sprintf("%v: %s: %s", failure.Kind, failure.Class, failure.Message)
	}
	return ""
})

// TestRewriteAndAdapterBehaveAlike makes Actions from the ways of writing that were found, translates each in both styles, and runs them
// beside the old one: on what the old trigger knew all three do the same, on the rest both translations do.
func TestRewriteAndAdapterBehaveAlike(t *testing.T) {
	t.Parallel()
	if testing.Short() { // the race detector slows the engine down
		for seed := range 2 {
			behaveAlike(t, rapid.Custom(drawTrial).Example(seed))
		}
		return
	}
	rapid.Check(t, func(t *rapid.T) { behaveAlike(t, drawTrial(t)) })
}

// trial is an Action, and what is decided about it.
type trial struct {
	source  translate.Source
	decided map[string]string
}

func drawTrial(t *rapid.T) trial {
	return trial{
		source: translate.Source{Code: drawAction(t), MessageTypes: rapid.SampledFrom([][]string{nil, {"sms", "voice"}}).Draw(t, "types")},
		decided: map[string]string{
			translate.OnError: rapid.SampledFrom([]string{translate.Keep, translate.Drop, translate.Retry}).Draw(t, "on_error"),
			translate.NonCode: rapid.SampledFrom([]string{translate.Deliver, translate.Drop}).Draw(t, "non_code"),
			translate.Voice:   rapid.SampledFrom([]string{translate.AsVoice, translate.AsText}).Draw(t, "voice"),
		},
	}
}

func behaveAlike(t runner, c trial) {
	var made []string
	for _, style := range []translate.Style{translate.Rewrite, translate.Adapter} {
		result, err := translate.Translate(t.Context(), c.source, translate.Options{Style: style, Decided: c.decided})
		if err != nil || result.Style != style {
			t.Fatalf("%s: %v, %q %v\n%s", style, err, result.Style, result.Remarks, c.source.Code)
		}
		made = append(made, result.Code)
	}
	for i, m := range messages {
		rewritten := ran(t, made[0], js.CustomPhoneProvider, m.after(), js.Cache, js.Notification)
		adapted := ran(t, made[1], js.CustomPhoneProvider, m.after(), js.Cache, js.Notification)
		if diff := cmp.Diff(rewritten, adapted, same); diff != "" {
			t.Fatalf("%v (-rewritten +adapted):\n%s\n%s\n%s", m, diff, made[0], made[1])
		}
		if i >= known || c.decided[translate.OnError] != translate.Keep {
			continue
		}
		old := ran(t, c.source.Code, js.SendPhoneMessage, m.before(c.decided[translate.Voice]), js.Cache)
		if diff := cmp.Diff(old, rewritten, same); diff != "" {
			t.Fatalf("%v (-old +new):\n%s\n%s", m, diff, made[0])
		}
	}
}

// drawAction writes an Action that a rewrite can follow.
func drawAction(t *rapid.T) string {
	g := &grammar{T: t}
	event := g.one("event", "event", "evt")
	g.options = event + ".message_options"
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	g.declare(say, event)
	for range rapid.IntRange(1, 4).Draw(t, "statements") {
		g.statement(say)
	}
	say("const response = await fetch(%s.secrets.URL, { method: 'POST', body: JSON.stringify({ to: %s, body: %s, user: %s.user.user_id }) });",
		event, g.value("recipient"), g.value(g.one("carried", "text", "code")), event)
	if g.chance("checks") {
		say("if (%s) throw new Error('refused ' + %s);", g.one("fails", "!response.ok", "response.status === 200"), g.value("message_type"))
	}
	body := strings.Join(lines, "\n  ")
	params := event + g.one("params", ", api", "")
	head := g.one("head",
		"exports.onExecuteSendPhoneMessage = async ("+params+") => {", "exports.onExecuteSendPhoneMessage = async function ("+params+") {",
		"module.exports = { async onExecuteSendPhoneMessage("+params+") {", "const handler = async ("+params+") => {")
	tail := map[string]string{"modu": "} };", "cons": "};\nexports.onExecuteSendPhoneMessage = handler;"}[head[:4]]
	if tail == "" {
		tail = "};"
	}
	return strings.ReplaceAll("// message_options\n"+head+"\n  "+body+"\n"+tail+"\n", "\n", g.one("eol", "\n", "\r\n"))
}

// grammar draws pieces of code.
type grammar struct {
	*rapid.T

	options string            // an expression for message_options
	locals  map[string]string // fields that have a variable
	next    int
}

func (g *grammar) one(label string, choices ...string) string {
	return rapid.SampledFrom(choices).Draw(g.T, label)
}

func (g *grammar) chance(label string) bool { return rapid.Bool().Draw(g.T, label) }

// declare draws how the message is reached: directly, by another name, or with its fields taken out.
func (g *grammar) declare(say func(string, ...any), event string) {
	g.locals = map[string]string{}
	switch g.one("reach", "direct", "alias", "alias or empty", "fields", "event's fields", "both", "optional") {
	case "alias":
		say("%s m = %s;", g.one("keyword", "const", "let", "var"), g.options)
		g.options = "m"
	case "alias or empty":
		say("const m = %s %s {};", g.options, g.one("or", "||", "??"))
		g.options = "m"
	case "fields":
		say("%s", g.pattern()+" = "+g.options+";")
	case "event's fields":
		and := g.one("and", ", user", "", ": options")
		say("const { message_options%s } = %s;", and, event)
		g.options = "message_options"
		if and == ": options" {
			g.options = "options"
		}
	case "both":
		say("%s", "const { message_options: "+g.pattern()[len("const "):]+", secrets } = "+event+";")
	case "optional":
		g.options = event + "?.message_options"
	}
}

// pattern takes some of the fields out.
func (g *grammar) pattern() string {
	fields := rapid.Permutation([]string{"recipient", "text", "code", "message_type", "action"}).Draw(g.T, "fields")
	fields = append([]string{"recipient"}, fields[:rapid.IntRange(0, 5).Draw(g.T, "count")]...)
	var parts []string
	for _, f := range fields {
		if g.locals[f] != "" {
			continue
		}
		g.locals[f] = g.one("name", f, "my_"+f)
		part := f
		if g.locals[f] != f {
			part += ": " + g.locals[f]
		}
		parts = append(parts, part+g.one("default", "", "", " = 'none'"))
	}
	return "const { " + strings.Join(parts, ", ") + g.one("comma", "", ",") + " }"
}

// value is an expression for a field.
func (g *grammar) value(field string) string {
	if name := g.locals[field]; name != "" && g.chance("local") {
		return name
	}
	return g.options + g.one("access", "."+field, "."+field, "?."+field, "['"+field+"']")
}

// compared is a field and a word that it is compared with.
func (g *grammar) compared() (field, word string) {
	field = g.one("compared", "message_type", "action")
	if field == "action" {
		return field, g.one("word", "enrollment", "second-factor-authentication", "otp_verify", "other")
	}
	return field, g.one("word", "sms", "voice", "text", "other")
}

func (g *grammar) statement(say func(string, ...any)) {
	g.next++
	field, word := g.compared()
	any := g.one("field", "recipient", "text", "message_type", "action")
	switch g.one("statement", "log", "compare", "switch", "keep", "includes", "truth", "closure", "template", "object", "chain", "map") {
	case "log":
		say("console.log('value', %s);", g.value(any))
	case "compare":
		say("if (%s %s '%s') console.log('is %d');", g.value(field), g.one("operator", "===", "!==", "==", "!="), word, g.next)
	case "switch":
		say("switch (%s) { case '%s': console.log('a'); break; case \"other2\": break; default: console.log('b'); }", g.value(field), word)
	case "keep":
		say("%s kept%d = %s;", g.one("keyword", "const", "let", "var"), g.next, g.value(any))
		say("if (kept%d === '%s') console.log(%s);", g.next, word, g.one("what", "'kept'", fmt.Sprintf("kept%d", g.next)))
	case "includes":
		say("if (['%s'].includes(%s)) console.log('in');", word, g.value(field))
	case "truth":
		say("if (%s && !(%s !== '%s')) console.log('true');", g.value(field), g.value(field), word)
	case "closure":
		say("const f%d = (text) => text + %s; console.log(f%d('x'));", g.next, g.value(any), g.next)
	case "template":
		say("console.log(`to ${%s} ${%s === '%s' ? 'A' : 'B'}`);", g.value(any), g.value(field), word)
	case "object":
		say("console.log(JSON.stringify({ text: %s, %s: %s }));", g.value("text"), field, g.value(field))
	case "chain":
		say("console.log(%s?.toUpperCase().length, %s.length);", g.value(any), g.value("text"))
	case "map":
		say("console.log({ sms: 'S', voice: 'V', enrollment: 'E' }[%s] ?? 'none');", g.value(field))
	}
}
