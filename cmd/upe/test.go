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
	"upe/flows/run"
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

Without --channel, every delivery method that a move of the plan needs is meant.
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
	return c
}

func (o *testOptions) run(ctx context.Context, name string) error {
	word := o.arrived || o.notArrived
	if o.arrived && o.notArrived {
		return usage("--arrived and --not-arrived exclude each other", "give one of them")
	}
	if word && o.to != "" {
		return usage("--to sends a message, --arrived tells of one that was sent", "run `upe test` twice")
	}
	f, err := o.app.findFolder(name)
	if err != nil {
		return err
	}
	channels, err := o.channels(f.plan)
	if err != nil {
		return err
	}
	if err := f.lock(); err != nil {
		return err
	}
	defer f.close() //nolint:errcheck // the process ends, and the lock with it
	var state run.State
	sent := ""
	if word {
		state, err = o.answer(ctx, f, channels)
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
		fmt.Fprintf(&out, "A test message was sent to %s by %s. Did it arrive?\n  yes: upe test %s --arrived --channel %s --by NAME\n"+
			"  no:  upe test %[3]s --not-arrived --channel %[4]s --by NAME\n", e.To, judge.ChannelName(e.Channel), o.app.runName(f), word)
	}
	return out.String() + "\n"
}

// channels are the delivery methods meant: text for sms, and without --channel all that a move needs.
func (o *testOptions) channels(p plan.Plan) ([]string, error) {
	switch o.channel {
	case "sms", "text":
		return []string{"text"}, nil
	case "voice":
		return []string{"voice"}, nil
	case "":
	default:
		return nil, usage("there is no channel "+quoted(o.channel), "--channel is sms (or text) or voice")
	}
	var all []string
	for _, m := range p.Summary.Moves {
		for _, channel := range m.Channels {
			if !slices.Contains(all, channel) {
				all = append(all, channel)
			}
		}
	}
	return all, nil
}

func (o *testOptions) answer(ctx context.Context, f *folder, channels []string) (run.State, error) {
	opened := o.app.offline(f)
	var state run.State
	for _, channel := range channels {
		var err error
		if state, err = opened.Answer(ctx, channel, o.arrived, o.app.name(o.by)); err != nil {
			return state, o.app.goOn(f, err)
		}
	}
	return state, nil
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
	opened := o.app.open(f, s, func(string) (string, error) { return "", errors.New("a test message needs no secret") })
	var state run.State
	for _, channel := range channels {
		if state, err = opened.Send(ctx, channel, to); err != nil {
			return state, o.app.goOn(f, err)
		}
	}
	return state, nil
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
