package wizard

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
)

// providerMove asks for what makes the provider ready where each write to it reaches users, so that it is a switch of its own. It comes
// before the test: there is nothing to test before it.
func (c conversation) providerMove() []Page {
	if c.known.Plan == nil {
		return nil
	}
	for _, m := range c.runState().Moves {
		switch {
		case m.ID != plan.MoveProvider:
		case c.running("move-" + m.ID), m.Status != run.MoveSwitched && m.Status != run.MoveConfirmed:
			return one(c.move(m))
		}
	}
	return nil
}

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
		case c.running(pausePage(m)), c.known.Paused == m.ID && waitsToBegin(m):
			pages = append(pages, c.pause(m))
		case c.running("move-" + m.ID):
			pages = append(pages, c.move(m))
		case c.running("login-" + m.ID):
			pages = append(pages, c.login(m))
		case c.running("confirm-" + m.ID):
			pages = append(pages, c.confirm(m))
		case c.running("dashboard-" + m.ID), c.known.Asked == m.ID && m.Status == run.MoveStarted && c.byHand(m) != nil:
			pages = append(pages, c.dashboard(m, c.byHand(m)))
		case m.Status == run.MoveConfirmed:
		case waits && c.known.Mode == Demo && (m.ID != plan.MoveProvider || c.usedBefore()) && !contains(c.known.SignedIn, m.ID):
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
	p := page("move-"+m.ID, StageMove, m.Heading(), c.moveLead(m))
	p.Blocks = []Block{
		Steps{Title: "What will happen", Items: stepItems(*c.known.Plan, c.known.Run, c.known.Plan.In(plan.Switch, m.ID))},
		Text{Title: "To take it back", Body: c.undo(m)},
	}
	p.Blocks = append(p.Blocks, c.goingBack(m)...)
	if m.ID == plan.MoveProvider {
		p.Group = Test // a test message comes right after it, and the switches after that
		p.Blocks = append(c.changed(m), p.Blocks...)
		for _, g := range c.known.Plan.Summary.Gaps {
			p.Blocks = append(p.Blocks, gapFacts(*c.known.Plan, g))
		}
	} else {
		p.Blocks = append(p.Blocks, c.proofOf(m)...)
	}
	for _, reason := range c.runState().Overrides {
		p.Blocks = append(p.Blocks, Text{Body: "Not proven; the reason given: " + reason, Tone: Careful})
	}
	for _, reason := range c.runState().WithoutUndo {
		p.Blocks = append(p.Blocks, Text{Body: "Its undo is not in hand; the reason given: " + reason, Tone: Careful})
	}
	for _, missing := range m.Missing {
		p.Blocks = append(p.Blocks, Text{Body: missing, Tone: Careful})
	}
	p.Blocks = append(p.Blocks, c.makesUsers(m)...)
	blocks, undo := c.undoFirst(m)
	p.Blocks = append(p.Blocks, blocks...)
	p.Continue, p.Questions = capital(does(m.Move)), append(undo, c.confirmed(Key("confirm."+m.ID), does(m.Move), asksFor(m.Move)))
	if m.Status == run.MoveStarted { // it was confirmed when it began
		p.Continue, p.Questions = "Continue", []Question{halfway(Key("started."+m.ID), "Finish it")}
		if !c.runState().Working { // what is left for a person is known when the program has done its part
			p.Blocks = append(c.handBlocks(m), p.Blocks...)
		}
	}
	p.Safe = c.willWrite(m)
	if waitsToBegin(m) && c.hasWritten() {
		p.Leave = func(k Known) Known { k.Paused = m.ID; return k }
	}
	p.Effect = &Effect{Title: switching(m.Move), Writes: true, Do: c.doMove(m)}
	return p
}

// proofOf is the evidence for a move, every message of it in its order, with what it does not show: an Action may send what moves another way than the test message.
func (c conversation) proofOf(m run.MoveState) []Block {
	all := append(slices.Clone(c.runState().Earlier), c.asked()...)
	rows := slices.DeleteFunc(all, func(e run.Evidence) bool { return !contains(m.Channels, e.Channel) })
	blocks := []Block{Evidence{Rows: rows}}
	if why := unprovenByTests(*c.known.Plan, m.Channels); why != "" {
		blocks = append(blocks, Text{Title: "What no test message has shown", Body: why, Tone: Careful})
	}
	return blocks
}

