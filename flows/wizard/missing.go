package wizard

import (
	"context"
	"maps"
	"slices"
)

// mostWays bounds what [Missing] tries: an answers file that says nothing leaves many ways open.
const mostWays = 48

// Missing names every answer that filled lacks and every plan needs, whatever the other answers come to. More says that these are
// not all: what else is asked depends on them. Unlike [Drive], which ends at the first page without an answer, it goes on along each
// way that an answer opens, and keeps what is asked on all of them.
func Missing(ctx context.Context, known Known, filled Answers, host Host) (open []Question, more bool, err error) {
	fit, err := known.fitting(filled)
	if err != nil {
		return nil, false, err
	}
	host.Note = nil // what a way shows is not said of the plan
	s := search{ctx: ctx, host: host, left: mostWays}
	way := s.from(driver{known: known, filled: fit, answers: Answers{}})
	return folded(way.open), way.more, nil
}

// search looks for what is missing on the ways that are open.
type search struct {
	ctx  context.Context
	host Host
	left int // ways that may still be tried
}

// way is what is missing on one way. It has no plan where the conversation ends without one.
type way struct {
	open       []Question
	more, plan bool
}

func (s *search) from(d driver) way {
	var w way
	for {
		p := Next(d.known, d.answers)
		switch {
		case p.ID == reviewPage:
			w.more, w.plan = w.more || p.Final, true // without these answers no plan can be made that tells what it asks to accept
			return w
		case p.Final:
			return w
		}
		unanswered, err := d.pass(s.ctx, s.host, p)
		if err != nil {
			return way{open: w.open, more: true, plan: true}
		}
		if len(unanswered) == 0 {
			continue
		}
		w.open = append(w.open, apart(unanswered)...)
		ahead := openWays(unanswered)
		if s.left -= len(ahead) - 1; s.left < 0 || s.ctx.Err() != nil {
			return way{open: w.open, more: true, plan: true}
		}
		if len(ahead) > 1 {
			return w.then(s.along(d, p, ahead))
		}
		d.goPast(p, unanswered, ahead[0])
	}
}

// along follows each way from a page, and returns what is missing on all of them.
func (s *search) along(d driver, p Page, ahead []Answers) way {
	var common way
	for _, choice := range ahead {
		next := driver{known: d.known, filled: d.filled, answers: maps.Clone(d.answers), asked: slices.Clone(d.asked)}
		next.goPast(p, p.Questions, choice)
		switch found := s.from(next); {
		case !found.plan:
		case !common.plan:
			common = found
		default:
			both := common.shared(found)
			both.more = both.more || common.more || found.more
			common = both
		}
	}
	return common
}

// then is a way that goes on along another.
func (w way) then(next way) way {
	return way{open: slices.Concat(w.open, next.open), more: w.more || next.more, plan: next.plan}
}

// shared is what is missing on both ways. There is more where one asks what the other does not.
func (w way) shared(other way) way {
	both := way{plan: true}
	for _, q := range w.open {
		if slices.ContainsFunc(other.open, q.same) {
			both.open = append(both.open, q)
		}
	}
	both.more = len(both.open) != len(w.open) || len(both.open) != len(other.open)
	return both
}

// same compares questions of [apart].
func (q Question) same(other Question) bool {
	return q.Key == other.Key && (!q.Adds || slices.Equal(values(q), values(other)))
}

// apart makes one question of each part of a list.
func apart(questions []Question) []Question {
	var all []Question
	for _, q := range questions {
		if !q.Adds {
			all = append(all, q)
			continue
		}
		for _, o := range q.Options {
			part := q
			part.Options = []Option{o}
			all = append(all, part)
		}
	}
	return all
}

// openWays are the ways on from questions without an answer. Choices open one each: all first options, all last ones, and each option
// by itself. What is typed opens none, since nobody can tell what it will be.
func openWays(unanswered []Question) []Answers {
	first, last := Answers{}, Answers{}
	for _, q := range unanswered {
		if options := q.available(); q.Kind == One && len(options) > 0 {
			first[q.Key], last[q.Key] = options[0], options[len(options)-1]
		}
	}
	ways := []Answers{first}
	add := func(way Answers) {
		if !slices.ContainsFunc(ways, func(w Answers) bool { return maps.Equal(w, way) }) {
			ways = append(ways, way)
		}
	}
	add(last)
	for _, q := range unanswered {
		for _, option := range q.available() {
			if _, chosen := first[q.Key]; chosen {
				way := maps.Clone(first)
				way[q.Key] = option
				add(way)
			}
		}
	}
	return ways
}

// available are the options that can be chosen.
func (q Question) available() []string {
	var all []string
	for _, o := range q.Options {
		if o.Disabled == "" {
			all = append(all, o.Value)
		}
	}
	return all
}

// goPast leaves a page whose questions nobody has answered: with what one way chooses, with every part of a list that is asked for,
// and for the rest without an answer. What the page would do with an answer is not done.
func (d *driver) goPast(p Page, unanswered []Question, choice Answers) {
	for _, q := range unanswered {
		given, chosen := choice[q.Key]
		switch {
		case chosen:
			d.answers[q.Key] = given
		case q.Adds:
			d.answers[q.Key] = q.joined(d.answers[q.Key], values(q))
		}
	}
	d.answers[seen(p)] = true
}
