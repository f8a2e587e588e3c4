package screens

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"upe/flows/judge"
	"upe/flows/wizard"
	"upe/ui/theme"
)

// findings draws each as what we saw, what it means, what to do.
func (c canvas) findings(b wizard.Findings) []string {
	items := make([][]string, len(b.Items))
	for i, f := range b.Items {
		items[i] = c.finding(f)
	}
	return slices.Concat(c.title(b.Title), stack(items...))
}

func (c canvas) finding(f judge.Finding) []string {
	style, mark, word := c.severity(f.Severity)
	lines := hang(style.Render(mark+" "+word)+"  ", paragraph(c.th.Title, f.Title, c.width-len(word)-4))
	inside := c.narrow(2)
	parts := slices.Concat(
		inside.part("Saw", seen(f.Evidence, c.details)),
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

// seen puts evidence into words: one line each, with where it stands if details are asked for.
func seen(evidence []judge.Evidence, details bool) string {
	lines := make([]string, len(evidence))
	for i, e := range evidence {
		lines[i] = e.What + ": " + e.Value
		if details && e.Path != "" {
			lines[i] += " (" + e.Path + ")"
		}
	}
	return strings.Join(lines, "\n")
}

// severity gives style, mark and word.
func (c canvas) severity(s judge.Severity) (style lipgloss.Style, mark, word string) {
	switch s {
	case judge.Blocker:
		return c.th.Bad, theme.Failed.Mark(), "Blocked"
	case judge.Decision:
		return c.th.Accent, "?", "Decide"
	case judge.Warning:
		return c.th.Warn, theme.Warning.Mark(), "Warning"
	case judge.Note:
	}
	return c.th.Muted, "·", "Note"
}
