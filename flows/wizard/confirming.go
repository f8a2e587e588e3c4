package wizard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

// login lets a user of the embedded tenant ask for a code, so that the handset shows it.
func (c conversation) login(m run.MoveState) Page {
	p := page("login-"+m.ID, StageConfirm, isOn(m.Move),
		"The tenant reads back as planned. In the demo a user of the embedded tenant logs in for you; the code arrives on the phone of the demo.")
	p.Continue, p.Safe = "Log in as a user", "Nothing is written; a code is sent to the phone of the demo."
	opened := c.known.Open
	p.Effect = &Effect{Title: "Logging in", Do: func(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
		if err := host.SignIn(ctx, m.Move); err != nil {
			update(func(k Known) Known { k.Doubted, k.Doubt = m.ID, err.Error(); return k })
			return lookAtLogs(ctx, opened, m, update)
		}
		update(func(k Known) Known { k.SignedIn = append(append([]string(nil), k.SignedIn...), m.ID); return k })
		if err := lookAtLogs(ctx, opened, m, update); err != nil {
			return err
		}
		return lookAtHandset(ctx, host, update)
	}}
	return p
}

// movedAlong says what Auth0 moved though it was to stay.
func movedAlong(m run.MoveState) []Block {
	if len(m.Along) == 0 {
		return nil
	}
	return []Block{Text{
		Tone: Careful, Title: "Auth0's flag has moved more than you chose",
		Body: "These connections were to stay, and send through the tenant-level provider now: " + strings.Join(m.Along, ", ") + ". Their codes " +
			"arrive, because the provider covers them, but by another sender. Keep it so, or take this move back.",
	}}
}

// confirm asks for a person's login: reading the tenant back proves little.
func (c conversation) confirm(m run.MoveState) Page {
	p := page("confirm-"+m.ID, StageConfirm, isOn(m.Move),
		"It reads back as planned. Now log in with a code, as a user would: only that proves it.")
	if m.ID == plan.MoveProvider {
		p.Lead = "It reads back as planned. Codes that travel through it already use the new settings: let one be sent."
		if users := c.users(); len(users) > 0 {
			p.Lead = "It reads back as planned. Codes of " + strings.Join(users, ", ") + " already use the new settings: log in as one of these users, with a code."
		}
	}
	if contains(c.known.SignedIn, m.ID) {
		p.Lead = "It reads back as planned, and the demo's user got the code below and is logged in with it. In a tenant of yours you log in now: only that proves it."
		if len(m.Channels) > 1 || len(m.Users) > 1 {
			p.Lead = "It reads back as planned, and the demo's users logged in, each way once; the last code is below. In a tenant of yours you log in now: only that proves it."
		}
	}
	p.Safe = "Only your answer is kept."
	p.Blocks = append(p.Blocks, movedAlong(m)...)
	if m.ID != plan.MoveProvider || contains(c.known.SignedIn, m.ID) { // else the newest one is a test message, and no login's
		p.Blocks = append(p.Blocks, c.newestMessage()...)
	}
	p.Blocks = append(p.Blocks, heardSince(m)...)
	p.Blocks = append(p.Blocks, c.makesUsers(m)...)
	p.Questions = []Question{
		c.logins(m),
		c.whoQuestion(),
	}
	p.Continue = "Continue"
	opened := c.known.Open
	p.Effect = &Effect{Title: "Keeping your answer", Writes: true, Word: true, Do: func(ctx context.Context, _ Host, given Answers, update func(func(Known) Known)) error {
		if !saysItWorked(given[Key("login."+m.ID)]) {
			update(func(k Known) Known { k.Doubted = m.ID; return k })
			return lookAtLogs(ctx, opened, m, update)
		}
		by, _ := given[keyBy].(string)
		state, err := opened.Confirm(ctx, m.ID, by, untriedBy(m, given[Key("login."+m.ID)])...)
		if state.Entries > 0 { // the journal could be read
			update(func(k Known) Known { k.Run = &state; return k })
		}
		return explained(err, update)
	}}
	return p
}

