package translate

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/pattern"
	"upe/flows/syntax"
)

// remarks are what somebody should know about the translation, beside what is asked. The numbers are those of the cases in which an exact
// translation is impossible or needs a word.
func (s *study) remarks(t Translation) []Remark {
	var said []Remark
	say := func(number int, severity Severity, n *syntax.Node, format string, args ...any) {
		line := 0
		if n != nil {
			line = s.line(n)
		}
		r := Remark{Case: number, Line: line, Severity: severity, Text: fmt.Sprintf(format, args...)}
		if !slices.Contains(said, r) {
			said = append(said, r)
		}
	}
	s.aboutModules(say)
	s.aboutFailures(say)
	s.aboutMessage(say, t)
	s.aboutEvent(say)
	s.aboutCode(say)
	return said
}

// say notes one remark, at a node or, with nil, about all of the code.
type say func(number int, severity Severity, n *syntax.Node, format string, args ...any)

func (s *study) aboutModules(say say) {
	if len(s.reading.Secrets) > 0 {
		say(17, Note, nil, "Auth0 never returns secrets: enter them again for the new Action (%s)", strings.Join(s.reading.Secrets, ", "))
	}
	if runtime := s.source.Runtime; slices.Contains([]string{"node12", "node16", "node18", "node18-actions"}, runtime) {
		severity := Warning
		if strings.HasPrefix(runtime, "node18") {
			severity = Note
		}
		say(18, severity, nil, "the Action ran on %s; the new one runs on %s", runtime, newRuntime)
	}
	for _, m := range s.reading.Modules {
		switch {
		case strings.HasPrefix(m.Name, "actions:"):
			say(18, Warning, nil, "%s is a module of Auth0's own, which the new trigger may not offer", m.Name)
		case m.Name == "aws-sdk":
			say(18, Note, nil, "aws-sdk is the AWS SDK of before, out of support; it is carried over as it is")
		case m.Name == "request", m.Name == "nexmo":
			say(18, Note, nil, "%s is not maintained any more; it is carried over as it is", m.Name)
		case m.Version == "":
			say(18, Note, nil, "the version of %s is not known here: take the one of the old Action", m.Name)
		}
	}
}

// aboutEvent: the rest of the event.
func (s *study) aboutEvent(say say) {
	for _, field := range []string{"multifactor", "identities"} {
		if n := s.program.find("user", field); n != nil {
			say(12, Warning, n, "Auth0's pages disagree about user.%s in the new event: see whether it is there", field)
		}
	}
	if s.facts.security {
		say(11, Warning, s.program.find("", "security_context"), "security_context is not in the new event: a check that reads it fails open")
	}
	if s.trace == nil {
		return
	}
	for _, x := range s.trace.trouble {
		if x.row == 15 && s.reading.Shape == ShapeV2 {
			say(15, Warning, x.node, "%s: it is undefined here, before and after; the code means something else", x.text)
		}
		if x.all && strings.HasPrefix(x.text, "the event is passed on whole, to JSON.stringify") {
			say(8, Warning, x.node, "the event is written out whole: the order of its keys, and what Auth0 adds to the common ones, can differ")
		}
	}
	if len(s.trace.config) > 0 || s.trace.has("configuration") {
		say(21, Warning, nil, "the code reads event.configuration, as an integration from Auth0's marketplace does: its vendor may have a new one; what was configured becomes secrets")
	}
	if len(s.reading.Others) > 0 {
		say(19, Note, nil, "the old Action serves other triggers as well (%s): they stay there", strings.Join(s.reading.Others, ", "))
	}
}

// find is the first place that asks an object for a field; any object, when it is "".
func (p *program) find(object, field string) *syntax.Node {
	for n := range p.Root.All() {
		if memberName(n) == field && (object == "" || nameOf(n.Get("object")) == object) {
			return n
		}
		if n.Is("Property") && n.Parent.Is("ObjectPattern") && keyName(n) == field && object == "" {
			return n
		}
	}
	return nil
}

var phoneNumber = pattern.Lazy(`^\+?[0-9][0-9 ()-]{6,18}$`)

var senders = pattern.Lazy(`(?i)^(?:from|sender|senderid|sender_id|originator|source|messagingservicesid|from_?number|default_?from)$`)

// aboutCode: what code does beside the event.
func (s *study) aboutCode(say say) {
	for _, n := range s.program.Globals["process"] {
		if memberName(n.Parent) == "env" && n.Field == "object" {
			say(27, Warning, n, "process.env belongs to the process that runs the Action: what is written there may be seen by other runs, and what is read is not a setting of the Action")
			break
		}
	}
	if s.program.mentions("cache") && s.reading.Shape == ShapeV2 {
		say(28, Note, s.program.find("", "cache"), "api.cache is kept for each trigger: what the old Action had cached is made anew, once")
	}
	for n := range s.program.Root.All() {
		if isSender(n) {
			say(20, Note, n, "the sender stands in the code; the provider's default sender, and notification.from, are not looked at")
		}
	}
	if s.reading.Shape == ShapeHook {
		if len(s.handler.List("params")) < 4 {
			say(26, Warning, s.handler, "the function takes no callback, so as a Hook it never came to its end; now it does, when its promise is settled")
		}
		say(26, Warning, s.handler, "a Hook's callback becomes a promise; written anew, as an async function, the code would be shorter and safer")
	}
}

// isSender: from: 'ACME', const FROM = '+1…', sendSms('ACME', recipient, …).
func isSender(n *syntax.Node) bool {
	var name string
	var value *syntax.Node
	switch {
	case n.Is("Property"):
		name, value = keyName(n), n.Get("value")
	case n.Is("VariableDeclarator"):
		name, value = n.Get("id").Text, n.Get("init")
	case n.Is("CallExpression"):
		if args := n.List("arguments"); len(args) > 2 && nameOf(args[1]) == "recipient" {
			name, value = "sender", args[0]
		}
	}
	text, ok := value.Str()
	return ok && text != "" && senders().MatchString(name) && (phoneNumber().MatchString(text) || !n.Is("VariableDeclarator"))
}
