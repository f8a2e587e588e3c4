package plan

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"upe/flows/tenant"
)

// About reports whether a step's write changes a fact. Where the fact is about one element of a list ("/[id=con_1]/options"), the step
// must be about the same one.
func About(s Step, fact Fact) bool {
	if !slices.Contains(Touches(s), fact.Path) {
		return false
	}
	_, selector, ok := strings.Cut(fact.Pointer, "[")
	selector, _, closed := strings.Cut(selector, "]")
	key, value, isPair := strings.Cut(selector, "=")
	if !ok || !closed || !isPair || s.Call.ID == value {
		return true
	}
	if s.Done == nil {
		return false
	}
	match, err := Decode(s.Done.Match)
	if err != nil {
		return false
	}
	have, found := At(match, "/"+key)
	return found && have == value
}

// Planned is what the plan makes of a fact, redacted; nil where it leaves it as it is. Of several steps the first one counts: that is
// what comes next.
func (p Plan) Planned(fact Fact) json.RawMessage {
	key := fact.Pointer[strings.LastIndex(fact.Pointer, "/")+1:]
	for _, s := range p.Steps {
		if len(s.After) == 0 || !About(s, fact) {
			continue
		}
		after, err := Decode(s.After)
		if err != nil {
			continue
		}
		if value, ok := At(after, "/"+key); key != "" && ok {
			return tenant.Redact(Encode(value))
		}
	}
	return nil
}

// Change is one field in which the tenant is not as the plan found it.
type Change struct {
	Field   string // "configuration.default_from"; empty for a fact that is one plain value
	Was, Is string // as JSON writes it, or "nothing"; long values are cut: they are there to be recognised, not read
	Planned string // what the plan was to make of it; empty where it leaves it as it is
}

// Words are a change in one line: "from: was "+1", is "+2", planned "+3"".
func (c Change) Words() string {
	text := fmt.Sprintf("was %s, is %s", c.Was, c.Is)
	if c.Field != "" {
		text = c.Field + ": " + text
	}
	if c.Planned == "" {
		return text + "; the plan does not write it"
	}
	return text + ", planned " + c.Planned
}

// Changes lists the fields of the fact in which the tenant differs, in the order of their names.
func (d Difference) Changes() []Change {
	was, is, planned := fieldsOf(d.Fact.Value), fieldsOf(d.Now), fieldsOf(d.Planned)
	names := map[string]bool{}
	for name := range was {
		names[name] = true
	}
	for name := range is {
		names[name] = true
	}
	var all []Change
	for _, name := range slices.Sorted(maps.Keys(names)) {
		old, now := was[name], is[name]
		if string(Encode(old)) == string(Encode(now)) || hollow(old) && hollow(now) {
			continue
		}
		c := Change{Field: name, Was: shortened(old), Is: shortened(now)}
		if want, ok := planned[name]; ok {
			c.Planned = shortened(want)
		}
		all = append(all, c)
	}
	return all
}

// fieldsOf lists the values of a document by their paths: "configuration.delivery_methods". Lists are values as a whole: Auth0 replaces
// them so.
func fieldsOf(raw json.RawMessage) map[string]any {
	fields := map[string]any{}
	if value, err := Decode(raw); err == nil && value != nil {
		flatten(fields, "", value)
	}
	return fields
}

func flatten(fields map[string]any, path string, value any) {
	object, ok := value.(map[string]any)
	if !ok || len(object) == 0 {
		fields[path] = value
		return
	}
	for key, inner := range object {
		flatten(fields, strings.TrimPrefix(path+"."+key, "."), inner)
	}
}

// hollow reports whether a value holds none: that a field is an empty object, or is not there, is the same to a reader.
func hollow(v any) bool {
	object, ok := v.(map[string]any)
	return v == nil || ok && len(object) == 0
}

// shortest is how much of a value a change shows.
const shortest = 80

// shortened is a value as JSON writes it, with room to break a line.
func shortened(v any) string {
	if v == nil {
		return "nothing"
	}
	text := string(Encode(v))
	if list, ok := v.([]any); ok {
		parts := make([]string, len(list))
		for i, one := range list {
			parts[i] = string(Encode(one))
		}
		text = "[" + strings.Join(parts, ", ") + "]"
	}
	if utf8.RuneCountInString(text) <= shortest {
		return text
	}
	return string([]rune(text)[:shortest]) + "…"
}
