package translate

import "upe/flows/syntax"

// otherCalls are the places that use the handler beside its export: what they call it with is an old event.
func (p *program) otherCalls(handler *syntax.Node) []trouble {
	var found []trouble
	note := func(n *syntax.Node) {
		found = append(found, trouble{node: n, row: 8, text: "the handler is used elsewhere, too, as the old one"})
	}
	id := handler.Get("id")
	if handler.Parent.Is("VariableDeclarator") {
		id = handler.Parent.Get("id")
	}
	if id.Is("Identifier") && id.Binding != nil {
		for _, ref := range id.Binding.Refs {
			if !p.isExported(ref) {
				note(ref)
			}
		}
	}
	for n := range p.Root.All() {
		if memberName(n) == oldHandler && isExports(n.Get("object")) && !n.IsTarget() && !p.isExported(n) {
			note(n)
		}
	}
	return found
}

// isExported reports whether an expression is what an export gets: the value of exports.x = …, or of a property of module.exports.
func (p *program) isExported(n *syntax.Node) bool {
	switch parent := n.Parent; {
	case parent.Is("AssignmentExpression") && n.Field == "right":
		return isExports(parent.Get("left").Get("object")) || isExports(parent.Get("left")) || p.isExported(parent)
	case parent.Is("Property") && n.Field == "value":
		for _, e := range p.exports {
			if e.property == parent {
				return true
			}
		}
	}
	return false
}

// apiElsewhere are the places where api goes elsewhere as a whole: the old one had nothing but cache.
func (p *program) apiElsewhere(handler *syntax.Node) []trouble {
	params := handler.List("params")
	if len(params) < 2 {
		return nil
	}
	const text = "api is passed on whole, and the new one can do more"
	api := params[1]
	if api.Is("AssignmentPattern") {
		api = api.Get("left")
	}
	if !api.Is("Identifier") {
		if last := len(api.Children); api.Is("ObjectPattern") && (last == 0 || !api.Children[last-1].Is("RestElement")) {
			return nil
		}
		return []trouble{{node: api, row: 8, text: text}}
	}
	var found []trouble
	for _, ref := range api.Binding.Refs {
		if p := ref.Parent; !isTested(outer(ref)) && (ref.Field != "object" || memberName(p) == "") {
			found = append(found, trouble{node: ref, row: 8, text: text})
		}
	}
	return found
}
