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
		fmt.Fprintf(&m.out, "%s\n", strings.Join(wrap(body, Width), "\n"))
	}
}

// item is a point of a list; deeper points are indented by depth.
func (m *markdown) item(depth int, body string) {
	indent := strings.Repeat("  ", depth)
	fmt.Fprintf(&m.out, "%s- %s\n", indent, strings.Join(wrap(body, Width-len(indent)-2), "\n"+indent+"  "))
}

// code shows a value exactly: in a code span whose fence is longer than any run of back-ticks in it (CommonMark, section
// 6.1). A value of several lines becomes one, because a list has one line a value.
func code(value string) string {
	value = strings.Join(strings.Fields(value), " ")
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
// start of a line more characters are signs; [wrap] never puts them there.
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
