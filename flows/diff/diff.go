// Package diff compares two texts line by line, for people: which lines are kept, which are gone, which are new.
//
// It is the one comparison of the program: screens, the line-by-line front end, reports and commands draw it each in its way.
package diff

import (
	"fmt"
	"slices"
	"strings"
)

// Sign says what became of a line. It is the mark that a unified diff puts before it.
type Sign byte

// The signs.
const (
	Kept Sign = ' '
	Gone Sign = '-'
	New  Sign = '+'
)

// Line is one line of either text, without its end.
type Line struct {
	Sign Sign
	Text string
}

// longest is how many lines are compared; of longer texts, what is not the same at both ends is shown as replaced.
const longest = 400

// Lines compares two texts by the longest common subsequence of their lines. What both begin and end with is not looked at: most
// changes are small, and where they are most of a text is compared.
func Lines(before, after string) []Line {
	a, b := split(before), split(after)
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	start := kept(a[:head])
	a, b = a[head:], b[head:]
	tail := 0
	for tail < min(len(a), len(b)) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	end := kept(a[len(a)-tail:])
	return slices.Concat(start, compared(a[:len(a)-tail], b[:len(b)-tail]), end)
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

func kept(lines []string) []Line {
	all := make([]Line, len(lines))
	for i, line := range lines {
		all[i] = Line{Kept, line}
	}
	return all
}

func compared(a, b []string) []Line {
	common := commonLengths(a, b)
	var out []Line
	i, j := 0, 0
	for i < len(a) && j < len(b) && common != nil {
		switch {
		case a[i] == b[j]:
			out = append(out, Line{Kept, a[i]})
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			out = append(out, Line{Gone, a[i]})
			i++
		default:
			out = append(out, Line{New, b[j]})
			j++
		}
	}
	for ; i < len(a); i++ {
		out = append(out, Line{Gone, a[i]})
	}
	for ; j < len(b); j++ {
		out = append(out, Line{New, b[j]})
	}
	return out
}

// commonLengths holds, for each pair of places, how many lines the rests have in common; nil when that is too much to compute.
func commonLengths(a, b []string) [][]int {
	if len(a) > longest || len(b) > longest {
		return nil
	}
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i, line := range slices.Backward(a) {
		for j, other := range slices.Backward(b) {
			if line == other {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	return common
}

// Changes are the lines that changed with as many kept ones around them as context says. What was left out between them is one Line
// of no text and Sign 0.
func Changes(lines []Line, context int) []Line {
	near := make([]bool, len(lines))
	for i, l := range lines {
		if l.Sign == Kept {
			continue
		}
		for j := max(i-context, 0); j <= min(i+context, len(lines)-1); j++ {
			near[j] = true
		}
	}
	var out []Line
	for i, l := range lines {
		switch {
		case near[i]:
			out = append(out, l)
		case len(out) > 0 && out[len(out)-1].Sign != 0:
			out = append(out, Line{})
		}
	}
	if n := len(out); n > 0 && out[n-1].Sign == 0 {
		out = out[:n-1]
	}
	return out
}

// Unified is the difference as `diff -u` prints it, with three lines of context, or "" where the texts are equal. Lines end as they
// do in the texts, but for the newline itself; a missing one at the end of a text is not told.
func Unified(before, after, nameBefore, nameAfter string) string {
	lines := Lines(before, after)
	var out strings.Builder
	a, b := 1, 1 // the numbers of the next line in either text
	for i := 0; i < len(lines); {
		from, to, more := hunk(lines, i)
		if !more {
			break
		}
		skipped := from - i
		a, b = a+skipped, b+skipped
		if out.Len() == 0 {
			fmt.Fprintf(&out, "--- %s\n+++ %s\n", nameBefore, nameAfter)
		}
		inA, inB := count(lines[from:to])
		fmt.Fprintf(&out, "@@ -%s +%s @@\n", span(a, inA), span(b, inB))
		for _, l := range lines[from:to] {
			out.WriteString(string(rune(l.Sign)) + l.Text + "\n")
		}
		a, b, i = a+inA, b+inB, to
	}
	return out.String()
}

// around is how many kept lines stand before and after a change.
const around = 3

// hunk finds the next run of changes from i on, with what stands around it.
func hunk(lines []Line, i int) (from, to int, found bool) {
	first := slices.IndexFunc(lines[i:], func(l Line) bool { return l.Sign != Kept })
	if first < 0 {
		return 0, 0, false
	}
	last := i + first
	for j := last; j < len(lines) && j <= last+2*around; j++ {
		if lines[j].Sign != Kept {
			last = j
		}
	}
	return max(i+first-around, i), min(last+around+1, len(lines)), true
}

func count(lines []Line) (before, after int) {
	for _, l := range lines {
		if l.Sign != New {
			before++
		}
		if l.Sign != Gone {
			after++
		}
	}
	return before, after
}

// span is a range of lines as a unified diff writes it.
func span(from, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", from-1)
	case 1:
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d,%d", from, n)
}
