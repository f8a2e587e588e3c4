package translate

import "upe/flows/syntax"

// holds says what an expression is known to hold.
type holds int

const (
	theEvent    holds = iota // the event
	theOptions               // event.message_options
	theTenant                // event.tenant
	theContext               // event.security_context
	theSettings              // event.configuration
)

// What both events have, with the same fields in it (auth0-actions, send-phone-message v2 and custom-phone-provider v1).
var common = map[string]bool{"client": true, "custom_domain": true, "request": true, "secrets": true, "transaction": true, "user": true}

// within are the parts of the event whose uses matter.
var within = map[string]holds{
	"message_options": theOptions, "tenant": theTenant, "security_context": theContext, "configuration": theSettings,
}

// The fields of message_options: all of them are always there.
var messageFields = map[string]bool{"action": true, "code": true, "message_type": true, "recipient": true, "text": true}

// use is a place where something of the event is read.
type use struct {
	name  string          // the field: "text", "user"
	node  *syntax.Node    // the expression that has the value; for a destructured variable, its property in the pattern
	key   *syntax.Node    // where the name stands
	local *syntax.Binding // the variable that a pattern puts it in; nil for an expression
}

// trouble is a use that cannot be edited in place.
type trouble struct {
	node *syntax.Node
	row  int // of the table of cases
	text string
	all  bool // any field may be read there
}

// trace is everything that a handler does with its event.
type trace struct {
	*program

	handler *syntax.Node
	param   *syntax.Node // the event's parameter, without its default value
	parts   []use        // event.user, event.message_options
	fields  []use        // event.message_options.text
	context []use        // event.security_context.ja3
	config  []use        // event.configuration.SENDER
	trouble []trouble
	seen    map[*syntax.Node]bool
}

// follow traces the event, which is the parameter of that number, through a handler.
func follow(p *program, handler *syntax.Node, param int) *trace {
	t := &trace{program: p, handler: handler, seen: map[*syntax.Node]bool{}}
	if params := handler.List("params"); len(params) > param {
		t.parameter(params[param])
	}
	for n := range handler.All() {
		switch {
		case isGlobal(n, "arguments") && n.Function() != nil:
			t.lost(n, "the event is taken from arguments")
		case n.Is("WithStatement"), n.Is("CallExpression") && isGlobal(n.Get("callee"), "eval"):
			t.lost(n, "names are made up at run time")
		}
	}
	return t
}

// parameter follows the event from where the handler gets it.
func (t *trace) parameter(n *syntax.Node) {
	if n.Is("AssignmentPattern") {
		n = n.Get("left")
	}
	t.param = n
	switch {
	case n.Is("Identifier"):
		t.variable(n.Binding, theEvent)
	case n.Is("ObjectPattern"):
		t.pattern(n, theEvent)
	default:
		t.lost(n, "the parameters are taken as a list")
	}
}

// lost is a use where any field may be read.
func (t *trace) lost(n *syntax.Node, text string) {
	t.trouble = append(t.trouble, trouble{node: n, row: 8, text: text, all: true})
}

func (t *trace) stuck(n *syntax.Node, row int, text string) {
	t.trouble = append(t.trouble, trouble{node: n, row: row, text: text})
}

// variable follows a name that holds part of the event.
func (t *trace) variable(b *syntax.Binding, what holds) {
	if b == nil {
		return
	}
	if !b.Constant() {
		t.lost(b.Decl, b.Name+" is given another value")
	}
	for _, ref := range b.Refs {
		if !ref.IsTarget() {
			t.value(ref, what)
		}
	}
}

// value follows an expression that holds part of the event, to what is done with it.
func (t *trace) value(n *syntax.Node, what holds) {
	if t.seen[n] {
		return
	}
	t.seen[n] = true
	n = outer(n)
	parent := n.Parent
	switch {
	case parent.Is("MemberExpression") && n.Field == "object":
		t.member(parent, what)
	case parent.Is("VariableDeclarator") && n.Field == "init":
		t.kept(parent.Get("id"), what)
	case parent.Is("AssignmentPattern") && n.Field == "right" && parent.Get("left").Is("ObjectPattern"):
		t.lost(n, "the event is a default value")
	case parent.Is("LogicalExpression") && n.Field == "left" && parent.Text != "&&" && isEmptyObject(parent.Get("right")):
		t.value(parent, what)
	case isTested(n):
	default:
		t.escapes(n, what)
	}
}

// kept is a declared name, or a pattern of names, for part of the event.
func (t *trace) kept(id *syntax.Node, what holds) {
	if id.Is("ObjectPattern") {
		t.pattern(id, what)
		return
	}
	if !id.Is("Identifier") {
		t.escapes(id, what)
		return
	}
	t.variable(id.Binding, what)
}

