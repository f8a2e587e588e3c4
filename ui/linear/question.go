package linear

import (
	"fmt"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// question asks one question of a page until its answer stands, and puts that among those given.
func (f *front) question(p wizard.Page, q wizard.Question) (turn, error) {
	f.asked, f.typed = &q, ""
	defer func() { f.asked, f.typed = nil, "" }()
	open := openOptions(q)
	own := f.beforehand(p, q, open)
	f.introduce(q, f.at, len(p.Questions))
	f.number(q, open, own)
	for {
		f.echo = ""
		value, next, err := f.answer(p, q, open)
		if next == taken {
			value, next = f.value, onward
		}
		if err != nil || next != onward {
			f.keepTyped(q)
			f.session.Draft(f.given)
			return next, err
		}
		if problem := refused(q, value); problem != nil {
			f.refuse(q, problem)
			continue
		}
		if f.echo != "" {
			f.say(f.echo)
		}
		f.given[q.Key] = value
		f.follows(p)
		return onward, nil
	}
}

// refuse says why an answer does not do. Who is asked whether to do something, and says no, wants to know how to leave.
func (f *front) refuse(q wizard.Question, problem error) {
	text := "That does not do: " + sentence(problem.Error())
	if q.Kind == wizard.YesNo {
		text += " " + f.waysOut()
	}
	f.say(paragraph(text))
}

// filled is what a question is filled with: what was answered on this visit of the page, or before.
func (f *front) filled(q wizard.Question) wizard.Value {
	if value, ok := f.given[q.Key]; ok {
		return value
	}
	return f.session.Default(q)
}

func refused(q wizard.Question, value wizard.Value) error {
	if q.Check == nil {
		return nil
	}
	return q.Check(value)
}

func (f *front) introduce(q wizard.Question, at, of int) {
	title := safe.Line(q.Title)
	if of > 1 {
		title = fmt.Sprintf("Question %d of %d: %s", at+1, of, title)
	}
	f.say("", title)
	if q.Help != "" {
		f.say(paragraph(q.Help))
	}
	if q.Source != "" && f.details {
		f.say(paragraph("Documented: " + q.Source))
	}
}

// answer asks for a value of the question's kind. open are the options that can be chosen.
func (f *front) answer(p wizard.Page, q wizard.Question, open []wizard.Option) (wizard.Value, turn, error) {
	switch q.Kind {
	case wizard.One:
		return f.one(p, open, f.standing(q, open))
	case wizard.Many:
		return f.many(p, open, f.filled(q))
	case wizard.YesNo:
		return f.yesNo(p)
	case wizard.Hidden:
		return f.secret(p, q)
	case wizard.Prose:
		return f.prose(p, q)
	case wizard.Retype:
		return f.retype(p, q)
	case wizard.Line, wizard.PathTo:
	}
	return f.line(p, q)
}
