package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

// A run folder holds the ways back of its run: each attempt is a folder with a plan, a snapshot and a journal of its own, in
// revert, revert-2 and so on; the last one counts. One that was given up has another such folder in it, which takes the attempt back
// itself. They share the lock of the run, so that nobody goes forward and back at once.
const (
	folderRevert = "revert"
	folderGiveUp = "give-up"
)

// wayBack is the way back of a run, as it stands.
type wayBack struct {
	*folder // the last attempt; nil: nobody has tried to take the run back
	state   run.State
	up      *folder // what gives the attempt up; nil: nobody wants to
	upState run.State
}

// attempt is where the nth way back is.
func (f *folder) attempt(n int) string {
	if n == 1 {
		return filepath.Join(f.dir, folderRevert)
	}
	return filepath.Join(f.dir, fmt.Sprintf("%s-%d", folderRevert, n))
}

// nextAttempt is where another way back would be.
func (f *folder) nextAttempt() (dir string, n int) {
	for n = 1; isRun(f.attempt(n)); n++ {
	}
	return f.attempt(n), n
}

// back reads the way back of a run.
func (f *folder) back() (wayBack, error) {
	var b wayBack
	_, next := f.nextAttempt()
	if next == 1 {
		return b, nil
	}
	var err error
	if b.folder, b.state, err = readStanding(f.attempt(next - 1)); err != nil {
		return b, err
	}
	if dir := filepath.Join(b.dir, folderGiveUp); isRun(dir) {
		b.up, b.upState, err = readStanding(dir)
	}
	return b, err
}

func readStanding(dir string) (*folder, run.State, error) {
	f, err := readFolder(dir)
	if err != nil {
		return nil, run.State{}, err
	}
	state, _, err := f.state()
	return f, state, err
}

// givenUp reports whether the run goes on as if nobody had tried to take it back.
func (b wayBack) givenUp() bool { return b.up != nil && b.upState.Finished }

// over reports whether nothing stands in the way of going forward.
func (b wayBack) over() bool { return b.folder == nil || b.givenUp() }

// done reports whether the run is taken back.
func (b wayBack) done() bool { return b.folder != nil && b.up == nil && b.state.Finished }

// current is the folder of what is under way: the way back, or what gives it up.
func (b wayBack) current() (*folder, run.State) {
	if b.up != nil {
		return b.up, b.upState
	}
	return b.folder, b.state
}

// stands is where a run stands: going forward, or back.
func (f *folder) stands() (run.State, error) {
	b, err := f.back()
	if err == nil && !b.over() {
		_, state := b.current()
		return state, nil
	}
	state, _, errState := f.state()
	return state, errors.Join(err, errState)
}

// report is the way back as reports know it; nil when there is none.
func (b wayBack) report() *report.Back {
	if b.folder == nil {
		return nil
	}
	f, state := b.current()
	return &report.Back{Plan: f.plan, State: state, GivenUp: b.givenUp()}
}

// top is the run that a folder belongs to: itself, or the run that it takes back.
func (f *folder) top() *folder {
	for f.of != nil {
		f = f.of
	}
	return f
}

// findRun is as findFolder; of a way back, it is the run.
func (a *app) findRun(name string) (*folder, error) {
	f, err := a.findFolder(name)
	if err != nil {
		return nil, err
	}
	return f.top(), nil
}

// forwardRun finds a run, and refuses one that is being taken back, or was.
func (a *app) forwardRun(name string) (*folder, error) {
	f, err := a.findFolder(name)
	if err != nil {
		return nil, err
	}
	if _, _, err := f.state(); err != nil {
		return nil, err // before anything is asked of the tenant
	}
	return f, a.forward(f)
}

// hold locks a run in order to go forward with it.
func (a *app) hold(f *folder) error {
	if err := f.lock(); err != nil {
		return err
	}
	if err := a.forward(f); err != nil {
		return errors.Join(err, f.close())
	}
	return nil
}

// forward refuses to go on with a run that is being taken back, or was: both at once would undo each other.
func (a *app) forward(f *folder) error {
	if err := noWayBack(f.plan, a.runName(f)); err != nil {
		return err
	}
	b, err := f.back()
	if err != nil || b.over() {
		return err
	}
	if b.done() {
		return &problem{
			exit: exitRefused, code: "taken-back", failed: "nothing was written: this run was taken back",
			why: "what it had done is undone; its plan was made for the tenant as it was then", do: "make a new plan with `upe plan`",
		}
	}
	_, state := b.current()
	p := &problem{
		exit: exitRefused, code: "being-taken-back", failed: "nothing was written: this run is being taken back",
		why: "to go forward and back at once would undo each other; it waits for " + state.WaitsFor,
		do:  "go on with: " + b.next(a.runName(f)),
	}
	if b.up == nil {
		p.do += "; or give that up, and stay: upe revert " + a.runName(f) + " --give-up"
	}
	return p
}

// noWayBack refuses a plan that takes a run back, where one that goes forward is meant. name is that of the run.
func noWayBack(p plan.Plan, name string) error {
	if p.Reverts == "" {
		return nil
	}
	return &problem{
		exit: exitRefused, code: "way-back", failed: "nothing was written: this is the way back of a run",
		why: "it is computed from how the tenant is, and belongs to its run", do: "carry it out with: upe revert " + name,
	}
}

// createBack makes the folder of a way back, in its run's.
func createBack(of *folder, dir string, p plan.Plan, now tenant.Snapshot) (*folder, error) {
	if err := os.MkdirAll(dir, modeFolder); err != nil {
		return nil, fmt.Errorf("make the folder of the way back: %w", err)
	}
	f := &folder{dir: dir, plan: p, of: of}
	if err := f.fill(now); err != nil {
		return nil, err
	}
	syncDir(of.dir)
	return f, nil
}
