package wizard

import (
	"strings"

	"upe/flows/template"
	"upe/flows/tenant"
)

// reworded reports whether users of this flow get other words although nobody has written any: Auth0's own wording of today is not its
// own for phone templates. That is so of Passwordless, and of what MFA speaks.
func (f said) reworded() bool { return f.draft.Default && (f.spoken || f.text && f.otherText()) }

func (f said) otherText() bool {
	today := strings.ReplaceAll(f.legacy.Wording, "tenant.friendly_name", "friendly_name")
	return template.Essence(today) != template.Essence(template.Default(f.draft.Type).Text)
}

// reworded reports whether this message changes although nobody has written a wording, and nobody has written another.
func (w wording) reworded() bool {
	for _, f := range w.flows {
		if f.reworded() {
			return !w.saved
		}
	}
	return false
}

// ownOnes are Auth0's own wordings of today that can be carried over: as templates of the tenant they stay what users know.
func (w wording) ownOnes() []said {
	var all []said
	for _, f := range w.flows {
		if !f.draft.Default || !f.text || !f.otherText() || len(all) > 0 {
			continue
		}
		f.draft = template.FromPasswordless(tenant.SMSOptions{Template: f.legacy.Wording, Syntax: "md_with_macros"})
		all = append(all, f)
	}
	return all
}

// unreadMFA reports whether the wordings of MFA could not be read: whatever is written there is not known here.
func (c conversation) unreadMFA() bool {
	return c.movesMFA() && !c.snapshot().Has(tenant.PathMFATemplates)
}

// unread reports whether this message has a wording that could not be read.
func (w wording) unread() bool {
	for _, f := range w.flows {
		if f.unread {
			return true
		}
	}
	return false
}

// unwritten says, where nobody has written a wording, that users get another one all the same.
func (w wording) unwritten() []Block {
	switch {
	case w.unread():
		return []Block{Text{
			Tone: Careful, Title: "The wordings of MFA could not be read",
			Body: "What is shown as today's is Auth0's own. If somebody has written another one (Security > Multi-factor Auth > Phone Message), copy it " +
				"from there and write your own here: it is not carried over by itself.",
		}}
	case w.reworded() && !w.customised():
		return []Block{Text{
			Tone: Careful, Title: "Auth0's own wording is another one after the move",
			Body: "Nobody has written this message, so Auth0's own is sent. That of the tenant-level provider says something else.",
		}}
	}
	return nil
}
