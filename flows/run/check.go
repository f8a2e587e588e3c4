package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// sight is what a check saw.
type sight struct {
	holds   bool
	silent  bool     // the answer tells nothing, see plan.Check
	found   bool     // something contains Match
	element any      // what was compared: the element that holds, or the first that contains Match
	differs []string // why it does not hold, without secrets
}

// look evaluates a check. An error means that the tenant did not tell: a refusal that the check does not ask for, or silence.
func (e *engine) look(ctx context.Context, check *plan.Check) (sight, error) {
	call, err := e.address(check.Get)
	if err != nil {
		return sight{}, err
	}
	match, err := e.document(check.Match)
	if err != nil {
		return sight{}, err
	}
	want, err := e.document(check.Want)
	if err != nil {
		return sight{}, err
	}
	each, err := e.document(check.Each)
	if err != nil {
		return sight{}, err
	}
	answer, err := e.read(ctx, call)
	if err != nil {
		return refused(check, err)
	}
	if check.Refused != "" {
		return sight{differs: []string{fmt.Sprintf("%s is answered, want it refused with %s", call.Op, check.Refused)}}, nil
	}
	if members, ok := each.([]any); ok {
		return compareEach(check, answer, members), nil
	}
	return compare(check, answer, match, want), nil
}

// compareEach looks for every member among the elements of an answer; for an absence, that none is there.
func compareEach(check *plan.Check, answer any, members []any) sight {
	s := sight{holds: true, element: answer}
	for _, member := range members {
		there := slices.ContainsFunc(candidates(answer, member), func(element any) bool { return plan.Contains(element, member) })
		if there != check.Absent {
			continue
		}
		what := "nothing there contains %s"
		if check.Absent {
			what = "something there still contains %s"
		}
		s.holds = false
		s.differs = append(s.differs, fmt.Sprintf(what, tenant.Redact(plan.Encode(member))))
	}
	return s
}

// read sends a GET and decodes its answer; nil for an empty one. A list that was asked for in pages is read to its end: what is looked for
// may stand on the last one.
func (e *engine) read(ctx context.Context, call tenant.Call) (any, error) {
	return readAll(ctx, e.api, call, func(raw json.RawMessage) { e.secrets.add(tenant.Secrets(raw)...) })
}

// readAll is read, with whoever is to see each answer first.
func readAll(ctx context.Context, api tenant.API, call tenant.Call, see func(json.RawMessage)) (any, error) {
	answer, err := readOnce(ctx, api, call, see)
	if err != nil || call.Query.Get("take") == "" {
		return answer, err
	}
	whole, isObject := answer.(map[string]any)
	for asked := []string{}; isObject; {
		next, more := whole["next"].(string)
		if !more || next == "" {
			break
		}
		if slices.Contains(asked, next) {
			return nil, fmt.Errorf("the answer to %s: its pages come back to one that was read", call.Op)
		}
		asked = append(asked, next)
		call.Query = maps.Clone(call.Query)
		call.Query.Set("from", next)
		page, err := readOnce(ctx, api, call, see)
		if err != nil {
			return nil, err
		}
		further, _ := page.(map[string]any) // what is no object has no further page
		for key, value := range whole {
			list, isList := value.([]any)
			if added, _ := further[key].([]any); isList {
				whole[key] = slices.Concat(list, added)
			}
		}
		whole["next"] = further["next"]
	}
	return answer, nil
}

// readOnce sends one GET.
func readOnce(ctx context.Context, api tenant.API, call tenant.Call, see func(json.RawMessage)) (any, error) {
	raw, err := api.Do(ctx, call)
	if err != nil {
		return nil, err
	}
	see(raw)
	if tenant.Empty(raw) {
		return nil, nil
	}
	answer, err := plan.Decode(raw)
	if err != nil {
		return nil, fmt.Errorf("the answer to %s: %w", call.Op, err)
	}
	return answer, nil
}

