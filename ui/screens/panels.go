package screens

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"upe/flows/judge"
	"upe/flows/wizard"
)

// closes reports whether esc closes something instead of going back.
func (r *Root) closes() bool { return r.phone || r.details || r.onSteps }

// escape closes what was opened last, brings a kept secret back, or goes to the page before.
func (r *Root) escape() tea.Cmd {
	switch {
	case r.phone:
		r.phone, r.follow = false, true
	case r.closes():
		r.details = false
		r.focusSteps(false)
	case r.restores():
		r.form.restore()
		r.keep()
	default:
		return r.back()
	}
	return nil
}

// restores reports whether esc brings back what stood in the field.
func (r *Root) restores() bool {
	l, ok := r.form.focused().(*line)
	return ok && l.restores()
}

// hasDetails reports whether there is anything on the page that details would show.
func (r *Root) hasDetails() bool {
	return slices.ContainsFunc(r.page.Blocks, detailed) || slices.ContainsFunc(r.page.Questions, documented) ||
		r.phone && slices.ContainsFunc(r.known.Handset, requested)
}

func detailed(b wizard.Block) bool {
	switch b := b.(type) {
	case wizard.Steps:
		return len(b.Items) > 0
	case wizard.Journey:
		return slices.ContainsFunc(b.Legs, func(leg wizard.Leg) bool { return leg.Basis != "" })
	case wizard.Findings:
		return len(b.Parts) > 0 || slices.ContainsFunc(b.Items, sourced)
	case wizard.Diff:
		return b.Language != ""
	case wizard.Messages:
		return slices.ContainsFunc(b.Items, requested)
	}
	return false
}

func sourced(f judge.Finding) bool {
	return f.Source != "" || slices.ContainsFunc(f.Evidence, func(e judge.Evidence) bool { return e.Path != "" })
}

func documented(q wizard.Question) bool {
	return q.Source != "" || slices.ContainsFunc(q.Options, func(o wizard.Option) bool { return o.Source != "" })
}

// toggleDetails opens or closes details. Those of a step are looked at where the arrow keys choose another one.
func (r *Root) toggleDetails() {
	r.details, r.follow = !r.details, true
	if r.details && r.mood == asking && len(r.page.Questions) > 0 && allSteps(r.page.Blocks) > 0 {
		r.focusSteps(true)
	}
}

// pointing reports whether the arrow keys belong to the steps: always where nothing is asked.
func (r *Root) pointing() bool {
	return r.onSteps || r.mood != asking || len(r.page.Questions) == 0
}

// typing reports whether letters are text now.
func (r *Root) typing() bool { return !r.onSteps && r.form.focused().typing() }

// focusSteps moves the focus to the steps, or back to where it was in the form.
func (r *Root) focusSteps(on bool) {
	if r.onSteps != on {
		r.onSteps = on
		r.form.focus(!on)
	}
	r.follow = true
}

// leadsToSteps reports whether a key leaves the form for the steps: at its ends, and where it goes no further because the
// answer is not right yet. To look is not to answer.
func (r *Root) leadsToSteps(msg tea.KeyPressMsg) bool {
	if allSteps(r.page.Blocks) == 0 {
		return false
	}
	f, at := r.form, r.form.at()
	switch msg.String() {
	case "tab":
		return at == len(f.fields)-1 || wrong(f.asked[at], f.fields[at].value()) != nil
	case "shift+tab":
		return at == 0
	}
	return false
}

// pressSteps handles a key while the steps have the focus. Nothing here answers anything.
func (r *Root) pressSteps(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "enter", "tab", "shift+tab":
		r.focusSteps(false)
		return nil
	}
	cmd, _ := r.shortcut(msg)
	return cmd
}
