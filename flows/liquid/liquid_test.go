package liquid_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/flows/js"
	"upe/flows/liquid"
)

// Auth0's default wording, and what legacy templates look like.
const (
	otpVerify = `{{ code | escape }} is your verification code for {{ friendly_name | escape }}`
	otpVoice  = `Hello. {{ pause }} Your code is: {{ pause }} {{ code | escape }}. Goodbye!`
	guardian  = `{% if message_type == 'voice' %}Your code is {{ pause }} {{code}}{% else %}{{code}} is your code for {{tenant.friendly_name}}{% endif %}`
)

func TestRender(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		template string
		vars     map[string]any
		want     string
	}{
		"default":        {otpVerify, map[string]any{"code": "123456", "friendly_name": "A & B"}, "123456 is your verification code for A &amp; B"},
		"voice":          {otpVoice, map[string]any{"code": "1. 2. 3", "pause": "..."}, "Hello. ... Your code is: ... 1. 2. 3. Goodbye!"},
		"branch":         {guardian, map[string]any{"code": "1", "message_type": "voice"}, "Your code is  1"},
		"other branch":   {guardian, map[string]any{"code": "1", "message_type": "sms", "tenant": map[string]any{"friendly_name": "Acme"}}, "1 is your code for Acme"},
		"undefined":      {`a{{ nothing }}{{ no.such.path }}b`, nil, "ab"},
		"string tenant":  {`[{{ tenant.friendly_name }}]`, map[string]any{"tenant": "acme"}, "[]"},
		"no inheritance": {`[{{ user.constructor.name }}{{ user.toString }}]`, map[string]any{"user": map[string]any{}}, "[]"},
		"not Liquid":     {`@{code} and @@password@@`, map[string]any{"code": "1"}, "@{code} and @@password@@"},
		"unicode":        {`{{ name | upcase }} 確認 😀`, map[string]any{"name": "é"}, "É 確認 😀"},
		"date":           {`{{ "2026-03-01T10:00:00Z" | date: "%Y-%m-%d" }}`, nil, "2026-03-01"},
		"url filter":     {`{{ "a b&c" | url_encode }} {{ "w7w=" | base64_decode }} {{ "ü" | base64_encode }}`, nil, "a+b%26c ü w7w="},
		"unknown filter": {`{{ code | nope }}`, map[string]any{"code": "1"}, "1"},
		"own variable":   {`{% assign x = code | append: "!" %}{{ x }}`, map[string]any{"code": "1"}, "1!"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := liquid.Render(t.Context(), test.template, test.vars)
			if err != nil || got != test.want {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ template, want string }{
		"default":       {otpVerify, ""},
		"empty":         {"", ""},
		"unclosed tag":  {"a\nb {% if x %}", "parse template: line 2, column 3: tag {% if x %} not closed"},
		"unknown tag":   {"{% nope %}", `parse template: line 1, column 1: tag "nope" not found`},
		"stray end":     {"{% endif %}", `parse template: line 1, column 1: tag "endif" not found`},
		"open output":   {"{{ code ", "parse template: line 1, column 1: output \"{{ code \" not closed"},
		"bad condition": {"{% if %}{% endif %}", "parse template: line 1, column 6: invalid value expression: \"\""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := liquid.Check(test.template)
			if got := fmt.Sprint(err); (test.want != "" || err != nil) && got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			var fault *liquid.Error
			if test.want != "" && !errors.As(err, &fault) {
				t.Errorf("no *Error: %v", err)
			}
		})
	}
}

func TestVariables(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		template string
		want     []string
	}{
		"default": {otpVerify, []string{"code", "friendly_name"}},
		"legacy":  {guardian, []string{"code", "message_type", "pause", "tenant.friendly_name"}},
		"own":     {`{% assign x = user.name %}{{ x }}{% for i in list %}{{ i.a }}{% endfor %}`, []string{"list", "user.name"}},
		"index":   {`{{ user["user_metadata"].lang }}{{ a[0].b }}{{ m[k.v] }}`, []string{"a[0].b", "k.v", "m[k.v]", "user.user_metadata.lang"}},
		"none":    {"@{code}", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := liquid.Variables(test.template)
			if diff := cmp.Diff(test.want, got); diff != "" && len(test.want)+len(got) > 0 || err != nil {
				t.Errorf("-want +got\n%s%v", diff, err)
			}
		})
	}
	if _, err := liquid.Variables("{% if %}"); err == nil {
		t.Error("accepted a template that does not parse")
	}
}

// What a template must not do to us.
func TestHostileTemplates(t *testing.T) {
	t.Parallel()
	for _, partial := range []string{`{% render 'secret' %}`, `{% include '/etc/passwd' %}`, `{% layout 'https://evil.example' %}`} {
		if text, err := liquid.Render(t.Context(), partial, nil); err == nil {
			t.Errorf("%s rendered %q", partial, text)
		}
	}
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	deep := strings.Repeat("{% if a %}", 3000) + strings.Repeat("{% endif %}", 3000)
	if err := liquid.Check(deep); err != nil && errors.Is(err, js.ErrTimeout) {
		t.Errorf("nesting: %v", err)
	}
	huge := `{% for i in (1..2000) %}{% for j in (1..1000) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}`
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if text, err := liquid.Render(ctx, huge, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("rendered %d bytes: %v", len(text), err)
	}
	if text, err := liquid.Render(t.Context(), otpVerify, map[string]any{"code": 1}); err != nil || !strings.HasPrefix(text, "1 is") {
		t.Errorf("afterwards: %q, %v", text, err)
	}
}

func TestConcurrently(t *testing.T) {
	t.Parallel()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			got, err := liquid.Render(t.Context(), otpVerify, map[string]any{"code": i, "friendly_name": "x"})
			if want := fmt.Sprintf("%d is your verification code for x", i); err != nil || got != want {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	wg.Wait()
}

// The embedded engine is the published one, and says so.
func TestEngineIsAsPublished(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("liquidjs/README.md")
	if err != nil {
		t.Fatal(err)
	}
	packed, err := os.ReadFile("liquidjs/liquid.browser.min.js.gz")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := js.Unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(engine)))
	if !strings.Contains(string(readme), sum) || !strings.Contains(string(readme), "version "+liquid.Version) ||
		!strings.Contains(engine, `version="`+liquid.Version+`"`) {
		t.Errorf("README does not describe the engine (sha256 %s, version %s)", sum, liquid.Version)
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{otpVerify, otpVoice, guardian, "{% if", "{{ a | b: c, d }}", "{%- raw -%}{{", "\xff{{\x00}}", "{% liquid\necho a\n%}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, template string) {
		checked := liquid.Check(template)
		_, listed := liquid.Variables(template)
		var fault *liquid.Error
		if checked != nil && !errors.As(checked, &fault) && !errors.Is(checked, js.ErrThrown) {
			t.Errorf("not a fault of the template: %v", checked)
		}
		if (checked == nil) != (listed == nil) {
			t.Errorf("checked %v, listed %v", checked, listed)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	for b.Loop() {
		if _, err := liquid.Render(b.Context(), otpVerify, map[string]any{"code": "1"}); err != nil {
			b.Fatal(err)
		}
	}
}
