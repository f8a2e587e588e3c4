package wizard

import (
	"context"
	"fmt"

	"upe/flows/plan"
	"upe/flows/run"
)

// runState is where the run stands; the zero State before it is opened.
func (c conversation) runState() run.State {
	if c.known.Run == nil {
		return run.State{}
	}
	return *c.known.Run
}

// prepare asks before the first write.
func (c conversation) prepare() []Page {
	if c.runState().Prepared && !c.running("prepare") {
		return nil
	}
	made, err := c.plan()
	if err != nil {
		return one(noPlan(page("prepare", StagePrepare, "", ""), err))
	}
	steps := made.In(plan.Prepare, "")
	p := page("prepare", StagePrepare, "Prepare",
		"This makes the provider ready. No login uses it yet: codes keep travelling as they do today.")
	p.Blocks = []Block{Steps{Title: "What will be written", Items: stepItems(made, c.known.Run, steps)}}
	if c.known.Folder != "" {
		p.Blocks = append(p.Blocks, Facts{Rows: []Fact{{Label: "Run folder", Value: c.known.Folder, Note: "the snapshot and the journal; no secrets"}}})
	}
	p.Continue = "Prepare now"
	p.Safe = count(writes(steps), "write") + "; users notice nothing."
	p.Effect = &Effect{Title: "Preparing", Writes: true, Do: c.doPrepare(made)}
	return one(p)
}

func (c conversation) doPrepare(made plan.Plan) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	before, answers := c.snapshot(), c.answers
	return func(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		opened, err := host.Open(made, before, secretsFrom(answers))
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Plan, k.Folder, k.Open = &made, opened.Folder(), opened; return k })
		_, err = advance(ctx, opened, run.Until{Phase: plan.Prepare}, update)
		return err
	}
}

func secretsFrom(answers Answers) func(string) (string, error) {
	given := Secrets(answers)
	return func(name string) (string, error) {
		value, ok := given(name)
		if !ok || value == "" {
			return "", fmt.Errorf("the secret %s was not entered", name)
		}
		return value, nil
	}
}

// advance runs a part of the plan and keeps what is known up to date.
func advance(ctx context.Context, opened Run, until run.Until, update func(func(Known) Known)) (run.State, error) {
	show := func(s run.State) { update(func(k Known) Known { k.Run = &s; return k }) }
	state, err := opened.Run(ctx, until, show)
	show(state)
	return state, err
}
