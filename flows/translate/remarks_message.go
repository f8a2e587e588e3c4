package translate

import (
	"slices"
	"strings"

	"upe/flows/syntax"
)

// aboutMessage: the fields of the message.
func (s *study) aboutMessage(say say, t Translation) {
	if s.facts.text && len(t.Decisions) > 0 {
		how := "as_text, or as_voice for a call"
		if (answers{decided: answered(t.Decisions), types: s.source.MessageTypes, facts: s.facts}).asText() {
			how = "as_text"
		}
		say(6, Note, nil, "the text of the message is now %s", how)
		say(29, Note, nil, "its wording comes from the tenant's phone notification templates, which are moved apart from the code")
	}
	if s.facts.code {
		say(10, Note, nil, "the code can be missing in the new event; codes for a login and an enrolment have it")
	}
	if s.facts.language || s.reading.Shape == ShapeV1 || s.reading.Shape == ShapeHook {
		say(14, Note, nil, "the old event was flat; its fields are gathered from the new one")
	}
	if s.trace == nil {
		return
	}
	for _, u := range append(slices.Clone(s.trace.fields), s.flat()...) {
		if v, ok := vocabularies[u.name]; ok && leaves(s.trace, u, v) {
			say(7, Note, u.node, "the value of %s is used as it is here, so it keeps Auth0's old words (%s)", u.name, strings.Join(oldWords(v), ", "))
		}
	}
	for _, n := range s.recipients() {
		if call := outer(n).Parent; surgery(call) {
			severity := Note
			if atBlanks(call) {
				severity = Warning
			}
			say(13, severity, call, "the number is taken apart here; the new one is documented as E.164, without blanks and hyphens, and neither is certain")
		}
	}
}

func answered(decisions []Decision) map[string]string {
	all := map[string]string{}
	for _, d := range decisions {
		all[d.ID] = d.Answer
	}
	return all
}

func oldWords(v vocabulary) []string {
	var words []string
	for word := range v.values {
		words = append(words, word)
	}
	slices.Sort(words)
	return words
}

// flat are the message's fields in an event that was flat.
func (s *study) flat() []use {
	if s.reading.Shape == ShapeV2 {
		return nil
	}
	return s.trace.parts
}

// leaves reports whether a value is not only compared.
func leaves(t *trace, u use, v vocabulary) bool {
	_, ok := (&rewrite{trace: t}).compared(u, v)
	return !ok
}

// recipients are the expressions that hold the number.
func (s *study) recipients() []*syntax.Node {
	var found []*syntax.Node
	add := func(b *syntax.Binding) {
		if b != nil {
			found = append(found, b.Refs...)
		}
	}
	for _, u := range append(slices.Clone(s.trace.fields), s.flat()...) {
		switch {
		case u.name != "recipient":
		case u.local != nil:
			add(u.local)
		default:
			found = append(found, u.node)
			if d := outer(u.node).Parent; d.Is("VariableDeclarator") {
				add(d.Get("id").Binding)
			}
		}
	}
	if s.reading.Shape == ShapeHook {
		add(s.handler.List("params")[0].Binding)
	}
	return found
}

// atBlanks reports whether a number is taken apart at what only the old one had.
func atBlanks(member *syntax.Node) bool {
	args := outer(member).Parent.List("arguments")
	if len(args) == 0 || !slices.Contains([]string{"split", "indexOf"}, memberName(member)) {
		return false
	}
	text, ok := args[0].Str()
	return ok && text != "" && strings.Trim(text, " -()") == ""
}

// surgery: a method that takes a string apart.
func surgery(member *syntax.Node) bool {
	return slices.Contains([]string{"split", "slice", "substring", "substr", "replace", "replaceAll", "match", "indexOf", "charAt", "startsWith"}, memberName(member))
}
