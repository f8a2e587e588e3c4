package linear

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/wizard"
)

// What a page shows for the answers as they are being given stands above a question on the screen, and follows the cursor. By ear it has
// to come before the question: of a choice, what each of the options comes to; of anything else, what it is filled in with comes to. What
// an answer changes is said behind it, and may be thought over.

// living are the items that follow the answers, as they would be with one answer more.
func (f *front) living(p wizard.Page, with wizard.Answers) []item {
	all := f.session.Answers()
	for _, q := range p.Questions {
		if value := f.filled(q); value != nil {
			all[q.Key] = value
		}
	}
	for key, value := range with {
		all[key] = value
	}
	return f.draw(p.Live(all))
}

// beforehand says, before a question is asked, what its answers come to. What only one of its options does is said with that option: own
// has it, one list for each; nil where there is nothing of the kind.
func (f *front) beforehand(p wizard.Page, q wizard.Question, open []wizard.Option) (own [][]item) {
	if p.Live == nil {
		return nil
	}
	if f.chosen = q.Kind == wizard.One && len(open) > 0; f.chosen {
		return f.perOption(p, q, open)
	}
	if f.alive == nil {
		f.showLive(f.living(p, nil))
	}
	return nil
}

func never(item) bool { return false }

// isMade reports whether an item is about how something is made: of a choice that is said once, behind it.
func isMade(i item) bool { return i.made }

// showLive says what is new of the items that follow the answers, and reports whether anything was.
func (f *front) showLive(items []item) bool {
	fresh, now := f.alive.news(items, never)
	f.alive = now
	f.show(underTheirTitles(fresh))
	return len(fresh) > 0
}

// underTheirTitles puts before items that were not said the first lines of their blocks, which were: a row alone does not say of what.
func underTheirTitles(fresh []item) []item {
	var all []item
	under := ""
	for _, one := range fresh {
		if one.under != under && one.lines[0] != one.under && strings.HasSuffix(one.under, ":") {
			all = append(all, item{lines: []string{one.under}, air: true})
		}
		under = one.under
		all = append(all, one)
	}
	return airy(all)
}

// airy puts air before the first item, which may have lost the one that began its block.
func airy(items []item) []item {
	if len(items) > 0 {
		items = slices.Clone(items)
		items[0].air = true
	}
	return items
}

// perOption says what all options have in common, where it is new, and answers what is left of each; nil where they do not differ.
func (f *front) perOption(p wizard.Page, q wizard.Question, open []wizard.Option) [][]item {
	own := make([][]item, len(open))
	for i, o := range open {
		own[i] = slices.DeleteFunc(f.living(p, wizard.Answers{q.Key: o.Value}), isMade)
	}
	shared := inAll(own)
	common := slices.DeleteFunc(slices.Clone(own[0]), func(one item) bool { return shared[one.key()] == 0 })
	differ := false
	for i := range own {
		own[i] = slices.DeleteFunc(own[i], func(one item) bool { return shared[one.key()] > 0 })
		differ = differ || len(own[i]) > 0
	}
	if fresh, _ := f.alive.news(common, never); differ || len(fresh) > 0 {
		f.show(airy(common))
		if !differ && len(open) > 1 {
			f.say("", "That is the same with each of these choices.")
		}
	}
	if !differ {
		return nil
	}
	return own
}

// sayOwn says what one option comes to, or which one before it comes to the same.
func (f *front) sayOwn(at int, own [][]item) {
	same := slices.IndexFunc(own[:at], func(items []item) bool { return slices.EqualFunc(items, own[at], alike) })
	if same >= 0 {
		f.say(fmt.Sprintf("     The same as with %d.", same+1))
		return
	}
	for _, one := range own[at] {
		f.utter(one.deeper("     "))
	}
}

func alike(a, b item) bool { return a.key() == b.key() }

// inAll counts the items that each of several lists has.
func inAll(lists [][]item) tally {
	shared := tallied(lists[0])
	for _, items := range lists[1:] {
		has := tallied(items)
		for key, n := range shared {
			shared[key] = min(n, has[key])
		}
	}
	return shared
}

// follows says what an answer has changed. Of a choice, what it comes to was said before, and how that is made is said now.
func (f *front) follows(p wizard.Page) {
	if p.Live == nil {
		return
	}
	items := f.living(p, nil)
	if f.chosen {
		fresh, now := f.alive.news(items, never)
		f.alive, f.chosen, f.news = now, false, false
		f.show(airy(slices.DeleteFunc(fresh, func(i item) bool { return !i.made })))
		return
	}
	f.news = f.showLive(items)
}

// settled waits where the last answer has changed what is shown: a page that is passed at once is thought over by nobody.
func (f *front) settled(p wizard.Page) (turn, error) {
	if !f.news {
		return onward, nil
	}
	f.say("")
	for {
		answer, next, err := f.ask(p, prompt{text: "Press enter to go on with that, or type :back to answer otherwise: "})
		if err != nil || next != onward {
			return next, err
		}
		if answer == "" {
			return onward, nil
		}
		f.say("Enter goes on; " + f.waysOut())
	}
}