// willWrite says how much of a move is left to write.
func (c conversation) willWrite(m run.MoveState) string {
	steps := c.known.Plan.In(plan.Switch, m.ID)
	if m.Status != run.MoveStarted {
		return count(writes(steps), "write") + "; from then on real logins use it."
	}
	open := slices.DeleteFunc(steps, func(s plan.Step) bool { return !c.open(s) })
	if n := writes(open); n > 0 {
		return count(n, "write") + " at most, of those that are left; from then on real logins use it."
	}
	return "The tenant is read; nothing is left to write."
}

// open reports whether a step is not done.
func (c conversation) open(s plan.Step) bool {
	return slices.ContainsFunc(c.runState().Steps, func(state run.StepState) bool { return state.ID == s.ID && state.Status != run.Done })
}

// handBlocks say, in the middle of a move, which switch of the Dashboard it may wait for, and where that is.
func (c conversation) handBlocks(m run.MoveState) []Block {
	for _, s := range c.known.Plan.In(plan.Switch, m.ID) {
		if s.Kind == plan.Manual && c.open(s) {
			return []Block{Text{Title: s.Title, Body: s.Why + "\nWhere: " + s.Dashboard + "\n" + s.Link}}
		}
	}
	return nil
}

// moveLead says what a move does to users.
func (c conversation) moveLead(m run.MoveState) string {
	switch {
	case m.Status == run.MoveStarted:
		return "This was begun and is not finished. What may have been written is looked for first; what is left is written then."
	case m.ID == plan.MoveProvider:
		lead := "These writes reach users at once, so nothing can be tested before."
		if m.Changes() {
			lead = changeLead(m.Move)
		}
		return lead + " " + c.undoNeeds(m)
	case m.ID == plan.MoveNewConnection:
		return "The connection is created. From then on users of the applications you chose can log in with a code by SMS."
	case m.ID == plan.MoveMFA && !c.judged().MFA.InUse:
		return "MFA by phone is turned on. From then on users can enroll a phone, and get codes through the tenant-level provider."
	}
	return "From this moment real logins use it: the next code of each user travels through the tenant-level provider. If all is well, that is all they notice."
}

// halfway is what can be done in the middle of a move.
func halfway(key Key, goOn string) Question {
	return Question{
		Key: key, Kind: One, Title: "What next?", Default: goesOn,
		Options: []Option{
			{Value: goesOn, Label: goOn},
			takeBackOption(),
		},
	}
}

func (c conversation) doMove(m run.MoveState) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	return func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		if given[Key("started."+m.ID)] == string(TakeBack) {
			return lookBack(ctx, host, TakeBack, update)
		}
		opened, err := c.takeInHand(ctx, host, m, given, update)
		if err != nil {
			return err
		}
		if _, err := advance(ctx, opened, run.Until{Phase: plan.Switch, Move: m.ID}, update); err != nil {
			return explained(atTheQuestions(err), update)
		}
		update(func(k Known) Known { k.Asked = m.ID; return k })
		return nil
	}
}

// confirmed asks before what users notice: in production the domain is typed in full.
func (c conversation) confirmed(key Key, does, asks string) Question {
	if !c.production() {
		return Question{
			Key: key, Kind: YesNo, Title: asks, Check: yes("choose yes to " + does + ", or leave: nothing happens until you do"),
		}
	}
	domain := c.known.Tenant.Domain
	return Question{
		Key: key, Kind: Retype, Title: "Type the tenant's domain to " + does, Want: domain,
		Check: func(v Value) error {
			if v != Value(domain) {
				return fmt.Errorf("%w: %s", errNotTyped, domain)
			}
			return nil
		},
	}
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
			Text{Title: "To take the move back by hand instead", Body: c.undo(m)},
			Text{Body: "If the Dashboard does not show this switch, Auth0 Support can help. The text below is ready to send."},
			forSupport(report.SupportSince(c.judged(), judge.SupportToggleMissing, *c.known.Plan, c.runState())))
	}
	p.Questions = []Question{halfway(Key("dashboard."+m.ID), "I have turned it: look again")}
	p.Continue, p.Safe = "Continue", "The tenant is read; what is left of this move is written when the switch is on."
	opened := c.known.Open
	p.Effect = &Effect{Title: "Looking again", Writes: true, Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		if given[Key("dashboard."+m.ID)] == string(TakeBack) {
			return lookBack(ctx, host, TakeBack, update)
		}
		state, err := advance(ctx, opened, run.Until{Phase: plan.Switch, Move: m.ID}, update)
		if err != nil {
			return explained(err, update)
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

// production reports whether the tenant counts as one that users depend on: everything that was not said to be otherwise.
func (c conversation) production() bool {
	environment := cmp.Or(c.text(keyEnvironment), c.known.Environment)
	return environment != "staging" && environment != "development"
}

var errNotTyped = errors.New("it is not typed as shown")
