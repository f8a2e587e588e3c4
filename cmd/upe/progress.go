package main

import (
	"encoding/json"
	"fmt"
	"time"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/ui/safe"
)

// progressSchema names the form of a line of progress.
const progressSchema = "upe.progress/1"

// progressLine is one thing that happened, told while a command works.
type progressLine struct {
	Schema string     `json:"schema"`
	At     time.Time  `json:"at"`
	Event  string     `json:"event"`          // "read", "step", "tenant", "world"
	Text   string     `json:"text"`           // for people
	Done   int        `json:"done,omitempty"` // of Total
	Total  int        `json:"total,omitempty"`
	Step   string     `json:"step,omitempty"`   // its id in the plan
	Status run.Status `json:"status,omitempty"` // of the step
}

// happened tells of progress on standard error: whoever watches reads the words; with --json --progress it is a line of JSON; a
// script that asked for neither hears nothing. Progress that cannot be told is no reason to stop.
func (a *app) happened(l progressLine) {
	switch {
	case a.global.json && a.global.progress:
		l.Schema, l.At = progressSchema, a.now().UTC()
		line, err := json.Marshal(l)
		if err == nil {
			_ = writeDocument(a.err, append(line, '\n'))
		}
	case a.watched && !a.global.json:
		_ = speak(a.err, safe.Line(l.Text)+"\n")
	}
}

// reading tells of the progress of a read.
func (a *app) reading() func(tenant.Progress) {
	return func(p tenant.Progress) {
		a.happened(progressLine{
			Event: "read", Text: fmt.Sprintf("reading %d/%d  %s", p.Done, p.Total, p.Path), Done: p.Done, Total: p.Total,
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
				a.happened(progressLine{Event: "step", Text: stepTitle(p, step.ID), Step: step.ID, Status: step.Status})
			}
		}
	}
}
