package screens

import (
	"slices"
	"strings"

	"upe/flows/diff"
	"upe/flows/wizard"
)

// diff draws a text before and after, line by line.
func (c canvas) diff(b wizard.Diff) []string {
	if b.Language != "" {
		return c.codeDiff(b)
	}
	return slices.Concat(c.title(b.Title), c.changes(b.Before, b.After))
}

func (c canvas) changes(before, after string) []string {
	var lines []string
	for _, l := range diff.Lines(before, after) {
		style := c.th.Code
		switch l.Sign {
		case diff.Gone:
			style = c.th.DiffDel
		case diff.New:
			style = c.th.DiffAdd
		case diff.Kept:
		}
		lines = append(lines, paint(style, hang(string(rune(l.Sign))+" ", wrap(l.Text, c.width-2)))...)
	}
	return lines
}

// split are the lines of a text, as package diff counts them.
func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}
