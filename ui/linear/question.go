package linear

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// question asks one question of a page until its answer stands, and puts that among given.
func (f *front) question(p wizard.Page, at int, given wizard.Answers) (turn, error) {
	q := p.Questions[at]
	f.introduce(q, at, len(p.Questions))
	open := f.number(q)
	for {
		value, next, err := f.answer(p, q, open)
		if err != nil || next != onward {
			f.session.Draft(given)
			return next, err
		}
		if problem := refused(q, value); problem != nil {
			f.say(paragraph("That does not do: " + problem.Error() + "."))
			continue
		}
		given[q.Key] = value
		if p.Live != nil {
			f.show(f.draw(p.Live(f.soFar(p, given))))
		}
		return onward, nil
	}
}

// soFar are the answers of a page as they are being given: what was not asked yet is as it would be filled in.
func (f *front) soFar(p wizard.Page, given wizard.Answers) wizard.Answers {
	all := f.session.Answers()
	for _, q := range p.Questions {
		if value, ok := given[q.Key]; ok {
			all[q.Key] = value
		} else if value := f.session.Default(q); value != nil {
			all[q.Key] = value
		}
	}
	return all
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
	filled := f.session.Default(q)
	switch q.Kind {
	case wizard.One:
		return f.one(p, open, f.standing(q, open))
	case wizard.Many:
		return f.many(p, open, filled)
	case wizard.YesNo:
		return f.yesNo(p)
	case wizard.Hidden:
		return f.secret(p, filled)
	case wizard.Prose:
		return f.prose(p, filled)
	case wizard.Retype:
		return f.retype(p, q)
	case wizard.Line, wizard.PathTo:
	}
	return f.line(p, filled)
}

// number prints the options that can be chosen with numbers, the others with the reason, and answers the former.
func (f *front) number(q wizard.Question) []wizard.Option {
	var open []wizard.Option
	for _, o := range q.Options {
		if o.Disabled != "" {
			continue
		}
		open = append(open, o)
		f.say(fmt.Sprintf("  %d. %s", len(open), described(o)))
	}
	for _, o := range q.Options {
		if o.Disabled != "" {
			f.say(fmt.Sprintf("  Not available: %s, because %s", safe.Line(o.Label), safe.Line(o.Disabled)))
		}
	}
	return open
}

func described(o wizard.Option) string {
	text := safe.Line(o.Label)
	if o.Consequence != "" {
		text += ": " + safe.Line(o.Consequence)
	}
	return text
}

// standing is the option that enter takes: what was chosen before, else the default, else -1, which is none.
func (f *front) standing(q wizard.Question, open []wizard.Option) int {
	for _, value := range []wizard.Value{f.session.Default(q), q.Default} {
		if wanted, _ := value.(string); wanted != "" && indexOf(open, wanted) >= 0 {
			return indexOf(open, wanted)
		}
	}
	return -1
}

func (f *front) one(p wizard.Page, open []wizard.Option, standing int) (wizard.Value, turn, error) {
	text := "Type a number; enter alone decides nothing: "
	if standing >= 0 {
		text = fmt.Sprintf("Type a number, or press enter for %d, %s: ", standing+1, safe.Line(open[standing].Label))
	}
	for {
		answer, next, err := f.ask(p, prompt{text: text})
		if err != nil || next != onward {
			return nil, next, err
		}
		n, err := strconv.Atoi(strings.TrimSpace(answer))
		if strings.TrimSpace(answer) == "" && standing >= 0 {
			n, err = standing+1, nil
		}
		if err == nil && n >= 1 && n <= len(open) {
			f.say("Chosen: " + safe.Line(open[n-1].Label) + ".")
			return open[n-1].Value, onward, nil
		}
		f.say(fmt.Sprintf("It takes a number from 1 to %d. :repeat prints the page again, :back goes back.", len(open)))
	}
}

func (f *front) many(p wizard.Page, open []wizard.Option, filled wizard.Value) (wizard.Value, turn, error) {
	now, _ := filled.([]string)
	now = slices.DeleteFunc(slices.Clone(now), func(v string) bool { return indexOf(open, v) < 0 })
	text := fmt.Sprintf("Type numbers with commas between, or 0 for none; enter for %s: ", labels(open, now))
	for {
		answer, next, err := f.ask(p, prompt{text: text})
		if err != nil || next != onward {
			return nil, next, err
		}
		if strings.TrimSpace(answer) == "" {
			return append([]string{}, now...), onward, nil
		}
		picked, err := picks(answer, open)
		if err == nil {
			f.say("Chosen: " + labels(open, picked) + ".")
			return picked, onward, nil
		}
		f.say(err.Error())
	}
}

// picks reads numbers of options.
func picks(answer string, open []wizard.Option) ([]string, error) {
	picked := []string{}
	for _, word := range strings.FieldsFunc(answer, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.Atoi(word)
		switch {
		case err == nil && n == 0:
			continue
		case err != nil || n < 0 || n > len(open):
			return nil, fmt.Errorf("%s is no number from 1 to %d", strconv.Quote(word), len(open))
		}
		if value := open[n-1].Value; !slices.Contains(picked, value) {
			picked = append(picked, value)
		}
	}
	return picked, nil
}

func indexOf(open []wizard.Option, value string) int {
	return slices.IndexFunc(open, func(o wizard.Option) bool { return o.Value == value })
}

// labels names options in a sentence.
func labels(open []wizard.Option, values []string) string {
	var named []string
	for _, value := range values {
		if i := indexOf(open, value); i >= 0 {
			named = append(named, safe.Line(open[i].Label))
		}
	}
	if len(named) == 0 {
		return "none"
	}
	return strings.Join(named, ", ")
}

// yesNo takes the words yes and no. Enter is no.
func (f *front) yesNo(p wizard.Page) (wizard.Value, turn, error) {
	for {
		answer, next, err := f.ask(p, prompt{text: "Type yes or no; enter means no: "})
		if err != nil || next != onward {
			return nil, next, err
		}
		switch strings.ToLower(strings.TrimSpace(answer)) {
		case "yes":
			return true, onward, nil
		case "no", "n", "":
			return false, onward, nil
		}
	}
}
