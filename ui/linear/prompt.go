package linear

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/wizard"
)

// prompt is one line to be typed.
type prompt struct {
	text   string
	hidden bool
}

// ask prints a prompt and reads the line that answers it. Commands are done here, and the prompt is printed again.
func (f *front) ask(p wizard.Page, question prompt) (answer string, next turn, err error) {
	for {
		f.print(question.text)
		answer, err = f.In.Read(f.ctx, question.hidden)
		if err != nil {
			f.print("\n")
			return "", left, err
		}
		if question.hidden {
			return answer, onward, nil
		}
		word, isCommand := strings.CutPrefix(answer, ":")
		switch {
		case !isCommand:
			return answer, onward, nil
		case strings.HasPrefix(word, ":"):
			return word, onward, nil
		}
		if next, done, err := f.command(p, strings.TrimSpace(word)); done || err != nil {
			return "", next, err
		}
	}
}

// command is what can be typed in place of an answer.
type command struct {
	name, does string
	// do answers where that leads; done is false where the prompt comes again. More is what was typed behind the name.
	do func(f *front, p wizard.Page, more string) (next turn, done bool, err error)
}

// plain is a command behind which nothing is typed.
func plain(do func(*front, wizard.Page) (turn, bool, error)) func(*front, wizard.Page, string) (turn, bool, error) {
	return func(f *front, p wizard.Page, _ string) (turn, bool, error) { return do(f, p) }
}

// commands are those of a page.
func (f *front) commands(p wizard.Page) []command {
	all := []command{
		{"back", "to the question before, or to the page before; your answers are kept", plain((*front).back)},
		{"repeat", "print this page again", plain((*front).repeat)},
		{"details", "print this page again with requests, sources and how sure we are; the pages after it come without", plain((*front).withDetails)},
	}
	all = append(all, f.forQuestion()...)
	if p.Edit != nil {
		all = append(all, command{"edit", "change the text in your editor; followed by the path of a file: take what that holds", (*front).edit})
	}
	if p.Save != nil {
		all = append(all, command{"save", "write it to a file", plain((*front).save)})
	}
	if p.Rehearse != nil && f.Host.Rehearse != nil {
		all = append(all, command{"rehearse", "carry the plan out on copies of the tenant", plain((*front).rehearse)})
	}
	if p.Copy != nil {
		all = append(all, command{"copy", "followed by the number of a step: print its request for a shell", (*front).copyStep})
	}
	if f.Host.Handset != nil {
		all = append(all, command{"phone", "print what arrived on the demo's phone, and what brought it", plain((*front).handset)})
	}
	if f.Host.Requests != nil {
		all = append(all, command{"requests", "print the requests that were sent", plain((*front).requests)})
	}
	return append(all, command{"quit", "leave; " + "what is written stays, and nothing more is", plain((*front).quit)})
}

// command does what was typed behind a colon.
func (f *front) command(p wizard.Page, word string) (turn, bool, error) {
	all := f.commands(p)
	name, more, _ := strings.Cut(word, " ")
	i := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if i >= 0 {
		return all[i].do(f, p, strings.TrimSpace(more))
	}
	if word != "help" {
		f.say(fmt.Sprintf("There is no :%s here.", word))
	}
	f.say("What can be typed in place of an answer:")
	for _, c := range all {
		f.say(fmt.Sprintf("  :%s - %s", c.name, c.does))
	}
	f.say("  :: - begins an answer that begins with a colon")
	return onward, false, nil
}

// forQuestion are the commands of the question that is asked.
func (f *front) forQuestion() []command {
	if f.asked == nil {
		return nil
	}
	var all []command
	if q := *f.asked; canBeEmpty(q) {
		all = append(all, command{"empty", "answer with nothing", plain((*front).empty)})
	}
	if f.canReset(*f.asked) {
		all = append(all, command{"reset", "take what was filled in at first", plain((*front).reset)})
	}
	return all
}

func (f *front) empty(wizard.Page) (turn, bool, error) {
	f.value = ""
	f.echo = "Taken: none."
	return taken, true, nil
}

func (f *front) reset(wizard.Page) (turn, bool, error) {
	f.value = f.asked.Default
	f.echo = "Taken: the one that was filled in at first."
	return taken, true, nil
}

// back leads to the question before on the same page, and from the first one to the page before.
func (f *front) back(wizard.Page) (turn, bool, error) {
	if f.at > 0 {
		return before, true, nil
	}
	if ok, why := f.session.CanBack(); !ok {
		if f.Follows && f.session.Fresh() {
			return left, true, ErrBack
		}
		f.say("No way back: " + sentence(why))
		return onward, false, nil
	}
	f.session.Draft(f.given)
	f.session.Back()
	return again, true, nil
}

func (f *front) repeat(wizard.Page) (turn, bool, error) {
	f.details = false
	return anew, true, nil
}

// withDetails prints the page at hand with everything there is to know about it. The next page is as any other.
func (f *front) withDetails(wizard.Page) (turn, bool, error) {
	f.details = true
	f.say("", "This page with its details:")
	return anew, true, nil
}

func (f *front) quit(wizard.Page) (turn, bool, error) { return left, true, nil }
