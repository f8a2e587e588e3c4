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
	f, err := o.app.findRun(args[0])
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
		Mind   string `json:"mind,omitempty"` // what to know before it
		run.State
		Back *wayBackDocument `json:"back,omitempty"` // of a run that is being taken back, or was

		SupersededBy string `json:"superseded_by,omitempty"` // a run that began later on the same tenant
	}{
		Schema: "upe.status/1", Run: f.id(), Folder: f.dir, Domain: f.plan.Tenant.Domain,
		Next: report.Next(f.plan, state, o.app.runName(f)), Mind: f.mind(state), State: state, SupersededBy: o.app.supersededBy(f, state),
	}
	finished := state.Finished
	if back, err := f.back(); err != nil {
		return err
	} else if !back.over() {
		document.Back = back.document()
		document.Next, document.Mind, finished = back.next(o.app.runName(f)), "", document.Back.Finished
	}
	if err := o.app.answer(document, func() string { return o.app.statusText(f, state) }); err != nil {
		return err
	}
	return o.waiting(!finished)
}

// wayBackDocument is the JSON form of a way back, as it stands.
type wayBackDocument struct {
	Run    string `json:"run"`
	Folder string `json:"folder"`
	run.State
}

func (b wayBack) document() *wayBackDocument {
	f, state := b.current()
	return &wayBackDocument{f.id(), f.dir, state}
}

// next is the command that goes on with it.
func (b wayBack) next(name string) string {
	f, state := b.current()
	return report.Next(f.plan, state, name)
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
	Back     string          `json:"back,omitempty"` // "begun" or "done": it is being taken back, or was
	WaitsFor string          `json:"waits_for,omitempty"`
	Newer    string          `json:"superseded_by,omitempty"` // a run that began later on the same tenant
	Moves    []run.MoveState `json:"moves"`
	Error    string          `json:"error,omitempty"` // why it cannot be read

	Incomplete bool `json:"incomplete,omitempty"` // upe ended before the folder was made
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
		line := o.app.lineOf(d)
		lines, waits = append(lines, line), waits || !line.Finished
	}
	for _, d := range incompleteFolders(dir) {
		lines = append(lines, incompleteLine(d))
	}
	document := struct {
		Schema string    `json:"schema"`
		Runs   []runLine `json:"runs"`
	}{"upe.runs/1", lines}
	if err := o.app.answer(document, func() string { return o.app.foldedForPeople(runList(dir, safe.Lines(lines))) }); err != nil {
		return err
	}
	return o.waiting(waits)
}

func (a *app) lineOf(dir string) runLine {
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
	line.Newer = a.supersededBy(f, state)
	back, err := f.back()
	switch {
	case err != nil:
		line.Error = err.Error()
	case !back.over():
		_, state := back.current()
		line.Back, line.Finished, line.WaitsFor = "begun", state.Finished, state.WaitsFor
		if back.done() {
			line.Back = "done"
		}
	}
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
		case l.Incomplete:
			stands = "incomplete: " + l.Error
		case l.Error != "":
			stands = "cannot be read: " + l.Error
		case l.Back == "done":
			stands = "taken back"
		case l.Back != "":
			stands = "is being taken back, waits for: " + l.WaitsFor
		case !l.Finished && l.Newer != "":
			stands = "superseded by " + l.Newer + ", waits for: " + l.WaitsFor
		case !l.Finished:
			stands = "waits for: " + l.WaitsFor
		}
		fmt.Fprintf(&out, "%s  %s  %s\n", l.Run, l.Domain, stands)
	}
	return out.String()
}
