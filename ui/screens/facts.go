package screens

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
)

// Labels name what a person decides about, so they are not cut but broken; only a name that nobody could read through is.
const (
	longestLabel = 26 // how far labels may push their values to the right, where there is little room
	widestPart   = 5  // and how much of the width they may take where there is more: two parts of so many
	labelLines   = 6
)

// facts draws labelled values: the values stand below each other, a note behind its value where there is room and under it
// where there is not.
func (c canvas) facts(b wizard.Facts) []string {
	lines := c.title(b.Title)
	column, most := 0, max(longestLabel, 2*c.width/widestPart)
	for _, row := range b.Rows {
		column = max(column, min(ansi.StringWidth(oneLine(row.Label)), most))
	}
	for _, row := range b.Rows {
		lines = append(lines, c.fact(row, column)...)
	}
	return lines
}

func (c canvas) fact(row wizard.Fact, column int) []string {
	label := atMost(labelLines, oneLine(row.Label), max(column, 1))
	inside := c.narrow(column + 2)
	lines := inside.toned(row.Tone, row.Value)
	if len(lines) == 0 {
		lines = []string{""}
	}
	if row.Note == "" {
		return c.labelled(label, column, lines)
	}
	last := len(lines) - 1
	if room := inside.width - ansi.StringWidth(lines[last]) - 3; ansi.StringWidth(row.Note) <= room && !strings.Contains(row.Note, "\n") {
		lines[last] += "   " + c.th.Muted.Render(row.Note)
	} else {
		lines = append(lines, paragraph(c.th.Muted, row.Note, inside.width)...)
	}
	return c.labelled(label, column, lines)
}

// labelled puts lines beside those of their label.
func (c canvas) labelled(label []string, column int, lines []string) []string {
	all := make([]string, max(len(label), len(lines)))
	for i := range all {
		all[i] = c.th.Muted.Render(pad(nth(label, i), column)) + "  " + nth(lines, i)
	}
	return all
}
