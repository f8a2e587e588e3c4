package linear

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/words"
)

// steps draws the steps of a plan, one line each. A line changes when its step does, and so is said again.
func (c canvas) steps(b wizard.Steps) []string {
	lines := heading(b.Title)
	for i, item := range b.Items {
		if item.Heading != "" {
			lines = append(lines, indented(item.Heading, "  ")...)
		}
		lines = append(lines, fmt.Sprintf("  %d of %d. %s", i+1, len(b.Items), oneLine(stepLine(item))))
		if item.Note != "" {
			lines = append(lines, indented(item.Note, "     ")...)
		}
		if c.details {
			lines = append(lines, c.stepDetails(item)...)
		}
	}
	return lines
}

func stepLine(item wizard.StepItem) string {
	line := item.Title
	var parts []string
	if item.OneWay {
		parts = append(parts, "one-way, it cannot be taken back")
	}
	if item.Status != "" && item.Status != run.Todo {
		parts = append(parts, words.Step(item.Status))
	}
	if item.Status == run.Done && item.Took >= time.Millisecond {
		parts = append(parts, words.Took(item.Took))
	}
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, ", ")
	}
	return line
}

func (c canvas) stepDetails(item wizard.StepItem) []string {
	const by = "     "
	return slices.Concat(
		labelled(by, "Why", item.Why), labelled(by, "Request", item.Request),
		labelled(by, "Body sent", words.JSON(item.Body)),
		labelled(by, "Before", words.JSON(item.Before)), labelled(by, "After", words.JSON(item.After)),
		labelled(by, "Dashboard", item.Dashboard), labelled(by, "Link", item.Link),
		labelled(by, "Undo", item.Undo), labelled(by, "Basis", item.Basis),
	)
}
