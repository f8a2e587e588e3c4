package tenant

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shortSecret is the length, in bytes, below which a secret is hidden only where it stands as a word. A secret of one letter would
// otherwise be found in every text: what is left could not be read, and would tell which letter it is.
const shortSecret = 4

// Scrub replaces a secret in a text that people read. It is for texts only: what a program goes on to use, such as an id, may
// hold a short secret by accident, and must never be changed.
func Scrub(text, secret string) string {
	if secret == "" {
		return text
	}
	if len(secret) >= shortSecret {
		return strings.ReplaceAll(text, secret, Redacted)
	}
	var out strings.Builder
	for {
		i := strings.Index(text, secret)
		if i < 0 {
			return out.String() + text
		}
		end := i + len(secret)
		before, _ := utf8.DecodeLastRuneInString(out.String() + text[:i])
		after, _ := utf8.DecodeRuneInString(text[end:])
		out.WriteString(text[:i])
		if inWord(before) || inWord(after) {
			out.WriteString(secret)
		} else {
			out.WriteString(Redacted)
		}
		text = text[end:]
	}
}

// inWord reports whether a rune joins what stands beside it into one word. No rune at all (RuneError) does not.
func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
