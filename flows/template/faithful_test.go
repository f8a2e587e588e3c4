package template_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/liquid"
	"upe/flows/template"
	"upe/flows/tenant"
)

// What a legacy wording says in a channel, its body for that channel says too: LiquidJS renders both, over wordings made by the
// grammar below.
func TestABodySaysWhatTheWordingSaid(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	rapid.Check(t, func(t *rapid.T) {
		wording := legacyWording(t)
		from, to := contexts(t)
		d := template.FromMFA("", wording)[template.OTPVerify]
		for channel, body := range map[string]string{"sms": d.Text, "voice": d.Voice} {
			same(t, channel, wording, body, with(from, "message_type", channel), to)
		}
		if passwordless := template.FromPasswordless(tenant.SMSOptions{Syntax: "liquid", Template: wording}); passwordless.Text != d.Text {
			t.Fatalf("%q: Passwordless gets %q, MFA %q", wording, passwordless.Text, d.Text)
		}
	})
}

// The same for pieces thrown together, where LiquidJS takes them: they meet in ways that no grammar thinks of. What the engine
// takes is never called incomplete either.
func TestABodySaysWhatPiecesSaid(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	rapid.Check(t, func(t *rapid.T) {
		wording := thrownTogether(t) + "Bye"
		if liquid.Check(wording) != nil {
			return
		}
		from, to := contexts(t)
		d := template.FromMFA("", wording)[template.OTPVerify]
		for _, i := range d.Issues {
			if strings.Contains(i.Words, "not complete") {
				t.Fatalf("%q: %s", wording, i.Words)
			}
		}
		same(t, "sms", wording, d.Text, with(from, "message_type", "sms"), to)
		same(t, "voice", wording, d.Voice, with(from, "message_type", "voice"), to)
	})
}

// thrownTogether are pieces in any order, but for this: what is opened is closed.
func thrownTogether(t *rapid.T) string {
	closing := map[string][]string{
		"if": {`{% endif %}`, `{%- endif -%}`}, "unless": {`{% endunless %}`}, "case": {`{% endcase -%}`}, "for": {`{%- endfor %}`},
		"raw": {`{% endraw %}`}, "comment": {`{% endcomment %}`},
	}
	opening := regexp.MustCompile(`^\{%-? (if|unless|case|for|raw|comment)\b`)
	var out strings.Builder
	var open []string
	closeOne := func() {
		out.WriteString(rapid.SampledFrom(closing[open[len(open)-1]]).Draw(t, "closing"))
		open = open[:len(open)-1]
	}
	for _, piece := range rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 12).Draw(t, "pieces") {
		switch m := opening.FindStringSubmatch(piece); {
		case piece != "close":
			out.WriteString(piece)
			if m != nil {
				open = append(open, m[1])
			}
		case len(open) > 0:
			closeOne()
		}
	}
	for len(open) > 0 {
		closeOne()
	}
	return out.String()
}

var pieces = []string{
	"close", "close", "close", `{% if message_type == "voice" %}`, `{% if message_type != 'sms' -%}`, `{% if locale %}`,
	`{%- unless message_type == "sms" %}`, `{% elsif message_type == "sms" %}`, `{% elsif locale contains "fr" %}`, `{% else %}`, `{%- else -%}`,
	`{% case message_type %}`, `{% when "sms" %}`, `{% for x in (1..2) %}`, `{{ code }}`, `{{password|upcase}}`, `{{- tenant.friendlyName -}}`,
	`{`, `{ `, `%}`, `}}`, ` `, "\n", `text`, `{% raw %}`, `{% comment %}`, `"`, `{% assign password = 1 %}`, `{{ "a}}" }}`, `{%%}`, `{{}}`,
	`{{ message_type }}`,
}

