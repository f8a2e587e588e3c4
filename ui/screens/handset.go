package screens

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
)

const (
	handsetEvery  = time.Second
	handsetLinger = 5 * time.Second // after an effect: a message may come late
)

// handset follows the emulated handset of a demo while something can arrive on it.
type handset struct {
	asking bool      // a poll is under way
	until  time.Time // poll at least until then
}

// handsetDue says that it is time to look again.
type handsetDue struct{}

// handsetRead brings what is on the handset.
type handsetRead struct {
	messages []wizard.Message
	err      error
}

// pollHandset looks at the handset if something can arrive, and nobody is looking already.
func (r *Root) pollHandset() tea.Cmd {
	if r.opts.Host.Handset == nil || r.handset.asking || !r.handsetWanted() {
		return nil
	}
	r.handset.asking = true
	return readHandset(r.opts.Context, r.opts.Host.Handset)
}

func (r *Root) handsetWanted() bool {
	return !r.ended && (r.works() || r.opts.Now().Before(r.handset.until))
}

func readHandset(ctx context.Context, read func(context.Context) ([]wizard.Message, error)) tea.Cmd {
	return func() tea.Msg {
		messages, err := read(ctx)
		return handsetRead{messages, err}
	}
}

func (r *Root) handsetMessage(msg tea.Msg) tea.Cmd {
	r.handset.asking = false
	read, ok := msg.(handsetRead)
	if !ok {
		return r.pollHandset()
	}
	// A handset that cannot be read is a demo's problem, not the admin's.
	if read.err == nil && !slices.Equal(read.messages, r.session.Known().Handset) {
		r.changed(func(k wizard.Known) wizard.Known { k.Handset = read.messages; return k })
	}
	if !r.handsetWanted() {
		return nil
	}
	r.handset.asking = true
	return tea.Tick(handsetEvery, func(time.Time) tea.Msg { return handsetDue{} })
}
