package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
)

// careful is a model whose mistakes end the program in order: the terminal is given back before anything is said.
type careful struct {
	tea.Model
	crash *wizard.Crash
	end   func() // tells the program to end
}

// Update implements [tea.Model].
func (c *careful) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	defer func() {
		if crash := wizard.NewCrash(recover()); crash != nil {
			c.crash, model, cmd = crash, c, tea.Quit
		}
	}()
	if c.crash != nil {
		return c, tea.Quit
	}
	_, cmd = c.Model.Update(msg)
	return c, cmd
}

// View implements [tea.Model].
func (c *careful) View() (view tea.View) {
	defer func() {
		if crash := wizard.NewCrash(recover()); crash != nil {
			c.crash, view = crash, tea.View{}
			go c.end()
		}
	}()
	if c.crash != nil {
		return tea.View{}
	}
	return c.Model.View()
}

// crashed says that the program made a mistake, and leaves a report of it. What panicked is not in the report: it may hold anything.
func (a *app) crashed(crash *wizard.Crash) error {
	p := &problem{
		exit: exitError, code: "crash", failed: "the program made a mistake and ended", why: "this is not your doing, nor the tenant's", cause: crash,
		do: "see where the run stands with upe status; what was done is recorded",
	}
	path, err := a.crashReport(crash)
	if err != nil {
		p.details = append(p.details, detail{"report", "could not be written: " + err.Error()})
		return p
	}
	p.details = append(p.details, detail{"report", path + " (no secrets, nothing of the tenant)"})
	return p
}

// crashReport writes where it happened into the directory above the run folders.
func (a *app) crashReport(crash *wizard.Crash) (string, error) {
	runs, err := a.runsDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Dir(runs)
	if err := os.MkdirAll(dir, modeFolder); err != nil {
		return "", err
	}
	path := filepath.Join(dir, "crash-"+a.newRunID()+".txt")
	var out strings.Builder
	fmt.Fprintf(&out, "upe %s\n%s %s/%s\n", build().Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintf(&out, "module %s\n", info.Main.Path)
	}
	fmt.Fprintf(&out, "\n%s", crash.Stack())
	return path, os.WriteFile(path, []byte(out.String()), modeFile)
}

// reportedCrash turns a crash among errors into the problem that a person is told; other errors stay as they are.
func (a *app) reportedCrash(err error) error {
	var crash *wizard.Crash
	if !errors.As(err, &crash) {
		return err
	}
	return a.crashed(crash)
}
