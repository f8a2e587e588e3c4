package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/ui/safe"
)

// progressSchema names the form of a line of progress.
const progressSchema = "upe.progress/1"

// occurrence is the kind of a thing that happens while a command works.
type occurrence string

// What happens.
const (
	readPart     occurrence = "read"    // one more part of the tenant is read
	stepMoved    occurrence = "step"    // a step of the plan began or ended
	messageGoes  occurrence = "message" // a test message is about to be sent
	worldDone    occurrence = "world"   // the plan was rehearsed in one more world
	tenantDone   occurrence = "tenant"  // one more tenant of a list has a result
	filesScanned occurrence = "files"   // more source files were looked at
	lookFailed   occurrence = "look"    // a look at the tenant logs failed, and another follows
)

// progressLine is one thing that happened while a command worked: a line of JSON on standard error.
type progressLine struct {
	Schema string     `json:"schema"`
	At     time.Time  `json:"at"`
	Event  occurrence `json:"event"`
	Text   string     `json:"text"`             // for people; it may name things of the tenant
	Done   int        `json:"done,omitempty"`   // how many there are by now
	Total  int        `json:"total,omitempty"`  // of so many, where that is known
	Step   string     `json:"step,omitempty"`   // its id in the plan
	Status run.Status `json:"status,omitempty"` // of the step
}

// annotationReports marks the commands whose progress is told to programs as well.
const annotationReports = "reports"

// reporting makes a command one that a program is told the progress of: --json asks for it. A command that is one quick read is none.
func reporting(c *cobra.Command) *cobra.Command {
	c.Annotations = map[string]string{annotationReports: "progress"}
	c.Long += `

With --json what happens meanwhile is told on standard error, a line of JSON
each, and an error is the last line.`
	return c
}

// happened tells of progress on standard error: to a program with --json as a line of JSON, where the command is one that reports; to
// whoever watches in words. A script that asked for neither hears nothing. Progress that cannot be told is no reason to stop.
func (a *app) happened(l progressLine) {
	switch {
	case a.global.json && a.reports:
		l.Schema, l.At = progressSchema, a.now().UTC()
		_ = writeLine(a.err, l)
	case a.watched && !a.global.json:
		_ = speak(a.err, safe.Line(l.Text)+"\n")
	}
}

// reading tells of the progress of a read.
func (a *app) reading() func(tenant.Progress) {
	return func(p tenant.Progress) {
		a.happened(progressLine{
			Event: readPart, Text: fmt.Sprintf("reading %d/%d  %s", p.Done, p.Total, p.Path), Done: p.Done, Total: p.Total,
		})
	}
}

// progress tells of each step as it begins, and to programs also how it ends.
func (a *app) progress(p plan.Plan) func(run.State) {
	told := map[string]run.Status{}
	return func(s run.State) {
		for _, step := range s.Steps {
			if step.Status == run.Todo || step.Status == told[step.ID] {
				continue
			}
			_, before := told[step.ID]
			told[step.ID] = step.Status
			if step.Status == run.Doing || a.global.json && before {
				a.happened(progressLine{Event: stepMoved, Text: stepTitle(p, step.ID), Step: step.ID, Status: step.Status})
			}
		}
	}
}
