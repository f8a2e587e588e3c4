package wizard

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/run"
)

// keyWithout is the answer why a move may go without its undo in hand; no answers file has it.
func keyWithout(m run.MoveState) Key { return Key("without-undo." + m.ID) }

// undoFirst asks, before a move, for what going back from it needs: secrets that Auth0 does not show after it. Where there is one that
// nobody has, or the token lacks scopes for going back, a reason to go without is asked for.
func (c conversation) undoFirst(m run.MoveState) (blocks []Block, questions []Question) {
	if m.Status == run.MoveStarted || c.goesWithout(m) {
		return nil, nil
	}
	secrets, scopes := c.undoMissing(m), c.lacking(*c.known.Plan, true)
	for _, s := range secrets {
		questions = append(questions, Question{
			Key: Key(s.Name), Kind: Hidden, Title: c.secretName(s.Name),
			Help: sentence(s.Why) + " Auth0 does not show it after this move. It is kept in memory only; keep it yourself as well.",
		})
	}
	if len(secrets)+len(scopes) == 0 {
		return nil, nil
	}
	why := Question{Key: keyWithout(m), Kind: Line, Title: "If you do not have it: why is it safe without?", Help: "The journal and the report keep your words."}
	if len(scopes) > 0 {
		facts := Facts{Title: "Only going back would need these scopes, and the access token lacks them"}
		for _, n := range scopes {
			facts.Rows = append(facts.Rows, Fact{Label: n.Scope, Value: strings.Join(n.Steps, "; "), Tone: Careful})
		}
		blocks = append(blocks, facts)
		why.Title, why.Check = "Without these upe cannot take it back: why is it safe all the same?", line(required("a reason, or a token with these scopes,"))
	}
	return blocks, append(questions, why, c.whoQuestion())
}

// goingBack says, beside how a move is taken back, what that may lose and what to have at hand for it: whoever learns it then, learns it
// late. What is asked for on the same page is left out.
func (c conversation) goingBack(m run.MoveState) []Block {
	var said []string
	out := c.derived().goingBack(*c.known.Plan, m.ID)
	for _, g := range out.gaps {
		said = append(said, "Should you take it back later, codes of "+strings.Join(g.Flows, " and ")+" may be lost for a time. "+g.What)
	}
	asked := c.known.Plan.UndoOf(m.ID)
	for _, s := range out.secrets {
		if !slices.ContainsFunc(asked, func(a plan.Secret) bool { return a.Name == s.Name }) {
			said = append(said, "Have at hand for it: "+c.secretName(s.Name)+" ("+s.Why+").")
		}
	}
	if len(said) == 0 {
		return nil
	}
	return []Block{Text{Tone: Careful, Body: strings.Join(said, " ")}}
}

// notInHand is the refusal of a move whose undo nobody has, with what to do about it on its page.
type notInHand struct{ error }

// Unwrap is the refusal itself.
func (e *notInHand) Unwrap() error { return e.error }

// Hint says what can be done.
func (*notInHand) Hint() string {
	return "esc leads back to the questions: enter it, or say why it is safe without; nothing was written"
}

func atTheQuestions(err error) error {
	var refused *run.Refusal
	if errors.As(err, &refused) && refused.Kind == run.NeedsUndo {
		return &notInHand{err}
	}
	return err
}

// goesWithout reports whether somebody has said why a move may go without its undo.
func (c conversation) goesWithout(m run.MoveState) bool {
	for _, said := range c.runState().WithoutUndo {
		if strings.HasPrefix(said, m.Title+": ") {
			return true
		}
	}
	return false
}

// undoMissing are the secrets that going back from a move needs and that are neither entered nor shown.
func (c conversation) undoMissing(m run.MoveState) []plan.Secret {
	var missing []plan.Secret
	known := c.withShown(nil)
	for _, s := range c.known.Plan.UndoOf(m.ID) {
		if value, _ := known[Key(s.Name)].(Secret); value.Reveal() == "" {
			missing = append(missing, s)
		}
	}
	return missing
}

// withShown are the answers with the AuthToken of MFA's own settings, where the tenant has shown it in this session.
func (c conversation) withShown(given Answers) Answers {
	whole := c.whole(given)
	if entered, _ := whole[plan.SecretFormerToken].(Secret); entered.Reveal() != "" {
		return whole
	}
	if shown := c.snapshot().Twilio().AuthToken; plan.Readable(shown) {
		whole = whole.and(Answers{plan.SecretFormerToken: NewSecret(shown)})
	}
	return whole
}

// takeInHand gives the run what was entered for going back, or keeps the reason to go without.
func (c conversation) takeInHand(ctx context.Context, host Host, m run.MoveState, given Answers, update func(func(Known) Known)) (Run, error) {
	opened := c.known.Open
	if len(c.known.Plan.UndoOf(m.ID)) > 0 {
		again, err := host.Open(*c.known.Plan, c.snapshot(), secretsFrom(c.withShown(given)))
		if err != nil {
			return nil, err
		}
		opened = again
		update(func(k Known) Known { k.Open = again; return k })
	}
	reason, _ := given[keyWithout(m)].(string)
	if strings.TrimSpace(reason) == "" || m.Status == run.MoveStarted {
		return opened, nil
	}
	by, _ := given[keyBy].(string)
	state, err := opened.WithoutUndo(ctx, m.ID, reason, by)
	if err != nil {
		return nil, fmt.Errorf("keep the reason: %w", err)
	}
	update(func(k Known) Known { k.Run = &state; return k })
	return opened, nil
}
