package plan_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// TestDriftSeesExactlyWhatThePlanReliedOn changes one thing of the tenant.
func TestDriftSeesExactlyWhatThePlanReliedOn(t *testing.T) {
	t.Parallel()
	checkPlans(t, func(t *rapid.T, _ *world, s tenant.Snapshot, _ plan.Choices, p plan.Plan) {
		drift := func(s tenant.Snapshot) []plan.Difference {
			changed, err := plan.Drift(p.Relies, func(path string) (tenant.Part, error) { return s.Parts[path], nil })
			if err != nil {
				t.Fatal(err)
			}
			return changed
		}
		if changed := drift(s); len(changed) > 0 {
			t.Fatalf("nothing changed, and yet %+v", changed)
		}
		other := s
		for path := range s.Parts {
			if !slices.ContainsFunc(p.Relies, func(f plan.Fact) bool { return f.Path == path }) {
				other = edited(other, path, func(any) any { return "something else" })
			}
		}
		if changed := drift(other); len(changed) > 0 {
			t.Fatalf("what changed does not matter, and yet %+v", changed)
		}
		fact := rapid.SampledFrom(p.Relies).Draw(t, "fact")
		changed := drift(edited(s, fact.Path, func(document any) any { return set(document, fact.Pointer, "changed by someone") }))
		if fact.Path == tenant.PathPhoneActions && fact.Pointer == "/0/id" {
			// Another Action stands there: what was known of the former one is gone as well.
			changed = slices.DeleteFunc(changed, func(d plan.Difference) bool { return d.Fact.Pointer == "/[id=act_1]/code" })
		}
		if len(changed) != 1 || changed[0].Fact.Pointer != fact.Pointer || changed[0].Fact.Path != fact.Path {
			t.Fatalf("%s %s changed, seen %+v", fact.Path, fact.Pointer, changed)
		}
		refused := s
		refused.Parts = map[string]tenant.Part{}
		for path, part := range s.Parts {
			refused.Parts[path] = part
		}
		refused.Parts[fact.Path] = tenant.Part{Err: &tenant.Error{Status: 403, Code: "insufficient_scope"}}
		if len(drift(refused)) == 0 {
			t.Fatalf("%s is refused now, which nobody noticed", fact.Path)
		}
	})
}

// edited is a snapshot with one part changed.
func edited(s tenant.Snapshot, path string, change func(any) any) tenant.Snapshot {
	parts := map[string]tenant.Part{}
	for other, part := range s.Parts {
		parts[other] = part
	}
	parts[path] = tenant.Part{Raw: plan.Encode(change(decoded(parts[path].Raw)))}
	s.Parts = parts
	return s
}

// set changes the value at a pointer, making what is not there.
func set(document any, pointer string, value any) any {
	if pointer == "" {
		return value
	}
	first, rest, more := strings.Cut(pointer[1:], "/")
	if more {
		rest = "/" + rest
	}
	element := any(nil) // what is appended to a list must be found again
	if key, name, ok := strings.Cut(strings.Trim(first, "[]"), "="); ok {
		element = object{key: name}
	}
	switch v := document.(type) {
	case object:
		v[first] = set(v[first], rest, value)
		return v
	case []any:
		for i := range v {
			if found, ok := plan.At(v, "/"+first); ok && reflect.DeepEqual(found, v[i]) {
				v[i] = set(v[i], rest, value)
				return v
			}
		}
		return append(v, set(element, rest, value))
	}
	if element != nil || first == "0" {
		return []any{set(element, rest, value)}
	}
	return object{first: set(nil, rest, value)}
}
