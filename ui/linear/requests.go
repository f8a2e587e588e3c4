package linear

import (
	"fmt"
	"strconv"
	"strings"

	"upe/flows/wizard"
	"upe/ui/words"
)

// copyStep prints the request of a step in each form that a shell takes: it can be copied from there.
func (f *front) copyStep(p wizard.Page, number string) (turn, bool, error) {
	var items []wizard.StepItem
	for _, b := range p.Blocks {
		if steps, ok := b.(wizard.Steps); ok {
			items = append(items, steps.Items...)
		}
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(items) {
		f.say(fmt.Sprintf("It takes the number of a step, from 1 to %d: \":copy 1\".", len(items)))
		return onward, false, nil
	}
	commands := p.Copy(items[n-1].ID)
	if len(commands) == 0 {
		f.say("This step has no request to copy: a person does it, or it only waits.")
	}
	for _, c := range commands {
		text := strings.TrimSuffix(c.Text, "\n")
		f.say("", fmt.Sprintf("As %s, %s:", c.Name, countOf(strings.Count(text, "\n")+1, "line")))
		f.print(text + "\n") // not broken at the width: it is to be copied
		f.say("That was " + c.Name + ".")
	}
	return onward, false, nil
}

// requests prints the requests that were sent, one a line.
func (f *front) requests(wizard.Page) (turn, bool, error) {
	all := f.Host.Requests()
	f.say(fmt.Sprintf("Requests: %d, the newest last.", len(all)))
	for _, r := range all {
		f.say("  " + oneLine(requestLine(r)))
	}
	return onward, false, nil
}

func requestLine(r wizard.Request) string {
	answer := "answered " + strconv.Itoa(r.Status)
	if r.Status == 0 {
		answer = "no answer"
	}
	line := words.Clock(r.At) + " " + r.Method + " " + r.Path + ": " + answer + " after " + words.Took(r.Took)
	if r.Attempt > 1 {
		line += fmt.Sprintf(", attempt %d", r.Attempt)
	}
	if r.Error != "" {
		line += ", " + r.Error
	}
	return line
}
