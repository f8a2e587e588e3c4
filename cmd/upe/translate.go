package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/proof"
	"upe/flows/translate"
	"upe/flows/wizard"
	"upe/ui/safe"
)

type translateOptions struct {
	app    *app
	style  string
	decide []string
	diff   bool
	check  bool
}

func (a *app) newTranslate() *cobra.Command {
	o := &translateOptions{app: a}
	c := command("translate [FILE]", "Translate an Action, and prove that both behave alike",
		`translate makes a custom-phone-provider Action of an older one: of the trigger
send-phone-message (v2 or v1), or of a Hook. FILE is its code; - is standard
input. Without FILE it takes what sends in the tenant today: the Action that is
bound, the SMS gateway of a Passwordless connection, or each carrier of several.

The code goes to standard output. What was found out, what only you can decide,
and what the proof came to goes to standard error. Old and new code are run side
by side in a sandbox, with every kind of code and every way a gateway answers;
nothing leaves this computer, and nothing is written.

A decision is answered with --decide ID=VALUE, as often as needed; the IDs and
values are named. For a tenant delivers=NAME says which of several Actions
delivers, and source=translate, gateway or route what to make. The same answers
are keys under action in an answers file.

The exit code is 0 when the same behaviour is proven, 3 when a decision is open
or the proof found a difference or proved nothing, 6 when there can be no
translation.`,
		`  upe translate old-action.js > action.js
  upe translate old-action.js --diff
  upe translate old-action.js --decide on_error=keep --decide non_code=deliver
  upe translate --demo --scenario mfa-action --json | jq .verdict`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args) })
	c.Args = atMostOneArgument("file")
	c.Flags().StringVar(&o.style, "style", string(translate.Auto), "auto, rewrite (in place) or adapter (the old code stays untouched)")
	c.Flags().StringArrayVar(&o.decide, "decide", nil, "answer a decision: `ID=VALUE`")
	c.Flags().BoolVar(&o.diff, "diff", false, "print what changes instead of the code")
	c.Flags().BoolVar(&o.check, "check", false, "print neither: only say what it comes to")
	return c
}

func (o *translateOptions) run(ctx context.Context, args []string) error {
	decided, err := o.decisions()
	if err != nil {
		return err
	}
	var made wizard.Made
	if len(args) == 1 {
		made, err = o.file(ctx, args[0], decided)
	} else {
		made, err = o.tenant(ctx, decided)
	}
	switch {
	case errors.Is(err, wizard.ErrRefused):
		return o.refused(made, err)
	case errors.Is(err, wizard.ErrLimits):
		made.Code, made.Style = "", translate.Refused // what Auth0 would not take is handed to nobody
		return o.refused(made, err)
	case errors.Is(err, wizard.ErrWhichDelivers):
		return &problem{exit: exitDecision, code: "decisions-open", failed: "a decision is open", why: err.Error(), do: "say which: --decide delivers=NAME", cause: err}
	case errors.Is(err, wizard.ErrNothingToMake):
		return &problem{exit: exitRefused, code: "nothing-to-translate", failed: "nothing was made", why: err.Error(), do: "name a file: upe translate FILE", cause: err}
	case errors.Is(err, wizard.ErrNoSuchAnswer):
		return usage(err.Error(), "choose one of those that are named")
	case err != nil:
		return err
	}
	if err := o.give(made); err != nil {
		return err
	}
	return unproven(made)
}

// decisions checks the flags, and reads the answers among them.
func (o *translateOptions) decisions() (map[string]string, error) {
	switch translate.Style(o.style) {
	case translate.Auto, translate.Rewrite, translate.Adapter:
	default:
		return nil, usage("there is no style "+quoted(o.style), "--style is auto, rewrite or adapter")
	}
	if o.diff && o.check || o.app.global.json && (o.diff || o.check) {
		return nil, usage("--diff, --check and --json each say what to print", "use one of them")
	}
	decided := map[string]string{}
	for _, answer := range o.decide {
		id, value, ok := strings.Cut(answer, "=")
		if !ok || id == "" || value == "" {
			return nil, usage(quoted(answer)+" is no answer", "--decide takes ID=VALUE: --decide on_error=keep")
		}
		if !wizard.IsDecision(id) {
			return nil, usage("there is no decision "+quoted(id), "the decisions are named where they are open; `upe tables answers` lists all, under action")
		}
		decided[id] = value
	}
	return decided, nil
}

// file translates code alone.
func (o *translateOptions) file(ctx context.Context, path string, decided map[string]string) (wizard.Made, error) {
	if o.app.global.demo || o.app.global.domain != "" {
		return wizard.Made{}, usage("a file has no tenant", "leave out --demo and --domain, or the file")
	}
	code, err := o.app.readCode(path)
	if err != nil {
		return wizard.Made{}, &problem{
			exit: exitError, code: "file", failed: quoted(path) + " cannot be read", why: reason(err).Error(), do: "name a file with the code of an Action, or - for standard input",
			cause: err,
		}
	}
	made, err := wizard.TranslateFile(ctx, code, translate.Options{Style: translate.Style(o.style), Decided: decided})
	if err != nil {
		return made, err
	}
	return made, validAnswers(made, decided)
}

