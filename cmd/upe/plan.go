package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/wizard"
	"upe/ui/safe"
)

type planOptions struct {
	app          *app
	output       string
	writeAnswers string
	detailed     bool
	force        bool
	scan         string // a folder of source code; "": none
}

func (a *app) newPlan() *cobra.Command {
	o := &planOptions{app: a}
	c := command("plan", "Make a plan: what would be written, in which order",
		`plan reads the tenant, takes your decisions from an answers file, and makes a
plan: every request with what is there before and after it, how it is proved,
and how it is undone. What the file does not answer keeps the tenant's current
value; a decision without one is named by its key, and the exit code is 3.

A plan holds no secrets. The same tenant and the same answers give the same
bytes, so a plan can be reviewed and compared. It sends nothing but reads.

--write-answers writes an answers file with the questions that this tenant is
asked, each key with a comment and the current value, and empty where only you
can decide. Where such a decision leads to other questions, those of its first
option are written (upe tables answers lists every key there is). Unless -o or
--answers is given too, that is all it does. It keeps a file that is there, as
-o does unless that is a plan: --force replaces it.

When the token lacks scopes that the plan's steps need, or going back would
need, standard error says so.`,
		`  upe plan --write-answers answers.yaml
  upe plan --answers answers.yaml -o plan.json
  upe plan --json | jq .summary`,
		func(ctx context.Context, _ []string) error { return o.run(ctx) })
	c.Args = noArguments
	o.app.global.offline.flags(c)
	c.Flags().StringVarP(&o.output, "output", "o", "", "write the plan to this `FILE`")
	c.Flags().StringVar(&o.writeAnswers, "write-answers", "", "write an answers file with the current values to this `FILE`")
	c.Flags().StringVar(&o.scan, "scan", "", "look through this `FOLDER` of your code, and carry what stops working as a manual step")
	c.Flags().BoolVar(&o.force, "force", false, "replace files that are there already")
	c.Flags().BoolVar(&o.detailed, "detailed-exitcode", false, "exit with 2 when the plan has steps")
	return c
}

