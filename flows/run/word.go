package run

import (
	"context"
	"fmt"
	"strings"

	"upe/flows/plan"
)

// Answer takes a person's word on the last test message by a delivery method: it arrived, or it did not. by names the person.
// Of a message that did not arrive nobody can say later that it did: that takes another message.
func (r *Runner) Answer(p plan.Plan, channel string, arrived bool, by string) (State, error) {
	return r.with(p, nil, func(e *engine) error {
		known, ok := e.evidence[channel]
		switch {
		case !ok:
			return noChannel(channel)
		case !known.Fresh:
			return &Refusal{Kind: NeedsEvidence, Missing: []string{known.lacks()}, Hint: "send one first"}
		case known.Missing && arrived:
			return &Refusal{Kind: NeedsEvidence, Missing: []string{known.lacks()}, Hint: "send a new one first"}
		}
		entry := Entry{Event: Missing, Channel: channel, By: by}
		if arrived {
			entry.Event = Arrived
		}
		return e.word(entry, by, "who says so")
	})
}

// Override lets a move begin without evidence. The reason is kept in the journal; it holds until the provider, its Action or a
// template is written again.
func (r *Runner) Override(p plan.Plan, move, reason, by string) (State, error) {
	return r.with(p, nil, func(e *engine) error {
		m, err := e.named(move)
		switch {
		case err != nil:
			return err
		case !e.prepared():
			return &Refusal{Kind: NeedsPrepare, Missing: []string{"the rest of the preparation"}, Hint: "prepare first"}
		case strings.TrimSpace(reason) == "":
			return &Refusal{Kind: NeedsWord, Missing: []string{"the reason to go without a test message"}}
		}
		return e.word(Entry{Event: Overridden, Move: m.ID, Note: reason, By: by}, by, "who decides so")
	})
}

// Confirm takes a person's word that a real login works after a move; after [plan.MoveProvider], which moves no login, that
// codes still arrive. The move must be switched, and still read back. What the tenant logs say since the switch is kept with it,
// and decides nothing: other people's numbers fail for reasons of their own. Untried are delivery methods of the move by which the
// person says that nobody has logged in; the word does not speak for them.
func (r *Runner) Confirm(ctx context.Context, p plan.Plan, move, by string, untried ...string) (State, error) {
	return r.with(p, nil, func(e *engine) error {
		m, err := e.named(move)
		if err != nil {
			return err
		}
		switch e.move(m).Status {
		case MoveConfirmed:
			return nil
		case MoveSwitched:
		case MoveNotReady, MoveReady, MoveStarted:
			return &Refusal{Kind: TooEarly, Missing: []string{"the move " + m.Title}, Hint: "switch it on first"}
		}
		if err := e.stillOn(ctx, m, strings.TrimSpace(by) != ""); err != nil {
			return err
		}
		return e.word(Entry{Event: Confirmed, Move: m.ID, By: by, Untried: untried}, by, whoConfirms(m))
	})
}

// stillOn looks whether a move still reads back and, where somebody says so, into the tenant logs as well.
func (e *engine) stillOn(ctx context.Context, m plan.Move, listens bool) error {
	steps, since := e.requests(m), e.sinceSwitch(m)
	errands := e.checks(steps...)
	if listens {
		errands = append(errands, since.listen)
	}
	e.ahead(ctx, errands...)
	if err := e.stillTrue(ctx, steps); err != nil || !listens {
		return err
	}
	return e.heard(m, since)
}

// ByHand takes a person's word that a manual step is done. Where the tenant can tell, it is asked instead.
func (r *Runner) ByHand(ctx context.Context, p plan.Plan, step, by string) (State, error) {
	return r.with(p, nil, func(e *engine) error {
		s, ok := p.Step(step)
		switch {
		case !ok || s.Kind != plan.Manual:
			return &Refusal{Kind: NoSuch, Missing: []string{fmt.Sprintf("a manual step %q in the plan", step)}}
		case e.done(s):
			return nil
		case len(e.unmet(s)) > 0:
			return &Refusal{Kind: TooEarly, Missing: e.unmet(s)}
		}
		if m, ok := p.Move(s.Move); ok {
			// What a person does in the Dashboard may switch a flow as well.
			if err := e.mayBegin(m); err != nil {
				return err
			}
			again := e.retest(m)
			e.ahead(ctx, again.errands()...)
			if err := e.asTested(ctx, again); err != nil {
				return err
			}
		}
		if s.Done != nil {
			return e.shownByTenant(ctx, s)
		}
		entry := entry(DoneByHand, s)
		entry.By = by
		return e.word(entry, by, "who did it")
	})
}

// shownByTenant records a manual step when the tenant shows it.
func (e *engine) shownByTenant(ctx context.Context, s plan.Step) error {
	seen, err := e.look(ctx, s.Done)
	if err != nil {
		return err
	}
	if !seen.holds {
		return &Refusal{Kind: NotYet, Missing: e.cleanAll(seen.differs), Hint: s.Dashboard}
	}
	return e.record(s, Verified, seen)
}

// wordOn says whose word confirms a move. Writes to a provider that is live move no login: what they may break is every code
// that travels through it already.
func wordOn(m plan.Move) string {
	if m.ID == plan.MoveProvider {
		return "somebody's word that codes still arrive: " + m.Title
	}
	return "somebody's word that a real login works: " + m.Title
}

func whoConfirms(m plan.Move) string {
	if m.ID == plan.MoveProvider {
		return "who says that codes still arrive"
	}
	return "who logged in"
}

func (e *engine) requests(m plan.Move) []plan.Step {
	var steps []plan.Step
	for _, s := range e.plan.In(plan.Switch, m.ID) {
		if s.Kind == plan.Request && (e.done(s) || !s.Optional) {
			steps = append(steps, s)
		}
	}
	return steps
}

func (e *engine) named(move string) (plan.Move, error) {
	m, ok := e.plan.Move(move)
	if !ok {
		return m, &Refusal{Kind: NoSuch, Missing: []string{fmt.Sprintf("a move %q in the plan", move)}}
	}
	return m, nil
}

// word journals what a person said; anonymous words are refused.
func (e *engine) word(entry Entry, by, missing string) error {
	if strings.TrimSpace(by) == "" {
		return &Refusal{Kind: NeedsWord, Missing: []string{missing}}
	}
	return e.write(entry)
}