// readCode is a file, or standard input.
func (a *app) readCode(path string) (string, error) {
	if path != "-" {
		raw, err := readFile(path)
		return string(raw), err
	}
	raw, err := io.ReadAll(io.LimitReader(a.in, maxFile+1))
	if err == nil && len(raw) > maxFile {
		err = fmt.Errorf("it is larger than %d bytes", maxFile)
	}
	return string(raw), err
}

// validAnswers refuses an answer to what is not asked: a typing mistake would leave the decision open, or worse.
func validAnswers(made wizard.Made, decided map[string]string) error {
	for id, value := range decided {
		i := slices.IndexFunc(made.Decisions, func(d translate.Decision) bool { return d.ID == id })
		if i < 0 {
			continue // one command line may serve many files
		}
		if d := made.Decisions[i]; !slices.ContainsFunc(d.Choices, func(c translate.Choice) bool { return c.Value == value }) {
			return usage(id+"="+value+" is no answer to: "+d.Title, "choose one of "+join(choiceValues(d)))
		}
	}
	return nil
}

func choiceValues(d translate.Decision) []string {
	var values []string
	for _, c := range d.Choices {
		values = append(values, c.Value)
	}
	return values
}

// tenant makes the Action from what sends in the tenant today.
func (o *translateOptions) tenant(ctx context.Context, decided map[string]string) (wizard.Made, error) {
	answers, err := o.app.readAnswers(false)
	if err != nil {
		return wizard.Made{}, err
	}
	s, err := o.app.connect(ctx)
	if err != nil {
		return wizard.Made{}, err
	}
	defer s.close()
	snapshot, judged, err := s.read(ctx, o.app.reading())
	if err != nil {
		return wizard.Made{}, err
	}
	answers["action.style"] = o.style
	for id, value := range decided {
		answers[wizard.Key("action."+id)] = value
	}
	return wizard.MakeToday(ctx, wizard.Known{Mode: s.mode, Tenant: s.who, Snapshot: &snapshot, Judgement: &judged}, answers)
}

// refused says why there is no translation, beside what was found out.
func (o *translateOptions) refused(made wizard.Made, err error) error {
	p := &problem{
		exit: exitRefused, code: "refused", failed: "there is no translation", why: strings.TrimPrefix(err.Error(), wizard.ErrRefused.Error()+": "),
		do: "write the new Action by hand: `upe tables events` has the mapping; with an Action of your own go on as a file", cause: err,
	}
	if errors.Is(err, wizard.ErrLimits) {
		p.do = "make the old one smaller by hand, and translate that"
	}
	if o.app.global.json {
		return errors.Join(writeJSON(o.app.out, translationOf(made)), p)
	}
	if made.Reading.Class != "" && made.Reading.Class != translate.Delivers {
		p.details = append(p.details, detail{Name: "what it is", Text: made.Is()})
	}
	for _, line := range beside(made) {
		p.details = append(p.details, detail{Name: line})
	}
	return p
}

// give hands the code over, and says beside it what is to be known.
func (o *translateOptions) give(made wizard.Made) error {
	if o.app.global.json {
		return writeJSON(o.app.out, translationOf(made))
	}
	if err := speak(o.app.err, translationText(made)); err != nil {
		return err
	}
	switch {
	case o.check:
		return nil
	case o.diff:
		return o.app.source(unified(made.Before, made.Code))
	}
	return o.app.source(made.Code)
}

// source writes code as it is: it goes into a file. Only a terminal gets it made safe.
func (a *app) source(code string) error {
	if a.width != nil && a.width() > 0 {
		return a.say(code)
	}
	_, err := io.WriteString(a.out, code)
	return err
}

// unproven is the error of a translation that must not be deployed yet, or nil.
func unproven(made wizard.Made) error {
	if open := made.Open(); len(open) > 0 {
		p := &problem{
			exit: exitDecision, code: "decisions-open", failed: "a decision is open: this code must not be deployed yet",
			why: "only you can decide it", do: "answer with --decide ID=VALUE",
		}
		for _, d := range open {
			p.details = append(p.details, detail{d.ID, safe.Line(d.Title) + " " + join(choiceValues(d))})
		}
		return p
	}
	if made.Style == translate.None {
		return nil
	}
	p := &problem{exit: exitDecision, why: safe.Line(made.Proof.Sentence()), do: "look at what is named; if it is what you want, accept it where you plan (accept: [action-differs])"}
	switch made.Proof.Verdict {
	case proof.Same:
		return nil
	case proof.Differs:
		p.code, p.failed = "action-differs", "the new code behaves differently"
	case proof.NotExercised:
		p.code, p.failed, p.do = "not-exercised", "nothing could be proven", "try the new Action with a real message before you rely on it"
	}
	return p
}
