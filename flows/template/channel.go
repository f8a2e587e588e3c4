package template

import (
	"slices"
	"strings"
)

// messageType is the variable that tells the channels of a legacy wording apart.
const messageType = "message_type"

// split leaves of a block what one channel shows. A block that does not ask for the channel is not touched; neither is one
// that asks for it in a way that cannot be answered part by part.
func (w *work) split(b block) {
	if !b.plain(w.tokens) {
		return
	}
	var kept []int
	var asked, whole bool
	conditions := w.conditions(b)
	if w.tokens[b.tags[0]].name == "case" {
		kept, asked, whole = ofCase(conditions)
	} else {
		kept, asked, whole = ofIf(conditions)
	}
	if !asked {
		return
	}
	w.changed(w.source[w.tokens[b.tags[0]].start:w.tokens[b.tags[0]].end], "", "phone templates have a body for each channel: text and voice")
	last := len(b.tags) - 1
	for i, at := range b.tags[:last] {
		switch {
		case !slices.Contains(kept, i):
			w.drop(at, b.tags[i+1])
		case whole:
			w.drop(at, at+1)
		}
	}
	if whole {
		w.drop(b.tags[last], b.tags[last]+1)
		return
	}
	w.mend(b, conditions, kept)
}

// conditions are those of the branches. That of an else is yes; the opening tag of a case, before the first when, shows
// nothing.
func (w *work) conditions(b block) []condition {
	first := w.tokens[b.tags[0]]
	var all []condition
	for i, at := range b.tags[:len(b.tags)-1] {
		t := w.tokens[at]
		inner := strings.TrimSpace(w.source[t.from:t.to])
		c := condition{answer: yes}
		switch {
		case t.name == "else":
		case first.name != "case":
			c = ask(inner, w.channel)
			if i == 0 && first.name == "unless" {
				c.answer = c.answer.opposite()
			}
		case i == 0:
			c = condition{answer: no, asked: inner == messageType}
		default:
			c = condition{answer: among(inner, w.channel), asked: true}
		}
		all = append(all, c)
	}
	return all
}

// ofIf are the branches of an if or unless that may show, in order: up to the first that certainly does, without those that
// never do. whole means that nothing else has to be asked: the one that is left stands without its tags.
func ofIf(branches []condition) (kept []int, asked, whole bool) {
	for i, c := range branches {
		asked = asked || c.asked
		if c.answer == no {
			continue
		}
		kept = append(kept, i)
		if c.answer == yes {
			break
		}
	}
	return kept, asked, len(kept) == 0 || branches[kept[0]].answer == yes
}

// ofCase are the branches of a case that show: every when that holds, or the else.
func ofCase(branches []condition) (kept []int, asked, whole bool) {
	if !branches[0].asked || slices.ContainsFunc(branches, func(c condition) bool { return c.answer == depends }) {
		return nil, false, false
	}
	for i, c := range branches {
		isElse := !c.asked
		if c.answer == yes && (!isElse || len(kept) == 0) {
			kept = append(kept, i)
		}
	}
	return kept, true, true
}

// mend makes an if again of the branches that are left: the first begins it, and one that certainly shows is its else.
func (w *work) mend(b block, conditions []condition, kept []int) {
	first, closing := w.tokens[b.tags[kept[0]]], w.tokens[b.tags[len(b.tags)-1]]
	if first.name == "elsif" {
		w.rename(first, "if")
		if closing.name == "endunless" {
			w.rename(closing, "endif")
		}
	}
	for _, i := range kept {
		t, c := w.tokens[b.tags[i]], conditions[i]
		switch {
		case c.answer == yes && t.name != "else":
			w.replace(t.nameAt, t.to, "else ")
		case c.answer == depends && c.asked:
			w.replace(t.from, t.to, " "+c.rest+" ")
		}
	}
}

func (w *work) rename(tag token, name string) { w.replace(tag.nameAt, tag.nameAt+len(tag.name), name) }
