package linear

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// line asks for one line of text. Blanks alone are enter: nobody means them.
func (f *front) line(p wizard.Page, q wizard.Question) (wizard.Value, turn, error) {
	now, _ := f.filled(q).(string)
	answer, next, err := f.ask(p, prompt{text: f.linePrompt(q, now)})
	switch {
	case err != nil || next != onward:
		return nil, next, err
	case strings.TrimSpace(answer) == "" && now == "":
		f.echo = "Taken: none."
		return "", onward, nil
	case strings.TrimSpace(answer) == "":
		f.echo = "Kept."
		return now, onward, nil
	}
	f.echo = "Taken: " + inShort(answer) + "."
	return answer, onward, nil
}

// linePrompt names what can be typed, and last what enter takes.
func (f *front) linePrompt(q wizard.Question, now string) string {
	ways := []string{"Type it"}
	if now != "" && canBeEmpty(q) {
		ways = append(ways, ":empty for none")
	}
	if f.canReset(q) {
		ways = append(ways, ":reset for "+f.brief(first(q)))
	}
	switch {
	case now != "":
		ways = append(ways, "or press enter for "+f.brief(now))
	case canBeEmpty(q):
		ways = append(ways, "or press enter for none")
	}
	return strings.Join(ways, ", ") + ": "
}

// longToken is how long a word is that nobody wants to hear twice: an Account SID is spelled letter by letter.
const longToken = 24

// brief is a value in a prompt. One that was said on the pages before, and is long, is told by its end.
func (f *front) brief(value string) string {
	if value == "." {
		return "a dot, the folder you are in"
	}
	if len(value) < longToken || !f.told[value] {
		return safe.Line(value)
	}
	return "the one ending in " + safe.Line(value[len(value)-4:])
}

// inShort is a value as it is repeated to whoever typed it.
func inShort(value string) string {
	if runes := []rune(value); len(runes) >= longToken && !strings.Contains(value, " ") {
		return fmt.Sprintf("%d characters, ending in %s", len(runes), safe.Line(string(runes[len(runes)-4:])))
	}
	return clause(safe.Line(value))
}

// hear remembers the long words of a text, so that prompts need not spell them again.
func (f *front) hear(text string) {
	for _, word := range strings.Fields(text) {
		if word = strings.Trim(word, ".,:;()\"'"); len(word) >= longToken && safe.Line(word) == word {
			f.told[word] = true
		}
	}
}

// first is what a question is filled with before anybody has answered it.
func first(q wizard.Question) string {
	switch value := q.Default.(type) {
	case string:
		return value
	case wizard.Secret:
		return value.Reveal()
	}
	return ""
}

// canBeEmpty reports whether an empty text is an answer.
func canBeEmpty(q wizard.Question) bool {
	switch q.Kind {
	case wizard.Line, wizard.PathTo, wizard.Prose:
		return refused(q, "") == nil
	case wizard.One, wizard.Many, wizard.Hidden, wizard.YesNo, wizard.Retype:
	}
	return false
}

// canReset reports whether a question was filled in at first with something else than what stands there now.
func (f *front) canReset(q wizard.Question) bool {
	switch now := f.filled(q).(type) {
	case string:
		return isTyped(q) && first(q) != "" && first(q) != now
	case wizard.Secret:
		return first(q) != "" && first(q) != now.Reveal()
	}
	return false
}

// isTyped reports whether a question is answered by typing text that can be seen.
func isTyped(q wizard.Question) bool {
	return q.Kind == wizard.Line || q.Kind == wizard.PathTo || q.Kind == wizard.Prose
}

// retype asks for a text that confirms. It is never filled in.
func (f *front) retype(p wizard.Page, q wizard.Question) (wizard.Value, turn, error) {
	answer, next, err := f.ask(p, prompt{text: fmt.Sprintf("Type %s in full: ", safe.Line(q.Want))})
	return answer, next, err
}

// secret asks for what must not be seen. How long it is was heard by whoever typed it; of one that came with the tenant only that it is
// kept is said.
func (f *front) secret(p wizard.Page, q wizard.Question) (wizard.Value, turn, error) {
	kept, _ := f.filled(q).(wizard.Secret)
	for {
		answer, next, err := f.ask(p, prompt{text: f.secretPrompt(q, kept), hidden: true})
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
			if kept.Reveal() != "" {
				f.echo = "Kept."
			}
			return kept, onward, nil
		}
		f.echo = "Taken: " + characters(answer) + "."
		return wizard.NewSecret(answer), onward, nil
	}
}

func (f *front) secretPrompt(q wizard.Question, kept wizard.Secret) string {
	const text = "Type or paste it; it is not shown"
	switch {
	case kept.Reveal() == "":
		return text + ": "
	case f.canReset(q):
		return fmt.Sprintf("%s. Enter keeps the one you typed, %s; :reset takes the one that was filled in: ", text, characters(kept.Reveal()))
	case first(q) == "":
		return fmt.Sprintf("%s. Enter keeps the one you typed, %s: ", text, characters(kept.Reveal()))
	}
	return text + ". Enter keeps the one that is filled in: "
}

func characters(text string) string { return countOf(utf8.RuneCountInString(text), "character") }

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
func (f *front) prose(p wizard.Page, q wizard.Question) (wizard.Value, turn, error) {
	now, _ := f.filled(q).(string)
	if now != "" {
		f.say("It is now, each line behind a bar:")
		for _, one := range indented(now, "| ") {
			f.print(one + "\n")
		}
	}
	f.say(f.proseHelp(q, now))
	var lines []string
	for {
		answer, next, err := f.ask(p, prompt{text: fmt.Sprintf("Line %d: ", len(lines)+1)})
		switch {
		case err != nil || next != onward:
			return nil, next, err
		case answer == "" && len(lines) == 0:
			f.echo = map[bool]string{true: "Taken: none.", false: "Kept."}[now == ""]
			return now, onward, nil
		case answer == endOfProse:
			f.echo = "Taken: " + countOf(len(lines), "line") + "."
			return strings.Join(lines, "\n"), onward, nil
		}
		lines = append(lines, answer)
		f.typed = strings.Join(lines, "\n")
	}
}

func (f *front) proseHelp(q wizard.Question, now string) string {
	text := "Type the text and end it with a line that is only a dot."
	if now != "" {
		text = "Press enter to keep it, or type the new text and end it with a line that is only a dot."
	}
	if f.canReset(q) {
		text += " :reset takes the one that was filled in at first."
	}
	if now != "" && canBeEmpty(q) {
		text += " :empty is for none."
	}
	return text
}

// keepTyped keeps the lines of a longer text that was not ended: somebody looks at something else first.
func (f *front) keepTyped(q wizard.Question) {
	if f.typed != "" && q.Kind == wizard.Prose {
		f.given[q.Key] = f.typed
	}
}
