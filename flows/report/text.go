package report

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Width is how many columns text is wrapped at: it fits 80 with a little to spare for a quote mark.
const Width = 78

// text is a page in the making.
type text struct{ out strings.Builder }

func (t *text) String() string { return t.out.String() }

// line writes one line as it is.
func (t *text) line(format string, args ...any) { fmt.Fprintf(&t.out, format+"\n", args...) }

func (t *text) gap() { t.out.WriteByte('\n') }

// heading starts a part.
func (t *text) heading(title string) {
	t.gap()
	t.line("%s", title)
}

// row is a label and a value, which continues under itself.
func (t *text) row(label, value string) {
	const column = 24
	first := fmt.Sprintf("  %-*s ", column-3, label)
	t.hang(first, strings.Repeat(" ", max(column, utf8.RuneCountInString(first))), value)
}

// para is a wrapped paragraph behind an indent.
func (t *text) para(indent int, body string) {
	if strings.TrimSpace(body) != "" {
		t.hang(strings.Repeat(" ", indent), strings.Repeat(" ", indent), body)
	}
}

// item is a paragraph behind a mark.
func (t *text) item(indent int, mark, body string) {
	first := strings.Repeat(" ", indent) + mark + " "
	t.hang(first, strings.Repeat(" ", utf8.RuneCountInString(first)), body)
}

// hang wraps body between a first and a following indent.
func (t *text) hang(first, rest, body string) {
	lines := wrap(body, Width-utf8.RuneCountInString(rest))
	for i, line := range lines {
		indent := rest
		if i == 0 {
			indent = first
		}
		t.line("%s", strings.TrimRight(indent+line, " "))
	}
}

// wrap breaks a text at white space into lines of at most width runes. There is always one line. A word that is a sign at the
// start of a Markdown line never starts one; it stays behind the word before it.
func wrap(body string, width int) []string {
	lines := []string{}
	line, length := "", 0
	for _, word := range strings.Fields(body) {
		n := utf8.RuneCountInString(word)
		switch {
		case line == "":
			line, length = word, n
		case length+1+n > width && !sign(word):
			lines = append(lines, line)
			line, length = word, n
		default:
			line, length = line+" "+word, length+1+n
		}
	}
	return append(lines, line)
}

// sign reports whether a word at the start of a line would make a quote, a list, a heading or a rule of it (CommonMark, sections
// 4 and 5).
func sign(word string) bool {
	if strings.HasPrefix(word, ">") || strings.Trim(word, "-+*#=_~`") == "" {
		return true
	}
	number := strings.TrimRight(word, ".)")
	return len(number)+1 == len(word) && strings.Trim(number, "0123456789") == ""
}
