package translate

import (
	"slices"
	"strings"

	"upe/flows/syntax"
)

// aboutFailures: errors, and results that nobody looks at.
func (s *study) aboutFailures(say say) {
	if s.handler == nil {
		return
	}
	if s.facts.failure > 0 && s.reading.Class == Delivers {
		say(3, Note, nil, "an error can leave the Action at line %d: the user, who saw it until now, hears nothing of it any more", s.facts.failure)
	}
	if n := s.swallowed(); n != nil {
		say(4, Note, n, "a failure is not reported to Auth0 here: a code that did not go out looks like one that did, before and after")
	}
	for n := range s.handler.All() {
		inner := n.Function() == s.handler
		switch {
		case n.Is("ReturnStatement") && inner && n.Get("argument") != nil && !isVoid(n.Get("argument")) && s.reading.Shape != ShapeHook:
			say(5, Note, n, "Auth0 does not look at what the handler returns")
		case n.Is("ExpressionStatement") && inner && isUnwaited(n.Get("expression")) && !s.callsBack(n):
			say(22, Warning, n, "nobody waits for this: when it fails, the Action is over, and neither an error nor api.notification has an effect")
		}
	}
}

// swallowed finds an error that ends where it is caught, or an answer of fetch whose status nobody asks for.
func (s *study) swallowed() *syntax.Node {
	for n := range s.program.Root.All() {
		switch {
		case n.Is("CatchClause") && !throws(n) && n.In(s.handler):
			return n
		case n.Is("CallExpression") && memberName(n.Get("callee")) == "catch" && len(n.List("arguments")) == 1 && s.reading.Shape != ShapeHook:
			if f := functionOf(n.List("arguments")[0]); f != nil && !throws(f) {
				return n
			}
		}
	}
	fetches := s.program.Globals["fetch"]
	if len(fetches) > 0 && !s.program.mentions("ok") && !s.program.mentions("status") {
		return fetches[0]
	}
	return nil
}

func throws(n *syntax.Node) bool {
	for c := range n.All() {
		if c.Is("ThrowStatement") || c.Is("CallExpression") && strings.Contains(strings.ToLower(nameOf(c.Get("callee"))), "reject") {
			return true
		}
	}
	return false
}

// callsBack reports whether a Hook's callback is called in n, so that its end is waited for.
func (s *study) callsBack(n *syntax.Node) bool {
	params := s.handler.List("params")
	if s.reading.Shape != ShapeHook || len(params) < 4 || !params[3].Is("Identifier") {
		return false
	}
	return slices.ContainsFunc(params[3].Binding.Refs, func(ref *syntax.Node) bool { return ref.In(n) })
}

// isUnwaited: a request that is started, a promise with then or catch at its end, a timer.
func isUnwaited(n *syntax.Node) bool {
	for n.Is("ChainExpression") {
		n = n.Get("expression")
	}
	if !n.Is("CallExpression") {
		return false
	}
	callee := n.Get("callee")
	if isGlobal(callee, "fetch", "setTimeout", "setImmediate") || slices.Contains([]string{"then", "catch", "finally"}, memberName(callee)) {
		return true
	}
	if called := functionOf(callee); called != nil {
		return called.Async()
	}
	for _, arg := range n.List("arguments") { // a callback with an error first
		if arg.IsFunction() && len(arg.List("params")) > 0 && slices.Contains([]string{"e", "err", "error"}, arg.List("params")[0].Text) {
			return true
		}
	}
	return false
}
