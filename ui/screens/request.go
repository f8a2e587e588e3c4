package screens

import (
	"strings"

	"upe/flows/wizard"
	"upe/ui/theme"
)

// What of a request is drawn under the message that it brought.
const (
	requestWidth = 64 // cells of a handset with requests: an address is longer than a text
	bodyShows    = 2  // lines of a body
	bodyMost     = 12 // lines of a body with the details
)

// Who brought a message, and who would have before.
const (
	broughtBy = "by "
	beforeBy  = "before by "
)

// brought draws what brought a message, and whether it is what would have before the migration. That is for an admin to compare, and not
// what a user sees: so it is quiet.
func (c canvas) brought(m wizard.Message, width int) []string {
	lines := c.request(broughtBy, m.Sent, width)
	switch was := m.Before; {
	case was.URL == "":
		return lines
	case m.Changed == "":
		return append(lines, paragraph(c.th.Good, theme.Done.Mark()+" the same request as before", width)...)
	case c.details:
		return append(lines, c.request(beforeBy, was, width)...)
	case was.Method != m.Sent.Method || was.URL != m.Sent.URL:
		return append(lines, c.th.Muted.Render(cut(oneLine(beforeBy+was.Method+" "+was.URL), width)))
	}
	return append(lines, paragraph(c.th.Muted, "not as before: "+m.Changed, width)...)
}

// request is method and address, and the first lines of the body; with the details the headers and more of the body. Where there is
// little room, address and body are a line each.
func (c canvas) request(label string, sent wizard.Sent, width int) []string {
	if sent.URL == "" {
		return nil
	}
	room := max(width-len(label), 1)
	address, body := sent.Method+" "+sent.URL, bodyShows
	var lines []string
	switch {
	case c.details:
		lines, body = wrap(strings.TrimSpace(address+"\n"+sent.Header), room), bodyMost
	case c.tight:
		lines, body = []string{cut(oneLine(address), room)}, 1
	default:
		lines = atMost(bodyShows, address, room)
	}
	if sent.Body != "" {
		lines = append(lines, atMost(body, sent.Body, room)...)
	}
	return hang(c.th.Muted.Render(label), paint(c.th.Muted, lines))
}

// requested reports whether it is known what brought a message.
func requested(m wizard.Message) bool { return m.Sent.URL != "" }
