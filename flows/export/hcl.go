package export

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// block is a body of HCL in the making. It is laid out as `terraform fmt` does: two spaces a level, and the equals signs of attributes
// that follow each other under one another.
type block struct{ items []item }

// item is one thing in a body: a comment, an attribute, a block, or an empty line (all empty).
type item struct {
	comment string
	name    string // of an attribute
	value   string // an expression
	head    string // of a block: `resource "auth0_tenant" "tenant"`
	body    *block
}

// set adds an attribute; value is an expression.
func (b *block) set(name, value string) { b.items = append(b.items, item{name: name, value: value}) }

// text adds an attribute that is a text; an empty one is left out.
func (b *block) text(name, value string) {
	if value != "" {
		b.set(name, quote(value))
	}
}

// prose adds an attribute that is a text of several lines, such as code: with an empty line on both sides, since nothing lines up
// with it.
func (b *block) prose(name, value string) {
	document, ok := heredoc(value)
	if !ok {
		b.set(name, quote(value))
		return
	}
	b.gap()
	b.set(name, document)
	b.gap()
}

// block opens a block inside, behind an empty line, or right behind the comment on it.
func (b *block) block(head string) *block {
	if n := len(b.items); n > 0 && b.items[n-1].comment == "" {
		b.gap()
	}
	inner := &block{}
	b.items = append(b.items, item{head: head, body: inner})
	return inner
}

// say adds a comment, wrapped.
func (b *block) say(paragraphs ...string) {
	for i, p := range paragraphs {
		if i > 0 {
			b.items = append(b.items, item{comment: "#"})
		}
		for _, line := range wrap(p, 100) {
			b.items = append(b.items, item{comment: strings.TrimRight("# "+line, " ")})
		}
	}
}

// gap adds an empty line, where there is something before it that is none.
func (b *block) gap() {
	if n := len(b.items); n > 0 && b.items[n-1] != (item{}) {
		b.items = append(b.items, item{})
	}
}

// String is the body as a file.
func (b *block) String() string {
	var out strings.Builder
	b.write(&out, "")
	return out.String()
}

func (b *block) write(out *strings.Builder, indent string) {
	items := b.items
	for len(items) > 0 && items[len(items)-1] == (item{}) {
		items = items[:len(items)-1]
	}
	for i := 0; i < len(items); i++ {
		switch it := items[i]; {
		case it.comment != "":
			out.WriteString(indent + it.comment + "\n")
		case it.name != "":
			n := attributes(items[i:])
			align(out, indent, items[i:i+n])
			i += n - 1
		case it.body != nil && len(it.body.items) == 0:
			out.WriteString(indent + it.head + " {}\n")
		case it.body != nil:
			out.WriteString(indent + it.head + " {\n")
			it.body.write(out, indent+"  ")
			out.WriteString(indent + "}\n")
		default:
			out.WriteByte('\n')
		}
	}
}

// attributes counts the attributes that follow each other.
func attributes(items []item) int {
	for i, it := range items {
		if it.name == "" {
			return i
		}
	}
	return len(items)
}

func align(out *strings.Builder, indent string, attributes []item) {
	widest := 0
	for _, a := range attributes {
		widest = max(widest, len(a.name))
	}
	for _, a := range attributes {
		value := a.value
		if before, ok := strings.CutSuffix(value, "\n"+untrimmed); ok {
			value = before + "\n" + indent + untrimmed
		}
		fmt.Fprintf(out, "%s%-*s = %s\n", indent, widest, a.name, value)
	}
}

// list is a list of expressions on one line.
func list(values []string) string { return "[" + strings.Join(values, ", ") + "]" }

// quotes are texts as a list.
func quotes(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(v)
	}
	return list(quoted)
}

// quote is a text as an expression of HCL: a template in quotes in which nothing is left to be evaluated (HCL native syntax, "Quoted
// Template Expressions"). Terraform itself brings every text into Unicode's normal form C.
func quote(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	runes := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	for i := 0; i < len(runes); i++ {
		if n, opens := marks(runes[i:]); opens {
			out.WriteString(literal(runes[i : i+n]))
			i += n // the brace is part of the literal
			continue
		}
		writeRune(&out, runes[i])
	}
	out.WriteByte('"')
	return out.String()
}

func writeRune(out *strings.Builder, r rune) {
	switch {
	case r == '\n':
		out.WriteString(`\n`)
	case r == '\r':
		out.WriteString(`\r`)
	case r == '\t':
		out.WriteString(`\t`)
	case r == '"', r == '\\':
		out.WriteByte('\\')
		out.WriteRune(r)
	case r > 0xffff && !shown(r):
		fmt.Fprintf(out, `\U%08x`, r)
	case !shown(r):
		fmt.Fprintf(out, `\u%04x`, r)
	default:
		out.WriteRune(r)
	}
}

// marks counts the signs $ and % at the start, and tells whether a brace after them would open a template.
func marks(runes []rune) (n int, opens bool) {
	for n < len(runes) && (runes[n] == '$' || runes[n] == '%') {
		n++
	}
	return n, n > 0 && n < len(runes) && runes[n] == '{'
}

// literal writes signs and the brace behind them so that they stand for themselves. One sign is doubled; what comes before it goes
// into an expression of its own, because HCL's scanner takes signs in pairs.
func literal(signs []rune) string {
	last := string(signs[len(signs)-1])
	if len(signs) == 1 {
		return last + last + "{"
	}
	return `${"` + string(signs[:len(signs)-1]) + `"}` + last + last + "{"
}

// heredoc is a text of several lines as it stands, behind a marker that none of its lines is. A text that HCL would read otherwise is
// refused.
func heredoc(s string) (string, bool) {
	if !strings.Contains(strings.TrimSuffix(s, "\n"), "\n") || !utf8.ValidString(s) {
		return "", false
	}
	for _, r := range s {
		if r != '\n' && r != '\t' && !shown(r) {
			return "", false
		}
	}
	marker := "EOT"
	for held(s, marker) {
		marker += "_"
	}
	var out strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		if n, opens := marks(runes[i:]); opens {
			out.WriteString(literal(runes[i : i+n]))
			i += n
			continue
		}
		out.WriteRune(runes[i])
	}
	if strings.HasSuffix(s, "\n") {
		return "<<" + marker + "\n" + out.String() + marker, true
	}
	return "trimsuffix(<<" + marker + "\n" + out.String() + "\n" + marker + "\n" + untrimmed, true
}

// untrimmed ends the expression of a text that has no line break at its end, which a heredoc always has.
const untrimmed = `, "\n")`

// held reports whether a line of s is the marker.
func held(s, marker string) bool {
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) == marker {
			return true
		}
	}
	return false
}
