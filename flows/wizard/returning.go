package wizard

import (
	"context"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
)

// Turning says which way a run is to be turned.
type Turning string

// The ways.
const (
	TakeBack Turning = "back"    // what the run wrote; where that was begun, it goes on
	Anew     Turning = "anew"    // the same, computed from how the tenant is now, whatever was begun
	GiveUp   Turning = "give-up" // what the way back did so far, so that nobody is left without codes
)

// WayBack is what takes a run back, or what gives that up.
type WayBack struct {
	Plan    plan.Plan
	State   run.State // zero before it has begun
	Begun   bool      // it has a folder of its own
	Folder  string    // where it is, or will be
	Open    Run       // nil before it is carried out in this session
	Report  string    // path, once it is finished
	GivesUp bool
	Instead *WayBack            // what is under way, and would not be gone on with; nil: nothing is
	Secrets Answers             // that need not be asked for, as in [Resumed]
	Support []judge.SupportText // of a way that gives up: what Auth0 Support has to know
	Earlier []string            // runs that this one began from and that were left unfinished: what they wrote is not taken back with it
}

// Keys of a way back; no answers file has them. Each way has its own, so that nothing is confirmed for another one.
func (b WayBack) keyConfirm() Key { return Key("confirm." + b.Folder) }

func (b WayBack) keyTurn() Key { return Key("turn." + b.Folder) }

// goesOn goes on with a way back that was begun.
const goesOn = "go-on"

// lookBack computes the way, and leads to the page that shows it.
func lookBack(ctx context.Context, host Host, turning Turning, update func(func(Known) Known)) error {
	way, err := host.Back(ctx, turning)
	if err != nil {
		return err
	}
	update(func(k Known) Known {
		if k.Back != nil && k.Back.Begun {
			way.Instead = k.Back
		}
		k.Back, k.Secrets = &way, k.Secrets.and(way.Secrets)
		return k
	})
	return nil
}

// wayBack is the conversation about a run that is to be taken back.
func (c conversation) wayBack() []Page {
	b := *c.known.Back
	hand := handOf(b.Plan, b.State)
	switch {
	case c.running("back"), !b.Begun:
		return one(c.back(b))
	case b.State.Finished && !c.running("back-hand"):
		return one(c.tookBack(b))
	case c.running("back-hand"), hand != nil && b.Open != nil: // in an earlier session the switch may have been turned since
		return one(c.backByHand(b, hand))
	}
	return one(c.back(b))
}

// back shows what would be written, and asks. What was begun goes on without being confirmed again.
func (c conversation) back(b WayBack) Page {
	p := page("back", StageMove, "Take it back",
		"Only what this run wrote is taken back. Flows go first; what was created is removed when they are back, and until then both ways deliver.")
	live := strings.Join(b.Plan.Reaches(), ", ")
	if live != "" {
		p.Lead = "Only what this run wrote is taken back. Flows go first, then the provider, which " + live + " send through: they use its former settings from then on."
	}
	p.Continue, p.Safe = "Take it back", count(writes(left(b.Plan, b.State)), "write")+" at most; from then on real logins use the old way again."
	switch {
	case len(b.Plan.Summary.Moves) > 0:
	case live != "":
		p.Lead = "Only what this run wrote is taken back. No flow was switched on; what the run changed of the provider reaches " + live + ", which use its former settings from then on."
		p.Safe = count(writes(left(b.Plan, b.State)), "write") + " at most; codes of " + live + " use the former settings from then on."
	default:
		p.Lead = "Only what this run wrote is taken back. Nothing was switched on, so users notice nothing: what was created for them is removed."
		p.Safe = count(writes(left(b.Plan, b.State)), "write") + " at most; users notice nothing."
	}
	effect, does := "Taking it back", "take it back"
	if b.GivesUp {
		p.Title, p.Continue, effect, does = "Give the way back up", "Turn it on again", "Giving the way back up", "turn it on again"
		p.Lead = "What the way back had turned off is turned on again, so that nobody is left without codes. The provider is still there."
	}
	steps := left(b.Plan, b.State)
	for _, g := range b.Plan.Summary.Gaps {
		if slices.ContainsFunc(steps, func(s plan.Step) bool { return s.ID == g.To }) { // else it is over
			p.Blocks = append(p.Blocks, Text{Tone: Careful, Title: "Codes may be lost for a while", Body: g.What + " How long: " + g.Length + "."})
		}
	}
	p.Blocks = append(p.Blocks, Steps{Title: "What will happen", Items: stepItems(b.Plan, &b.State, b.Plan.Steps)})
	p.Questions = c.askFor(secretsOf(b.Plan, steps))
	switch {
	case b.Begun:
		p.Title, p.Lead = p.Title+": begun, and not finished", "It waits for: "+b.State.WaitsFor+"."
		p.Questions = append(p.Questions, nextTurn(b, "Go on with it"))
		p.Continue = "Continue"
	case len(b.Plan.Steps) == 0:
		p.Lead, p.Continue, p.Safe = "The way back has written nothing so far, so there is nothing to turn on again.", "Give it up", "Nothing is written to the tenant."
		p.Blocks = nil
		p.Leave = leaveBack
	default:
		p.Questions = append(p.Questions, c.confirmed(b.keyConfirm(), does, capital(does)+" now?"))
		p.Leave = leaveBack
	}
	p.Effect = &Effect{Title: effect, Writes: true, Do: c.doBack(b, nil)}
	return p
}

