package judge

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"upe/flows/template"
	"upe/flows/tenant"
)

// templatesDiffer asks when flows that will share the template otp_verify say different things now.
func templatesDiffer(r reading) []Finding {
	var said []string
	var evidence []Evidence
	for _, w := range r.wordings() {
		if !slices.Contains(said, w.essence) {
			said = append(said, w.essence)
		}
		evidence = append(evidence, w.evidence)
	}
	if len(said) < 2 || !r.anyLegacy() {
		return nil
	}
	return found(Finding{
		ID: "templates-differ", Severity: Decision, Title: "One template will serve wordings that differ now",
		Consequence: "MFA verification and Passwordless both use the template otp_verify. Whichever wording it gets, some users see " +
			"another than today; a changed wording can break registered sender templates and SMS autofill.",
		Remedy: "Choose the wording to keep, or write one for all.",
		Source: docTemplates + "; that both use otp_verify is concluded from the example of " + docPasswordless(),
	}, evidence...)
}

// wording is what a flow says in a text message when it verifies.
type wording struct {
	essence  string
	evidence Evidence
}

func (r reading) wordings() []wording {
	var out []wording
	add := func(text, what, value, path string) {
		out = append(out, wording{template.Essence(text), Evidence{What: what, Value: or(value, "Auth0's default"), Path: path}})
	}
	if r.legacyMFA() && slices.Contains(r.MFA.MessageTypes, sms) && r.snapshot.Has(tenant.PathMFATemplates) {
		legacy := r.snapshot.MFATemplates().Verification
		add(template.FromMFA("", legacy)[template.OTPVerify].Text, "MFA verification", legacy, tenant.PathMFATemplates)
	}
	for _, c := range r.legacyConnections() {
		options := r.options[c.ID]
		add(r.draft(c).Text, "Passwordless, connection "+or(c.Name, c.ID),
			strings.TrimSpace(options.Template), tenant.PathSMSConnections)
	}
	if r.usesTenantText() && r.snapshot.Has(tenant.PathPhoneTemplates) {
		text := r.snapshot.PhoneTemplates()[template.OTPVerify].Content.Body.Text
		add(or(text, template.Default(template.OTPVerify).Text), "Phone template otp_verify, in use", text, tenant.PathPhoneTemplates)
	}
	return out
}

// usesTenantText reports whether text messages go through the tenant-level provider now.
func (r reading) usesTenantText() bool {
	return slices.ContainsFunc(r.Routes, func(route Route) bool { return route.Via == Tenant && route.Channel == sms })
}

// requestLanguage: the language that a user's browser, or the header x-request-language, asked for is not a variable of phone
// templates. Auth0 chooses the locale, by rules of its own.
func requestLanguage(r reading) []Finding {
	f := Finding{
		ID: "request-language", Severity: Warning, Title: "A wording depends on the language of the request",
		Consequence: "Phone templates know locale instead, the language that Auth0 chose: one name such as fr or en-US, where the old " +
			"variable held what the browser sent. Users may get another language than today.",
		Remedy: "Check every comparison in the new wording, test each language, and compare with the languages that the tenant has " +
			"enabled.",
		Source: docWordings,
	}
	ask := func(what, wording, path string, drafts ...template.Draft) {
		if slices.ContainsFunc(drafts, asksLanguage) {
			f.Evidence = append(f.Evidence, Evidence{What: what, Value: wording, Path: path})
		}
	}
	if r.legacyMFA() {
		said := r.snapshot.MFATemplates()
		drafts := template.FromMFA(said.Enrollment, said.Verification)
		ask("MFA enrollment", said.Enrollment, tenant.PathMFATemplates, drafts[template.OTPEnroll])
		ask("MFA verification", said.Verification, tenant.PathMFATemplates, drafts[template.OTPVerify])
	}
	ofMFA := len(f.Evidence)
	for _, c := range r.legacyConnections() {
		ask("Passwordless, connection "+or(c.Name, c.ID), r.options[c.ID].Template, tenant.PathSMSConnections, r.draft(c))
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	if len(f.Evidence) > ofMFA {
		f.Consequence += " An application can set that variable by the header x-request-language of /passwordless/start; that the " +
			"header decides about locale too is not documented."
		f.Source += "; " + docSMS
	}
	locales := Evidence{What: "Enabled languages", Value: list(r.snapshot.Settings().Locales), Path: tenant.PathSettings}
	return found(f, locales)
}

// asksLanguage reports whether a wording read the language of the request: that variable became locale.
func asksLanguage(d template.Draft) bool {
	return slices.ContainsFunc(d.Changes, func(c template.Change) bool {
		return c.New == "locale" || c.New == "{{ locale }}"
	})
}

// phoneTemplatesCustomised: a template has an id once somebody has changed it.
func phoneTemplatesCustomised(r reading) []Finding {
	f := Finding{
		ID: "phone-templates-customised", Severity: Note, Title: "Phone templates have been written already",
		Consequence: "Once a flow has moved, its users read these instead of what they read today, unless you replace them. A changed " +
			"wording can break registered sender templates and SMS autofill.",
		Remedy: "Compare both, and choose for each template: keep it, or take today's wording.",
		Source: docTemplates,
	}
	templates := r.snapshot.PhoneTemplates()
	for _, name := range []string{template.OTPVerify, template.OTPEnroll} {
		if t := templates[name]; t.ID != "" {
			f.Evidence = append(f.Evidence, Evidence{What: name, Value: or(t.Content.Body.Text, "no text"), Path: tenant.PathPhoneTemplates})
		}
	}
	if len(f.Evidence) == 0 || !r.anyLegacy() {
		return nil
	}
	if users := r.UsesProvider(); len(users) > 0 {
		f.Consequence += " Replacing one takes effect at once for those who use it already: " + strings.Join(users, "; ") + "."
	}
	return []Finding{f}
}

// maxSender is how long the sender of a phone template may be, in characters (OpenAPI description of branding/phone/templates; an
// MFA sender may have 64, that of a connection 128).
const maxSender = 16

func senderTooLong(r reading) []Finding {
	f := Finding{
		ID: "sender-too-long", Severity: Note, Title: "A sender is too long for a phone template",
		Consequence: fmt.Sprintf("A template's own sender has %d characters at most, so this one cannot be set there.", maxSender),
		Remedy:      "Let the Action of a custom provider set it, or enter it as the Twilio provider's sender, or use a shorter one.",
		Source:      docAPI,
	}
	look := func(who, sender, path string) {
		if utf8.RuneCountInString(sender) > maxSender {
			f.Evidence = append(f.Evidence, Evidence{What: "Sender of " + who, Value: sender, Path: path})
		}
	}
	if r.legacyMFA() && r.MFA.Provider == tenant.SelectedTwilio {
		look("MFA", r.snapshot.Twilio().From, tenant.PathTwilio)
	}
	for _, c := range r.legacyConnections() {
		look("connection "+or(c.Name, c.ID), r.options[c.ID].From, tenant.PathSMSConnections)
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}
