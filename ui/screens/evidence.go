package screens

import (
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/theme"
)

// evidence draws what is known about each delivery method: accepted by Auth0, arrived at a person.
func (c canvas) evidence(b wizard.Evidence) []string {
	lines := c.title("Test messages")
	for _, row := range b.Rows {
		lines = append(lines, c.evidenceRow(row)...)
	}
	return lines
}

func (c canvas) evidenceRow(e run.Evidence) []string {
	const column = 9
	state, word := arrival(e)
	lines := []string{
		c.known(!e.Accepted.IsZero(), "accepted by Auth0 "+clock(e.Accepted), "not sent yet"),
		c.th.Of(state).Render(state.Mark() + " " + word),
	}
	if line := strings.Join(lines, "   "); ansi.StringWidth(line) <= c.width-column {
		lines = []string{line}
	}
	var notes []string
	if e.To != "" {
		notes = append(notes, "to "+e.To)
	}
	if !e.Fresh && !e.Accepted.IsZero() {
		notes = append(notes, "settings changed since then: send it again")
	}
	label := c.th.Text.Render(pad(methodName(e.Channel), column))
	return hang(label, append(lines, paragraph(c.th.Muted, strings.Join(notes, "; "), c.width-column)...))
}

func (c canvas) known(yes bool, word, otherwise string) string {
	if yes {
		return c.th.Good.Render(theme.Done.Mark() + " " + word)
	}
	return c.th.Muted.Render(theme.ToCome.Mark() + " " + otherwise)
}

func arrival(e run.Evidence) (theme.State, string) {
	by := ""
	if e.By != "" {
		by = ", says " + e.By
	}
	switch {
	case e.Missing:
		return theme.Failed, "did not arrive" + by
	case !e.Arrived.IsZero():
		return theme.Done, "arrived " + clock(e.Arrived) + by
	}
	return theme.ToCome, "nobody said yet that it arrived"
}

// clock is a time of day, in the zone the value carries.
func clock(t time.Time) string { return t.Format("15:04:05") }

// methodName is a delivery method in the words of the pages.
func methodName(channel string) string {
	switch channel {
	case "text", "sms":
		return "SMS"
	case "voice":
		return "Voice"
	}
	return channel
}

// Sizes of the handset.
const (
	handsetWidth  = 44
	handsetShows  = 4 // messages, the newest ones
	handsetBorder = 4 // cells of border and padding in a line
)

// messages draws the emulated handset. The border means something here: it is a thing, not a part of the page.
func (c canvas) messages(b wizard.Messages) []string {
	width := min(handsetWidth, c.width)
	inside := max(width-handsetBorder, 1)
	var shown [][]string
	for _, m := range b.Items[max(len(b.Items)-handsetShows, 0):] {
		head := clock(m.At) + "  " + methodName(m.Channel) + " to " + m.To
		shown = append(shown, slices.Concat(
			paragraph(c.th.Muted, head, inside),
			paragraph(c.th.Muted, "from "+m.From, inside),
			paragraph(c.th.Title, m.Text, inside),
		))
	}
	text := stack(shown...)
	if len(text) == 0 {
		text = paragraph(c.th.Muted, "No message yet.", inside)
	}
	return c.box("Handset", text, inside)
}

// box draws a border with a title around lines of at most width cells.
func (c canvas) box(title string, lines []string, width int) []string {
	edge := func(s string) string { return c.th.Border.Render(s) }
	b := lipgloss.RoundedBorder()
	top := edge(b.TopLeft+b.Top+" ") + c.th.Muted.Render(title) + edge(" "+strings.Repeat(b.Top, max(width-ansi.StringWidth(title)-1, 0))+b.TopRight)
	out := []string{top}
	for _, line := range lines {
		out = append(out, edge(b.Left)+" "+pad(line, width)+" "+edge(b.Right))
	}
	return append(out, edge(b.BottomLeft+strings.Repeat(b.Bottom, width+2)+b.BottomRight))
}
