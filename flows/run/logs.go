package run

import (
	"context"
	"slices"
	"time"

	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// Logs reads what the tenant logs say about the codes of a move since it was switched on; the state's [MoveState.Logs] has it.
// Logs that cannot be read are no error.
func (r *Runner) Logs(ctx context.Context, p plan.Plan, move string) (State, error) {
	return r.with(p, nil, func(e *engine) error {
		m, err := e.named(move)
		if err != nil {
			return err
		}
		if !e.switched[m.ID] {
			return &Refusal{Kind: TooEarly, Missing: []string{"the move " + m.Title}, Hint: "switch it on first"}
		}
		return e.listenTo(ctx, m)
	})
}

// outgoing is a test message, and what the tenant logs held before it was sent.
type outgoing struct {
	channel, to, provider string
	present               []string // ids
}

// outgoing makes a test message ready to be looked for.
func (e *engine) outgoing(ctx context.Context, channel, to, provider string) outgoing {
	o := outgoing{channel: channel, to: to, provider: provider}
	now := e.runner.Now()
	s := e.sought(now)
	s.Flow, s.Channel, s.To, s.ProviderID, s.Until = logs.Try, channel, to, provider, now
	o.present = logs.Present(ctx, e.api, s)
	return o
}

// listen reads what the tenant logs say about the test message that was just sent.
func (e *engine) listen(ctx context.Context, o outgoing) error {
	s := e.messageSought(o.channel, o.to, o.provider)
	s.Known = slices.Concat(s.Known, o.present)
	verdict := logs.Wait(ctx, e.api, s, e.runner.Now, e.runner.Patience)
	verdict.Earlier = o.present
	return e.write(Entry{Event: Logged, Channel: o.channel, Logs: &verdict})
}

// listenAgain looks once more for failures of the test messages that a move relies on: their logs may have come after the first
// look. Only a failure is journalled.
func (e *engine) listenAgain(ctx context.Context, m plan.Move) error {
	for _, channel := range m.Channels {
		known := e.evidence[channel]
		if !known.on() || known.Denied() {
			continue
		}
		s := e.messageSought(channel, known.To, "")
		verdict := logs.Wait(ctx, e.api, s, e.runner.Now, 0)
		if verdict.Standing != logs.Failed {
			continue
		}
		if err := e.write(Entry{Event: Logged, Channel: channel, Logs: &verdict}); err != nil {
			return err
		}
	}
	return nil
}

// listenTo reads what the tenant logs say since a move was switched on.
func (e *engine) listenTo(ctx context.Context, m plan.Move) error {
	verdict := logs.Wait(ctx, e.api, e.moveSought(m), e.runner.Now, 0)
	return e.write(Entry{Event: Logged, Move: m.ID, Logs: &verdict})
}

func (e *engine) messageSought(channel, to, provider string) logs.Sought {
	known := e.evidence[channel]
	s := e.sought(known.sent)
	s.Flow, s.Channel, s.To, s.ProviderID = logs.Try, channel, to, provider
	s.Earlier, s.Known = known.before, known.told
	return s
}

func (e *engine) moveSought(m plan.Move) logs.Sought {
	s := e.sought(e.since[m.ID])
	s.Known = e.told
	s.Flow, s.Connection, s.Name = e.flowOf(m)
	return s
}

// sought is what every look has in common.
func (e *engine) sought(since time.Time) logs.Sought {
	for _, s := range e.plan.Secrets {
		// An Action may have thrown one into the logs. Whoever does not have it now cannot recognise it.
		if value, err := e.runner.Secret(s.Name); err == nil {
			e.secrets.add(value)
		}
	}
	return logs.Sought{Since: since, Provider: e.plan.Summary.Provider, ActionID: e.actionOf(), Clean: e.secrets.scrub}
}

// on reports whether a message that still counts was sent, or may have been.
func (p *proof) on() bool { return p.Fresh && !p.sent.IsZero() }

// logged keeps what later looks into the logs must know: when messages were sent, and which entries were told of before.
func (h *history) logged(known *proof, e Entry) {
	switch e.Event {
	case Intent:
		known.sent, known.before, known.told = e.At, h.sent, h.told
		h.sent = e.At
	case Accepted:
		if known.sent.IsZero() {
			known.sent, h.sent = e.At, e.At
		}
	case Logged:
		if e.Logs == nil {
			return
		}
		known.told = slices.Concat(known.told, e.Logs.Earlier)
		for _, c := range e.Logs.Candidates {
			if c.ID != "" {
				h.told = slices.Concat(h.told, []string{c.ID})
			}
		}
	default:
	}
}

// applyMoveLogs keeps the last look that told something.
func (h *history) applyMoveLogs(e Entry) {
	before := h.logs[e.Move]
	if e.Logs != nil && (before == nil || e.Logs.Standing != logs.Unreadable) {
		h.logs[e.Move] = e.Logs
	}
}

// created is the id that a request of the plan was answered with, empty when there is none.
func (h *history) created(op tenant.Op) string {
	for _, s := range h.plan.Steps {
		if s.Call != nil && s.Call.Op == op {
			id, _ := h.steps[s.ID].answer["id"].(string) // no answer yet
			return id
		}
	}
	return ""
}

// actionOf is the id of the Action behind a custom provider, empty when the plan does not write it.
func (e *engine) actionOf() string {
	for _, s := range e.plan.Steps {
		if s.Call == nil || s.Call.Op != tenant.PatchAction && s.Call.Op != tenant.DeployAction {
			continue
		}
		if id, err := plan.FillID(s.Call.ID, e.values()); err == nil {
			return id
		}
	}
	return e.created(tenant.CreateAction)
}
