package translate

import (
	"slices"

	"upe/flows/syntax"
)

// refusesVoice reports whether the handler leaves, before it reads the text, when a call is asked for:
//
//	if (event.message_options.message_type !== 'sms') return;
//
// Then no text is ever sent for a call, and nobody need be asked for its wording.
func (t *trace) refusesVoice() bool {
	body := t.handler.Get("body")
	for _, u := range t.fields {
		if u.name != "message_type" {
			continue
		}
		for _, value := range t.values(u) {
			s := t.refusal(value)
			if s != nil && s.Parent == body && t.textAfter(s) {
				return true
			}
		}
	}
	return false
}

// values are the expressions that have the value of a field: where it is read, or the variables that it is kept in.
func (t *trace) values(u use) []*syntax.Node {
	b := u.local
	if b == nil {
		d := outer(u.node).Parent
		if !d.Is("VariableDeclarator") || !d.Get("id").Is("Identifier") {
			return []*syntax.Node{outer(u.node)}
		}
		b = d.Get("id").Binding
	}
	if !b.Constant() {
		return nil
	}
	return b.Refs
}

// refusal is the if statement that leaves the handler when value says voice, or nil.
func (t *trace) refusal(value *syntax.Node) *syntax.Node {
	comparison := value.Parent
	if !isComparison(comparison) {
		return nil
	}
	other := comparison.Get("right")
	if other == value {
		other = comparison.Get("left")
	}
	word, _ := other.Str()
	differs := comparison.Text[0] == '!'
	if !(differs && word == "sms" || !differs && word == "voice") {
		return nil
	}
	test := comparison
	if p := test.Parent; p.Is("LogicalExpression") && p.Text == "&&" && p.Get("right") == test && slices.Contains(t.checked(p.Get("left")), value.Binding) {
		test = p // type && type !== 'sms'
	}
	if s := test.Parent; s.Is("IfStatement") && test.Field == "test" && leavesAtOnce(s.Get("consequent")) {
		return s
	}
	return nil
}

// checked is the variable, or the field, that a test of being there is about. It is always there.
func (t *trace) checked(n *syntax.Node) []*syntax.Binding {
	if n.Is("Identifier") {
		return []*syntax.Binding{n.Binding}
	}
	if memberName(n) == "message_type" {
		return []*syntax.Binding{nil}
	}
	return nil
}

// leavesAtOnce reports whether a statement ends the function.
func leavesAtOnce(n *syntax.Node) bool {
	if n.Is("BlockStatement") && len(n.Children) > 0 {
		n = n.Children[len(n.Children)-1]
	}
	return n.Is("ReturnStatement", "ThrowStatement")
}

// textAfter reports whether the text is first read behind a statement.
func (t *trace) textAfter(s *syntax.Node) bool {
	for _, u := range t.fields {
		if u.name != "text" {
			continue
		}
		for _, value := range t.values(u) {
			if value.Start < s.End {
				return false
			}
		}
		if t.values(u) == nil {
			return false
		}
	}
	return true
}
