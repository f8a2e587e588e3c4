package screens

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
	"upe/ui/theme"
	"upe/ui/words"
)

// arrow joins the stations of a journey.
const arrow = " ──▶ "

// leastCarrier is enough room for any carrier beside the two stations before it: a longer one is broken.
const leastCarrier = 40

// journey draws how codes travel: one line per leg where there is room, a small tree where there is not.
func (c canvas) journey(b wizard.Journey) []string {
	flow, through, carrier := 0, 0, 0
	for _, leg := range b.Legs {
		flow = max(flow, ansi.StringWidth(leg.Flow))
		through = max(through, ansi.StringWidth(leg.Through))
		carrier = max(carrier, min(ansi.StringWidth(leg.To()), leastCarrier))
	}
	inLine := flow+through+2*ansi.StringWidth(arrow)+carrier <= c.width
	lines := c.title(b.Title)
	for _, leg := range b.Legs {
		if inLine {
			lines = append(lines, c.legInLine(leg, flow, through)...)
		} else {
			lines = append(lines, c.legAsTree(leg)...)
		}
	}
	return lines
}

func (c canvas) legInLine(leg wizard.Leg, flow, through int) []string {
	way := c.th.Border.Render(arrow)
	head := pad(leg.Flow, flow) + way + pad(leg.Through, through) + way
	room := c.narrow(ansi.StringWidth(head))
	return hang(head, append(wrap(leg.To(), room.width), room.outcome(leg)...))
}

func (c canvas) legAsTree(leg wizard.Leg) []string {
	inside := c.narrow(4)
	way := strings.TrimSpace(arrow) + " "
	branch := append(wrap(leg.Through+" "+way+leg.To(), inside.width), inside.outcome(leg)...)
	return slices.Concat(wrap(leg.Flow, c.width), hang(c.th.Border.Render("  └ "), branch))
}

// outcome says whether a code arrives, and how sure that is.
func (c canvas) outcome(leg wizard.Leg) []string {
	lines := c.toned(wizard.Bad, words.Problem(leg))
	switch {
	case leg.Planned:
		lines = paragraph(c.th.Muted, words.Planned, c.width)
	case leg.Delivers:
		lines = []string{c.th.Good.Render(theme.Done.Mark() + " delivers")}
	}
	if c.details {
		lines = append(lines, paragraph(c.th.Muted, leg.Basis, c.width)...)
	}
	return lines
}
