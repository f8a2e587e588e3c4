package screens

import tea "charm.land/bubbletea/v2"

// rehearsable reports whether the plan on this page can be rehearsed.
func (r *Root) rehearsable() bool { return r.page.Rehearse != nil && r.opts.Host.Rehearse != nil }

// rehearse carries the plan out on copies of the tenant. The page stays, and shows what came of it.
func (r *Root) rehearse() tea.Cmd {
	cmd := r.start(r.session.Page().Rehearse, true)
	r.task.rehearsing = true
	return cmd
}

// rehearsed is the verdict in the line for notices.
func (r *Root) rehearsed() string {
	if r.known.Rehearsed == nil {
		return "Rehearsed."
	}
	return oneLine(r.known.Rehearsed.Verdict)
}
