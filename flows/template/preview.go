package template

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"upe/flows/liquid"
	"upe/flows/tenant"
)

// Legacy is a wording as Auth0 sends it today.
type Legacy struct {
	Wording string
	Macros  bool // syntax md_with_macros: Auth0 replaces @@password@@ and leaves the rest alone
	MFA     bool // it knows the variables of MFA's messages alone: no application, and no words of Passwordless
}

// LegacyMFA is an MFA wording of a template type, or Auth0's own where nobody wrote one.
func LegacyMFA(templateType, wording string) Legacy {
	switch {
	case strings.TrimSpace(wording) != "":
		return Legacy{Wording: wording, MFA: true}
	case templateType == OTPEnroll:
		return Legacy{Wording: LegacyEnrollment, MFA: true}
	}
	return Legacy{Wording: LegacyVerification, MFA: true}
}

// LegacyPasswordless is the wording of a connection, or Auth0's own where nobody wrote one.
func LegacyPasswordless(options tenant.SMSOptions) Legacy {
	if strings.TrimSpace(options.Template) == "" {
		return Legacy{Wording: "Your verification code is: @@password@@", Macros: true}
	}
	return Legacy{Wording: options.Template, Macros: options.Syntax != "liquid"}
}

// Sample is what a preview is filled in with. Empty fields are made up.
type Sample struct {
	Tenant, FriendlyName, Application, Domain string
	Locales                                   []string // the languages that the tenant supports, its own first
	Languages                                 []string // what users ask for, besides the first of Locales; see [Languages]
}

// The code and the phone number of every preview.
const (
	SampleCode = "123456"
	sampleTo   = "+15005550123"
)

// Said is one message as users read or hear it.
type Said struct {
	Channel  string // "sms" or "voice"
	Language string // what the user asked for
	Locale   string // what Auth0 makes of it: one of the languages that the tenant supports
	Text     string
	Problem  string // why it cannot be rendered
}

// HasCode reports whether the message shows the code, spelled out or not.
func (s Said) HasCode() bool {
	return strings.Contains(s.Text, SampleCode) || strings.Contains(s.Text, spelled(SampleCode))
}

// Before renders a legacy wording in a channel, once for each language.
func (s Sample) Before(ctx context.Context, legacy Legacy, channel string) []Said {
	return s.each(channel, func(language, locale string) (string, error) {
		vars := s.both(channel, locale)
		maps.Copy(vars, map[string]any{
			"message_type": channel, "password": vars["code"], "phone_number": sampleTo, "request_language": language,
			"requestInfo": map[string]any{"lang": language},
			"tenant":      map[string]any{"friendly_name": s.FriendlyName, "friendlyName": s.FriendlyName},
		})
		if legacy.MFA {
			for _, name := range []string{"application", "password", "request_language"} {
				delete(vars, name)
			}
		}
		if legacy.Macros {
			return expand(legacy.Wording, vars), nil
		}
		return liquid.Render(ctx, legacy.Wording, vars)
	})
}

// After renders the body of a phone template for a channel, once for each language.
func (s Sample) After(ctx context.Context, body Body, channel string) []Said {
	wording := body.Text
	if channel == voiceMessage {
		wording = body.Voice
	}
	return s.each(channel, func(_, locale string) (string, error) {
		vars := s.both(channel, locale)
		maps.Copy(vars, map[string]any{
			"tenant": s.Tenant, "friendly_name": s.FriendlyName, "region": "us",
			"user":   map[string]any{"phone_number": sampleTo, "name": "Alex Doe", "email": "alex@example.com"},
			"client": map[string]any{"name": s.Application, "clientID": "client"},
		})
		return liquid.Render(ctx, wording, vars)
	})
}

func (s Sample) each(channel string, render func(language, locale string) (string, error)) []Said {
	own := s.negotiated("")
	languages := []string{own}
	for _, l := range s.Languages {
		if !slices.Contains(languages, l) {
			languages = append(languages, l)
		}
	}
	var all []Said
	for _, l := range languages {
		said := Said{Channel: channel, Language: l, Locale: s.negotiated(l)}
		text, err := render(l, said.Locale)
		if err != nil {
			said.Problem = plainly(err)
		}
		said.Text = strings.TrimSpace(text)
		all = append(all, said)
	}
	return all
}

// both are the variables that mean the same on both sides.
func (s Sample) both(channel, locale string) map[string]any {
	code := SampleCode
	if channel == voiceMessage {
		code = spelled(code)
	}
	return map[string]any{
		"code": code, "locale": locale, "pause": "...", "application": map[string]any{"name": s.Application},
		"custom_domain": map[string]any{"domain": s.Domain, "domain_metadata": map[string]any{}},
	}
}

// spelled puts dots between the digits, so that a voice reads them one by one (documentation: customize SMS or voice messages).
func spelled(code string) string { return strings.Join(strings.Split(code, ""), ".") }

// negotiated is the language of the tenant that serves a user who asks for one: the same, the same without its region, one of
// its regions, or the tenant's own. How Auth0 chooses is not documented beyond that it takes a supported language.
func (s Sample) negotiated(language string) string {
	plain, _, _ := strings.Cut(language, "-")
	for _, fits := range []func(locale string) bool{
		func(l string) bool { return strings.EqualFold(l, language) },
		func(l string) bool { return strings.EqualFold(l, plain) },
		func(l string) bool { region, _, _ := strings.Cut(l, "-"); return strings.EqualFold(region, plain) },
	} {
		if i := slices.IndexFunc(s.Locales, fits); language != "" && i >= 0 {
			return s.Locales[i]
		}
	}
	if len(s.Locales) > 0 {
		return s.Locales[0]
	}
	return "en"
}

// expand replaces the macros of a wording; one that names nothing stays.
func expand(wording string, vars map[string]any) string {
	return macro().ReplaceAllStringFunc(wording, func(m string) string {
		var at any = vars
		for name := range strings.SplitSeq(macro().FindStringSubmatch(m)[1], ".") {
			inner, _ := at.(map[string]any) // a text has nothing below it
			at = inner[name]
		}
		if text, ok := at.(string); ok {
			return text
		}
		return m
	})
}

// plainly says why a wording cannot be rendered, in the engine's words.
func plainly(err error) string {
	var fault *liquid.Error
	switch {
	case errors.As(err, &fault):
		return fault.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return "rendering takes too long"
	}
	return err.Error()
}
