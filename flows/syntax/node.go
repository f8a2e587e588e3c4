package syntax

import (
	"iter"
	"sort"
	"strings"
)

// Span is a range of bytes.
type Span struct{ Start, End int }

// Tree is code that was read.
type Tree struct {
	Code     string
	Module   bool // an ECMAScript module, which has import or export
	Root     *Node
	Comments []Span // in order
	// Globals are the names that nothing in the code declares, with every place that uses them.
	Globals map[string][]*Node

	lines []int // offsets where lines start
}

// Node is a part of the code. Its Type and Field are those of ESTree.
type Node struct {
	Type     string
	Field    string // of the parent: "callee"; "arguments" for each of them
	Span            // in bytes
	Text     string // an identifier's name, a string's value, another literal's source, an operator, "const", "get"
	Parent   *Node  // nil at the root
	Children []*Node

	// Binding is what an identifier's name stands for; nil for a global, and for identifiers that are no variables, such as
	// the name of a property.
	Binding *Binding

	flags int
}

// What bridge.js knows about a node, beside its text.
const (
	flagComputed = 1 << iota
	flagShorthand
	flagOptional
	flagAsync
	flagGenerator
	flagString
)

// Computed reports whether the property is in brackets.
func (n *Node) Computed() bool { return n.flags&flagComputed != 0 }

// Shorthand reports whether a property's name is its value as well.
func (n *Node) Shorthand() bool { return n.flags&flagShorthand != 0 }

// Optional reports whether a member or a call comes after "?.".
func (n *Node) Optional() bool { return n.flags&flagOptional != 0 }

// Async reports whether a function is async.
func (n *Node) Async() bool { return n.flags&flagAsync != 0 }

// Generator reports whether a function has a star.
func (n *Node) Generator() bool { return n.flags&flagGenerator != 0 }

// Is reports whether n is there and of one of the types.
func (n *Node) Is(types ...string) bool {
	if n == nil {
		return false
	}
	for _, t := range types {
		if n.Type == t {
			return true
		}
	}
	return false
}

// IsFunction reports whether n is a function of any kind.
func (n *Node) IsFunction() bool {
	return n.Is("FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression")
}

// Str is the value of a string literal, or of a template without substitutions.
func (n *Node) Str() (string, bool) {
	switch {
	case n.Is("Literal") && n.flags&flagString != 0:
		return n.Text, true
	case n.Is("TemplateLiteral") && len(n.Children) == 1 && !n.Parent.Is("TaggedTemplateExpression"):
		return n.Children[0].Text, true
	}
	return "", false
}

// Get is the first child in a field, or nil.
func (n *Node) Get(field string) *Node {
	if n != nil {
		for _, c := range n.Children {
			if c.Field == field {
				return c
			}
		}
	}
	return nil
}

// List is all children in a field.
func (n *Node) List(field string) []*Node {
	var list []*Node
	if n != nil {
		for _, c := range n.Children {
			if c.Field == field {
				list = append(list, c)
			}
		}
	}
	return list
}

// All walks n and everything in it, in the order of the source.
func (n *Node) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) { n.walk(yield) }
}

func (n *Node) walk(yield func(*Node) bool) bool {
	if n == nil {
		return true
	}
	if !yield(n) {
		return false
	}
	for _, c := range n.Children {
		if !c.walk(yield) {
			return false
		}
	}
	return true
}

// Above walks what n is in, from its parent to the root.
func (n *Node) Above() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for p := n.Parent; p != nil && yield(p); p = p.Parent {
		}
	}
}

// In reports whether n is outer or inside it.
func (n *Node) In(outer *Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// Function is the function that n is in; nil at the top. A function is not in itself.
func (n *Node) Function() *Node {
	for p := range n.Above() {
		if p.IsFunction() {
			return p
		}
	}
	return nil
}

// Source is the code of n.
func (t *Tree) Source(n *Node) string { return t.Code[n.Start:n.End] }

// Line is the line of an offset, from 1.
func (t *Tree) Line(offset int) int {
	if t.lines == nil {
		t.lines = []int{0}
		for i := 0; i < len(t.Code); i++ {
			if t.Code[i] == '\n' {
				t.lines = append(t.lines, i+1)
			}
		}
	}
	return sort.SearchInts(t.lines, offset+1)
}

// Skip is the first offset from at on where there is neither white space nor a comment.
func (t *Tree) Skip(at int) int {
	for {
		next := len(t.Code) - len(strings.TrimLeft(t.Code[at:], " \t\r\n\v\f\u00a0\ufeff\u2028\u2029"))
		if i := sort.Search(len(t.Comments), func(i int) bool { return t.Comments[i].Start >= next }); i < len(t.Comments) && t.Comments[i].Start == next {
			next = t.Comments[i].End
		}
		if next == at {
			return at
		}
		at = next
	}
}

// build makes nodes of the rows of bridge.js.
func build(a answer, at func(int) int) *Node {
	var next func(parent *Node) *Node
	rows := a.Nodes
	next = func(parent *Node) *Node {
		row := rows[:7]
		rows = rows[7:]
		n := &Node{
			Type: a.Strings[row[0]], Field: a.Strings[row[1]], Span: Span{at(row[2]), at(row[3])},
			Text: a.Strings[row[4]], flags: row[5], Parent: parent,
		}
		if row[6] > 0 {
			n.Children = make([]*Node, row[6])
		}
		for i := range n.Children {
			n.Children[i] = next(n)
		}
		return n
	}
	return next(nil)
}
