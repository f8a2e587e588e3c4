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
	changed, err := plan.Drift(e.relied(), func(path string) (tenant.Part, error) { return tenant.ReadPart(ctx, e.api, path) })
	if err != nil {
		return unlessStopped(ctx, err)
	}
	var foreign []plan.Difference
	for _, d := range changed {
		if !e.closed(d) && !e.wanted(ctx, d.Fact) {
			d.Planned = e.plan.Planned(d.Fact)
			foreign = append(foreign, d)
		}
	}
	if len(foreign) > 0 {
		return &Stale{foreign}
	}
	return nil
}

// relied are the facts of the plan that this run has not changed itself.
func (e *engine) relied() []plan.Fact {
	return slices.DeleteFunc(slices.Clone(e.plan.Relies), e.touchedByUs)
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
		if e.steps[s.ID].touched() && plan.About(s, fact) {
			return true
		}
	}
	return false
}

// wanted reports whether a fact is different because somebody did already what a step of the plan does.
func (e *engine) wanted(ctx context.Context, fact plan.Fact) bool {
	for _, s := range e.plan.Steps {
		if s.Kind != plan.Request || !plan.About(s, fact) {
			continue
		}
		// An error (a reference to an answer that is not there yet) means that it is not known to be done.
		if seen, err := e.look(ctx, s.Done); err == nil && seen.holds {
			return true
		}
	}
	return false
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
			fact := e.doneFact(s)
			changed = append(changed, plan.Difference{Fact: fact, Now: e.nowOf(seen, fact.Value), Planned: fact.Value})
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
	return e.eachStillTrue(ctx, e.drafts(s))
}

// drafts are the steps that wrote the draft which s deploys.
func (e *engine) drafts(s plan.Step) []plan.Step {
	if s.Call.Op != tenant.DeployAction {
		return nil
	}
	var drafts []plan.Step
	for _, draft := range e.plan.Steps {
		writes := draft.Call != nil && (draft.Call.Op == tenant.CreateAction || draft.Call.Op == tenant.PatchAction)
		if writes && e.done(draft) {
			drafts = append(drafts, draft)
		}
	}
	return drafts
}

// stillUnused looks again, before the provider is removed, at what was seen to be so first: an earlier call may have seen it, and
// somebody may have switched a flow to the provider since.
func (e *engine) stillUnused(ctx context.Context, s plan.Step) error {
	return e.eachStillTrue(ctx, e.unused(s))
}

// unused are the steps that saw that nothing uses the provider which s removes.
func (e *engine) unused(s plan.Step) []plan.Step {
	if s.Call.Op != tenant.DeleteProvider {
		return nil
	}
	var all []plan.Step
	for _, seen := range e.plan.Steps {
		if seen.Kind == plan.Manual && seen.Done != nil && slices.Contains(s.Needs, seen.ID) && e.done(seen) {
			all = append(all, seen)
		}
	}
	return all
}

// eachStillTrue looks again at each of the steps, also where a later one is about the same thing.
func (e *engine) eachStillTrue(ctx context.Context, steps []plan.Step) error {
	for _, s := range steps {
		if err := e.stillTrue(ctx, []plan.Step{s}); err != nil {
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

// nowOf is what was seen, as far as the check is about it: what else an element holds is nobody's business.
func (e *engine) nowOf(seen sight, value json.RawMessage) json.RawMessage {
	want, err := plan.Decode(value)
	if err != nil {
		want = nil
	}
	return json.RawMessage(e.secrets.scrub(string(plan.Encode(within(redacted(seen.element), want)))))
}

// within is of have what want has as well.
func within(have, want any) any {
	wanted, ok := want.(map[string]any)
	object, is := have.(map[string]any)
	if !ok || !is || len(wanted) == 0 {
		return have
	}
	part := map[string]any{}
	for key, value := range wanted {
		if inner, there := object[key]; there {
			part[key] = within(inner, value)
		}
	}
	return part
}
