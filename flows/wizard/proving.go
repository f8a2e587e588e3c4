package wizard

import (
	"context"
	"slices"
	"strings"

	"upe/flows/phone"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// tests asks for a test message for each delivery method that a move needs, and for a person's word that it arrived.
func (c conversation) tests() []Page {
	if c.known.Plan == nil {
		return nil
	}
	var pages []Page
	for _, step := range c.known.Plan.In(plan.Testing, "") {
		evidence := c.evidence(step.Channel)
		if c.running("without-"+step.Channel) || c.known.Skip == step.Channel {
			pages = append(pages, c.without(step.Channel))
			continue
		}
		switch {
		case c.running("test-" + step.Channel):
			pages = append(pages, c.test(step, evidence))
		case c.running("arrived-" + step.Channel):
			pages = append(pages, c.arrived(step, evidence))
		case evidence.Proves() || !c.waitsFor(step.Channel) || contains(c.known.Unproven, step.Channel):
		case evidence.Fresh && !evidence.Missing && evidence.Arrived.IsZero():
			pages = append(pages, c.arrived(step, evidence))
		default:
			pages = append(pages, c.test(step, evidence))
		}
	}
	return pages
}

// waitsFor reports whether a move is not ready for want of a message by this delivery method, or codes may be lost until one has
// arrived. A move that was overridden is ready.
func (c conversation) waitsFor(channel string) bool {
	if len(c.known.Plan.Summary.Gaps) > 0 {
		return true
	}
	for _, m := range c.runState().Moves {
		if m.Status == run.MoveNotReady && contains(m.Channels, channel) {
			return true
		}
	}
	return false
}

func (c conversation) evidence(channel string) run.Evidence {
	for _, e := range c.runState().Evidence {
		if e.Channel == channel {
			return e
		}
	}
	return run.Evidence{Channel: channel}
}

func (c conversation) test(step plan.Step, evidence run.Evidence) Page {
	p := page("test-"+step.Channel, StageTest, step.Title,
		"One message goes through the new provider, to you alone. Logins still use the old way.")
	if len(c.known.Plan.Summary.Gaps) > 0 {
		p.Lead = "One message goes through the provider as it is now, to you alone. Until it arrives nobody knows whether codes do."
	}
	if c.known.Plan.Summary.Provider == tenant.KindCustom {
		p.Blocks = append(p.Blocks, Text{Body: step.Why})
	}
	if evidence.Missing {
		p.Blocks = append(p.Blocks, Text{Tone: Bad, Body: "The last message did not arrive. Look at Monitoring > Logs in the Dashboard and at your carrier's log. " + c.whoIsHit()})
	}
	if evidence.Denied() {
		p.Blocks = append(p.Blocks, Text{Tone: Bad, Body: sentence(evidence.Logs.Words()) + " " + c.whoIsHit()})
		p.Blocks = append(p.Blocks, candidates(evidence.Logs)...)
	}
	silent := evidence.Missing || evidence.Denied()
	if silent {
		p.Questions = append(p.Questions, c.afterSilence())
	}
	if evidence.Changed != "" {
		p.Blocks = append(p.Blocks, Text{Tone: Careful, Body: "A new message is needed: " + evidence.Changed + "."})
	}
	p.Blocks = append(p.Blocks, Evidence{Rows: c.runState().Evidence})
	number := Question{
		Key: keyTestTo, Kind: Line, Title: "Your phone number", Help: "With country code: +15550001234. It is masked in the journal.",
		Check: line(func(s string) error { _, err := phone.ParseE164(s); return err }),
	}
	if c.known.Mode == Demo {
		number.Default, number.Help = "+15550001234", "In the demo any number works; the message arrives on the handset."
	}
	p.Continue, p.Safe = "Send it", "One test message is sent to this number."
	if silent || !c.offersBack() {
		p.Questions = append(p.Questions, number)
	} else {
		number.Check = line(func(s string) error {
			return optional(s, func(s string) error { _, err := phone.ParseE164(s); return err })
		})
		p.Questions = append(p.Questions, number, halfway(keyTurnTest, "Send the message"))
	}
	if silent || c.offersBack() {
		p.Continue, p.Safe = "Go on", "At most one test message is sent."
	}
	p.Effect = &Effect{Title: "Sending, then reading the tenant logs", Writes: true, Do: c.doTest(step.Channel)}
	return p
}

// whoIsHit says whether the way that a test message took is one that users' codes take already.
func (c conversation) whoIsHit() string {
	var hit []string
	for _, g := range c.known.Plan.Summary.Gaps {
		hit = append(hit, g.Flows...)
	}
	if len(hit) == 0 {
		return "Nothing has been switched, so no user is affected."
	}
	return "Codes of " + strings.Join(hit, ", ") + " take the same way now, and may be lost: act at once."
}

// What can be done when a test message did not arrive.
const (
	silenceSend   = "send"
	silenceChange = "change"
	silenceSkip   = "skip"
)

const (
	keySilence  Key = "test.next"
	keyTurnTest Key = "test.turn"
)

func (c conversation) afterSilence() Question {
	q := Question{
		Key: keySilence, Kind: One, Title: "What next?", Default: silenceSend,
		Options: []Option{
			{Value: silenceSend, Label: "Send another one"},
			{Value: silenceChange, Label: "Choose the provider and its settings again", Consequence: "the tenant is read again, and a new plan made"},
			{Value: silenceSkip, Label: "Go on without proof", Consequence: "the next page asks for the reason, which the report keeps"},
		},
	}
	if c.hasWritten() {
		q.Options = append(q.Options, takeBackOption())
	}
	return q
}

// offersBack reports whether a page before the first switch offers to take the run back: where it has written something to a tenant that
// outlives the program.
func (c conversation) offersBack() bool { return c.known.Mode != Demo && c.hasWritten() }

func (c conversation) doTest(channel string) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	send := c.doSend(channel)
	return func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		if given[keyTurnTest] == string(TakeBack) {
			return lookBack(ctx, host, TakeBack, update)
		}
		switch given[keySilence] {
		case silenceChange:
			return startAgain(ctx, host, given, update)
		case string(TakeBack):
			return lookBack(ctx, host, TakeBack, update)
		case silenceSkip:
			update(func(k Known) Known { k.Skip = channel; return k })
			return nil
		}
		return send(ctx, host, given, update)
	}
}

