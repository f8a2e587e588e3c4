package generate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// literal is s as a string literal of JavaScript. It is JSON, which is JavaScript too since ES2019, and in it every character that
// is not visible is an escape: nothing in s can end the literal or the line, reorder the text on a screen, or reach a terminal.
func literal(s string) string {
	var quoted bytes.Buffer
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s) // a string always encodes
	var b strings.Builder
	for _, r := range strings.TrimSuffix(quoted.String(), "\n") {
		switch {
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// escaped is s without quotes, for a text that is shown or becomes a literal itself.
func escaped(s string) string {
	quoted := literal(s)
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(quoted[1 : len(quoted)-1])
}

// literals is a list of them.
func literals(list []string) string {
	all := make([]string, len(list))
	for i, s := range list {
		all[i] = literal(s)
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// unclosed is text, with the tenant's strings in it as literals, as it may stand in a block comment.
func unclosed(text string) string { return strings.ReplaceAll(text, "*/", `*\/`) }
