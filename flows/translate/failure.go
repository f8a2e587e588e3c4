package translate

import "upe/flows/syntax"

// failure finds the first place where an error can leave a function: a throw, or a promise that nobody catches, outside of try. A
// function that is called inside is looked into when it is one of the file. Failures of a library's ordinary calls are not foreseen.
func failure(function *syntax.Node) *syntax.Node {
	return failing{}.function(function)
}

// failing holds, for each function that was looked into, the place where it fails. One that calls itself adds nothing.
type failing map[*syntax.Node]*syntax.Node

func (f failing) function(function *syntax.Node) *syntax.Node {
	if found, known := f[function]; known {
		return found
	}
	f[function] = nil
	body := function.Get("body")
	found := f.inside(body)
	if found == nil && !body.Is("BlockStatement") {
		found = f.returned(body)
	}
	f[function] = found
	return found
}

// inside looks at n and what is in it, in order.
func (f failing) inside(n *syntax.Node) *syntax.Node {
	switch {
	case n.IsFunction(), n.Is("ClassDeclaration", "ClassExpression"):
		return nil
	case n.Is("ThrowStatement"):
		return n
	case n.Is("TryStatement") && n.Get("handler") != nil:
		// The block's failures end in the handler, except for a promise that it returns and does not wait for.
		for _, part := range []string{"handler", "finalizer"} {
			if found := f.children(n.Get(part)); found != nil {
				return found
			}
		}
		return f.unawaited(n.Get("block"))
	case n.Is("AwaitExpression"):
		if !f.caught(n.Get("argument")) {
			return n
		}
		return nil
	case n.Is("ReturnStatement") && n.Get("argument") != nil:
		if found := f.inside(n.Get("argument")); found != nil {
			return found
		}
		return f.returned(n.Get("argument"))
	case n.Is("CallExpression"):
		if called := functionOf(n.Get("callee")); called != nil && !called.Async() {
			if found := f.function(called); found != nil {
				return n
			}
		}
	}
	return f.children(n)
}

func (f failing) children(n *syntax.Node) *syntax.Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if found := f.inside(c); found != nil {
			return found
		}
	}
	return nil
}

// returned is an expression whose promise becomes the handler's own.
func (f failing) returned(n *syntax.Node) *syntax.Node {
	for n.Is("ChainExpression") {
		n = n.Get("expression")
	}
	switch {
	case n.Is("SequenceExpression"):
		return f.returned(n.Children[len(n.Children)-1])
	case n.Is("ConditionalExpression", "LogicalExpression"):
		for _, c := range n.Children {
			if found := f.returned(c); found != nil && c.Field != "test" {
				return found
			}
		}
	case n.Is("Identifier") && !constant(n).Is("Identifier"):
		return f.returned(constant(n))
	}
	if n.Is("CallExpression", "NewExpression") && !f.caught(n) && !isPlain(n) {
		return n
	}
	return nil
}

// unawaited finds a promise that is returned out of a try without being waited for.
func (f failing) unawaited(block *syntax.Node) *syntax.Node {
	for n := range block.All() {
		if n.Is("ReturnStatement") && n.Function() == block.Function() && n.Get("argument") != nil {
			if found := f.returned(n.Get("argument")); found != nil {
				return found
			}
		}
	}
	return nil
}

// caught reports whether a promise does not reject: it ends in catch, in then with two functions, or in allSettled; or it is that of an
// async function of the file in which nothing fails.
func (f failing) caught(n *syntax.Node) bool {
	for n.Is("ChainExpression") {
		n = n.Get("expression")
	}
	if !n.Is("CallExpression") {
		return n.Is("Literal", "ObjectExpression", "TemplateLiteral")
	}
	callee, args := n.Get("callee"), n.List("arguments")
	if called := functionOf(callee); called != nil && called.Async() {
		return f.function(called) == nil
	}
	switch memberName(callee) {
	case "catch":
		return len(args) == 1 && f.quiet(args[0])
	case "then":
		return len(args) == 2 && f.quiet(args[0]) && f.quiet(args[1]) || len(args) > 0 && f.quiet(args[0]) && f.caught(callee.Get("object"))
	case "finally":
		return f.caught(callee.Get("object"))
	case "allSettled":
		return isGlobal(callee.Get("object"), "Promise")
	}
	return false
}

// quiet reports whether a function that gets an error or a result does not fail itself.
func (f failing) quiet(n *syntax.Node) bool {
	function := functionOf(n)
	if function == nil {
		return memberName(n) != "" && isGlobal(n.Get("object"), "console")
	}
	return f.function(function) == nil
}

// plainObjects are those whose functions return no promise.
var plainObjects = []string{"JSON", "Object", "Math", "String", "Number", "Boolean", "Array", "console", "Buffer", "Date"}

// isPlain reports whether a call returns no promise.
func isPlain(n *syntax.Node) bool {
	callee := n.Get("callee")
	return isGlobal(callee, plainObjects...) || callee.Is("MemberExpression") && isGlobal(callee.Get("object"), plainObjects...)
}
