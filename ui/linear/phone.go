package linear

import (
	"fmt"
	"slices"

	"upe/flows/wizard"
)

// handset prints every message that arrived on the demo's phone, with the request that brought it and the one that would have before.
func (f *front) handset(wizard.Page) (turn, bool, error) {
	f.follow()
	f.phone()
	messages := f.session.Known().Handset
	if len(messages) == 0 {
		f.say("Nothing has arrived on the demo's phone yet.")
		return onward, false, nil
	}
	f.say(fmt.Sprintf("The demo's phone has %s, the newest last.", countOf(len(messages), "message")))
	for _, m := range messages {
		f.say("  " + f.message(m))
		for _, one := range f.brought(m) {
			f.utter(one)
		}
	}
	return onward, false, nil
}

func countOf(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// brought says what brought a message, and whether that is what would have before the migration.
func (c canvas) brought(m wizard.Message) []item {
	items := c.request("Brought by", m.Sent)
	switch {
	case m.Before.URL == "":
		return items
	case m.Changed == "":
		return append(items, prose("    The same request as before."))
	}
	items = append(items, row("    ", "Not as before", m.Changed)...)
	if c.details {
		items = append(items, c.request("Before", m.Before)...)
	}
	return items
}

func (c canvas) request(label string, sent wizard.Sent) []item {
	if sent.URL == "" {
		return nil
	}
	items := row("    ", label, sent.Method+" "+sent.URL)
	if c.details {
		items = append(items, quoted("    ", "Headers", sent.Header)...)
	}
	return append(items, quoted("    ", "Body", sent.Body)...)
}

// follow looks at the demo's handset, because an effect may have sent something to it.
func (f *front) follow() {
	if f.Host.Handset == nil || f.ctx.Err() != nil {
		return
	}
	// A handset that cannot be read is a demo's problem, not the admin's.
	if messages, err := f.Host.Handset(f.ctx); err == nil {
		f.session.Update(func(k wizard.Known) wizard.Known { k.Handset = messages; return k })
	}
}

// phone tells what arrived on the demo's handset and was not told yet, neither here nor by the page at hand.
func (f *front) phone() {
	messages := f.session.Known().Handset
	for _, m := range messages[min(f.heard, len(messages)):] {
		if !shows(f.session.Page(), m) {
			f.say("The demo's phone received: " + f.message(m))
		}
	}
	f.heard = len(messages)
}

// shows reports whether a page has a message among what one looks at.
func shows(p wizard.Page, m wizard.Message) bool {
	return slices.ContainsFunc(p.Blocks, func(b wizard.Block) bool {
		messages, _ := b.(wizard.Messages)
		return slices.Contains(messages.Items, m)
	})
}
