package translate

import (
	"context"
	"slices"
	"strings"

	"upe/flows/pattern"
	"upe/flows/syntax"
)

// study is all that is known about a source before anything is decided.
type study struct {
	source  Source
	program *program     // nil when the code does not parse
	handler *syntax.Node // the function that gets the message; nil when it is not known which one
	trace   *trace       // what it does with its event, or with a Hook's context
	guessed bool         // the handler is only likely to be that function: what it reads is known, but not that it alone is exported
	whole   bool         // the handler is module.exports itself
	under   string       // the name of the export otherwise
	facts   facts
	reading Reading
}

// Read says what code is, without changing it. The error is about the reader: code that cannot be read is a Reading as well.
func Read(ctx context.Context, source Source) (Reading, error) {
	s, err := newStudy(ctx, source)
	if err != nil {
		return Reading{}, err
	}
	return s.reading, nil
}

func newStudy(ctx context.Context, source Source) (*study, error) {
	s := &study{source: source}
	p, err := parse(ctx, source.Code)
	if err != nil {
		return s, s.unreadable(err)
	}
	s.program = p
	s.reading.Secrets = sorted(append(p.secretNames(), source.Secrets...))
	s.reading.Modules = modules(source.Modules, p.required())
	if p.Module {
		s.reading.Shape = shapeOfText(source.Code)
		s.judge(Broken, Remark{Case: 23, Severity: Stops, Line: s.line(p.Root.Children[0]), Text: "this is an ECMAScript module; Auth0 runs CommonJS only: compile it, and translate what comes out"})
		return s, nil
	}
	return s, s.find(ctx)
}

// judge sets the class, and why.
func (s *study) judge(class Class, why ...Remark) {
	s.reading.Class = class
	s.reading.Why = append(s.reading.Why, why...)
}

func (s *study) line(n *syntax.Node) int {
	if n == nil {
		return 0
	}
	return s.program.Line(n.Start)
}

// triggerHandler is what Auth0 calls the functions of its triggers: onExecutePostLogin, onContinuePostLogin (auth0-actions).
var triggerHandler = pattern.Lazy(`^on(?:Execute|Continue)[A-Z]\w*$`)

// find looks for the handler, and reads what it does.
func (s *study) find(ctx context.Context) error {
	p := s.program
	names := s.exported()
	if p.opaque && !slices.Contains(names, newHandler) && p.whole == nil {
		found, err := exported(ctx, s.source.Code)
		if err != nil {
			return err
		}
		names = append(names, found...)
	}
	for _, name := range sorted(names) {
		if triggerHandler().MatchString(name) && name != oldHandler && name != newHandler {
			s.reading.Others = append(s.reading.Others, name)
		}
	}
	switch {
	case slices.Contains(names, newHandler):
		s.readNew(slices.Contains(names, oldHandler))
	case slices.Contains(names, oldHandler):
		s.readOld()
	case p.whole != nil:
		s.readWhole()
	default:
		s.judge(Foreign, Remark{Severity: Stops, Text: "there is no handler for phone messages: neither " + oldHandler + " nor a Hook's function"})
	}
	return nil
}

// exported are the names on module.exports that the code shows.
func (s *study) exported() []string {
	var names []string
	for _, e := range s.program.exports {
		names = append(names, e.name)
	}
	return names
}

// use sets the handler, and traces its event.
func (s *study) use(handler *syntax.Node, param int) {
	s.handler = handler
	if handler != nil {
		s.trace = follow(s.program, handler, param)
	}
}

// readNew reads code that has a handler of the new trigger.
func (s *study) readNew(both bool) {
	s.under, s.reading.Shape = newHandler, ShapeNew
	s.use(s.program.handler(newHandler).functionOrNil(), 0)
	switch {
	case s.handler != nil && isEmpty(s.handler):
		s.judge(Template, Remark{Case: 1, Severity: Stops, Line: s.line(s.handler), Text: "the handler is empty: it delivers nothing"})
	case both:
		s.judge(Migrated, Remark{Case: 24, Severity: Note, Text: "the code has a handler of the new trigger already, beside the old one; it is left as it is"})
	case s.trace.has("message_options") && !s.trace.has("notification"):
		s.reading.Shape = ShapeV2
		s.judge(HalfMigrated, Remark{Case: 25, Severity: Warning, Line: s.line(s.handler), Text: "the export is of the new trigger, but the body reads message_options, which its event does not have"})
		s.learn()
	default:
		s.judge(Migrated, Remark{Case: 24, Severity: Note, Text: "the code is an Action of the new trigger already"})
	}
}

// likely is the function that probably becomes a handler: the one of that name, as bundlers leave it, or the one that is handed to a
// function which wraps it.
func (p *program) likely(name string) *syntax.Node {
	for _, n := range p.Root.Children {
		for _, declared := range append(n.List("declarations"), n) {
			if id := declared.Get("id"); id.Is("Identifier") && id.Text == name && functionOf(id) != nil {
				return functionOf(id)
			}
		}
	}
	if e := p.handler(name); e != nil {
		if call := e.key.Parent.Parent.Get("right"); call.Is("CallExpression") && len(call.List("arguments")) > 0 {
			return functionOf(call.List("arguments")[0])
		}
	}
	return nil
}

