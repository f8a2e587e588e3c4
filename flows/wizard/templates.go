package wizard

import (
	"fmt"

	"upe/flows/phone"
	"upe/flows/plan"
	"upe/flows/template"
)

const docsTemplates = "https://auth0.com/docs/customize/phone-messages/phone-templates"

// The sources of a template's wording.
const (
	fromMFA          = "mfa"
	fromPasswordless = "passwordless"
	fromOwn          = "file"
	fromKeep         = "keep"
	fromDefault      = "default"
)

// wording is one message type with the wordings it could have.
type wording struct {
	kind   string // otp_verify
	title  string
	drafts map[string]template.Draft // by source
	saved  bool                      // the tenant has a customised template
}

// wordings lists the message types that what moves uses.
func (c conversation) wordings() []wording {
	mfa := c.snapshot().MFATemplates()
	drafts := template.FromMFA(mfa.Enrollment, mfa.Verification)
	verify := wording{kind: template.OTPVerify, title: "Verification code", drafts: map[string]template.Draft{}}
	var all []wording
	if c.movesMFA() {
		verify.drafts[fromMFA] = drafts[template.OTPVerify]
		enroll := wording{kind: template.OTPEnroll, title: "Enrolment code (MFA)", drafts: map[string]template.Draft{fromMFA: drafts[template.OTPEnroll]}}
		all = append(all, enroll)
	}
	for _, s := range c.moving() {
		connection, _ := c.snapshot().Connection(s.ID)
		if _, taken := verify.drafts[fromPasswordless]; !taken {
			verify.drafts[fromPasswordless] = template.FromPasswordless(connection.SMS())
		}
	}
	all = append([]wording{verify}, all...)
	for i := range all {
		all[i].saved = c.snapshot().PhoneTemplates()[all[i].kind].ID != ""
	}
	return all
}

// templates asks for the wording of each message type; a type whose wording is Auth0's default everywhere is not asked about.
func (c conversation) templates() []Page {
	var pages []Page
	for _, w := range c.wordings() {
		if !w.customised() && !w.saved {
			continue
		}
		pages = append(pages, c.template(w))
		if c.text(keyTemplate(w.kind, "source")) == fromOwn {
			pages = append(pages, c.ownWording(w))
		}
	}
	return pages
}

// customised reports whether a legacy wording is not Auth0's default.
func (w wording) customised() bool {
	for _, d := range w.drafts {
		if !d.Default {
			return true
		}
	}
	return false
}

func (c conversation) template(w wording) Page {
	p := page("template-"+w.kind, StageTemplates, "Message: "+w.title,
		fmt.Sprintf("The tenant-level provider has its own wordings. This one (%s) is what users read from the first switch on.", w.kind))
	q := Question{
		Key: keyTemplate(w.kind, "source"), Kind: One, Title: "Which words should users read?", Source: docsTemplates, Default: w.likely(),
	}
	for _, source := range []string{fromMFA, fromPasswordless} {
		draft, ok := w.drafts[source]
		if !ok || draft.Default {
			continue
		}
		p.Blocks = append(p.Blocks, c.draftBlocks(source, draft)...)
		option := Option{Value: source, Label: sourceLabel(source), Consequence: "carried over, rewritten for the new variables"}
		if !draft.Usable() {
			option.Disabled = "see what is marked above; write your own instead"
		}
		q.Options = append(q.Options, option)
	}
	if w.saved {
		have := c.snapshot().PhoneTemplates()[w.kind]
		p.Blocks = append(p.Blocks, Facts{Title: "The tenant's template now", Rows: []Fact{
			{Label: "SMS", Value: have.Content.Body.Text}, {Label: "Voice", Value: have.Content.Body.Voice},
		}})
		q.Options = append(q.Options, Option{Value: fromKeep, Label: "Keep the tenant's template", Consequence: "nothing is written"})
	} else {
		q.Options = append(q.Options, Option{Value: fromDefault, Label: "Auth0's default", Consequence: "nothing is written; users read: " + template.Default(w.kind).Text})
	}
	q.Options = append(q.Options, Option{Value: fromOwn, Label: "Write my own", Consequence: "your own text for this message"})
	p.Questions = []Question{q}
	return p
}

// likely is the wording that users know. Two different ones are a person's decision: no default.
func (w wording) likely() Value {
	var custom []string
	for _, source := range []string{fromMFA, fromPasswordless} {
		if d, ok := w.drafts[source]; ok && !d.Default {
			custom = append(custom, source)
		}
	}
	switch {
	case w.saved:
		return fromKeep
	case len(custom) == 0:
		return fromDefault
	case len(custom) == 2 && template.Essence(w.drafts[fromMFA].Text) != template.Essence(w.drafts[fromPasswordless].Text):
		return nil
	case !w.drafts[custom[0]].Usable():
		return fromOwn
	}
	return custom[0]
}

func sourceLabel(source string) string {
	if source == fromMFA {
		return "The wording of MFA"
	}
	return "The wording of Passwordless"
}

