package template

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"upe/flows/tenant"
)

// FromMFA makes the templates of the legacy MFA wordings: otp_enroll of the enrolment message and otp_verify of the
// verification message. An empty wording was never customised.
func FromMFA(enrollment, verification string) map[string]Draft {
	return map[string]Draft{
		OTPEnroll: fromMFA(OTPEnroll, enrollment),
		OTPVerify: fromMFA(OTPVerify, verification),
	}
}

func fromMFA(templateType, legacy string) Draft {
	if IsDefault(legacy) {
		body := Default(templateType)
		return Draft{Type: templateType, Text: body.Text, Voice: body.Voice, Default: true}
	}
	text, voice := convert(legacy, smsMessage), convert(legacy, voiceMessage)
	d := Draft{Type: templateType, Text: text.body, Voice: voice.body}
	for _, c := range []converted{text, voice} {
		d.changed(c.changes...)
		d.raise(c.issues...)
	}
	if macro().MatchString(legacy) {
		d.raise(Issue{Severity: Warning, Words: "the wording has macros, which MFA does not know: they were sent as they stand, and are variables now"})
	}
	for _, path := range newToMFA(legacy) {
		d.raise(Issue{Severity: Warning, Words: path + " is none of the variables that Auth0's documentation lists for MFA's messages, so it is empty there today as " +
			"far as is known; a phone template has it, and users read it from then on"})
	}
	d.raise(Lint(d)...)
	return d
}

// FromPasswordless makes an otp_verify template of a connection's wording. Voice is left empty: Passwordless sends text.
//
// The sender of a Twilio connection is the provider's business. An SMS gateway got its sender with each message, and a
// custom provider's Action gets it from the template, so that one becomes From.
func FromPasswordless(options tenant.SMSOptions) Draft {
	c := convert(options.Template, smsMessage)
	d := Draft{Type: OTPVerify, Text: c.body}
	d.changed(c.changes...)
	d.raise(c.issues...)
	if strings.TrimSpace(options.Template) == "" {
		// Nobody wrote one; Auth0's own is the closest there is.
		d.Text, d.Default = Default(OTPVerify).Text, true
	}
	if options.Gateway() && options.From != "" {
		d.From = options.From
	}
	d.raise(languages(options)...)
	if n := utf8.RuneCountInString(d.From); n > maxSender {
		d.raise(Issue{Severity: Warning, Words: fmt.Sprintf("the sender %q has %d characters, a template takes %d: let the Action "+
			"set it", d.From, n, maxSender)})
		d.From = ""
	}
	d.raise(Lint(d)...)
	return d
}

// languages warns of a wording that is written in another template language than it is read in: what was sent as it stood
// becomes a variable.
func languages(options tenant.SMSOptions) []Issue {
	hasLiquid := strings.Contains(options.Template, "{{") || strings.Contains(options.Template, "{%")
	hasMacros := macro().MatchString(options.Template)
	switch {
	case hasLiquid && (options.Syntax == "md_with_macros" || options.Syntax == "" && hasMacros):
		return []Issue{{Severity: Warning, Body: "text", Words: "the wording mixes macros and Liquid: it is read for macros, so what stood " +
			"in braces was sent as it is, and is Liquid now"}}
	case hasMacros && options.Syntax == "liquid":
		return []Issue{{Severity: Warning, Body: "text", Words: "the wording mixes Liquid and macros: it is read as Liquid, so a macro may " +
			"have been sent as it is, and is a variable now"}}
	}
	return nil
}
