package template_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/template"
	"upe/flows/tenant"
)

func TestOneLegacyWordingBecomesABodyForEachChannel(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ legacy, text, voice string }{
		"no branch serves both": {
			`{{code}} for {{ tenant.friendly_name }}`,
			`{{code}} for {{ friendly_name }}`, `{{code}} for {{ friendly_name }}`,
		},
		"voice and else": {
			`{% if message_type == "voice" %}Say {{code}}{% else %}Read {{code}}{% endif %}!`,
			`Read {{code}}!`, `Say {{code}}!`,
		},
		"sms and elsif": {
			`{%if message_type=='sms'%}A{{code}}{%elsif message_type=='voice'%}B{{code}}{%endif%}`,
			`A{{code}}`, `B{{code}}`,
		},
		"the literal first": {
			`{% if 'voice' == message_type %}V{{code}}{% else %}T{{code}}{% endif %}`,
			`T{{code}}`, `V{{code}}`,
		},
		"not equal": {
			`{{code}}{% if message_type != "sms" %}, I repeat, {{code}}{% endif %}`,
			`{{code}}`, `{{code}}, I repeat, {{code}}`,
		},
		"unless": {
			`{% unless message_type == "voice" %}T{{code}}{% else %}V{{code}}{% endunless %}`,
			`T{{code}}`, `V{{code}}`,
		},
		"a channel no message has": {
			`{{code}}{% if message_type == "call" %} never{% endif %}`,
			`{{code}}`, `{{code}}`,
		},
		"a language inside": {
			`{% if message_type == "voice" %}{% if locale contains "fr" %}Dites {{code}}{% else %}Say {{code}}{% endif %}{% else %}{{code}}{% endif %}`,
			`{{code}}`, `{% if locale contains "fr" %}Dites {{code}}{% else %}Say {{code}}{% endif %}`,
		},
		"a language in the same chain": {
			`{% if message_type == "voice" %}Say {{code}}{% elsif locale contains "fr" %}Lisez {{code}}{% else %}Read {{code}}{% endif %}`,
			`{% if locale contains "fr" %}Lisez {{code}}{% else %}Read {{code}}{% endif %}`, `Say {{code}}`,
		},
		"the channel late in the chain": {
			`{% if locale contains "fr" %}Fr {{code}}{% elsif message_type == "sms" %}T {{code}}{% else %}V {{code}}{% endif %}`,
			`{% if locale contains "fr" %}Fr {{code}}{% else %}T {{code}}{% endif %}`,
			`{% if locale contains "fr" %}Fr {{code}}{% else %}V {{code}}{% endif %}`,
		},
		"unless gives way to if": {
			`{% unless message_type == "sms" %}V{{code}}{% elsif locale == "fr" %}F{{code}}{% else %}T{{code}}{% endunless %}`,
			`{% if locale == "fr" %}F{{code}}{% else %}T{{code}}{% endif %}`, `V{{code}}`,
		},
		"trim marks go on trimming": {
			"Hi  {%- if message_type == 'voice' -%}  V{{code}} {%- else -%} T{{code}} {%- endif -%}  .",
			"HiT{{code}}.", "HiV{{code}}.",
		},
		"the else of a case is not ours": {
			`{% if message_type == "sms" %}{% case locale %}{% when "fr" %}F{% else %}E{% endcase %}{{code}}{% else %}V{{code}}{% endif %}`,
			`{% case locale %}{% when "fr" %}F{% else %}E{% endcase %}{{code}}`, `V{{code}}`,
		},
		"raw is never looked into": {
			`{% raw %}{% if message_type == "sms" %}{{ password }}{% endraw %}{{code}}`,
			`{% raw %}{% if message_type == "sms" %}{{ password }}{% endraw %}{{code}}`,
			`{% raw %}{% if message_type == "sms" %}{{ password }}{% endraw %}{{code}}`,
		},
		"a part of a condition": {
			`{% if message_type == "voice" and locale == "fr" %}Dites{% elsif locale == "fr" or message_type == "voice" %}B{% endif %}{{code}}`,
			`{% if locale == "fr" %}B{% endif %}{{code}}`, `{% if locale == "fr" %}Dites{% else %}B{% endif %}{{code}}`,
		},
		"a case": {
			`{% case message_type %} lost {% when "sms", 'call' %}T{% when "voice" %}V{% else %}E{% endcase %}{{code}}`,
			`T{{code}}`, `V{{code}}`,
		},
		"the else of a case": {
			`{% case message_type %}{% when "voice" %}V{% else %}E{% endcase %}{{code}}`, `E{{code}}`, `V{{code}}`,
		},
		"what cannot be split is told its channel": {
			`{{code}}{% if not message_type == "sms" %}!{% endif %}`,
			`{% assign message_type = "sms" %}{{code}}{% if not message_type == "sms" %}!{% endif %}`,
			`{% assign message_type = "voice" %}{{code}}{% if not message_type == "sms" %}!{% endif %}`,
		},
		"shown": {
			`{{ message_type | upcase }} {{code}}`,
			`{% assign message_type = "sms" %}{{ message_type | upcase }} {{code}}`,
			`{% assign message_type = "voice" %}{{ message_type | upcase }} {{code}}`,
		},
		"a mark that would reach further": {
			"A {% if message_type == 'voice' %}B{% endif %}{{- code }}", "A {{ code }}", "A B{{ code }}",
		},
		"a variable of its own with the old name": {
			`{% assign password = password | upcase %}{{ password }}`,
			`{% assign password = code %}{% assign password = password | upcase %}{{ password }}`,
			`{% assign password = code %}{% assign password = password | upcase %}{{ password }}`,
		},
		"a variable of its own with the new name": {
			`{% assign friendly_name = "us" %}{{code}} for {{ tenant.friendly_name }} by {{ friendly_name }}`,
			`{% assign given_friendly_name = friendly_name %}{% assign friendly_name = "us" %}{{code}} for {{ given_friendly_name }} by {{ friendly_name }}`,
			`{% assign given_friendly_name = friendly_name %}{% assign friendly_name = "us" %}{{code}} for {{ given_friendly_name }} by {{ friendly_name }}`,
		},
		"braces in a string": {
			`{{ code | append: "}}" }}{% if message_type == "voice" %}V{% endif %}`,
			`{{ code | append: "}}" }}`, `{{ code | append: "}}" }}V`,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := template.FromMFA("", c.legacy)[template.OTPVerify]
			if diff := cmp.Diff(c.text, d.Text); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.voice, d.Voice); diff != "" {
				t.Errorf("voice (-want +got):\n%s", diff)
			}
			if !d.Usable() {
				t.Errorf("issues %v", d.Issues)
			}
		})
	}
}

