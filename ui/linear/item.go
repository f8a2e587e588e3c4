package linear

import (
	"strings"

	"upe/flows/wizard"
)

// item is what is said as a whole or not at all: a heading, a row, a step, a body. No line within one is ever left out.
type item struct {
	lines []string
	asIs  int    // how many lines at the end stand as they are, without being broken: code, bodies
	air   bool   // it begins a block, or a finding
	brief bool   // it may go again while something goes on: a paragraph that comes then, or what a person would have to do
	made  bool   // it is about how something is made, not about what it comes to
	still bool   // it is said with its page alone: that a step is to come again is no news
	under string // the first line of its block
}

// key is what an item says: two with the same one say the same.
func (i item) key() string { return strings.Join(i.lines, "\n") }

// deeper is an item that belongs to something above it.
func (i item) deeper(by string) item {
	lines := make([]string, len(i.lines))
	for at, line := range i.lines {
		lines[at] = by + line
	}
	i.lines = lines
	return i
}

// prose is an item whose lines may be broken where the terminal ends.
func prose(lines ...string) item { return item{lines: lines} }

// asItIs is a label with a text below it, each of its lines behind an indent and otherwise as it is.
func asItIs(label, text, indent string) item {
	lines := indented(text, indent)
	return item{lines: append([]string{label}, lines...), asIs: len(lines)}
}

// quoted is a label with a text: behind it where that is one line, else below it, as it is. No text, no item.
func quoted(indent, label, text string) []item {
	switch {
	case text == "":
		return nil
	case strings.Contains(text, "\n"):
		return []item{asItIs(indent+label+":", text, indent+"  ")}
	}
	return []item{prose(indent + label + ": " + text)}
}

// row is a label with a text whose later lines are indented. No text, no item.
func row(indent, label, text string) []item {
	if text == "" {
		return nil
	}
	return []item{prose(labelled(indent, label, text)...)}
}

// heading is a block's title as a line of its own; none for a block without.
func heading(title string) []item {
	if title == "" {
		return nil
	}
	return []item{prose(headed(oneLine(title)))}
}

// headed ends a title so that a list can follow it: a second colon would be one too many by ear.
func headed(title string) string {
	if strings.Contains(title, ": ") {
		return sentence(title)
	}
	return clause(title) + ":"
}

// sentence ends a text with a full stop, unless it has an end.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsRune(".?!:", rune(text[len(text)-1])) {
		return text
	}
	return text + "."
}

// clause is a text without the mark at its end: something follows. A dot that stands alone is a name, of the folder one is in.
func clause(text string) string {
	text = strings.TrimSuffix(strings.TrimSpace(text), ":")
	if strings.HasSuffix(text, " .") || text == "." {
		return text
	}
	return strings.TrimSuffix(text, ".")
}

// tally counts items by what they say.
type tally map[string]int

func tallied(items []item) tally {
	t := tally{}
	for _, i := range items {
		t[i.key()]++
	}
	return t
}

// news are the items that were not there before, and the tally that counts them too. One that is there twice now and was there once is
// news once; one that went away and comes again is news. What waits is neither said nor counted.
func (t tally) news(items []item, waits func(item) bool) (fresh []item, now tally) {
	now = tally{}
	for _, i := range items {
		key := i.key()
		if now[key] >= t[key] {
			if waits(i) {
				continue
			}
			fresh = append(fresh, i)
		}
		now[key]++
	}
	return fresh, now
}

// draw answers the items of blocks. From the first change on they tell how something is made; only what is wrong with it is not of that
// kind.
func (c canvas) draw(blocks []wizard.Block) []item {
	var all []item
	made := false
	for _, b := range blocks {
		text, isText := b.(wizard.Text)
		_, isDiff := b.(wizard.Diff)
		made = made || isDiff
		items := c.block(b)
		for i, one := range items {
			one.air, one.brief, one.under = one.air || i == 0, one.brief || isText, items[0].lines[0]
			one.made = made && tone(text.Tone) == ""
			all = append(all, one)
		}
	}
	return all
}
