package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

func (a *app) newPrepare() *cobra.Command {
	c := command("prepare PLAN|RUN", "Make the tenant-level provider ready; users notice nothing",
		`prepare opens a run for a plan and carries out its first part: the provider, its
Action and its templates. Logins keep using the settings they use now.

Before anything is written the tenant must be the plan's (else exit code 6),
must still be as the plan found it (else 5), every secret must be at hand (else
3), and the token must have the scopes of every request (else 4). A plan that
has a run already goes on with that run (else 6). A secret is looked for in the
answers file (a reference), in the environment variable UPE_ and its name in
capitals (UPE_TWILIO_AUTH_TOKEN), and for Twilio in the legacy settings, where
Auth0 still returns it. It is never stored.

The run has a folder with the plan, the snapshot, the journal, the report and a
log of the requests (requests.ndjson; neither headers nor bodies). Give the run
instead of the plan to go on with one that was interrupted.`,
		`  upe prepare plan.json
  UPE_TWILIO_AUTH_TOKEN=… upe prepare plan.json --json`,
		func(ctx context.Context, args []string) error { return a.prepare(ctx, args[0]) })
	c.Args = oneArgument("PLAN or RUN")
	return reporting(c)
}

func (a *app) prepare(ctx context.Context, planOrRun string) error {
	f, p, err := a.planOrRun(planOrRun)
	if err != nil {
		return err
	}
	s, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := errors.Join(s.mayDo(p.Steps), s.same(p.Tenant), s.mayWrite()); err != nil {
		return err
	}
	if err := a.unused(f, s, p); err != nil {
		return err
	}
	snapshot, _, err := s.read(ctx, a.reading())
	if err != nil {
		return err
	}
	found, err := a.secretsFor(p, snapshot)
	if err != nil {
		return err
	}
	if err := found.check(p, p.In(plan.Prepare, "")); err != nil {
		return err
	}
	a.warnRevert(s, p)
	if f, err = a.begin(f, p, snapshot); err != nil {
		return err
	}
	defer f.close() //nolint:errcheck // the process ends, and the lock with it
	state, err := a.open(f, s, found.find).Run(ctx, run.Until{Phase: plan.Prepare}, a.progress(p))
	if err != nil {
		return a.goOn(f, err)
	}
	return a.giveRun(f, state)
}

// planOrRun is the run of that name, or the plan in the file of that name.
func (a *app) planOrRun(name string) (*folder, plan.Plan, error) {
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		return a.planFile(name)
	}
	f, err := a.forwardRun(name)
	var missing *problem
	if errors.As(err, &missing) && missing.code == noSuchRun {
		return a.planFile(name)
	}
	if err != nil {
		return nil, plan.Plan{}, err
	}
	return f, f.plan, nil
}

// planFile reads a plan that a run is to be opened for.
func (a *app) planFile(name string) (*folder, plan.Plan, error) {
	p, err := readPlan(name)
	return nil, p, errors.Join(err, noWayBack(p, "RUN"))
}

// begin opens a new run, or the one that is given.
func (a *app) begin(f *folder, p plan.Plan, snapshot tenant.Snapshot) (*folder, error) {
	if f != nil {
		return f, a.hold(f)
	}
	if err := stillTrue(p, snapshot); err != nil {
		return nil, err
	}
	return a.createFolder(p, snapshot)
}

// stillTrue refuses a plan whose facts have changed, before a run is opened for it.
func stillTrue(p plan.Plan, now tenant.Snapshot) error {
	changed, err := plan.Drift(p.Relies, func(path string) (tenant.Part, error) { return now.Parts[path], nil })
	if err != nil {
		return err
	}
	for i := range changed {
		changed[i].Planned = p.Planned(changed[i].Fact)
	}
	if len(changed) > 0 {
		return staleProblem(changed)
	}
	return nil
}

// goOn says of an error in a run which run that is, where its explanation names a command; and where the run is when it was stopped
// in the middle.
func (a *app) goOn(f *folder, err error) error {
	p := *explain(err)
	p.do = strings.ReplaceAll(p.do, "RUN", a.runName(f))
	var step *run.StepError
	var stopped *run.Interrupted
	if errors.As(err, &step) || errors.As(err, &stopped) {
		p.details = append(p.details, detail{"run", f.id()}, detail{"folder", f.dir})
	}
	return &p
}

// runDocument is the JSON form of a run after a command.
type runDocument struct {
	Schema string    `json:"schema"`
	Run    string    `json:"run"`
	Folder string    `json:"folder"`
	Domain string    `json:"domain"`
	Report string    `json:"report"`
	Next   string    `json:"next,omitempty"` // the command that goes on
	Mind   string    `json:"mind,omitempty"` // what to know before it
	State  run.State `json:"state"`
}

// giveRun says where a run stands after something was done.
func (a *app) giveRun(f *folder, state run.State) error { return a.giveRunAfter("", f, state) }

// giveRunAfter does so after a text for people.
func (a *app) giveRunAfter(lead string, f *folder, state run.State) error {
	document := runDocument{
		"upe.run/1", f.id(), f.dir, f.plan.Tenant.Domain, filepath.Join(f.dir, fileReport),
		report.Next(f.plan, state, a.runName(f)), f.mind(state), state,
	}
	return a.answer(document, func() string { return lead + a.statusText(f, state) })
}