// refused judges a read that was not answered with success.
func refused(check *plan.Check, err error) (sight, error) {
	var refusal *tenant.Error
	switch {
	case !errors.As(err, &refusal):
		return sight{}, err
	case check.Refused != "" && refusal.Code == check.Refused:
		return sight{holds: true}, nil
	case check.Refused == "" && refusal.Class() == tenant.ClassNotFound:
		return sight{holds: check.Absent, differs: []string{"it is not there"}}, nil
	case check.Refused == "" && refusal.Class() == tenant.ClassUnified:
		return sight{differs: []string{"Auth0 refuses to show it: " + refusal.Code}}, nil
	}
	return sight{}, err
}

func compare(check *plan.Check, answer, match, want any) sight {
	var first *sight
	for _, element := range candidates(answer, match) {
		if match != nil && !plan.Contains(element, match) {
			continue
		}
		s := sight{found: true, element: element, holds: !check.Absent && (want == nil || plan.Contains(element, want))}
		if s.holds {
			return s
		}
		if s.silent = check.Silent && unsaid(element, want); s.silent {
			return s
		}
		if first == nil {
			s.differs = differences("", element, want, redacted(element), redacted(want))
			first = &s
		}
	}
	switch {
	case check.Absent && first != nil:
		first.differs = []string{"it is still there"}
		return *first
	case check.Absent:
		return sight{holds: true}
	case first != nil:
		return *first
	case match == nil:
		return sight{differs: []string{"the answer is empty"}}
	}
	return sight{differs: []string{fmt.Sprintf("nothing there contains %s", tenant.Redact(plan.Encode(match)))}}
}

// unsaid reports whether an answer has none of the keys that are looked for.
func unsaid(have, want any) bool {
	answer, ok := have.(map[string]any)
	keys, isObject := want.(map[string]any)
	if !ok || !isObject {
		return false
	}
	for key := range keys {
		if _, said := answer[key]; said {
			return false
		}
	}
	return true
}

// candidates are what a check compares: the elements of the answer's list when it looks for one, or else the answer itself. A
// list is the answer, or its first field that is a list: Auth0 wraps some lists ({"providers":[…]}) and not others.
func candidates(answer, match any) []any {
	if answer == nil {
		return nil
	}
	if match == nil {
		return []any{answer}
	}
	switch v := answer.(type) {
	case []any:
		return v
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if list, ok := v[key].([]any); ok {
				return list
			}
		}
	}
	return []any{answer}
}

// differences lists where have does not contain want, with the values as they may be shown.
func differences(pointer string, have, want, shownHave, shownWant any) []string {
	if plan.Contains(have, want) {
		return nil
	}
	h, isObject := have.(map[string]any)
	w, wantsObject := want.(map[string]any)
	if !isObject || !wantsObject {
		if pointer == "" {
			pointer = "/"
		}
		return []string{fmt.Sprintf("%s: want %s, have %s", pointer, shown(shownWant), shown(shownHave))}
	}
	var all []string
	for _, key := range slices.Sorted(maps.Keys(w)) {
		all = append(all, differences(pointer+"/"+key, h[key], w[key], field(shownHave, key), field(shownWant, key))...)
	}
	return all
}

func field(value any, key string) any {
	object, _ := value.(map[string]any) // what is no object has no fields
	return object[key]
}

// shownLength keeps a difference readable where a value is a whole Action.
const shownLength = 120

func shown(value any) string {
	if value == nil {
		return "nothing"
	}
	text := []rune(string(plan.Encode(value)))
	if len(text) > shownLength {
		return string(text[:shownLength]) + "…"
	}
	return string(text)
}

// redacted is a value without its secrets.
func redacted(value any) any {
	clean, err := plan.Decode(tenant.Redact(plan.Encode(value)))
	if err != nil {
		return nil
	}
	return clean
}

// address resolves the id of a call.
func (e *engine) address(call tenant.Call) (tenant.Call, error) {
	id, err := plan.FillID(call.ID, e.values())
	call.ID = id
	return call, err
}

// document resolves the references of a body; nil for none.
func (e *engine) document(body json.RawMessage) (any, error) {
	if len(body) == 0 {
		return nil, nil
	}
	filled, err := plan.Fill(body, e.values())
	if err != nil {
		return nil, err
	}
	return plan.Decode(filled)
}
