package syntax

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Edit replaces code[Start:End], in bytes, by New. Start equal to End inserts.
type Edit struct {
	Start, End int
	New        string
}

// Apply makes all edits at once: their offsets are those of code before any of them. Insertions at one place keep their order, and
// go before a replacement that starts there. It fails when edits overlap or leave the code.
func Apply(code string, edits []Edit) (string, error) {
	var out strings.Builder
	at := 0
	for _, e := range Sorted(edits) {
		if e.Start < at || e.End < e.Start || e.End > len(code) {
			return "", fmt.Errorf("edit of bytes %d to %d overlaps another or leaves the code of %d bytes", e.Start, e.End, len(code))
		}
		out.WriteString(code[at:e.Start])
		out.WriteString(e.New)
		at = e.End
	}
	out.WriteString(code[at:])
	return out.String(), nil
}

// Sorted is a copy of edits in the order in which they apply.
func Sorted(edits []Edit) []Edit {
	return slices.SortedStableFunc(slices.Values(edits), func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}
