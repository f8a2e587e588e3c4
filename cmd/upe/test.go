package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/judge"
	"upe/flows/phone"
	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/ui/safe"
)

type testOptions struct {
	app        *app
	to         string
	channel    string
	arrived    bool
	notArrived bool
	by         string
}

func (a *app) newTest() *cobra.Command {
	o := &testOptions{app: a}
	c := command("test RUN", "Send a test message, and say whether it arrived",
		`test sends a message through the tenant-level provider to a number you name;
logins still use the old way. Auth0 only says that it accepted the message.
Whether it arrived, a person says: with --arrived or --not-arrived, and --by.

The tenant logs are read for what became of it (scope read:logs; without it,
test says so and goes on). A failure that they show counts against the message,
whatever a person says: another one is needed, or --override of enable.

Without --channel, every delivery method that the plan tests is meant, or those
of an answers file's test.channels; --arrived and --not-arrived then speak of
the messages that were sent and that nobody has spoken of.
The number is masked in the journal.`,
		`  upe test 2026-11-20t093000-hgpqkdtb --to +15550001234 --channel sms
  upe test 2026-11-20t093000-hgpqkdtb --arrived --by "Ada"`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args[0]) })
	c.Args = oneArgument("RUN")
	c.Flags().StringVar(&o.to, "to", "", "send to this `NUMBER`, with its country code (+1…)")
	c.Flags().StringVar(&o.channel, "channel", "", "sms (or text), or voice")
	c.Flags().BoolVar(&o.arrived, "arrived", false, "the last message arrived")
	c.Flags().BoolVar(&o.notArrived, "not-arrived", false, "the last message did not arrive")
	c.Flags().StringVar(&o.by, "by", "", "the `NAME` of who says so; it goes into the journal")
	return reporting(c)
}

func (o *testOptions) run(ctx context.Context, name string) error {
	word := o.arrived || o.notArrived
	if o.arrived && o.notArrived {
		return usage("--arrived and --not-arrived exclude each other", "give one of them")
	}
	if word && o.to != "" {
		return usage("--to sends a message, --arrived tells of one that was sent", "run `upe test` twice")
	}
	f, err := o.app.forwardRun(name)
	if err != nil {
		return err
	}
	channels, err := o.channels(f.plan)
	if err != nil {
		return err
	}
	if err := o.app.hold(f); err != nil {
		return err
	}
	defer f.close() //nolint:errcheck // the process ends, and the lock with it
	var state run.State
	sent := ""
	if word {
		state, err = o.answer(ctx, f, o.spokenOf(f, channels))
	} else {
		state, err = o.send(ctx, f, channels)
		sent = o.sent(f, state, channels)
	}
	if err != nil {
		return err
	}
	return o.app.giveRunAfter(sent, f, state)
}

// sent says what was sent, and asks about it: a message that arrived earlier says nothing about this one.
func (o *testOptions) sent(f *folder, state run.State, channels []string) string {
	var out strings.Builder
	for _, e := range state.Evidence {
		if !slices.Contains(channels, e.Channel) {
			continue
		}
		word := strings.ToLower(judge.ChannelName(e.Channel))
		if e.Denied() {
			fmt.Fprintf(&out, "A test message was sent to %s by %s, and failed:\n%s.\n  again: upe test %s --to NUMBER --channel %s\n",
				e.To, judge.ChannelName(e.Channel), strings.Join(report.Wrap(safe.Line(e.Logs.Words()), report.Width), "\n"), o.app.runName(f), word)
			continue
		}
		fmt.Fprintf(&out, "A test message was sent to %s by %s. Did it arrive?\n  yes: upe test %s --arrived --channel %s --by NAME\n"+
			"  no:  upe test %[3]s --not-arrived --channel %[4]s --by NAME\n", e.To, judge.ChannelName(e.Channel), o.app.runName(f), word)
	}
	return out.String() + "\n"
}

// channels are the delivery methods meant: text for sms, and without --channel those of the answers file's test.channels, or all that
// the plan tests.
func (o *testOptions) channels(p plan.Plan) ([]string, error) {
	named := []string{o.channel}
	if o.channel == "" {
		answers, err := o.app.readAnswers(false)
		if err != nil {
			return nil, err
		}
		named, _ = answers["test.channels"].([]string)
	}
	var all []string
	for _, name := range named {
		switch name {
		case "sms", "text":
			all = append(all, "text")
		case "voice":
			all = append(all, "voice")
		default:
			return nil, usage("there is no channel "+quoted(name), "a channel is sms (or text) or voice")
		}
	}
	if len(all) > 0 {
		return all, nil
	}
	for _, s := range p.In(plan.Testing, "") {
		all = append(all, s.Channel)
	}
	return all, nil
}

