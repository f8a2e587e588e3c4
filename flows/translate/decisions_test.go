package translate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/translate"
)

// asks reports whether a translation asks a question.
func asks(t *testing.T, source translate.Source, id string) bool {
	t.Helper()
	result := translated(t, source, translate.Options{})
	return slices.ContainsFunc(result.Decisions, func(d translate.Decision) bool { return d.ID == id })
}

// What errors should do is asked where one can leave the Action.
func TestOnErrorIsAskedWhereAnErrorCanLeave(t *testing.T) {
	t.Parallel()
	for body, want := range few(t, map[string]bool{
		"await send(text);":  true,
		"return send(text);": true,
		"if (!text) throw new Error('no text'); send(text);": true,
		"send(text);": false,
		"return { status: 'ok', sent: send(text) };":          false,
		"return JSON.stringify(text);":                        false,
		"try { await send(text); } catch (e) { log(e); }":     false,
		"try { await send(text); } catch (e) { throw e; }":    true,
		"try { await send(text); } finally { log(); }":        true,
		"try { return send(text); } catch (e) { log(e); }":    true,
		"try { return await send(text); } catch { log(); }":   false,
		"await send(text).catch(log => log);":                 false,
		"await send(text).catch((e) => { throw e; });":        true,
		"await send(text).then((r) => r, (e) => e);":          false,
		"await send(text).then((r) => r);":                    true,
		"await send(text).then((r) => r).catch(console.log);": false,
		"await Promise.allSettled([send(text)]);":             false,
		"await Promise.all([send(text)]);":                    true,
		"await safe(text);":                                   false,
		"await unsafe(text);":                                 true,
		"await endless(text);":                                false,
		"check(text);":                                        true,
		"const f = () => { throw new Error(); };":             false,
		"for (const to of [1]) { if (to) { throw to; } }":     true,
		"return (log(text), send(text));":                     true,
		"return text ? send(text) : undefined;":               true,
		"return text && send(text);":                          true,
		"const sent = send(text); return sent;":               true,
		"return text ? 'some' : 'none';":                      false,
	}) {
		code := "const send = require('sdk');\nconst safe = async (text) => { try { await send(text); } catch (e) { console.log(e); } };\n" +
			"const unsafe = async (text) => { await send(text); };\nconst check = (text) => { if (!text) throw new Error('empty'); };\n" +
			"const endless = async (text) => { await endless(text).catch(function again(e) { return endless(e).catch(again); }); };\n" +
			"exports.onExecuteSendPhoneMessage = async (event) => {\n  const text = event.message_options.text;\n  " + body + "\n};\n"
		if asked := asks(t, translate.Source{Code: code}, translate.OnError); asked != want {
			t.Errorf("%s: asked %v", body, asked)
		}
	}
}

// The wording of calls is asked for when there are calls, and the Action sends its text for them.
func TestVoiceIsAskedWhenCallsGetTheText(t *testing.T) {
	t.Parallel()
	const sends = "await fetch('https://gateway.example', { body: event.message_options.text });"
	for name, c := range map[string]struct {
		body  string
		types []string
		want  bool
	}{
		"nobody knows the types":   {sends, nil, true},
		"SMS and voice":            {sends, []string{"sms", "voice"}, true},
		"SMS only":                 {sends, []string{"sms"}, false},
		"the code only":            {strings.Replace(sends, "text", "code", 1), nil, false},
		"calls are refused":        {"if (event.message_options.message_type !== 'sms') return; " + sends, nil, false},
		"calls are refused, twice": {"const type = event.message_options.message_type; if (type && type === 'voice') { throw new Error('no calls'); } " + sends, nil, false},
		"calls are refused late":   {sends + " if (event.message_options.message_type !== 'sms') return;", nil, true},
		"SMS are refused":          {"if (event.message_options.message_type === 'sms') return; " + sends, nil, true},
		"calls are logged":         {"if (event.message_options.message_type !== 'sms') console.log('a call'); " + sends, nil, true},
	} {
		source := translate.Source{Code: "exports.onExecuteSendPhoneMessage = async (event) => { " + c.body + " };", MessageTypes: c.types}
		if asked := asks(t, source, translate.Voice); asked != c.want {
			t.Errorf("%s: asked %v", name, asked)
		}
	}
}

// A word that is no answer leaves the question open, and the code what it is with an open question.
func TestWhatIsNoAnswerDecidesNothing(t *testing.T) {
	t.Parallel()
	source := translate.Source{Code: handler("onExecuteSendPhoneMessage", "send(event.message_options.text);")}
	wrong := map[string]string{translate.OnError: "explode", translate.NonCode: "perhaps", translate.Voice: "whisper", "colour": "blue"}
	open, undecided := translated(t, source, translate.Options{}), translated(t, source, translate.Options{Decided: wrong})
	if diff := cmp.Diff(open, undecided); diff != "" {
		t.Errorf("-open +undecided\n%s", diff)
	}
	if got := len(open.Open()); got != 3 {
		t.Errorf("%d open questions of %d", got, len(open.Decisions))
	}
	right := map[string]string{translate.OnError: translate.Keep, translate.NonCode: translate.Drop, translate.Voice: translate.AsText}
	if got := translated(t, source, translate.Options{Decided: right}); len(got.Open()) != 0 || len(got.Decisions) != 3 {
		t.Errorf("open %v of %v", got.Open(), got.Decisions)
	}
}

// A check of what the new event does not have either finds nothing, and says so, or stops everything.
func TestSecurityContext(t *testing.T) {
	t.Parallel()
	for line, want := range few(t, map[string]string{
		"log(event.security_context?.ja3);":                            "log(event.security_context?.ja3);",
		"log(event.security_context.ja3);":                             "log(event.security_context?.ja3);",
		"log(event.security_context['ja4']);":                          "log(event.security_context?.['ja4']);",
		"log(event.security_context && event.security_context.ja3);":   "log(event.security_context && event.security_context.ja3);",
		"const { ja3 } = event.security_context;":                      "const { ja3 } = event.security_context ?? {};",
		"const { ja3, ja4 } = event.security_context || {};":           "const { ja3, ja4 } = event.security_context || {};",
		"if (event.security_context) log(event.security_context.ja3);": "if (event.security_context) log(event.security_context.ja3);",
	}) {
		decided := map[string]string{translate.SecurityContext: translate.Undefined, translate.NonCode: translate.Deliver}
		source := translate.Source{Code: handler("onExecuteSendPhoneMessage", line)}
		got := translated(t, source, translate.Options{Decided: decided, Style: translate.Rewrite})
		if diff := cmp.Diff(handler("onExecuteCustomPhoneProvider", want), got.Code); diff != "" {
			t.Errorf("%s (-want +got):\n%s", line, diff)
		}
		decided[translate.SecurityContext] = translate.Stop
		for _, style := range []translate.Style{translate.Rewrite, translate.Adapter} {
			if got := translated(t, source, translate.Options{Decided: decided, Style: style}); !strings.Contains(got.Code, "throw new Error('event.security_context") {
				t.Errorf("%s, %s: %s", line, style, got.Code)
			}
		}
		// What stops it is no failure of sending, which would be tried again.
		decided[translate.OnError] = translate.Retry
		got = translated(t, source, translate.Options{Decided: decided, Style: translate.Rewrite})
		if stop, try := strings.Index(got.Code, "throw new Error('event.sec"), strings.Index(got.Code, "try {"); stop < 0 || try < stop || strings.Contains(got.Code[try:], "throw") {
			t.Errorf("%s: %s", line, got.Code)
		}
	}
}
