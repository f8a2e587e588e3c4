package report

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// shortest is how much of a value a change shows.
const shortest = 80

// Changes says where two documents differ, a line a field: "was A, is B" for plain values, "from: was A, is B" for a field of an
// object. Long values are cut: they are there to be recognised, not read.
func Changes(was, is json.RawMessage) []string {
	before, after := fieldsOf(was), fieldsOf(is)
	var changes []string
	say := func(path string, old, now any) {
		if hollow(old) && hollow(now) {
			return
		}
		text := fmt.Sprintf("was %s, is %s", cut(orNothing(old)), cut(orNothing(now)))
		if path != "" {
			text = path + ": " + text
		}
		changes = append(changes, text)
	}
	for _, f := range before {
		if now, there := find(after, f.path); !there || !same(f.value, now) {
			say(f.path, f.value, now)
		}
	}
	for _, f := range after {
		if _, there := find(before, f.path); !there {
			say(f.path, nil, f.value)
		}
	}
	return changes
}

// hollow reports whether a value holds none: that a field is an empty object, or is not there, is the same to a reader.
func hollow(v any) bool {
	object, ok := v.(map[string]any)
	return v == nil || ok && len(object) == 0
}

func cut(text string) string {
	if utf8.RuneCountInString(text) <= shortest {
		return text
	}
	return string([]rune(text)[:shortest]) + "…"
}
