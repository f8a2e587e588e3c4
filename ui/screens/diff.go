package screens

import (
	"slices"
	"strings"

	"upe/flows/wizard"
)

// longestDiff is how many lines are compared; longer texts are shown as replaced.
const longestDiff = 400

// diff draws a text before and after, line by line.
func (c canvas) diff(b wizard.Diff) []string {
	return slices.Concat(c.title(b.Title), c.changes(b.Before, b.After))
}

func (c canvas) changes(before, after string) []string {
	var lines []string
	for _, e := range edits(split(before), split(after)) {
		style := c.th.Code
		switch e.sign {
		case '-':
			style = c.th.DiffDel
		case '+':
			style = c.th.DiffAdd
		}
		lines = append(lines, paint(style, hang(string(e.sign)+" ", wrap(e.text, c.width-2)))...)
	}
	return lines
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// edit is one line of a diff: kept (' '), gone ('-') or new ('+').
type edit struct {
	sign rune
	text string
}

// edits compares two texts by the longest common subsequence of their lines.
func edits(a, b []string) []edit {
	common := commonLengths(a, b)
	var out []edit
	i, j := 0, 0
	for i < len(a) && j < len(b) && common != nil {
		switch {
		case a[i] == b[j]:
			out = append(out, edit{' ', a[i]})
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			out = append(out, edit{'-', a[i]})
			i++
		default:
			out = append(out, edit{'+', b[j]})
			j++
		}
	}
	for ; i < len(a); i++ {
		out = append(out, edit{'-', a[i]})
	}
	for ; j < len(b); j++ {
		out = append(out, edit{'+', b[j]})
	}
	return out
}

// commonLengths holds, for each pair of places, how many lines the rests have in common; nil when that is too much to compute.
func commonLengths(a, b []string) [][]int {
	if len(a) > longestDiff || len(b) > longestDiff {
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

// code draws source code or a command to copy. Long lines are broken, never cut: what is copied is whole.
func (c canvas) code(b wizard.Code) []string {
	return slices.Concat(c.title(b.Title), indent(paragraph(c.th.Code, b.Text, c.width-2), 2))
}
