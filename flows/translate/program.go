package translate

import (
	"cmp"
	"context"
	"slices"

	"upe/flows/syntax"
)

// program is code that was parsed, with what it exports.
type program struct {
	*syntax.Tree

	exports []export        // in the order of the source
	whole   *syntax.Node    // the function that module.exports is, as in a Hook
	opaque  bool            // module.exports is put together in a way that only a run can show
	frozen  bool            // module.exports takes no more properties
	names   map[string]bool // of every variable, declared or not
}

// export is one name on module.exports.
type export struct {
	name     string
	key      *syntax.Node // where the name stands: an identifier or a string
	property *syntax.Node // in an object literal; nil for an assignment
	function *syntax.Node // nil when it is not known which one
}

// parse reads code and finds its exports.
func parse(ctx context.Context, code string) (*program, error) {
	tree, err := syntax.Parse(ctx, code)
	if err != nil {
		return nil, err
	}
	p := &program{Tree: tree, names: map[string]bool{}}
	for n := range tree.Root.All() {
		if n.Is("Identifier") && n.Binding != nil {
			p.names[n.Text] = true
		}
	}
	for name := range tree.Globals {
		p.names[name] = true
	}
	for n := range tree.Root.All() {
		p.findExport(n)
	}
	slices.SortStableFunc(p.exports, func(a, b export) int { return cmp.Compare(a.key.Start, b.key.Start) })
	return p, nil
}

// fresh is the first of names that no variable has.
func (p *program) fresh(names ...string) string {
	for _, name := range names {
		if !p.names[name] {
			return name
		}
	}
	last := names[len(names)-1]
	for p.names[last] {
		last += "_"
	}
	return last
}

// handler is what the code exports under a name, or nil. A name that is exported twice has no known function.
func (p *program) handler(name string) *export {
	var found *export
	for _, e := range p.exports {
		switch {
		case e.name != name:
		case found == nil:
			found = &e
		default:
			found.function = nil
		}
	}
	return found
}

// findExport notes what one node exports: exports.x = …, module.exports = …, Object.assign(exports, …).
func (p *program) findExport(n *syntax.Node) {
	switch {
	case n.Is("AssignmentExpression") && n.Text == "=":
		left, value := n.Get("left"), assigned(n)
		switch {
		case isExports(left):
			p.exportAll(value)
		case left.Is("MemberExpression") && isExports(left.Get("object")) && !isVoid(value):
			p.exportOne(export{name: memberName(left), key: left.Get("property"), function: functionOf(value)})
		}
	case n.Is("CallExpression") && memberName(n.Get("callee")) == "assign" && len(n.List("arguments")) > 1 && isExports(n.List("arguments")[0]):
		for _, object := range n.List("arguments")[1:] {
			p.exportAll(object)
		}
	case n.Field == "arguments" && isExports(n):
		p.handExports(n.Parent)
	}
}

// handExports notes a call that gets module.exports, and may do anything to it.
func (p *program) handExports(call *syntax.Node) {
	args := call.List("arguments")
	switch name := memberName(call.Get("callee")); {
	case freezes(call):
		p.frozen = true
	case name == "assign" && isExports(args[0]):
	case name == "defineProperty" && len(args) > 1 && args[1].Is("Literal") && args[1].Text == "__esModule":
	default:
		p.opaque = true
	}
}

// freezes reports whether a call gives back its first argument, which takes no more properties.
func freezes(call *syntax.Node) bool {
	callee := call.Get("callee")
	return slices.Contains([]string{"freeze", "seal", "preventExtensions"}, memberName(callee)) && isGlobal(callee.Get("object"), "Object") && len(call.List("arguments")) == 1
}

// exportOne notes one export. A name that is worked out is known to a run only.
func (p *program) exportOne(e export) {
	switch {
	case e.name == "":
		p.opaque = true
	case !slices.ContainsFunc(p.exports, func(other export) bool { return other.key == e.key }): // a = b = { … } comes by twice
		p.exports = append(p.exports, e)
	}
}

// exportAll notes a value that becomes module.exports, or is laid over it.
func (p *program) exportAll(value *syntax.Node) {
	if value.Is("Identifier") && value.Binding != nil && len(value.Binding.Refs) > 1 {
		p.opaque = p.opaque || constant(value).Is("ObjectExpression") // which may be filled elsewhere
	}
	value = constant(value)
	switch {
	case value.Is("ObjectExpression"):
		for _, property := range value.List("properties") {
			p.exportOne(export{name: keyName(property), key: property.Get("key"), property: property, function: functionOf(property.Get("value"))})
		}
	case value.Is("CallExpression") && freezes(value) && !p.frozen:
		p.frozen = true
		p.exportAll(value.List("arguments")[0])
	case value.IsFunction():
		p.whole = value
	case isExports(value):
	default:
		p.opaque = true
	}
}
