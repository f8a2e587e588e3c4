package template

import "slices"

// block is an if, unless or case with its branches. tags are the places, among the tokens, of the opening tag, of every tag
// that begins another branch, and of the closing tag.
type block struct{ tags []int }

// blocks finds every if, unless and case, the inner before the outer. ok is false when the tags do not nest as Liquid wants.
func blocks(tokens []token) (found []block, ok bool) {
	var open []block
	for i, t := range tokens {
		top := len(open) - 1
		switch role(t) {
		case opens:
			open = append(open, block{tags: []int{i}})
		case continues, closes:
			if top < 0 || !slices.Contains(within[tokens[open[top].tags[0]].name], t.name) {
				return nil, false
			}
			open[top].tags = append(open[top].tags, i)
			if role(t) == closes {
				found = append(found, open[top])
				open = open[:top]
			}
		case stands:
		}
	}
	found = slices.DeleteFunc(found, func(b block) bool {
		return !slices.Contains([]string{"if", "unless", "case"}, tokens[b.tags[0]].name)
	})
	return found, len(open) == 0
}

// within are the tags that go on with a block, and the one that ends it.
var within = map[string][]string{
	"if":       {"elsif", "else", "endif"},
	"unless":   {"elsif", "else", "endunless"},
	"case":     {"when", "else", "endcase"},
	"for":      {"else", "endfor"},
	"tablerow": {"endtablerow"},
}

type tagRole int

const (
	stands    tagRole = iota // alone
	opens                    // a block
	continues                // the block with another branch
	closes
)

func role(t token) tagRole {
	if t.kind != tagToken {
		return stands
	}
	if _, ok := within[t.name]; ok {
		return opens
	}
	switch t.name {
	case "elsif", "else", "when":
		return continues
	case "endif", "endunless", "endcase", "endfor", "endtablerow":
		return closes
	}
	return stands
}

// plain reports whether a block has one else at most, and that last. LiquidJS refuses any other if, and makes a riddle of any
// other case.
func (b block) plain(tokens []token) bool {
	last := len(b.tags) - 1
	for i, at := range b.tags[:last] {
		if tokens[at].name == "else" && i != last-1 {
			return false
		}
	}
	return true
}
