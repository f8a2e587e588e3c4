package screens

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// Editor is a person's own editor with a text in it. It runs in the terminal, which the screens leave to it meanwhile.
type Editor interface {
	tea.ExecCommand
	// Text is called once, after Run: the text as it was left.
	Text() (string, error)
}

// unhurried is an editor that takes a moment at least. Where one ends at once, Bubble Tea 2.0.9 stops the clock of its drawing after it
// has started it again, and the screen stays as it is for good (bubbletea issue #1778).
type unhurried struct{ Editor }

// Run implements [tea.ExecCommand].
func (u unhurried) Run() error {
	err := u.Editor.Run()
	<-time.After(moment)
	return err
}

// moment is long enough for the goroutine that draws to notice that it was stopped.
const moment = 50 * time.Millisecond

// edited is what came of an editor. The page is the one that it was opened on, the key that of the answer it was opened with.
type edited struct {
	page string
	key  wizard.Key // empty: the text is no answer
	text string
	err  error
}

// editable reports whether the page has a text that can be changed in an editor.
func (r *Root) editable() bool { return r.page.Edit != nil && r.opts.Editor != nil }

// edit leaves the terminal to the person's editor. The text goes there as the session has it, not as it is shown.
func (r *Root) edit() tea.Cmd {
	page := r.session.Page()
	if page.Edit == nil {
		return nil
	}
	r.keep()
	which := r.editKey(*page.Edit)
	editor, err := r.opts.Editor(page.Edit.Name, r.editText(*page.Edit, which))
	if err != nil {
		r.notice = "No editor: " + safe.Line(oneLine(err.Error())) + "."
		return nil
	}
	return tea.Exec(unhurried{editor}, func(err error) tea.Msg {
		text, unread := editor.Text()
		if err == nil {
			err = unread
		}
		return edited{page.ID, which, text, err}
	})
}

// editKey is the answer that the editor changes: the focused one, else the first of the page; empty where the text is no answer.
func (r *Root) editKey(e wizard.Edit) wizard.Key {
	if len(e.Keys) == 0 {
		return ""
	}
	if at := r.form.at(); at < len(r.form.asked) && slices.Contains(e.Keys, r.form.asked[at].Key) {
		return r.form.asked[at].Key
	}
	return e.Keys[0]
}

// editText is what the editor begins with: what is being typed, where the text is an answer.
func (r *Root) editText(e wizard.Edit, which wizard.Key) string {
	if which == "" {
		return e.Text
	}
	text, _ := r.form.given()[which].(string)
	return text
}

// heardEdit takes the text back. The screen is drawn anew, since the editor had it.
func (r *Root) heardEdit(msg edited) tea.Cmd {
	page := r.session.Page()
	redraw := tea.Cmd(tea.ClearScreen)
	if page.ID != msg.page || page.Edit == nil {
		return redraw
	}
	r.mood, r.failure = asking, nil
	before := r.editText(*page.Edit, msg.key)
	text := wizard.Edited(before, msg.text)
	switch {
	case msg.err != nil:
		r.notice = "The editor ended with an error, and nothing was changed: " + safe.Line(oneLine(msg.err.Error())) + "."
	case text == before:
		r.notice = "Nothing was changed."
	case msg.key != "":
		r.session.Draft(wizard.Answers{msg.key: text})
		r.open()
		r.form.goTo(msg.key)
		r.notice = "Taken over from the editor."
	default:
		cmd := r.start(page.Edit.Use(text), true)
		r.task.editing = true
		return tea.Batch(redraw, cmd)
	}
	return redraw
}

// taken is the same page once more, with what the edited text made of it.
func (r *Root) taken() {
	r.keep()
	r.open()
	r.notice = "Taken over from the editor."
}
