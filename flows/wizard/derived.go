package wizard

import (
	"reflect"
	"sync"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// derived keeps what is read from one snapshot again and again, and costs up to some ten milliseconds on a large tenant. Each key press and
// each report of a running step asks for a page, for which the stations before it are gone through too.
type derived struct {
	of       *tenant.Snapshot
	redacted func() tenant.Snapshot
	bound    func() []tenant.Action // see conversation.boundActions

	mu   sync.Mutex
	last planned
	back map[string]wayOut // by the checksum of a plan and its move
}

// wayOut is what going back from a move may lose and need, see [plan.Plan.GoingBack].
type wayOut struct {
	gaps    []plan.Gap
	secrets []plan.Secret
}

// goingBack finds a way out once for a plan and a move: a page is asked for with each key, and has all moves that are left.
func (d *derived) goingBack(p plan.Plan, move string) wayOut {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := p.Checksum + " " + move
	known, ok := d.back[key]
	if !ok {
		known.gaps, known.secrets = p.GoingBack(d.redacted(), move)
		if d.back == nil {
			d.back = map[string]wayOut{}
		}
		d.back[key] = known
	}
	return known
}

// planned is a plan, or why there is none, and what it was made of.
type planned struct {
	judged  *judge.Judgement
	choices plan.Choices
	plan    plan.Plan
	err     error
}

// derive begins to keep for a snapshot. What is kept is read once, and not to be changed.
func derive(s *tenant.Snapshot) *derived {
	return &derived{
		of:       s,
		redacted: sync.OnceValue(s.Redacted),
		bound:    sync.OnceValue(func() []tenant.Action { return s.BoundActions(tenant.TriggerLegacy) }),
	}
}

// derived is what is kept for the snapshot that is known. Where another was put in its place, or by other ways than those that keep, it
// begins anew, and lasts for one page.
func (c conversation) derived() *derived {
	if c.known.derived == nil || c.known.derived.of != c.known.Snapshot {
		c.known.derived = derive(c.known.Snapshot)
	}
	return c.known.derived
}

// plan makes the plan, unless the last one was made of the same: several stations ask for it, on every page behind the choices.
func (d *derived) plan(judged *judge.Judgement, choices plan.Choices) (plan.Plan, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last.judged != judged || !reflect.DeepEqual(d.last.choices, choices) {
		made, err := plan.BuildOn(*d.of, d.redacted(), *judged, choices)
		d.last = planned{judged, choices, made, err}
	}
	return d.last.plan, d.last.err
}
