package translate

import (
	"slices"

	"upe/flows/pattern"
	"upe/flows/syntax"
)

// secretNames are the names that code reads from its secrets, whatever the shape of its event, and from a marketplace integration's
// configuration, whose values become secrets. Values cannot be read back from Auth0, so all of them must be entered again.
func (p *program) secretNames() []string {
	var names []string
	for n := range p.Root.All() {
		if isSecrets(n) {
			names = append(names, p.namesFrom(n, 0)...)
		}
	}
	return sorted(names)
}

// maxHands is how often secrets are followed from one function of the file to the next.
const maxHands = 4

// namesFrom are the names that are asked of an expression that holds the secrets.
func (p *program) namesFrom(n *syntax.Node, hands int) []string {
	place := outer(n)
	switch parent := place.Parent; {
	case parent.Is("MemberExpression") && place.Field == "object":
		if parent.Computed() && memberName(parent) == "" {
			return p.listedNames()
		}
		return []string{memberName(parent)}
	case parent.Is("VariableDeclarator") && place.Field == "init":
		return keys(parent.Get("id"))
	case parent.Is("Property") && parent.Parent.Is("ObjectPattern") && place.Field == "key":
		return keys(parent.Get("value"))
	case parent.Is("AssignmentExpression") && parent.Get("left").Get("object").Is("ThisExpression"):
		return p.namesOfMember(p.Source(parent.Get("left")))
	case place.Field == "arguments" && hands < maxHands:
		return p.namesHanded(place, hands+1)
	}
	return nil
}

// namesHanded are the names that a function or class of the file asks of what it is given.
func (p *program) namesHanded(argument *syntax.Node, hands int) []string {
	param := parameterFor(argument)
	if !param.Is("Identifier") {
		return keys(param)
	}
	var names []string
	for _, ref := range param.Binding.Refs {
		names = append(names, p.namesFrom(ref, hands)...)
	}
	return names
}

// parameterFor is the parameter that an argument becomes, in a function or class of the file; otherwise nil.
func parameterFor(argument *syntax.Node) *syntax.Node {
	called := functionOf(argument.Parent.Get("callee"))
	if called == nil {
		called = constructor(argument.Parent.Get("callee"))
	}
	at, params := slices.Index(argument.Parent.List("arguments"), argument), called.List("params")
	if at < 0 || at >= len(params) {
		return nil
	}
	return params[at]
}

// constructor is that of a class of the file, which has a name; otherwise nil.
func constructor(class *syntax.Node) *syntax.Node {
	if !class.Is("Identifier") || class.Binding == nil {
		return nil
	}
	for _, method := range class.Binding.Decl.Parent.Get("body").List("body") {
		if method.Is("MethodDefinition") && keyText(method) == "constructor" {
			return method.Get("value")
		}
	}
	return nil
}

func keyText(n *syntax.Node) string { return staticName(n.Get("key"), n.Computed()) }

// namesOfMember are the names that are asked of a place such as this.secrets.
func (p *program) namesOfMember(source string) []string {
	var names []string
	for n := range p.Root.All() {
		if object := n.Get("object"); n.Is("MemberExpression") && object.Is("MemberExpression") && p.Source(object) == source {
			names = append(names, memberName(n))
		}
	}
	return names
}

// listed is how names of secrets in a list look: TWILIO_SID.
var listed = pattern.Lazy(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$`)

// listedNames are such names in lists, and those that functions are given: secrets that are asked for by names from there.
func (p *program) listedNames() []string {
	var names []string
	for n := range p.Root.All() {
		if n.Field == "arguments" && isText(n) && listed().MatchString(n.Text) {
			names = append(names, n.Text)
		}
		if n.Is("ArrayExpression") && !slices.ContainsFunc(n.Children, func(c *syntax.Node) bool { return !listed().MatchString(c.Text) || !isText(c) }) {
			for _, c := range n.Children {
				names = append(names, c.Text)
			}
		}
	}
	return names
}

// isSecrets: x.secrets, event.configuration, a variable called secrets, a constant that one of them is kept in, a pattern's key.
func isSecrets(n *syntax.Node) bool {
	switch memberName(n) {
	case "secrets":
		return true
	case "configuration":
		object := n.Get("object")
		return object.Is("Identifier") && object.Binding != nil && object.Binding.Kind == "param"
	}
	if n.Is("Identifier") && n.Field == "key" && n.Parent.Is("Property") && n.Parent.Parent.Is("ObjectPattern") {
		return n.Text == "secrets" || n.Text == "configuration"
	}
	if !n.Is("Identifier") || n.Binding == nil || n == n.Binding.Decl {
		return false
	}
	if n.Text == "secrets" || keyName(n.Binding.Decl.Parent) == "secrets" {
		return true
	}
	value := constant(n)
	for value.Is("ChainExpression", "LogicalExpression") {
		value = value.Children[0]
	}
	return memberName(value) == "secrets" || value != n && value.Is("Identifier") && value.Text == "secrets"
}

// keys are the names in a pattern.
func keys(pattern *syntax.Node) []string {
	if pattern.Is("AssignmentPattern") {
		pattern = pattern.Get("left")
	}
	var names []string
	if pattern.Is("ObjectPattern") {
		for _, property := range pattern.List("properties") {
			names = append(names, keyName(property))
		}
	}
	return names
}
