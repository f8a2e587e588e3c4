package logs

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// Entry is one log as the API gave it. Every part of it may be missing or of another type than documented.
type Entry struct {
	Raw  json.RawMessage
	ID   string
	Type string
	At   time.Time // zero: it has no date that can be read

	document map[string]any
	leaves   []leaf
}

// leaf is one value of an entry, with the key that it stands under.
type leaf struct{ key, text string }

// maxDepth ends the walk through an entry that is nested without end.
const maxDepth = 12

// Parse reads one log. What is no JSON object has no type and no values.
func Parse(raw json.RawMessage) Entry {
	e := Entry{Raw: raw}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&e.document) != nil {
		e.document = nil
		return e
	}
	e.ID, e.Type, e.At = e.text("log_id"), e.text("type"), dateOf(e.document["date"])
	if e.ID == "" {
		e.ID = e.text("_id")
	}
	for _, key := range slices.Sorted(maps.Keys(e.document)) {
		switch key {
		case "_id", "log_id", "date", "ip", "user_agent":
		default:
			e.leaves = walk(e.leaves, key, e.document[key], maxDepth)
		}
	}
	return e
}

// dateOf reads a date, which Auth0 gives as text, or as an object around one (schema LogDate).
func dateOf(value any) time.Time {
	if object, ok := value.(map[string]any); ok && len(object) == 1 {
		for _, inner := range object {
			value = inner
		}
	}
	text, _ := value.(string)
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return at
}

func walk(leaves []leaf, key string, value any, depth int) []leaf {
	if depth == 0 {
		return leaves
	}
	switch v := value.(type) {
	case string:
		return append(leaves, leaf{key, v})
	case json.Number:
		return append(leaves, leaf{key, v.String()})
	case []any:
		for _, inner := range v {
			leaves = walk(leaves, key, inner, depth-1)
		}
	case map[string]any:
		for _, inner := range slices.Sorted(maps.Keys(v)) {
			leaves = walk(leaves, inner, v[inner], depth-1)
		}
	}
	return leaves
}

// text is the text at a path of keys, empty when there is none.
func (e Entry) text(path ...string) string {
	var value any = e.document
	for _, key := range path {
		object, _ := value.(map[string]any) // nil: nothing stands in it
		value = object[key]
	}
	text, _ := value.(string)
	return text
}

// first is the first value that stands under one of the keys, wherever it is.
func (e Entry) first(keys ...string) string {
	for _, key := range keys {
		for _, l := range e.leaves {
			if l.key == key && l.text != "" {
				return l.text
			}
		}
	}
	return ""
}

// holds reports whether a value of the entry is text, or has it in it.
func (e Entry) holds(text string) bool {
	return text != "" && slices.ContainsFunc(e.leaves, func(l leaf) bool { return strings.Contains(l.text, text) })
}

// channel is the delivery method that an entry names: "text", "voice", or empty.
func (e Entry) channel() string {
	for _, path := range [][]string{
		{"details", "authenticator", "type"},
		{"details", "delivery_method"},
		{"details", "notification_channel"},
		{"details", "channel"},
	} {
		switch e.text(path...) {
		case "sms", "text":
			return "text"
		case "voice":
			return "voice"
		}
	}
	return ""
}

// mail reports whether an entry is about an e-mail: the same types tell of those.
func (e Entry) mail() bool {
	kind := e.text("details", "notification_type") + e.text("details", "notification_channel")
	return strings.Contains(e.text("details", "to"), "@") || strings.Contains(strings.ToLower(kind), "email") ||
		e.text("details", "body", "email") != ""
}

// problem is what an entry says went wrong, in its own words.
func (e Entry) problem() string {
	for _, path := range [][]string{
		{"details", "provider_error", "message"},
		{"details", "failure_details", "message"},
		{"details", "action_error", "message"},
		{"details", "error", "message"},
		{"details", "error"},
		{"details", "warning", "message"},
		{"details", "warning"},
		{"details", "type"},
	} {
		if text := e.text(path...); text != "" {
			return text
		}
	}
	return e.text("description")
}
