package syntax

// Binding is a variable: what one name stands for in one scope.
type Binding struct {
	Name string
	Kind string  // "var", "let", "const", "function", "class", "param", "catch", "import"
	Decl *Node   // the identifier that declares it; the first one of several
	Refs []*Node // every other identifier that stands for it, in the order of the source

	again bool // declared more than once
}

// Constant reports whether the variable has one value from its declaration on: nothing else is ever assigned to it.
func (b *Binding) Constant() bool {
	if b.again {
		return false
	}
	for _, ref := range b.Refs {
		if ref.IsTarget() {
			return false
		}
	}
	return true
}

// IsTarget reports whether n is a place that is written to: the left side of an assignment, what ++ changes, what a loop fills, or
// what delete takes away. A declaration is none.
func (n *Node) IsTarget() bool {
	for p := n.Parent; p != nil; n, p = p, p.Parent {
		switch {
		case p.Is("ArrayPattern", "ObjectPattern", "RestElement"):
		case p.Is("Property") && n.Field == "value" && p.Parent.Is("ObjectPattern"):
		case p.Is("AssignmentPattern") && n.Field == "left":
		case p.Is("AssignmentExpression", "ForInStatement", "ForOfStatement"):
			return n.Field == "left" && !n.Is("VariableDeclaration")
		case p.Is("UpdateExpression"):
			return true
		case p.Is("UnaryExpression"):
			return p.Text == "delete"
		case p.Is("ChainExpression"):
		default:
			return false
		}
	}
	return false
}

// scope is a part of the code where names stand for one thing.
type scope struct {
	outer *scope
	names map[string]*Binding
	hoist bool // var declarations end here
}

// resolver walks the tree twice: names can be used before they are declared.
type resolver struct {
	tree   *Tree
	scopes map[*Node]*scope
}

func resolve(t *Tree) {
	r := &resolver{tree: t, scopes: map[*Node]*scope{}}
	t.Globals = map[string][]*Node{}
	r.declare(t.Root, nil)
	r.refer(t.Root, nil)
}

// opens tells whether a node has a scope of its own, and whether var stops there. A function's body is in the scope of its parameters.
func opens(n *Node) (own, hoist bool) {
	switch n.Type {
	case "Program", "FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression", "StaticBlock":
		return true, true
	case "BlockStatement":
		return !n.Parent.IsFunction(), false
	case "ForStatement", "ForInStatement", "ForOfStatement", "SwitchStatement", "CatchClause", "ClassDeclaration", "ClassExpression":
		return true, false
	}
	return false, false
}

func (r *resolver) declare(n *Node, s *scope) {
	outer := s
	if own, hoist := opens(n); own {
		s = &scope{outer: s, names: map[string]*Binding{}, hoist: hoist}
		r.scopes[n] = s
	}
	switch n.Type {
	case "FunctionDeclaration", "ClassDeclaration":
		r.add(n.Get("id"), outer, kindOf(n))
	case "FunctionExpression", "ClassExpression":
		r.add(n.Get("id"), s, kindOf(n))
	case "VariableDeclarator":
		r.addPattern(n.Get("id"), s.of(n.Parent.Text), n.Parent.Text)
	case "CatchClause":
		r.addPattern(n.Get("param"), s, "catch")
	case "ImportSpecifier", "ImportDefaultSpecifier", "ImportNamespaceSpecifier":
		r.add(n.Get("local"), s, "import")
	}
	if n.IsFunction() {
		for _, p := range n.List("params") {
			r.addPattern(p, s, "param")
		}
	}
	for _, c := range n.Children {
		r.declare(c, s)
	}
}

func kindOf(n *Node) string {
	if n.IsFunction() {
		return "function"
	}
	return "class"
}

// of is the scope that a declaration of this kind lands in.
func (s *scope) of(kind string) *scope {
	for kind == "var" && !s.hoist {
		s = s.outer
	}
	return s
}

// add declares one name. Declaring a name again, as var and parameters may, is a use of the first: it can change the value.
func (r *resolver) add(id *Node, s *scope, kind string) {
	if id == nil {
		return
	}
	b, known := s.names[id.Text]
	if known {
		b.Refs, b.again = append(b.Refs, id), true
	} else {
		b = &Binding{Name: id.Text, Kind: kind, Decl: id}
		s.names[id.Text] = b
	}
	id.Binding = b
}

// addPattern declares the names in a pattern.
func (r *resolver) addPattern(p *Node, s *scope, kind string) {
	switch {
	case p.Is("Identifier"):
		r.add(p, s, kind)
	case p.Is("AssignmentPattern"):
		r.addPattern(p.Get("left"), s, kind)
	case p.Is("RestElement"):
		r.addPattern(p.Get("argument"), s, kind)
	case p.Is("ArrayPattern"):
		for _, e := range p.List("elements") {
			r.addPattern(e, s, kind)
		}
	case p.Is("ObjectPattern"):
		for _, prop := range p.List("properties") {
			if prop.Is("RestElement") {
				r.addPattern(prop, s, kind)
			} else {
				r.addPattern(prop.Get("value"), s, kind)
			}
		}
	}
}

func (r *resolver) refer(n *Node, s *scope) {
	if own := r.scopes[n]; own != nil {
		s = own
	}
	if n.Is("Identifier") && n.Binding == nil && n.isVariable() {
		r.use(n, s)
	}
	for _, c := range n.Children {
		r.refer(c, s)
	}
}

func (r *resolver) use(n *Node, s *scope) {
	for ; s != nil; s = s.outer {
		if b := s.names[n.Text]; b != nil {
			n.Binding = b
			b.Refs = append(b.Refs, n)
			return
		}
	}
	r.tree.Globals[n.Text] = append(r.tree.Globals[n.Text], n)
}

// isVariable tells an identifier that stands for a value from one that names a property, a label or an export.
func (n *Node) isVariable() bool {
	p := n.Parent
	switch p.Type {
	case "MemberExpression":
		return n.Field == "object" || p.Computed()
	case "Property", "MethodDefinition", "PropertyDefinition":
		return n.Field == "value" || p.Computed()
	case "LabeledStatement", "BreakStatement", "ContinueStatement":
		return false
	case "ImportSpecifier", "ImportAttribute", "MetaProperty", "ExportAllDeclaration":
		return false
	case "ExportSpecifier":
		return n.Field == "local"
	}
	return true
}
