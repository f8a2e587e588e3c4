package screens

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"upe/flows/diff"
	"upe/flows/wizard"
)

const (
	// codeSides is the width from which code before and after stand next to each other: that of a window of 100 columns.
	codeSides = railFrom - 2*margin
	// around is how many lines that stay are shown before and after one that changes.
	around = 3
)

// inCode reports whether a page shows code, for which the rail makes room: its lines are long.
func inCode(blocks []wizard.Block) bool {
	return slices.ContainsFunc(blocks, func(b wizard.Block) bool {
		diff, _ := b.(wizard.Diff)
		code, _ := b.(wizard.Code)
		return diff.Language+code.Language != ""
	})
}

// code draws source code or a command to copy. Long lines are broken, never cut: what is copied is whole.
func (c canvas) code(b wizard.Code) []string {
	if b.Language == "" {
		return slices.Concat(c.title(b.Title), indent(paragraph(c.th.Code, b.Text, c.width-2), 2))
	}
	lines := c.title(b.Title)
	for _, words := range highlight(split(b.Text)) {
		for _, part := range fold(words, c.room-2) {
			lines = append(lines, "  "+ink(c.th, part, nil, 0))
		}
	}
	return lines
}

// codeDiff draws code before and after: side by side where there is room, else below each other. What stays is shown around what
// changes only, or whole with the details.
func (c canvas) codeDiff(b wizard.Diff) []string {
	lines := c.title(b.Title)
	rows := paired(diff.Lines(b.Before, b.After))
	number := len(itoa(len(rows)))
	before, after := highlight(split(b.Before)), highlight(split(b.After))
	for _, part := range c.shownRows(rows) {
		if part.skipped > 0 {
			lines = append(lines, c.th.Muted.Render(strings.Repeat(" ", number)+" "+skippedLines(part.skipped)))
			continue
		}
		if c.room >= codeSides {
			lines = append(lines, c.besides(part, before, after, number)...)
		} else {
			lines = append(lines, c.beneath(part, before, after, number)...)
		}
	}
	return lines
}

func skippedLines(n int) string { return "… " + itoa(n) + " lines as they were" }

// codeRow is one line on each side: the places of both, counted from 1, zero where there is none. One that is skipped stands for
// several that stay.
type codeRow struct {
	before, after int
	changed       bool
	skipped       int
}

// paired puts what is gone beside what came in its place.
func paired(all []diff.Line) []codeRow {
	var rows []codeRow
	before, after, waits := 0, 0, 0 // waits: rows from here on have a free right side
	for _, l := range all {
		switch l.Sign {
		case diff.Gone:
			before++
			rows = append(rows, codeRow{before: before, changed: true})
		case diff.New:
			after++
			for waits < len(rows) && (!rows[waits].changed || rows[waits].after > 0) {
				waits++
			}
			if waits < len(rows) {
				rows[waits].after = after
			} else {
				rows = append(rows, codeRow{after: after, changed: true})
			}
		case diff.Kept:
			before, after = before+1, after+1
			rows = append(rows, codeRow{before: before, after: after})
			waits = len(rows)
		}
	}
	return rows
}

// shownRows leaves out long stretches that stay.
func (c canvas) shownRows(rows []codeRow) []codeRow {
	if c.details {
		return rows
	}
	near := make([]bool, len(rows))
	for i, row := range rows {
		if row.changed {
			for at := max(i-around, 0); at <= min(i+around, len(rows)-1); at++ {
				near[at] = true
			}
		}
	}
	var shown []codeRow
	for i := 0; i < len(rows); {
		end := i
		for end < len(rows) && !near[end] {
			end++
		}
		if end > i+1 { // one line takes no more room than saying that it is left out
			shown = append(shown, codeRow{skipped: end - i})
			i = end
			continue
		}
		shown = append(shown, rows[i])
		i++
	}
	return shown
}

// besides draws a row with its two sides next to each other.
func (c canvas) besides(row codeRow, before, after [][]word, number int) []string {
	width := (c.room - ansi.StringWidth(betweenSides)) / 2
	left := c.half('-', row.before, row.changed, before, number, width)
	right := c.half('+', row.after, row.changed, after, number, width)
	var lines []string
	for i := range max(len(left), len(right)) {
		lines = append(lines, pad(nth(left, i), width)+c.th.Border.Render(betweenSides)+nth(right, i))
	}
	return lines
}

// beneath draws a row with what is gone above what is new.
func (c canvas) beneath(row codeRow, before, after [][]word, number int) []string {
	if !row.changed {
		return c.half(' ', row.after, false, after, number, c.room)
	}
	return slices.Concat(c.half('-', row.before, true, before, number, c.room), c.half('+', row.after, true, after, number, c.room))
}

// half is one line of code of one side, behind its number and, where it changed, its sign.
func (c canvas) half(sign rune, line int, changed bool, code [][]word, number, width int) []string {
	if line == 0 {
		return nil
	}
	mark, style := " ", c.th.Muted
	var ground *lipgloss.Style
	if changed {
		mark, style, ground = string(sign), c.th.DiffAdd, &c.th.Added
		if sign == '-' {
			style, ground = c.th.DiffDel, &c.th.Removed
		}
	}
	text := itoa(line)
	label := strings.Repeat(" ", number-len(text)) + text + " " + mark + " "
	var parts []string
	for _, words := range fold(code[line-1], width-len(label)) {
		parts = append(parts, ink(c.th, words, ground, width-len(label)))
	}
	return hang(style.Render(label), parts)
}
