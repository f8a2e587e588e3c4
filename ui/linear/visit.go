package linear

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// visit asks what the page asks, one question after the other, and does what it does. Going back leads through its questions first.
func (f *front) visit() (turn, error) {
	f.given, f.at = wizard.Answers{}, 0
	f.goingOn(f.session.Page())
	for {
		p := f.session.Page()
		next, err := f.station(p)
		switch {
		case err != nil:
			return next, err
		case next == anew:
			f.open()
			f.goingOn(p)
		case next == before:
			f.at = min(f.at, len(p.Questions)) - 1
			f.say("", fmt.Sprintf("Back to question %d of %d.", f.at+1, len(p.Questions)))
		case next != onward || f.at > len(p.Questions):
			return next, nil
		}
	}
}

// station asks the question that comes, or, behind the last one, goes on.
func (f *front) station(p wizard.Page) (turn, error) {
	if f.at < len(p.Questions) {
		next, err := f.question(p, p.Questions[f.at])
		if err == nil && next == onward {
			f.at++
		}
		return next, err
	}
	if which, ok := f.together(p); !ok {
		f.at = which
		return onward, nil
	}
	next, err := f.finish(p)
	if err == nil && next == onward {
		f.at = len(p.Questions) + 1
	}
	return next, err
}

// goingOn says before the first question what answering them all will write. A page without any says so where it asks for consent.
func (f *front) goingOn(p wizard.Page) {
	if len(p.Questions) > 0 && p.Safe != "" && !p.Final {
		f.say("", paragraph("Going on: "+p.Safe))
	}
}

// finish does what the page does once it is answered.
func (f *front) finish(p wizard.Page) (turn, error) {
	f.session.Draft(f.given)
	switch {
	case p.Final && p.Effect == nil:
		return f.last(p)
	case p.Effect == nil && len(p.Questions) > 0:
		next, err := f.settled(p)
		if err == nil && next == onward {
			f.session.Pass(f.given)
		}
		return next, err
	}
	next, err := f.consent(p)
	if err != nil || next != onward {
		return next, err
	}
	return f.act(p)
}

// together judges the answers of a page as a whole, and answers the place of the question to ask again where they do not fit together.
func (f *front) together(p wizard.Page) (which int, ok bool) {
	if p.Together == nil {
		return 0, true
	}
	key, err := p.Together(f.given)
	if err == nil {
		return 0, true
	}
	f.say("", paragraph("That does not do: "+sentence(err.Error())))
	return max(slices.IndexFunc(p.Questions, func(q wizard.Question) bool { return q.Key == key }), 0), false
}

// last waits on the last page, which can still be saved or left by going back.
func (f *front) last(p wizard.Page) (turn, error) {
	if len(p.Questions) > 0 {
		return left, nil
	}
	text := "This is the last page. Press enter to close: "
	if p.Returns {
		text = "Press enter to go back: "
	}
	for {
		answer, next, err := f.ask(p, prompt{text: text})
		switch {
		case err != nil || next != onward:
			return next, err
		case answer == "" && p.Returns:
			next, _, err := f.back(p)
			return next, err
		case answer == "":
			return left, nil
		}
		f.say("Enter closes; :help lists what else can be typed.")
	}
}

// consent asks whether to go on. What writes takes a typed yes.
func (f *front) consent(p wizard.Page) (turn, error) {
	goOn, safely, writes := f.going(p)
	question := prompt{text: fmt.Sprintf("Press enter for: %s. ", clause(safe.Line(goOn)))}
	if writes {
		question.text = fmt.Sprintf("Type yes for: %s. ", clause(safe.Line(goOn)))
	}
	f.say("")
	if safely != "" && (safely != p.Safe || len(p.Questions) == 0) { // the others have said so before they asked
		f.say(paragraph("Going on: " + safely))
	}
	for {
		answer, next, err := f.ask(p, question)
		if err != nil || next != onward {
			return next, err
		}
		switch word := strings.ToLower(strings.TrimSpace(answer)); {
		case word == "yes", word == "" && !writes:
			return onward, nil
		case writes:
			f.say("Nothing was done. It takes the word yes; " + f.waysOut())
		default:
			f.say("Enter goes on; " + f.waysOut())
		}
	}
}

// going is what going on is called, what it comes to, and whether it writes.
func (f *front) going(p wizard.Page) (goOn, safely string, writes bool) {
	g := p.GoesOn(f.given)
	return g.Continue, g.Safe, g.Writes && !p.Effect.Word
}

// waysOut are the commands that lead away from a prompt: only those that do.
func (f *front) waysOut() string {
	if ok, _ := f.session.CanBack(); ok || f.at > 0 {
		return ":back goes back, :quit leaves."
	}
	return ":quit leaves."
}

// act carries out the page's effect, if it has one, and passes the page.
func (f *front) act(p wizard.Page) (turn, error) {
	if p.Effect == nil {
		f.session.Pass(f.given)
		return onward, nil
	}
	for {
		err := f.carryOut(p.Effect, f.given)
		if f.ctx.Err() != nil {
			return left, context.Cause(f.ctx)
		}
		if err == nil {
			return f.passed(p), nil
		}
		next, err := f.failed(p, err)
		if err != nil || next != onward {
			return next, err
		}
		p = f.session.Page() // the last attempt may have come some way
	}
}

// passed leaves a page whose effect has succeeded. The last page stays, with what it did.
func (f *front) passed(p wizard.Page) turn {
	f.session.Pass(f.given)
	if after := f.session.Page(); p.Final && after.ID == p.ID {
		f.tell(true)
		f.over = true
		return left
	}
	return onward
}
