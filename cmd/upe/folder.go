package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// The files of a run folder. Together they are enough to go on, or to go back, on another machine; none holds a secret. What was done
// to go back is in folders inside it.
const (
	filePlan     = "plan.json"
	fileSnapshot = "snapshot.json" // what was found before anything was written, redacted
	fileJournal  = "journal.ndjson"
	fileLock     = "lock"
	fileReport   = "report.md"
)

// A run folder is for its owner alone: plans and snapshots name senders, accounts and applications.
const (
	modeFolder = 0o700
	modeFile   = 0o600
)

// folder is a run folder. While it is locked no other upe may add to its journal.
type folder struct {
	dir    string
	plan   plan.Plan
	of     *folder      // of a way back: the run that it takes back, in whose folder it is
	unlock func() error // nil: not locked
}

// runsDir is where run folders live: --run-dir, or the XDG base directory for state.
func (a *app) runsDir() (string, error) {
	if a.global.runDir != "" {
		return filepath.Abs(a.global.runDir)
	}
	if state, ok := a.lookup("XDG_STATE_HOME"); ok && filepath.IsAbs(state) {
		return filepath.Join(state, "upe", "runs"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find a place for run folders (name one with --run-dir): %w", err)
	}
	return filepath.Join(home, ".local", "state", "upe", "runs"), nil
}

// near is a path as a person at this working directory would write it.
func near(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

// newRunID sorts by time, and is unlike that of any other run: "2026-11-20t093000-hgpqkdtb".
func (a *app) newRunID() string { return a.now().UTC().Format("2006-01-02t150405") + "-" + a.random() }

// createFolder makes the folder of a new run and locks it.
func (a *app) createFolder(p plan.Plan, before tenant.Snapshot) (*folder, error) {
	runs, err := a.runsDir()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(runs, a.newRunID())
	if err := os.MkdirAll(runs, modeFolder); err != nil {
		return nil, noRunsThere(runs, err)
	}
	if err := os.Mkdir(dir, modeFolder); err != nil {
		return nil, noRunsThere(runs, err)
	}
	f := &folder{dir: dir, plan: p}
	if err := errors.Join(f.lock(), f.fill(before)); err != nil {
		return nil, errors.Join(err, f.close())
	}
	syncDir(runs)
	return f, nil
}

// fill writes what a run begins with. The plan comes last: without one, a folder that a crash left half made does not count.
func (f *folder) fill(before tenant.Snapshot) error {
	snapshot, err := json.MarshalIndent(before.Redacted(), "", "  ")
	if err != nil {
		return fmt.Errorf("encode the snapshot: %w", err)
	}
	for _, file := range []struct {
		name string
		data []byte
	}{{fileSnapshot, append(snapshot, '\n')}, {fileJournal, nil}, {filePlan, f.plan.Bytes()}} {
		if err := f.save(file.name, file.data); err != nil {
			return err
		}
	}
	syncDir(f.dir)
	return nil
}

// syncDir makes the names in a directory outlive a power cut, where the file system can.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = errors.Join(d.Sync(), d.Close())
	}
}

// noSuchRun is the code of a run that is nowhere.
const noSuchRun string = "no-such-run"

// findFolder looks for a run by its id or its path. A path may also be that of a directory with one run folder in it.
func (a *app) findFolder(name string) (*folder, error) {
	runs, err := a.runsDir()
	if err != nil {
		return nil, err
	}
	for _, dir := range []string{filepath.Join(runs, name), name} {
		if isRun(dir) {
			return readFolder(dir)
		}
		if name != "" && isIncomplete(dir) {
			return nil, incompleteRun(dir)
		}
	}
	switch inside, _ := runFolders(name); { // what is no directory holds none
	case len(inside) == 1:
		return readFolder(inside[0])
	case len(inside) > 1:
		return nil, whichRun(name, inside)
	}
	return nil, &problem{
		exit: exitError, code: noSuchRun, failed: "there is no run " + quoted(name),
		why: "neither " + runs + " has it, nor is it the path of a run folder",
		do:  "`upe status` lists the runs; --run-dir names another place",
	}
}

func isRun(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, filePlan))
	return err == nil && info.Mode().IsRegular()
}

