package run_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"upe/flows/plan"
	"upe/flows/run"
)

// needsUndo is the migration with a move that going back from needs a former AuthToken for.
func needsUndo() plan.Plan {
	p := migration()
	p.Secrets = append(p.Secrets, plan.Secret{Name: plan.SecretFormerToken, Why: "only to go back: it is not shown again", Undo: []string{"mfa"}})
	return p
}

func TestAMoveWaitsUntilItsUndoIsInHand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), needsUndo()
		mfa := run.Until{Phase: plan.Switch, Move: "mfa"}
		upTo(t, 3, f, log)
		without := newRunner(f, log)
		without.Secret = func(name string) (string, error) {
			if name == plan.SecretFormerToken {
				return "", errors.New("nobody has it")
			}
			return canaryAsked, nil
		}
		wrote := len(f.writes())
		_, err := without.Run(t.Context(), p, mfa, nil)
		refused(t, err, run.NeedsUndo)
		if len(f.writes()) != wrote {
			t.Errorf("it was written all the same: %q", f.writes()[wrote:])
		}
		if _, err := newRunner(f, log).Run(t.Context(), p, mfa, nil); err != nil {
			t.Errorf("with the secret in hand: %v", err)
		}
	})
}

func TestWithoutUndoTakesAReason(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), needsUndo()
		upTo(t, 3, f, log)
		r := newRunner(f, log)
		r.Secret = func(string) (string, error) { return "", nil }
		_, err := r.WithoutUndo(p, "mfa", " ", "Ann")
		refused(t, err, run.NeedsWord)
		_, err = r.WithoutUndo(p, "mfa", "it is in the safe", " ")
		refused(t, err, run.NeedsWord)
		_, err = r.WithoutUndo(p, "con_7", "it is in the safe", "Ann")
		refused(t, err, run.NoSuch)
		state, err := r.WithoutUndo(p, "mfa", "it is in the safe", "Ann")
		if err != nil || !slices.Equal(state.WithoutUndo, []string{"MFA: it is in the safe"}) || len(state.Overrides) > 0 {
			t.Errorf("%q, without evidence %q, %v", state.WithoutUndo, state.Overrides, err)
		}
		if _, err := r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil); err != nil {
			t.Error(err)
		}
		lines, _ := log.Read() // memory is always read
		if !strings.Contains(string(lines), `"lacks":"undo"`) {
			t.Error("the journal does not say that the undo was not in hand")
		}
	})
}

// TestAReasonToGoWithoutUndoIsNoEvidence holds the two apart.
func TestAReasonToGoWithoutUndoIsNoEvidence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, p := newFake(), run.NewMemory(nil), needsUndo()
		r := upTo(t, 1, f, log)
		if _, err := r.WithoutUndo(p, "mfa", "it is in the safe", "Ann"); err != nil {
			t.Fatal(err)
		}
		_, err := r.Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "mfa"}, nil)
		refused(t, err, run.NeedsEvidence)
	})
}
