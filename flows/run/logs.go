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
		heard := e.sinceSwitch(m)
		e.ahead(ctx, heard.listen)
		return e.heard(m, heard)
	})
}

// echo is a look into the tenant logs, and once somebody has listened what was found there.
type echo struct {
	channel string
	sought  logs.Sought
	found   logs.Fetched
}

// echo is a look that ends now.
func (e *engine) echo(channel string, sought logs.Sought) *echo {
	sought.Until = e.runner.Now()
	return &echo{channel: channel, sought: sought}
}

// listen is an errand: it looks once.
func (o *echo) listen(ctx context.Context, api tenant.API) { o.found = o.sought.Fetch(ctx, api) }

// verdict is what the logs say. It is free of the secrets that were read beside them as well.
func (e *engine) verdict(o *echo) *logs.Verdict {
	o.sought.Clean = e.secrets.scrub
	v := o.found.Judge(o.sought)
	return &v
}

// outgoing is a test message, and what the tenant logs held before it was sent.
type outgoing struct {
	channel, to, provider string
	present               []string // ids
}

// outgoing makes a test message ready to be looked for, by an errand.
func (e *engine) outgoing(channel, to, provider string) (*outgoing, errand) {
	o := &outgoing{channel: channel, to: to, provider: provider}
	now := e.runner.Now()
	s := e.sought(now)
	s.Flow, s.Channel, s.To, s.ProviderID, s.Until = logs.Try, channel, to, provider, now
	return o, func(ctx context.Context, api tenant.API) { o.present = logs.Present(ctx, api, s) }
}

// listen reads what the tenant logs say about the test message that was just sent.
func (e *engine) listen(ctx context.Context, o *outgoing) error {
	s := e.messageSought(o.channel, o.to, o.provider)
	s.Known = slices.Concat(s.Known, o.present)
	verdict := logs.Wait(ctx, e.api, s, e.runner.Now, e.runner.Patience)
	verdict.Earlier = o.present
	return e.write(Entry{Event: Logged, Channel: o.channel, Logs: &verdict})
}

// echoes are looks for failures of the test messages that a move relies on: their logs may have come after the first look.
func (e *engine) echoes(m plan.Move) []*echo {
	var all []*echo
	for _, channel := range m.Channels {
		if known := e.evidence[channel]; known.on() && !known.Denied() {
			all = append(all, e.echo(channel, e.messageSought(channel, known.To, "")))
		}
	}
	return all
}

// listenAgain journals what was heard, of messages that still count: failures alone.
func (e *engine) listenAgain(again *retest) error {
	for _, heard := range again.echoes {
		verdict := e.verdict(heard)
		if !e.evidence[heard.channel].on() || verdict.Standing != logs.Failed {
			continue
		}
		if err := e.write(Entry{Event: Logged, Channel: heard.channel, Logs: verdict}); err != nil {
			return err
		}
	}
	return nil
}

// sinceSwitch is a look at what the tenant logs say since a move was switched on.
func (e *engine) sinceSwitch(m plan.Move) *echo { return e.echo("", e.moveSought(m)) }

// heard journals that look.
func (e *engine) heard(m plan.Move, o *echo) error {
	return e.write(Entry{Event: Logged, Move: m.ID, Logs: e.verdict(o)})
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
