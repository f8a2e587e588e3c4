package screens

import (
	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
	"upe/ui/theme"
)

// cellWidth holds the longest word of a crossing, and its mark.
const cellWidth = 13

// matrix draws factors down and delivery methods across, each crossing as a mark and a word.
func (c canvas) matrix(b wizard.Matrix) []string {
	column := 0
	for _, row := range b.Rows {
		column = max(column, ansi.StringWidth(row.Label))
	}
	column = max(min(column, c.width-len(b.Methods)*cellWidth-2), 1)
	head := pad("", column) + "  "
	for _, method := range b.Methods {
		head += pad(cut(oneLine(method), cellWidth-1), cellWidth)
	}
	lines := append(c.title(b.Title), c.th.Muted.Render(cut(head, c.width)))
	for _, row := range b.Rows {
		line := pad(cut(oneLine(row.Label), column), column) + "  "
		for _, cell := range row.Cells {
			line += c.cell(cell)
		}
		lines = append(lines, cut(line, c.width))
	}
	verdict := append(c.toned(b.Tone, b.Verdict), c.documented(b)...)
	return c.join(lines, verdict)
}

func (c canvas) cell(cell wizard.Cell) string {
	switch {
	case cell.Needed && cell.Offered:
		return c.th.Good.Render(pad(theme.Done.Mark()+" covered", cellWidth))
	case cell.Needed:
		return c.th.Bad.Render(pad(theme.Failed.Mark()+" missing", cellWidth))
	case cell.Offered:
		return c.th.Muted.Render(pad("· not needed", cellWidth))
	}
	return c.th.Muted.Render(pad("-", cellWidth))
}

// documented is the row of Auth0's table that says so, if there is one.
func (c canvas) documented(b wizard.Matrix) []string {
	if b.Row == "" {
		return nil
	}
	return paragraph(c.th.Muted, "Documented: "+b.Row, c.width)
}
