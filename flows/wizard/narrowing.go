package wizard

import (
	"context"
	"fmt"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
)

// keyNarrow is the answer whether to take away now; no answers file has it.
const keyNarrow Key = "after.next"

const (
	narrowLater = "later"
	narrowNow   = "now"
)

// narrows asks before the end takes something away from users, with the same care as before a switch: it names what ends and who
// notices, and can wait for another day.
func (c conversation) narrows(p Page, steps []plan.Step) Page {
	p.Title = "Afterwards: take away what is not wanted any more"
	p.Lead = "Every switch is confirmed. What was kept until now, so that no code is lost on the way, would be taken away by this. It can wait: keeping it harms nobody."
	p.Blocks = append(c.takenAway(), p.Blocks...)
	written := count(writes(steps), "write") + "; nobody can use what is taken away from then on."
	if c.known.Narrows {
		p.Continue, p.Safe = "Take it away", written
		p.Questions = []Question{c.confirmed("confirm.after", "take it away", "Take it away now?")}
		p.Leave = func(k Known) Known { k.Narrows = false; return k }
		p.Effect = &Effect{Title: "Finishing", Writes: true, Do: c.doFinish()}
		return p
	}
	now := Option{Value: narrowNow, Label: "Yes, " + strings.Join(titles(steps), "; "), Consequence: "written at once"}
	if c.production() {
		now.Consequence = "the next page asks for the tenant's domain first"
	}
	p.Continue = "Continue"
	p.Questions = []Question{{
		Key: keyNarrow, Kind: One, Title: "Take it away now?", Default: narrowLater,
		Options: []Option{{Value: narrowLater, Label: "Not now", Consequence: "nothing is written; the run stays open for it"}, now},
	}}
	asks := c.production()
	p.Going = func(given Answers) Going {
		g := Going{Continue: "Continue", Safe: "Nothing is written."}
		if given[keyNarrow] == narrowNow && !asks {
			g = Going{Continue: "Take it away", Safe: written, Writes: true}
		}
		return g
	}
	p.Effect = &Effect{Title: "Finishing", Writes: true, Do: c.doNarrow(asks)}
	return p
}

// titles name what is written.
func titles(steps []plan.Step) []string {
	var all []string
	for _, s := range steps {
		if s.Kind == plan.Request {
			all = append(all, strings.ToLower(s.Title[:1])+s.Title[1:])
		}
	}
	return all
}

func (c conversation) doNarrow(asks bool) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	finish, made, now := c.doFinish(), *c.known.Plan, c.runState()
	return func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		switch {
		case given[keyNarrow] != narrowNow:
			path, err := host.Report(made, now)
			if err != nil {
				return fmt.Errorf("write the report: %w", err)
			}
			update(func(k Known) Known { k.Keeps, k.Reported = true, path; return k })
			return nil
		case asks:
			update(func(k Known) Known { k.Narrows = true; return k })
			return nil
		}
		return finish(ctx, host, given, update)
	}
}

// takenAway says whom it hits that a factor is dropped at the end.
func (c conversation) takenAway() []Block {
	var dropped []string
	for _, name := range c.judged().MFA.MessageTypes {
		if kept := c.known.Plan.Summary.MessageTypes; len(kept) > 0 && !contains(kept, name) {
			dropped = append(dropped, judge.ChannelName(name))
		}
	}
	if len(dropped) == 0 {
		return nil
	}
	return []Block{Text{
		Tone: Careful, Body: "MFA by " + strings.Join(dropped, " and ") + " ends with this. Users who get their codes by nothing else could not log in from then on.",
	}}
}

// kept ends the conversation with what is not wanted any more still there.
func (c conversation) kept() Page {
	p := page("after-kept", StageReport, "Everything has moved; something is kept for now",
		"Every switch is confirmed, and nothing was taken away. The run stays open for that; it can wait for days.")
	p.Final = true
	p.Leave = func(k Known) Known { k.Keeps = false; return k }
	p.Blocks = []Block{c.reportFacts(*c.known.Plan)}
	steps := c.known.Plan.In(plan.After, "")
	p.Blocks = append(p.Blocks, Steps{Title: "What is left", Items: stepItems(*c.known.Plan, c.known.Run, steps)})
	if c.known.Mode != Demo { // whose tenant ends with the program
		p.Blocks = append(p.Blocks, Code{Title: "To take it away later", Text: "upe resume " + c.runState().ID})
	}
	return p
}
