package linear

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
)

// canvas turns blocks into lines of plain text.
type canvas struct {
	width   int  // 0: lines are not broken
	details bool // say what one need not know
}

// wrap breaks a text at words. Lines that hang under a first one keep its indent.
func (c canvas) wrap(text string) []string {
	if c.width == 0 || text == "" {
		return strings.Split(text, "\n")
	}
	var lines []string
	for _, one := range strings.Split(text, "\n") {
		indent := one[:len(one)-len(strings.TrimLeft(one, " "))]
		for i, part := range strings.Split(ansi.Wordwrap(strings.TrimLeft(one, " "), max(c.width-len(indent), 20), ""), "\n") {
			if i > 0 {
				part = "  " + part
			}
			lines = append(lines, indent+part)
		}
	}
	return lines
}

// draw answers the lines of blocks. An empty line stands between two of them.
func (c canvas) draw(blocks []wizard.Block) []string {
	var all []string
	for _, b := range blocks {
		lines := c.block(b)
		if len(lines) == 0 {
			continue
		}
		if len(all) > 0 {
			all = append(all, "")
		}
		all = append(all, lines...)
	}
	return all
}

// block draws one. The set is closed; a kind that came later is said rather than left out.
func (c canvas) block(b wizard.Block) []string {
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
	case wizard.Steps:
		return c.steps(b)
	case wizard.Evidence:
		return c.evidence(b)
	case wizard.Messages:
		return c.messages(b)
	case wizard.Code:
		return c.code(b)
	}
	return []string{"There is something here that this front end cannot show; the full screen can."}
}

// heading is a block's title as a line of its own; none for a block without.
func heading(title string) []string {
	if title == "" {
		return nil
	}
	return []string{oneLine(title) + ":"}
}

// indented moves the lines of a text to the right.
func indented(text, by string) []string {
	var lines []string
	for _, one := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		lines = append(lines, by+one)
	}
	return lines
}

// paragraph is a text whose later lines are indented: a prompt of ours is the only thing that begins a line after a question.
func paragraph(text string) string { return strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ") }

// labelled puts a label before a text. The lines after the first are indented.
func labelled(indent, label, text string) []string {
	if text == "" {
		return nil
	}
	lines := indented(text, indent+"  ")
	lines[0] = indent + label + ": " + strings.TrimLeft(lines[0], " ")
	return lines
}