func (o *planOptions) run(ctx context.Context) error {
	answers, err := o.app.readAnswers(false)
	if err == nil {
		err = o.mayReplace()
	}
	if err != nil {
		return err
	}
	s, err := o.app.fromBundle(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	snapshot, judged, err := s.read(ctx, o.app.reading())
	if err != nil {
		return err
	}
	if judged.Verdict == judge.Blocked {
		return blocked(judged)
	}
	known := wizard.Known{Mode: s.mode, Tenant: s.who, Snapshot: &snapshot, Judgement: &judged, Name: snapshot.Settings().FriendlyName}
	functions := (&host{app: o.app, session: s}).functions()
	if o.writeAnswers != "" {
		if err := o.saveAnswers(ctx, known, answers, functions); err != nil || (o.output == "" && o.app.global.answers == "") {
			return err
		}
	}
	functions.Note = func(text string) { o.app.warn(text) }
	choices, unanswered, err := wizard.Drive(ctx, known, answers, functions)
	var ended *wizard.Ended
	switch {
	case errors.As(err, &ended):
		return o.nothing(known, ended.Page.Lead+found(ended.Page))
	case err != nil:
		return badAnswers(err)
	case len(unanswered) > 0:
		return o.undecided(ctx, known, answers, functions)
	}
	if choices.Code, err = o.app.codeOf(ctx, o.scan); err != nil {
		return err
	}
	made, err := plan.Build(snapshot, judged, choices)
	if errors.Is(err, plan.ErrNothing) {
		return o.nothing(known, err.Error())
	}
	if err != nil {
		return err
	}
	o.app.warnScopes(s, made)
	if f, ok := judged.Finding("managed-as-code"); ok {
		o.app.warn(f.Title + ": " + f.Evidence[0].Value + ". " + f.Consequence + " " + f.Remedy)
	}
	return o.give(made)
}

// mayReplace refuses to replace a file, since nobody can make an edited answers file again. A plan can be made again.
func (o *planOptions) mayReplace() error {
	if o.force {
		return nil
	}
	if o.writeAnswers != "" && exists(o.writeAnswers) {
		return fileThere(o.writeAnswers, "what was answered in it would be lost")
	}
	if o.output != "" && exists(o.output) {
		if raw, err := os.ReadFile(o.output); err == nil {
			_, err = plan.Parse(raw)
			if err == nil {
				return nil
			}
		}
		return fileThere(o.output, "it is not a plan of this program")
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func fileThere(path, why string) *problem {
	return &problem{
		exit: exitError, code: "file-exists", failed: quoted(path) + " is there already", why: why, do: "name another file, or add --force to replace it",
	}
}

func (o *planOptions) saveAnswers(ctx context.Context, known wizard.Known, answers wizard.Answers, functions wizard.Host) error {
	file, err := wizard.WriteAnswers(ctx, known, answers, functions)
	if err == nil {
		err = writeFile(o.writeAnswers, file)
	}
	if err != nil {
		return notWritten("the answers file was not written", o.writeAnswers, err)
	}
	if o.output != "" || o.app.global.answers != "" {
		return nil
	}
	return o.app.answer(
		struct {
			Schema string `json:"schema"`
			File   string `json:"file"`
		}{"upe.answers-written/1", o.writeAnswers},
		func() string {
			return "Wrote " + o.writeAnswers + ". Fill in what is empty, then: upe plan --answers " + o.writeAnswers + " -o plan.json\n"
		})
}

// undecided names what only a person can decide: all of it, or as much as does not depend on the rest.
func (o *planOptions) undecided(ctx context.Context, known wizard.Known, answers wizard.Answers, functions wizard.Host) error {
	questions, more, err := wizard.Missing(ctx, known, answers, functions)
	if err != nil {
		return badAnswers(err)
	}
	p := &problem{
		exit: exitDecision, code: "answers-missing", failed: "no plan was made: a decision is missing",
		why: "these have no default, because only you can decide them",
		do:  "answer them in a file given by --answers; `upe plan --write-answers FILE` writes one to fill in",
	}
	if o.app.global.answers != "" {
		p.do = "answer them in that file; with `--write-answers NEW` beside --answers it is written anew, with what is asked now"
	}
	if more {
		p.why += "; at least these: what else is asked depends on your answers"
	}
	for _, q := range questions {
		text := q.Title
		if q.Help != "" {
			text += "\n" + q.Help
		}
		for _, option := range q.Options {
			switch {
			case option.Disabled != "":
			case option.Consequence != "":
				text += "\n  " + option.Value + ": " + option.Label + "; " + option.Consequence
			default:
				text += "\n  " + option.Value + ": " + option.Label
			}
		}
		p.details = append(p.details, detail{string(q.Key), text})
	}
	return p
}

// found lists what the page shows that ends the conversation, but for what is only good to know.
func found(p wizard.Page) string {
	text := ""
	for _, block := range p.Blocks {
		findings, _ := block.(wizard.Findings)
		for _, f := range findings.Items {
			if f.Severity != judge.Note {
				text += "\n  [" + string(f.Severity) + "] " + safe.Line(f.Title) + " (" + f.ID + "). " + safe.Line(f.Remedy)
			}
		}
	}
	return text
}

// nothing answers when there is nothing to plan: that is a success.
func (o *planOptions) nothing(known wizard.Known, why string) error {
	empty := plan.Plan{
		Schema: plan.Schema, Tenant: known.Tenant,
		Summary: plan.Summary{Moves: []plan.Move{}}, Relies: []plan.Fact{}, Steps: []plan.Step{}, Baseline: known.Judgement.Baseline(),
	}
	kept := o.kept()
	if kept != "" && o.app.global.json {
		o.app.warn(strings.TrimSpace(kept))
	}
	return o.app.answer(empty.Sealed(), func() string { return why + "\n" + kept })
}

// kept says what became of the file that a plan would have gone to.
func (o *planOptions) kept() string {
	switch {
	case o.output == "":
		return ""
	case exists(o.output):
		return o.output + " was left alone: it holds what was there before.\n"
	}
	return o.output + " was not written.\n"
}

// give hands the plan over: to a file, and to standard output as JSON or as text.
func (o *planOptions) give(p plan.Plan) error {
	if o.output != "" {
		if err := writeFile(o.output, p.Bytes()); err != nil {
			return notWritten("the plan was not written", o.output, err)
		}
	}
	var err error
	if o.app.global.json {
		err = writeDocument(o.app.out, p.Bytes())
	} else {
		err = o.app.say(report.Plan(safe.Lines(p)) + o.next())
	}
	if err == nil && o.detailed {
		return pending{}
	}
	return err
}

func (o *planOptions) next() string {
	if o.output == "" {
		return "\nNothing was written. To keep this plan: -o plan.json\n"
	}
	return "\nNothing was written to the tenant. The plan is in " + o.output + ". Next: upe prepare " + o.output + "\n"
}

// readPlan reads a plan file.
func readPlan(path string) (plan.Plan, error) {
	raw, err := os.ReadFile(path)
	var p plan.Plan
	if err == nil {
		p, err = plan.Parse(raw)
	}
	if err != nil {
		p := &problem{
			exit: exitError, code: "plan-file", failed: "the plan " + quoted(path) + " cannot be used", why: reason(err).Error(),
			do: "make one with `upe plan -o FILE`", cause: err,
		}
		return plan.Plan{}, p.tooNew(raw, plan.Schema)
	}
	return p, nil
}
