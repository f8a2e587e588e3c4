package run

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// A plan may state gaps: times in which codes may be lost although everything goes as planned. A run makes them no longer than they
// must be. What their writes need is at hand before a gap opens, nothing stops in the middle of one, and the journal tells that it
// was opened.

// position is where a step stands in the plan; -1 for none.
func (h *history) position(id string) int {
	return slices.IndexFunc(h.plan.Steps, func(s plan.Step) bool { return s.ID == id })
}

// inside are the requests that end a gap: those after its first step, up to its last.
func (h *history) inside(g plan.Gap) []plan.Step {
	from, to := h.position(g.From), h.position(g.To)
	if from < 0 || to < from {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(h.plan.Steps[from+1:to+1]), func(s plan.Step) bool { return s.Kind != plan.Request })
}

// openGap is called before a step that opens gaps: it looks whether what ends them can be sent, then journals them.
func (e *engine) openGap(s plan.Step) error {
	for _, g := range e.plan.Summary.Gaps {
		if g.From != s.ID || e.opened[s.ID] {
			continue
		}
		for _, next := range e.inside(g) {
			if _, err := e.document(next.Call.Body); err != nil {
				return fmt.Errorf("nothing was written: what %q needs is not at hand: %w", next.Title, err)
			}
		}
		note := g.What + " Whose codes: " + strings.Join(g.Flows, ", ") + ". How long: " + g.Length + "."
		if err := e.write(Entry{Event: GapOpened, Step: s.ID, Move: s.Move, Note: note}); err != nil {
			return err
		}
	}
	return nil
}

// openNow are the gaps that are open before a step: their first step changed the tenant, or may have, and s is what ends them.
func (h *history) openNow(s plan.Step) []plan.Gap {
	return slices.DeleteFunc(slices.Clone(h.plan.Summary.Gaps), func(g plan.Gap) bool {
		first, known := h.steps[g.From]
		ends := slices.ContainsFunc(h.inside(g), func(in plan.Step) bool { return in.ID == s.ID })
		return !known || !first.touched() || !ends
	})
}

// unstopped is a context that does not end in the middle of a gap: whoever stops a run there would leave it open.
func (e *engine) unstopped(ctx context.Context, s plan.Step) context.Context {
	if len(e.openNow(s)) > 0 {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// closeGap says what to do where a step fails that would have ended a gap; "" where none is open.
func (h *history) closeGap(s plan.Step) string {
	gaps := h.openNow(s)
	if len(gaps) == 0 {
		return ""
	}
	first, _ := h.plan.Step(gaps[0].From)
	return fmt.Sprintf("codes may be lost now (%s): run it again at once; if that fails too, take back %q: %s",
		strings.Join(gaps[0].Flows, ", "), first.Title, first.UndoDashboard)
}

// advice says what to do about a refused write where running it again is not all that can be done; "" for the rest.
func (e *engine) advice(s plan.Step, cause *tenant.Error) string {
	if words := e.closeGap(s); words != "" {
		return words
	}
	if e.wantsFlag(s, cause) {
		return fmt.Sprintf("it may be that this tenant creates its provider only once the Unified Phone Experience is on. Then make a new plan "+
			"that turns it on first: `accept: [%s]` in the answers file. That plan says whose codes may be lost, and for how long", plan.AcceptFlagFirst)
	}
	return ""
}

// wantsFlag reports whether Auth0 refused to create the provider, perhaps because the tenant flag is off. What it answers then is not
// documented, so every 403 but a missing scope counts, and other refusals that speak of the Unified Phone Experience.
func (e *engine) wantsFlag(s plan.Step, cause *tenant.Error) bool {
	if s.Call == nil || s.Call.Op != tenant.CreateProvider || s.Phase != plan.Prepare || e.flagOn() {
		return false
	}
	switch cause.Class() {
	case tenant.ClassNotAllowed:
		return true
	case tenant.ClassInvalid, tenant.ClassConflict, tenant.ClassNotFound:
		text := strings.ToLower(cause.Code + " " + cause.Message)
		return strings.Contains(text, "phone experience") || strings.Contains(text, "phone_consolidated_experience")
	default:
		return false
	}
}

// flagOn reports whether the tenant flag was on when the plan was made.
func (h *history) flagOn() bool {
	return slices.ContainsFunc(h.plan.Relies, func(f plan.Fact) bool {
		return f.Path == tenant.PathSettings && f.Pointer == "/phone_consolidated_experience" && string(f.Value) == "true"
	})
}
