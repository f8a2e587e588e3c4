package linear

import (
	"context"
	"slices"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// Editor is a person's own editor with a text in it. It has the terminal until Run returns.
type Editor interface {
	Run() error
	// Text is called once, after Run: the text as it was left.
	Text() (string, error)
}

// edit changes the page's text: in the person's own editor, or by taking what a file holds. The file is for a pipe, and for whoever
// has an editor elsewhere.
func (f *front) edit(p wizard.Page, path string) (turn, bool, error) {
	which, before := f.editText(*p.Edit)
	var after string
	var err error
	switch {
	case path != "" && f.Host.ReadFile != nil:
		after, err = f.fromFile(path)
	case f.Editor == nil:
		f.say("There is no terminal here that an editor could use. " + f.byFile(p))
		return onward, false, nil
	default:
		after, err = f.fromEditor(p.Edit.Name, before)
	}
	switch after = wizard.Edited(before, after); {
	case err != nil:
		f.say(paragraph("Nothing was changed: " + safe.Block(err.Error()) + "."))
		return onward, false, nil
	case after == before:
		f.say("Nothing was changed.")
		return onward, false, nil
	case which != "":
		f.say("Taken over.")
		f.typed = ""
		f.given[which] = after
		return anew, true, nil
	}
	return f.use(p.Edit.Use(after))
}

// byFile says how a text is changed without an editor.
func (f *front) byFile(p wizard.Page) string {
	switch {
	case f.Host.ReadFile == nil:
		return ""
	case p.Save != nil:
		return "Type :save to write it to a file, change that, then type \":edit\" and the path of the file."
	}
	return "Write the text into a file, then type \":edit\" and the path of the file."
}

// editText is what the editor begins with, and whose answer that is; "" where the text is no answer.
func (f *front) editText(e wizard.Edit) (which wizard.Key, text string) {
	if len(e.Keys) == 0 {
		return "", e.Text
	}
	which = e.Keys[0]
	asks := f.asked != nil && slices.Contains(e.Keys, f.asked.Key)
	if asks {
		which = f.asked.Key
	}
	if asks && f.typed != "" {
		return which, f.typed
	}
	for _, q := range f.session.Page().Questions {
		if q.Key == which {
			text, _ = f.filled(q).(string)
		}
	}
	return which, text
}

func (f *front) fromFile(path string) (string, error) {
	raw, err := f.Host.ReadFile(path)
	return string(raw), err
}

func (f *front) fromEditor(name, text string) (string, error) {
	editor, err := f.Editor(name, text)
	if err != nil {
		return "", err
	}
	f.say("Your editor has the terminal now.")
	err = editor.Run()
	left, unread := editor.Text()
	if err == nil {
		err = unread
	}
	return left, err
}

// use does with a changed text what the page does with it: it is tried, proven. The page is printed again with what came of that.
func (f *front) use(effect *wizard.Effect) (turn, bool, error) {
	err := f.carryOut(effect, wizard.Answers{})
	switch {
	case f.ctx.Err() != nil:
		return left, true, context.Cause(f.ctx)
	case err != nil:
		f.say(paragraph("It was not taken over: "+err.Error()), "\":edit\" opens it again, with what you wrote.")
		return onward, false, nil
	}
	f.say("Taken over.")
	return again, true, nil
}
