package screens

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/theme"
)

// steps draws the steps of a plan, one line each under the heading of their part; the selected one opens when details
// are asked for.
func (c canvas) steps(b wizard.Steps) drawing {
	d := drawing{lines: c.title(b.Title), hot: -1}
	for i, item := range b.Items {
		if item.Heading != "" {
			if len(d.lines) > 0 {
				d.lines = append(d.lines, "")
			}
			d.lines = append(d.lines, paragraph(c.th.Muted, item.Heading, c.width)...)
		}
		selected := i == c.step
		if selected {
			d.hot = len(d.lines)
		}
		d.lines = append(d.lines, c.stepLine(i, item, selected)...)
		if selected && c.details {
			d.lines = append(d.lines, indent(c.narrow(6).stepDetails(item), 6)...)
		}
	}
	return d
}

func (c canvas) stepLine(i int, item wizard.StepItem, selected bool) []string {
	state := stepState(item.Status)
	cursor, title := "  ", c.th.Text
	if selected {
		cursor, title = c.th.Selected.Render("> "), c.th.Selected
	}
	tail := stepTail(item, state)
	number := c.th.Muted.Render(fmt.Sprintf("%2d ", i+1))
	head := cursor + c.th.Mark(state) + " " + number
	line := ends(head+title.Render(oneLine(item.Title)), c.th.Of(state).Render(tail), c.width)
	lines := []string{strings.TrimRight(line, " ")}
	if item.Note == "" {
		return lines
	}
	return append(lines, indent(paragraph(c.th.Of(state), item.Note, c.width-7), 7)...)
}

// stepTail is what stands at the right end of a step: how it stands and how long it took, or that it cannot be undone.
func stepTail(item wizard.StepItem, state theme.State) string {
	var parts []string
	if item.OneWay {
		parts = append(parts, "one-way")
	}
	if item.Took > 0 {
		parts = append(parts, took(item.Took))
	}
	if item.Status != run.Todo && item.Status != "" {
		parts = append(parts, stepWord(item.Status, state))
	}
	return strings.Join(parts, " · ")
}

func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

func stepState(s run.Status) theme.State {
	switch s {
	case run.Doing:
		return theme.Current
	case run.Waiting:
		return theme.Waiting
	case run.Done:
		return theme.Done
	case run.Broken:
		return theme.Failed
	case run.Unclear:
		return theme.Warning
	case run.Todo:
	}
	return theme.ToCome
}

// stepWord is the state of a step, in a word of the wizard.
func stepWord(s run.Status, state theme.State) string {
	switch s {
	case run.Doing:
		return "working"
	case run.Unclear:
		return "not known yet"
	case run.Todo, run.Waiting, run.Done, run.Broken:
	}
	return state.Word()
}

// stepDetails is what opens under a step.
func (c canvas) stepDetails(item wizard.StepItem) []string {
	facts := slices.Concat(
		c.part("Why", item.Why),
		c.part("Request", item.Request),
		c.part("Dashboard", item.Dashboard),
		c.part("Link", item.Link),
		c.part("Undo", item.Undo),
		c.part("Basis", item.Basis),
	)
	body := pretty(item.Body)
	var sent, change []string
	if body != "" {
		sent = append([]string{c.th.Muted.Render("Body sent")}, c.code(wizard.Code{Text: body})...)
	}
	if before, after := pretty(item.Before), pretty(item.After); before != "" || after != "" {
		change = append([]string{c.th.Muted.Render("Before (-) and after (+)")}, indent(c.narrow(2).changes(before, after), 2)...)
	}
	return append(stack(facts, sent, change), "")
}

// pretty is JSON for reading. Bytes are data and were not cleaned with the page, so they are here.
func pretty(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return safe.Block(string(raw))
	}
	return safe.Block(out.String())
}
