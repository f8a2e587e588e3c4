package scan

import (
	"slices"
	"strings"
)

// longest is how many receivers of a call are looked at.
const longest = 8

// callOf matches a method of an SDK at the word i.
func (t *text) callOf(i int, methods []method) []found {
	if strings.HasPrefix(strings.TrimLeft(t.after(i), " \t"), "=") || t.is(i-1, "def") {
		return nil // something of that name is being made
	}
	receivers := t.receivers(i)
	for _, m := range t.candidates(i, methods) {
		sure := t.receiver(receivers, m.call)
		if sure == "" {
			continue
		}
		what, sure := m.target, sure
		if sure == Unknown {
			what.factor = ""
		}
		if m.call.decides != nil {
			if what, sure = t.decide(i, m, sure); sure == "" {
				continue
			}
		}
		return []found{{at: t.at(i), row: m.row, what: what, sure: sure}}
	}
	return nil
}

// candidates are the methods of that name in the language of the file; where its name does not tell, those that are written
// as this chain is.
func (t *text) candidates(i int, methods []method) []method {
	var fit []method
	for _, m := range methods {
		switch {
		case slices.Contains(m.langs, t.language):
			fit = append(fit, m)
		case t.language == anyText || t.language == document || t.language == json || t.language == yaml || t.language == shell:
			if m.call.form == t.form(i) {
				fit = append(fit, m)
			}
		}
	}
	return fit
}

// form is how the chain before a method is written.
func (t *text) form(i int) form {
	switch gap := t.gap(i); {
	case strings.Contains(gap, "->"):
		return arrows
	case strings.Contains(gap, ")"):
		return called
	}
	return dotted
}

// anyFactor stands in a chain for an index that is a variable: factors[kind].
const anyFactor = "*"

// receivers are the words of the chain before the word i, the nearest last, with variables replaced by what they hold. There are none
// where the method stands alone, unless it was taken from something: const { getSmsSelectedProvider } = client.guardian.
func (t *text) receivers(i int) []string {
	var chain []string
	for j := i; j > 0 && len(chain) < longest && chained(t.gap(j)); {
		gap := t.gap(j)
		j = t.caller(j)
		if !wrapper(t.word(j)) {
			chain = append(chain, t.index(j, gap))
		}
	}
	slices.Reverse(chain)
	if len(chain) > 0 {
		return t.resolve(chain, t.at(i))
	}
	if held, ok := t.aliases.of(t.word(i), t.at(i)); ok && held[len(held)-1] == t.word(i) {
		return held[:len(held)-1]
	}
	return nil
}

// wrapper reports whether a word of a chain only changes what its calls return.
func wrapper(name string) bool {
	return strings.EqualFold(strings.ReplaceAll(name, "_", ""), "withRawResponse")
}

// index is the word j of a chain; anyFactor where it is a variable within brackets.
func (t *text) index(j int, after string) string {
	if strings.HasPrefix(after, "]") && strings.HasSuffix(t.gap(j), "[") && !(t.word(j)[0] >= '0' && t.word(j)[0] <= '9') {
		return anyFactor
	}
	return t.word(j)
}

// caller is the word that stands before the gap of the word j in its chain: the one before the arguments where the gap closes a call.
func (t *text) caller(j int) int {
	end := int(t.words[j-1].end)
	depth, from := 0, max(0, end-farArguments)
	if !strings.HasPrefix(strings.TrimLeft(string(t.data[end:t.at(j)]), "\"'` \t\r\n"), ")") {
		return j - 1
	}
	for at := end - 1; at > from; at-- {
		switch t.data[at] {
		case ')':
			depth++
		case '(':
			if depth--; depth >= 0 {
				continue
			}
			if k := t.ending(j-1, at); k >= 0 {
				return k
			}
			return j - 1
		}
	}
	return j - 1
}

// ending is the word that ends exactly at a byte, looked for from the word k backwards; -1 where none does.
func (t *text) ending(k, at int) int {
	for k >= 0 && int(t.words[k].end) > at {
		k--
	}
	if k >= 0 && int(t.words[k].end) == at {
		return k
	}
	return -1
}

// resolve replaces the head of a chain by what was assigned to it, as it stands at a place.
func (t *text) resolve(chain []string, place int) []string {
	for range 3 { // an alias of an alias of an alias
		at := 0
		for at < len(chain) && (chain[at] == "this" || chain[at] == "self") {
			at++
		}
		if at >= len(chain) {
			return chain
		}
		held, ok := t.aliases.of(chain[at], place)
		if !ok {
			return chain
		}
		chain = slices.Concat(held, chain[at+1:])
	}
	return chain
}

// receiver says how well a chain fits that of a call; "" where it does not.
func (t *text) receiver(chain []string, c call) Confidence {
	if c.receiver == "" {
		if len(chain) == 0 && t.language != ruby {
			return ""
		}
		return c.alone
	}
	want := strings.Split(c.receiver, ".")
	switch n := suffix(chain, want); {
	case n >= 2 && chain[len(chain)-1] == anyFactor:
		return Unknown
	case n == len(want):
		return Certain
	case len(chain) == 0:
		return ""
	case n >= 2 && n == len(want)-1 && t.speaks:
		return Likely
	}
	return c.alone
}

// suffix is how many words of want, from the last one, the chain ends with.
func suffix(chain, want []string) int {
	n := 0
	for n < len(want) && n < len(chain) && isReceiver(chain[len(chain)-1-n], want[len(want)-1-n]) {
		n++
	}
	return n
}

// isReceiver compares one word of a chain. Whatever is called guardian counts: getGuardian, guardianClient, _guardian.
func isReceiver(name, want string) bool {
	name = strings.ToLower(name)
	switch want {
	case "guardian":
		return strings.Contains(name, want)
	case "phone", "sms":
		if name == anyFactor {
			return true
		}
	}
	return strings.TrimPrefix(name, "get") == want
}