// member is one field asked for with a dot or in brackets.
func (t *trace) member(m *syntax.Node, what holds) {
	name := memberName(m)
	switch {
	case name == "":
		t.lost(m, "the field is named at run time")
	case name == "hasOwnProperty", name == "toString", name == "propertyIsEnumerable":
		t.lost(m, "the event is asked what it has")
	case outer(m).IsTarget():
		t.stuck(m, 8, "the event is changed")
	default:
		t.field(use{name: name, node: m, key: m.Get("property")}, what)
	}
}

// pattern is fields taken out together.
func (t *trace) pattern(pattern *syntax.Node, what holds) {
	for _, property := range pattern.List("properties") {
		name := keyName(property)
		if name == "" {
			t.lost(property, "what is left of the event goes elsewhere as a whole")
			continue
		}
		u := use{name: name, node: property, key: property.Get("key")}
		value := property.Get("value")
		if value.Is("AssignmentPattern") {
			value = value.Get("left")
		}
		if value.Is("Identifier") {
			u.local = value.Binding
		}
		t.field(u, what)
	}
}

// field notes that a field is read, and follows it when it is a part of the event that has fields itself.
func (t *trace) field(u use, what holds) {
	switch what {
	case theEvent:
		t.part(u)
	case theOptions:
		t.fields = append(t.fields, u)
		if !messageFields[u.name] {
			t.stuck(u.node, 15, "message_options never had a field "+u.name)
		}
		if u.local == nil && u.node.Is("Property") {
			t.stuck(u.node, 8, u.name+" is taken apart further")
		}
	case theContext:
		t.context = append(t.context, u)
	case theSettings:
		t.config = append(t.config, u)
	case theTenant:
		if u.name != "id" {
			t.stuck(u.node, 15, "the old event's tenant has no field "+u.name)
		}
	}
}

// part notes that a part of the event itself is read.
func (t *trace) part(u use) {
	t.parts = append(t.parts, u)
	next, ok := within[u.name]
	switch {
	case !ok && !common[u.name]:
		t.stuck(u.node, 15, "the old event never had a field "+u.name)
	case !ok:
	case u.local != nil:
		t.variable(u.local, next)
	case u.node.Is("Property"):
		t.deeper(u.node.Get("value"), next)
	default:
		t.value(u.node, next)
	}
}

// deeper is a pattern inside a pattern: { message_options: { text } }.
func (t *trace) deeper(value *syntax.Node, what holds) {
	if value.Is("AssignmentPattern") {
		value = value.Get("left")
	}
	if value.Is("ObjectPattern") {
		t.pattern(value, what)
	} else {
		t.escapes(value, what)
	}
}

// escapes is a whole object that goes where its fields cannot be followed.
func (t *trace) escapes(n *syntax.Node, what holds) {
	switch what {
	case theTenant:
		t.stuck(n, 8, "the tenant is passed on whole, and the new event says more about it")
	case theContext:
		t.context = append(t.context, use{name: "security_context", node: n})
	case theSettings:
		t.stuck(n, 21, "the configuration is passed on whole")
	case theOptions:
		t.lost(n, "message_options is passed on whole"+t.where(n))
	case theEvent:
		t.lost(n, "the event is passed on whole"+t.where(n))
	}
}

// where says what gets an object, if that is a call.
func (t *trace) where(n *syntax.Node) string {
	if n.Field != "arguments" {
		return ""
	}
	callee := n.Parent.Get("callee")
	if text := t.Source(callee); len(text) <= 40 {
		return ", to " + text
	}
	return ""
}

func isEmptyObject(n *syntax.Node) bool {
	return n.Is("ObjectExpression") && len(n.Children) == 0
}

// isTested reports whether only the truth of n matters, or nothing.
func isTested(n *syntax.Node) bool {
	p := n.Parent
	switch p.Type {
	case "IfStatement", "ConditionalExpression", "WhileStatement", "DoWhileStatement", "ForStatement":
		return n.Field == "test"
	case "UnaryExpression":
		return p.Text == "!" || p.Text == "typeof" || p.Text == "void"
	case "LogicalExpression":
		return n.Field == "left" && p.Text == "&&" || isTested(p)
	case "BinaryExpression":
		other := p.Get("left")
		if n.Field == "left" {
			other = p.Get("right")
		}
		return isComparison(p) && (isVoid(other) || other.Is("Literal") && other.Text == "null")
	case "ExpressionStatement":
		return true
	}
	return false
}

func isComparison(n *syntax.Node) bool {
	return n.Is("BinaryExpression") && (n.Text == "===" || n.Text == "!==" || n.Text == "==" || n.Text == "!=")
}
