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
		{"back", "to the page before; your answers are kept", plain((*front).back)},
		{"repeat", "print this page again", plain(func(*front, wizard.Page) (turn, bool, error) { return again, true, nil })},
		{"details", "print this page with requests, sources and how sure we are", plain((*front).withDetails)},
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
	return again, false, nil
}

func (f *front) back(wizard.Page) (turn, bool, error) {
	if ok, why := f.session.CanBack(); !ok {
		f.say("No way back: " + why + ".")
		return again, false, nil
	}
	f.session.Back()
	return again, true, nil
}

func (f *front) withDetails(wizard.Page) (turn, bool, error) {
	f.details = !f.details
	return again, true, nil
}

func (f *front) quit(wizard.Page) (turn, bool, error) { return left, true, nil }
