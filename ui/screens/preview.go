package screens

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
)

const (
	// sideBySide is the width from which before and after stand next to each other.
	sideBySide = 84
	// betweenSides is what stands between them.
	betweenSides = " │ "
)

// preview draws messages before and after: side by side where there is room for it, else below each other.
func (c canvas) preview(b wizard.Preview) []string {
	lines := c.title(b.Title)
	for i, row := range b.Rows {
		if i > 0 && !c.tight {
			lines = append(lines, "")
		}
		lines = append(lines, paragraph(c.th.Muted, row.Label, c.width)...)
		if c.width >= sideBySide {
			lines = append(lines, c.sides(row)...)
		} else {
			lines = append(lines, c.stacked(row)...)
		}
		lines = append(lines, indent(paragraph(c.th.Muted, row.Note, c.width-2), 2)...)
	}
	return lines
}

func (c canvas) sides(row wizard.PreviewRow) []string {
	width := (c.width - 2 - ansi.StringWidth(betweenSides)) / 2
	left, right := c.side("today", row.Before, width), c.side("afterwards", row.After, width)
	var lines []string
	for i := range max(len(left), len(right)) {
		lines = append(lines, "  "+pad(nth(left, i), width)+c.th.Muted.Render(betweenSides)+nth(right, i))
	}
	return lines
}

func (c canvas) side(head, text string, width int) []string {
	return append([]string{c.th.Muted.Render(head)}, paragraph(c.th.Text, text, width)...)
}

func nth(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func (c canvas) stacked(row wizard.PreviewRow) []string {
	const now, then, same = "  today  ", "  after  ", "  same   "
	part := func(label, text string) []string {
		return hang(c.th.Muted.Render(label), paragraph(c.th.Text, text+" ", c.width-len(label)))
	}
	if row.Before == row.After {
		return part(same, row.After)
	}
	return slices.Concat(part(now, row.Before), part(then, row.After))
}
