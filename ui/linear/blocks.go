package linear

import (
	"slices"
	"strings"

	"upe/flows/diff"
	"upe/flows/judge"
	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/words"
)

// oneLine is text that stands on one line.
func oneLine(text string) string { return safe.Line(text) }

// tone says in a word what a colour says on the screen.
func tone(t wizard.Tone) string {
	switch t {
	case wizard.Careful:
		return "Careful: "
	case wizard.Bad:
		return "Problem: "
	case wizard.Plain, wizard.Good:
	}
	return ""
}

func (c canvas) text(b wizard.Text) []string {
	if b.Body == "" {
		return heading(b.Title)
	}
	return append(heading(b.Title), strings.Split(paragraph(tone(b.Tone)+b.Body), "\n")...)
}

func (c canvas) facts(b wizard.Facts) []string {
	lines := heading(b.Title)
	for _, row := range b.Rows {
		value := tone(row.Tone) + row.Value
		if row.Note != "" {
			value = strings.TrimSpace(value + " (" + oneLine(row.Note) + ")")
		}
		if value == "" {
			value = "none"
		}
		lines = append(lines, labelled("  ", oneLine(row.Label), value)...)
	}
	return lines
}

func (c canvas) findings(b wizard.Findings) []string {
	lines := heading(b.Title)
	for i, f := range b.Items {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, c.finding(f)...)
	}
	if c.details && len(b.Parts) > 0 {
		lines = append(lines, "", "What the API answered, with secrets masked:")
		for _, p := range b.Parts {
			lines = append(lines, labelled("  ", "GET /api/v2/"+oneLine(p.Path), words.Answer(p.JSON))...)
		}
	}
	return lines
}

func (c canvas) finding(f judge.Finding) []string {
	lines := slices.Concat(
		[]string{words.Severity(f.Severity) + ": " + oneLine(f.Title)},
		labelled("  ", "Saw", words.Seen(f.Evidence, c.details)),
		labelled("  ", "Means", f.Consequence),
		labelled("  ", "Do", f.Remedy),
	)
	if c.details {
		lines = append(lines, labelled("  ", "Source", f.Source)...)
	}
	return lines
}

func (c canvas) journey(b wizard.Journey) []string {
	lines := heading(b.Title)
	for _, leg := range b.Legs {
		outcome := words.Problem(leg)
		if leg.Delivers {
			outcome = "delivers"
		}
		if c.details && leg.Basis != "" {
			outcome += " (" + leg.Basis + ")"
		}
		lines = append(lines, "  "+oneLine(leg.Flow+": by "+leg.Through+", to "+leg.Carrier+": "+outcome))
	}
	return lines
}

func (c canvas) matrix(b wizard.Matrix) []string {
	lines := heading(b.Title)
	for _, row := range b.Rows {
		var cells []string
		for i, cell := range row.Cells {
			cells = append(cells, b.Methods[min(i, len(b.Methods)-1)]+" "+crossing(cell))
		}
		lines = append(lines, "  "+oneLine(row.Label+": "+strings.Join(cells, ", ")))
	}
	if b.Verdict != "" {
		lines = append(lines, indented(tone(b.Tone)+b.Verdict, "  ")...)
	}
	return append(lines, labelled("  ", "Documented", b.Row)...)
}

func crossing(cell wizard.Cell) string {
	switch {
	case cell.Needed && cell.Offered:
		return "is covered"
	case cell.Needed:
		return "is missing"
	case cell.Offered:
		return "is not needed"
	}
	return "is not used"
}

// unchanged is how many lines around a change are said.
const unchanged = 2

func (c canvas) diff(b wizard.Diff) []string {
	lines := append(heading(b.Title), "  (a line with minus goes, a line with plus comes)")
	all := diff.Lines(b.Before, b.After)
	for _, l := range diff.Changes(all, unchanged) {
		if l.Sign == 0 {
			lines = append(lines, "  ...")
			continue
		}
		lines = append(lines, "  "+string(rune(l.Sign))+" "+l.Text)
	}
	if !slices.ContainsFunc(all, func(l diff.Line) bool { return l.Sign != diff.Kept }) {
		lines = append(heading(b.Title), "  nothing changes")
	}
	return lines
}

func (c canvas) preview(b wizard.Preview) []string {
	lines := heading(b.Title)
	for _, row := range b.Rows {
		lines = append(lines, "  "+oneLine(row.Label)+":")
		if row.Before == row.After {
			lines = append(lines, labelled("    ", "Stays", row.After)...)
		} else {
			lines = append(lines, labelled("    ", "Now", or(row.Before, "nothing"))...)
			lines = append(lines, labelled("    ", "Then", or(row.After, "nothing"))...)
		}
		lines = append(lines, labelled("    ", "Note", row.Note)...)
	}
	return lines
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func (c canvas) evidence(b wizard.Evidence) []string {
	lines := heading("Test messages")
	for _, e := range b.Rows {
		lines = append(lines, "  "+c.evidenceRow(e))
	}
	return lines
}

func (c canvas) evidenceRow(e run.Evidence) string {
	parts := []string{words.Accepted(e), words.Arrived(e)}
	if said := words.InLogs(e); said != "" {
		parts = append(parts, said)
	}
	return oneLine(words.Method(e.Channel) + ": " + strings.Join(append(parts, words.Notes(e)...), "; "))
}

func (c canvas) messages(b wizard.Messages) []string {
	lines := heading("The demo's phone")
	for _, m := range b.Items {
		lines = append(lines, "  "+c.message(m))
	}
	return lines
}

func (c canvas) message(m wizard.Message) string {
	return oneLine(words.Clock(m.At) + ", " + words.Method(m.Channel) + " to " + m.To + " from " + or(m.From, "an unknown sender") + ": " + m.Text)
}

func (c canvas) code(b wizard.Code) []string {
	return append(heading(b.Title), indented(b.Text, "    ")...)
}
