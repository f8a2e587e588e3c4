package scan

import (
	"fmt"
	"strings"
)

// width is how many columns the text is wrapped at.
const width = 100

// Text is a file with its hits for a person. The lines are as they are in the file: whoever prints them makes them safe.
func Text(f File) string {
	var out strings.Builder
	out.WriteString(f.Path + "\n")
	last := Hit{}
	for _, h := range f.Hits {
		fmt.Fprintf(&out, "  %d:%d  %s", h.Line, h.Column, h.Endpoint)
		if h.Confidence != Certain {
			fmt.Fprintf(&out, "  [%s]", h.Confidence)
		}
		out.WriteString("\n")
		if h.Text != "" {
			out.WriteString("      | " + h.Text + "\n")
		}
		advice(&out, h, last)
		last = h
	}
	return out.String()
}

// advice says what to do about a hit, unless the one before it said the same.
func advice(out *strings.Builder, h, last Hit) {
	if h.Row == last.Row && h.Instead == last.Instead && h.Note == last.Note {
		out.WriteString("      as above\n")
		return
	}
	row := func(label, text string) {
		if text != "" {
			wrap(out, "      "+label, text)
		}
	}
	row("what   ", strings.TrimSpace(h.Ecosystem+" "+h.Versions))
	row("after  ", h.After)
	row("instead", h.Instead)
	row("scopes ", strings.Join(h.Scopes, " "))
	row("note   ", h.Note)
}

// wrap writes a text behind a label, continued under itself.
func wrap(out *strings.Builder, label, text string) {
	if label != "" {
		label += "  "
	}
	line, space := label, strings.Repeat(" ", len(label))
	for i, word := range strings.Fields(text) {
		if i > 0 && len(line)+1+len(word) > width {
			out.WriteString(strings.TrimRight(line, " ") + "\n")
			line = space
		} else if i > 0 {
			line += " "
		}
		line += word
	}
	out.WriteString(strings.TrimRight(line, " ") + "\n")
}

// Text is the summary for a person.
func (s Summary) Text() string {
	var out strings.Builder
	out.WriteString(s.Sentence() + "\n")
	for _, c := range s.Endpoints {
		fmt.Fprintf(&out, "  %5d  %s\n", c.Findings, c.Endpoint)
	}
	wrap(&out, "", s.Looked())
	for _, p := range s.Problems {
		out.WriteString("  could not be read: " + p + "\n")
	}
	if more := s.Unreadable - len(s.Problems); more > 0 {
		fmt.Fprintf(&out, "  and %d more\n", more)
	}
	return out.String()
}

// Sentence is the result in a few words.
func (s Summary) Sentence() string {
	text := "Nothing found that stops working."
	if s.Findings > 0 {
		text = fmt.Sprintf("%s in %s.", count(s.Findings, "place", "stops working", "stop working"), plural(s.Hit, "file"))
	}
	if s.Hints > 0 {
		text += " " + strings.ToUpper(plural(s.Hints, "hint")[:1]) + plural(s.Hints, "hint")[1:] + " besides."
	}
	return text
}

// Looked says in a sentence what was looked at, and what was not.
func (s Summary) Looked() string {
	text := fmt.Sprintf("Looked at %s (%s)", plural(s.Files, "text file"), size(s.Bytes))
	var not []string
	for _, part := range []struct {
		n    int
		what string
	}{
		{s.Vendored, "vendored folder"},
		{s.Minified, "minified file"},
		{s.Ignored, "ignored file or folder"},
		{s.Binary, "binary file"},
		{s.Links, "symbolic link"},
		{s.Unreadable, "unreadable file"},
	} {
		if part.n > 0 {
			not = append(not, plural(part.n, part.what))
		}
	}
	if len(not) > 0 {
		text += "; left out: " + strings.Join(not, ", ")
	}
	return text + "."
}

func count(n int, what, one, many string) string {
	if n == 1 {
		return plural(n, what) + " " + one
	}
	return plural(n, what) + " " + many
}

func plural(n int, what string) string {
	switch {
	case n == 1:
		return "1 " + what
	case what == "ignored file or folder":
		what = "ignored files or folders"
	default:
		what += "s"
	}
	return thousands(n) + " " + what
}

// thousands writes 1234567 as 1,234,567.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d kB", (n+1023)>>10)
}
