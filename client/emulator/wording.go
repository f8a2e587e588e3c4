package emulator

import (
	"context"
	"regexp"
	"strings"

	"upe/flows/liquid"
)

// wording is a template with its language.
type wording struct {
	source string
	macros bool // md_with_macros, instead of Liquid
	vars   map[string]any
}

// Auth0's own legacy wordings (API description).
const (
	standardVerification = "{{code}} is your verification code for {{tenant.friendly_name}}."
	standardEnrollment   = standardVerification + " Please enter this code to verify your enrollment."
	standardPasswordless = "Your verification code is: @@password@@"
)

// pause is what {{ pause }} becomes for a voice that reads.
const pause = "..."

// spell writes a code so that a voice reads its digits one by one: "1. 2. 3.".
func spell(code string) string {
	if code == "" {
		return ""
	}
	return strings.Join(strings.Split(code, ""), ". ") + "."
}

// said is the code of a letter in its channel.
func (l letter) said() string {
	if l.channel == "voice" {
		return spell(l.code)
	}
	return l.code
}

// guardianWording is the legacy MFA template of a letter; one template serves texts and calls.
func (s *state) guardianWording(l letter) wording {
	source := first(s.Guardian.Templates.str("verification_message"), standardVerification)
	if l.kind == "otp_enroll" {
		source = first(s.Guardian.Templates.str("enrollment_message"), standardEnrollment)
	}
	return wording{source: source, vars: map[string]any{
		"code": l.said(), "message_type": l.channel, "locale": userLanguage, "pause": pause, "phone_number": l.to,
		"requestInfo":   map[string]any{"lang": userLanguage},
		"tenant":        map[string]any{"friendly_name": s.friendlyName(), "friendlyName": s.friendlyName()},
		"custom_domain": map[string]any{"domain": s.Domain},
	}}
}

// passwordlessWording is the template of an sms connection.
func passwordlessWording(options object) wording {
	w := wording{source: options.str("template"), macros: options.str("syntax") != "liquid"}
	if w.source == "" {
		w.source, w.macros = standardPasswordless, true
	}
	return w
}

// phoneWording is the phone template of a letter, customised or standard; its source is empty when there is none.
func (s *state) phoneWording(l letter) (wording, object) {
	t := newTemplate(s.Domain, "", object{"type": encode(l.kind)})
	if i := find(s.Templates, "type", l.kind); i >= 0 {
		t = s.Templates[i]
	}
	body := map[string]string{"sms": "text", "voice": "voice"}[l.channel]
	return wording{source: t.obj("content").obj("body").str(body)}, t
}

// wordings is what a message says, to be read and to be heard.
type wordings struct{ text, voice string }

// bothWordings are those of a letter that says text in its own channel. What the other wording would be does not stop a message: one
// that does not render is empty.
func (s *state) bothWordings(ctx context.Context, l letter, text string) wordings {
	other := l
	other.channel = map[string]string{"sms": "voice", "voice": "sms"}[l.channel]
	words, _ := s.phoneWording(other)
	rest, err := s.word(ctx, other, way{wording: words})
	if err != nil {
		rest = ""
	}
	if l.channel == "voice" {
		return wordings{text: rest, voice: text}
	}
	return wordings{text: text, voice: rest}
}

// word renders what a letter says.
func (s *state) word(ctx context.Context, l letter, w way) (string, error) {
	vars := w.wording.vars
	if vars == nil {
		vars = s.vars(l)
	}
	if w.wording.macros {
		return expand(w.wording.source, vars), nil
	}
	return liquid.Render(ctx, w.wording.source, vars)
}

// vars are the variables of phone templates and of passwordless ones (password, phone_number and request_language are the
// passwordless names). tenant is a plain string here, so a legacy {{tenant.friendly_name}} renders empty.
func (s *state) vars(l letter) map[string]any {
	app := s.application(l)
	vars := map[string]any{
		"tenant": s.tenantName(), "friendly_name": s.friendlyName(), "locale": userLanguage, "pause": pause,
		"support_email": s.Settings.str("support_email"), "support_url": s.Settings.str("support_url"),
		"logo_url": s.Settings.str("picture_url"), "home_url": s.Settings.str("default_redirection_uri"), "region": "us",
		"connection":  l.connection.str("name"),
		"client":      map[string]any{"name": app.str("name"), "clientID": app.str("client_id"), "metadata": app.obj("client_metadata")},
		"application": map[string]any{"name": app.str("name"), "client_metadata": app.obj("client_metadata")},
		"user": map[string]any{
			"name": userName, "email": userEmail, "phone_number": l.to, "phone_verified": true, "source_ip": userIP,
			"city": "Lisbon", "country": "Portugal",
		},
		"custom_domain": map[string]any{"domain": s.Domain},
		"phone_number":  l.to, "request_language": userLanguage, "message_type": l.channel,
	}
	if l.kind != "blocked_account" {
		vars["code"], vars["password"] = l.said(), l.said()
	}
	return vars
}

var macro = regexp.MustCompile(`@@\s*([\w.]+)\s*@@`)

// expand replaces the macros of md_with_macros; one that is not known stays.
func expand(source string, vars map[string]any) string {
	return macro.ReplaceAllStringFunc(source, func(m string) string {
		var at any = vars
		for _, name := range strings.Split(macro.FindStringSubmatch(m)[1], ".") {
			inner, _ := at.(map[string]any)
			at = inner[name]
		}
		if text, found := at.(string); found {
			return text
		}
		return m
	})
}
