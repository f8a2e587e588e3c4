package wizard

import (
	"slices"
	"strings"

	"upe/flows/judge"
)

// inLine keeps a text within its line, with its line breaks visible as the front end shows every other control character. Names come
// from the tenant, and one of them must not be able to begin a line of ours.
func inLine(text string) string { return strings.ReplaceAll(text, "\n", `\n`) }

// inLines keeps within its line whatever a page has that is one. What has lines of its own is code, a wording, or a paragraph of
// ours ([Text.Body]), in which names are quoted.
func (p Page) inLines() Page {
	p.Title, p.Lead = inLine(p.Title), inLine(p.Lead)
	p.Blocks = linesOf(p.Blocks)
	if live := p.Live; live != nil {
		p.Live = func(given Answers) []Block { return linesOf(live(given)) }
	}
	p.Questions = each(p.Questions, func(q Question) Question {
		q.Title, q.Help = inLine(q.Title), inLine(q.Help)
		q.Options = each(q.Options, func(o Option) Option {
			o.Label, o.Consequence, o.Disabled = inLine(o.Label), inLine(o.Consequence), inLine(o.Disabled)
			return o
		})
		return q
	})
	return p
}

func linesOf(blocks []Block) []Block { return each(blocks, lineOf) }

func lineOf(b Block) Block {
	switch b := b.(type) {
	case Text:
		b.Title = inLine(b.Title)
		return b
	case Facts:
		b.Title, b.Rows = inLine(b.Title), each(b.Rows, func(f Fact) Fact {
			f.Label, f.Value, f.Note = inLine(f.Label), inLine(f.Value), inLine(f.Note)
			return f
		})
		return b
	case Findings:
		b.Items = each(b.Items, findingInLines)
		return b
	case Journey:
		b.Legs = each(b.Legs, func(l Leg) Leg {
			l.Flow, l.Carrier, l.Problem, l.Basis = inLine(l.Flow), inLine(l.Carrier), inLine(l.Problem), inLine(l.Basis)
			return l
		})
		return b
	case Steps:
		b.Items = each(b.Items, func(s StepItem) StepItem {
			s.Title, s.Heading, s.Why, s.Undo, s.Dashboard = inLine(s.Title), inLine(s.Heading), inLine(s.Why), inLine(s.Undo), inLine(s.Dashboard)
			return s
		})
		return b
	case Diff:
		b.Title = inLine(b.Title)
		return b
	case Code:
		b.Title = inLine(b.Title)
		return b
	case Preview:
		b.Rows = each(b.Rows, func(r PreviewRow) PreviewRow { r.Label = inLine(r.Label); return r })
		return b
	}
	return b
}

func findingInLines(f judge.Finding) judge.Finding {
	f.Title, f.Consequence, f.Remedy = inLine(f.Title), inLine(f.Consequence), inLine(f.Remedy)
	f.Evidence = each(f.Evidence, func(e judge.Evidence) judge.Evidence {
		e.What, e.Value = inLine(e.What), inLine(e.Value)
		return e
	})
	return f
}

// each is a changed copy of a list: the list itself may belong to what is known.
func each[T any](list []T, change func(T) T) []T {
	changed := slices.Clone(list)
	for i := range changed {
		changed[i] = change(changed[i])
	}
	return changed
}
