package wizard

import (
	"context"
	"errors"
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
		case c.known.Amiss == step.Channel:
			pages = append(pages, c.test(step, evidence))
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
	if users := c.users(); len(users) > 0 {
		p.Lead = "One message goes through the provider as it is now, to you alone. It sends for others already: " + strings.Join(users, "; ") + "."
	}
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
	amiss := c.known.Amiss == step.Channel
	if amiss {
		p.Blocks = append(p.Blocks, Text{Tone: Bad, Body: "The last message arrived, and not as it should. " + c.whoIsHit()})
	}
	silent := evidence.Missing || evidence.Denied() || amiss
	if evidence.Changed != "" {
		p.Blocks = append(p.Blocks, Text{Tone: Careful, Body: "A new message is needed: " + evidence.Changed + "."})
	}
	p.Blocks = append(p.Blocks, Evidence{Rows: c.asked()})
	number := Question{
		Key: keyTestTo, Kind: Line, Title: "Your phone number", Help: "With country code: +15550001234. It is masked in the journal.", Check: line(dialable),
	}
	if c.known.Mode == Demo {
		number.Default, number.Help = "+15550001234", "In the demo any number works; the message arrives on the phone of the demo."
	}
	p.Continue, p.Safe, p.Questions = "Send it", "One test message is sent to this number.", []Question{number}
	asked := Key("")
	if next := c.insteadOfSending(silent); next != nil {
		asked = next.Key
		number.Help += " Only sending needs it."
		number.Check = line(func(s string) error { return optional(s, dialable) })
		p.Questions, p.Together = []Question{number, *next}, numberToSend(next.Key)
		if silent { // what to do comes before how
			p.Questions = []Question{*next, number}
		}
		p.Continue, p.Safe = "Continue", "One test message to this number, if you send it; else nothing."
	}
	p.Going = func(given Answers) Going { return goingToTest(given, asked) }
	p.Effect = &Effect{Title: "Sending, then reading the tenant logs", Named: sendingOrNot(asked), Writes: true, Do: c.doTest(step.Channel, asked)}
	return p
}

// goingToTest names the number that a message is sent to: it may be mistyped, and then a stranger gets it. next is the question what
// else could be done, "" where nothing can.
func goingToTest(given Answers, next Key) Going {
	if next != "" && given[next] != goesOn && given[next] != silenceSend {
		return Going{Continue: "Continue", Safe: "Nothing is sent, and the next page asks before anything is written."}
	}
	to, _ := given[keyTestTo].(string)
	if strings.TrimSpace(to) == "" {
		return Going{Continue: "Send it", Safe: "One test message is sent, once you have typed a number.", Writes: true}
	}
	if number, err := phone.ParseE164(to); err == nil {
		to = number.String()
	}
	return Going{Continue: "Send it to " + to, Safe: "One test message is sent to " + to + ".", Writes: true}
}

// sendingOrNot names what a test page does: nothing is sent where something else was chosen.
func sendingOrNot(next Key) func(Answers) string {
	return func(given Answers) string {
		switch given[next] {
		case nil, silenceSend, goesOn:
			return "Sending, then reading the tenant logs"
		}
		return "Going on, without sending"
	}
}

func dialable(s string) error { _, err := phone.ParseE164(s); return err }

// insteadOfSending is the question what next, where something else can be done than to send a message; nil where nothing can.
func (c conversation) insteadOfSending(silent bool) *Question {
	var q Question
	switch {
	case silent:
		q = c.afterSilence()
	case c.hasWritten():
		q = halfway(keyTurnTest, "Send the message")
		q.Options = append(q.Options, changeOption())
	default:
		return nil
	}
	return &q
}

// numberToSend asks for a number where a message is to be sent, and only there.
func numberToSend(next Key) func(Answers) (Key, error) {
	return func(given Answers) (Key, error) {
		number, _ := given[keyTestTo].(string)
		if sends := given[next] == silenceSend || given[next] == goesOn; sends && strings.TrimSpace(number) == "" {
			return keyTestTo, errors.New("a number is needed to send the message to")
		}
		return "", nil
	}
}

