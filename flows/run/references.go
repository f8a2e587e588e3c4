package run

import (
	"bytes"
	"encoding/json"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// references lists, by step, the fields of its answer that other steps refer to, as JSON pointers: they are all that is kept
// of an answer, apart from the id of what was created.
func references(p plan.Plan) map[string][]string {
	kept := map[string][]string{}
	keep := func(reference string) {
		if step, pointer, ok := strings.Cut(reference, "#"); ok {
			kept[step] = append(kept[step], pointer)
		}
	}
	call := func(c tenant.Call) {
		if reference, ok := strings.CutPrefix(c.ID, "@"); ok {
			keep(reference)
		}
		walk(c.Body, keep)
	}
	for _, s := range p.Steps {
		if s.Call != nil {
			call(*s.Call)
		}
		if s.Merge != nil {
			call(s.Merge.Get)
		}
		for _, check := range []*plan.Check{s.Done, s.Fails} {
			if check != nil {
				call(check.Get)
				walk(check.Match, keep)
				walk(check.Each, keep)
				walk(check.Want, keep)
			}
		}
		if creates(s) {
			keep(s.ID + "#/id")
		}
	}
	return kept
}

// creates reports whether a step makes a new resource: its id is not known before, and sending it twice would make two.
func creates(s plan.Step) bool {
	return s.Call != nil && s.Call.Op.Method() == "POST" && !strings.Contains(s.Call.Op.Template(), "{id}")
}

// walk finds the references to answers in a body.
func walk(body json.RawMessage, visit func(reference string)) {
	if !bytes.Contains(body, []byte(`"$from"`)) {
		return // most bodies, and long ones: an Action's code
	}
	document, err := plan.Decode(body)
	if err != nil {
		return
	}
	var inside func(any)
	inside = func(value any) {
		switch v := value.(type) {
		case map[string]any:
			if reference, ok := v["$from"].(string); ok {
				visit(reference)
			}
			for _, inner := range v {
				inside(inner)
			}
		case []any:
			for _, inner := range v {
				inside(inner)
			}
		}
	}
	inside(document)
}

// pick keeps the fields of an answer that the pointers name, as a document in which the same pointers find them.
func pick(answer any, pointers []string) map[string]any {
	kept := map[string]any{}
	for _, pointer := range pointers {
		value, ok := plan.At(answer, pointer)
		if !ok || value == nil || pointer == "" {
			continue
		}
		parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
		document := value
		for i := len(parts) - 1; i >= 0; i-- {
			document = map[string]any{strings.NewReplacer("~1", "/", "~0", "~").Replace(parts[i]): document}
		}
		kept = merge(kept, document)
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// merge lays one document over another.
func merge(under map[string]any, over any) map[string]any {
	merged, ok := plan.Lay(under, over).(map[string]any)
	if !ok {
		return under
	}
	return merged
}
