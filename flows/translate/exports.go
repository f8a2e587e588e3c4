package translate

import (
	"slices"
	"strings"

	"upe/flows/syntax"
)

// renameExport gives the handler the name of the new trigger, wherever the code says the old one of its exports.
func (p *program) renameExport() []syntax.Edit {
	var edits []syntax.Edit
	for _, e := range p.exports {
		if e.name == oldHandler && e.property != nil {
			edits = append(edits, p.renameKey(e.key, e.property.Shorthand()))
		}
	}
	for n := range p.Root.All() {
		if memberName(n) == oldHandler && isExports(n.Get("object")) {
			edits = append(edits, p.renameKey(n.Get("property"), false))
		}
	}
	return edits
}

func (p *program) renameKey(key *syntax.Node, shorthand bool) syntax.Edit {
	switch {
	case shorthand:
		return syntax.Edit{Start: key.Start, End: key.Start, New: newHandler + ": "}
	case key.Is("Identifier"):
		return syntax.Edit{Start: key.Start, End: key.End, New: newHandler}
	}
	quote := p.Code[key.Start : key.Start+1]
	return syntax.Edit{Start: key.Start, End: key.End, New: quote + newHandler + quote}
}

// removeOthers takes the handlers of other triggers out: they stay in the old Action.
func (p *program) removeOthers(others []string) []syntax.Edit {
	var edits []syntax.Edit
	for _, e := range p.exports {
		if !slices.Contains(others, e.name) {
			continue
		}
		if link := e.link(); link != nil { // of a = b = handler
			edits = append(edits, syntax.Edit{Start: link.Start, End: link.Get("right").Start})
		} else if s := statement(e.key); e.property == nil && s.Is("ExpressionStatement") && s.Parent == p.Root && s.Get("expression") == e.assignment() {
			start, end := p.withComments(s)
			edits = append(edits, syntax.Edit{Start: start, End: end})
		} else if e.property != nil {
			end := e.property.End
			if comma := p.Skip(end); p.Code[comma] == ',' {
				end = comma + 1
			}
			start, end := p.wholeLines(e.property.Start, end)
			edits = append(edits, syntax.Edit{Start: start, End: end})
		}
	}
	return edits
}

// link is the assignment of an export that shares its value with others, or nil.
func (e export) link() *syntax.Node {
	a := e.assignment()
	if a != nil && (a.Parent.Is("AssignmentExpression", "VariableDeclarator") || a.Get("right").Is("AssignmentExpression")) {
		return a
	}
	return nil
}

// assignment is the one that makes an export, or nil for a property of an object.
func (e export) assignment() *syntax.Node {
	if e.property != nil {
		return nil
	}
	return e.key.Parent.Parent
}

// wholeLines widens a range to the lines that it is alone on.
func (p *program) wholeLines(start, end int) (int, int) {
	line := start - len(p.indent(start))
	rest := p.Code[end:]
	blank := len(rest) - len(strings.TrimLeft(rest, " \t\r"))
	if line > 0 && p.Code[line-1] == '\n' && strings.HasPrefix(rest[blank:], "\n") {
		return line, end + blank + 1
	}
	return start, end
}

// withComments is a statement with the comments right above it, and the rest of its last line with one empty line.
func (p *program) withComments(s *syntax.Node) (start, end int) {
	start, end = s.Start, s.End
	for i := len(p.Comments) - 1; i >= 0; i-- {
		c := p.Comments[i]
		if c.End > start {
			continue
		}
		gap := p.Code[c.End:start]
		if strings.TrimSpace(gap) != "" || strings.Count(gap, "\n") != 1 {
			break
		}
		start = c.Start
	}
	rest := p.Code[end:]
	blank := rest[:len(rest)-len(strings.TrimLeft(rest, " \t\r\n"))]
	for range 2 {
		if i := strings.IndexByte(blank, '\n'); i >= 0 {
			end += i + 1
			blank = blank[i+1:]
		}
	}
	return start, end
}
