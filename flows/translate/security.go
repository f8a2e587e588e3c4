package translate

import "upe/flows/syntax"

// unguarded makes reads of security_context safe: the old event could be without it, the new one always is.
func (r *rewrite) unguarded() {
	for _, u := range r.context {
		object := u.node.Get("object")
		switch {
		case u.node.Is("Property"):
			r.orEmpty(u.node.Parent)
		case object == nil || u.node.Optional() || guarded(u.node):
		case u.node.Computed():
			r.insert(r.Skip(object.End), "?.")
		default:
			r.insert(r.Skip(object.End), "?")
		}
	}
}

// orEmpty gives what a pattern takes apart something to take apart.
func (r *rewrite) orEmpty(pattern *syntax.Node) {
	init := pattern.Parent.Get("init")
	switch {
	case init == nil:
		r.stuck(pattern, 11, "security_context is taken apart together with other things")
	case init.Is("LogicalExpression"), r.emptied[pattern]:
	default:
		r.insert(init.End, " ?? {}")
	}
	r.emptied[pattern] = true
}

// guarded: x && x.y.
func guarded(n *syntax.Node) bool {
	for p := range n.Above() {
		if p.Is("LogicalExpression") && p.Text == "&&" && n.In(p.Get("right")) || p.Is("IfStatement", "ConditionalExpression") && !n.In(p.Get("test")) {
			return true
		}
	}
	return false
}
