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
	if options.Syntax == "md_with_macros" && strings.Contains(options.Template, "{{") {
		d.raise(Issue{Severity: Warning, Body: "text", Words: "the wording mixes macros and Liquid: what stood in braces was sent as it " +
			"is, and is a variable now"})
	}
	if n := utf8.RuneCountInString(d.From); n > maxSender {
		d.raise(Issue{Severity: Warning, Words: fmt.Sprintf("the sender %q has %d characters, a template takes %d: let the Action "+
			"set it", d.From, n, maxSender)})
		d.From = ""
	}
	d.raise(Lint(d)...)
	return d
}
