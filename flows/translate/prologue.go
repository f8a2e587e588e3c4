package translate

import (
	"strings"

	"upe/flows/syntax"
)

// prologue writes what the handler does first: refuse what it was never meant for, and make the old values that it reads. What
// finds no room there goes below the handler, together with what becomes of failures.
func (r *rewrite) prologue() {
	lines := r.hoisted
	var outside []string
	if r.guards("", "") != nil {
		outside = r.guards("api", "event.notification")
		if !r.stops() || !r.wraps() { // else what stops it would count as a failure, and be tried again
			if api := r.api(); api != "" && r.object != "" {
				lines, outside = append(r.guards(api, r.object), lines...), nil
			}
		}
	}
	if len(lines) > 0 {
		r.first(lines)
	}
	if len(outside) == 0 && !r.wraps() {
		return
	}
	if n := r.end(); n != nil {
		r.stuck(n, 0, "nothing below a return outside of any function would run")
	} else {
		r.below(r.wrapper(r.fresh("deliver", "deliverMessage"), r.frozen, outside))
	}
}

// api is the handler's name for Auth0's api object; a handler that has none gets one. It is "" where that is not possible.
func (r *rewrite) api() string {
	params := r.handler.List("params")
	if len(params) > 1 {
		if params[1].Is("Identifier") {
			return params[1].Text
		}
		return ""
	}
	name := r.fresh("api", "phoneApi")
	event := params[0]
	if event.Is("RestElement") {
		return ""
	}
	if r.handler.Is("ArrowFunctionExpression") && strings.HasPrefix(r.Code[r.Skip(event.End):], "=>") {
		r.insert(event.Start, "(")
		r.insert(event.End, ", "+name+")")
	} else {
		r.insert(event.End, ", "+name)
	}
	return name
}

// first puts statements at the start of the handler. An arrow function without a block gets one.
func (r *rewrite) first(lines []string) {
	body := r.handler.Get("body")
	outer := r.indent(r.handler.Start)
	inner := outer + r.step()
	if !body.Is("BlockStatement") {
		start := r.handler.List("params")[len(r.handler.List("params"))-1].End
		for start = r.Skip(start); !strings.HasPrefix(r.Code[start:], "=>"); start = r.Skip(start + 1) {
		}
		r.open(start+2, "{"+r.lay(r.ended(lines, ""), inner)+r.eol+inner+"return ")
		r.insert(r.handler.End, r.semicolon()+r.eol+outer+"}")
		return
	}
	at := body.Start + 1
	for _, s := range body.Children {
		if _, ok := s.Get("expression").Str(); !ok || !s.Is("ExpressionStatement") {
			break
		}
		at = s.End // 'use strict'
	}
	rest := r.Code[at:]
	line, _, _ := strings.Cut(rest, "\n")
	line = strings.TrimSuffix(line, "\r")
	if end := at + len(line); r.Skip(at) >= end { // nothing but comments to the end of the line
		at = end
	}
	if len(body.Children) > 0 {
		if first := r.indent(body.Children[0].Start); strings.HasPrefix(first, outer) && len(first) > len(outer) {
			inner = first
		}
	}
	r.insert(at, r.lay(r.ended(lines, r.Code[r.Skip(at):]), inner))
}

// open puts the start of a block behind an arrow, in the place of the white space there. Comments stay where they are.
func (r *rewrite) open(arrow int, text string) {
	at := r.Skip(arrow)
	if strings.TrimSpace(r.Code[arrow:at]) != "" {
		r.insert(at, text)
		return
	}
	r.edits = append(r.edits, syntax.Edit{Start: arrow, End: at, New: " " + text})
}

// below puts lines after the end of the code.
func (r *rewrite) below(lines []string) {
	r.insert(len(r.Code), appended(r.Code, r.lay(r.ended(lines, ""), ""), r.eol))
}

// appended is text for the end of code, which may lack its last line end.
func appended(code, text, eol string) string {
	if strings.HasSuffix(code, "\n") {
		text = strings.TrimPrefix(text, eol)
	}
	return text + eol
}