// spokenOf are the delivery methods that a word is about: what --channel says, or else those whose message waits for a word. Where
// none waits, those with a message; and where there is none, all, so that what is missing is said.
func (o *testOptions) spokenOf(f *folder, channels []string) []string {
	state, _, err := f.state()
	if o.channel != "" || err != nil {
		return channels
	}
	var waiting, sent []string
	for _, e := range state.Evidence {
		switch {
		case !e.Fresh || !slices.Contains(channels, e.Channel):
		case e.Arrived.IsZero() && !e.Missing:
			waiting = append(waiting, e.Channel)
		default:
			sent = append(sent, e.Channel)
		}
	}
	for _, some := range [][]string{waiting, sent} {
		if len(some) > 0 {
			return some
		}
	}
	return channels
}

// answer keeps a person's word in the journal. It is no request, but a move relies on it: a dry run leaves it out as well.
func (o *testOptions) answer(ctx context.Context, f *folder, channels []string) (run.State, error) {
	if err := (&session{reads: o.app.global.reading()}).mayWrite(); err != nil {
		return run.State{}, err
	}
	opened := o.app.offline(f)
	var state run.State
	for i, channel := range channels {
		var err error
		if state, err = opened.Answer(ctx, channel, o.arrived, o.app.name(o.by)); err != nil {
			return state, recorded(o.app.goOn(f, err), channels[:i])
		}
	}
	return state, nil
}

// recorded adds to what was refused that the word about other messages was kept.
func recorded(err error, channels []string) error {
	var p *problem
	if len(channels) > 0 && errors.As(err, &p) {
		for _, channel := range channels {
			p.details = append(p.details, detail{"recorded", "your word about the test message by " + judge.ChannelName(channel)})
		}
	}
	return err
}

func (o *testOptions) send(ctx context.Context, f *folder, channels []string) (run.State, error) {
	to, err := o.number()
	if err != nil {
		return run.State{}, err
	}
	s, err := o.app.connect(ctx)
	if err != nil {
		return run.State{}, err
	}
	defer s.close()
	if err := errors.Join(s.mayDo(f.plan.In(plan.Testing, "")), s.same(f.plan.Tenant), s.mayWrite()); err != nil {
		return run.State{}, err
	}
	opened := o.app.open(f, s, o.secrets(f.plan))
	var state run.State
	for i, channel := range channels {
		o.app.happened(progressLine{
			Event: messageGoes, Text: "sending a test message by " + judge.ChannelName(channel), Done: i + 1, Total: len(channels),
		})
		if state, err = opened.Send(ctx, channel, to); err != nil {
			return state, o.app.goOn(f, err)
		}
	}
	return state, nil
}

// secrets are those that can be found without asking the tenant. A test message needs none, but the tenant logs may repeat one.
func (o *testOptions) secrets(p plan.Plan) func(string) (string, error) {
	found, err := o.app.secretsFor(p, tenant.Snapshot{})
	if err != nil {
		return func(string) (string, error) { return "", err }
	}
	return found.find
}

// number is where the message goes: --to, or the answers file's test.to.
func (o *testOptions) number() (string, error) {
	if o.to == "" {
		answers, err := o.app.readAnswers(false)
		if err != nil {
			return "", err
		}
		o.to, _ = answers["test.to"].(string)
	}
	if o.to == "" {
		return "", &problem{
			exit: exitDecision, code: "number-missing", failed: "no message was sent: where should it go?",
			why: "there is neither --to nor test.to in an answers file",
			do:  "add --to and your number with its country code; or say --arrived or --not-arrived about the last message",
		}
	}
	number, err := phone.ParseE164(o.to)
	if err != nil {
		return "", err
	}
	return number.String(), nil
}

// name is who vouches: the name given, or the one the system knows.
func (a *app) name(given string) string {
	for _, variable := range []string{"", "USER", "USERNAME", "LOGNAME"} {
		if variable != "" {
			given, _ = a.lookup(variable)
		}
		if given = strings.TrimSpace(given); given != "" {
			return given
		}
	}
	return ""
}
