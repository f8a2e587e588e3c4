package template

import (
	"slices"
	"strings"
)

// edit replaces the bytes from start to end. An edit that stands inside a removal is void.
type edit struct {
	start, end int
	text       string
}

// apply makes the edits on source; everything between them stays byte for byte.
func apply(source string, edits []edit) string {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var out strings.Builder
	at := 0
	for _, e := range edits {
		if e.start >= at {
			out.WriteString(source[at:e.start])
			out.WriteString(e.text)
		}
		at = max(at, e.end)
	}
	out.WriteString(source[at:])
	return out.String()
}

// remove takes out what stands from the token first to the token last, and the white space that their trim marks reach.
func remove(source string, first, last token) edit {
	start, end := first.start, last.end
	if first.trimLeft {
		start = len(strings.TrimRight(source[:start], whiteSpace))
	}
	if last.trimRight {
		end = len(source) - len(strings.TrimLeft(source[end:], whiteSpace))
	}
	return edit{start: start, end: end}
}

const whiteSpace = " \t\n\v\f\r"
