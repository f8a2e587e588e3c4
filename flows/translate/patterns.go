package translate

import (
	"slices"
	"strings"

	"upe/flows/syntax"
)

// drop notes a field that leaves its pattern: a statement behind the declaration makes its old value instead.
func (r *rewrite) drop(f use) {
	pattern := f.node.Parent
	if _, known := r.dropped[pattern]; !known {
		r.patterns = append(r.patterns, pattern)
	}
	r.dropped[pattern] = append(r.dropped[pattern], f)
}

// takeOut takes properties out of a pattern and declares their variables apart.
func (r *rewrite) takeOut(pattern *syntax.Node, gone []use) {
	for _, f := range gone {
		value := f.node.Get("value")
		if value.Is("AssignmentPattern") && !isConstantValue(value.Get("right")) {
			r.stuck(f.node, 8, f.name+" has a default value that is worked out")
			return
		}
	}
	declarator := pattern.Parent
	for declarator.Is("Property", "ObjectPattern", "AssignmentPattern") {
		declarator = declarator.Parent
	}
	switch {
	case r.object == "" || r.shadowed(pattern):
		r.stuck(pattern, 8, "the event has no name where its fields are taken out")
	case declarator == r.handler:
		r.fromParameter(pattern, gone)
	case declarator.Is("VariableDeclarator") && declarator.Parent == statement(declarator):
		r.fromDeclaration(pattern, declarator, gone)
	default:
		r.stuck(pattern, 8, "the message is taken apart in a place that has no room for more")
	}
}

// isConstantValue: a default value that nothing depends on. The old event had every field, so it was never used.
func isConstantValue(n *syntax.Node) bool {
	return n.Is("Literal") || isVoid(n) || n.Is("TemplateLiteral") && len(n.Children) == 1
}

// fromParameter puts the statements at the start of the handler.
func (r *rewrite) fromParameter(pattern *syntax.Node, gone []use) {
	if !r.handler.Get("body").Is("BlockStatement") || len(gone) == len(pattern.Children) {
		r.stuck(pattern, 8, "the message is taken apart where the parameters are")
		return
	}
	r.remove(pattern, gone)
	for _, f := range gone {
		r.hoisted = append(r.hoisted, r.keyword(f)+" "+f.local.Name+" = "+r.old(f.name, r.object)+";")
	}
}

// keyword is what declares a variable that was a parameter.
func (r *rewrite) keyword(f use) string {
	if f.local.Constant() {
		return "const"
	}
	return "let"
}

// fromDeclaration puts a statement behind the declaration, or more variables into it when it declares several.
func (r *rewrite) fromDeclaration(pattern, declarator *syntax.Node, gone []use) {
	var made []string
	for _, f := range gone {
		made = append(made, f.local.Name+" = "+r.old(f.name, r.object))
	}
	for len(gone) == len(pattern.Children) && pattern != declarator.Get("id") { // nothing is left of { message_options: { text } }
		whole := pattern.Parent
		if whole.Is("AssignmentPattern") {
			whole = whole.Parent
		}
		gone, pattern = []use{{node: whole}}, whole.Parent
	}
	if len(gone) == len(pattern.Children) {
		r.replace(declarator, made[0])
		made = made[1:]
	} else {
		r.remove(pattern, gone)
	}
	declaration := declarator.Parent
	between, after, at := r.eol+r.indent(declaration.Start)+declaration.Text+" ", r.semicolon(), declaration.End
	if len(declaration.List("declarations")) > 1 {
		between, after, at = ", ", "", declarator.End
	}
	for _, one := range made {
		r.insert(at, between+one+after)
	}
}

// remove takes properties out of a pattern, each with the comma behind it, the last ones with the comma before.
func (r *rewrite) remove(pattern *syntax.Node, gone []use) {
	all := pattern.Children
	leaves := func(n *syntax.Node) bool {
		return slices.ContainsFunc(gone, func(f use) bool { return f.node == n })
	}
	last := len(all)
	for last > 0 && leaves(all[last-1]) {
		last--
	}
	for i, property := range all[:last] {
		if leaves(property) {
			r.cut(property, property.Start, all[i+1].Start)
		}
	}
	if last == len(all) {
		return
	}
	tail := syntax.Span{Start: all[last-1].End, End: all[len(all)-1].End}
	if !r.commented(tail) {
		r.cut(all[last], tail.Start, tail.End)
		return
	}
	for _, property := range all[last:] {
		r.cutAlone(property)
	}
}

// cut removes a property from start to end. Where a comment is in between, the property and its comma go, and the comment stays.
func (r *rewrite) cut(property *syntax.Node, start, end int) {
	if r.commented(syntax.Span{Start: start, End: end}) {
		r.cutAlone(property)
		return
	}
	r.done = append(r.done, syntax.Span{Start: start, End: end})
	r.edits = append(r.edits, syntax.Edit{Start: start, End: end})
}

// cutAlone removes a property and its comma.
func (r *rewrite) cutAlone(property *syntax.Node) {
	comma := r.Skip(property.End)
	switch {
	case r.commented(syntax.Span{Start: property.Start, End: comma}):
		r.stuck(property, 8, "a comment stands inside the fields that are taken out")
	case r.Code[comma] == ',':
		r.cut(property, property.Start, comma+1)
	default:
		r.cut(property, property.Start, property.End)
	}
}

// indent is the white space before the line of an offset.
func (p *program) indent(at int) string {
	line := p.Code[strings.LastIndexByte(p.Code[:at], '\n')+1 : at]
	line = strings.TrimPrefix(line, "\ufeff")
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}
