package wizard

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"upe/flows/phone"
	"upe/flows/plan"
	"upe/flows/template"
	"upe/flows/tenant"
)

const docsTemplates = "https://auth0.com/docs/customize/phone-messages/phone-templates"

// templates asks for the wording of each message type; a type whose wording is Auth0's default everywhere, and stays the same, is not
// asked about.
func (c conversation) templates() []Page {
	var pages []Page
	for _, w := range c.wordings() {
		if !w.customised() && !w.saved && !w.reworded() && !w.unread() {
			continue
		}
		pages = append(pages, c.template(w))
		if c.text(keyTemplate(w.kind, "source")) == fromOwn {
			pages = append(pages, c.ownWording(w))
		}
	}
	return pages
}

func (c conversation) template(w wording) Page {
	p := page("template-"+w.kind, StageTemplates, "Message: "+w.title,
		fmt.Sprintf("The tenant-level provider has its own wordings. This one (%s) is what users read from the first switch on.", w.kind))
	if len(w.readers) > 0 {
		p.Lead = fmt.Sprintf("The tenant-level provider has its own wordings. This one (%s) is what users of %s read already: other words reach them at once.",
			w.kind, strings.Join(w.readers, ", "))
	}
	key := keyTemplate(w.kind, "source")
	q := Question{
		Key: key, Kind: One, Title: "Which words should users read?", Help: w.unclear(), Source: docsTemplates, Default: w.likely(), Options: w.options(),
	}
	for _, f := range w.offered() {
		if !f.draft.Usable() {
			p.Blocks = append(p.Blocks, draftBlocks(f)...)
		}
	}
	if why := w.noKeep(); w.saved && why != "" {
		p.Blocks = append(p.Blocks, Text{Title: "The tenant's template cannot be kept", Body: why, Tone: Careful})
	}
	p.Blocks = append(p.Blocks, w.unwritten()...)
	p.Questions = []Question{q}
	shown := c.preview(w)
	p.Live = func(given Answers) []Block {
		source, ok := given[key].(string)
		if !ok {
			source = q.available()[0]
		}
		return c.chosenBlocks(w, source, shown)
	}
	return p
}

// chosenBlocks show what one choice comes to: what users read, then how it was made.
func (c conversation) chosenBlocks(w wording, source string, shown *preview) []Block {
	t, known := c.written(w, source)
	if !known {
		return nil
	}
	blocks := shown.blocks(template.Body{Text: t.Text, Voice: t.Voice})
	f, isDraft := w.flow(source)
	if !isDraft {
		return blocks
	}
	if note := c.senderNote(w, f); note != "" {
		blocks = append(blocks, Text{Body: note, Tone: Careful})
	}
	if !f.draft.Usable() { // it is shown above for all choices
		return blocks
	}
	return append(blocks, draftBlocks(f)...)
}

// draftBlocks show a legacy wording, what becomes of it, and why.
func draftBlocks(f said) []Block {
	blocks := []Block{Diff{Title: f.option(), Before: f.legacy.Wording, After: f.draft.Text}}
	if f.spoken {
		blocks = append(blocks, Facts{Rows: []Fact{{Label: "Spoken", Value: f.draft.Voice}}})
	}
	for _, change := range f.draft.Changes {
		body := change.Old + " becomes " + change.New
		switch {
		case change.New == "":
			body = change.Old + " is taken out"
		case change.Old == "":
			body = change.New + " is put at the beginning"
		}
		blocks = append(blocks, Text{Body: inLine(body + ": " + change.Why)})
	}
	return append(blocks, issueBlocks(f.draft.Issues)...)
}

// issueBlocks say each thing once, though it is often true of the SMS and of the call alike.
func issueBlocks(issues []template.Issue) []Block {
	var blocks []Block
	said := map[string]bool{}
	for _, issue := range issues {
		if said[issue.Words] {
			continue
		}
		said[issue.Words] = true
		tone := Careful
		switch issue.Severity {
		case template.Error:
			tone = Bad
		case template.Note:
			tone = Plain
		case template.Warning:
		}
		blocks = append(blocks, Text{Body: inLine(issue.Words), Tone: tone})
	}
	return blocks
}