// asked is the evidence that the plan asks for: another delivery method of the provider gets no test message.
func (c conversation) asked() []run.Evidence {
	steps := c.known.Plan.In(plan.Testing, "")
	return slices.DeleteFunc(slices.Clone(c.runState().Evidence), func(e run.Evidence) bool {
		return !slices.ContainsFunc(steps, func(s plan.Step) bool { return s.Channel == e.Channel })
	})
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
			changeOption(),
			{Value: silenceSkip, Label: "Go on without proof", Consequence: "the next page asks for the reason, which the report keeps"},
		},
	}
	if c.known.Amiss != "" { // another message would come the same way
		q.Default = silenceChange
	}
	switch back := takeBackOption(); {
	case !c.hasWritten():
	case len(c.users()) > 0: // their codes are probably lost now
		q.Options, q.Default = append([]Option{back}, q.Options...), back.Value
	default:
		q.Options = append(q.Options, back)
	}
	return q
}

func changeOption() Option {
	return Option{
		Value: silenceChange, Label: "Choose the provider and its settings again",
		Consequence: "the tenant is read again, with what this run wrote, and a new plan made",
	}
}

// doTest sends, or does what is answered under next instead.
func (c conversation) doTest(channel string, next Key) func(context.Context, Host, Answers, func(func(Known) Known)) error {
	send := c.doSend(channel)
	return func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		switch given[next] {
		case silenceChange:
			return startAgain(ctx, host, given, update)
		case string(TakeBack):
			return lookBack(ctx, host, TakeBack, update)
		case silenceSkip:
			update(func(k Known) Known { k.Skip, k.Amiss = channel, ""; return k })
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
		wrote := k.Wrote || k.Run != nil && k.Back == nil && conversation{known: &k}.hasWritten()
		k = k.forgetRun()
		k.Again, k.Wrote = true, wrote
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
		update(func(k Known) Known { k.Run, k.Amiss = &state, ""; return k })
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
	asks := "Did the message arrive?"
	yes, no := Option{Value: "yes", Label: "Yes, it arrived"}, "No: nothing is switched, the next page says what to do"
	if len(c.users()) > 0 {
		no = "No: the next page says whom that hits, and what to do"
	}
	if step.Channel == "voice" {
		asks, yes.Label = "Did the phone ring, and speak the code?", "Yes, it rang and spoke the code"
	}
	if c.known.Silent {
		yes.Disabled = "nothing arrived on the phone"
		p.Blocks = append(p.Blocks, Text{Tone: Bad, Body: "Nothing arrived on the phone: the carrier, or your Action's gateway, did not take the message."})
	} else {
		p.Blocks = append(p.Blocks, c.newestMessage()...)
	}
	p.Blocks = append(p.Blocks, c.expected(step.Channel)...)
	p.Blocks = append(p.Blocks, heard(evidence.Logs)...)
	if c.known.Mode != Demo {
		p.Blocks = append(p.Blocks, Evidence{Rows: []run.Evidence{evidence}})
	}
	p.Questions = []Question{
		{
			Key: Key("test.arrived." + step.Channel), Kind: One, Title: asks, Default: "no",
			Options: []Option{
				yes,
				{Value: "no", Label: no},
				{
					Value: arrivedAmiss, Label: "It arrived, but something is wrong: the sender, or the words", Disabled: yes.Disabled,
					Consequence: "the next page offers to choose again, or to take the run back",
				},
			},
		},
		c.whoQuestion(),
	}
	p.Effect = &Effect{Title: "Keeping your answer", Writes: true, Word: true, Do: c.doAnswer(step.Channel)}
	return p
}

// arrivedAmiss says that a test message came as nobody wants it.
const arrivedAmiss = "amiss"

// expected is what the message should look like, as far as the plan says.
func (c conversation) expected(channel string) []Block {
	sender := c.carrierAfter(*c.known.Plan, channel).Sender
	if c.known.Plan.Summary.Provider != tenant.KindTwilio || sender == "" {
		return nil
	}
	return []Block{Facts{Rows: []Fact{{Label: "It should come from", Value: sender}}}}
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
		if given[Key("test.arrived."+channel)] == arrivedAmiss {
			update(func(k Known) Known { k.Amiss = channel; return k })
			return nil
		}
		state, err := opened.Answer(ctx, channel, given[Key("test.arrived."+channel)] == "yes", by)
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Run = &state; return k })
		return nil
	}
}
