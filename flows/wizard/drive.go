package wizard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
)

// Ended is returned by [Drive] when the conversation ends before a plan: the tenant is blocked, has moved, or has nothing to
// move.
type Ended struct{ Page Page }

func (e *Ended) Error() string { return strings.ToLower(e.Page.Title) + ": " + e.Page.Lead }

// Drive holds the conversation with an answers file in place of a person, up to the review. What the file does not answer
// takes the question's default; questions without one are returned as unanswered, and the choices are not usable then.
// Secrets may stay unanswered: they are asked for when the plan runs.
func Drive(ctx context.Context, known Known, filled Answers, host Host) (plan.Choices, []Question, error) {
	fit, err := known.fitting(filled)
	if err != nil {
		return plan.Choices{}, nil, err
	}
	known.Unfinished = nil // an answers file is for a plan of its own
	d := driver{known: known, filled: fit, answers: Answers{}}
	for {
		p := Next(d.known, d.answers)
		switch {
		case p.ID == reviewPage:
			d.remark(host) //nolint:contextcheck // the engine that reads wordings bounds its own time
			return Choices(d.known, d.answers), nil, nil
		case p.Final:
			return plan.Choices{}, nil, &Ended{p}
		}
		unanswered, err := d.pass(ctx, host, p)
		if err != nil || len(unanswered) > 0 {
			return plan.Choices{}, unanswered, err
		}
	}
}

// remark tells what the pages of the wordings would have shown: nobody has seen these pages.
func (d *driver) remark(host Host) {
	if host.Note == nil {
		return
	}
	for _, remark := range (conversation{known: &d.known, answers: d.answers}).wordingRemarks() {
		host.Note(remark)
	}
}

type driver struct {
	known           Known
	filled, answers Answers
	asked           []asked
}

// asked is a question with the answer it got.
type asked struct {
	question Question
	value    Value
}

// pass answers one page and carries its effect out. Reading the tenant is left out when that has happened.
func (d *driver) pass(ctx context.Context, host Host, p Page) ([]Question, error) {
	var unanswered []Question
	for _, q := range p.Questions {
		value, ok := d.value(q)
		if !ok {
			unanswered = append(unanswered, q.missing(d.filled[q.Key]))
			continue
		}
		if err := fits(q, value); err != nil {
			return nil, fmt.Errorf("%s: %w", q.Key, err)
		}
		d.asked = append(d.asked, asked{q, value})
		if value != nil {
			d.answers[q.Key] = value
		}
	}
	if len(unanswered) > 0 {
		return unanswered, nil
	}
	if p.Together != nil {
		if key, err := p.Together(d.answers); err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
	}
	if p.Effect != nil && (p.Stage != StageConnect || d.known.Snapshot == nil) {
		update := func(change func(Known) Known) { d.known = change(d.known) }
		if err := p.Effect.Do(ctx, host, d.answers, update); err != nil {
			return nil, err
		}
	}
	d.answers[seen(p)] = true
	return nil, nil
}

// value is the answer to a question; ok is false when somebody has to give it. An empty list is no answer where one thing has to be chosen.
func (d *driver) value(q Question) (value Value, ok bool) {
	if value, ok := d.filled[q.Key]; ok {
		list, isList := value.([]string)
		return value, !q.Adds && (!isList || len(list) > 0) || q.Check == nil || q.Check(value) == nil
	}
	switch {
	case q.Kind == Hidden:
		return q.Default, true
	case q.Unless != "" && d.filled[q.Unless] != nil:
		return "", true
	case q.Own:
		return nil, false
	case q.Default != nil && fits(q, q.Default) == nil:
		return q.Default, true
	case q.Default == nil && q.Kind != One && q.Check != nil && q.Check("") == nil:
		return "", true
	}
	return nil, false
}

// missing is the question with what was not answered yet: a list that several pages ask for may be answered in part.
func (q Question) missing(answer Value) Question {
	list, _ := answer.([]string)
	if q.Adds {
		q.Options = slices.DeleteFunc(slices.Clone(q.Options), func(o Option) bool { return contains(list, o.Value) })
	}
	return q
}

// fits checks an answer as a person's would be at its field.
func fits(q Question, value Value) error {
	switch q.Kind {
	case One:
		text, _ := value.(string)
		if err := choosable(q, text); err != nil {
			return err
		}
	case Many:
		chosen, ok := value.([]string)
		if !ok {
			return fmt.Errorf("is a list of %s", strings.Join(values(q), ", "))
		}
		for _, one := range chosen {
			if q.Adds {
				break // one answers file may serve many tenants: what this one does not ask is no error
			}
			if err := choosable(q, one); err != nil {
				return err
			}
		}
	case Hidden:
		if value == nil {
			return nil
		}
	case Line, Prose, YesNo, Retype, PathTo:
	}
	if q.Check == nil {
		return nil
	}
	return q.Check(value)
}

func choosable(q Question, value string) error {
	i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Value == value })
	switch {
	case i < 0:
		return fmt.Errorf("%q is not one of %s", value, strings.Join(values(q), ", "))
	case q.Options[i].Disabled != "":
		return fmt.Errorf("%q cannot be chosen: %s", value, q.Options[i].Disabled)
	}
	return nil
}

func values(q Question) []string {
	var all []string
	for _, o := range q.Options {
		all = append(all, o.Value)
	}
	return all
}
