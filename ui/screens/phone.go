package screens

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
	"upe/ui/words"
)

// Sizes of the drawn handset.
const (
	handsetWidth  = 44
	handsetShows  = 4 // messages, the newest ones
	handsetBorder = 4 // cells of border and padding in a line
	handsetFrame  = 3 // lines of border, and of air under it
)

// messages draws the emulated handset, the newest message first. The border means something here: it is a thing, not a
// part of the page. Where there is little room it does without.
func (c canvas) messages(b wizard.Messages) []string {
	if c.tight {
		return c.slip(b.Items, handsetShows)
	}
	inside := c.phoneWidth(b.Items)
	return c.box("Phone", stack(c.received(b.Items, inside)...), inside)
}

// phoneWidth is the room inside of a handset with these messages.
func (c canvas) phoneWidth(items []wizard.Message) int {
	width := handsetWidth
	if slices.ContainsFunc(newest(items), requested) {
		width = requestWidth
	}
	return max(min(width, c.width)-handsetBorder, 1)
}

// received are the last messages, each in lines of at most width cells.
func (c canvas) received(items []wizard.Message, width int) [][]string {
	var shown [][]string
	for _, m := range newest(items) {
		head := words.Clock(m.At) + "  " + words.Method(m.Channel) + " to " + m.To
		shown = append(shown, slices.Concat(
			paragraph(c.th.Muted, head, width),
			paragraph(c.th.Muted, "from "+m.From, width),
			paragraph(c.th.Title, m.Text, width),
			c.brought(m, width),
		))
	}
	if len(shown) == 0 {
		shown = append(shown, paragraph(c.th.Muted, noMessage, width))
	}
	return shown
}

const noMessage = "No message yet."

// newest are the last few messages, the newest first.
func newest(items []wizard.Message) []wizard.Message {
	last := slices.Clone(items[max(len(items)-handsetShows, 0):])
	slices.Reverse(last)
	return last
}

// slip is the handset without its border: a message is its text, and when and how it came.
func (c canvas) slip(items []wizard.Message, most int) []string {
	const label = "Phone  "
	var lines []string
	for _, m := range newest(items)[:min(most, handsetShows, len(items))] {
		head := words.Clock(m.At) + " " + words.Method(m.Channel) + ": "
		lines = append(lines, hang(c.th.Muted.Render(head), paragraph(c.th.Title, m.Text, c.width-len(label)-len(head)-1))...)
		lines = append(lines, c.brought(m, c.width-len(label)-1)...)
	}
	if len(lines) == 0 {
		lines = []string{c.th.Muted.Render(noMessage)}
	}
	return hang(c.th.Muted.Render(label), lines)
}

// phoneWants is how many lines an open handset should have: those of its newest message, its border, and air.
func (r *Root) phoneWants(c canvas) int {
	if !r.phone {
		return 0
	}
	return len(c.received(r.known.Handset, c.phoneWidth(r.known.Handset))[0]) + handsetFrame
}

// phoneRoom is how many lines an open handset may take, so that the question stays in sight.
func (p parts) phoneRoom(height int) int {
	return max(p.space(height)-min(len(p.above.lines), p.c.least()), 1)
}

// phonePanel draws the open handset in at most room lines: whole messages, from the newest on, or else what fits of it.
func (r *Root) phonePanel(c canvas, room int) []string {
	inside := c.phoneWidth(r.known.Handset)
	shown := c.received(r.known.Handset, inside)
	for n := len(shown); n > 0; n-- {
		if panel := append(c.box("Phone", stack(shown[:n]...), inside), ""); len(panel) <= room {
			return panel
		}
	}
	slip := c.slip(r.known.Handset, 1)
	if len(slip) > room {
		slip[room-1] += "…"
	}
	return slip[:min(len(slip), room)]
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
