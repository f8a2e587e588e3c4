package report

import (
	"fmt"
	"strings"
	"unicode"
)

// markdown is a document in the making.
type markdown struct{ out strings.Builder }

func (m *markdown) String() string { return m.out.String() }

func (m *markdown) title(title string)   { fmt.Fprintf(&m.out, "# %s\n", title) }
func (m *markdown) section(title string) { fmt.Fprintf(&m.out, "\n## %s\n\n", title) }

// para is a paragraph.
func (m *markdown) para(body string) {
	if body != "" {
		fmt.Fprintf(&m.out, "%s\n", strings.Join(Wrap(body, Width), "\n"))
	}
}

// item is a point of a list; deeper points are indented by depth.
func (m *markdown) item(depth int, body string) {
	indent := strings.Repeat("  ", depth)
	fmt.Fprintf(&m.out, "%s- %s\n", indent, strings.Join(Wrap(body, Width-len(indent)-2), "\n"+indent+"  "))
}

// numbered is a point of a list whose order counts.
func (m *markdown) numbered(n int, body string) {
	number := fmt.Sprintf("%d. ", n)
	fmt.Fprintf(&m.out, "%s%s\n", number, strings.Join(Wrap(body, Width-len(number)), "\n"+strings.Repeat(" ", len(number))))
}

// exact is a point whose spaces all count.
func (m *markdown) exact(depth int, body string) {
	indent := strings.Repeat("  ", depth)
	fmt.Fprintf(&m.out, "%s- %s\n", indent, strings.Join(fold(body, Width-len(indent)-2), "\n"+indent+"  "))
}

// block is a text of several lines inside a point of depth-1, in a fence that is longer than any in it (CommonMark, section 4.5).
// A value that is none is left out.
func (m *markdown) block(depth int, v any) {
	body, long := prose(v)
	if !long {
		return
	}
	fence := "```"
	for strings.Contains(body, fence) {
		fence += "`"
	}
	indent := strings.Repeat("  ", depth)
	m.out.WriteString("\n" + indent + fence + "text\n")
	for line := range strings.Lines(body) {
		fmt.Fprintf(&m.out, "%s%s\n", indent, strings.TrimRight(line, "\r\n"))
	}
	m.out.WriteString(indent + fence + "\n\n")
}

// exactCode is a code span of one line whose spaces all count.
func exactCode(value string) string { return span(strings.ReplaceAll(value, "\n", " ")) }

// code shows a value exactly: in a code span whose fence is longer than any run of back-ticks in it (CommonMark, section
// 6.1). A value of several lines becomes one, because a list has one line a value.
func code(value string) string {
	value = strings.Join(strings.Fields(value), " ")
	return span(value)
}

func span(value string) string {
	if value == "" {
		return "(empty)"
	}
	fence := "`"
	for strings.Contains(value, fence) {
		fence += "`"
	}
	if strings.HasPrefix(value, "`") || strings.HasSuffix(value, "`") {
		value = " " + value + " "
	}
	return fence + value + fence
}

// plain is a text of a tenant inside a sentence: what Markdown or HTML would take for a sign is escaped, where it would. At the
// start of a line more characters are signs; [Wrap] never puts them there.
func plain(value string) string {
	runes := []rune(strings.Join(strings.Fields(value), " "))
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	var out strings.Builder
	for i, r := range runes {
		before, after := at(i-1), at(i+1)
		switch {
		case strings.ContainsRune("\\`[]<", r),
			r == '_' && !(wordRune(before) && wordRune(after)),
			r == '*' && !(starOrSpace(before) && starOrSpace(after)):
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func starOrSpace(r rune) bool { return r == ' ' || r == '*' }
