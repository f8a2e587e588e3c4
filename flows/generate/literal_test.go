package generate_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"upe/flows/generate"
)

// Whatever a connection and an account are called, their Actions differ from those of others in string literals alone, and no
// character in them is one that a reader cannot see.
func FuzzLiteral(f *testing.F) {
	f.Add("sms", "ACME", "urn:Auth0", "urn:MySmsGateway")
	f.Add("*/", "\"\u2028\\", "`${1}`\n//", "\u202e\x1b[2J")
	f.Add("</script>", "\xff\U000e0001", `\"`, `\\"; evil(); "`)
	f.Fuzz(func(t *testing.T, name, from, subject, audience string) {
		hostile, plain := actions(name, from, subject, audience), actions(mild(name), mild(from), mild(subject), mild(audience))
		for i, code := range hostile {
			if diff := cmp.Diff(skeleton(plain[i]), skeleton(code)); diff != "" {
				t.Fatalf("not only literals differ (-plain +hostile):\n%s", diff)
			}
			if at := strings.IndexFunc(code, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); at >= 0 {
				t.Fatalf("%q is in the code", code[at:min(at+8, len(code))])
			}
			for _, quoted := range quotedText.FindAllString(settings(code), -1) {
				var text string
				if err := json.Unmarshal([]byte(quoted), &text); err != nil {
					t.Fatalf("%s: %v", quoted, err)
				}
			}
		}
		if !strings.Contains(hostile[0], "\n  sender: ") || from != "" && !says(hostile[0], valid(from)) {
			t.Fatalf("the sender %q is not in\n%s", from, hostile[0])
		}
	})
}

func actions(name, from, subject, audience string) []string {
	auth := &generate.GatewayAuth{Subject: subject, Audience: audience}
	return []string{
		generate.Gateway{Connection: name, URL: "https://sms.acme.example/send", From: from, Auth: auth}.Action(generate.Options{}).Code,
		generate.Twilio{SID: name, From: "+15005550006", MessagingServiceSID: subject}.Action(generate.Options{}).Code,
	}
}

// mild is a word without any meaning, where there is one.
func mild(s string) string {
	if s == "" {
		return ""
	}
	return "x"
}

var quotedText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// settings are the lines of an Action's constants.
func settings(code string) string {
	_, code, _ = strings.Cut(code, " */\n")
	code, _, _ = strings.Cut(code, "\nexports.")
	return code
}

// skeleton is code with its literals emptied, after the comment at its top, which is broken into lines.
func skeleton(code string) string {
	_, code, _ = strings.Cut(code, " */\n")
	return quotedText.ReplaceAllString(code, `""`)
}

// says reports whether a literal of an Action's settings is text.
func says(code, text string) bool {
	for _, quoted := range quotedText.FindAllString(settings(code), -1) {
		var s string
		if json.Unmarshal([]byte(quoted), &s) == nil && s == text {
			return true
		}
	}
	return false
}
