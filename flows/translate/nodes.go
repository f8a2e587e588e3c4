package translate

import (
	"slices"

	"upe/flows/syntax"
)

// memberName is the property that a member expression asks for, when the code says which; otherwise "".
func memberName(n *syntax.Node) string {
	if !n.Is("MemberExpression") {
		return ""
	}
	return staticName(n.Get("property"), n.Computed())
}

// keyName is the name of a property in an object or a pattern, when the code says which; otherwise "".
func keyName(n *syntax.Node) string {
	if !n.Is("Property") {
		return ""
	}
	return staticName(n.Get("key"), n.Computed())
}

func staticName(n *syntax.Node, computed bool) string {
	if text, ok := n.Str(); ok {
		return text
	}
	if n.Is("Identifier") && !computed {
		return n.Text
	}
	return ""
}

// isGlobal reports whether n is a name that nothing in the code declares.
func isGlobal(n *syntax.Node, names ...string) bool {
	return n.Is("Identifier") && n.Binding == nil && slices.Contains(names, n.Text)
}

// isExports: exports, module.exports, a constant that is one of them.
func isExports(n *syntax.Node) bool {
	if value := constant(n); value != n {
		return !value.Is("Identifier") && isExports(value) || isGlobal(value, "exports")
	}
	return isGlobal(n, "exports") && (n.Field != "property" || n.Parent.Computed()) || memberName(n) == "exports" && isGlobal(n.Get("object"), "module")
}

// isVoid: void 0, undefined.
func isVoid(n *syntax.Node) bool {
	return n.Is("UnaryExpression") && n.Text == "void" || isGlobal(n, "undefined")
}

// assigned is the value at the end of a chain of assignments: c in a = b = c.
func assigned(n *syntax.Node) *syntax.Node {
	for n.Is("AssignmentExpression") && n.Text == "=" {
		n = n.Get("right")
	}
	return n
}

// constant is what a name stands for, when that never changes; otherwise n itself.
func constant(n *syntax.Node) *syntax.Node {
	for range 8 { // a name for a name for a name; and no name for itself
		if !n.Is("Identifier") || n.Binding == nil || !n.Binding.Constant() {
			break
		}
		declaration := n.Binding.Decl.Parent
		switch {
		case declaration.Is("FunctionDeclaration", "FunctionExpression") && n.Binding.Decl.Field == "id":
			return declaration
		case declaration.Is("VariableDeclarator") && n.Binding.Decl.Field == "id" && declaration.Get("init") != nil:
			n = declaration.Get("init")
		default:
			return n
		}
	}
	return n
}

// functionOf is the function that an expression is, or names; otherwise nil.
func functionOf(n *syntax.Node) *syntax.Node {
	if n = constant(n); n.IsFunction() {
		return n
	}
	return nil
}

// outer is n with what belongs to it around it: the chain that an optional member ends.
func outer(n *syntax.Node) *syntax.Node {
	for n.Parent.Is("ChainExpression") {
		n = n.Parent
	}
	return n
}

// statement is the statement that n is in.
func statement(n *syntax.Node) *syntax.Node {
	for ; n != nil; n = n.Parent {
		if n.Parent.Is("BlockStatement", "Program", "SwitchCase", "StaticBlock") && n.Field != "test" {
			return n
		}
	}
	return nil
}

// calls yields the calls and constructions in n.
func calls(n *syntax.Node) []*syntax.Node {
	var found []*syntax.Node
	for c := range n.All() {
		if c.Is("CallExpression", "NewExpression") {
			found = append(found, c)
		}
	}
	return found
}

// nameOf is the last word of an expression: the name of a variable, or the property that a member asks for.
func nameOf(n *syntax.Node) string {
	for n.Is("ChainExpression") {
		n = n.Get("expression")
	}
	if n.Is("Identifier") {
		return n.Text
	}
	return memberName(n)
}
