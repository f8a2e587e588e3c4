package wizard

import (
	"context"
	"fmt"
	"strings"

	"upe/flows/plan"
	"upe/flows/run"
)

// moves asks for each switch by itself, then for a login.
func (c conversation) moves() []Page {
	if c.known.Plan == nil {
		return nil
	}
	var pages []Page
	for _, m := range c.runState().Moves {
		waits := m.Status == run.MoveSwitched
		switch {
		case c.running("move-" + m.ID):
			pages = append(pages, c.move(m))
		case c.running("login-" + m.ID):
			pages = append(pages, c.login(m))
		case c.running("confirm-" + m.ID):
			pages = append(pages, c.confirm(m))
		case m.Status == run.MoveConfirmed:
		case waits && c.known.Mode == Demo && !contains(c.known.SignedIn, m.ID):
			pages = append(pages, c.login(m))
		case waits:
			pages = append(pages, c.confirm(m))
		default:
			pages = append(pages, c.move(m))
		}
	}
	return pages
}

func (c conversation) move(m run.MoveState) Page {
	p := page("move-"+m.ID, StageMove, "Switch on: "+m.Title,
		"This is the moment users notice: their next code travels through the tenant-level provider. It was tested; the undo is below.")
	p.Blocks = []Block{
		Steps{Title: "What will happen", Items: stepItems(*c.known.Plan, c.known.Run, c.known.Plan.In(plan.Switch, m.ID))},
		Evidence{Rows: c.runState().Evidence},
	}
	for _, missing := range m.Missing {
		p.Blocks = append(p.Blocks, Text{Body: missing, Tone: Careful})
	}
	if c.text(keyEnvironment) == "production" {
		domain := c.known.Tenant.Domain
		p.Questions = []Question{{
			Key: Key("confirm." + m.ID), Kind: Retype, Title: "Type the tenant's domain to switch on", Want: domain,
			Check: func(v Value) error {
				if v != Value(domain) {
					return fmt.Errorf("%w: %s", errNotTyped, domain)
				}
				return nil
			},
		}}
	} else {
		p.Questions = []Question{{
			Key: Key("confirm." + m.ID), Kind: YesNo, Title: "Switch " + m.Title + " on now?",
			Check: yes("choose yes to switch on, or leave: nothing happens until you do"),
		}}
	}
	p.Continue, p.Safe = "Switch on", count(writes(c.known.Plan.In(plan.Switch, m.ID)), "write")+"; users notice."
	opened := c.known.Open
	p.Effect = &Effect{Title: "Switching " + m.Title + " on", Writes: true, Do: func(ctx context.Context, _ Host, _ Answers, update func(func(Known) Known)) error {
		_, err := advance(ctx, opened, run.Until{Phase: plan.Switch, Move: m.ID}, update)
		return err
	}}
	return p
}

func yes(otherwise string) func(Value) error {
	return func(v Value) error {
		if v != Value(true) {
			return fmt.Errorf("%s", otherwise)
		}
		return nil
	}
}

// login lets a user of the embedded tenant ask for a code, so that the handset shows it.
func (c conversation) login(m run.MoveState) Page {
	p := page("login-"+m.ID, StageConfirm, m.Title+" is switched on",
		"The tenant reads back as planned. In the demo a user of the embedded tenant logs in for you; the code arrives on the handset.")
	p.Continue, p.Safe = "Log in as a user", "Nothing is written; a code is sent to the handset."
	p.Effect = &Effect{Title: "Logging in", Do: func(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		if err := host.SignIn(ctx, m.Move); err != nil {
			return err
		}
		update(func(k Known) Known { k.SignedIn = append(append([]string(nil), k.SignedIn...), m.ID); return k })
		return lookAtHandset(ctx, host, update)
	}}
	return p
}

