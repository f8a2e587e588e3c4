package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/ui/safe"
)

type showOptions struct {
	app    *app
	format string
}

func (a *app) newShow() *cobra.Command {
	o := &showOptions{app: a}
	c := command("show FILE|RUN", "Show a plan, or the report of a run",
		`show prints a plan file for people, with every request, what is there before
and after it, how it is proved and how it is undone; or the report of a run:
what was found, decided, written and tested, by whom and when, what is left to
do by hand, and how to undo it. It reads files and sends nothing.`,
		`  upe show plan.json
  upe show plan.json --format markdown
  upe show 2026-11-20t093000-hgpqkdtb`,
		func(_ context.Context, args []string) error { return o.run(args[0]) })
	c.Args = oneArgument("FILE or RUN")
	c.Flags().StringVar(&o.format, "format", "text", "text, markdown or json; a run's report is Markdown in both of the first")
	return c
}

func (o *showOptions) run(name string) error {
	switch o.format {
	case "text", "markdown":
	case "json":
		o.app.global.json = true
	default:
		return usage("there is no format "+quoted(o.format), "--format is text, markdown or json")
	}
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		return o.plan(name)
	}
	f, err := o.app.findFolder(name)
	if err != nil {
		return err
	}
	return o.report(f)
}

func (o *showOptions) plan(path string) error {
	p, err := readPlan(path)
	switch {
	case err != nil:
		return err
	case o.app.global.json:
		return writeDocument(o.app.out, p.Bytes())
	case o.format == "markdown":
		return o.app.say(report.PlanMarkdown(safe.Lines(p)))
	}
	return o.app.say(report.Plan(safe.Lines(p)))
}

func (o *showOptions) report(f *folder) error {
	record, err := f.record()
	if err != nil {
		return err
	}
	document := struct {
		Schema  string      `json:"schema"`
		Run     string      `json:"run"`
		Found   checkResult `json:"found"`
		Plan    plan.Plan   `json:"plan"`
		State   run.State   `json:"state"`
		Journal []run.Entry `json:"journal"`
		Back    *run.State  `json:"back,omitempty"` // where its way back stands
	}{"upe.report/1", f.id(), checkDocument(record.Found), record.Plan, record.State, record.Journal, nil}
	if record.Back != nil {
		document.Back = &record.Back.State
	}
	return o.app.answer(document, func() string { return report.Run(safe.Lines(record)) })
}