// makesUsers says what trying a Passwordless login does to the tenant, before anybody tries it.
func (c conversation) makesUsers(m run.MoveState) []Block {
	if m.ID == plan.MoveMFA || m.ID == plan.MoveProvider {
		return nil
	}
	closed := m.ID == plan.MoveNewConnection && c.takesNoSignUps()
	if connection, ok := c.snapshot().Connection(m.ID); ok {
		closed = connection.SMS().DisableSignup
	}
	body := "Before you try it: entering a Passwordless code creates a user when the number is new. Use a number that has one, or delete that user afterwards."
	if closed {
		body = "Before you try it: this connection takes no new users, so a number without one gets no code. Use a number that has a user."
	}
	return []Block{Text{Tone: Careful, Body: body}}
}

// takesNoSignUps reports whether the plan creates its connection with sign-ups disabled.
func (c conversation) takesNoSignUps() bool {
	return slices.ContainsFunc(c.known.Plan.Steps, func(s plan.Step) bool {
		if s.Call == nil || s.Call.Op != tenant.CreateConnection {
			return false
		}
		document, err := plan.Decode(s.Call.Body)
		disabled, _ := plan.At(document, "/options/disable_signup")
		return err == nil && disabled == true
	})
}

// trouble is where one lands when a login did not work after a switch: how to take it back comes first.
func (c conversation) trouble(m run.MoveState) Page {
	if c.known.Stopped {
		return c.stopped(m)
	}
	p := page("trouble-"+m.ID, StageConfirm, isOn(m.Move)+", and a login did not work",
		"Users are on the new way now. If others cannot log in either, take it back first and look for the reason after.")
	if c.known.Doubt != "" {
		p.Blocks = append(p.Blocks, Text{Tone: Bad, Body: c.known.Doubt})
	}
	p.Blocks = append(p.Blocks, heardSince(m)...)
	p.Blocks = append(p.Blocks,
		Text{Title: "To take it back by hand", Body: c.undo(m)},
		Text{Title: "To find the reason", Body: "Monitoring > Logs in the Dashboard, and your carrier's log. The phone number, the country and the sender are the usual ones."})
	p.Questions = []Question{{
		Key: Key("trouble." + m.ID), Kind: One, Title: "What next?", Default: "again",
		Options: []Option{
			{Value: "again", Label: "Try another login"},
			takeBackOption(),
			{Value: "stop", Label: "Stop here", Consequence: "nothing more is written; the run stays open, and can be confirmed later"},
		},
	}}
	p.Effect = &Effect{Title: "Going on", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		if given[Key("trouble."+m.ID)] == string(TakeBack) {
			return lookBack(ctx, host, TakeBack, update)
		}
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
	p := page("stopped-"+m.ID, StageConfirm, isOn(m.Move)+" and not confirmed",
		"Nothing more is written. Take it back as below, or confirm it once a login works.")
	p.Final = true
	if c.known.Mode == Demo {
		p.Lead = "Nothing more is written. The tenant of the demo ends with the program; on a tenant of yours the run could go on, or be taken back, on another day."
		p.Blocks = []Block{Text{Title: "To take it back by hand", Body: c.undo(m)}}
		return p
	}
	p.Blocks = []Block{
		Code{Title: "To take it back", Text: "upe revert " + c.runState().ID},
		Text{Title: "To take it back by hand", Body: c.undo(m)},
		Code{Title: "To confirm it later", Text: "upe confirm " + c.runState().ID + " --move " + m.Name},
		Facts{Rows: []Fact{{Label: "Run folder", Value: c.known.Folder}}},
		Text{
			Title: "If you ask Auth0 Support",
			Body: "The text below says how the tenant was before this run, and what the run has written since. Should Auth0 refuse to take it back, the same command " +
				"with --give-up ends with a text that holds what was refused.",
		},
		forSupport(report.SupportSince(c.judged(), judge.SupportLoginFails, *c.known.Plan, c.runState())),
	}
	return p
}

// undo says how to take a move back, from its last write to its first.
func (c conversation) undo(m run.MoveState) string {
	steps := c.known.Plan.In(plan.Switch, m.ID)
	var lines []string
	for i := len(steps) - 1; i >= 0; i-- {
		if s := steps[i]; s.UndoDashboard != "" {
			lines = append(lines, fmt.Sprintf("%d. %s", len(lines)+1, s.TakenBack()))
		}
	}
	return strings.Join(lines, "\n")
}
