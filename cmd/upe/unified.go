package main

import (
	"fmt"
	"slices"
	"strings"
)

// unified is what changes from one text to another, as `diff -u` prints it. A text that is the same in both gives nothing.
func unified(before, after string) string {
	a, b := textLines(before), textLines(after)
	edits := edited(a, b)
	var out strings.Builder
	for _, h := range hunks(edits) {
		if out.Len() == 0 {
			out.WriteString("--- before\n+++ after\n")
		}
		h.write(&out, edits)
	}
	return out.String()
}

// textLines keeps the end of each line: one that has none is told apart.
func textLines(text string) []string { return slices.Collect(strings.Lines(text)) }

// lineEdit is a line that stays (' '), goes ('-') or comes ('+').
type lineEdit struct {
	sign byte
	text string
}

// longestCompared bounds what is compared line by line, in lines of one text times those of the other, without what both begin and end
// with.
const longestCompared = 4_000_000

// edited compares by the longest common subsequence.
func edited(a, b []string) []lineEdit {
	var out []lineEdit
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		out = append(out, lineEdit{' ', a[0]})
		a, b = a[1:], b[1:]
	}
	var tail []lineEdit
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		tail = append(tail, lineEdit{' ', a[len(a)-1]})
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	slices.Reverse(tail)
	return slices.Concat(out, middle(a, b), tail)
}

func middle(a, b []string) []lineEdit {
	var out []lineEdit
	common := inCommon(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case common != nil && i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, lineEdit{' ', a[i]})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || common == nil || common[i+1][j] >= common[i][j+1]):
			out = append(out, lineEdit{'-', a[i]})
			i++
		default:
			out = append(out, lineEdit{'+', b[j]})
			j++
		}
	}
	return out
}

// inCommon is how many lines the rests from each pair of places on have in common; nil for texts that are too long.
func inCommon(a, b []string) [][]int {
	if len(a)*len(b) > longestCompared {
		return nil
	}
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i, line := range slices.Backward(a) {
		for j, other := range slices.Backward(b) {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if line == other {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	return common
}

// hunk is a stretch of edits that is shown: what changes, and three lines around it.
type hunk struct{ from, to int }

func hunks(edits []lineEdit) []hunk {
	const around = 3
	var all []hunk
	for i, e := range edits {
		if e.sign == ' ' {
			continue
		}
		from, to := max(i-around, 0), min(i+around+1, len(edits))
		if last := len(all) - 1; last >= 0 && from <= all[last].to {
			all[last].to = to
		} else {
			all = append(all, hunk{from, to})
		}
	}
	return all
}

func (h hunk) write(out *strings.Builder, edits []lineEdit) {
	a, b := countLines(edits[:h.from])
	olds, news := countLines(edits[h.from:h.to])
	fmt.Fprintf(out, "@@ -%s +%s @@\n", place(a, olds), place(b, news))
	for _, e := range edits[h.from:h.to] {
		out.WriteByte(e.sign)
		out.WriteString(e.text)
		if !strings.HasSuffix(e.text, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// place is where a hunk begins, from 1, and how long it is. One of no lines stands behind the line that it names.
func place(before, length int) string {
	if length == 0 {
		return fmt.Sprintf("%d,0", before)
	}
	return fmt.Sprintf("%d,%d", before+1, length)
}

func countLines(edits []lineEdit) (before, after int) {
	for _, e := range edits {
		if e.sign != '+' {
			before++
		}
		if e.sign != '-' {
			after++
		}
	}
	return before, after
}
