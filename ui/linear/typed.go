package linear

import (
	"fmt"
	"strings"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// line asks for one line of text.
func (f *front) line(p wizard.Page, filled wizard.Value) (wizard.Value, turn, error) {
	now, _ := filled.(string)
	text := "Type it: "
	if now != "" {
		text = fmt.Sprintf("Type it, or press enter for %s: ", safe.Line(now))
	}
	answer, next, err := f.ask(p, prompt{text: text})
	if err != nil || next != onward {
		return nil, next, err
	}
	if answer == "" {
		return now, onward, nil
	}
	return answer, onward, nil
}

// retype asks for a text that confirms. It is never filled in.
func (f *front) retype(p wizard.Page, q wizard.Question) (wizard.Value, turn, error) {
	answer, next, err := f.ask(p, prompt{text: fmt.Sprintf("Type %s in full: ", safe.Line(q.Want))})
	return answer, next, err
}

// secret asks for what must not be seen. Of the one there is already only that it is kept is said.
func (f *front) secret(p wizard.Page, filled wizard.Value) (wizard.Value, turn, error) {
	kept, _ := filled.(wizard.Secret)
	text := "Type or paste it; it is not shown: "
	if kept.Reveal() != "" {
		text = "Type or paste it; it is not shown. Enter keeps the one there is: "
	}
	for {
		answer, next, err := f.ask(p, prompt{text: text, hidden: true})
		if err != nil || next != onward {
			return nil, next, err
		}
		f.say("")
		// What is typed here is a secret from its first letter on, so a command is taken only where no secret looks like it.
		if word, isCommand := strings.CutPrefix(answer, ":"); isCommand && f.knows(p, word) {
			if next, done, err := f.command(p, word); done || err != nil {
				return nil, next, err
			}
			continue
		}
		if answer == "" {
			return kept, onward, nil
		}
		return wizard.NewSecret(answer), onward, nil
	}
}

func (f *front) knows(p wizard.Page, word string) bool {
	for _, c := range f.commands(p) {
		if c.name == word {
			return true
		}
	}
	return word == "help"
}

// endOfProse is the line that ends a longer text.
const endOfProse = "."

// prose asks for several lines.
func (f *front) prose(p wizard.Page, filled wizard.Value) (wizard.Value, turn, error) {
	now, _ := filled.(string)
	if now != "" {
		f.say("It is now, each line behind a bar:")
		for _, one := range indented(now, "| ") {
			f.print(one + "\n")
		}
	}
	f.say("Press enter to keep it, or type the new text and end it with a line that is only a dot.")
	var lines []string
	for {
		answer, next, err := f.ask(p, prompt{text: fmt.Sprintf("Line %d: ", len(lines)+1)})
		switch {
		case err != nil || next != onward:
			return nil, next, err
		case answer == "" && len(lines) == 0:
			return now, onward, nil
		case answer == endOfProse:
			return strings.Join(lines, "\n"), onward, nil
		}
		lines = append(lines, answer)
	}
}
