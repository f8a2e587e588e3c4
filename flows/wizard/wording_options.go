package wizard

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/template"
)

// options are the choices for one message type. Where nothing tells which words to take, each is shown with its words.
func (w wording) options() []Option {
	var all []Option
	for _, f := range w.offered() {
		o := Option{Value: f.source, Label: f.option(), Consequence: "carried over, rewritten for the new variables" + w.excerpt(f.draft.Text)}
		if why := firstError(f.draft.Issues); why != "" {
			o.Disabled = why + "; write your own instead"
		}
		all = append(all, o)
	}
	for _, f := range w.ownOnes() {
		if slices.ContainsFunc(all, func(o Option) bool { return o.Value == f.source }) {
			continue
		}
		all = append(all, Option{Value: f.source, Label: f.option(), Consequence: "Auth0's own of today, written as the tenant's template" + w.excerpt(f.draft.Text)})
	}
	last := Option{Value: fromDefault, Label: "Auth0's default", Consequence: "the template stays as Auth0 made it" + w.excerpt(template.Default(w.kind).Text)}
	if w.saved {
		last = Option{Value: fromKeep, Label: "Keep the tenant's template", Consequence: "it stays as it is" + w.excerpt(w.now), Disabled: w.noKeep()}
	}
	return append(all, last, Option{Value: fromOwn, Label: "Write my own", Consequence: "your own text for this message"})
}

// mostExcerpt is how much of a wording an option shows, in characters: an SMS.
const mostExcerpt = 160

// excerpt shows a wording behind what its choice comes to.
func (w wording) excerpt(text string) string {
	if w.likely() != nil {
		return ""
	}
	characters := []rune(text)
	if len(characters) > mostExcerpt {
		return fmt.Sprintf(": %q and so on", string(characters[:mostExcerpt]))
	}
	return fmt.Sprintf(": %q", text)
}

func firstError(issues []template.Issue) string {
	i := slices.IndexFunc(issues, func(i template.Issue) bool { return i.Severity == template.Error })
	if i < 0 {
		return ""
	}
	return inLine(issues[i].Words)
}

// noKeep says why the template that the tenant has cannot serve, or "". What Auth0 does with a template that is disabled is not
// documented; that users get nothing is the careful reading.
func (w wording) noKeep() string {
	if w.disabled {
		return "it is disabled, so users would get no message; other words enable it, or enable it in Branding > Phone Templates and start again"
	}
	used := template.Draft{Type: w.kind, Text: w.now}
	if w.only(func(f said) bool { return !f.text }) {
		used.Text = template.Default(w.kind).Text
	}
	if !w.only(func(f said) bool { return !f.spoken }) {
		used.Voice = w.nowSpoken
	}
	return firstError(template.Lint(used))
}

// only reports whether something is true of every flow that reads this message, and there is one.
func (w wording) only(is func(said) bool) bool {
	return len(w.flows) > 0 && !slices.ContainsFunc(w.flows, func(f said) bool { return !is(f) })
}

// wordingRemarks are what a person should know of the wordings that are written, each once with its message type.
func (c conversation) wordingRemarks() []string {
	var all []string
	for _, w := range c.wordings() {
		for _, words := range c.remarksOn(w) {
			if remark := "templates." + w.kind + ": " + words; !contains(all, remark) {
				all = append(all, remark)
			}
		}
	}
	return all
}

// unwrittenRemarks say what the page would have shown of a message that Auth0 words.
func (c conversation) unwrittenRemarks(w wording) []string {
	var all []string
	for _, b := range w.unwritten() {
		if shown, ok := b.(Text); ok {
			all = append(all, shown.Title+". "+shown.Body)
		}
	}
	return all
}

func (c conversation) remarksOn(w wording) []string {
	written, writes := c.chosenTemplates()[w.kind]
	if !writes {
		return c.unwrittenRemarks(w)
	}
	var all []string
	f, carried := w.flow(c.text(keyTemplate(w.kind, "source")))
	issues := f.draft.Issues
	if !carried {
		issues = template.Examine(template.Draft{Type: w.kind, Text: written.Text, Voice: written.Voice})
	}
	for _, i := range issues {
		all = append(all, i.Words)
	}
	if carried {
		all = append(all, c.senderNote(w, f))
	}
	for _, b := range c.preview(w).blocks(template.Body{Text: written.Text, Voice: written.Voice}) {
		if shown, ok := b.(Text); ok && shown.Tone == Bad {
			all = append(all, shown.Body)
		}
	}
	return slices.DeleteFunc(all, func(words string) bool { return words == "" })
}

// unclear says why nobody but a person can say which words to take, or "".
func (w wording) unclear() string {
	if w.likely() != nil {
		return ""
	}
	var who []string
	for _, f := range w.flows {
		if !contains(who, f.flow) {
			who = append(who, f.flow)
		}
	}
	if w.saved || w.inUse {
		who = append(who, "the template that the tenant has")
	}
	return "One template serves all of these, and they say different things today: " + strings.Join(who, "; ") + "."
}

// notCarried says why words of one's own are needed, or "".
func (w wording) notCarried() string {
	for _, f := range w.offered() {
		if why := firstError(f.draft.Issues); why != "" {
			return f.option() + " cannot be carried over: " + why + "."
		}
	}
	return ""
}

// likely is the wording that users know. Where they know different ones it is a person's decision: no default.
func (w wording) likely() Value {
	known := essences(w.flows)
	keeps := w.saved && w.noKeep() == ""
	if now := template.Essence(w.now); keeps && w.customised() || w.inUse {
		if !slices.Contains(known, now) {
			known = append(known, now)
		}
	}
	switch {
	case len(known) > 1:
		return nil
	case keeps:
		return fromKeep
	case !w.customised() && !w.saved:
		return fromDefault
	case !w.customised() || !w.offered()[0].draft.Usable():
		return fromOwn
	}
	return w.offered()[0].source
}
