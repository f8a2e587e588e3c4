package oracle

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"upe/client/emulator"
)

// Remember has the witness ask for a code once for every state that a tenant is in, whichever way it came there: an Action that runs
// takes its time. Two states are the same when they differ in nothing but dates, the tenant logs, and the ids of what was made
// since the beginning.
func (w *Witness) Remember() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers = &answers{old: map[string]bool{}, known: map[answerKey]emulator.Result{}}
	for _, id := range w.answers.strip(parsed(w.start)) {
		w.answers.old[id] = true
	}
}

// answers are what became of the codes in every state that was seen.
type answers struct {
	old   map[string]bool // ids that were there in the beginning
	mu    sync.Mutex
	known map[answerKey]emulator.Result
}

type answerKey struct {
	state string
	route Route
}

// of asks a tenant for codes, or knows what came of them before.
func (a *answers) of(ctx context.Context, t *emulator.Tenant) func(Route) emulator.Result {
	ask := func(r Route) emulator.Result { return r.ask(ctx, t) }
	if a == nil {
		return ask
	}
	state := a.essence(t.State())
	return func(r Route) emulator.Result {
		a.mu.Lock()
		defer a.mu.Unlock()
		key := answerKey{state, r}
		result, known := a.known[key]
		if !known {
			result = ask(r)
			a.known[key] = result
		}
		return result
	}
}

// essence is a tenant file without dates and logs. Ids that were not there in the beginning are replaced by numbers: Auth0 gives
// another id to what is made again, and everything that refers to it goes along.
func (a *answers) essence(file json.RawMessage) string {
	document := parsed(file)
	ids := a.strip(document)
	text := quoted(document)
	for i, id := range ids {
		text = strings.ReplaceAll(text, quoted(id), fmt.Sprintf(`"#%d"`, i))
	}
	return text
}

func parsed(file json.RawMessage) map[string]any {
	var document map[string]any
	_ = json.Unmarshal(file, &document) // the emulator's own
	delete(document, "logs")
	return document
}

func quoted(value any) string {
	raw, _ := json.Marshal(value) // what was JSON is JSON again
	return string(raw)
}

// strip takes the dates from a document, in place, and lists the new ids in it, in an order that depends on nothing else.
func (a *answers) strip(value any) []string {
	var ids []string
	switch v := value.(type) {
	case map[string]any:
		for _, key := range []string{"created_at", "updated_at", "built_at", "deployed_at", "versions", "number"} {
			delete(v, key)
		}
		if id, ok := v["id"].(string); ok && !a.old[id] {
			ids = append(ids, id)
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if key != "supported_triggers" { // their ids are names
				ids = append(ids, a.strip(v[key])...)
			}
		}
	case []any:
		for _, inner := range v {
			ids = append(ids, a.strip(inner)...)
		}
	}
	return ids
}
