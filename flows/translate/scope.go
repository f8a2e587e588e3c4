package translate

import "upe/flows/syntax"

// shadowed reports whether the parameter's name stands for something else where n is.
func (r *rewrite) shadowed(n *syntax.Node) bool {
	if !r.param.Is("Identifier") {
		return n.Function() != r.handler
	}
	for other := range r.handler.All() {
		b := other.Binding
		if other.Is("Identifier") && other.Text == r.param.Text && b != nil && b != r.param.Binding && b.Decl == other && n.In(scopeOf(b)) {
			return true
		}
	}
	return false
}

// scopeOf is where a variable can be seen, and perhaps a little more.
func scopeOf(b *syntax.Binding) *syntax.Node {
	for p := range b.Decl.Above() {
		if p.IsFunction() || b.Kind != "var" && p.Is("BlockStatement", "Program", "SwitchStatement", "CatchClause", "ForStatement", "ForOfStatement", "ForInStatement") {
			return p
		}
	}
	return nil
}
