package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/report"
	"upe/flows/run"
	"upe/ui/safe"
)

type statusOptions struct {
	app      *app
	detailed bool
}

func (a *app) newStatus() *cobra.Command {
	o := &statusOptions{app: a}
	c := command("status [RUN]", "List the runs, or say where one stands",
		`status reads run folders and sends nothing. Without an argument it lists the
runs, the oldest first; with one it says where that run stands and what it
waits for.`,
		`  upe status
  upe status 2026-11-20t093000-hgpqkdtb --json`,
		func(_ context.Context, args []string) error { return o.run(args) })
	c.Args = atMostOneArgument("RUN")
	c.Flags().BoolVar(&o.detailed, "detailed-exitcode", false, "exit with 2 when a run waits for something")
	return c
}

func (o *statusOptions) run(args []string) error {
	if len(args) == 0 {
		return o.list()
	}
	f, err := o.app.findFolder(args[0])
	if err != nil {
		return err
	}
	state, _, err := f.state()
	if err != nil {
		return err
	}
	document := struct {
		Schema string `json:"schema"`
		Run    string `json:"run"`
		Folder string `json:"folder"`
		Domain string `json:"domain"`
		Next   string `json:"next,omitempty"` // the command that goes on
		run.State
	}{"upe.status/1", f.id(), f.dir, f.plan.Tenant.Domain, report.Next(f.plan, state, o.app.runName(f)), state}
	if err := o.app.answer(document, func() string { return o.app.statusText(f, state) }); err != nil {
		return err
	}
	return o.waiting(!state.Finished)
}

func (o *statusOptions) waiting(waits bool) error {
	if o.detailed && waits {
		return pending{}
	}
	return nil
}

// runLine is one run in the list.
type runLine struct {
	Run      string          `json:"run"`
	Folder   string          `json:"folder"`
	Domain   string          `json:"domain"`
	Prepared bool            `json:"prepared"`
	Finished bool            `json:"finished"`
	WaitsFor string          `json:"waits_for,omitempty"`
	Moves    []run.MoveState `json:"moves"`
	Error    string          `json:"error,omitempty"` // why it cannot be read
}

func (o *statusOptions) list() error {
	dir, err := o.app.runsDir()
	if err != nil {
		return err
	}
	if isRun(dir) {
		return o.run([]string{dir}) // --run-dir names a run itself
	}
	dirs, err := runFolders(dir)
	if err != nil {
		return err
	}
	lines, waits := []runLine{}, false
	for _, d := range dirs {
		line := lineOf(d)
		lines, waits = append(lines, line), waits || !line.Finished
	}
	document := struct {
		Schema string    `json:"schema"`
		Runs   []runLine `json:"runs"`
	}{"upe.runs/1", lines}
	if err := o.app.answer(document, func() string { return runList(dir, safe.Lines(lines)) }); err != nil {
		return err
	}
	return o.waiting(waits)
}

func lineOf(dir string) runLine {
	f, err := readFolder(dir)
	if err != nil {
		return runLine{Run: dir, Folder: dir, Moves: []run.MoveState{}, Error: err.Error()}
	}
	line := runLine{Run: f.id(), Folder: f.dir, Domain: f.plan.Tenant.Domain, Moves: []run.MoveState{}}
	state, _, err := f.state()
	if err != nil {
		line.Error = err.Error()
		return line
	}
	line.Prepared, line.Finished, line.WaitsFor, line.Moves = state.Prepared, state.Finished, state.WaitsFor, state.Moves
	return line
}

func runList(dir string, lines []runLine) string {
	if len(lines) == 0 {
		return "No runs in " + dir + ".\n"
	}
	var out strings.Builder
	for _, l := range lines {
		stands := "finished"
		switch {
		case l.Error != "":
			stands = "cannot be read: " + l.Error
		case !l.Finished:
			stands = "waits for: " + l.WaitsFor
		}
		fmt.Fprintf(&out, "%s  %s  %s\n", l.Run, l.Domain, stands)
	}
	return out.String()
}
