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

// wrap breaks a text at blanks, and nowhere else: a path or a name is one piece. Lines that hang under a first one keep its indent.
func (c canvas) wrap(text string) []string {
	if c.width == 0 || text == "" {
		return strings.Split(text, "\n")
	}
	var lines []string
	for _, one := range strings.Split(text, "\n") {
		indent := one[:len(one)-len(strings.TrimLeft(one, " "))]
		lines = append(lines, broken(one[len(indent):], indent, max(c.width-len(indent), 20))...)
	}
	return lines
}

// broken are the lines of one line, each behind the indent and those after the first two columns further. A word that is wider than a
// line stays whole.
func broken(text, indent string, width int) []string {
	var lines []string
	line := ""
	for i, word := range strings.Split(text, " ") {
		switch {
		case i == 0:
			line = word
		case ansi.StringWidth(line)+1+ansi.StringWidth(word) > width:
			lines = append(lines, indent+line)
			line = "  " + word
		default:
			line += " " + word
		}
	}
	return append(lines, indent+line)
}

// block draws one. The set is closed; a kind that came later is said rather than left out.
func (c canvas) block(b wizard.Block) []item {
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
	return []item{prose("There is something here that this front end cannot show; the full screen can.")}
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
