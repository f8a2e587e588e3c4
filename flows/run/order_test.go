package run_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// However requests are put together, and whatever goes wrong with one of them: each write is read back before the next one is sent, each
// was looked for after the write before it, and what a write replaces as a whole is the last thing that was read.
func TestWritesAreReadBackAndLookedForOneAfterTheOther(t *testing.T) {
	t.Parallel()
	var requests int
	synctest.Test(t, func(t *testing.T) { _, _, requests = undisturbed(t) })
	rapid.Check(t, func(rt *rapid.T) {
		kind := rapid.SampledFrom([]fault{"", refuse, broken, applied, lost, reset, before, after, garbled}).Draw(rt, "fault")
		at := rapid.IntRange(1, requests).Draw(rt, "request")
		synctest.Test(t, func(t *testing.T) {
			f, log := newFake(), run.NewMemory(nil)
			f.fault = func(number int, _ tenant.Call) fault {
				if number == at {
					return kind
				}
				return ""
			}
			migrate(t, f, log)
			inOrder(t, f.requests)
		})
	})
}

// inOrder holds the requests of a run against its plan.
func inOrder(t *testing.T, requests []tenant.Call) {
	t.Helper()
	writes := []int{-1} // a run begins like after a write
	for i, call := range requests {
		if call.Op.Writes() {
			writes = append(writes, i)
		}
	}
	for n, i := range writes[1:] {
		s, ok := stepOf(requests[i])
		if !ok {
			continue // a test message is looked for by nobody
		}
		reads := requests[writes[n]+1 : i]
		if !slices.ContainsFunc(reads, func(c tenant.Call) bool { return reading(s.Done.Get, c) }) {
			t.Errorf("request %d, %s: nobody looked for it after the write before", i+1, s.ID)
		}
		if last := reads[len(reads)-1]; (s.Merge != nil || s.Call.Op == tenant.PatchBindings) && !reading(s.Done.Get, last) {
			t.Errorf("request %d, %s: before it %s was read", i+1, s.ID, last.Path())
		}
		end := len(requests)
		if n+2 < len(writes) {
			end = writes[n+2]
		}
		if !slices.ContainsFunc(requests[i+1:end], func(c tenant.Call) bool { return reading(s.Done.Get, c) }) {
			t.Errorf("request %d, %s: it was not read back before the next write", i+1, s.ID)
		}
	}
}

// stepOf is the step whose write a request is.
func stepOf(call tenant.Call) (plan.Step, bool) {
	for _, s := range migration().Steps {
		if s.Kind == plan.Request && s.Call.Op == call.Op && (call.Op != tenant.PutMessageTypes || string(s.Call.Body) == string(call.Body)) {
			return s, true
		}
	}
	return plan.Step{}, false
}

// reading reports whether a request is that of a check. An Action's id is not known to the plan.
func reading(check, call tenant.Call) bool { return check.Op == call.Op && call.Op.Method() == "GET" }
