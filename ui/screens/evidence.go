package screens

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"upe/flows/logs"
	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/theme"
	"upe/ui/words"
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
		c.known(!e.Accepted.IsZero(), words.Accepted(e)),
		c.th.Of(state).Render(state.Mark() + " " + word),
	}
	if state, word := inLogs(e); word != "" {
		lines = append(lines, c.th.Of(state).Render(state.Mark()+" "+word))
	}
	if line := strings.Join(lines, "   "); ansi.StringWidth(line) <= c.width-column {
		lines = []string{line}
	}
	label := c.th.Text.Render(pad(words.Method(e.Channel), column))
	return hang(label, append(lines, paragraph(c.th.Muted, strings.Join(words.Notes(e), "; "), c.width-column)...))
}

func (c canvas) known(yes bool, word string) string {
	if yes {
		return c.th.Good.Render(theme.Done.Mark() + " " + word)
	}
	return c.th.Muted.Render(theme.ToCome.Mark() + " " + word)
}

// arrival is what a person said of a message.
func arrival(e run.Evidence) (theme.State, string) {
	state := theme.ToCome
	switch {
	case e.Missing:
		state = theme.Failed
	case !e.Arrived.IsZero():
		state = theme.Done
	}
	return state, words.Arrived(e)
}

// inLogs is what the tenant logs say of a message that still counts.
func inLogs(e run.Evidence) (theme.State, string) {
	word := words.InLogs(e)
	switch {
	case word == "" || e.Logs.Standing == logs.Unreadable:
		return theme.ToCome, word
	case e.Logs.Standing == logs.Failed:
		return theme.Failed, word
	}
	return theme.Done, word
}
