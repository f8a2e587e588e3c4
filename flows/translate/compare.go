package translate

import (
	"slices"

	"upe/flows/syntax"
)

// How old values are called in the new event (Auth0's reference of custom-phone-provider; the table in its migration guide has two
// rows swapped).
var (
	methods = vocabulary{
		field:  "delivery_method",
		values: map[string]string{"sms": "text", "voice": "voice"},
		others: []string{"text"},
	}
	purposes = vocabulary{
		field:  "message_type",
		values: map[string]string{"enrollment": "otp_enroll", "second-factor-authentication": "otp_verify"},
		others: []string{"otp_enroll", "otp_verify", "blocked_account", "change_password", "password_breach"},
	}
	vocabularies = map[string]vocabulary{"message_type": methods, "action": purposes}
)

// vocabulary is a field whose values have changed their names.
type vocabulary struct {
	field  string            // its new name
	values map[string]string // new names of old values
	others []string          // new values that no old event had
}

// compared are the edits for a field that is only compared with words, or looked at for being there. Anything else needs the old value.
func (r *rewrite) compared(f use, v vocabulary) ([]syntax.Edit, bool) {
	c := comparison{rewrite: &rewrite{trace: r.trace}, vocabulary: v}
	if f.local == nil {
		ok := c.value(f.node)
		return c.edits, ok
	}
	if !f.local.Constant() {
		return nil, false
	}
	if value := f.node.Get("value"); value.Is("AssignmentPattern") && !c.word(value.Get("right")) {
		return nil, false
	}
	for _, ref := range f.local.Refs {
		if !c.value(ref) {
			return nil, false
		}
	}
	return c.edits, true
}

// comparison collects the words that a value is compared with.
type comparison struct {
	*rewrite

	vocabulary vocabulary
}

// value follows a value to what it is compared with.
func (c *comparison) value(n *syntax.Node) bool {
	n = outer(n)
	p := n.Parent
	switch {
	case isTested(n):
		return true
	case isComparison(p) && n.Field == "left":
		return c.word(p.Get("right"))
	case isComparison(p):
		return c.word(p.Get("left"))
	case p.Is("SwitchStatement") && n.Field == "discriminant":
		for _, branch := range p.List("cases") {
			if test := branch.Get("test"); test != nil && !c.word(test) {
				return false
			}
		}
		return true
	case p.Is("VariableDeclarator") && n.Field == "init" && p.Get("id").Is("Identifier") && p.Get("id").Binding.Constant():
		for _, ref := range p.Get("id").Binding.Refs {
			if !c.value(ref) {
				return false
			}
		}
		return true
	}
	return false
}

// word translates a string that a value is compared with. One that only the new event uses would begin to match.
func (c *comparison) word(n *syntax.Node) bool {
	text, ok := n.Str()
	if !ok {
		return false
	}
	if word, known := c.vocabulary.values[text]; known {
		if word != text {
			c.literal(n, word)
		}
		return true
	}
	return !slices.Contains(c.vocabulary.others, text)
}
