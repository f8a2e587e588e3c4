package screens

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// grace is how long a page takes no key when it writes, or when it appeared by itself, and how long the enter key must have
// been quiet then: a key on its way, or one held down, is no consent.
const grace = 300 * time.Millisecond

// graceOver says that a grace may be over.
type graceOver struct{}

// guard begins a grace.
func (r *Root) guard() tea.Cmd {
	r.guarded = r.opts.Now().Add(grace)
	return waitGrace()
}

func waitGrace() tea.Cmd { return tea.Tick(grace, func(time.Time) tea.Msg { return graceOver{} }) }

// held reports whether a key comes too soon.
func (r *Root) held(msg tea.KeyPressMsg) bool {
	now := r.opts.Now()
	if !now.Before(r.guarded) {
		r.guarded = time.Time{}
		return false
	}
	if msg.String() == "enter" {
		r.guarded = now.Add(grace)
	}
	return true
}

// endGrace ends a grace that was not prolonged.
func (r *Root) endGrace() tea.Cmd {
	if r.opts.Now().Before(r.guarded) {
		return waitGrace()
	}
	r.guarded = time.Time{}
	return nil
}