// confirm asks for a person's login: reading the tenant back proves little.
func (c conversation) confirm(m run.MoveState) Page {
	p := page("confirm-"+m.ID, StageConfirm, m.Title+" is switched on",
		"It reads back as planned. Now log in with a code, as a user would: only that proves it.")
	p.Safe = "Nothing more is written for " + m.Title + "."
	p.Blocks = append(p.Blocks, c.newestMessage()...)
	if m.ID != plan.MoveMFA && c.known.Mode != Demo {
		p.Blocks = append(p.Blocks, Text{Tone: Careful, Body: "Entering a Passwordless code creates a user when the number is new: use a number that has one, or delete that user afterwards."})
	}
	p.Blocks = append(p.Blocks, Text{Body: "If no code arrives: " + c.undo(m)})
	p.Questions = []Question{
		{
			Key: Key("login." + m.ID), Kind: YesNo, Title: "I could log in with a code",
			Check: yes("answer yes once you could log in; leave with ctrl+c and come back later if you cannot now"),
		},
		c.whoQuestion(),
	}
	p.Continue = "Confirm"
	opened := c.known.Open
	p.Effect = &Effect{Title: "Keeping your confirmation", Writes: true, Do: func(ctx context.Context, _ Host, given Answers, update func(func(Known) Known)) error {
		by, _ := given[keyBy].(string)
		state, err := opened.Confirm(ctx, m.ID, by)
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Run = &state; return k })
		return nil
	}}
	return p
}

// undo says in words how to take a move back.
func (c conversation) undo(m run.MoveState) string {
	for _, s := range c.known.Plan.In(plan.Switch, m.ID) {
		if s.Kind == plan.Request {
			return s.Undo + " (in the Dashboard: " + s.Dashboard + ")."
		}
	}
	return "see the report."
}

// after carries out what waited for the end, and writes the report.
func (c conversation) after() []Page {
	if c.known.Plan == nil || (c.known.Reported != "" && !c.running("after")) {
		return nil
	}
	steps := c.known.Plan.In(plan.After, "")
	p := page("after", StageReport, "Afterwards", "Every switch is confirmed. This is what is left; what only you can do stays in the report.")
	p.Blocks = []Block{Steps{Title: "What is left", Items: stepItems(*c.known.Plan, c.known.Run, steps)}}
	p.Continue = "Finish"
	if n := writes(steps); n > 0 {
		p.Safe = count(n, "write") + "."
	}
	opened, made := c.known.Open, *c.known.Plan
	p.Effect = &Effect{Title: "Finishing", Writes: true, Do: func(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		last, err := advance(ctx, opened, run.Until{Phase: plan.After}, update)
		if err != nil {
			return err
		}
		path, err := host.Report(made, last)
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Reported = path; return k })
		return nil
	}}
	return one(p)
}

// report is the end.
func (c conversation) report() Page {
	p := page("report", StageReport, "Done", "Everything you chose has moved, was tested, and is confirmed.")
	p.Final, p.Continue = true, "Close"
	if c.known.Plan == nil {
		return p
	}
	made := *c.known.Plan
	p.Blocks = append(p.Blocks, c.reportFacts(made))
	for _, s := range made.Steps {
		if s.Kind == plan.Manual && s.Proof == "person" {
			p.Blocks = append(p.Blocks, Text{Title: "Left for you: " + s.Title, Body: s.Why + "\nWhere: " + s.Dashboard})
		}
	}
	p.Blocks = append(p.Blocks, Text{Title: "How to undo it, in this order", Body: undoList(made)})
	return p
}

// undoList says how to take everything back, from the last write to the first.
func undoList(made plan.Plan) string {
	var lines []string
	for i := len(made.Steps) - 1; i >= 0; i-- {
		if s := made.Steps[i]; s.Kind == plan.Request {
			lines = append(lines, fmt.Sprintf("%d. %s: %s", len(lines)+1, s.Title, s.Undo))
		}
	}
	return strings.Join(lines, "\n")
}

func (c conversation) reportFacts(made plan.Plan) Facts {
	rows := []Fact{}
	for _, m := range c.runState().Moves {
		rows = append(rows, Fact{Label: m.Title, Value: "switched on and confirmed", Note: "by " + m.By, Tone: Good})
	}
	for _, s := range made.Summary.Stays {
		rows = append(rows, Fact{Label: s.Title, Value: "left as it is", Note: s.Why})
	}
	return Facts{Rows: append(rows, Fact{Label: "Report", Value: c.known.Reported}, Fact{Label: "Run folder", Value: c.known.Folder})}
}
