package wizard

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"upe/flows/action"
	"upe/flows/js"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/proof"
	"upe/flows/tenant"
	"upe/flows/translate"
)

// runtimeNew is the runtime of generated Actions. Auth0 runs custom-phone-provider on node18 and node22.
const runtimeNew = "node22"

// ErrRefused is inside every error about an old Action that cannot be translated.
var ErrRefused = errors.New("this Action cannot be translated")

// make makes the Action that was asked for, proves it, and tries it with every code that will go through it.
func (c conversation) make(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
	c.answers = c.answers.clone()
	for key, value := range given {
		c.answers[key] = value
	}
	if edited := c.made(); edited != nil && edited.Edited { // somebody went back and changed no answer
		return c.prove(ctx, host, *edited, update)
	}
	made, err := c.makeOf(ctx)
	if err != nil {
		return err
	}
	made.Base, made.From = c.recipe(nil), c.recipe(made.Decisions)
	if len(made.Open()) > 0 {
		update(func(k Known) Known { k.Made, k.Trial = &made, nil; return k })
		return nil
	}
	return c.prove(ctx, host, made, update)
}

// makeOf is the Action before anything is proven.
func (c conversation) makeOf(ctx context.Context) (Made, error) {
	do := c.generated
	if c.text(keySource) == sourceTranslate {
		do = c.translated
	}
	made, err := do(ctx)
	made.Apart = c.otherWays()
	made.Notes = append(made.Notes, made.Apart...)
	return made, err
}

// translated is the old Action for the new event.
func (c conversation) translated(ctx context.Context) (Made, error) {
	old := c.oldAction()
	if old == nil {
		return Made{}, fmt.Errorf("%w: none delivers today", ErrRefused)
	}
	return translation(ctx, c.sourceOf(*old), translate.Options{Style: translate.Style(c.text(keyStyle)), Decided: c.decided()})
}

// translation is code of an older trigger for the new event.
func translation(ctx context.Context, source translate.Source, o translate.Options) (Made, error) {
	t, err := translate.Translate(ctx, source, o)
	if err != nil {
		return Made{}, fmt.Errorf("translate the Action: %w", err)
	}
	made := Made{
		Before: source.Code, Code: t.Code, Style: t.Style, Reading: t.Reading, Edits: len(t.Edits), Secrets: t.Secrets, Modules: t.Modules,
		Runtime: t.Runtime, Was: source.Runtime, Decisions: t.Decisions, Remarks: t.Remarks,
	}
	if t.Code == "" {
		return made, fmt.Errorf("%w: %s", ErrRefused, refusal(t))
	}
	return made, nil
}

// prove runs an Action beside what sends today, then for every code that will go through it.
func (c conversation) prove(ctx context.Context, host Host, made Made, update func(func(Known) Known)) error {
	if err := made.proven(ctx, c.flowsToday()); err != nil { //nolint:contextcheck // the old code is read when it is run, which bounds its own time
		return err
	}
	trial, err := c.tried(ctx, made.Code)
	if err != nil {
		return err
	}
	made.Untrue = ""
	if err := trial.Agrees(c.text(keyNonCode)); err != nil && made.Edited {
		made.Untrue = "notifications that are not codes: " + err.Error()
	}
	if host.Note != nil {
		for _, note := range made.said() {
			host.Note("the Action: " + note)
		}
	}
	noteTrial(host, trial)
	update(func(k Known) Known { k.Made, k.Trial = &made, &trial; return k })
	return nil
}

// otherWays are the flows that do not go as today, because one Action sends everything by one way.
func (c conversation) otherWays() []string {
	kind := map[string]string{sourceTranslate: judge.CarrierAction, sourceGateway: judge.CarrierGateway}[c.text(keySource)]
	var all []string
	for _, s := range c.sendings() {
		if kind != "" && s.carrier.Kind != kind {
			all = append(all, fmt.Sprintf("%s goes by this Action from then on, and no longer by %s: you chose that, and it is compared with nothing", s.flow, s.carrier.String()))
		}
	}
	return all
}

// proven runs an Action beside what sends today.
func (m *Made) proven(ctx context.Context, today []proof.Flow) error {
	if err := js.Check(m.Code); err != nil { //nolint:contextcheck // parsing bounds its own time
		return fmt.Errorf("the code does not parse: %w", err)
	}
	if err := withinLimits(m.action(&plan.Action{})); err != nil {
		return err
	}
	decided := map[string]string{}
	for _, d := range m.Decisions {
		decided[d.ID] = d.Answer
	}
	p, err := proof.Prove(ctx, today, m.Code, proof.Options{Decided: decided, Secrets: m.Secrets})
	if err != nil {
		return fmt.Errorf("prove the Action: %w", err)
	}
	m.Proof = p
	return nil
}

// said is what a person would see of a proof, for those who see no page.
func (m Made) said() []string {
	var said []string
	if m.Proof.Verdict == proof.NotExercised { // what is as it should be goes without saying
		said = append(said, m.Proof.Sentence())
	}
	for _, d := range m.Proof.Differences {
		said = append(said, fmt.Sprintf("differs: %s, %s: was %s, is %s", d.What, d.Where, orNothing(d.Was), orNothing(d.Is)))
	}
	for _, dark := range m.Proof.NotExercised {
		if words := "not exercised: " + dark; !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	for _, r := range m.Remarks {
		if r.Severity != translate.Note {
			said = append(said, at(r.Line, r.Text))
		}
	}
	return append(said, m.Notes...)
}

// flowsToday are the flows that the Action serves as they are served today, by whatever it was made from.
func (c conversation) flowsToday() []proof.Flow {
	if c.text(keySource) == sourceTranslate {
		old := c.oldAction()
		return []proof.Flow{{Name: "MFA", Old: proof.Legacy(c.sourceOf(*old)), Methods: c.methodsOfMFA()}}
	}
	return c.flowsOfParts()
}

// methodsOfMFA are the delivery methods by which users get MFA codes today.
func (c conversation) methodsOfMFA() []string {
	var methods []string
	for _, kind := range c.likelyTypes() {
		switch kind {
		case "sms":
			methods = append(methods, "text")
		case "voice":
			methods = append(methods, "voice")
		}
	}
	return methods
}

// trial is what was found out about the Action that was chosen, or nil.
func (c conversation) trial() *action.Trial {
	if !c.makes() {
		return c.known.Trial
	}
	if made := c.made(); made != nil && c.known.Trial != nil && c.known.Trial.Code == made.Code {
		return c.known.Trial
	}
	return nil
}

// versionOf is the version in which the tenant uses an npm module already: that of what sends today first.
func (c conversation) versionOf(name string) string {
	var known []tenant.Action
	if old := c.oldAction(); old != nil {
		known = append(known, *old)
	}
	for _, a := range slices.Concat(known, c.snapshot().Actions(tenant.TriggerPhone)) {
		for _, d := range a.Dependencies {
			if d.Name == name && d.Version != "" {
				return d.Version
			}
		}
	}
	return ""
}