// The same for macros, which Auth0 replaces without Liquid.
func TestABodySaysWhatTheMacrosSaid(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	pieces := rapid.SampledFrom([]string{
		"@@password@@", "@@ password @@", "@@application.name@@", "@@phone_number@@", "@@request_language@@", "Your code: ", "{", "}", "@", " ", "\n", "100%",
	})
	rapid.Check(t, func(t *rapid.T) {
		wording := strings.Join(rapid.SliceOfN(pieces, 1, 8).Draw(t, "pieces"), "")
		if strings.Contains(wording, "{{") || strings.Contains(wording, "{%") || strings.TrimSpace(wording) == "" {
			return // markup by accident is the warning's business
		}
		from, to := contexts(t)
		want := anyMacro.ReplaceAllStringFunc(wording, func(m string) string {
			return map[string]string{
				"password": fmt.Sprint(from["code"]), "application.name": "Shop & Co", "phone_number": "+15005550123",
				"request_language": fmt.Sprint(from["locale"]),
			}[strings.Trim(m, "@ ")]
		})
		body := template.FromPasswordless(tenant.SMSOptions{Syntax: "md_with_macros", Template: wording}).Text
		if got := render(t, body, to); got != want {
			t.Fatalf("%q became %q, which says %q, want %q", wording, body, got, want)
		}
	})
}

var anyMacro = regexp.MustCompile(`@@\s*[\w.]+\s*@@`)

func same(t *rapid.T, channel, wording, body string, from, to map[string]any) {
	want, got := render(t, wording, from), render(t, body, to)
	if got != want {
		t.Fatalf("%s: the wording\n%s\nsays %q; the body\n%s\nsays %q", channel, wording, want, body, got)
	}
}

func render(t *rapid.T, wording string, vars map[string]any) string {
	text, err := liquid.Render(t.Context(), wording, vars)
	if err != nil {
		t.Fatalf("%s: %v", wording, err)
	}
	return text
}

// contexts are what Auth0 gives to a legacy wording and to a phone template for the same message. Language is what the two
// have in common only where the browser asks for exactly one that the tenant supports; the wizard says so.
func contexts(t *rapid.T) (legacy, phone map[string]any) {
	locale := rapid.SampledFrom([]string{"en", "fr", "fr-FR", "es-AR", ""}).Draw(t, "locale")
	brand := rapid.SampledFrom([]any{nil, "Acme", "A & B"}).Draw(t, "brand")
	both := map[string]any{
		"code": "1. 2. 3", "locale": locale, "pause": "...", "application": map[string]any{"name": "Shop & Co"},
		"custom_domain": map[string]any{"domain": "login.acme.example", "domain_metadata": map[string]any{"brand": brand}},
	}
	legacy, phone = maps.Clone(both), maps.Clone(both)
	maps.Copy(legacy, map[string]any{
		"password": "1. 2. 3", "phone_number": "+15005550123", "request_language": locale,
		"requestInfo": map[string]any{"lang": locale}, "tenant": map[string]any{"friendly_name": "Acme", "friendlyName": "Acme"},
	})
	maps.Copy(phone, map[string]any{
		"tenant": "acme", "friendly_name": "Acme", "user": map[string]any{"phone_number": "+15005550123"},
	})
	return legacy, phone
}

func with(vars map[string]any, name string, value any) map[string]any {
	vars = maps.Clone(vars)
	vars[name] = value
	return vars
}

// legacyWording makes a wording as tenants have them: text, outputs, and branches within branches, with trim marks here and
// there.
func legacyWording(t *rapid.T) string {
	g := grammar{t}
	if g.one("begins", "no", "no", "assign") == "assign" {
		return g.assign() + g.body(2) + "{{ lang }}{{ c }}{{ locale }}"
	}
	return g.body(2) + "Bye"
}

type grammar struct{ t *rapid.T }

func (g grammar) one(label string, of ...string) string {
	return rapid.SampledFrom(of).Draw(g.t, label)
}

func (g grammar) tag(inner string) string {
	return "{%" + g.one("left", "", "", "", "-") + " " + inner + " " + g.one("right", "", "", "", "-") + "%}"
}

func (g grammar) body(depth int) string {
	var out strings.Builder
	for range rapid.IntRange(0, 4).Draw(g.t, "pieces") {
		out.WriteString(g.piece(depth))
	}
	return out.String()
}

