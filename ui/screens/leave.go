package screens

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"upe/flows/run"
	"upe/flows/wizard"
)

// leaveKey ends the program where it asks whether to. Enter does not: it may be on its way from the page below.
func leaveKey() key.Binding {
	return key.NewBinding(key.WithKeys(quitLetter, "y", "ctrl+c"), key.WithHelp(quitLetter, "leave"))
}

// quit ends the program, after a question when a run is not finished or answers would be lost.
func (r *Root) quit() tea.Cmd {
	if r.unfinished() || r.unsaved() {
		r.overlay = leaving
		return nil
	}
	return r.end()
}

// unfinished reports whether something was written and something is still to do.
func (r *Root) unfinished() bool {
	state := r.known.Run
	return state != nil && !state.Finished && state.Entries > 0
}

// unsaved reports whether the person answered something that is nowhere but here.
func (r *Root) unsaved() bool {
	return !r.page.Final && r.known.Run == nil && (r.answered || r.form.edited())
}

func (r *Root) pressLeaving(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, leaveKey()):
		return r.end()
	case msg.String() == "enter", key.Matches(msg, r.keys.Back):
		r.overlay = uncovered
	}
	return nil
}

// leavePage asks before the program ends.
func (r *Root) leavePage(c canvas) []string {
	title := "Leave now?"
	if !r.works() && !r.unfinished() {
		title = "Leave? Your answers are not saved."
	}
	return stack(
		paragraph(r.th.Title, title, c.width),
		r.switched(c),
		r.whatStays(c),
		[]string{r.bind(as(r.keys.Choose, "stay")), r.bind(leaveKey())},
	)
}

// switched warns of each move that users notice already and that nobody has confirmed.
func (r *Root) switched(c canvas) []string {
	if r.known.Run == nil {
		return nil
	}
	var lines []string
	for _, m := range r.known.Run.Moves {
		if m.Status == run.MoveSwitched {
			lines = append(lines, c.toned(wizard.Careful, oneLine(m.Title)+" is switched on and not confirmed yet.")...)
		}
	}
	return lines
}

// runName is how commands know the run.
func (r *Root) runName() string {
	if r.known.Run != nil && r.known.Run.ID != "" {
		return oneLine(r.known.Run.ID)
	}
	return oneLine(r.known.Folder)
}

// whatStays says what is done, where it is recorded and how to go on.
func (r *Root) whatStays(c canvas) []string {
	var said []string
	switch {
	case r.works():
		said = []string{"A request may still be on its way. Leaving does not take it back; its outcome is looked up when the run goes on."}
	case r.unfinished():
		said = []string{"What is done stays done, and is recorded."}
	}
	if folder := oneLine(r.known.Folder); folder != "" {
		said = append(said, "The run is in "+folder)
		if r.known.Mode == wizard.Demo {
			said = append(said, "It cannot go on later: the tenant of a demo ends with the program.")
		} else {
			said = append(said, "To go on later, or to take it back: start upe again, its first page offers this run. Or by commands: upe status "+r.runName())
		}
	}
	var lines []string
	for _, one := range said {
		lines = append(lines, paragraph(r.th.Text, one, c.width)...)
	}
	return lines
}
