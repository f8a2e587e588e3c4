package run_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"upe/flows/plan"
	"upe/flows/run"
)

// TestNobodyIsWaitedForWhoWasNotAsked: a move that was stopped before its manual step was looked at waits for the program, which looks
// first; only then for a person.
func TestNobodyIsWaitedForWhoWasNotAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), migration()
		r := upTo(t, 3, f, log)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		mfa := run.Until{Phase: plan.Switch, Move: "mfa"}
		state, err := r.Run(ctx, p, mfa, func(s run.State) {
			for _, step := range s.Steps {
				if step.ID == "flag" && step.Status == run.Done {
					cancel()
				}
			}
		})
		if !errors.Is(err, context.Canceled) || !strings.HasPrefix(state.WaitsFor, "finish switching on MFA") {
			t.Errorf("interrupted: %v; it waits for %q", err, state.WaitsFor)
		}
		if state, err = r.Run(t.Context(), p, mfa, nil); err != nil || strings.HasPrefix(state.WaitsFor, "finish") {
			t.Errorf("resumed: %v; it waits for %q", err, state.WaitsFor)
		}
	})
}
