package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/ui/safe"
)

type showOptions struct {
	app    *app
	format string
	output string
	force  bool
}

// The forms in which show gives a plan or a run.
const (
	formText      = "text"
	formMarkdown  = "markdown"
	formJSON      = "json"
	formRunbook   = "runbook"
	formTicket    = "ticket"
	formTerraform = "terraform"
	formDeployCLI = "deploy-cli"
	formCurl      = "curl"
)

func forms() []string {
	return []string{formText, formMarkdown, formJSON, formRunbook, formTicket, formTerraform, formDeployCLI, formCurl}
}

func (a *app) newShow() *cobra.Command {
	o := &showOptions{app: a}
	c := command("show FILE|RUN", "Show a plan, or the report of a run",
		`show prints a plan file for people, with every request, what is there before
and after it, how it is proved and how it is undone; or the report of a run:
what was found, decided, written and tested, by whom and when, what is left to
do by hand, and how to undo it. It reads files and sends nothing.

Other formats of both:

  runbook     for a call with the admin: each step in Dashboard and API words,
              who does it, what has to be seen before going on, and the undo
  ticket      text for a change ticket: what, when it is noticed, risk, one-way
              writes, back-out plan, approvals
  terraform   what the tenant has in the end as HCL; -o DIR writes it as files
  deploy-cli  the same for Auth0's Deploy CLI: -o DIR in its directory format,
              -o FILE.yaml in its YAML format
  curl        a script with each request as curl and as auth0 api; it asks
              before each, and takes secrets from the environment

No format holds a secret: they are names, variables, or keywords.`,
		`  upe show plan.json
  upe show plan.json --format runbook > runbook.md
  upe show plan.json --format terraform -o terraform
  upe show 2026-11-20t093000-hgpqkdtb`,
		func(_ context.Context, args []string) error { return o.run(args[0]) })
	c.Args = oneArgument("FILE or RUN")
	c.Flags().StringVar(&o.format, "format", formText, join(forms()[:len(forms())-1])+" or "+formCurl+"; a run's report is\nMarkdown in both of the first")
	c.Flags().StringVarP(&o.output, "output", "o", "", "terraform and deploy-cli: write files into this `DIR`")
	c.Flags().BoolVar(&o.force, "force", false, "replace files that are there already")
	return c
}

func (o *showOptions) run(name string) error {
	if err := o.sound(); err != nil {
		return err
	}
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		p, err := readPlan(name)
		if err != nil {
			return err
		}
		return o.show(exhibit{plan: p, from: name})
	}
	f, err := o.app.findFolder(name)
	if err != nil {
		return notThere(name, err)
	}
	record, err := f.record()
	if err != nil {
		return err
	}
	return o.show(exhibit{plan: f.plan, from: "the run " + f.id(), folder: f, record: &record})
}

// notThere says of a name that only a file can have that the file is missing: no run is called plan.json.
func notThere(name string, err error) error {
	var p *problem
	if !errors.As(err, &p) || p.code != noSuchRun || filepath.Ext(name) != ".json" {
		return err
	}
	if _, missing := readPlan(name); missing != nil {
		return missing
	}
	return err
}

// sound refuses flags that do not go together.
func (o *showOptions) sound() error {
	exports := o.format == formTerraform || o.format == formDeployCLI
	switch {
	case !slices.Contains(forms(), o.format):
		return usage("there is no format "+quoted(o.format), "--format is "+join(forms()[:len(forms())-1])+" or "+formCurl)
	case o.output != "" && !exports:
		return usage("--output is for terraform and deploy-cli", "send the output of --format "+o.format+" where you want it: upe show … > FILE")
	case o.format == formDeployCLI && o.output == "":
		return usage("--format deploy-cli makes several files", "name where with -o DIR, or -o FILE.yaml")
	case o.app.global.json && o.output == "" && !slices.Contains(forms()[:3], o.format):
		return usage("--json and --format "+o.format+" exclude each other", "leave one of them out")
	}
	return nil
}

// exhibit is what is shown: a plan, and the run that carries it out where there is one.
type exhibit struct {
	plan   plan.Plan
	from   string
	folder *folder
	record *report.Record
}

func (o *showOptions) show(s exhibit) error {
	switch {
	case o.format == formTerraform, o.format == formDeployCLI:
		return o.export(s)
	case o.format == formJSON, o.app.global.json:
		return o.json(s)
	case o.format == formCurl:
		return o.app.say(report.Curl(s.plan))
	}
	// A front end makes safe what it shows.
	p, record := safe.Lines(s.plan), s.record
	if record != nil {
		clean := safe.Lines(*record)
		record = &clean
	}
	switch {
	case o.format == formRunbook:
		return o.app.say(report.Runbook(p, record))
	case o.format == formTicket:
		return o.app.say(report.Ticket(p, record))
	case record != nil:
		return o.app.say(report.Run(*record))
	case o.format == formMarkdown:
		return o.app.say(report.PlanMarkdown(p))
	}
	return o.app.say(report.Plan(p))
}

// runReport is the JSON form of a run's report.
type runReport struct {
	Schema  string      `json:"schema"`
	Run     string      `json:"run"`
	Found   checkResult `json:"found"`
	Plan    plan.Plan   `json:"plan"`
	State   run.State   `json:"state"`
	Journal []run.Entry `json:"journal"`
	Back    *run.State  `json:"back,omitempty"` // where its way back stands
}

func (o *showOptions) json(s exhibit) error {
	if s.record == nil {
		return writeDocument(o.app.out, s.plan.Bytes())
	}
	r := s.record
	document := runReport{"upe.report/1", s.folder.id(), checkDocument(r.Found), r.Plan, r.State, r.Journal, nil}
	if r.Back != nil {
		document.Back = &r.Back.State
	}
	return writeJSON(o.app.out, document)
}

// policy is when users were asked for MFA before a run began, nil where that is not known.
func (s exhibit) policy() []string {
	if s.folder == nil {
		return nil
	}
	before, err := s.folder.before()
	if err != nil || !before.Has(tenant.PathPolicies) {
		return nil
	}
	return append([]string{}, before.Policies()...)
}

// made are the ids of what a run has created, by step.
func (s exhibit) made() map[string]string {
	ids := map[string]string{}
	if s.record == nil {
		return ids
	}
	for _, e := range s.record.Journal {
		if id, ok := e.Answer["id"].(string); ok && e.Step != "" {
			ids[e.Step] = id
		}
	}
	return ids
}
