package scan

import (
	"slices"
	"strings"
)

// aliases are the variables of a text that hold a part of a chain, by name, in the order of the text.
type aliases map[string][]bound

// bound is what a variable holds from a place on.
type bound struct {
	at    int
	chain []string
}

func (a aliases) note(name string, at int, chain []string) {
	a[name] = append(a[name], bound{at, chain})
}

// of is what a name holds at a place: what was assigned last before it, or first of all.
func (a aliases) of(name string, at int) ([]string, bool) {
	all := a[name]
	if len(all) == 0 {
		return nil, false
	}
	held := all[0]
	for _, b := range all {
		if b.at <= at {
			held = b
		}
	}
	return held.chain, true
}

// noteAliases collects variables that hold a part of a chain: phone := m.Guardian.Factors.Phone, const { sms } = guardian.factors.
func (t *text) noteAliases() {
	t.aliases = aliases{}
	for i := 1; i < len(t.words); i++ {
		t.noteImport(i)
		gap := strings.TrimRight(t.gap(i), " \t\r\n(&$*")
		if !assigns(gap) {
			continue
		}
		chain := t.assigned(i)
		switch {
		case strings.Contains(gap, "}"):
			t.members(i, chain)
		case partial(chain), t.aliases[t.word(i-1)] != nil && t.declared(i-1, gap):
			t.aliases.note(t.word(i-1), t.at(i), chain)
		}
	}
}

// assigned is the chain that begins at the word i, behind an equals sign.
func (t *text) assigned(i int) []string {
	for t.is(i, "await") || t.is(i, "new") {
		i++
	}
	chain := t.forward(i)
	if len(chain) > 0 {
		chain = t.resolve(chain, t.at(i))
	}
	if n := len(chain); n > 1 && chain[n-1] == "NewClient" {
		chain = chain[:n-1]
	}
	return chain
}

// declared reports whether a variable begins to be at the word i, rather than a member of something.
func (t *text) declared(i int, gap string) bool {
	return strings.HasSuffix(gap, ":=") || slices.Contains([]string{"const", "let", "var", "val"}, t.word(i-1))
}

// noteImport takes a Go package of one factor for the receiver it makes, phone.NewClient being all there is in it, and the name under
// which a class is imported for the class: from auth0.management import Guardian as G.
func (t *text) noteImport(i int) {
	if t.is(i-1, "as") && isReceiver(t.word(i-2), "guardian") && (t.language == python || t.language == javascript) {
		t.aliases.note(t.word(i), 0, []string{t.word(i - 2)})
	}
	if t.language != golang || !t.is(i-1, "factors") || !t.is(i-2, "guardian") || t.gap(i) != "/" || !strings.HasPrefix(t.after(i), "\"") {
		return
	}
	chain := []string{"guardian", "factors", t.word(i)}
	t.aliases.note(t.word(i), 0, chain)
	// The package may have another name here, which stands before the path.
	line, start := t.line(t.at(i))
	if name := strings.TrimSpace(line[:max(0, strings.IndexByte(line[:t.at(i)-start], '"'))]); name != "" {
		t.aliases.note(strings.TrimPrefix(name, "import "), 0, chain)
	}
}

// assigns reports whether a gap ends in one equals sign.
func assigns(gap string) bool {
	n := len(gap)
	return n > 0 && gap[n-1] == '=' && (n == 1 || strings.IndexByte("=!<>+-*/", gap[n-2]) < 0)
}

// forward is the chain that begins at a word.
func (t *text) forward(i int) []string {
	if i >= len(t.words) {
		return nil
	}
	chain := []string{t.word(i)}
	for i++; i < len(t.words) && len(chain) < longest && chained(t.gap(i)) && !strings.Contains(t.gap(i), "\n\n"); i++ {
		if newLine := strings.IndexByte(t.gap(i), '\n'); newLine >= 0 && !strings.ContainsAny(t.gap(i)[newLine:], ".>") {
			break
		}
		chain = append(chain, t.word(i))
	}
	return chain
}

// partial reports whether a chain leads to a receiver of the table, and not beyond.
func partial(chain []string) bool {
	for _, want := range []string{"guardian", "guardian.factors", "guardian.factors.phone", "guardian.factors.sms", "guardian.multifactor", "guardian.multifactor.phone", "guardian.multifactor.sms"} {
		words := strings.Split(want, ".")
		if suffix(chain, words) == len(words) {
			return true
		}
	}
	return false
}

// members notes what { phone, sms: text, factors: { sms } } takes from a chain, whose first word is i.
func (t *text) members(i int, chain []string) {
	first, prefix := t.opening(i), slices.Clip(chain)
	depths := []int{len(prefix)}
	for j := first; j < i && first >= 0; j++ {
		for range strings.Count(t.gap(j), "}") {
			if n := len(depths); n > 1 {
				prefix, depths = prefix[:depths[n-1]], depths[:n-1]
			}
		}
		member := slices.Concat(prefix, []string{t.word(j)})
		switch after := strings.TrimLeft(t.after(j), " \t\r\n"); {
		case !strings.HasPrefix(after, ":"):
		case strings.Contains(after, "{"):
			depths, prefix = append(depths, len(prefix)), member
			continue
		default:
			j++ // under another name
		}
		if partial(prefix) || partial(member) {
			t.aliases.note(t.word(j), t.at(i), member)
		}
	}
}

// opening is the word behind the brace that is closed before the word i; -1 where it is far.
func (t *text) opening(i int) int {
	depth := 0
	for j := i; j > 0 && j > i-40; j-- {
		gap := t.gap(j)
		depth += strings.Count(gap, "}") - strings.Count(gap, "{")
		if depth == 0 && j < i {
			return j
		}
	}
	return -1
}
