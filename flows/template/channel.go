package template

import (
	"regexp"
	"slices"
	"strings"
)

// The two bodies of a phone template, by the value that message_type has in the legacy wording.
const (
	smsMessage   = "sms"
	voiceMessage = "voice"
)

// block is an if or unless with its branches; tags are the opening tag, every elsif and else, and the closing tag.
type block struct{ tags []token }

// blocks finds every if and unless, the inner before the outer. ok is false when they do not nest.
func blocks(tokens []token) (found []block, ok bool) {
	var open []block
	for _, t := range tokens {
		top := len(open) - 1
		switch role(t) {
		case opens:
			open = append(open, block{tags: []token{t}})
		case continues, closes:
			if top < 0 || role(t) == closes && t.name != "end"+open[top].tags[0].name {
				return nil, false
			}
			open[top].tags = append(open[top].tags, t)
			if role(t) == closes {
				found = append(found, open[top])
				open = open[:top]
			}
		case stands:
		}
	}
	found = slices.DeleteFunc(found, func(b block) bool { return b.tags[0].name != "if" && b.tags[0].name != "unless" })
	return found, len(open) == 0
}

type tagRole int

const (
	stands    tagRole = iota // alone
	opens                    // a block
	continues                // the block with another branch
	closes
)

// role of a tag in the nesting. The else of a case or a for belongs to that, so they nest too.
func role(t token) tagRole {
	if t.kind != tagToken {
		return stands
	}
	switch t.name {
	case "if", "unless", "case", "for", "tablerow":
		return opens
	case "elsif", "else":
		return continues
	case "endif", "endunless", "endcase", "endfor", "endtablerow":
		return closes
	}
	return stands
}

// answer is what is known of a condition when the channel is known.
type answer int

const (
	depends answer = iota // on something else
	yes
	no
)

// answers says of each branch whether it shows in one channel.
func (b block) answers(source, channel string) []answer {
	out := make([]answer, 0, len(b.tags)-1)
	for i, t := range b.tags[:len(b.tags)-1] {
		a := condition(source[t.from:t.to], channel)
		switch {
		case t.name == "else":
			a = yes
		case i == 0 && t.name == "unless":
			a = opposite(a)
		}
		out = append(out, a)
	}
	return out
}

var comparison = regexp.MustCompile(
	`^\s*(?:message_type\s*(==|!=|contains)\s*(?:"([^"]*)"|'([^']*)')|(?:"([^"]*)"|'([^']*)')\s*(==|!=)\s*message_type)\s*$`)

// condition answers message_type == "sms" and its like; everything else depends.
func condition(expression, channel string) answer {
	m := comparison.FindStringSubmatch(expression)
	if m == nil {
		return depends
	}
	literal := m[2] + m[3] + m[4] + m[5]
	switch m[1] + m[6] {
	case "==":
		return truth(literal == channel)
	case "!=":
		return truth(literal != channel)
	}
	return truth(strings.Contains(channel, literal))
}

func truth(b bool) answer {
	if b {
		return yes
	}
	return no
}

func opposite(a answer) answer {
	switch a {
	case yes:
		return no
	case no:
		return yes
	case depends:
	}
	return depends
}

// forChannel are the edits that leave of a block what one channel shows. A block that does not ask for the channel is not
// touched.
func (b block) forChannel(source, channel string) []edit {
	answers := b.answers(source, channel)
	kept, asked := b.kept(answers)
	last := len(b.tags) - 1
	switch {
	case !asked:
		return nil
	case len(kept) == 0:
		return []edit{remove(source, b.tags[0], b.tags[last])}
	case answers[kept[0]] == yes:
		return []edit{remove(source, b.tags[0], b.tags[kept[0]]), remove(source, b.tags[kept[0]+1], b.tags[last])}
	}
	return b.rewritten(source, answers, kept)
}

// kept are the branches that may show, in order: up to the first that certainly does, without those that never do. asked is
// false when the block does not depend on the channel.
func (b block) kept(answers []answer) (kept []int, asked bool) {
	for i, a := range answers {
		asked = asked || a == no || a == yes && b.tags[i].name != "else"
		if a == no {
			continue
		}
		kept = append(kept, i)
		if a == yes {
			break
		}
	}
	return kept, asked
}

// rewritten removes the branches that never show from a block that also asks for something else, and mends the tags that
// are left: the first is an if, a branch that certainly shows is the else.
func (b block) rewritten(source string, answers []answer, kept []int) []edit {
	var edits []edit
	last := len(b.tags) - 1
	next := 0
	for _, i := range kept {
		if next < i {
			// Up to the tag that stays; its own trim mark stays with it.
			edits = append(edits, edit{start: remove(source, b.tags[next], b.tags[next]).start, end: b.tags[i].start})
		}
		next = i + 1
	}
	if next < last {
		edits = append(edits, edit{start: remove(source, b.tags[next], b.tags[next]).start, end: b.tags[last].start})
	}
	first, final := b.tags[kept[0]], b.tags[kept[len(kept)-1]]
	if first.name == "elsif" {
		edits = append(edits, rename(first, "if"))
		if b.tags[last].name == "endunless" {
			edits = append(edits, rename(b.tags[last], "endif"))
		}
	}
	if answers[kept[len(kept)-1]] == yes && final.name != "else" {
		edits = append(edits, edit{start: final.nameAt, end: final.to, text: "else "})
	}
	return edits
}

func rename(t token, name string) edit {
	return edit{start: t.nameAt, end: t.nameAt + len(t.name), text: name}
}
