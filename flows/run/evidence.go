package run

import (
	"fmt"
	"slices"
	"time"

	"upe/flows/logs"
	"upe/flows/plan"
)

// channels are the delivery methods that evidence is kept for: those of the provider, and those that a move or a test needs.
func channels(p plan.Plan) []string {
	list := slices.Clone(p.Summary.DeliveryMethods)
	for _, m := range p.Summary.Moves {
		list = append(list, m.Channels...)
	}
	for _, s := range p.Steps {
		if s.Kind == plan.Test {
			list = append(list, s.Channel)
		}
	}
	var unique []string
	for _, channel := range list {
		if !slices.Contains(unique, channel) {
			unique = append(unique, channel)
		}
	}
	return unique
}

// proof is what a journal tells of the last test message by one delivery method.
type proof struct {
	Evidence
	stamp   map[string]string // see Entry.Stamp
	sent    time.Time         // when it was announced
	before  time.Time         // when the message before it was, by whatever method
	told    []string          // ids of logs that were told of before it was sent
	unclear bool              // nobody knows whether it was sent
	kept    bool              // the message before it is the last of history.earlier
	earlier *proof            // what was known before it was announced; until its outcome is known
}

// announce forgets everything about the message before: neither a person's word that it arrived, nor that it did not, says
// anything about the next one.
func (p *proof) announce(e Entry) {
	earlier := *p
	earlier.earlier = nil
	*p = proof{
		Evidence: Evidence{Channel: e.Channel, To: e.To, Fresh: true},
		stamp:    e.Stamp, sent: p.sent, before: p.before, told: p.told, unclear: true, kept: p.kept, earlier: &earlier,
	}
}

func (p *proof) apply(e Entry) {
	switch e.Event {
	case Intent, Unanswered:
		p.announce(e)
	case Accepted:
		p.announce(e)
		p.Accepted, p.unclear, p.earlier = e.At, false, nil
	case Failed:
		// A message that Auth0 refuses tells against what was known; one that never left tells nothing.
		if p.earlier != nil {
			*p = *p.earlier
		}
		if e.Status != 0 && p.Fresh {
			p.Fresh, p.Changed = false, "Auth0 refused the last one"
		}
	case Arrived:
		// Whoever said that it did not arrive is contradicted by another message only.
		if !p.Missing {
			p.Arrived, p.By, p.unclear = e.At, e.By, false
		}
	case Missing:
		p.Missing, p.By, p.unclear = true, e.By, false
	case Outdated:
		p.Fresh, p.Changed = false, e.Note
	case Logged:
		if e.Logs != nil {
			known := logs.Stronger(p.Logs, *e.Logs)
			p.Logs = &known
		}
	default:
		// The other events are not about a test message.
	}
}

func (h *history) applyTest(e Entry) error {
	known, ok := h.evidence[e.Channel]
	if !ok {
		return fmt.Errorf("%w: the journal tells of a test by %q", ErrOtherPlan, e.Channel)
	}
	h.remember(known, e)
	known.apply(e)
	h.logged(known, e)
	switch e.Event {
	case Intent, Accepted, Unanswered, Failed, Arrived:
		h.testTrace(e.Channel).err = e.Error
	default: // a person's word that it did not arrive leaves the API's standing
	}
	return nil
}

// remember keeps what is known about a message when the next one is announced. One that Auth0 refuses, or that never left, was none: then
// the one before is the last again.
func (h *history) remember(known *proof, e Entry) {
	switch {
	case e.Event == Intent, e.Event == Accepted && !known.unclear:
		if known.kept = known.isMessage(); known.kept {
			h.earlier = append(h.earlier, known.Evidence)
		}
	case e.Event == Failed && known.kept && known.earlier != nil:
		h.earlier, known.earlier.kept = h.earlier[:len(h.earlier)-1], false
	}
}

// isMessage reports whether a message was sent, or may have been.
func (p *proof) isMessage() bool {
	return p.unclear || !p.Accepted.IsZero() || !p.Arrived.IsZero() || p.Missing
}

// testTrace is the trace of the step that tests a delivery method; a throw-away one when the plan has no such step.
func (h *history) testTrace(channel string) *trace {
	if s, ok := h.testStep(channel); ok {
		return h.steps[s.ID]
	}
	return &trace{}
}

func (h *history) testStep(channel string) (plan.Step, bool) {
	for _, s := range h.plan.Steps {
		if s.Kind == plan.Test && s.Channel == channel {
			return s, true
		}
	}
	return plan.Step{}, false
}

// age makes everything known about test messages, and what was decided without it, a thing of the past: messages may be sent
// in another way from now on, because of a step of this run.
func (h *history) age(step plan.Step) {
	for _, e := range h.evidence {
		e.Fresh = false
		if e.isMessage() && !slices.Contains(e.Wrote, step.Title) {
			e.Wrote = append(slices.Clone(e.Wrote), step.Title)
		}
	}
	for i := range h.overrides {
		h.overrides[i].fresh = false
	}
}

// lacks says in words what is missing before messages by e's delivery method are known to arrive; empty when nothing is.
func (e Evidence) lacks() string {
	channel := map[string]string{"text": "SMS", "voice": "voice call"}[e.Channel]
	switch {
	case e.Proves():
		return ""
	case e.Changed != "":
		return fmt.Sprintf("a new test message by %s: %s", channel, e.Changed)
	case !e.Fresh && (!e.Accepted.IsZero() || !e.Arrived.IsZero()):
		return fmt.Sprintf("a new test message by %s: the provider, its Action or a template was written since the last one", channel)
	case !e.Fresh:
		return fmt.Sprintf("a test message by %s", channel)
	case e.Denied():
		return fmt.Sprintf("a new test message by %s: the tenant logs show that the last one failed", channel)
	case e.Missing:
		return fmt.Sprintf("a test message by %s that arrives: somebody said that the last one did not", channel)
	}
	return fmt.Sprintf("somebody's word that the test message by %s arrived", channel)
}
