package wizard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/tenant"
	"upe/flows/translate"
)

// sendsToday shows the Actions that run for MFA messages today, and reads them: what they do decides what is offered next.
func (c conversation) sendsToday() []Page {
	bound := c.boundActions()
	if len(bound) == 0 {
		return nil
	}
	p := page("action-today", StageDetails, "What sends MFA codes today",
		"This Action takes MFA codes to your users today. It is read here, in a sandbox: nothing leaves this computer.")
	if len(bound) > 1 {
		p.Lead = "These Actions run for each MFA message today. They are read here, in a sandbox: nothing leaves this computer."
	}
	for _, a := range bound {
		p.Blocks = append(p.Blocks, Code{Title: a.Name, Text: a.Running(), Language: JavaScript})
	}
	p.Continue = "Have upe read it"
	p.Effect = &Effect{Title: "Reading what sends today", Do: c.readOld}
	return one(p)
}

// Readings are what the Actions of the older trigger come to when they are translated, by their ids.
type Readings map[string]translate.Translation

// readOld finds out what each Action does, and what a translation would ask.
func (c conversation) readOld(ctx context.Context, _ Host, _ Answers, update func(func(Known) Known)) error {
	old := Readings{}
	for _, a := range c.boundActions() {
		read, err := translate.Translate(ctx, c.sourceOf(a), translate.Options{})
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil: // there are other ways to an Action
			read = translate.Translation{Style: translate.Refused, Remarks: []translate.Remark{{Severity: translate.Stops, Text: "it cannot be read: " + err.Error()}}}
		}
		old[a.ID] = read
	}
	update(func(k Known) Known { k.Old = old; return k })
	return nil
}

// sourceOf is an Action of the older trigger as the translation wants it.
func (c conversation) sourceOf(a tenant.Action) translate.Source {
	s := translate.Source{Code: a.Running(), Trigger: tenant.TriggerLegacy, Runtime: a.Runtime, MessageTypes: c.judged().MFA.MessageTypes}
	for _, t := range a.Triggers {
		if t.ID == tenant.TriggerLegacy {
			s.Version = t.Version
		}
	}
	for _, d := range a.Dependencies {
		s.Modules = append(s.Modules, translate.Module{Name: d.Name, Version: d.Version})
	}
	for _, secret := range a.Secrets {
		s.Secrets = append(s.Secrets, secret.Name)
	}
	return s
}

// oldReading is what was found out about the Action that delivers today; nil where nothing was.
func (c conversation) oldReading() *translate.Translation {
	old := c.oldAction()
	if old == nil {
		return nil
	}
	read, ok := c.known.Old[old.ID]
	if !ok {
		return nil
	}
	return &read
}

// whatItIs puts a reading into rows.
func whatItIs(name string, read translate.Translation) Facts {
	facts := Facts{Title: "The Action that sends today: " + name}
	tone := Good
	if read.Style == translate.Refused {
		tone = Careful
	}
	facts.Rows = append(facts.Rows,
		Fact{Label: "What it is", Value: classWords(read.Reading.Class), Tone: tone},
		Fact{Label: "Translation", Value: styleWords(read)})
	if len(read.Reading.Others) > 0 {
		facts.Rows = append(facts.Rows, Fact{Label: "Also serves", Value: strings.Join(read.Reading.Others, ", "), Note: "stays in the old Action"})
	}
	for _, d := range read.Decisions {
		facts.Rows = append(facts.Rows, Fact{Label: "Yours to decide", Value: d.Title})
	}
	return facts
}

// classWords say what code does about a message.
func classWords(class translate.Class) string {
	switch class {
	case translate.Delivers:
		return "it delivers: it hands the code to somebody who takes it to the phone"
	case translate.Observes:
		return "it only watches: it delivers nothing, and as the Action of a provider it would stop every code"
	case translate.Template:
		return "it is an empty template: it does nothing"
	case translate.Broken:
		return "it cannot have worked: it is nothing that Auth0 can run, or calls what Auth0 does not have"
	case translate.Migrated:
		return "it is a custom-phone-provider Action already"
	case translate.HalfMigrated:
		return "it is half migrated: the function is the old one, what it reads is the new event"
	case translate.Foreign:
	}
	return "it has no function for phone messages"
}

func styleWords(read translate.Translation) string {
	if read.Style == translate.Refused {
		return "not possible: " + refusal(read)
	}
	if read.Style == translate.Rewrite {
		return "possible in place: " + count(len(read.Edits), "place") + " would change, everything else stays as it is"
	}
	return Made{Style: read.Style, Edits: len(read.Edits)}.How()
}

// refusal is why there is no translation, in one sentence.
func refusal(read translate.Translation) string {
	var why []string
	for _, r := range slices.Concat(read.Remarks, read.Reading.Why) {
		if words := at(r.Line, r.Text); r.Severity == translate.Stops && !slices.Contains(why, words) {
			why = append(why, words)
		}
	}
	if len(why) == 0 {
		return classWords(read.Reading.Class)
	}
	return strings.Join(why, "; ")
}

// at puts the place in the code before a remark.
func at(line int, text string) string {
	if line == 0 {
		return text
	}
	return fmt.Sprintf("line %d: %s", line, text)
}

// remarkBlocks say what is to be known about a translation, what stops it first.
func remarkBlocks(remarks []translate.Remark) []Block {
	var blocks []Block
	for _, want := range []translate.Severity{translate.Stops, translate.Warning, translate.Note} {
		for _, r := range remarks {
			if r.Severity == want {
				blocks = append(blocks, Text{Body: inLine(at(r.Line, r.Text)), Tone: remarkTone(r.Severity)})
			}
		}
	}
	return blocks
}

// worth are the remarks that somebody should look at before anything is made.
func worth(remarks []translate.Remark) []translate.Remark {
	return slices.DeleteFunc(slices.Clone(remarks), func(r translate.Remark) bool { return r.Severity == translate.Note })
}

func remarkTone(s translate.Severity) Tone {
	switch s {
	case translate.Stops:
		return Bad
	case translate.Warning:
		return Careful
	}
	return Plain
}
