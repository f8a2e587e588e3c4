package template_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/template"
	"upe/flows/tenant"
)

var leftMacro = regexp.MustCompile(`@@\s*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\s*@@`)

// FuzzWordings holds for whatever a tenant has written: nothing panics, no macro is left unless it is named, what is not
// changed stays byte for byte, and a wording that is new already comes back as it is.
func FuzzWordings(f *testing.F) {
	for _, seed := range []string{
		`{% if message_type == "voice" %}{{code}}{% elsif a %}b{% else %}c{% endif %}`, `@@password@@`, `{{`, `{%`, `{% raw %}`,
		`{{ tenant["friendly_name"] | escape }}`, `{%- unless message_type != 'sms' -%} x {%- endunless -%}`, "\xff@@a.b@@\x00",
		`@@pass{% if message_type == "sms" %}word@@{% endif %}`, `{{ "@@password@@" }}`, `{%%}{{}}{%-%}{{-}}`,
		template.LegacyEnrollment, template.Default(template.OTPVerify).Voice,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, wording string) {
		holds(t, wording)
	})
}

// TestWordingsOfPieces tries combinations that a fuzzer takes long to find.
func TestWordingsOfPieces(t *testing.T) {
	t.Parallel()
	pieces := rapid.SampledFrom([]string{
		`{% if message_type == "voice" %}`, `{% if message_type != 'sms' -%}`, `{% if locale %}`, `{%- unless message_type == "sms" %}`,
		`{% elsif message_type == "sms" %}`, `{% elsif locale contains "fr" %}`, `{% else %}`, `{%- endif -%}`, `{% endif %}`,
		`{% endunless %}`, `{% case message_type %}`, `{% when "sms" %}`, `{% endcase %}`, `{% for x in y %}`, `{% endfor %}`,
		`{{ code }}`, `{{password|upcase}}`, `{{ tenant.friendlyName }}`, `@@password@@`, `@@`, `password`, `{`, `{ `, `%}`, `}}`, ` `,
		"\n", `text`, `{% raw %}`, `{% endraw %}`, `{% comment %}`, `{% endcomment %}`, `"`, `{% assign password = 1 %}`,
	})
	rapid.Check(t, func(t *rapid.T) {
		holds(t, strings.Join(rapid.SliceOfN(pieces, 0, 14).Draw(t, "pieces"), ""))
	})
}

type failer interface {
	Errorf(format string, args ...any)
}

func holds(t failer, wording string) {
	mfa := template.FromMFA(wording, wording)
	for _, d := range []template.Draft{
		mfa[template.OTPEnroll], mfa[template.OTPVerify],
		template.FromPasswordless(tenant.SMSOptions{Template: wording}),
	} {
		if d.Default {
			continue
		}
		if len(d.Changes) == 0 && d.Text != wording {
			t.Errorf("%q became %q without a change", wording, d.Text)
		}
		if leftMacro.MatchString(d.Text) && d.Usable() {
			t.Errorf("%q: a macro is left in %q and not named", wording, d.Text)
		}
		again := template.FromPasswordless(tenant.SMSOptions{Template: d.Text})
		if !again.Default && again.Text != d.Text {
			t.Errorf("%q became %q, and then %q", wording, d.Text, again.Text)
		}
		if slices.ContainsFunc(d.Issues, func(i template.Issue) bool { return i.Words == "" }) {
			t.Errorf("%q: an issue without words", wording)
		}
	}
}
