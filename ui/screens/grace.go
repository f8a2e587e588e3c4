package screens

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// grace is how long a page takes no key when it writes, or when it appeared by itself, and how long the enter key must have
// been quiet then: a key on its way, or one held down, is no consent.
const grace = 300 * time.Millisecond

// consent is that time where going on may change the tenant: over a slow link a page is on its way for longer, and nobody has agreed to
// what they have not seen.
const consent = time.Second

// graceOver says that a grace may be over.
type graceOver struct{}

// guard begins a grace.
func (r *Root) guard() tea.Cmd {
	long := grace
	if r.writes() && !r.page.Effect.Word {
		long = consent
	}
	r.guarded = r.opts.Now().Add(long)
	return waitGrace(long)
}

func waitGrace(long time.Duration) tea.Cmd {
	return tea.Tick(long, func(time.Time) tea.Msg { return graceOver{} })
}

// held reports whether a key comes too soon.
func (r *Root) held(msg tea.KeyPressMsg) bool {
	now := r.opts.Now()
	if !now.Before(r.guarded) {
		r.guarded = time.Time{}
		return false
	}
	if msg.String() == "enter" {
		r.tooSoon = true
		if next := now.Add(grace); next.After(r.guarded) {
			r.guarded = next
		}
	}
	return true
}

// endGrace ends a grace that was not prolonged.
func (r *Root) endGrace() tea.Cmd {
	if r.opts.Now().Before(r.guarded) {
		return waitGrace(r.guarded.Sub(r.opts.Now()))
	}
	r.guarded = time.Time{}
	return nil
}
