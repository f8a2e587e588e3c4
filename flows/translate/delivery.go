package translate

import (
	"slices"
	"strings"

	"upe/flows/syntax"
)

// judgeDelivery tells an Action that delivers messages from one that only watches. Delivering takes both: somebody outside is asked for
// something, and the text or the code of the message is read.
func (s *study) judgeDelivery() {
	s.learn()
	invented := s.program.inventedAPI(s.handler, s.reading.Shape)
	outbound := s.program.outbound()
	switch {
	case s.handler != nil && isEmpty(s.handler):
		s.judge(Template, Remark{Case: 1, Severity: Stops, Line: s.line(s.handler), Text: "the handler is empty: it delivers nothing"})
	case invented != nil && !outbound:
		s.judge(Broken, Remark{Case: 16, Severity: Stops, Line: s.line(invented), Text: "the code calls " + quoted(s.program.Source(invented)) + ", which Auth0 does not have: it cannot have delivered anything"})
	case !outbound:
		s.judge(Observes, Remark{Case: 1, Severity: Stops, Line: s.line(s.handler), Text: "nothing leaves the Action: no request, no module that could send. As the provider's Action it would stop delivery"})
	case !s.facts.text && !s.facts.code:
		s.judge(Observes, Remark{Case: 1, Severity: Stops, Line: s.line(s.handler), Text: "neither the text nor the code of the message is read, so nobody can get it from here. As the provider's Action it would stop delivery"})
	default:
		s.judge(Delivers)
	}
	if invented != nil && outbound {
		s.reading.Why = append(s.reading.Why, Remark{Case: 16, Severity: Warning, Line: s.line(invented), Text: "the code uses " + quoted(s.program.Source(invented)) + ", which Auth0 does not have: where it gets there, it throws"})
	}
}

// quietModules send nothing: they parse, count, format.
var quietModules = strings.Fields(`assert awesome-phonenumber ajv buffer buffer-from crypto crypto-js date-fns dayjs events google-libphonenumber he
	joi jsonwebtoken libphonenumber-js lodash luxon moment ms nanoid os path phone punycode qs querystring stream string_decoder ua-parser-js
	url util uuid validator xml2js xmldom @xmldom/xmldom xpath yup zlib zod`)

// outbound reports whether the code has a way to reach anybody.
func (p *program) outbound() bool {
	for _, name := range []string{"fetch", "XMLHttpRequest", "WebSocket"} {
		if len(p.Globals[name]) > 0 {
			return true
		}
	}
	for path := range p.required() {
		name := strings.TrimPrefix(path, "node:")
		if base := packageOf(name); base != "" {
			name = base
		}
		if !slices.Contains(quietModules, name) {
			return true
		}
	}
	for _, n := range p.Globals["globalThis"] {
		if memberName(n.Parent) == "fetch" {
			return true
		}
	}
	for _, n := range p.Globals["require"] { // what is loaded is named at run time
		if args := n.Parent.List("arguments"); n.Field != "callee" || len(args) > 0 && !isText(args[0]) {
			return true
		}
	}
	return false
}

func isText(n *syntax.Node) bool {
	_, ok := n.Str()
	return ok
}

// inventedAPI finds a use of something that the old trigger's api never had. It had cache.
func (p *program) inventedAPI(handler *syntax.Node, shape Shape) *syntax.Node {
	if handler == nil || shape != ShapeV2 || len(handler.List("params")) < 2 {
		return nil
	}
	api := handler.List("params")[1]
	if !api.Is("Identifier") || api.Binding == nil {
		return nil
	}
	for _, ref := range api.Binding.Refs {
		m := ref.Parent
		if name := memberName(m); name == "" || name == "cache" || name == "notification" || outer(m).Parent.Is("MemberExpression") && outer(m).Parent.Optional() {
			continue
		}
		if call := outer(m); call.Parent.Is("MemberExpression", "CallExpression") {
			return m
		}
	}
	return nil
}

// learn gathers what decisions depend on.
func (s *study) learn() {
	if s.handler == nil {
		s.facts = facts{text: true, code: true, action: true, messageType: true, failure: 1}
		return
	}
	if s.reading.Shape == ShapeHook {
		s.learnHook()
	}
	s.facts.text = s.facts.text || s.reads("text")
	s.facts.code = s.facts.code || s.reads("code")
	s.facts.action = s.facts.action || s.reads("action")
	s.facts.messageType = s.facts.messageType || s.reads("message_type")
	s.facts.refusesVoice = s.reading.Shape == ShapeV2 && len(s.trace.trouble) == 0 && s.trace.refusesVoice()
	s.facts.security = s.trace.has("security_context") || s.reading.Shape == ShapeV2 && s.program.mentions("security_context")
	s.facts.language = s.reading.Shape != ShapeV2 && s.reads("language")
	if n := failure(s.handler); n != nil {
		s.facts.failure, s.facts.failingAt = s.line(n), quoted(s.program.Source(n))
	}
}

// learnHook reads a Hook's parameters. Its failures are what it gives to the callback.
func (s *study) learnHook() {
	params := s.handler.List("params")
	s.facts.text = isUsed(params[1])
	if len(params) < 4 || !params[3].Is("Identifier") {
		return
	}
	for _, ref := range params[3].Binding.Refs {
		args := ref.Parent.List("arguments")
		if ref.Field == "callee" && (len(args) == 0 || args[0].Text == "null" || isVoid(args[0])) {
			continue
		}
		if s.facts.failure == 0 {
			s.facts.failure, s.facts.failingAt = s.line(ref), quoted(s.program.Source(ref.Parent))
		}
	}
}

func isUsed(param *syntax.Node) bool {
	if param.Is("AssignmentPattern") {
		param = param.Get("left")
	}
	return !param.Is("Identifier") || len(param.Binding.Refs) > 0
}
