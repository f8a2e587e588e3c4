package main

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"time"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/safe"
)

// openRun is one opened run on one tenant: the runner, its plan, and the folder its journal is in. It keeps the report beside
// the journal up to date. Commands use it as the wizard does.
type openRun struct {
	folder *folder
	runner *run.Runner
}

var _ wizard.Run = (*openRun)(nil)

// open makes a run of a folder. secret is asked when a step needs one.
func (a *app) open(f *folder, s *session, secret func(name string) (string, error)) *openRun {
	s.log.to(f)
	return &openRun{folder: f, runner: &run.Runner{
		API: s.api, Log: journal{f.journalPath()}, Secret: secret, Now: a.now,
		NewID: func(string) string { return f.id() }, Patience: s.patience(),
	}}
}

// logPatience is how long a real tenant is given to write its logs of a test message. Later ones are found before the switch.
const logPatience = 10 * time.Second

// patience is how long to wait for the tenant logs: an emulated tenant has written them when it answers.
func (s *session) patience() time.Duration {
	if s.mode == wizard.Demo || s.mode == wizard.Emulated {
		return 0
	}
	return logPatience
}

// offline is a run for what a person says, which sends nothing.
func (a *app) offline(f *folder) *openRun {
	nothing := func(string) (string, error) { return "", errors.New("no secret is needed to keep somebody's word") }
	return &openRun{folder: f, runner: &run.Runner{
		API: func(tenant.Permit) tenant.API { return noTenant{} }, Log: journal{f.journalPath()}, Secret: nothing, Now: a.now,
		NewID: func(string) string { return f.id() },
	}}
}

// noTenant is the API of a command that has no tenant.
type noTenant struct{}

// Do implements [tenant.API].
func (noTenant) Do(_ context.Context, call tenant.Call) (json.RawMessage, error) {
	return nil, &tenant.Error{Op: call.Op, Code: tenant.CodeGuard, Message: "this command sends nothing"}
}

// Folder implements [wizard.Run].
func (o *openRun) Folder() string { return near(o.folder.dir) }

// Run implements [wizard.Run].
func (o *openRun) Run(ctx context.Context, until run.Until, progress func(run.State)) (run.State, error) {
	if err := o.mayRemove(ctx, until); err != nil {
		state, _ := o.folder.stands()
		return state, err
	}
	return o.kept(o.runner.Run(ctx, o.folder.plan, until, progress))
}

// mayRemove looks at the whole tenant before the end of a way back: what it removes may be in use by what somebody has switched since.
func (o *openRun) mayRemove(ctx context.Context, until run.Until) error {
	p := o.folder.plan
	if p.Reverts == "" || until.Phase != plan.After {
		return nil
	}
	now, err := tenant.Read(ctx, p.Tenant, o.runner.API(tenant.Permit{Tenant: p.Tenant}), nil)
	if err != nil {
		return err
	}
	if flows := p.Loses(now); len(flows) > 0 {
		return &plan.InUse{Flows: flows}
	}
	return nil
}

// Send implements [wizard.Run].
func (o *openRun) Send(ctx context.Context, channel, to string) (run.State, error) {
	return o.kept(o.runner.Send(ctx, o.folder.plan, channel, to))
}

// Answer implements [wizard.Run].
func (o *openRun) Answer(_ context.Context, channel string, arrived bool, by string) (run.State, error) {
	return o.kept(o.runner.Answer(o.folder.plan, channel, arrived, by))
}

// Override implements [wizard.Run].
func (o *openRun) Override(_ context.Context, move, reason, by string) (run.State, error) {
	return o.kept(o.runner.Override(o.folder.plan, move, reason, by))
}

// WithoutUndo implements [wizard.Run].
func (o *openRun) WithoutUndo(_ context.Context, move, reason, by string) (run.State, error) {
	return o.kept(o.runner.WithoutUndo(o.folder.plan, move, reason, by))
}

// Confirm implements [wizard.Run].
func (o *openRun) Confirm(ctx context.Context, move, by string, untried ...string) (run.State, error) {
	return o.kept(o.runner.Confirm(ctx, o.folder.plan, move, by, untried...))
}

// Logs implements [wizard.Run].
func (o *openRun) Logs(ctx context.Context, move string) (run.State, error) {
	return o.kept(o.runner.Logs(ctx, o.folder.plan, move))
}

// ByHand implements [wizard.Run].
func (o *openRun) ByHand(ctx context.Context, step, by string) (run.State, error) {
	return o.kept(o.runner.ByHand(ctx, o.folder.plan, step, by))
}

// kept writes the report anew after something happened, whether it went well or not.
func (o *openRun) kept(state run.State, err error) (run.State, error) {
	if _, failed := o.folder.report(); failed != nil && err == nil {
		err = failed
	}
	return state, err
}

// report writes the report of a run into its folder and returns its path. Somebody will print it on a terminal, so it is
// made safe for one.
func (f *folder) report() (string, error) {
	record, err := f.record()
	if err != nil {
		return "", err
	}
	err = f.save(fileReport, []byte(safe.Block(report.Run(safe.Lines(record)))))
	if f.of != nil && err == nil {
		_, err = f.of.report() // which tells of its way back
	}
	return filepath.Join(f.dir, fileReport), err
}

// record is everything a report is made of.
func (f *folder) record() (report.Record, error) {
	before, err := f.before()
	if err != nil {
		return report.Record{}, err
	}
	back, err := f.back()
	if err != nil {
		return report.Record{}, err
	}
	state, entries, err := f.state()
	return report.Record{Found: judge.Judge(before), Plan: f.plan, State: state, Journal: entries, Back: back.report()}, err
}

// stepTitle is a step's title by its id.
func stepTitle(p plan.Plan, id string) string {
	if s, ok := p.Step(id); ok {
		return s.Title
	}
	return id
}
