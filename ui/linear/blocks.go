package linear

import (
	"cmp"
	"strings"

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

func (c canvas) text(b wizard.Text) []item {
	if b.Body == "" {
		return heading(b.Title)
	}
	if b.Title != "" {
		return append(heading(b.Title), prose(indented(tone(b.Tone)+strings.TrimSpace(b.Body), "  ")...))
	}
	return []item{prose(strings.Split(paragraph(tone(b.Tone)+b.Body), "\n")...)}
}

func (c canvas) facts(b wizard.Facts) []item {
	items := heading(b.Title)
	for _, fact := range b.Rows {
		value := tone(fact.Tone) + fact.Value
		if fact.Note != "" {
			value = strings.TrimSpace(value + " (" + oneLine(fact.Note) + ")")
		}
		items = append(items, row("  ", clause(oneLine(fact.Label)), cmp.Or(value, "none"))...)
	}
	return items
}

// findings are said each as a whole: what we saw, what it means, what to do.
func (c canvas) findings(b wizard.Findings) []item {
	items := heading(b.Title)
	for i, f := range b.Items {
		one := c.finding(f)
		one.air = i > 0
		items = append(items, one)
	}
	if c.details && len(b.Parts) > 0 {
		items = append(items, prose("What the API answered, with secrets masked:"))
		for _, p := range b.Parts {
			items = append(items, quoted("  ", "GET /api/v2/"+oneLine(p.Path), words.Answer(p.JSON))...)
		}
	}
	return items
}

func (c canvas) finding(f judge.Finding) item {
	all := prose(words.Severity(f.Severity) + ": " + oneLine(f.Title))
	add := func(label, text string) { all.lines = append(all.lines, labelled("  ", label, text)...) }
	add("Saw", words.Seen(f.Evidence, c.details))
	add("Means", f.Consequence)
	add("Do", f.Remedy)
	if c.details {
		add("Source", f.Source)
	}
	return all
}

func (c canvas) journey(b wizard.Journey) []item {
	items := heading(b.Title)
	for _, leg := range b.Legs {
		outcome := words.Problem(leg)
		switch {
		case leg.Planned:
			outcome = words.Planned
		case leg.Delivers:
			outcome = "delivers"
		}
		if c.details && leg.Basis != "" {
			outcome += " (" + leg.Basis + ")"
		}
		items = append(items, prose("  "+oneLine(leg.Flow+": by "+leg.Through+", to "+leg.To()+": "+outcome)))
	}
	return items
}

func (c canvas) matrix(b wizard.Matrix) []item {
	items := heading(b.Title)
	for _, r := range b.Rows {
		var cells []string
		for i, cell := range r.Cells {
			cells = append(cells, b.Methods[min(i, len(b.Methods)-1)]+" "+crossing(cell))
		}
		items = append(items, prose("  "+oneLine(r.Label+": "+strings.Join(cells, ", "))))
	}
	if b.Verdict != "" {
		items = append(items, prose(indented(tone(b.Tone)+b.Verdict, "  ")...))
	}
	return append(items, row("  ", "Documented", b.Row)...)
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

// preview says each message today and afterwards by itself: where there is a choice, only one of the two depends on it.
func (c canvas) preview(b wizard.Preview) []item {
	items := heading(b.Title)
	for _, r := range b.Rows {
		label := oneLine(r.Label)
		after := cmp.Or(r.After, "nothing")
		if r.Before == r.After {
			after = "the same"
		}
		items = append(items, quoted("  ", label+", today", cmp.Or(r.Before, "nothing"))...)
		items = append(items, quoted("  ", label+", afterwards", after)...)
		items = append(items, row("    ", "Note", r.Note)...)
	}
	return items
}

func (c canvas) evidence(b wizard.Evidence) []item {
	items := heading("Test messages")
	for _, e := range b.Rows {
		items = append(items, prose("  "+c.evidenceRow(e)))
	}
	return items
}

func (c canvas) evidenceRow(e run.Evidence) string {
	parts := []string{words.Accepted(e), words.Arrived(e)}
	if said := words.InLogs(e); said != "" {
		parts = append(parts, said)
	}
	return oneLine(words.Method(e.Channel) + ": " + strings.Join(append(parts, words.Notes(e)...), "; "))
}

func (c canvas) messages(b wizard.Messages) []item {
	items := heading("The demo's phone")
	for _, m := range b.Items {
		items = append(items, prose("  "+c.message(m)))
	}
	return items
}

func (c canvas) message(m wizard.Message) string {
	return oneLine(words.Clock(m.At) + ", " + words.Method(m.Channel) + " to " + m.To + " from " + cmp.Or(m.From, "an unknown sender") + ": " + m.Text)
}

func (c canvas) code(b wizard.Code) []item {
	return []item{asItIs(headed(cmp.Or(oneLine(b.Title), "It reads")), b.Text, "    ")}
}
