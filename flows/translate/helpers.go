package translate

import (
	"slices"

	"upe/flows/syntax"
)

// reads reports whether a field of the message is read. A message that goes elsewhere as a whole is read there: by a function of the file,
// which must name the field or hand the message on; by anybody else, wholly.
func (s *study) reads(field string) bool {
	is := func(u use) bool { return u.name == field }
	if slices.ContainsFunc(s.trace.fields, is) || s.reading.Shape != ShapeV2 && slices.ContainsFunc(s.trace.parts, is) {
		return true
	}
	for _, t := range s.trace.trouble {
		if !t.all {
			continue
		}
		if n := t.node; n.Field != "arguments" || !isOurs(n.Parent.Get("callee")) || s.program.handsOn(n, 0) {
			return true
		}
		if p := s.program; p.mentions(field) || p.says(field) || p.anyPassed(0, func(n *syntax.Node) bool { return memberName(n) == "message_options" && n != t.node }) {
			return true
		}
	}
	return false
}

// handsOn reports whether a function or class of the file does more with an argument than to ask it for fields.
func (p *program) handsOn(argument *syntax.Node, hands int) bool {
	param := parameterFor(argument)
	return param.Is("Identifier") && slices.ContainsFunc(param.Binding.Refs, func(ref *syntax.Node) bool { return p.isWhole(ref, hands) })
}

// isWhole reports whether an object goes elsewhere, to be read there. One that is kept as this.message goes where that goes.
func (p *program) isWhole(n *syntax.Node, hands int) bool {
	if a := outer(n).Parent; a.Is("AssignmentExpression") && !n.IsTarget() && a.Get("left").Get("object").Is("ThisExpression") {
		kept := a.Get("left")
		return p.anyPassed(hands, func(n *syntax.Node) bool { return p.Source(n) == p.Source(kept) })
	}
	return p.isPassed(n, hands)
}

// isPassed reports whether an object is more than asked for a field, taken apart or tested, by functions of the file as well.
func (p *program) isPassed(n *syntax.Node, hands int) bool {
	place := outer(n)
	if place.Field == "arguments" && isOurs(place.Parent.Get("callee")) {
		return hands < maxHands && p.handsOn(place, hands+1)
	}
	if place.Parent.Is("MemberExpression") && place.Field == "object" {
		return memberName(place.Parent) == ""
	}
	return !place.Parent.Is("VariableDeclarator") && !isTested(place) && !n.IsTarget()
}

// anyPassed reports whether one of some members is passed on as it is.
func (p *program) anyPassed(hands int, is func(*syntax.Node) bool) bool {
	for n := range p.Root.All() {
		if n.Is("MemberExpression") && is(n) && p.isPassed(n, hands) {
			return true
		}
	}
	return false
}

// says reports whether the code has a string of that text, which may be the name of a field.
func (p *program) says(text string) bool {
	for n := range p.Root.All() {
		if isText(n) && n.Text == text {
			return true
		}
	}
	return false
}

// isOurs reports whether a function or class that is called is one of the file.
func isOurs(callee *syntax.Node) bool {
	if functionOf(callee) != nil {
		return true
	}
	return callee.Is("Identifier") && callee.Binding != nil && callee.Binding.Kind == "class"
}
