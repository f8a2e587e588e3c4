package wizard

import (
	"fmt"
	"slices"

	"upe/flows/judge"
	"upe/flows/template"
)

// The sources of a template's wording, as answers name them. fromPasswordless stands alone where all connections that move say
// the same, and is followed by ":" and a connection's name where they do not.
const (
	fromMFA          = "mfa"
	fromPasswordless = "passwordless"
	fromOwn          = "file"
	fromKeep         = "keep"
	fromDefault      = "default"
)

// wording is one message type with those who read it.
type wording struct {
	kind  string // otp_verify
	title string
	flows []said
	saved bool // the tenant has a template that somebody changed
	inUse bool // it is sent now

	now, nowSpoken string // what the template says now; spoken: "" where Auth0's default is
	disabled       bool   // nobody gets it

	readers []string // who gets it through the provider already: "MFA by SMS"
}

// said is what the users of one flow read today, and what becomes of it.
type said struct {
	source string // how an answer names it
	flow   string // "MFA", `Passwordless, connection "sms"`
	legacy template.Legacy
	draft  template.Draft
	text   bool // it is sent by SMS
	spoken bool // it is read aloud
	unread bool // what is sent today could not be read: Auth0's own stands for it
}

// option names the choice of its words.
func (f said) option() string {
	switch f.source {
	case fromMFA:
		return "The wording of MFA"
	case fromPasswordless:
		return "The wording of Passwordless"
	}
	return "The wording of " + f.flow
}

// wordings lists the message types that what moves uses.
func (c conversation) wordings() []wording {
	verify := c.wording(template.OTPVerify, "Verification code")
	all := []*wording{&verify}
	if c.movesMFA() {
		enroll := c.wording(template.OTPEnroll, "Enrolment code (MFA)")
		c.mfaWordings(&verify, &enroll)
		all = append(all, &enroll)
	}
	verify.flows = append(verify.flows, c.connectionWordings()...)
	var out []wording
	for _, w := range all {
		out = append(out, *w)
	}
	return out
}

func (c conversation) wording(kind, title string) wording {
	have := c.snapshot().PhoneTemplates()[kind]
	w := wording{
		kind: kind, title: title, saved: have.ID != "" || have.Disabled, disabled: have.Disabled, now: have.Content.Body.Text, nowSpoken: have.Content.Body.Voice,
	}
	if w.now == "" {
		w.now = template.Default(kind).Text
	}
	w.inUse = slices.ContainsFunc(c.judged().Routes, func(r judge.Route) bool { return r.Via == judge.Tenant })
	w.readers = c.readers(kind)
	return w
}

func (c conversation) mfaWordings(verify, enroll *wording) {
	mfa := c.snapshot().MFATemplates()
	drafts := template.FromMFA(mfa.Enrollment, mfa.Verification)
	_, types := c.resolved()
	spoken := contains(types, "voice")
	for _, w := range []*wording{verify, enroll} {
		legacy := mfa.Verification
		if w.kind == template.OTPEnroll {
			legacy = mfa.Enrollment
		}
		w.flows = append(w.flows, said{
			source: fromMFA, flow: "MFA", legacy: template.LegacyMFA(w.kind, legacy), draft: drafts[w.kind],
			text: !spoken || contains(types, "sms"), spoken: spoken, unread: c.unreadMFA(),
		})
	}
}

func (c conversation) connectionWordings() []said {
	var all []said
	for _, s := range c.moving() {
		connection, _ := c.snapshot().Connection(s.ID)
		options := connection.SMS()
		all = append(all, said{
			source: fromPasswordless + ":" + s.Name, flow: fmt.Sprintf("Passwordless, connection %q", s.Name),
			legacy: template.LegacyPasswordless(options), draft: template.FromPasswordless(options), text: true,
		})
	}
	if len(essences(all)) == 1 {
		for i := range all {
			all[i].source = fromPasswordless
		}
	}
	return all
}

// essences are the different things that are said.
func essences(flows []said) []string {
	var all []string
	for _, f := range flows {
		if e := template.Essence(f.draft.Text); !slices.Contains(all, e) {
			all = append(all, e)
		}
	}
	return all
}

// offered are the wordings to choose from: those that are not Auth0's default, each once.
func (w wording) offered() []said {
	var all []said
	for _, f := range w.flows {
		taken := slices.ContainsFunc(all, func(other said) bool { return other.source == f.source })
		if !f.draft.Default && !taken {
			all = append(all, f)
		}
	}
	return all
}

// flow is the wording that an answer names.
func (w wording) flow(source string) (said, bool) {
	all := append(w.offered(), w.ownOnes()...)
	i := slices.IndexFunc(all, func(f said) bool { return f.source == source })
	if i < 0 {
		return said{}, false
	}
	return all[i], true
}

// customised reports whether a legacy wording is not Auth0's default.
func (w wording) customised() bool { return len(w.offered()) > 0 }

// otherSender reports whether somebody who reads this message knows another sender.
func (w wording) otherSender(from string) bool {
	return w.inUse || slices.ContainsFunc(w.flows, func(f said) bool { return f.draft.From != from })
}
