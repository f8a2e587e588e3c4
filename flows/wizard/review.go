package wizard

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
)

// The answers of the review.
const (
	nextPrepare = "prepare"
	nextSave    = "save"
)

// reviewPage is the page up to which an answers file answers.
const reviewPage = "review"

// review shows the plan. A dry run ends after it.
func (c conversation) review() []Page {
	made, err := c.plan()
	if err != nil {
		return one(noPlan(page(reviewPage, StageReview, "The plan", ""), err))
	}
	pages := append(one(c.reviewed(made, keyNext)), c.scanPages(made)...)
	if c.nextAnswer() == nextSave || c.known.Mode.onlyPlans() && !c.known.Scans {
		pages = append(pages, c.dryRunEnd()...)
	}
	return pages
}

// reviewed is the plan on a page, with the question what next under a key.
func (c conversation) reviewed(made plan.Plan, key Key) Page {
	p := page(reviewPage, StageReview, "The plan", "")
	p.Lead = fmt.Sprintf("%s, %s and at least %s. %s", count(writes(made.Steps), "write"),
		count(len(made.In(plan.Testing, "")), "test message"), count(run.Reads(made), "read"), reach(made))
	p.Blocks = append(p.Blocks, c.planFacts(made))
	p.Blocks = append(p.Blocks, c.lackingBlocks(made)...)
	if legs := c.afterwards(made); len(legs) > 0 {
		p.Blocks = append(p.Blocks, Journey{Title: "After the last switch a code goes", Legs: legs})
	}
	p.Blocks = append(p.Blocks, Steps{Title: "Steps", Items: stepItems(made, nil, made.Steps)})
	p.Copy = commandsOf(made)
	p = c.rehearsing(p, made)
	p.Questions = c.whatNext(made, key)
	if c.known.Mode.onlyPlans() {
		p.Safe = "Only a file on this computer is written."
	}
	if len(p.Questions) == 0 {
		p.Continue = "Save the plan and finish"
		p.Effect = &Effect{Title: "Saving the plan", Do: savePlan(made)}
		return p
	}
	p.Effect = &Effect{Title: "Keeping the plan", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		update(func(k Known) Known { k.Plan = &made; return k })
		if given[key] != nextSave {
			return nil
		}
		return savePlan(made)(ctx, host, given, update)
	}}
	return p
}

// commandsOf are the requests of a plan for whoever sends them by hand.
func commandsOf(made plan.Plan) func(step string) []Command {
	return func(step string) []Command {
		var commands []Command
		for _, c := range report.Commands(made, step) {
			commands = append(commands, Command(c))
		}
		return commands
	}
}

// whatNext offers to prepare where the token may, and where the program can read folders to look for what stops working there. A
// dry run that can do neither asks nothing.
func (c conversation) whatNext(made plan.Plan, key Key) []Question {
	q := Question{Key: key, Kind: One, Title: "What next?", Default: nextSave}
	save := Option{Value: nextSave, Label: "Save the plan as a file and stop"}
	if !c.known.Mode.onlyPlans() {
		prepare := Option{Value: nextPrepare, Label: "Go on to prepare: the next page asks again"}
		if len(made.In(plan.Prepare, "")) == 0 {
			prepare.Label = "Go on: the next pages ask again"
		}
		if len(c.lacking(made, false)) > 0 {
			prepare.Disabled = "the access token lacks scopes, named above"
		} else {
			q.Default = nextPrepare
		}
		q.Options = append(q.Options, prepare)
	}
	q.Options = append(q.Options, save)
	if key == keyNext {
		q.Options = append(q.Options, c.scanOption()...)
	}
	if c.known.Mode.onlyPlans() && !c.known.Scans {
		return nil
	}
	return []Question{q}
}

// plan is the plan for the answers; once it is confirmed it does not change any more.
func (c conversation) plan() (plan.Plan, error) {
	if c.known.Plan != nil && c.known.Run != nil {
		return *c.known.Plan, nil
	}
	return c.derived().plan(c.known.Judgement, c.choices())
}

func noPlan(p Page, err error) Page {
	p.Final = true
	var invalid *plan.Invalid
	switch {
	case errors.Is(err, plan.ErrNothing):
		p.Title, p.Lead = "Nothing to do", "The tenant is already as you want it. Nothing was written."
	case errors.As(err, &invalid):
		p.Returns = true
		p.Title, p.Lead = "These choices do not fit together", "Go back and change them. Nothing was written."
		for _, problem := range invalid.Problems {
			p.Blocks = append(p.Blocks, Text{Body: problem, Tone: Bad})
		}
	default:
		p.Title, p.Lead = "No plan could be made", "Nothing was written."
		p.Blocks = []Block{Text{Body: err.Error(), Tone: Bad}}
	}
	return p
}

func savePlan(made plan.Plan) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	return func(_ context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		path, err := host.Save("plan.json", made.Bytes())
		if err != nil {
			return err
		}
		update(func(k Known) Known {
			k.Plan, k.Saved = &made, append(append([]string(nil), k.Saved...), path)
			return k
		})
		return nil
	}
}

