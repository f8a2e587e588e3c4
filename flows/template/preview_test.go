package template_test

import (
	"slices"
	"strings"
	"testing"

	"upe/flows/template"
	"upe/flows/tenant"
)

func sample(languages ...string) template.Sample {
	return template.Sample{
		Tenant: "acme", FriendlyName: "Acme", Application: "Shop", Domain: "acme.us.auth0.com",
		Locales: []string{"en", "fr", "pt-BR"}, Languages: languages,
	}
}

// texts are the renderings by language, with the locale that Auth0 makes of it.
func texts(all []template.Said) []string {
	var lines []string
	for _, s := range all {
		lines = append(lines, s.Language+" "+s.Locale+": "+s.Text+s.Problem)
	}
	return lines
}

func TestPreviews(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	mfa := func(wording string) template.Legacy { return template.LegacyMFA(template.OTPVerify, wording) }
	connection := func(syntax, wording string) template.Legacy {
		return template.LegacyPasswordless(tenant.SMSOptions{Syntax: syntax, Template: wording})
	}
	cases := map[string]struct {
		got  []template.Said
		want []string
	}{
		"Auth0's own for MFA":          {sample().Before(t.Context(), mfa(""), "sms"), []string{"en en: 123456 is your verification code for Acme"}},
		"Auth0's own for Passwordless": {sample().Before(t.Context(), connection("", ""), "sms"), []string{"en en: Your verification code is: 123456"}},
		"spelled for a voice":          {sample().Before(t.Context(), mfa("{{ pause }} {{ code }}"), "voice"), []string{"en en: ... 1.2.3.4.5.6"}},
		"MFA knows no application":     {sample().Before(t.Context(), mfa("{{ code }} for {{ application.name }}"), "sms"), []string{"en en: 123456 for"}},
		"Passwordless knows it":        {sample().Before(t.Context(), connection("liquid", "{{ code }} for {{ application.name }}"), "sms"), []string{"en en: 123456 for Shop"}},
		"macros":                       {sample().Before(t.Context(), connection("md_with_macros", "@@password@@ {{ code }} @@application.name@@ @@x@@"), "sms"), []string{"en en: 123456 {{ code }} Shop @@x@@"}},
		"the language of a request": {
			sample("dutch", "fr-CA", "pt").Before(t.Context(), connection("liquid", "{{ request_language }} {{ locale }}"), "sms"),
			[]string{"en en: en en", "dutch en: dutch en", "fr-CA fr: fr-CA fr", "pt pt-BR: pt pt-BR"},
		},
		"the language of a template": {
			sample("dutch", "fr-CA").After(t.Context(), template.Body{Text: "{{ locale }}"}, "sms"), []string{"en en: en", "dutch en: en", "fr-CA fr: fr"},
		},
		"the tenant is a text": {
			sample().After(t.Context(), template.Body{Voice: "{{ tenant }}{{ tenant.friendly_name }}"}, "voice"), []string{"en en: acme"},
		},
		"broken": {
			sample().After(t.Context(), template.Body{Text: "{% if %}"}, "sms"), []string{`en en: line 1, column 6: invalid value expression: ""`},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := texts(c.got); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if (template.Said{Text: "code 1.2.3.4.5.6"}).HasCode() != true || (template.Said{Text: "code 12345"}).HasCode() {
		t.Error("HasCode")
	}
}

func TestLanguagesOfAWording(t *testing.T) {
	t.Parallel()
	for wording, want := range map[string]string{
		`{{ code }}`: "",
		`{% if custom_domain.domain == "de" %}{% endif %}`:                                                          "",
		`{% if locale contains "fr" %}{% elsif locale == 'es-AR' %}{% endif %}`:                                     "fr es-AR",
		`{% if request_language contains 'dutch' and message_type == "sms" %}{% endif %}`:                           "dutch",
		`{% assign l = requestInfo.lang | slice: 0, 2 %}{% case l %}{% when "pt", "ja" %}{% endcase %}`:             "pt ja",
		`{% case locale %}{% when "a1" %}{% when "fr" %}{% when "es" %}{% when "it" %}{% when "de" %}{% endcase %}`: "fr es it",
	} {
		if got := strings.Join(template.Languages(wording), " "); got != want {
			t.Errorf("%s: %q, want %q", wording, got, want)
		}
	}
}

func TestParseSaysWhatTheEngineSays(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	wantIssue(t, template.Parse("text", "a\n{% if %}"), "this is not Liquid: line 2, column 6")
	wantIssue(t, template.Parse("text", "{{ code }}{{ request_language }}"), "request_language has no counterpart")
	wantIssue(t, template.Parse("voice", template.Default(template.OTPVerify).Voice), "")
	d := template.Draft{Type: template.OTPVerify, Text: "{{ code }}{{ nobody }}", Voice: "{{ code }"}
	if issues := template.Examine(d); len(issues) != 5 {
		t.Errorf("issues %v", issues)
	}
}
