package wizard

import (
	"context"
	"errors"
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
		case c.running("trouble-" + m.ID), c.known.Doubted == m.ID && c.known.Running == "":
			pages = append(pages, c.trouble(m))
		case c.running("move-" + m.ID):
			pages = append(pages, c.move(m))
		case c.running("login-" + m.ID):
			pages = append(pages, c.login(m))
		case c.running("confirm-" + m.ID):
			pages = append(pages, c.confirm(m))
		case c.running("dashboard-" + m.ID), m.Status == run.MoveStarted && c.byHand(m) != nil:
			pages = append(pages, c.dashboard(m, c.byHand(m)))
		case m.Status == run.MoveConfirmed:
		case waits && c.known.Mode == Demo && m.ID != plan.MoveProvider && !contains(c.known.SignedIn, m.ID):
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
		"This is the moment users notice: their next code travels through the tenant-level provider.")
	p.Blocks = []Block{
		Steps{Title: "What will happen", Items: stepItems(*c.known.Plan, c.known.Run, c.known.Plan.In(plan.Switch, m.ID))},
		Text{Title: "To take it back", Body: c.undo(m)},
		Evidence{Rows: c.runState().Evidence},
	}
	for _, reason := range c.runState().Overrides {
		p.Blocks = append(p.Blocks, Text{Body: "Not proven; the reason given: " + reason, Tone: Careful})
	}
	for _, missing := range m.Missing {
		p.Blocks = append(p.Blocks, Text{Body: missing, Tone: Careful})
	}
	if c.production() {
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

// byHand is the step of a move that waits for a person, or nil.
func (c conversation) byHand(m run.MoveState) *plan.Step {
	for _, s := range c.known.Plan.In(plan.Switch, m.ID) {
		for _, state := range c.runState().Steps {
			if state.ID == s.ID && s.Kind == plan.Manual && state.Status == run.Waiting {
				return &s
			}
		}
	}
	return nil
}

// dashboard asks for the switch that no API token may turn. Half a move is no place to stop without saying so.
func (c conversation) dashboard(m run.MoveState, step *plan.Step) Page {
	p := page("dashboard-"+m.ID, StageMove, "One switch is left, in the Dashboard",
		m.Title+" is begun and not finished: Auth0 keeps this switch for the Dashboard. Turn it, then come back here.")
	if step != nil {
		p.Blocks = append(p.Blocks,
			Text{Title: step.Title, Body: step.Dashboard + "\n" + step.Link},
			Text{Body: step.Why},
			Text{Title: "To take the move back instead", Body: c.undo(m)})
	}
	p.Continue, p.Safe = "I have turned it: look again", "The tenant is read; what is left of this move is written when the switch is on."
	opened := c.known.Open
	p.Effect = &Effect{Title: "Looking again", Writes: true, Do: func(ctx context.Context, _ Host, _ Answers, update func(func(Known) Known)) error {
		state, err := advance(ctx, opened, run.Until{Phase: plan.Switch, Move: m.ID}, update)
		if err != nil {
			return err
		}
		for _, now := range state.Moves {
			if now.ID == m.ID && now.Status == run.MoveStarted {
				return errStillOff
			}
		}
		return nil
	}}
	return p
}

var errStillOff = errors.New("the tenant still shows it as off: it can take a moment, and the page in the Dashboard has to be saved")

// login lets a user of the embedded tenant ask for a code, so that the handset shows it.
func (c conversation) login(m run.MoveState) Page {
	p := page("login-"+m.ID, StageConfirm, m.Title+" is switched on",
		"The tenant reads back as planned. In the demo a user of the embedded tenant logs in for you; the code arrives on the handset.")
	p.Continue, p.Safe = "Log in as a user", "Nothing is written; a code is sent to the handset."
	p.Effect = &Effect{Title: "Logging in", Do: func(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		if err := host.SignIn(ctx, m.Move); err != nil {
			update(func(k Known) Known { k.Doubted, k.Doubt = m.ID, err.Error(); return k })
			return nil
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
	if m.ID == plan.MoveProvider {
		p.Lead = "It reads back as planned. Codes that travel through it already use the new settings: let one be sent."
	}
	p.Safe = "Nothing more is written for " + m.Title + "."
	p.Blocks = append(p.Blocks, c.newestMessage()...)
	if m.ID != plan.MoveMFA && c.known.Mode != Demo {
		p.Blocks = append(p.Blocks, Text{Tone: Careful, Body: "Entering a Passwordless code creates a user when the number is new: use a number that has one, or delete that user afterwards."})
	}
	p.Questions = []Question{
		{
			Key: Key("login." + m.ID), Kind: One, Title: "Could you log in with a code?", Default: "no",
			Options: []Option{
				{Value: "yes", Label: "Yes, a code came and I could log in"},
				{Value: "no", Label: "No: the next page says how to take it back"},
			},
		},
		c.whoQuestion(),
	}
	p.Continue = "Keep the answer"
	opened := c.known.Open
	p.Effect = &Effect{Title: "Keeping your answer", Writes: true, Do: func(ctx context.Context, _ Host, given Answers, update func(func(Known) Known)) error {
		if given[Key("login."+m.ID)] != "yes" {
			update(func(k Known) Known { k.Doubted = m.ID; return k })
			return nil
		}
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

// trouble is where one lands when a login did not work after a switch: how to take it back comes first.
func (c conversation) trouble(m run.MoveState) Page {
	if c.known.Stopped {
		return c.stopped(m)
	}
	p := page("trouble-"+m.ID, StageConfirm, m.Title+" is switched on, and a login did not work",
		"Users are on the new way now. If others cannot log in either, take it back first and look for the reason after.")
	if c.known.Doubt != "" {
		p.Blocks = append(p.Blocks, Text{Tone: Bad, Body: c.known.Doubt})
	}
	p.Blocks = append(p.Blocks,
		Text{Title: "To take it back", Body: c.undo(m)},
		Text{Title: "To find the reason", Body: "Monitoring > Logs in the Dashboard, and your carrier's log. The phone number, the country and the sender are the usual ones."})
	p.Questions = []Question{{
		Key: Key("trouble." + m.ID), Kind: One, Title: "What next?", Default: "again",
		Options: []Option{
			{Value: "again", Label: "Try another login"},
			{Value: "stop", Label: "Stop here", Consequence: "nothing more is written; the run stays open, and can be confirmed later"},
		},
	}}
	p.Effect = &Effect{Title: "Going on", Do: func(_ context.Context, _ Host, given Answers, update func(func(Known) Known)) error {
		update(func(k Known) Known {
			if given[Key("trouble."+m.ID)] == "stop" {
				k.Stopped = true
				return k
			}
			k.Doubted, k.Doubt, k.SignedIn = "", "", nil
			return k
		})
		return nil
	}}
	return p
}

// stopped ends the conversation with a move that is switched and not confirmed.
func (c conversation) stopped(m run.MoveState) Page {
	p := page("stopped-"+m.ID, StageConfirm, m.Title+" is switched on and not confirmed",
		"Nothing more is written. Take it back as below, or confirm it once a login works.")
	p.Final = true
	p.Blocks = []Block{
		Text{Title: "To take it back", Body: c.undo(m)},
		Code{Title: "To confirm it later", Text: "upe confirm " + c.runState().ID + " --move " + m.Name},
		Facts{Rows: []Fact{{Label: "Run folder", Value: c.known.Folder}}},
	}
	return p
}

// undo says how to take a move back, from its last write to its first.
func (c conversation) undo(m run.MoveState) string {
	steps := c.known.Plan.In(plan.Switch, m.ID)
	var lines []string
	for i := len(steps) - 1; i >= 0; i-- {
		if s := steps[i]; s.UndoDashboard != "" {
			lines = append(lines, fmt.Sprintf("%d. %s: %s", len(lines)+1, s.UndoDashboard, s.Undo))
		}
	}
	return strings.Join(lines, "\n")
}

// production reports whether the tenant counts as one that users depend on: everything that was not said to be otherwise.
func (c conversation) production() bool {
	environment := c.text(keyEnvironment)
	return environment != "staging" && environment != "development"
}

var errNotTyped = errors.New("it is not typed as shown")
