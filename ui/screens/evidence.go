package screens

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"upe/flows/logs"
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
	if state, word := inLogs(e); word != "" {
		lines = append(lines, c.th.Of(state).Render(state.Mark()+" "+word))
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

// inLogs is what the tenant logs say of a message that still counts.
func inLogs(e run.Evidence) (theme.State, string) {
	if e.Logs == nil || !e.Fresh {
		return theme.ToCome, ""
	}
	switch e.Logs.Standing {
	case logs.Failed:
		return theme.Failed, "a failure in the logs"
	case logs.Unreadable:
		return theme.ToCome, "not verified by logs"
	case logs.Nothing, logs.Seen:
	}
	return theme.Done, "no failure in the logs"
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
