package linear

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/words"
)

// steps draws the steps of a plan, one line each. A line changes when its step does, and so is said again; what stands below it does
// not.
func (c canvas) steps(b wizard.Steps) []item {
	items := heading(b.Title)
	for i, step := range b.Items {
		if step.Heading != "" {
			items = append(items, prose(indented(step.Heading, "  ")...))
		}
		line := prose("  " + numbered(i, step, len(b.Items)) + ". " + oneLine(stepLine(step)))
		if step.Note != "" {
			line.lines = append(line.lines, indented(step.Note, "     ")...)
		}
		line.brief = step.ByHand && (step.Status == run.Doing || step.Status == run.Waiting)
		line.still = stands(step) == "" && step.Note == ""
		items = append(items, line)
		if c.details {
			items = append(items, c.stepDetails(step)...)
		}
	}
	return items
}

// numbered is the number by which a step is known on every page, or else its place.
func numbered(i int, step wizard.StepItem, of int) string {
	if step.Number > 0 {
		return fmt.Sprintf("Step %d", step.Number)
	}
	return fmt.Sprintf("%d of %d", i+1, of)
}

func stepLine(step wizard.StepItem) string {
	line := step.Title
	var parts []string
	if step.OneWay {
		parts = append(parts, "one-way, it cannot be taken back")
	}
	if how := stands(step); how != "" {
		parts = append(parts, how)
	}
	if step.Status == run.Done && step.Took >= time.Millisecond {
		parts = append(parts, words.Took(step.Took))
	}
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, ", ")
	}
	return line
}

// stands is how a step stands, or "". What a person does is never worked at by the program.
func stands(step wizard.StepItem) string {
	switch {
	case step.Status == "", step.Status == run.Todo, step.ByHand && step.Status == run.Doing:
		return ""
	case step.ByHand && step.Status == run.Waiting:
		return "left for you"
	}
	return words.Step(step.Status)
}

func (c canvas) stepDetails(step wizard.StepItem) []item {
	const by = "     "
	before, after := words.JSON(step.Before), words.JSON(step.After)
	if before != "" || after != "" {
		before, after = cmp.Or(before, "nothing"), cmp.Or(after, "nothing")
	}
	return slices.Concat(
		row(by, "Why", step.Why), row(by, "Request", step.Request),
		quoted(by, "Body sent", words.JSON(step.Body)), quoted(by, "Before", before), quoted(by, "After", after),
		row(by, "Dashboard", step.Dashboard), row(by, "Link", step.Link), row(by, "Undo", step.Undo), row(by, "Basis", step.Basis),
	)
}
