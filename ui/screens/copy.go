package screens

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// copied is the request that was copied, in each of its forms.
type copied struct {
	title    string
	commands []wizard.Command // exact; what is shown of them is made safe
	at       int              // the form that was copied last
}

func (d copied) command() wizard.Command { return d.commands[d.at] }

// other is the form that the next copy takes.
func (d copied) other() int { return (d.at + 1) % len(d.commands) }

// copyable reports whether a request of this page can be copied.
func (r *Root) copyable() bool { return r.page.Copy != nil && allSteps(r.page.Blocks) > 0 }

// copyStep copies the request of the selected step, and moves the focus to where the arrow keys select another one.
func (r *Root) copyStep() tea.Cmd {
	if len(r.page.Questions) > 0 {
		r.focusSteps(true)
	}
	item := allItems(r.page.Blocks)[r.step]
	commands := r.page.Copy(item.ID)
	if len(commands) == 0 {
		r.notice = "This step has no request to copy: a person does it, or it only waits."
		return nil
	}
	r.copied = copied{title: item.Title, commands: commands}
	return r.putIntoClipboard()
}

// putIntoClipboard asks the terminal to (OSC 52). Not every terminal does, and none says whether it did: so the text is shown too.
func (r *Root) putIntoClipboard() tea.Cmd {
	r.overlay, r.older = copying, nothingOlder
	return tea.SetClipboard(r.copied.command().Text)
}

func (r *Root) pressCopy(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, r.keys.Copy):
		r.copied.at = r.copied.other()
		return r.putIntoClipboard()
	case !r.turns(msg):
		r.overlay = uncovered
	}
	return nil
}

func (r *Root) copyBinds() []key.Binding {
	next := r.copied.commands[r.copied.other()].Name
	return []key.Binding{as(r.keys.Copy, "copy as "+next), r.keys.ScrollDown, as(r.keys.Back, "close")}
}

// copyPage shows what was copied.
func (r *Root) copyPage(c canvas, height int) []string {
	head := slices.Concat(
		paragraph(r.th.Title, "Copied as "+r.copied.command().Name+": "+oneLine(r.copied.title), c.width),
		paragraph(r.th.Muted, "It was handed to your terminal's clipboard. Where that takes nothing from programs, copy it from here.", c.width),
		[]string{""},
	)
	return append(head, r.sheaf(c, wrap(safe.Block(r.copied.command().Text), c.width), height-len(head))...)
}