func (g grammar) piece(depth int) string {
	kinds := []string{"text", "text", "output", "output", "aside"}
	if depth > 0 {
		kinds = append(kinds, "if", "if", "if", "unless", "case", "for")
	}
	switch g.one("piece", kinds...) {
	case "text":
		return g.one("text", "Your code is ", "  ", "\n", " \u00a0:", "a", "} ", "% ", "Dites\n  ", "@x #", `"`, "it's ")
	case "output":
		inner := g.one("output", "code", "password | escape", "tenant.friendly_name", `tenant["friendlyName"] | upcase`, "pause", "locale",
			"requestInfo.lang | slice: 0, 2", "application.name | escape", "phone_number", "custom_domain.domain",
			"custom_domain.domain_metadata.brand | default: tenant.friendlyName", "message_type", `"}}" | append: "{% if %}"`,
			`"message_type"`, `"it\"s" | append: password`, `code | replace: ".", ","`, "request_language")
		return "{{" + g.one("left", "", "", "-") + " " + inner + " " + g.one("right", "", "", "-") + "}}"
	case "aside":
		return g.one("aside", "{% raw %}{% if message_type %}{{ code }}{% endraw %}", `{% comment %} {{ password }} {% endcomment %}`,
			"{%- raw %} {{ x }} {% endraw -%}", `{% # message_type %}`, `{%- comment -%}c{%- endcomment -%}`, "{% assign seen = true %}")
	case "for":
		return g.tag("for i in (1..2)") + g.body(depth-1) + g.tag("endfor")
	case "case":
		return g.choice(depth - 1)
	case "unless":
		return g.chain("unless", depth-1)
	}
	return g.chain("if", depth-1)
}

func (g grammar) chain(kind string, depth int) string {
	out := g.tag(kind+" "+g.condition()) + g.body(depth)
	for range rapid.IntRange(0, 2).Draw(g.t, "elsifs") {
		out += g.tag("elsif "+g.condition()) + g.body(depth)
	}
	if g.one("else", "no", "yes") == "yes" {
		out += g.tag("else") + g.body(depth)
	}
	return out + g.tag("end"+kind)
}

func (g grammar) choice(depth int) string {
	out := g.tag("case "+g.one("case", "message_type", "message_type", "locale", "requestInfo.lang")) + g.one("before", "", "\n  ", "lost")
	for range rapid.IntRange(1, 3).Draw(g.t, "whens") {
		out += g.tag("when "+g.one("when", `"sms"`, `'voice'`, `"voice", "call"`, `"sms" or "voice"`, `"fr"`, "message_type", "locale")) + g.body(depth)
	}
	if g.one("else", "no", "yes") == "yes" {
		out += g.tag("else") + g.body(depth)
	}
	return out + g.tag("endcase")
}

func (g grammar) condition() string {
	one := func() string {
		return g.one("condition", `message_type == "voice"`, `message_type=='sms'`, `"voice" == message_type`, `message_type != "sms"`,
			`message_type contains "voi"`, "message_type", `message_type == "call"`, `message_type == locale`, `not message_type == "sms"`,
			`locale contains "fr"`, `requestInfo.lang contains "es"`, `request_language == 'fr-FR'`, "custom_domain.domain_metadata.brand",
			`tenant.friendly_name == "Acme"`, `phone_number contains "+1"`)
	}
	switch g.one("shape", "one", "one", "one", "two", "three") {
	case "two":
		return one() + g.one("joiner", " and ", " or ") + one()
	case "three":
		return fmt.Sprint(one(), g.one("joiner", " and ", " or "), one(), g.one("joiner", " and ", " or "), one())
	}
	return one()
}

// assign makes variables whose names may stand in the way.
func (g grammar) assign() string {
	return g.one("assign", `{% assign c = code %}`, `{% assign lang = requestInfo.lang | slice: 0, 2 %}`,
		`{% assign locale = request_language | default: "en" %}`, `{% assign message_type = message_type | upcase %}`,
		`{% assign code = password | remove: ". " %}`, `{% capture friendly_name %}{{ tenant.friendly_name }}!{% endcapture %}`,
		`{% assign user = application.name %}{% assign given_locale = 1 %}`)
}
