package main

import (
	"context"
	"strings"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/wizard"
)

// undoInHand looks, before a move, whether it could be taken back: with the scopes of the token, and with secrets that Auth0 will not show
// any more. A reason to go without is asked for otherwise; without says that there is something the move goes without. What was begun
// is finished: its writes may have happened.
func (o *enableOptions) undoInHand(ctx context.Context, f *folder, s *session, move plan.Move) (found secrets, without bool, err error) {
	state, _, err := f.state()
	if err != nil {
		return secrets{}, false, err
	}
	if found, err = o.app.secretsAndUndo(ctx, s, f.plan, move); err != nil || stands(state, move) != run.MoveReady && stands(state, move) != run.MoveNotReady {
		return found, false, err
	}
	scopes, missing := s.lacking(plan.Scopes(f.plan), true), found.withoutUndo(f.plan, move)
	switch {
	case o.override != "":
		o.app.warnLacking(lacksRevert, scopes)
		o.app.warnLacking("going back will need what nobody has entered", missing)
		return found, len(scopes)+len(missing) > 0, nil
	case len(scopes) > 0:
		return found, false, noScopesBack(scopes)
	case len(missing) > 0:
		return found, false, noUndo(missing)
	}
	if wrong := found.otherThanShown(f.plan, move); len(wrong) > 0 {
		return found, false, wrongUndo(wrong)
	}
	o.app.warnLacking("going back will need this, and Auth0 shows it until the switch only: keep it at hand", found.onlyShown(f.plan, move))
	return found, false, nil
}

// stands is where a move stands.
func stands(state run.State, move plan.Move) run.MoveStatus {
	for _, m := range state.Moves {
		if m.ID == move.ID {
			return m.Status
		}
	}
	return run.MoveNotReady
}

// secretsAndUndo are the secrets of a move and of its way back. The tenant is read where it may show one of the latter.
func (a *app) secretsAndUndo(ctx context.Context, s *session, p plan.Plan, move plan.Move) (secrets, error) {
	if len(p.UndoOf(move.ID)) == 0 {
		return a.snapshotForSecrets(ctx, s, p, p.In(plan.Switch, move.ID))
	}
	snapshot, _, err := s.read(ctx, nil)
	if err != nil {
		return secrets{}, err
	}
	return a.secretsFor(p, snapshot)
}

// withoutUndo names the secrets that going back from a move needs and that are nowhere.
func (s secrets) withoutUndo(p plan.Plan, move plan.Move) []detail {
	var missing []detail
	for _, known := range p.UndoOf(move.ID) {
		if _, err := s.find(known.Name); err != nil {
			missing = append(missing, detail{known.Name, known.Why + "; set " + wizard.SecretEnv(known.Name)})
		}
	}
	return missing
}

// entered is a secret that somebody gave, "" for none.
func (s secrets) entered(name string) string {
	for _, look := range []func(string) (string, bool){s.given, func(name string) (string, bool) { return s.lookup(wizard.SecretEnv(name)) }} {
		if value, ok := look(name); ok && value != "" {
			return value
		}
	}
	return ""
}

// otherThanShown names the secrets that were entered and are not what Auth0 shows: going back would enter a wrong one.
func (s secrets) otherThanShown(p plan.Plan, move plan.Move) []detail {
	var wrong []detail
	for _, known := range p.UndoOf(move.ID) {
		entered, shown := s.entered(known.Name), s.legacy(known.Name)
		if entered != "" && plan.Readable(shown) && entered != shown {
			wrong = append(wrong, detail{known.Name, "what " + wizard.SecretEnv(known.Name) + ", or the answers file, has is not what the tenant shows"})
		}
	}
	return wrong
}

// onlyShown names the secrets that nobody entered, because the tenant shows them.
func (s secrets) onlyShown(p plan.Plan, move plan.Move) []detail {
	var shown []detail
	for _, known := range p.UndoOf(move.ID) {
		if s.entered(known.Name) == "" {
			shown = append(shown, detail{known.Name, "upe revert looks for it in " + wizard.SecretEnv(known.Name)})
		}
	}
	return shown
}

const orReason = "; or give a reason to go without: --override REASON"

func noScopesBack(lacking []detail) *problem {
	return &problem{
		exit: exitCredentials, code: "revert-scopes", failed: "nothing was written: the access token lacks scopes that going back needs",
		why: "upe revert could not take this back", details: lacking, do: giveScopes + orReason,
	}
}

func noUndo(missing []detail) *problem {
	return &problem{
		exit: exitDecision, code: string(run.NeedsUndo), failed: "nothing was written: what going back needs is not in hand",
		why: "Auth0 does not show it after this move, and upe revert could not take it back without", details: missing,
		do: "set the variable named, or give --answers a file with a reference: {env: NAME} or {file: PATH}" + orReason,
	}
}

func wrongUndo(wrong []detail) *problem {
	return &problem{
		exit: exitDecision, code: string(run.NeedsUndo), failed: "nothing was written: what going back needs is not in hand",
		why: "the secret that was entered is another one than the tenant's", details: wrong, do: "enter the one that is in force now" + orReason,
	}
}

// withReason keeps the reason of an override in the journal: for a move without evidence, without its undo in hand, or both.
func (o *enableOptions) withReason(ctx context.Context, opened *openRun, move plan.Move, without bool) error {
	reason, by := strings.TrimSpace(o.override), o.app.name(o.by)
	if without {
		if _, err := opened.WithoutUndo(ctx, move.ID, reason, by); err != nil {
			return err
		}
	}
	state, _, err := opened.folder.state()
	if err != nil || without && stands(state, move) == run.MoveReady {
		return err // its evidence is there
	}
	_, err = opened.Override(ctx, move.ID, reason, by)
	return err
}
