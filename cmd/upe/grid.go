package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"upe/flows/report"
)

// gridWidth is how many columns a printed table may have.
const gridWidth = 100

// grid is a table for a terminal: a row a line, what there is to remark as numbers, and the remarks under it. Equal remarks share
// a number.
type grid struct {
	out     *strings.Builder
	head    []string
	rows    [][]string
	remarks []string
}

// add appends a row. Its remarks become numbers behind the last cell.
func (g *grid) add(cells []string, remarks ...string) {
	last := len(cells) - 1
	for _, r := range remarks {
		cells[last] = strings.TrimSpace(fmt.Sprintf("%s [%d]", cells[last], g.number(r)))
	}
	g.rows = append(g.rows, cells)
}

func (g *grid) number(remark string) int {
	for i, known := range g.remarks {
		if known == remark {
			return i + 1
		}
	}
	g.remarks = append(g.remarks, remark)
	return len(g.remarks)
}

// write prints the table. Headings are wrapped to the width of their column; cells never are.
func (g *grid) write() {
	widths := g.widths()
	for _, line := range headings(g.head, widths) {
		g.row(line, widths)
	}
	for _, row := range g.rows {
		g.row(row, widths)
	}
	for i, remark := range g.remarks {
		mark := fmt.Sprintf("  [%d] ", i+1)
		hang(g.out, mark, remark)
	}
}

// widths are those of the widest cell in each column, and of the longest word in its heading.
func (g *grid) widths() []int {
	widths := make([]int, len(g.head))
	for i, heading := range g.head {
		for _, word := range strings.Fields(heading) {
			widths[i] = max(widths[i], utf8.RuneCountInString(word))
		}
	}
	for _, row := range g.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

func (g *grid) row(cells []string, widths []int) {
	line := ""
	for i, cell := range cells {
		line += fmt.Sprintf("  %-*s", widths[i], cell)
	}
	g.out.WriteString(strings.TrimRight(line, " ") + "\n")
}

// headings are the lines of a heading, the last line of each column right above its cells.
func headings(head []string, widths []int) [][]string {
	if strings.Join(head, "") == "" {
		return nil
	}
	wrapped, height := make([][]string, len(head)), 0
	for i, heading := range head {
		wrapped[i] = report.Wrap(heading, widths[i])
		height = max(height, len(wrapped[i]))
	}
	lines := make([][]string, height)
	for i := range lines {
		lines[i] = make([]string, len(head))
		for column, words := range wrapped {
			if at := i - (height - len(words)); at >= 0 {
				lines[i][column] = words[at]
			}
		}
	}
	return lines
}

// hang writes a text behind a mark, continued under itself.
func hang(out *strings.Builder, mark, text string) {
	space := strings.Repeat(" ", utf8.RuneCountInString(mark))
	for i, line := range report.Wrap(text, gridWidth-len(space)) {
		if i > 0 {
			mark = space
		}
		out.WriteString(strings.TrimRight(mark+line, " ") + "\n")
	}
}
