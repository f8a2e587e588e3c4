package screens

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/theme"
	"upe/ui/words"
)

// steps draws the steps of a plan, one line each under the heading of their part; the selected one opens when details
// are asked for.
func (c canvas) steps(b wizard.Steps) drawing {
	d := drawing{lines: c.title(b.Title), hot: nowhere}
	for i, item := range b.Items {
		if item.Heading != "" {
			if n := len(d.lines); n > 0 && !c.tight && strings.TrimSpace(d.lines[n-1]) != "" {
				d.lines = append(d.lines, "")
			}
			d.lines = append(d.lines, paragraph(c.th.Muted, item.Heading, c.width)...)
		}
		from := len(d.lines)
		d.lines = append(d.lines, c.stepLine(i, item, i == c.step && c.pointing)...)
		if i == c.step && c.details {
			d.lines = append(d.lines, indent(c.narrow(6).stepDetails(item), 6)...)
		}
		if i == c.step && c.pointing {
			d.hot = span{from, len(d.lines)}
		}
	}
	return d
}

// How many lines the title of a step may have: a name in it may be a tenant's longest. That of the selected one is read in full.
const (
	mostTitleLines     = 2
	selectedTitleLines = 8
)

func (c canvas) stepLine(i int, item wizard.StepItem, selected bool) []string {
	state := stepState(item.Status)
	cursor, title, most := "  ", c.th.Text, mostTitleLines
	if selected {
		cursor, title, most = c.th.Selected.Render("> "), c.th.Selected, selectedTitleLines
	}
	tail := stepTail(item)
	number := c.th.Muted.Render(fmt.Sprintf("%2d ", numberOf(i, item)))
	head := cursor + c.th.Mark(state) + " " + number
	name := c.width - ansi.StringWidth(head)
	if tail != "" {
		name -= ansi.StringWidth(tail) + 1
	}
	lines := hang(head, paint(title, atMost(most, oneLine(item.Title), name)))
	lines[0] = strings.TrimRight(ends(lines[0], c.th.Of(state).Render(tail), c.width), " ")
	if item.Note == "" {
		return lines
	}
	return append(lines, indent(paragraph(c.th.Of(state), item.Note, c.width-7), 7)...)
}

// numberOf is a step's number in the plan: it has the same one on every page.
func numberOf(i int, item wizard.StepItem) int {
	if item.Number > 0 {
		return item.Number
	}
	return i + 1
}

// stepTail is what stands at the right end of a step: how it stands and how long it took, or that it cannot be undone.
func stepTail(item wizard.StepItem) string {
	var parts []string
	if item.OneWay {
		parts = append(parts, "one-way")
	}
	if item.Took > 0 {
		parts = append(parts, words.Took(item.Took))
	}
	if item.Status != run.Todo && item.Status != "" {
		parts = append(parts, words.Step(item.Status))
	}
	return strings.Join(parts, " · ")
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

// result says what an effect did that ran steps; "" of any other.
func (r *Root) result() string {
	written, adopted, seen, total := 0, 0, 0, 0
	for _, item := range allItems(r.page.Blocks) {
		switch how := r.how(item.ID); {
		case item.Request == "" && item.Status == run.Done:
			seen++
		case item.Status == run.Done && how == run.Adopted:
			adopted++
		case item.Status == run.Done:
			written++
		}
		total++
	}
	if r.task.effect == nil || !r.task.effect.Writes || written+adopted == 0 {
		return ""
	}
	text := fmt.Sprintf("Done: %s (%d of %s written and read back", safe.Line(oneLine(r.task.effect.Title)), written, stepsOf(total))
	if adopted > 0 {
		text += fmt.Sprintf(", %d found as planned", adopted)
	}
	if seen > 0 { // what nobody writes: an Action is built, MFA has moved
		text += fmt.Sprintf(", %d seen to be so", seen)
	}
	return text + ")"
}

func stepsOf(n int) string {
	if n == 1 {
		return "1 step"
	}
	return itoa(n) + " steps"
}

// how is how a step of the run was done, where the run tells.
func (r *Root) how(id string) run.Event {
	if r.known.Run == nil {
		return ""
	}
	for _, s := range r.known.Run.Steps {
		if s.ID == id {
			return s.How
		}
	}
	return ""
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
		change = append([]string{c.th.Muted.Render("Before (-) and after (+)")}, indent(c.narrow(2).changes(noCommas(before), noCommas(after)), 2)...)
	}
	return append(stack(facts, sent, change), "")
}

// pretty is JSON for reading. Bytes are data and were not cleaned with the page, so they are here.
func pretty(raw json.RawMessage) string { return safe.Block(words.JSON(raw)) }

// noCommas takes the commas from the ends of the lines of a document: a value is not another one because something follows it, or does
// not any more.
func noCommas(document string) string {
	lines := strings.Split(document, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, ",")
	}
	return strings.Join(lines, "\n")
}
