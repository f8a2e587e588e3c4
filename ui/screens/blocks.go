package screens

import (
	"slices"

	"charm.land/lipgloss/v2"

	"upe/flows/wizard"
	"upe/ui/theme"
)

// canvas is what a block is drawn on.
type canvas struct {
	th      *theme.Theme
	width   int
	room    int  // what code may take; never less than width
	prose   int  // the most lines of a field for several lines
	details bool // show what one need not know
	tight   bool // do without air: there is little room

	step     int  // the selected step of all steps on the page; none when negative
	pointing bool // the arrow keys are the steps': the selected one is marked
}

// look is what the drawing of a label depends on.
type look struct {
	width         int
	details, dark bool
}

func (c canvas) look() look { return look{c.width, c.details, c.th.Dark()} }

// narrow is the canvas with less room.
func (c canvas) narrow(by int) canvas {
	c.width, c.room = max(c.width-by, 1), max(c.room-by, 1)
	return c
}

// drawing is one drawn block.
type drawing struct {
	lines []string
	hot   span // the lines that should be in sight
}

// nowhere is the span of a drawing in which nothing is pointed at.
var nowhere = span{-1, -1}

func (s span) none() bool { return s.from < 0 }

func (s span) shift(by int) span {
	if s.none() {
		return s
	}
	return span{s.from + by, s.to + by}
}

// block draws any block: the set is closed.
func (c canvas) block(b wizard.Block) drawing {
	if steps, ok := b.(wizard.Steps); ok {
		return c.steps(steps)
	}
	return drawing{lines: c.still(b), hot: nowhere}
}

// still draws the blocks in which nothing is selected.
func (c canvas) still(b wizard.Block) []string {
	switch b := b.(type) {
	case wizard.Text:
		return c.text(b)
	case wizard.Facts:
		return c.facts(b)
	case wizard.Findings:
		return c.findings(b)
	case wizard.Journey:
		return c.journey(b)
	case wizard.Matrix:
		return c.matrix(b)
	case wizard.Diff:
		return c.diff(b)
	case wizard.Preview:
		return c.preview(b)
	case wizard.Evidence:
		return c.evidence(b)
	case wizard.Messages:
		return c.messages(b)
	case wizard.Code:
		return c.code(b)
	}
	return nil
}

// blocks draws blocks below each other.
func (c canvas) blocks(blocks []wizard.Block) drawing {
	all := drawing{hot: nowhere}
	for _, b := range blocks {
		part := c.block(b)
		if len(part.lines) == 0 {
			continue
		}
		if len(all.lines) > 0 && !c.tight {
			all.lines = append(all.lines, "")
		}
		if !part.hot.none() {
			all.hot = part.hot.shift(len(all.lines))
		}
		all.lines = append(all.lines, part.lines...)
		c.step -= stepCount(b)
	}
	return all
}

// byUrgency orders the blocks of a page that does not fit. What is wrong, and a change that a person decides about, come before even the
// lead; a warning comes right after it, because it is about what the lead says; then what is merely there.
func byUrgency(blocks []wizard.Block) (first, then []wizard.Block) {
	var rest []wizard.Block
	for _, b := range blocks {
		switch {
		case isUrgent(b):
			first = append(first, b)
		case isWarning(b):
			then = append(then, b)
		default:
			rest = append(rest, b)
		}
	}
	return first, append(then, rest...)
}

func isUrgent(b wizard.Block) bool {
	switch b := b.(type) {
	case wizard.Text:
		return b.Tone == wizard.Bad
	case wizard.Matrix:
		return true
	case wizard.Preview:
		return slices.ContainsFunc(b.Rows, func(row wizard.PreviewRow) bool { return row.Before != row.After })
	}
	return false
}

func isWarning(b wizard.Block) bool {
	text, ok := b.(wizard.Text)
	return ok && text.Tone == wizard.Careful
}

// stepCount is how many steps a block lists.
func stepCount(b wizard.Block) int {
	if steps, ok := b.(wizard.Steps); ok {
		return len(steps.Items)
	}
	return 0
}

// title is the heading of a block.
func (c canvas) title(text string) []string { return paragraph(c.th.Title, text, c.width) }

// tone gives the style that repeats a tone, and the mark that says it without colour.
func (c canvas) tone(t wizard.Tone) (style lipgloss.Style, mark string) {
	switch t {
	case wizard.Good:
		return c.th.Good, theme.Done.Mark() + " "
	case wizard.Careful:
		return c.th.Warn, theme.Warning.Mark() + " "
	case wizard.Bad:
		return c.th.Bad, theme.Failed.Mark() + " "
	case wizard.Plain:
	}
	return c.th.Text, ""
}

// toned is a paragraph in a tone, with its mark in front.
func (c canvas) toned(t wizard.Tone, text string) []string {
	if text == "" {
		return nil
	}
	style, mark := c.tone(t)
	return hang(style.Render(mark), paragraph(style, text, c.width-len([]rune(mark))))
}

// text draws a paragraph.
func (c canvas) text(b wizard.Text) []string {
	return slices.Concat(c.title(b.Title), c.toned(b.Tone, b.Body))
}