// draftBlocks shows a legacy wording and what becomes of it.
func (c conversation) draftBlocks(source string, d template.Draft) []Block {
	blocks := []Block{Diff{Title: sourceLabel(source), Before: c.legacyWording(source, d.Type), After: d.Text}}
	if source == fromMFA && contains(c.list(keyTypes), "voice") {
		blocks = append(blocks, Facts{Rows: []Fact{{Label: "Spoken", Value: d.Voice}}})
	}
	for _, change := range d.Changes {
		body := change.Old + " becomes " + change.New
		if change.New == "" {
			body = change.Old + " is taken out"
		}
		blocks = append(blocks, Text{Body: body + ": " + change.Why})
	}
	for _, issue := range d.Issues {
		tone := Careful
		if issue.Severity == template.Error {
			tone = Bad
		}
		blocks = append(blocks, Text{Body: issue.Words, Tone: tone})
	}
	return blocks
}

func (c conversation) legacyWording(source, kind string) string {
	if source == fromPasswordless {
		for _, s := range c.moving() {
			connection, _ := c.snapshot().Connection(s.ID)
			return connection.SMS().Template
		}
	}
	if kind == template.OTPEnroll {
		return c.snapshot().MFATemplates().Enrollment
	}
	return c.snapshot().MFATemplates().Verification
}

// ownWording edits text and voice, starting from the closest wording there is.
func (c conversation) ownWording(w wording) Page {
	start := c.startOf(w)
	p := page("template-"+w.kind+"-edit", StageTemplates, "Your words: "+w.title, "Liquid: {{ code }} is the code, {{ friendly_name }} the tenant's name.")
	check := func(body string) func(Value) error {
		return line(func(s string) error { return lint(w.kind, body, s) })
	}
	p.Questions = []Question{{Key: keyTemplate(w.kind, "text"), Kind: Prose, Title: "SMS", Default: start.Text, Own: true, Check: check("text")}}
	if methods, _ := c.resolved(); contains(methods, "voice") {
		p.Questions = append(p.Questions, Question{
			Key: keyTemplate(w.kind, "voice"), Kind: Prose, Title: "Voice", Default: start.Voice, Own: true, Check: check("voice"),
		})
	}
	p.Questions = append(p.Questions, Question{
		Key: keyTemplate(w.kind, "from"), Kind: Line, Title: "From (optional)", Default: start.From,
		Help:  "Only when this message comes from another sender than the provider's: at most 16 characters.",
		Check: line(func(s string) error { return optional(s, phone.CheckTemplateFrom) }),
	})
	return p
}

func (c conversation) startOf(w wording) plan.Template {
	for _, source := range []string{fromMFA, fromPasswordless} {
		if d, ok := w.drafts[source]; ok && !d.Default {
			return c.filled(w.kind, d)
		}
	}
	return c.filled(w.kind, template.Draft{Text: template.Default(w.kind).Text})
}

// filled completes a draft: a template has both bodies, so a missing voice body stays as the tenant has it, or Auth0's default.
func (c conversation) filled(kind string, d template.Draft) plan.Template {
	t := plan.Template{Text: d.Text, Voice: d.Voice, From: d.From}
	if t.Voice == "" {
		t.Voice = c.snapshot().PhoneTemplates()[kind].Content.Body.Voice
	}
	if t.Voice == "" {
		t.Voice = template.Default(kind).Voice
	}
	return t
}

func lint(kind, body, text string) error {
	d := template.Draft{Type: kind, Text: text}
	if body == "voice" {
		d = template.Draft{Type: kind, Text: template.Default(kind).Text, Voice: text}
	}
	for _, issue := range template.Lint(d) {
		if issue.Severity == template.Error {
			return fmt.Errorf("%s", issue.Words)
		}
	}
	return nil
}

// chosenTemplates are the wordings to write.
func (c conversation) chosenTemplates() map[string]plan.Template {
	chosen := map[string]plan.Template{}
	for _, w := range c.wordings() {
		source := c.text(keyTemplate(w.kind, "source"))
		draft, ok := w.drafts[source]
		switch {
		case source == fromOwn:
			chosen[w.kind] = c.filled(w.kind, template.Draft{
				Text: c.trimmed(keyTemplate(w.kind, "text")), Voice: c.trimmed(keyTemplate(w.kind, "voice")), From: c.trimmed(keyTemplate(w.kind, "from")),
			})
		case ok:
			chosen[w.kind] = c.filled(w.kind, draft)
		}
	}
	return chosen
}

// connections shows whom a Passwordless move concerns.
func (c conversation) connections() []Page {
	if len(c.moving()) == 0 {
		return nil
	}
	p := page("connections", StageConnections, "Connections and applications",
		"These applications send their codes through what you move. They need no change to keep working.")
	for _, s := range c.moving() {
		rows := []Fact{}
		for _, name := range s.Clients {
			rows = append(rows, Fact{Label: "Application", Value: name})
		}
		if len(rows) == 0 {
			rows = append(rows, Fact{Label: "Applications", Value: "none", Note: "nobody signs in through it now"})
		}
		p.Blocks = append(p.Blocks, Facts{Title: fmt.Sprintf("Connection %q", s.Name), Rows: rows})
	}
	p.Blocks = append(p.Blocks, Text{Tone: Careful, Body: "After the switch /passwordless/start no longer answers sms_provider_error when the carrier fails: " +
		"an application that shows that error to users shows nothing then. Failures are in the tenant logs."})
	return one(p)
}