func (c conversation) dryRunEnd() []Page {
	p := page("saved", StageReview, "The plan is saved", "Nothing was written to the tenant: only reads were sent.")
	if c.known.Mode == Offline {
		p.Lead = "Nothing left this computer. Send the plan to whoever made the bundle: it is carried out there, and refuses if the tenant differs by then."
	}
	for _, path := range c.known.Saved {
		p.Blocks = append(p.Blocks,
			Facts{Rows: []Fact{{Label: "Plan", Value: path}}},
			Code{Title: "To look at it, and to carry it out", Text: "upe show " + path + "\nupe prepare " + path})
	}
	p.Final = true
	return one(p)
}

func (c conversation) planFacts(made plan.Plan) Facts {
	rows := []Fact{{Label: "Provider", Value: providerName(made.Summary.Provider)}}
	rows = append(rows, c.senderFact(made)...)
	rows = append(rows, Fact{Label: "Delivery methods", Value: channels(made.Summary.DeliveryMethods), Note: methodsNote(made)})
	for _, m := range made.Summary.Moves {
		rows = append(rows, Fact{Label: "Moves", Value: m.Title})
	}
	for _, s := range made.Summary.Stays {
		rows = append(rows, Fact{Label: "Stays", Value: s.Title, Note: s.Why})
	}
	for _, g := range made.Summary.Gaps {
		rows = append(rows, Fact{Label: "Codes may be lost", Value: strings.Join(g.Flows, ", "), Note: g.Length, Tone: Careful})
	}
	for _, s := range made.Steps {
		if s.OneWay {
			rows = append(rows, Fact{Label: "Cannot be undone", Value: s.Title, Tone: Careful})
		}
	}
	return Facts{Rows: rows}
}

func writes(steps []plan.Step) int {
	n := 0
	for _, s := range steps {
		if s.Kind == plan.Request {
			n++
		}
	}
	return n
}

// count is a number of things in words: "1 write", "3 writes".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

var phaseHeadings = map[plan.Phase]string{
	plan.Prepare: "Prepare: users notice nothing",
	plan.Testing: "Test: messages to you only",
	plan.Switch:  "Switch on: each confirmed by itself",
	plan.After:   "Afterwards, when every switch is confirmed",
}

// stepItems puts steps into words, with how they stand in a run; state may be nil.
func stepItems(p plan.Plan, state *run.State, steps []plan.Step) []StepItem {
	var items []StepItem
	heading := ""
	for _, s := range steps {
		item := StepItem{
			Number: 1 + slices.IndexFunc(p.Steps, func(one plan.Step) bool { return one.ID == s.ID }),
			ID:     s.ID, Title: s.Title, Why: s.Why, Before: s.Before, After: s.After, Undo: s.Undo, Dashboard: s.Dashboard, Link: s.Link,
			OneWay: s.OneWay, ByHand: s.Kind == plan.Manual, Basis: strings.TrimSuffix(string(s.Basis)+": "+s.Source, ": "), Status: run.Todo,
		}
		if s.Call != nil {
			item.Request, item.Body = s.Call.Op.Method()+" /api/v2"+s.Call.Op.Template(), s.Call.Body
		}
		if h := stepHeading(p, s); h != heading {
			item.Heading, heading = h, h
		}
		stand(&item, state)
		items = append(items, item)
	}
	lookingFirst(items, state)
	return items
}

// lookingFirst says, at the step that is next, what happens before any of them begins.
func lookingFirst(items []StepItem, state *run.State) {
	if state == nil || state.Looking.Total == 0 {
		return
	}
	next := slices.IndexFunc(items, func(i StepItem) bool { return i.Status != run.Done })
	if next >= 0 && items[next].Status == run.Todo && items[next].Note == "" {
		items[next].Note = "Not yet: the tenant is read again first, to see that it is as planned."
	}
}

func stepHeading(p plan.Plan, s plan.Step) string {
	m, ok := p.Move(s.Move)
	switch {
	case ok && s.Phase == plan.Switch && p.Reverts != "":
		return m.Title
	case ok && s.Phase == plan.Switch:
		return m.Heading()
	case p.Reverts != "" && len(p.Reaches()) > 0:
		return "Put back what the run changed of the provider: this reaches " + strings.Join(p.Reaches(), ", ")
	case p.Reverts != "" && len(p.Summary.Moves) == 0:
		return "Remove what was created: users notice nothing"
	case p.Reverts != "":
		return "Then, when every flow is back"
	}
	return phaseHeadings[s.Phase]
}

func stand(item *StepItem, state *run.State) {
	if state == nil {
		return
	}
	for _, s := range state.Steps {
		if s.ID != item.ID {
			continue
		}
		item.Status, item.Took = s.Status, s.Took
		if s.Status == run.Waiting && item.Request != "" || s.Status == run.Doing && !item.ByHand {
			item.Note = s.Waiting
		}
		if s.Error != nil {
			item.Note = s.Error.Error()
		}
		if s.How == run.Adopted {
			item.Note = "it was so already"
		}
	}
}
