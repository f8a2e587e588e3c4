package wizard

import (
	"context"
	"fmt"

	"upe/flows/logs"
)

// keyWatch is the answer of the page that looks at the logins; no answers file has it.
const keyWatch Key = "watch"

const (
	watchLook = "look"
	watchEnd  = "end"
)

// watch offers, when everything is switched on, to look whether people still come in. A demo has nobody who could.
func (c conversation) watch() []Page {
	if !c.known.Watches || c.known.Plan == nil || c.known.Reported == "" || c.known.Watched && !c.running("watch") {
		return nil
	}
	p := page("watch", StageReport, "Do people still come in?",
		"The tenant logs show how many codes led to a login, before each switch and since. That needs some traffic: 20 codes at the very least.")
	p.Safe = "Nothing is written; the tenant logs are read."
	p.Blocks = c.looked()
	look := Option{Value: watchLook, Label: "Look at the tenant logs", Consequence: "it takes a few seconds"}
	if c.known.Look != nil {
		look.Label = "Look again"
	}
	p.Questions = []Question{{
		Key: keyWatch, Kind: One, Title: "What next?", Default: watchEnd,
		Options: []Option{{Value: watchEnd, Label: "Show the report"}, look},
	}}
	if c.known.Look != nil && c.known.Look.Outlook == logs.LooksWrong {
		p.Questions[0].Options = append(p.Questions[0].Options, Option{
			Value: string(TakeBack), Label: "Take the run back", Consequence: "the next page shows what that does, and asks",
		})
	}
	p.Effect = &Effect{Title: "Reading the tenant logs", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		if given[keyWatch] == string(TakeBack) {
			return lookBack(ctx, host, TakeBack, update)
		}
		if given[keyWatch] != watchLook || host.Watch == nil {
			update(func(k Known) Known { k.Watched = true; return k })
			return nil
		}
		found, err := host.Watch(ctx)
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Look = &found; return k })
		return nil
	}}
	return one(p)
}

// looked is what the last look at the logins said; no block when there was none.
func (c conversation) looked() []Block {
	if c.known.Look == nil {
		return nil
	}
	var facts Facts
	tones := map[logs.Outlook]Tone{logs.LooksRight: Good, logs.LooksWrong: Bad, logs.Inconclusive: Careful}
	for _, f := range c.known.Look.Flows {
		facts.Rows = append(facts.Rows, Fact{Label: f.Title, Value: f.Outlook.Words(), Note: f.Why, Tone: tones[f.Outlook]},
			Fact{Label: "since the switch", Value: f.After.Told()}, Fact{Label: "before it", Value: f.Before.Told()})
		if f.After.Failed > 0 {
			facts.Rows = append(facts.Rows, Fact{Label: "could not be sent", Value: fmt.Sprint(f.After.Failed), Note: fmt.Sprintf("%d before", f.Before.Failed)})
		}
	}
	blocks := []Block{facts}
	if c.known.Look.Outlook == logs.LooksWrong {
		blocks = append(blocks, Code{
			Title: "The way back is ready, here or as a command; it shows what it would do before it does anything",
			Text:  "upe revert " + c.runState().ID,
		})
	}
	return append(blocks, Code{Title: "To follow it", Text: "upe watch " + c.runState().ID})
}
