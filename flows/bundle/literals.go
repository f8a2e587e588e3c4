package bundle

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"upe/flows/pattern"
	"upe/flows/tenant"
)

// Literal is a text in an Action's code that looks like a secret.
type Literal struct {
	Action string `json:"action"` // its name
	Line   int    `json:"line"`   // of the code, from 1
	Looks  string `json:"looks"`  // what it looks like: "an API key of Twilio"
	Begins string `json:"begins"` // its first letters, to be found by
}

// known are secrets whose form tells what they are.
var known = []struct {
	looks string
	form  func() *regexp.Regexp
}{
	{"an API key of Twilio", pattern.Lazy(`\bSK[0-9a-f]{32}\b`)},
	{"a key of AWS", pattern.Lazy(`\b(AKIA|ASIA)[0-9A-Z]{16}\b`)},
	{"a token of Slack", pattern.Lazy(`\bxox[abprs]-[0-9A-Za-z-]{10,}`)},
	{"a web hook of Slack", pattern.Lazy(`hooks\.slack\.com/services/T\w+/B\w+/\w+`)},
	{"a token of Telegram", pattern.Lazy(`\b\d{8,10}:[\w-]{35}\b`)},
	{"a JSON Web Token", pattern.Lazy(`\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*`)},
	{"a private key", pattern.Lazy(`-----BEGIN [A-Z ]*PRIVATE KEY-----`)},
	{"a password in an address", pattern.Lazy(`\bhttps?://[^\s/'"` + "`" + `:@]+:[^\s/'"` + "`" + `@]+@`)},
	{"an Authorization header", pattern.Lazy(`(?i)['"` + "`" + `](?:Bearer|Basic) [\w+/=.-]{12,}`)},
}

var (
	// quoted is a text between quotes, on one line.
	quoted = pattern.Lazy(`'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|` + "`([^`$]*)`")
	// opaque is what random letters look like: no blank, no path, no sentence.
	opaque = pattern.Lazy(`^[\w+/=-]{20,}$`)
	// assigned is a text given to a name that says it is a secret.
	assigned = pattern.Lazy(`(?i)(secret|token|passw|api_?key|auth)\w*['"]?\s*[:=]\s*$`)
	// public identifiers are long and no secrets: Twilio's accounts, services and messages.
	public = pattern.Lazy(`^(AC|MG|VA|PN|SM|CA)[0-9a-f]{32}$`)
)

// Literals finds what looks like a secret in the code of a snapshot's Actions. It finds what has the form of one, and random letters;
// that it finds nothing proves nothing.
func Literals(s tenant.Snapshot) []Literal {
	var all []Literal
	for _, trigger := range []string{tenant.TriggerLegacy, tenant.TriggerPhone} {
		for _, a := range s.Actions(trigger) {
			seen := map[string]bool{}
			for _, code := range []string{a.Running(), a.Code} {
				for _, found := range inCode(a.Name, code) {
					if key := fmt.Sprint(found); !seen[key] {
						seen[key] = true
						all = append(all, found)
					}
				}
			}
		}
	}
	return all
}

func inCode(action, code string) []Literal {
	var all []Literal
	for i, line := range strings.Split(code, "\n") {
		if looks, text := secretIn(line); looks != "" {
			all = append(all, Literal{Action: action, Line: i + 1, Looks: looks, Begins: beginning(text)})
		}
	}
	return all
}

// secretIn is the first text of a line that looks like a secret.
func secretIn(line string) (looks, text string) {
	for _, k := range known {
		if text := k.form().FindString(line); text != "" {
			return k.looks, text
		}
	}
	for _, at := range quoted().FindAllStringSubmatchIndex(line, -1) {
		text := ""
		for i := 2; i < len(at); i += 2 {
			if at[i] >= 0 {
				text = line[at[i]:at[i+1]]
			}
		}
		switch {
		case public().MatchString(text):
		case len(text) >= 6 && assigned().MatchString(line[:at[0]]):
			return "a secret, by the name it is given to", text
		case opaque().MatchString(text) && random(text):
			return "random letters, as keys and tokens are", text
		}
	}
	return "", ""
}

// random reports whether letters are spread as by chance: more than 3.3 bits a letter, and digits among them. Names of functions and
// of variables have less, or no digits.
func random(text string) bool {
	count := map[rune]float64{}
	for _, r := range text {
		count[r]++
	}
	bits := 0.0
	for _, n := range count {
		share := n / float64(len(text))
		bits -= share * math.Log2(share)
	}
	return bits > 3.3 && strings.ContainsAny(text, "0123456789") && strings.ContainsAny(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz")
}

// beginning is enough of a secret to find it in the code, and too little to use it.
func beginning(text string) string {
	const letters = 4
	if runes := []rune(text); len(runes) > letters {
		return string(runes[:letters]) + "…"
	}
	return text
}
