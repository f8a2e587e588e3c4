package wizard

import (
	"context"
	"fmt"
	"slices"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// runState is where the run stands; the zero State before it is opened.
func (c conversation) runState() run.State {
	if c.known.Run == nil {
		return run.State{}
	}
	return *c.known.Run
}

const preparePage = "prepare"

// prepare asks before the first write.
func (c conversation) prepare() []Page {
	if c.runState().Prepared && !c.running(preparePage) {
		return nil
	}
	made, err := c.plan()
	if err != nil {
		return one(noPlan(page(preparePage, StagePrepare, "", ""), err))
	}
	steps := made.In(plan.Prepare, "")
	p := page(preparePage, StagePrepare, "Prepare",
		"This makes the provider ready. No login uses it yet: codes keep travelling as they do today.")
	p.Blocks = []Block{Steps{Title: "What will be written", Items: stepItems(made, c.known.Run, steps)}}
	if c.known.Folder != "" {
		p.Blocks = append(p.Blocks, Facts{Rows: []Fact{{Label: "Run folder", Value: c.known.Folder, Note: "the snapshot and the journal; no secrets"}}})
	}
	if c.runState().Entries > 0 && !c.runState().Working {
		p.Lead = "This was begun and is not finished. What may have been written is looked for first. No login uses it yet."
	}
	p.Continue = "Prepare now"
	open := steps
	if c.runState().Entries > 0 {
		open = slices.DeleteFunc(slices.Clone(steps), func(s plan.Step) bool { return !c.open(s) })
	}
	p.Safe = count(writes(open), "write") + "; users notice nothing."
	p.Effect = &Effect{Title: "Preparing", Writes: true, Do: c.doPrepare(made)}
	if len(steps) == 0 {
		p.Lead = "The provider is ready already, so there is nothing to prepare. This opens the run and its folder."
		if _, changes := made.Move(plan.MoveProvider); changes {
			p.Lead = "Each write to the provider reaches its users at once, so none is made here: the next page shows them, and asks. This opens the run and its folder."
		}
		p.Blocks, p.Continue, p.Safe = nil, "Open the run", "Nothing is written to the tenant."
	}
	if c.refusedProvider() {
		p.Blocks = append(p.Blocks, Text{
			Tone: Careful, Title: "Auth0 refuses the provider",
			Body: "Some tenants take a provider only once the Unified Phone Experience is on. It can be turned on first: then codes may be lost until the provider is there.",
		})
		p.Questions = []Question{c.refusedNext()}
		p.Continue = "Continue"
	} else if c.known.Plan != nil && c.hasWritten() {
		p.Questions, p.Continue = []Question{halfway(keyTurnPrepare, "Finish it")}, "Continue"
	}
	return one(p)
}

// What can be done when Auth0 refuses the provider.
const (
	refusedAgain = "again"
	refusedFlag  = "flag-first"
)

const (
	keyRefused     Key = "prepare.next"
	keyTurnPrepare Key = "prepare.turn"
)

func (c conversation) refusedNext() Question {
	q := Question{
		Key: keyRefused, Kind: One, Title: "What next?", Default: refusedAgain,
		Options: []Option{
			{Value: refusedAgain, Label: "Try again", Consequence: "with the same plan"},
			{Value: refusedFlag, Label: "Plan to turn it on first", Consequence: "the tenant is read again; the new plan says what may be lost, and asks you to accept it"},
		},
	}
	if c.hasWritten() {
		q.Options = append(q.Options, takeBackOption())
	}
	return q
}

// refusedProvider reports whether Auth0 refused to create the provider while the tenant flag is off. Why it did, only the flag tells.
func (c conversation) refusedProvider() bool {
	if c.judged().Provider != nil || c.known.FlagFirst || c.known.Plan == nil || c.choices().FlagFirst {
		return false
	}
	if on := c.judged().Unified; on != nil && *on {
		return false
	}
	return slices.ContainsFunc(c.runState().Steps, func(s run.StepState) bool {
		step, _ := c.known.Plan.Step(s.ID)
		return step.Call != nil && step.Call.Op == tenant.CreateProvider && s.Error != nil && s.Error.Class() == tenant.ClassNotAllowed
	})
}

func (c conversation) doPrepare(made plan.Plan) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	before, answers := c.snapshot(), c.whole(nil)
	return func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		if given[keyRefused] == refusedFlag {
			update(func(k Known) Known { k.FlagFirst = true; return k })
			return startAgain(ctx, host, given, update)
		}
		if given[keyRefused] == string(TakeBack) || given[keyTurnPrepare] == string(TakeBack) {
			return lookBack(ctx, host, TakeBack, update)
		}
		opened, err := host.Open(made, before, secretsFrom(answers))
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Plan, k.Folder, k.Open = &made, opened.Folder(), opened; return k })
		_, err = advance(ctx, opened, run.Until{Phase: plan.Prepare}, update)
		return explained(err, update)
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