// The sample of Auth0's page on customizing SMS and voice messages.
func TestTheDocumentedSampleSplitsWithoutAnIssue(t *testing.T) {
	t.Parallel()
	legacy := read(t, "testdata/documented.liquid")
	d := template.FromMFA(legacy, "")[template.OTPEnroll]
	if d.Type != template.OTPEnroll || len(d.Issues) != 0 {
		t.Errorf("type %q, issues %v", d.Type, d.Issues)
	}
	if diff := cmp.Diff(read(t, "testdata/documented.text.liquid"), d.Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(read(t, "testdata/documented.voice.liquid"), d.Voice); diff != "" {
		t.Errorf("voice (-want +got):\n%s", diff)
	}
}

func TestPasswordlessWordings(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		options tenant.SMSOptions
		text    string
		from    string
		issues  string // part of the one issue; none when empty
	}{
		"macro":            {tenant.SMSOptions{Syntax: "md_with_macros", Template: "Code: @@password@@"}, "Code: {{ code }}", "", ""},
		"macro of the app": {tenant.SMSOptions{Template: "@@application.name@@: @@ password @@"}, "{{ application.name }}: {{ code }}", "", ""},
		"an unknown macro": {tenant.SMSOptions{Template: "@@password@@ @@brand@@"}, "{{ code }} {{ brand }}", "", "brand has no counterpart"},
		"Liquid":           {tenant.SMSOptions{Syntax: "liquid", Template: "{{password | upcase}} {{code}}"}, "{{code | upcase}} {{code}}", "", ""},
		"in a string":      {tenant.SMSOptions{Template: `{{ "password" }} {{ password }}`}, `{{ "password" }} {{ code }}`, "", ""},
		"not our name":     {tenant.SMSOptions{Template: `{{ user.password }}{{ password }}`}, `{{ user.password }}{{ code }}`, "", "user.password is not among"},
		"its own variable": {
			tenant.SMSOptions{Template: `{% assign phone_number = "x" %}{{ phone_number }}{{ password }}`},
			`{% assign phone_number = "x" %}{{ phone_number }}{{ code }}`, "", "",
		},
		"language": {
			tenant.SMSOptions{Template: "{% if request_language contains 'dutch' %}Hier: {{ password }}{% endif %}"},
			"{% if locale contains 'dutch' %}Hier: {{ code }}{% endif %}", "", "closest",
		},
		"phone number": {tenant.SMSOptions{Template: "{{ password }} {{ phone_number }}"}, "{{ code }} {{ user.phone_number }}", "", "first Passwordless"},
		"a Twilio sender is the provider's": {
			tenant.SMSOptions{From: "+15550001111", Template: "{{ code }}"}, "{{ code }}", "", "",
		},
		"a gateway's sender": {
			tenant.SMSOptions{Provider: "sms_gateway", From: "ACME", Template: "{{ code }}"}, "{{ code }}", "ACME", "",
		},
		"a sender too long": {
			tenant.SMSOptions{Provider: "sms_gateway", From: "ACME-LOGISTICS-LTD", Template: "{{ code }}"}, "{{ code }}", "", "a template takes 16",
		},
		"mixed the other way": {
			tenant.SMSOptions{Syntax: "liquid", Template: "{{ code }} @@password@@"}, "{{ code }} {{ code }}", "", "may have been sent as it is",
		},
		"a macro in braces": {tenant.SMSOptions{Template: "{@@password@@}"}, `{{ "{" }}{{ code }}}`, "", ""},
		"mixed": {
			tenant.SMSOptions{Syntax: "md_with_macros", Template: "@@password@@ {{ code }}"}, "{{ code }} {{ code }}", "", "mixes",
		},
		"no wording": {tenant.SMSOptions{}, template.Default(template.OTPVerify).Text, "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := template.FromPasswordless(c.options)
			if d.Text != c.text || d.From != c.from || d.Voice != "" {
				t.Errorf("text %q from %q voice %q, want %q from %q", d.Text, d.From, d.Voice, c.text, c.from)
			}
			wantIssue(t, d.Issues, c.issues)
		})
	}
}

