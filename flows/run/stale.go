package run

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// unchanged compares what the plan relied on with the tenant. Facts that this run has changed itself are left out; so are
// those that somebody moved to where the plan wants them: those steps will be adopted. Anything else is a [*Stale].
func (e *engine) unchanged(ctx context.Context) error {
	var facts []plan.Fact
	for _, fact := range e.plan.Relies {
		if !e.touchedByUs(fact) {
			facts = append(facts, fact)
		}
	}
	changed, err := plan.Drift(facts, func(path string) (tenant.Part, error) { return tenant.ReadPart(ctx, e.api, path) })
	if err != nil {
		return unlessStopped(ctx, err)
	}
	var foreign []plan.Difference
	for _, d := range changed {
		if !e.closed(d) && !e.wanted(ctx, d.Fact) {
			foreign = append(foreign, d)
		}
	}
	if len(foreign) > 0 {
		return &Stale{foreign}
	}
	return nil
}

// unlessStopped is err, unless the run was cancelled: then reads fail, and mean nothing.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errStopped
	}
	return err
}

// closed reports whether a part is refused now as a person's step of the plan wants it refused: turning the Dashboard's
// switch for MFA closes all legacy endpoints together.
func (e *engine) closed(d plan.Difference) bool {
	for _, s := range e.plan.Steps {
		if s.Done != nil && s.Done.Refused != "" && string(d.Now) == string(plan.Encode(map[string]any{"refused": s.Done.Refused})) {
			return true
		}
	}
	return false
}

func (e *engine) touchedByUs(fact plan.Fact) bool {
	for _, s := range e.plan.Steps {
		if e.steps[s.ID].touched() && about(s, fact) {
			return true
		}
	}
	return false
}

// wanted reports whether a fact is different because somebody did already what a step of the plan does.
func (e *engine) wanted(ctx context.Context, fact plan.Fact) bool {
	for _, s := range e.plan.Steps {
		if s.Kind != plan.Request || !about(s, fact) {
			continue
		}
		// An error (a reference to an answer that is not there yet) means that it is not known to be done.
		if seen, err := e.look(ctx, s.Done); err == nil && seen.holds {
			return true
		}
	}
	return false
}

// about reports whether a step's write changes a fact. Where the fact is about one element of a list
// ("/[id=con_1]/options"), the step must be about the same one.
func about(s plan.Step, fact plan.Fact) bool {
	if !slices.Contains(plan.Touches(s), fact.Path) {
		return false
	}
	_, selector, ok := strings.Cut(fact.Pointer, "[")
	selector, _, closed := strings.Cut(selector, "]")
	key, value, isPair := strings.Cut(selector, "=")
	if !ok || !closed || !isPair || s.Call.ID == value {
		return true
	}
	if s.Done == nil {
		return false
	}
	match, err := plan.Decode(s.Done.Match)
	if err != nil {
		return false
	}
	have, found := plan.At(match, "/"+key)
	return found && have == value
}

// stillTrue looks again at steps that are done: whoever undid one of them since has taken away what the next step stands on. Where a
// later step wrote the same thing again, only that one is looked at.
func (e *engine) stillTrue(ctx context.Context, steps []plan.Step) error {
	var changed []plan.Difference
	for i, s := range steps {
		if slices.ContainsFunc(steps[i+1:], func(later plan.Step) bool { return sameThing(s.Done, later.Done) }) {
			continue
		}
		seen, err := e.look(ctx, s.Done)
		if err != nil {
			return unlessStopped(ctx, fmt.Errorf("look again at %q: %w", s.Title, err))
		}
		if !seen.holds && !seen.silent {
			changed = append(changed, plan.Difference{Fact: e.doneFact(s), Now: e.nowOf(seen)})
		}
	}
	if len(changed) > 0 {
		return &Stale{changed}
	}
	return nil
}

// ownDraft looks, before an Action is deployed, whether its draft is still what this run wrote: to deploy puts live whatever the draft
// holds, and somebody else may have saved another one since.
func (e *engine) ownDraft(ctx context.Context, s plan.Step) error {
	if s.Call.Op != tenant.DeployAction {
		return nil
	}
	for _, draft := range e.plan.Steps {
		writes := draft.Call != nil && (draft.Call.Op == tenant.CreateAction || draft.Call.Op == tenant.PatchAction)
		if !writes || !e.done(draft) {
			continue
		}
		if err := e.stillTrue(ctx, []plan.Step{draft}); err != nil {
			return err
		}
	}
	return nil
}

// stillUnused looks again, before the provider is removed, at what was seen to be so first: an earlier call may have seen it, and
// somebody may have switched a flow to the provider since.
func (e *engine) stillUnused(ctx context.Context, s plan.Step) error {
	if s.Call.Op != tenant.DeleteProvider {
		return nil
	}
	for _, seen := range e.plan.Steps {
		if seen.Kind != plan.Manual || seen.Done == nil || !slices.Contains(s.Needs, seen.ID) || !e.done(seen) {
			continue
		}
		if err := e.stillTrue(ctx, []plan.Step{seen}); err != nil {
			return err
		}
	}
	return nil
}

func sameThing(a, b *plan.Check) bool {
	return a.Get.Op == b.Get.Op && a.Get.ID == b.Get.ID && string(a.Match) == string(b.Match)
}

func (e *engine) doneFact(s plan.Step) plan.Fact {
	return plan.Fact{Path: strings.TrimPrefix(s.Done.Get.Path(), "/"), Value: tenant.Redact(s.Done.Want), What: "what this run did: " + s.Title}
}

func (e *engine) nowOf(seen sight) json.RawMessage {
	return json.RawMessage(e.secrets.scrub(string(tenant.Redact(plan.Encode(seen.element)))))
}
