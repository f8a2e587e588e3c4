package screens

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
)

// longestLabel is how far labels may push their values to the right.
const longestLabel = 26

// facts draws labelled values: the values stand below each other, a note behind its value where there is room and under it
// where there is not.
func (c canvas) facts(b wizard.Facts) []string {
	lines := c.title(b.Title)
	column := 0
	for _, row := range b.Rows {
		column = max(column, min(ansi.StringWidth(row.Label), longestLabel))
	}
	for _, row := range b.Rows {
		lines = append(lines, c.fact(row, column)...)
	}
	return lines
}

func (c canvas) fact(row wizard.Fact, column int) []string {
	label := c.th.Muted.Render(pad(cut(oneLine(row.Label), column), column)) + "  "
	inside := c.narrow(column + 2)
	lines := inside.toned(row.Tone, row.Value)
	if len(lines) == 0 {
		lines = []string{""}
	}
	if row.Note == "" {
		return hang(label, lines)
	}
	last := len(lines) - 1
	if room := inside.width - ansi.StringWidth(lines[last]) - 3; ansi.StringWidth(row.Note) <= room && !strings.Contains(row.Note, "\n") {
		lines[last] += "   " + c.th.Muted.Render(row.Note)
	} else {
		lines = append(lines, paragraph(c.th.Muted, row.Note, inside.width)...)
	}
	return hang(label, lines)
}
