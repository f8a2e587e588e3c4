package screens

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"upe/flows/run"
	"upe/flows/wizard"
)

// Keys of this front end beside those of the theme.
const (
	quitLetter   = "q"
	asideKey     = "ctrl+z"
	halfPageUp   = "ctrl+u"
	halfPageDown = "ctrl+d"
)

// press handles a key. First come those that mean the same everywhere, then what covers the page, then the page.
func (r *Root) press(msg tea.KeyPressMsg) tea.Cmd {
	r.notice, r.fresh, r.tooSoon = "", false, false
	switch {
	case key.Matches(msg, r.keys.Quit):
		return r.interrupt()
	case msg.String() == asideKey:
		return r.aside()
	case r.tooSmall():
		return nil
	case r.overlay != uncovered:
		return r.pressOverlay(msg)
	case r.works():
		if !r.opensRequests(msg) {
			r.scrollBy(msg)
		}
		return nil
	case r.held(msg):
		return nil
	}
	r.achieved = ""
	if r.mood == failed {
		return r.pressFailed(msg)
	}
	return r.pressPage(msg)
}

// interrupt is ctrl+c: stop what runs, or end the program.
func (r *Root) interrupt() tea.Cmd {
	switch {
	case r.overlay == leaving:
		return r.end()
	case r.works():
		r.stop()
		return nil
	}
	return r.quit()
}

// aside puts the program aside until the shell brings it back. While a request is on its way it stays: the answer would not be waited
// for.
func (r *Root) aside() tea.Cmd {
	if r.works() {
		r.notice = "Something is being done: " + asideKey + " works when it is finished."
		return nil
	}
	return tea.Suspend
}

func (r *Root) pressOverlay(msg tea.KeyPressMsg) tea.Cmd {
	switch r.overlay {
	case leaving:
		return r.pressLeaving(msg)
	case copying:
		return r.pressCopy(msg)
	case listing:
		r.pressRequests(msg)
		return nil
	case helping, uncovered:
	}
	r.overlay = uncovered
	return nil
}

// pressFailed offers to try again, to change the answers, and to leave.
func (r *Root) pressFailed(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case msg.String() == "enter":
		return r.again()
	case key.Matches(msg, r.keys.Back) && r.closes():
		return r.escape()
	case key.Matches(msg, r.keys.Back):
		r.keep()
		questions := len(r.page.Questions)
		r.open()
		if questions == 0 {
			return r.back()
		}
		return r.guardWrites()
	case msg.String() == quitLetter:
		return r.quit()
	default:
		r.common(msg)
	}
	return nil
}

// again runs the effect of the page once more, as the page has it now: the last attempt may have come some way.
func (r *Root) again() tea.Cmd {
	page := r.session.Page()
	if r.task.editing {
		return r.edit()
	}
	if r.task.rehearsing {
		return r.rehearse()
	}
	if r.task.saving {
		return r.start(page.Save, true)
	}
	return r.start(page.Effect, false)
}

func (r *Root) pressPage(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, r.keys.Back):
		return r.escape()
	case r.onSteps:
		return r.pressSteps(msg)
	case r.leadsToSteps(msg):
		r.focusSteps(true)
		return nil
	}
	if !r.typing() || len(msg.Text) == 0 {
		if cmd, done := r.shortcut(msg); done {
			return cmd
		}
	}
	if msg.String() == "enter" && !r.inSight() {
		r.follow = true // what is answered must have been seen
		return nil
	}
	complete := r.form.key(msg)
	r.keep()
	r.follow = true
	if !complete {
		return nil
	}
	return r.goOn()
}

// goOn is what happens once everything is answered.
func (r *Root) goOn() tea.Cmd {
	switch {
	case r.page.Returns:
		return r.back()
	case r.page.Final && r.page.Effect == nil:
		return r.end()
	case r.session.Page().Effect != nil:
		return r.start(r.session.Page().Effect, false)
	}
	return r.pass()
}

// shortcut handles the keys that are not text here.
func (r *Root) shortcut(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	switch {
	case key.Matches(msg, r.keys.Save) && r.page.Save != nil:
		return r.start(r.session.Page().Save, true), true
	case key.Matches(msg, r.keys.Rehearse) && r.rehearsable():
		return r.rehearse(), true
	case key.Matches(msg, r.keys.Copy) && r.copyable():
		return r.copyStep(), true
	case key.Matches(msg, r.keys.Edit) && r.editable():
		return r.edit(), true
	case msg.String() == quitLetter:
		return r.quit(), true
	case r.common(msg):
		return nil, true
	case r.pointing():
		return nil, r.walk(msg)
	}
	return nil, false
}

// common handles the keys that only change what is seen.
func (r *Root) common(msg tea.KeyPressMsg) bool {
	switch {
	case key.Matches(msg, r.keys.Help):
		r.overlay = helping
	case key.Matches(msg, r.keys.Details) && (r.details || r.hasDetails()):
		r.toggleDetails()
	case key.Matches(msg, r.keys.Handset) && r.opts.Host.Handset != nil:
		r.phone, r.follow = !r.phone, true
	default:
		return r.opensRequests(msg) || r.scrollBy(msg)
	}
	return true
}

// walk moves through the steps, or scrolls a page without questions.
func (r *Root) walk(msg tea.KeyPressMsg) bool {
	by := 0
	switch {
	case key.Matches(msg, r.keys.Up):
		by = -1
	case key.Matches(msg, r.keys.Down):
		by = 1
	case msg.String() == halfPageUp:
		r.scroll -= r.height / 2
		return true
	case msg.String() == halfPageDown:
		r.scroll += r.height / 2
		return true
	default:
		return false
	}
	if steps := allSteps(r.page.Blocks); steps > 0 {
		r.step, r.follow = min(max(r.step+by, 0), steps-1), true
	} else {
		r.scroll += by
	}
	return true
}

func (r *Root) scrollBy(msg tea.KeyPressMsg) bool {
	switch {
	case key.Matches(msg, r.keys.ScrollUp):
		r.scroll -= max(r.frame.window-1, 1)
	case key.Matches(msg, r.keys.ScrollDown):
		r.scroll += max(r.frame.window-1, 1)
	default:
		return false
	}
	return true
}

// paste hands pasted text to the field in which one types. Elsewhere it is nothing: a newline in it is no enter.
func (r *Root) paste(msg tea.PasteMsg) {
	if r.mood != asking || r.overlay != uncovered || r.tooSmall() || !r.typing() {
		return
	}
	r.fresh = false
	r.form.pass(msg)
	r.keep()
	r.follow = true
}

// allItems are the steps on a page.
func allItems(blocks []wizard.Block) []wizard.StepItem {
	var all []wizard.StepItem
	for _, b := range blocks {
		if steps, ok := b.(wizard.Steps); ok {
			all = append(all, steps.Items...)
		}
	}
	return all
}

// allSteps counts the steps on a page.
func allSteps(blocks []wizard.Block) int { return len(allItems(blocks)) }

// firstOpen is the first step that is not done: where one wants to look.
func firstOpen(blocks []wizard.Block) int {
	open := slices.IndexFunc(allItems(blocks), func(item wizard.StepItem) bool { return item.Status != run.Done })
	return max(open, 0)
}
