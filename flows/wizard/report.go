package wizard

import (
	"context"
	"fmt"
	"strings"

	"upe/flows/plan"
	"upe/flows/run"
)

const afterPage = "after"

// after carries out what waited for the end, and writes the report.
func (c conversation) after() []Page {
	switch {
	case c.known.Plan == nil:
		return nil
	case c.known.Keeps && !c.running(afterPage):
		return one(c.kept())
	case c.known.Reported != "" && !c.running(afterPage):
		return nil
	}
	steps := c.known.Plan.In(plan.After, "")
	p := page(afterPage, StageReport, "Afterwards", "Every switch is confirmed. This is what is left; what only you can do stays in the report.")
	p.Blocks = []Block{Steps{Title: "What is left", Items: stepItems(*c.known.Plan, c.known.Run, steps)}}
	p.Continue = "Write the report"
	if writes(steps) > 0 {
		return one(c.narrows(p, steps))
	}
	p.Effect = &Effect{Title: "Finishing", Do: c.doFinish()}
	return one(p)
}

// doFinish carries the end of the plan out.
func (c conversation) doFinish() func(context.Context, Host, Answers, func(func(Known) Known)) error {
	opened, made := c.known.Open, *c.known.Plan
	return func(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		last, err := advance(ctx, opened, run.Until{Phase: plan.After}, update)
		if err != nil {
			return explained(err, update)
		}
		path, err := host.Report(made, last)
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Reported, k.Narrows = path, false; return k })
		return nil
	}
}

// keyEnd is the answer of the report; no answers file has it.
const keyEnd Key = "end"

const endClose = "close"

// report is the end, from which one may still turn back.
func (c conversation) report() Page {
	if asked := c.reportScan(); asked != nil {
		return *asked
	}
	p := page("report", StageReport, "Done", "Everything you chose has moved, and somebody has confirmed each switch after a login.")
	p.Final, p.Continue = true, "Close"
	if c.known.Plan == nil {
		return p
	}
	made := *c.known.Plan
	p.Blocks = append(p.Blocks, c.reportFacts(made))
	p.Blocks = append(p.Blocks, c.looked()...)
	p.Blocks = append(p.Blocks, c.scanned()...)
	for _, s := range made.Steps {
		if s.Kind == plan.Manual && s.Proof == "person" {
			p.Blocks = append(p.Blocks, Text{Title: "Left for you: " + s.Title, Body: s.Why + "\nWhere: " + s.Dashboard})
		}
	}
	if c.known.Mode != Demo { // whose tenant ends with the program
		p.Blocks = append(p.Blocks, Code{Title: "To take it back later", Text: "upe revert " + c.runState().ID})
	}
	p.Blocks = append(p.Blocks, Text{Title: "How to undo it by hand, in this order", Body: undoList(made)})
	key := c.endKey()
	p.Questions = []Question{{
		Key: key, Kind: One, Title: "What next?", Default: endClose,
		Options: append([]Option{
			{Value: endClose, Label: "Close"},
			takeBackOption(),
		}, c.scanOption()...),
	}}
	p.Continue = "Continue"
	p.Going = func(given Answers) Going {
		if given[key] == endClose {
			return Going{Continue: "Close", Safe: p.Safe}
		}
		return Going{Continue: "Continue", Safe: p.Safe}
	}
	p.Effect = &Effect{Title: "Looking at the way back", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		switch given[key] {
		case nextScan:
			update(func(k Known) Known { k.Scanning = true; return k })
			return nil
		case string(TakeBack):
		default:
			return nil
		}
		return lookBack(ctx, host, TakeBack, update)
	}}
	return p
}

// undoList says how to take everything back, from the last write to the first.
func undoList(made plan.Plan) string {
	var lines []string
	for i := len(made.Steps) - 1; i >= 0; i-- {
		if s := made.Steps[i]; s.Kind == plan.Request || s.Kind == plan.Manual && s.UndoDashboard != "" {
			lines = append(lines, fmt.Sprintf("%d. %s", len(lines)+1, s.TakenBack()))
		}
	}
	return strings.Join(lines, "\n")
}

func (c conversation) reportFacts(made plan.Plan) Facts {
	rows := []Fact{}
	for _, m := range c.runState().Moves {
		rows = append(rows, Fact{Label: m.Title, Value: done(m.Move), Note: howConfirmed(m), Tone: confirmedTone(m)})
	}
	for _, o := range c.runState().Overrides {
		rows = append(rows, Fact{Label: "Without a test message", Value: o, Tone: Careful})
	}
	for _, s := range made.Summary.Stays {
		rows = append(rows, Fact{Label: s.Title, Value: "left as it is", Note: s.Why})
	}
	return Facts{Rows: append(rows, Fact{Label: "Report", Value: c.known.Reported}, Fact{Label: "Run folder", Value: c.known.Folder})}
}