// leaveBack forgets a way that was looked at and has not begun. What is under way stays: nobody goes forward meanwhile.
func leaveBack(k Known) Known {
	k.Back = k.Back.Instead
	return k
}

// nextTurn is what can be done in the middle of a way back. What gives one up is not given up itself.
func nextTurn(b WayBack, goOn string) Question {
	q := Question{Key: b.keyTurn(), Kind: One, Title: "What next?", Default: goesOn, Options: []Option{{Value: goesOn, Label: goOn}}}
	if !b.GivesUp {
		q.Options = append(q.Options,
			Option{Value: string(Anew), Label: "Plan it anew", Consequence: "from how the tenant is now; the next page asks again"},
			Option{
				Value: string(GiveUp), Label: "Give it up, and stay",
				Consequence: "where Auth0 refuses, or the switch is not there: the next page shows what turns on again what was turned off",
			})
	}
	return q
}

// backByHand asks for the switch that no API token may turn.
func (c conversation) backByHand(b WayBack, step *plan.Step) Page {
	p := page("back-hand", StageMove, "One switch is left, in the Dashboard",
		"Going back is begun and not finished: Auth0 keeps this switch for the Dashboard. Turn it, then come back here.")
	if step != nil {
		p.Blocks = []Block{Text{Title: step.Title, Body: step.Dashboard + "\n" + step.Link}, Text{Body: step.Why}}
	}
	p.Questions = append(c.askFor(secretsOf(b.Plan, left(b.Plan, b.State))), nextTurn(b, "I have turned it: look again"))
	p.Continue, p.Safe = "Continue", "The tenant is read; what is left is written when the switch is turned."
	p.Effect = &Effect{Title: "Looking again", Writes: true, Do: c.doBack(b, step)}
	return p
}

// parted is the title of a way back's move in two: whose codes, and what becomes of them ("MFA, back to its own settings").
func parted(title string) (name, what string) {
	if comma := strings.LastIndex(title, ", "); comma > 0 {
		return title[:comma], title[comma+2:]
	}
	return title, "done"
}

// tookBack is the end of a way back.
func (c conversation) tookBack(b WayBack) Page {
	p := page("back-done", StageReport, "Taken back", "What this run wrote is taken back. Log in with a code, as a user would: only that proves it.")
	p.Final = true
	facts := Facts{}
	for _, m := range b.State.Moves {
		name, what := parted(m.Title)
		facts.Rows = append(facts.Rows, Fact{Label: name, Value: what, Note: "and reads back so", Tone: Good})
	}
	if live := b.Plan.Reaches(); len(live) > 0 && !b.GivesUp {
		facts.Rows = append(facts.Rows, Fact{
			Label: "Tenant-level provider", Value: "as before the run", Note: strings.Join(live, ", ") + " send through it, before and after", Tone: Good,
		})
	}
	facts.Rows = append(facts.Rows, Fact{Label: "Report", Value: b.Report}, Fact{Label: "Folder", Value: b.Folder})
	p.Blocks = append(p.Blocks, facts)
	for _, s := range left(b.Plan, b.State) {
		if s.Kind == plan.Manual {
			p.Blocks = append(p.Blocks, Text{Title: "Left for you: " + s.Title, Body: s.Why + "\nWhere: " + s.Dashboard})
		}
	}
	if !b.GivesUp {
		return orAnew(b.withEarlier(p))
	}
	p.Title, p.Lead = "The way back is given up", "What it had turned off is on again, as the run had left it. The run can go on, or be taken back later."
	p.Blocks = append(p.Blocks, Code{Title: "To go on with the run", Text: "upe status " + c.runState().ID})
	for _, needed := range b.Support {
		p.Blocks = append(p.Blocks, forSupport(needed))
	}
	return p
}

// withEarlier says what is still there although a run was taken back: it began from what another one had written.
func (b WayBack) withEarlier(p Page) Page {
	for _, id := range b.Earlier {
		p.Blocks = append(p.Blocks, Text{
			Tone: Careful, Title: "Not taken back: what an earlier run wrote",
			Body: "This run began from what run " + id + " had written. That is still there; to take it back too: upe revert " + id,
		})
	}
	return p
}

// keyEnded is the answer behind a run that was taken back; no answers file has it.
const keyEnded Key = "back.next"

// orAnew offers, at the end of a way back, to choose again: most who take a run back want it otherwise, and not never.
func orAnew(p Page) Page {
	p.Questions = []Question{{
		Key: keyEnded, Kind: One, Title: "What next?", Default: endClose,
		Options: []Option{
			{Value: endClose, Label: "Close"},
			{Value: resumeAnew, Label: "Choose again", Consequence: "the tenant is read again; your answers are filled in"},
		},
	}}
	p.Continue = "Continue"
	p.Effect = &Effect{Title: "Going on", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		if given[keyEnded] != resumeAnew {
			return nil
		}
		return startAgain(ctx, host, given, update)
	}}
	return p
}