// ownWording edits text and voice, starting from the closest wording there is.
func (c conversation) ownWording(w wording) Page {
	start := c.startOf(w)
	p := page("template-"+w.kind+"-edit", StageTemplates, "Your words: "+w.title, "Liquid: {{ code }} is the code, {{ friendly_name }} the tenant's name.")
	text, voice := keyTemplate(w.kind, "text"), keyTemplate(w.kind, "voice")
	check := func(body string) func(Value) error {
		return line(func(s string) error { return lint(w.kind, body, s) })
	}
	p.Edit = &Edit{Name: "message.liquid", Keys: []Key{text, voice}}
	p.Questions = []Question{{Key: text, Kind: Prose, Title: "SMS", Help: w.notCarried(), Default: start.Text, Own: true, Check: check("text")}}
	if methods, _ := c.resolved(); contains(methods, "voice") {
		p.Questions = append(p.Questions, Question{Key: voice, Kind: Prose, Title: "Voice", Default: start.Voice, Own: true, Check: check("voice")})
	}
	if c.ownSenders() {
		p.Questions = append(p.Questions, Question{
			Key: keyTemplate(w.kind, "from"), Kind: Line, Title: "From (optional)", Default: start.From,
			Help:  "Only when this message comes from another sender than the provider's: at most 16 characters.",
			Check: line(func(s string) error { return optional(s, c.checkFrom) }),
		})
	}
	shown := c.preview(w)
	p.Live = func(given Answers) []Block {
		typed := c.filled(w.kind, template.Draft{Text: words(given, text, start.Text), Voice: words(given, voice, start.Voice)})
		issues := template.Examine(template.Draft{Type: w.kind, Text: typed.Text, Voice: typed.Voice})
		return append(shown.blocks(template.Body{Text: typed.Text, Voice: typed.Voice}), issueBlocks(issues)...)
	}
	return p
}

// words are those being typed, or those the page began with.
func words(given Answers, key Key, start string) string {
	if text, ok := given[key].(string); ok {
		return text
	}
	return start
}

func (c conversation) startOf(w wording) plan.Template {
	for _, f := range w.offered() {
		return c.filled(w.kind, f.draft)
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

// ownSenders reports whether a template may have a sender of its own. With a Twilio Messaging Service it may not: Twilio takes
// one of the service's numbers (documentation: customize phone templates).
func (c conversation) ownSenders() bool {
	return c.text(keyProvider) == tenant.KindCustom || c.trimmed(keyMSSID) == ""
}

// checkFrom checks the sender of a template. An Action gets it as it is; Twilio takes numbers and sender IDs only.
func (c conversation) checkFrom(s string) error {
	if c.text(keyProvider) != tenant.KindCustom {
		return phone.CheckTemplateFrom(s)
	}
	if n := utf8.RuneCountInString(s); n > phone.TemplateFromMax {
		return fmt.Errorf("the sender has %d characters, a template takes %d", n, phone.TemplateFromMax)
	}
	return nil
}

func lint(kind, body, text string) error {
	d := template.Draft{Type: kind, Text: text}
	if body == "voice" {
		d = template.Draft{Type: kind, Text: template.Default(kind).Text, Voice: text}
	}
	for _, issue := range append(template.Lint(d), template.Parse(body, text)...) {
		if issue.Severity == template.Error {
			return fmt.Errorf("%s", issue.Words)
		}
	}
	return nil
}

// written is what a choice makes of a template; ok is false where the words are not chosen here.
func (c conversation) written(w wording, source string) (t plan.Template, ok bool) {
	switch source {
	case fromKeep:
		content := c.snapshot().PhoneTemplates()[w.kind].Content
		return plan.Template{Text: content.Body.Text, Voice: content.Body.Voice, From: content.From}, true
	case fromDefault:
		body := template.Default(w.kind)
		return plan.Template{Text: body.Text, Voice: body.Voice}, true
	case fromOwn:
		return c.startOf(w), true
	}
	f, ok := w.flow(source)
	if !ok {
		return plan.Template{}, false
	}
	d := f.draft
	if c.senderNote(w, f) != "" {
		d.From = ""
	}
	return c.filled(w.kind, d), true
}

// senderNote says why the sender of a wording does not become that of the template, or "".
func (c conversation) senderNote(w wording, f said) string {
	from := f.draft.From
	switch {
	case from == "":
		return ""
	case !c.ownSenders():
		return fmt.Sprintf("Its sender %q is not carried over: with a Messaging Service, Twilio chooses the sender.", from)
	case c.checkFrom(from) != nil:
		return fmt.Sprintf("Its sender %q is not carried over: Twilio takes numbers and sender IDs of 11 characters.", from)
	case w.otherSender(from):
		return fmt.Sprintf("Its sender %q is not carried over: this template serves others too, who know another sender. Write your own to set it for all.", from)
	}
	return ""
}

// chosenTemplates are the wordings to write.
func (c conversation) chosenTemplates() map[string]plan.Template {
	chosen := map[string]plan.Template{}
	for _, w := range c.wordings() {
		switch source := c.text(keyTemplate(w.kind, "source")); source {
		case fromKeep, fromDefault, "":
		case fromOwn:
			d := template.Draft{Text: c.trimmed(keyTemplate(w.kind, "text")), Voice: c.trimmed(keyTemplate(w.kind, "voice"))}
			if c.ownSenders() {
				d.From = c.trimmed(keyTemplate(w.kind, "from"))
			}
			chosen[w.kind] = c.filled(w.kind, d)
		default:
			if t, ok := c.written(w, source); ok {
				chosen[w.kind] = t
			}
		}
	}
	return chosen
}
