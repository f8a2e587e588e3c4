package linear

import (
	"fmt"
	"strings"

	"upe/flows/diff"
	"upe/flows/wizard"
)

// around is how many lines that stay are said before and after a change of code; with details, all are.
const around = 3

// diff says what changes in words: a sign before a line is what a screen reader leaves out. Code is said change by change; anything
// else is short enough to be said whole, as it is and as it will be.
func (c canvas) diff(b wizard.Diff) []item {
	items := heading(b.Title)
	switch {
	case b.Language != "":
		return append(items, c.changes(diff.Lines(b.Before, b.After))...)
	case b.Before == b.After:
		return append(items, quoted("  ", "It stays", b.After)...)
	}
	items = append(items, quoted("  ", "Today", orNothing(b.Before))...)
	return append(items, quoted("  ", "Afterwards", orNothing(b.After))...)
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

// stretch are lines that follow each other and have the same fate.
type stretch struct {
	sign  diff.Sign
	from  int // the number of the first one, in the text that has it
	lines []string
}

func stretches(all []diff.Line) []stretch {
	var list []stretch
	before, after := 0, 0
	for i, l := range all {
		if l.Sign != diff.New {
			before++
		}
		if l.Sign != diff.Gone {
			after++
		}
		if i == 0 || l.Sign != all[i-1].Sign {
			at := after
			if l.Sign == diff.Gone {
				at = before
			}
			list = append(list, stretch{sign: l.Sign, from: at})
		}
		last := &list[len(list)-1]
		last.lines = append(last.lines, l.Text)
	}
	return list
}

func (c canvas) changes(all []diff.Line) []item {
	list := stretches(all)
	var items []item
	for i, s := range list {
		switch {
		case s.sign == diff.Gone:
			items = append(items, s.said("Goes"))
		case s.sign == diff.New:
			items = append(items, s.said("Comes"))
		case c.details:
			items = append(items, s.said("Stays"))
		default:
			items = append(items, s.near(i > 0, i < len(list)-1)...)
		}
	}
	return items
}

// said is a stretch as it is, with the numbers of its lines.
func (s stretch) said(fate string) item {
	return asItIs("  "+fate+", "+s.numbers()+":", strings.Join(s.lines, "\n")+"\n", "    ")
}

func (s stretch) numbers() string {
	if len(s.lines) == 1 {
		return fmt.Sprintf("line %d", s.from)
	}
	return fmt.Sprintf("lines %d to %d", s.from, s.from+len(s.lines)-1)
}

// near are the lines of a stretch that stays beside the changes before and after it. One line takes no longer than saying that it is
// left out.
func (s stretch) near(before, after bool) []item {
	head, tail := 0, 0
	if before {
		head = min(around, len(s.lines))
	}
	if after {
		tail = min(around, len(s.lines)-head)
	}
	left := len(s.lines) - head - tail
	if left <= 1 {
		return []item{s.said("Stays")}
	}
	middle := stretch{from: s.from + head, lines: s.lines[head : head+left]}
	items := []item{prose("  As before: " + middle.numbers() + ", which :details reads.")}
	if head > 0 {
		items = append([]item{stretch{from: s.from, lines: s.lines[:head]}.said("Stays")}, items...)
	}
	if tail > 0 {
		items = append(items, stretch{from: middle.from + left, lines: s.lines[head+left:]}.said("Stays"))
	}
	return items
}
