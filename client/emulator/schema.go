package emulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// check says what is wrong with a value at a path of a body, in the words of Auth0's validator, or "" when nothing is.
type check func(path string, raw json.RawMessage) string

// shape is the schema of an object. Auth0 refuses unknown keys nearly everywhere (additionalProperties false).
type shape struct {
	keys map[string]check
	need []string
	open bool // unknown keys are accepted
}

func (s shape) check(path string, raw json.RawMessage) string {
	if kindOf(raw) != "object" {
		return mistyped("object", path, raw)
	}
	o := decode[object](raw)
	for _, key := range s.need {
		if !o.has(key) {
			return "Missing required property: " + key + on(path)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(o)) {
		c, known := s.keys[key]
		switch {
		case !known && s.open:
		case !known:
			return "Additional properties not allowed: " + key + on(path)
		default:
			if problem := c(strings.TrimPrefix(path+"."+key, "."), o[key]); problem != "" {
				return problem
			}
		}
	}
	return ""
}

// kindOf names the JSON type of raw.
func kindOf(raw json.RawMessage) string {
	if len(raw) == 0 {
		return "undefined"
	}
	switch raw[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}

func mistyped(want, path string, raw json.RawMessage) string {
	return fmt.Sprintf("Expected type %s but found type %s%s", want, kindOf(raw), on(path))
}

// onProperty stands between a problem and where it is.
const onProperty = " on property "

func on(path string) string {
	if path == "" {
		return ""
	}
	return onProperty + path
}

func boolean(path string, raw json.RawMessage) string {
	if kindOf(raw) != "boolean" {
		return mistyped("boolean", path, raw)
	}
	return ""
}

func document(path string, raw json.RawMessage) string {
	return shape{open: true}.check(path, raw)
}

// text is a string of low to high characters.
func text(low, high int) check {
	return func(path string, raw json.RawMessage) string {
		if kindOf(raw) != "string" {
			return mistyped("string", path, raw)
		}
		switch n := utf8.RuneCountInString(decode[string](raw)); {
		case n < low:
			return fmt.Sprintf("String is too short (%d chars), minimum %d%s", n, low, on(path))
		case n > high:
			return fmt.Sprintf("String is too long (%d chars), maximum %d%s", n, high, on(path))
		}
		return ""
	}
}

func oneOf(values ...string) check {
	return func(path string, raw json.RawMessage) string {
		if kindOf(raw) != "string" {
			return mistyped("string", path, raw)
		}
		if v := decode[string](raw); !slices.Contains(values, v) {
			return "No enum match for: " + v + on(path)
		}
		return ""
	}
}

func nullable(c check) check {
	return func(path string, raw json.RawMessage) string {
		if kindOf(raw) == "null" {
			return ""
		}
		return c(path, raw)
	}
}

// list is an array of at least low items.
func list(low int, item check) check {
	return func(path string, raw json.RawMessage) string {
		if kindOf(raw) != "array" {
			return mistyped("array", path, raw)
		}
		items := decode[[]json.RawMessage](raw)
		if len(items) < low {
			return fmt.Sprintf("Array is too short (%d), minimum %d%s", len(items), low, on(path))
		}
		for i, it := range items {
			if problem := item(fmt.Sprintf("%s[%d]", path, i), it); problem != "" {
				return problem
			}
		}
		return ""
	}
}
