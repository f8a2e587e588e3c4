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

// row is a label and a value, which continues under itself. A label that is too long for its column has lines of its own.
func (t *text) row(label, value string) {
	const column, slack = 24, 8
	first := fmt.Sprintf("  %-*s ", column-3, label)
	if utf8.RuneCountInString(first) > column+slack {
		t.para(2, label)
		t.para(column, value)
		return
	}
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
	lines := Wrap(body, Width-utf8.RuneCountInString(rest))
	for i, line := range lines {
		indent := rest
		if i == 0 {
			indent = first
		}
		t.line("%s", strings.TrimRight(indent+line, " "))
	}
}

// exact is a value behind an indent: wrapped, but with every space of it.
func (t *text) exact(indent int, body string) {
	space := strings.Repeat(" ", indent)
	for i, line := range fold(body, Width-indent-2) {
		if i == 1 {
			space += "  "
		}
		t.line("%s%s", space, line)
	}
}

// block is a text of several lines as it is, each behind a bar; the rest of a line that is too long stands under it without one.
func (t *text) block(indent int, body string) {
	space := strings.Repeat(" ", indent)
	for line := range strings.Lines(body) {
		for i, part := range fold(strings.TrimRight(line, "\r\n"), Width-indent-2) {
			bar := "| "
			if i > 0 {
				bar = "  "
			}
			t.line("%s", strings.TrimRight(space+bar+part, " "))
		}
	}
}

// fold breaks a value into lines of at most width runes where one space stands between two words, so that nothing of it is
// lost. A word that is longer is never cut, and none that Markdown would take for a sign starts a line.
func fold(body string, width int) []string {
	var lines []string
	words := strings.Split(body, " ")
	line, length := words[0], utf8.RuneCountInString(words[0])
	for i, word := range words[1:] {
		n := utf8.RuneCountInString(word)
		if length+1+n > width && words[i] != "" && startsLine(word) && strings.TrimSpace(line) != "" {
			lines = append(lines, line)
			line, length = word, n
			continue
		}
		line, length = line+" "+word, length+1+n
	}
	return append(lines, line)
}

// startsLine reports whether a word may stand at the start of a line of Markdown, even inside a code span, without becoming a
// block of its own (CommonMark, sections 4 and 5).
func startsLine(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return word != "" && (wordRune(first) || strings.ContainsRune(`"'[]{}($→|&,.`, first)) && !sign(word)
}

// Wrap breaks a text at white space into lines of at most width runes. There is always one line. A word that is a sign at the
// start of a Markdown line never starts one; it stays behind the word before it.
func Wrap(body string, width int) []string {
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

// sign reports whether a word at the start of a line would make a quote, a list, a heading, a rule, a fence or a piece of HTML of
// it, even inside a code span (CommonMark, sections 4 and 5). A link in angle brackets is none.
func sign(word string) bool {
	if strings.HasPrefix(word, "<") {
		return !strings.HasPrefix(word, "<http")
	}
	for _, start := range []string{">", "#", "```", "~~~"} {
		if strings.HasPrefix(word, start) {
			return true
		}
	}
	if strings.Trim(word, "-+*=_~`") == "" {
		return true
	}
	number := strings.TrimRight(word, ".)")
	return len(number)+1 == len(word) && strings.Trim(number, "0123456789") == ""
}