// startAgain reads the tenant as it is now, with what this run has written, and forgets the run: its folder stays.
func startAgain(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
	if err := readTenant(ctx, host, given, update); err != nil {
		return err
	}
	update(func(k Known) Known {
		k = k.forgetRun()
		k.Again = true
		return k
	})
	return nil
}

// without asks for the reason to go on although nobody knows whether messages arrive.
func (c conversation) without(channel string) Page {
	p := page("without-"+channel, StageTest, "Go on without proof",
		"If messages do not arrive, users cannot log in from the switch on. Auth0 tells nobody; only the tenant logs show it.")
	p.Questions = []Question{
		{Key: Key("test.reason." + channel), Kind: Line, Title: "Why is it safe all the same?", Help: "The journal and the report keep your words.", Check: line(required("a reason"))},
		c.whoQuestion(),
	}
	p.Continue, p.Safe = "Go on without proof", "Nothing is written to the tenant."
	p.Leave = func(k Known) Known { k.Skip = ""; return k }
	opened, moves := c.known.Open, c.runState().Moves
	p.Effect = &Effect{Title: "Keeping your reason", Writes: true, Word: true, Do: func(ctx context.Context, _ Host, given Answers, update func(func(Known) Known)) error {
		reason, _ := given[Key("test.reason."+channel)].(string)
		by, _ := given[keyBy].(string)
		for _, m := range moves {
			if !contains(m.Channels, channel) {
				continue
			}
			state, err := opened.Override(ctx, m.ID, reason, by)
			if err != nil {
				return err
			}
			update(func(k Known) Known { k.Run, k.Skip = &state, ""; return k })
		}
		update(func(k Known) Known { k.Skip, k.Unproven = "", append(slices.Clone(k.Unproven), channel); return k })
		return nil
	}}
	return p
}

func (c conversation) doSend(channel string) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	opened, before := c.known.Open, len(c.known.Handset)
	return func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		typed, _ := given[keyTestTo].(string)
		number, err := phone.ParseE164(typed)
		if err != nil {
			return err
		}
		state, err := opened.Send(ctx, channel, number.String())
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Run = &state; return k })
		if err := lookAtHandset(ctx, host, update); err != nil {
			return err
		}
		update(func(k Known) Known { k.Silent = k.Mode == Demo && len(k.Handset) == before; return k })
		return nil
	}
}

// lookAtHandset shows what the emulated handset received; on a real tenant there is none.
func lookAtHandset(ctx context.Context, host Host, update func(func(Known) Known)) error {
	if host.Handset == nil {
		return nil
	}
	messages, err := host.Handset(ctx)
	if err != nil {
		return err
	}
	update(func(k Known) Known { k.Handset = messages; return k })
	return nil
}

// newestMessage is what the emulated handset received last.
func (c conversation) newestMessage() []Block {
	if n := len(c.known.Handset); n > 0 {
		return []Block{Messages{Items: c.known.Handset[n-1:]}}
	}
	return nil
}

func (c conversation) arrived(step plan.Step, evidence run.Evidence) Page {
	p := page("arrived-"+step.Channel, StageTest, "Did it arrive?",
		"Auth0 accepted the message, which proves nothing yet. Look at the phone.")
	if evidence.Accepted.IsZero() {
		p.Lead = "Auth0 did not answer, so the message may or may not be on its way. Look at the phone."
	}
	yes := Option{Value: "yes", Label: "Yes, it arrived"}
	if c.known.Silent {
		yes.Disabled = "nothing arrived on the handset"
		p.Blocks = append(p.Blocks, Text{Tone: Bad, Body: "Nothing arrived on the handset: the carrier, or your Action's gateway, did not take the message."})
	} else {
		p.Blocks = append(p.Blocks, c.newestMessage()...)
	}
	p.Blocks = append(p.Blocks, heard(evidence.Logs)...)
	if c.known.Mode != Demo {
		p.Blocks = append(p.Blocks, Evidence{Rows: []run.Evidence{evidence}})
	}
	p.Questions = []Question{
		{
			Key: Key("test.arrived." + step.Channel), Kind: One, Title: "Did the message arrive?", Default: "no",
			Options: []Option{
				yes,
				{Value: "no", Label: "No: nothing is switched, the next page says what to do"},
			},
		},
		c.whoQuestion(),
	}
	p.Effect = &Effect{Title: "Keeping your answer", Writes: true, Word: true, Do: c.doAnswer(step.Channel)}
	return p
}

const keyBy Key = "by"

// whoQuestion asks who vouches. The name goes into the journal.
func (c conversation) whoQuestion() Question {
	return Question{Key: keyBy, Kind: Line, Title: "Your name, for the report", Default: c.known.User, Check: line(required("a name"))}
}

func (c conversation) doAnswer(channel string) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	opened := c.known.Open
	return func(ctx context.Context, _ Host, given Answers, update func(func(Known) Known)) error {
		by, _ := given[keyBy].(string)
		state, err := opened.Answer(ctx, channel, given[Key("test.arrived."+channel)] == "yes", by)
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Run = &state; return k })
		return nil
	}
}