// runFolders lists the run folders in a directory, the oldest first.
func runFolders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, noRunsThere(dir, err)
	}
	var dirs []string
	for _, e := range entries {
		if path := filepath.Join(dir, e.Name()); e.IsDir() && isRun(path) {
			dirs = append(dirs, path)
		}
	}
	return dirs, nil
}

func readFolder(dir string) (*folder, error) {
	raw, err := os.ReadFile(filepath.Join(dir, filePlan))
	if err != nil {
		return nil, damagedRun(dir, naming(filePlan, err))
	}
	p, err := plan.Parse(raw)
	if err != nil {
		return nil, damagedRun(dir, fmt.Errorf("%s: %w", filePlan, err)).tooNew(raw, plan.Schema)
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the run folder: %w", err)
	}
	f := &folder{dir: dir, plan: p}
	if parent := filepath.Dir(dir); p.Reverts != "" && isRun(parent) {
		f.of, err = readFolder(parent)
	}
	return f, err
}

// lock keeps every other upe from this run until close, or until the process ends.
func (f *folder) lock() error {
	unlock, err := lockFile(filepath.Join(f.dir, fileLock))
	if errors.Is(err, errLocked) {
		return &problem{
			exit: exitRefused, code: "run-in-use", failed: "the run " + f.id() + " is in use",
			why: "another upe works on it", do: "wait until that one has ended",
		}
	}
	if err != nil {
		return fmt.Errorf("lock the run folder: %w", err)
	}
	f.unlock = unlock
	return nil
}

func (f *folder) close() error {
	if f.unlock == nil {
		return nil
	}
	return f.unlock()
}

// id is the name of the folder; of a way back, behind that of its run: "2026-11-20t093000-hgpqkdtb/revert".
func (f *folder) id() string {
	if f.of != nil {
		return f.of.id() + "/" + filepath.Base(f.dir)
	}
	return filepath.Base(f.dir)
}

// save writes one file of the folder whole: a reader sees the former or the new one, never a half.
func (f *folder) save(name string, data []byte) error {
	if err := writeFile(filepath.Join(f.dir, name), data); err != nil {
		return fmt.Errorf("write %s into the run folder: %w", name, err)
	}
	return nil
}

// writeFile writes a file that only its owner may read, by way of a temporary one beside it.
func writeFile(path string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// before is the snapshot that the run began with.
func (f *folder) before() (tenant.Snapshot, error) {
	raw, err := os.ReadFile(filepath.Join(f.dir, fileSnapshot))
	if err != nil {
		return tenant.Snapshot{}, damagedRun(f.dir, naming(fileSnapshot, err))
	}
	s, err := tenant.ParseSnapshot(raw)
	if err != nil {
		return s, damagedRun(f.dir, fmt.Errorf("%s: %w", fileSnapshot, err)).tooNew(raw, tenant.SnapshotSchema)
	}
	return s, nil
}

// state is where the run stands.
func (f *folder) state() (run.State, []run.Entry, error) {
	raw, err := journal{f.journalPath()}.Read()
	if err != nil {
		return run.State{}, nil, err
	}
	parsed, err := run.Parse(raw)
	if err != nil {
		return run.State{}, nil, damagedRun(f.dir, fmt.Errorf("%s: %w", fileJournal, err)).tooNew(raw, run.EntrySchema)
	}
	state, err := run.Replay(f.plan, raw)
	if state.ID == "" {
		state.ID = f.id() // nothing has begun
	}
	return state, parsed.Entries, err
}

func (f *folder) journalPath() string { return filepath.Join(f.dir, fileJournal) }

// journal is a run.Log in a file. Every line is synced before the step it tells of goes on.
type journal struct{ path string }

var _ run.Log = journal{}

// Append implements [run.Log].
func (j journal) Append(line []byte) error {
	file, err := os.OpenFile(j.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, modeFile)
	if err != nil {
		return err
	}
	_, err = file.Write(line)
	return errors.Join(err, file.Sync(), file.Close())
}

// Read implements [run.Log]. A journal that was never begun is empty.
func (j journal) Read() ([]byte, error) {
	raw, err := os.ReadFile(j.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return raw, err
}
