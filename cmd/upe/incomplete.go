package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"upe/flows/run"
)

// A run folder that upe was killed in while it made it has no plan. Nothing was written to the tenant for it: that begins when the plan
// is there.
const (
	whyIncomplete = "upe ended before its plan was in it; nothing was written to the tenant"
	doIncomplete  = "delete the folder, and run upe prepare PLAN again"
)

// isIncomplete reports whether a directory is a run folder without a plan.
func isIncomplete(dir string) bool {
	if _, err := os.Stat(filepath.Join(dir, filePlan)); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	for _, name := range []string{fileLock, fileSnapshot, fileJournal} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}

// incompleteFolders lists such folders in a directory, the oldest first.
func incompleteFolders(dir string) []string {
	entries, _ := os.ReadDir(dir) // one that cannot be read has none to show
	var dirs []string
	for _, e := range entries {
		if path := filepath.Join(dir, e.Name()); e.IsDir() && isIncomplete(path) {
			dirs = append(dirs, path)
		}
	}
	return dirs
}

func incompleteLine(dir string) runLine {
	return runLine{Run: filepath.Base(dir), Folder: dir, Moves: []run.MoveState{}, Incomplete: true, Error: whyIncomplete + "; " + doIncomplete}
}

func incompleteRun(dir string) *problem {
	return &problem{
		exit: exitRefused, code: "incomplete-run", failed: "the run folder " + dir + " is incomplete", why: whyIncomplete, do: doIncomplete,
	}
}