func (e *export) functionOrNil() *syntax.Node {
	if e == nil {
		return nil
	}
	return e.function
}

// readOld reads code that has a handler of send-phone-message.
func (s *study) readOld() {
	p := s.program
	s.under, s.reading.Shape = oldHandler, ShapeV2
	s.use(p.handler(oldHandler).functionOrNil(), 0)
	if s.handler == nil {
		s.guessed = true
		s.use(p.likely(oldHandler), 0)
	}
	options := s.trace.has("message_options") || p.mentions("message_options")
	flat := !options && s.trace.hasAny("recipient", "text", "code", "message_type", "action")
	switch {
	case flat && s.source.Version == "v2":
		s.judge(Broken, Remark{Case: 14, Severity: Stops, Line: s.line(s.handler), Text: "the handler reads a flat event, as the first version of the trigger had it; in version 2 all these fields are undefined"})
	case s.source.Version == "v1" || flat:
		s.reading.Shape = ShapeV1
		s.judgeDelivery()
	case !options && (s.trace.has("notification") || p.mentions("as_text") || p.mentions("delivery_method")):
		s.reading.Shape = ShapeNew
		s.judge(HalfMigrated, Remark{Case: 25, Severity: Warning, Line: s.line(s.handler), Text: "the body reads the new event, but the export has the old name: under it, the Action cannot have worked"})
	default:
		s.judgeDelivery()
	}
}

// readWhole reads code whose module.exports is a function: a Hook, or the first version of the trigger.
func (s *study) readWhole() {
	s.whole = true
	params := s.program.whole.List("params")
	legacy := s.source.Trigger == "send-phone-message" || s.source.Version == "v1"
	switch {
	case len(params) >= 4 || len(params) == 3 && isRecipient(params[0]):
		s.reading.Shape = ShapeHook
		s.use(s.program.whole, 2)
	default:
		s.use(s.program.whole, 0)
		s.reading.Shape = ShapeV1
		if s.trace.has("message_options") {
			s.reading.Shape = ShapeV2
		} else if !legacy && !s.trace.hasAny("recipient", "text", "code", "message_type") && !isEmpty(s.handler) {
			s.reading.Shape = ShapeNone
			s.judge(Foreign, Remark{Severity: Stops, Line: s.line(s.handler), Text: "the function that is exported is none for phone messages"})
			return
		}
	}
	if s.source.Trigger == "custom-phone-provider" && isEmpty(s.handler) {
		s.reading.Shape = ShapeNew
	}
	s.judgeDelivery()
}

// recipientName is what Hooks call their first parameter.
var recipientName = pattern.Lazy(`(?i)recipient|phone|^to$|number`)

func isRecipient(n *syntax.Node) bool {
	return n.Is("Identifier") && recipientName().MatchString(n.Text)
}

// has reports whether the handler reads a part of its event.
func (t *trace) has(name string) bool { return t.hasAny(name) }

func (t *trace) hasAny(names ...string) bool {
	return t != nil && slices.ContainsFunc(t.parts, func(u use) bool { return slices.Contains(names, u.name) })
}

// mentions reports whether anything in the code is asked for a property of that name.
func (p *program) mentions(name string) bool {
	for n := range p.Root.All() {
		if memberName(n) == name || n.Is("Property") && n.Parent.Is("ObjectPattern") && keyName(n) == name {
			return true
		}
	}
	return false
}

// isEmpty reports whether a handler does nothing: no statement but a return, a Hook's callback without an error, an empty answer.
func isEmpty(handler *syntax.Node) bool {
	body := handler.Get("body")
	if !body.Is("BlockStatement") {
		return len(calls(body)) == 0 && (body.Is("Literal", "ObjectExpression") || isVoid(body))
	}
	var callback string
	if params := handler.List("params"); len(params) > 3 {
		callback = params[3].Text
	}
	for _, s := range body.Children {
		value := s.Get("expression")
		if s.Is("ReturnStatement") {
			value = s.Get("argument")
		}
		args := value.List("arguments")
		answers := value.Is("CallExpression") && callback != "" && value.Get("callee").Text == callback && (len(args) == 0 || args[0].Text == "null" || isVoid(args[0]))
		switch {
		case value == nil && s.Is("ReturnStatement", "EmptyStatement"), value != nil && len(calls(value)) == 0 && s.Is("ReturnStatement"):
		case answers:
		case s.Is("ExpressionStatement") && value.Is("Literal"): // 'use strict'
		default:
			return false
		}
	}
	return true
}

// shapeOfText guesses the shape of code that does not parse.
func shapeOfText(code string) Shape {
	switch {
	case strings.Contains(code, newHandler):
		return ShapeNew
	case strings.Contains(code, oldHandler):
		return ShapeV2
	case strings.Contains(code, "webtask.secrets"):
		return ShapeHook
	}
	return ShapeNone
}
