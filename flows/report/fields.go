package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"upe/flows/plan"
)

// field is one value of a JSON document, and where it stands: "configuration.delivery_methods". Lists are values as a whole:
// Auth0 replaces them so.
type field struct {
	path  string
	value any
}

// fieldsOf lists the values of a document in the order of their paths. What is no JSON has none.
func fieldsOf(raw json.RawMessage) []field {
	value, err := plan.Decode(raw)
	if err != nil || value == nil {
		return nil
	}
	return flatten(nil, "", value)
}

func flatten(all []field, path string, value any) []field {
	object, ok := value.(map[string]any)
	if _, reference := referenceWords(value); !ok || len(object) == 0 || reference {
		return append(all, field{path, value})
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		all = flatten(all, joinPath(path, key), object[key])
	}
	return all
}

// joinPath adds a key to a path; one that is no plain word is quoted, since keys may come from a tenant.
func joinPath(path, key string) string {
	if strings.ContainsFunc(key, func(r rune) bool { return r != '_' && r != '-' && !wordRune(r) }) || key == "" {
		key = string(plan.Encode(key))
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// find is the value at a path, and whether there is one.
func find(fields []field, path string) (any, bool) {
	for _, f := range fields {
		if f.path == path {
			return f.value, true
		}
	}
	return nil, false
}

// has reports whether fields holds f.
func has(fields []field, f field) bool {
	value, ok := find(fields, f.path)
	return ok && same(value, f.value)
}

// within reports whether fields holds every one of the others.
func within(others, fields []field) bool {
	return !slices.ContainsFunc(others, func(f field) bool { return !has(fields, f) })
}

func same(a, b any) bool { return bytes.Equal(plan.Encode(a), plan.Encode(b)) }

// line is one field of a request, or one that changes because of it: what was there, and what will be.
type line struct {
	path     string
	old, new any
	was      bool // there is an old value to show
	same     bool // the request says again what is there
}

// linesOf lists what a step's request says, each field with what is there before it, and then what changes besides.
func linesOf(s plan.Step) []line {
	before, after := fieldsOf(s.Before), fieldsOf(s.After)
	var body []field
	if s.Call != nil {
		body = fieldsOf(s.Call.Body)
	}
	var lines []line
	for _, f := range body {
		old, was := find(before, f.path)
		l := line{path: f.path, new: f.value}
		switch {
		case was && same(old, f.value):
			l.same = true
		case len(before) > 0 && has(after, f):
			l.old, l.was = old, true
		}
		lines = append(lines, l)
	}
	for _, f := range after {
		if old, was := find(before, f.path); !has(body, f) && !(was && same(old, f.value)) {
			lines = append(lines, line{path: f.path, old: old, new: f.value, was: true})
		}
	}
	for _, f := range before {
		if !covered(after, f.path) && !covered(body, f.path) {
			lines = append(lines, line{path: f.path, old: f.value, was: true})
		}
	}
	return lines
}

// covered reports whether there is a value at a path or below it.
func covered(fields []field, path string) bool {
	return slices.ContainsFunc(fields, func(f field) bool { return f.path == path || strings.HasPrefix(f.path, path+".") })
}

// creates reports whether a step's request makes something that is not there.
func creates(s plan.Step) bool {
	return s.Kind == plan.Request && len(fieldsOf(s.Before)) == 0 && s.Call != nil && s.Call.Op.Method() == "POST" && len(s.Call.Body) > 0
}

// words are a line on one line: "path: old → new".
func (l line) words() string {
	switch {
	case l.same:
		return l.name() + ": " + value(l.new) + " (as it is)"
	case l.was:
		return l.name() + ": " + orNothing(l.old) + " → " + orNothing(l.new)
	}
	return l.name() + ": " + value(l.new)
}

// splits reports whether both values are too much for one line.
func (l line) splits() bool { return l.was && utf8.RuneCountInString(l.words()) > Width-8 }

// name is the field's path; a document that is one list has none.
func (l line) name() string {
	if l.path == "" {
		return "the list"
	}
	return l.path
}

// nothing stands for a value that is not there.
const nothing = "nothing"

func orNothing(v any) string {
	if v == nil {
		return nothing
	}
	return value(v)
}

// value is a value much as JSON writes it, with room to break a line, and a reference as a plan names it.
func value(v any) string {
	if words, ok := referenceWords(v); ok {
		return words
	}
	var parts []string
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			parts = append(parts, value(inner))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, string(plan.Encode(key))+": "+value(v[key]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return string(plan.Encode(v))
}

// referenceWords say what will be filled in when the request is sent: "$secret twilio.auth_token".
func referenceWords(v any) (string, bool) {
	object, ok := v.(map[string]any)
	if !ok || len(object) != 1 {
		return "", false
	}
	for key, name := range object {
		if text, ok := name.(string); ok && strings.HasPrefix(key, "$") {
			return key + " " + text, true
		}
	}
	return "", false
}

// prose is a text of several lines, such as an Action's code; those are shown as they are.
func prose(v any) (string, bool) {
	text, ok := v.(string)
	return text, ok && strings.Contains(strings.TrimRight(text, "\n"), "\n")
}
