package translate

import (
	"strings"

	"upe/flows/syntax"
)

// rewrite edits one handler in place.
type rewrite struct {
	*trace
	answers

	eol      string
	edits    []syntax.Edit
	done     []syntax.Span          // replaced as a whole; nothing inside is edited again
	hoisted  []string               // statements for the start of the handler
	consts   map[string]string      // field -> the constant that holds its old value
	dropped  map[*syntax.Node][]use // pattern -> properties that leave it
	patterns []*syntax.Node         // the keys of dropped, in order
	emptied  map[*syntax.Node]bool  // patterns that got something to take apart
	object   string                 // the expression for event.notification
}

// newRewrite plans the edits. The troubles, when there are any, say why that cannot be done in place.
func newRewrite(t *trace, a answers) (*rewrite, []trouble) {
	r := &rewrite{trace: t, answers: a, eol: eolOf(t.Code), consts: map[string]string{}, dropped: map[*syntax.Node][]use{}, emptied: map[*syntax.Node]bool{}}
	if len(t.trouble) > 0 {
		return r, t.trouble
	}
	if !t.handler.Async() || t.handler.Generator() {
		r.stuck(t.handler, 23, "the handler is no async function, which Auth0 does not take")
		return r, r.trouble
	}
	r.object = r.notification()
	for _, f := range t.fields {
		r.field(f)
	}
	for _, pattern := range r.patterns {
		r.takeOut(pattern, r.dropped[pattern])
	}
	for _, part := range t.parts {
		r.part(part)
	}
	r.unguarded()
	r.prologue()
	return r, r.trouble
}

// notification is the expression for the new event's message, at the start of the handler; "" when there is none.
func (r *rewrite) notification() string {
	if r.param.Is("Identifier") {
		return r.param.Text + ".notification"
	}
	for _, part := range r.parts {
		if part.name == "message_options" && part.local != nil && part.node.Parent == r.param {
			return r.renamed(part)
		}
	}
	return ""
}

// renamed is what a variable that a pattern calls message_options is called from now on.
func (r *rewrite) renamed(part use) string {
	if part.node.Shorthand() && !r.names["notification"] {
		return "notification"
	}
	return part.local.Name
}

func (r *rewrite) replace(n *syntax.Node, text string) {
	r.done = append(r.done, n.Span)
	r.edits = append(r.edits, syntax.Edit{Start: n.Start, End: n.End, New: text})
}

func (r *rewrite) insert(at int, text string) {
	r.edits = append(r.edits, syntax.Edit{Start: at, End: at, New: text})
}

// inside reports whether n is in a part that was replaced as a whole.
func (r *rewrite) inside(n *syntax.Node) bool {
	for _, s := range r.done {
		if s.Start <= n.Start && n.End <= s.End {
			return true
		}
	}
	return false
}

// rename gives a key another name, and leaves the variable that a short pattern puts it in what it was called.
func (r *rewrite) rename(u use, name string) {
	switch {
	case u.node.Shorthand():
		r.insert(u.key.Start, name+": ")
	case u.key.Is("Identifier"):
		r.edits = append(r.edits, syntax.Edit{Start: u.key.Start, End: u.key.End, New: name})
	default:
		r.literal(u.key, name)
	}
}

// literal puts another text between the same quotes.
func (r *rewrite) literal(n *syntax.Node, text string) {
	quote := r.Code[n.Start : n.Start+1]
	r.edits = append(r.edits, syntax.Edit{Start: n.Start, End: n.End, New: quote + text + quote})
}

// field edits one use of a field of message_options.
func (r *rewrite) field(f use) {
	switch f.name {
	case "text":
		if r.asText() {
			r.rename(f, "as_text")
		} else {
			r.convert(f)
		}
	case "message_type", "action":
		v := vocabularies[f.name]
		edits, ok := r.compared(f, v)
		if !ok {
			r.convert(f)
			return
		}
		r.rename(f, v.field)
		r.edits = append(r.edits, edits...)
	}
}

// old is an expression for the old value of a field.
func (r *rewrite) old(field, object string) string {
	switch field {
	case "text":
		return r.words(object)
	case "message_type":
		return object + ".delivery_method === 'voice' ? 'voice' : 'sms'"
	}
	return r.purpose(object)
}

// convert makes the old value where the code reads it.
func (r *rewrite) convert(f use) {
	if f.local != nil {
		r.drop(f)
		return
	}
	place := outer(f.node)
	if r.object == "" {
		r.stuck(f.node, 8, "the event has no name")
		return
	}
	if p := place.Parent; p.Is("VariableDeclarator") && p.Get("id").Is("Identifier") && !r.shadowed(f.node) {
		r.replace(place, r.old(f.name, r.object))
		return
	}
	if !r.handler.Get("body").Is("BlockStatement") && r.guards("", "") == nil {
		r.replace(f.node, enclosed(place, r.old(f.name, r.object)))
		return
	}
	if !f.node.In(r.handler.Get("body")) {
		r.stuck(f.node, 8, "a parameter's default value reads the message")
		return
	}
	r.refer(place, r.hoist(f.name))
}

// enclosed is a conditional expression for the place of another one, in parentheses where it would be taken apart without them.
func enclosed(place *syntax.Node, text string) string {
	if p := place.Parent; strings.Contains(text, "?") && !p.Is("Property", "TemplateLiteral", "ArrayExpression") && place.Field != "arguments" {
		return "(" + text + ")"
	}
	return text
}

// hoist makes a constant at the start of the handler, once for each field.
func (r *rewrite) hoist(field string) string {
	if name, ok := r.consts[field]; ok {
		return name
	}
	candidates := map[string][]string{
		"text": {"text", "messageText"}, "action": {"action", "messageAction"}, "message_type": {"messageType", "legacyMessageType"},
	}
	name := r.fresh(candidates[field]...)
	r.names[name], r.consts[field] = true, name
	r.hoisted = append(r.hoisted, "const "+name+" = "+r.old(field, r.object)+";")
	return name
}

// refer puts a constant in the place of a use; { text: event.message_options.text } becomes { text }.
func (r *rewrite) refer(place *syntax.Node, name string) {
	p := place.Parent
	if p.Is("Property") && place.Field == "value" && p.Parent.Is("ObjectExpression") && keyName(p) == name && !p.Computed() && !r.commented(p.Span) {
		place = p
	}
	r.replace(place, name)
}

func (r *rewrite) commented(s syntax.Span) bool {
	for _, c := range r.Comments {
		if c.Start < s.End && s.Start < c.End {
			return true
		}
	}
	return false
}

// part edits one part of the event itself.
func (r *rewrite) part(part use) {
	switch part.name {
	case "configuration":
		r.rename(part, "secrets")
	case "message_options":
		if r.inside(part.key) {
			return
		}
		if part.local == nil || !part.node.Shorthand() || r.renamed(part) != "notification" {
			r.rename(part, "notification")
			return
		}
		for _, id := range append([]*syntax.Node{part.local.Decl}, part.local.Refs...) {
			if !r.inside(id) {
				r.edits = append(r.edits, syntax.Edit{Start: id.Start, End: id.End, New: "notification"})
			}
		}
	}
}
