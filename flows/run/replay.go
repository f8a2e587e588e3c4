package run

import (
	"errors"
	"fmt"
	"time"

	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// ErrOtherPlan says that a journal was written for another plan, or for this one before somebody changed it.
var ErrOtherPlan = errors.New("the plan of this run was changed")

// Replay computes where a run stands. It is pure: the same plan and journal give the same state. It returns [ErrOtherPlan]
// for a journal of another plan, and an error of [Parse] for one that cannot be trusted.
func Replay(p plan.Plan, journal []byte) (State, error) {
	j, err := Parse(journal)
	if err != nil {
		return State{}, err
	}
	h, err := recall(p, j.Entries)
	if err != nil {
		return State{}, err
	}
	s := h.state()
	s.TornLine = j.Torn
	return s, nil
}

// history is what a journal tells, entry by entry.
type history struct {
	plan      plan.Plan
	id        string
	entries   int
	steps     map[string]*trace
	evidence  map[string]*proof // by delivery method
	earlier   []Evidence        // see State.Earlier
	overrides []override
	noUndo    []override      // moves whose undo need not be in hand
	opened    map[string]bool // gaps, by their first step
	gaps      []string        // what the journal says of them
	switched  map[string]bool
	confirmed map[string]string        // by whom, by move
	untried   map[string][]string      // delivery methods by which nobody logged in then, by move
	since     map[string]time.Time     // when a move was switched
	along     map[string][]string      // what Auth0 moved with it, by move
	logs      map[string]*logs.Verdict // what the tenant logs say since, by move
	sent      time.Time                // the last test message
	drift     []string                 // what the last command found changed, in words
	told      []string                 // ids of logs that were told of, of test messages
}

// trace is what a journal tells of one step.
type trace struct {
	how    Event          // how it was found done; empty: it is not
	sent   bool           // the last write was answered with success
	unsure bool           // the last write has no answer that tells whether it happened
	blind  bool           // see Entry.Blind
	ours   bool           // a write of this run happened, whatever came later
	asked  bool           // a person was asked to do it
	answer map[string]any // the fields later steps refer to
	err    *tenant.Error
	took   time.Duration
}

type override struct {
	move, reason string
	fresh        bool
}

func recall(p plan.Plan, entries []Entry) (*history, error) {
	h := &history{
		plan: p, steps: map[string]*trace{}, evidence: map[string]*proof{},
		opened: map[string]bool{}, switched: map[string]bool{}, confirmed: map[string]string{}, untried: map[string][]string{},
		since: map[string]time.Time{}, along: map[string][]string{}, logs: map[string]*logs.Verdict{},
	}
	for _, s := range p.Steps {
		h.steps[s.ID] = &trace{}
	}
	for _, channel := range channels(p) {
		h.evidence[channel] = &proof{Evidence: Evidence{Channel: channel}}
	}
	for _, e := range entries {
		if err := h.apply(e); err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (h *history) apply(e Entry) error {
	h.entries++
	h.drifts(e)
	switch {
	case e.Event == Began:
		h.id = e.By
		if e.Plan != h.plan.Checksum {
			return ErrOtherPlan
		}
	case e.Event == Overridden && e.Lacks == lacksUndo:
		h.noUndo = append(h.noUndo, override{e.Move, e.Note, true})
	case e.Event == Overridden:
		h.overrides = append(h.overrides, override{e.Move, e.Note, true})
	case e.Event == GapOpened:
		h.opened[e.Step] = true
		h.gaps = append(h.gaps, e.Note)
	case e.Event == Switched:
		h.switched[e.Move], h.since[e.Move], h.along[e.Move] = true, e.At, e.Along
	case e.Event == Confirmed:
		h.confirmed[e.Move], h.untried[e.Move] = e.By, e.Untried
	case e.Event == Logged && e.Move != "":
		h.applyMoveLogs(e)
	case e.Channel != "":
		return h.applyTest(e)
	case e.Step != "":
		return h.applyStep(e)
	}
	return nil
}

// drifts keeps what was found changed until something goes on: then it is as the plan has it again.
func (h *history) drifts(e Entry) {
	switch e.Event {
	case Drifted:
		h.drift = e.Changed
	case Intent, Settled, Adopted, Verified, Answered, Switched, Confirmed:
		h.drift = nil
	default: // words, and looks at something else
	}
}

func (h *history) applyStep(e Entry) error {
	t, ok := h.steps[e.Step]
	if !ok {
		return fmt.Errorf("%w: the journal tells of a step %q", ErrOtherPlan, e.Step)
	}
	if step, _ := h.plan.Step(e.Step); (e.Event == Intent || e.Event == Adopted) && step.ChangesSending() {
		h.age(step)
	}
	t.apply(e)
	return nil
}

func (t *trace) apply(e Entry) {
	if e.Took > 0 {
		t.took = e.Took
	}
	if len(e.Answer) > 0 {
		t.answer = merge(t.answer, e.Answer)
	}
	switch e.Event {
	case Intent:
		t.sent, t.unsure, t.blind, t.err = false, true, e.Blind, nil
	case Sent:
		t.sent, t.unsure, t.ours = true, false, true
	case Asked:
		t.asked = true
	case Unanswered:
		t.err = e.Error
	case Failed:
		t.err = e.Error
		// The failure of a read says nothing about the write before it.
		if e.Request != "" && e.Error != nil {
			t.unsure = t.unsure && doubtful(e.Error)
		}
	case Settled, Adopted, Verified, Answered, DoneByHand:
		t.how, t.unsure, t.err = e.Event, false, nil
		t.ours = t.ours || e.Event == Settled
	default:
		// The other events are about the run, a move or a test message.
	}
}

// doubtful reports whether a write that was answered with err may have happened all the same: no answer came, or Auth0, or
// something in front of it, broke on the way.
func doubtful(err *tenant.Error) bool {
	return err.Unknown() || err.Class() == tenant.ClassAuth0
}

// touched reports whether the step changed the tenant, or may have.
func (t *trace) touched() bool { return t.how != "" || t.sent || t.unsure }

func (t *trace) status() Status {
	switch {
	case t.how != "":
		return Done
	case t.unsure && (t.err == nil || t.err.Unknown()), t.sent && t.err == nil:
		return Unclear
	case t.err != nil:
		return Broken
	}
	return Todo
}

// done reports whether a step is done. A test step is done when its evidence proves that messages arrive.
func (h *history) done(s plan.Step) bool {
	if s.Kind == plan.Test {
		e, ok := h.evidence[s.Channel]
		return ok && e.Proves()
	}
	return h.steps[s.ID].how != ""
}

func (h *history) allDone(steps []plan.Step) bool { return len(h.left(steps)) == 0 }

// left lists those of the steps that are not done.
func (h *history) left(steps []plan.Step) []plan.Step {
	var left []plan.Step
	for _, s := range steps {
		if !h.done(s) {
			left = append(left, s)
		}
	}
	return left
}