func TestChangesAreToldOnce(t *testing.T) {
	t.Parallel()
	d := template.FromMFA("", "{{code}} {{tenant.friendlyName}} {{tenant.friendlyName}}")[template.OTPVerify]
	want := []template.Change{{
		Old: "tenant.friendlyName", New: "friendly_name", Why: "the variable of phone templates that means the same",
	}}
	if diff := cmp.Diff(want, d.Changes); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func TestLint(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		body string
		want string // part of the one issue; none when empty
	}{
		"Auth0's own":       {template.Default(template.OTPVerify).Voice, ""},
		"no code":           {"Hello", "no {{ code }}"},
		"code in a test":    {"{% if code %}Hello{% endif %}", "no {{ code }}"},
		"code by a detour":  {"{% assign c = code %}{{ c }}", ""},
		"not Liquid":        {"{{ code }} @{code}", "@{code} is not Liquid"},
		"nothing":           {"  ", "no wording"},
		"too long":          {"{{ code }}" + strings.Repeat("a", 20_000), "takes 20000"},
		"never closed":      {"{{ code }}{% if locale %}", "not complete"},
		"never opened":      {"{{ code }}{% endif %}", "not complete"},
		"half an output":    {"{{ code }} {{ locale", "not complete"},
		"crossed":           {"{{ code }}{% if a %}{% case locale %}{% endif %}{% endcase %}", "not complete"},
		"a channel":         {`{{ code }}{% if message_type == "sms" and locale == "fr" %}!{% endif %}`, "message_type"},
		"no user field":     {`{{ code }}{{ user.birthday }}`, "user.birthday is not among"},
		"user metadata":     {`{{ code }}{{ user.user_metadata.lang }}{{ application.name }}{{ code.size }}`, ""},
		"one brace":         {`{{ code }} {code}`, "{code} is not Liquid"},
		"a macro in text":   {`{{ code }} @@code@@`, "@@code@@ is a macro"},
		"raw and comment":   {`{{ code }}{% raw %}{{ x }}{% endraw %}{% comment %}{{ y }}{% endcomment %}{% # z %}`, ""},
		"an else of a case": {`{{ code }}{% case locale %}{% elsif a %}{% endcase %}`, "not complete"},
		"a tag":             {"{{ code }}{% capture x %}{{ x }}{% endcapture %}", "capture"},
		"a filter":          {"{{ code | phone_format }}", "phone_format"},
		"below a string":    {"{{ code }}{{ tenant.name }}", "tenant.name has no counterpart"},
		"a quoted key":      {`{{ code }}{{ tenant["name"] }}`, "tenant.name has no counterpart"},
		"a macro in Liquid": {`{{ code | append: "@@password@@" }}`, "macro inside Liquid"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantIssue(t, template.Lint(template.Draft{Type: template.OTPVerify, Text: c.body}), c.want)
		})
	}
	if issues := template.Lint(template.Draft{Type: "blocked_account", Text: template.Default("blocked_account").Text}); len(issues) != 0 {
		t.Errorf("a notification needs no code: %v", issues)
	}
	wantIssue(t, template.Lint(template.Draft{Type: template.OTPVerify, Text: "{{ code }}", From: "12345678901234567"}), "17 characters")
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	for legacy, want := range map[string]bool{
		"":                          true,
		template.LegacyEnrollment:   true,
		template.LegacyVerification: true,
		" {{ code }} is your verification code for {{ tenant.friendly_name | escape }}.\n": true,
		"{{ code }} is your code": false,
	} {
		if got := template.IsDefault(legacy); got != want {
			t.Errorf("IsDefault(%q) = %v", legacy, got)
		}
	}
	for name, d := range template.FromMFA("", template.LegacyVerification) {
		if body := template.Default(name); !d.Default || d.Text != body.Text || d.Voice != body.Voice || len(d.Issues) != 0 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

// wantIssue expects one issue that holds want, or none when want is empty.
func wantIssue(t *testing.T, got []template.Issue, want string) {
	t.Helper()
	if want == "" && len(got) == 0 {
		return
	}
	for _, i := range got {
		if want != "" && strings.Contains(i.Words, want) {
			return
		}
	}
	t.Errorf("issues %v, want one with %q", got, want)
}

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// A brace that stood apart from markup stays a brace when what parted them is gone.
func TestABraceStaysABrace(t *testing.T) {
	t.Parallel()
	d := template.FromMFA("", `{{ code }} { {%- unless message_type == "sms" %}{% if locale %}!{% endif %}{% endunless %}Bye`)[template.OTPVerify]
	if want := `{{ code }} {{ "{" }}{% if locale %}!{% endif %}Bye`; d.Voice != want {
		t.Errorf("got  %s\nwant %s", d.Voice, want)
	}
	if want := `{{ code }} {Bye`; d.Text != want {
		t.Errorf("got  %s\nwant %s", d.Text, want)
	}
}

// What MFA's messages do not know today and phone templates do is said: users read more than before.
func TestAVariableThatIsNewToMFAIsSaid(t *testing.T) {
	t.Parallel()
	for wording, want := range map[string]int{
		"{{ code }} for {{ application.name }}":                              1,
		"{{ code }}{{ application.name }}{{ application.name }}":             1,
		"{% assign user = 1 %}{{ code }} {{ user }}":                         0,
		"{{ code }} {{ tenant.friendly_name }} {{ requestInfo.lang }}":       0,
		"{{ code }} application.name {{ pause }} {{ custom_domain.domain }}": 0,
	} {
		said := 0
		for _, i := range template.FromMFA("", wording)[template.OTPVerify].Issues {
			if strings.Contains(i.Words, "none of the variables") {
				said++
			}
		}
		if said != want {
			t.Errorf("%s: said %d times, want %d", wording, said, want)
		}
	}
}
