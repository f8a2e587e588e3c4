package export

import (
	"fmt"
	"strings"
	"unicode"
)

// shown reports whether a character may stand as it is in a file that people open in a terminal. A mark of order or direction may not:
// it would show code that is not there.
func shown(r rune) bool { return unicode.IsGraphic(r) && (r == ' ' || !unicode.IsSpace(r)) }

// wrap breaks a text into lines of at most width runes; characters that no terminal should obey are left out.
func wrap(s string, width int) []string {
	lines, line := []string{}, ""
	for _, word := range strings.Fields(strings.Map(visible, s)) {
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) > width:
			lines, line = append(lines, line), word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}

func visible(r rune) rune {
	if shown(r) || unicode.IsSpace(r) {
		return r
	}
	return -1
}

// namer gives every thing a name of its own.
type namer struct{ taken map[string]bool }

// name is a name made of lower-case letters, digits and underscores.
func (n *namer) name(wish string) string {
	base := strings.Trim(strings.Map(plain, strings.ToLower(wish)), "_")
	if base == "" || base[0] >= '0' && base[0] <= '9' {
		base = "n" + base
	}
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	name := base
	for i := 2; n.taken[name]; i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	n.taken[name] = true
	return name
}

func plain(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return '_'
}

// keyword is the name of a secret in the Deploy CLI's mappings, and the environment variable that upe itself takes it from:
// "twilio.auth_token" is UPE_TWILIO_AUTH_TOKEN.
func keyword(secret string) string {
	return "UPE_" + strings.ToUpper(strings.Map(plain, strings.ToLower(secret)))
}
