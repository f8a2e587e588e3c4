package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/safe"
)

// runName is how a command finds a run again from here: its id where runs usually are, else its path.
func (a *app) runName(f *folder) string {
	f = f.top()
	runs, err := a.runsDir()
	if err == nil && a.global.runDir == "" && filepath.Join(runs, f.id()) == f.dir {
		return f.id()
	}
	return near(f.dir)
}

// statusText says where a run stands, and with which command it goes on.
func (a *app) statusText(f *folder, state run.State) string {
	before, _ := f.before() // without it, what depends on it is not said
	if back, err := f.back(); err == nil && !back.over() {
		return report.Undoing(safe.Lines(f.plan), safe.Lines(state), safe.Lines(*back.report()), a.runName(f)) + a.earlierText(f) + "\nRun folder: " + f.dir + "\n"
	}
	name := a.runName(f)
	if a.supersededBy(f, state) != "" {
		name = ""
	}
	return report.Status(safe.Lines(f.plan), safe.Lines(state), safe.Lines(before), name) +
		a.supersededText(f, state) + a.earlierText(f) + "\nRun folder: " + f.dir + "\n"
}

// mind is what has to be known before the next step is done; empty when that is nothing.
func (f *folder) mind(state run.State) string {
	before, _ := f.before() // a run goes on without its snapshot, and what depends on it is said as for any connection
	return report.BeforeLogin(f.plan, state, before)
}

// unused refuses to open a second run for a plan: the first one has changed the tenant, or is about to, unless it was taken back.
// The tenants of a demo are new each time, and so are their runs.
func (a *app) unused(f *folder, s *session, p plan.Plan) error {
	if f != nil || s.demo != nil {
		return nil
	}
	for _, known := range a.knownRuns() {
		if known.plan.Checksum != p.Checksum {
			continue
		}
		state, _, err := known.state()
		if err != nil {
			return err
		}
		back, err := known.back()
		if err != nil {
			return err
		}
		if back.done() {
			continue
		}
		if err := a.forward(known); err != nil {
			return err
		}
		return a.usedProblem(known, state)
	}
	return nil
}

func (a *app) usedProblem(f *folder, state run.State) *problem {
	name := a.runName(f)
	p := &problem{
		exit: exitRefused, code: "plan-in-use", failed: "nothing was written: this plan has run " + name,
		why: "a plan is carried out once, in one run; this one waits for " + state.WaitsFor,
		do:  "go on with: " + report.Next(f.plan, state, name), details: []detail{{"run", f.id()}, {"folder", f.dir}},
	}
	if state.Finished {
		p.why, p.do = "a plan is carried out once, in one run; this one is finished", "look at it with: upe show "+name
	}
	return p
}

// knownRuns are the runs that can be read, the oldest first.
func (a *app) knownRuns() []*folder {
	runs, err := a.runsDir()
	if err != nil {
		return nil
	}
	dirs, _ := runFolders(runs) // a directory that cannot be read has none to offer
	var all []*folder
	for _, dir := range dirs {
		if f, err := readFolder(dir); err == nil {
			all = append(all, f)
		}
	}
	return all
}

// unfinished lists the runs of a tenant that somebody began and did not finish, the newest first.
func (a *app) unfinished(who tenant.Identity) []wizard.UnfinishedRun {
	var open []wizard.UnfinishedRun
	for _, f := range a.knownRuns() {
		if f.plan.Tenant != who {
			continue
		}
		state, err := f.stands()
		if err != nil || state.Finished {
			continue
		}
		b, err := f.back()
		open = append([]wizard.UnfinishedRun{{
			ID: a.runName(f), Folder: near(f.dir), WaitsFor: state.WaitsFor, Back: err == nil && !b.over(),
		}}, open...)
	}
	return open
}

// goOnWith is what the wizard leaves on the terminal: where the run is, and the command that goes on with it.
func (a *app) goOnWith(f *folder) string {
	text := "Run folder: " + f.dir + "\n"
	state, _, err := f.state()
	if err != nil {
		return text
	}
	name := a.runName(f)
	if back, err := f.back(); err == nil && !back.over() {
		if command := back.next(name); command != "" {
			text += "Next: " + command + "\n"
		}
		return text + fmt.Sprintf("Where it stands: upe status %s\n", name)
	}
	if mind := f.mind(state); mind != "" {
		text += strings.Join(report.Wrap(mind, report.Width), "\n") + "\n"
	}
	if command := report.Next(f.plan, state, name); command != "" {
		text += "Next: " + command + "\n"
	}
	return text + fmt.Sprintf("Where it stands: upe status %s\n", name)
}
