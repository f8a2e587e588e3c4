package screens

import (
	"slices"

	"charm.land/lipgloss/v2"

	"upe/flows/judge"
	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/theme"
	"upe/ui/words"
)

// findings draws each as what we saw, what it means, what to do.
func (c canvas) findings(b wizard.Findings) []string {
	items := make([][]string, len(b.Items))
	for i, f := range b.Items {
		items[i] = c.finding(f)
	}
	return slices.Concat(c.title(b.Title), stack(append(items, c.answers(b.Parts))...))
}

// answers are what the findings were found in. Bytes are data and were not cleaned with the page, so they are here.
func (c canvas) answers(parts []wizard.Part) []string {
	if !c.details || len(parts) == 0 {
		return nil
	}
	lines := c.title("What the API answered, with secrets masked")
	for _, p := range parts {
		lines = append(lines, paragraph(c.th.Muted, "GET /api/v2/"+p.Path, c.width)...)
		lines = append(lines, indent(c.narrow(2).code(wizard.Code{Text: safe.Block(words.Answer(p.JSON))}), 2)...)
	}
	return lines
}

func (c canvas) finding(f judge.Finding) []string {
	style, mark, word := c.severity(f.Severity)
	lines := hang(style.Render(mark+" "+word)+"  ", paragraph(c.th.Title, f.Title, c.width-len(word)-4))
	inside := c.narrow(2)
	parts := slices.Concat(
		inside.part("Saw", words.Seen(f.Evidence, c.details)),
		inside.part("Means", f.Consequence),
		inside.part("Do", f.Remedy),
	)
	if c.details {
		parts = append(parts, inside.part("Source", f.Source)...)
	}
	return append(lines, indent(parts, 2)...)
}

// part is one labelled part of a finding, a step or a failure.
func (c canvas) part(label, text string) []string {
	const column = 10
	if text == "" {
		return nil
	}
	return hang(c.th.Muted.Render(pad(label, column)), wrap(text, c.width-column))
}

// severity gives style, mark and word.
func (c canvas) severity(s judge.Severity) (style lipgloss.Style, mark, word string) {
	style, mark, word = c.th.Muted, "·", words.Severity(s)
	switch s {
	case judge.Blocker:
		style, mark = c.th.Bad, theme.Failed.Mark()
	case judge.Decision:
		style, mark = c.th.Accent, "?"
	case judge.Warning:
		style, mark = c.th.Warn, theme.Warning.Mark()
	case judge.Note:
	}
	return style, mark, word
}
