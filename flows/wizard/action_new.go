package wizard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/action"
	"upe/flows/proof"
	"upe/flows/translate"
)

// acceptDiffers is the word with which an Action is accepted that does something else than what sends today.
const acceptDiffers = "action-differs"

// actionNew shows the Action with what its proof says. It may be changed in an editor, and is proven again then.
func (c conversation) actionNew(made Made) Page {
	p := page("action-new", StageDetails, "The Action that will send", "This is what would be deployed. Nothing of it is in the tenant yet.")
	p.Blocks = append(p.Blocks, differenceBlocks(made.Proof)...)
	if made.Before != "" {
		p.Blocks = append(p.Blocks, Diff{Title: "The code that sends today, and the new one", Before: made.Before, After: made.Code, Language: JavaScript})
	} else {
		p.Blocks = append(p.Blocks, Code{Title: "The new Action", Text: made.Code, Language: JavaScript})
	}
	p.Blocks = append(p.Blocks, limitBlocks(made.Proof)...)
	p.Blocks = append(p.Blocks, madeFacts(made))
	p.Blocks = append(p.Blocks, remarkBlocks(made.Remarks)...)
	for _, note := range made.Notes {
		p.Blocks = append(p.Blocks, Text{Body: inLine(note)})
	}
	if made.Untrue != "" {
		p.Blocks = append(p.Blocks, Text{Body: inLine(made.Untrue), Tone: Careful})
	}
	if made.Proof.Verdict == proof.Differs {
		q := acceptance("It behaves differently. Is that what you want?")
		q.Options = []Option{{Value: acceptDiffers, Label: "I know what differs, and accept it", Consequence: made.Proof.Sentence()}}
		p.Questions = []Question{q.everyOption()}
	}
	p.Edit = &Edit{Name: "action.js", Text: made.Code, Use: c.reprove}
	if made.Draft != "" {
		p.Edit.Text = made.Draft
	}
	p.Save = &Effect{Title: "Saving the code", Do: saveCode(made.Code)}
	return p
}

func saveCode(code string) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	return func(_ context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		path, err := host.Save("action.js", []byte(code))
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Saved = append(slices.Clone(k.Saved), path); return k })
		return nil
	}
}

// differenceBlocks say what the proof came to, and where both differ.
func differenceBlocks(p proof.Proof) []Block {
	blocks := []Block{verdictText(p)}
	var rows []Fact
	for _, d := range p.Differences {
		where := inLine(d.Where)
		if d.Cases > 1 {
			where += fmt.Sprintf(", and %s more", count(d.Cases-1, "case"))
		}
		rows = append(rows, Fact{Label: "Differs", Value: inLine(d.What), Note: where, Tone: Bad},
			Fact{Label: "  today", Value: orNothing(d.Was)}, Fact{Label: "  then", Value: orNothing(d.Is)})
	}
	if len(rows) > 0 {
		blocks = append(blocks, Facts{Rows: rows})
	}
	return blocks
}

// limitBlocks say what the proof does not show, and what is otherwise because somebody decided so.
func limitBlocks(p proof.Proof) []Block {
	var rows []Fact
	for _, dark := range p.NotExercised {
		rows = append(rows, Fact{Label: "Not exercised", Value: inLine(dark), Tone: Careful})
	}
	for _, chosen := range p.Chosen {
		rows = append(rows, Fact{Label: "Decided by you", Value: inLine(chosen)})
	}
	if len(rows) == 0 {
		return nil
	}
	return []Block{Facts{Title: "What that does not cover", Rows: rows}}
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return inLine(text)
}

// verdictText is the verdict in a sentence.
func verdictText(p proof.Proof) Text {
	t := Text{Title: "Both were run side by side", Body: inLine(sentence(p.Sentence()))}
	switch p.Verdict {
	case proof.Same:
		t.Tone = Good
	case proof.Differs:
		t.Tone = Bad
	case proof.NotExercised:
		t.Tone = Careful
	}
	return t
}

// madeFacts are what the Action needs beside its code.
func madeFacts(made Made) Facts {
	var rows []Fact
	switch {
	case made.Edited:
		rows = append(rows, Fact{Label: "Changed", Value: "by hand; the proof is of this code"})
	default:
		rows = append(rows, Fact{Label: "How", Value: made.How()})
	}
	runtime := Fact{Label: "Runtime", Value: made.Runtime}
	if made.Was != "" && made.Was != made.Runtime {
		runtime.Note = "was " + made.Was
	}
	rows = append(rows, runtime)
	for _, m := range made.Modules {
		rows = append(rows, Fact{Label: "Module", Value: m.Name, Note: versionWords(m.Version)})
	}
	if len(made.Secrets) > 0 {
		rows = append(rows, Fact{Label: "Secrets", Value: strings.Join(made.Secrets, ", "), Note: "asked for on the next page"})
	}
	return Facts{Title: "What it needs", Rows: rows}
}

func versionWords(version string) string {
	if version == "" {
		return "its newest version is installed"
	}
	return version + ", as today"
}

// reprove takes code that was changed by hand.
func (c conversation) reprove(code string) *Effect {
	return &Effect{Title: "Running both side by side again", Do: func(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		update(func(k Known) Known { // what was written is not lost, whatever comes of it
			draft := *k.Made
			draft.Draft = code
			k.Made = &draft
			return k
		})
		made := *c.made()
		made.Code, made.Edited, made.Draft = code, true, ""
		made.Secrets = stillNamed(made.Secrets, action.Secrets(code), code)
		made.Modules = made.modulesOf(code)
		return c.prove(ctx, host, made, update)
	}}
}

// stillNamed are the secrets of code after a change: those that it reads, and those before that it still names.
func stillNamed(before, read []string, code string) []string {
	all := slices.Clone(read)
	for _, name := range before {
		if strings.Contains(code, name) && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// modulesOf are the npm modules that code requires, in the versions that are known.
func (m Made) modulesOf(code string) []translate.Module {
	var all []translate.Module
	for _, name := range action.Modules(code) {
		all = append(all, translate.Module{Name: name, Version: m.version(name)})
	}
	return all
}
