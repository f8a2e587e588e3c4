package screens

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"

	"upe/flows/run"
	"upe/ui/safe"
	"upe/ui/theme"
)

// spinner is one picture after the other of something going on.
const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"

// progress says what is happening, how far it is and how long it has taken.
func (r *Root) progress(c canvas) []string {
	mark := theme.Waiting.Mark()
	if !r.opts.ReducedMotion {
		pictures := []rune(spinner)
		mark = string(pictures[r.task.frame%len(pictures)])
	}
	text := safe.Line(oneLine(r.task.effect.Title))
	if r.mood == stopping {
		text += ": stopping after the request in flight"
	}
	lines := hang(r.th.Accent.Render(mark+" "), wrap(text, c.width-2))
	elapsed := r.opts.Now().Sub(r.task.started)
	if elapsed >= 2*time.Second && !r.opts.ReducedMotion {
		lines[len(lines)-1] += r.th.Muted.Render("   " + itoa(int(elapsed.Seconds())) + " s")
	}
	done, total := r.counted()
	switch {
	case total > 0:
		return append(lines, indent([]string{r.bar(done, total, c.width-2)}, 2)...)
	case elapsed >= long && !r.opts.ReducedMotion:
		return append(lines, indent([]string{r.wave()}, 2)...)
	}
	return lines
}

// long is how long something takes that gets a bar although nobody knows how far it is.
const long = time.Second

// barCells is how wide a progress bar is.
const barCells = 24

// wave is the bar of what does not tell how far it is: a piece of it that moves says that something goes on.
func (r *Root) wave() string {
	const piece = 5
	at := r.task.frame % (barCells - piece + 1)
	rest := barCells - piece - at
	empty := func(n int) string { return r.th.Border.Render(strings.Repeat("─", n)) }
	return empty(at) + r.th.Accent.Render(strings.Repeat("━", piece)) + empty(rest)
}

// bar is a progress bar with its numbers, and what is read: what a run looks at before it goes on takes long on a slow link.
func (r *Root) bar(done, total, width int) string {
	full := barCells * done / total
	bar := r.th.Accent.Render(strings.Repeat("━", full)) + r.th.Border.Render(strings.Repeat("─", barCells-full))
	text := itoa(done) + " of " + itoa(total)
	switch path, run := r.known.Reading.Path, r.known.Run; {
	case allSteps(r.page.Blocks) == 0 && path != "":
		text += "   " + oneLine(path)
	case run != nil && run.Looking.Total > 0: // the steps stand still meanwhile
		text += " · reading: " + itoa(run.Looking.Done) + " of " + itoa(run.Looking.Total) + " answered"
	}
	return bar + "  " + r.th.Muted.Render(cut(text, width-barCells-2))
}

// hinter is an error that knows what to do about it.
type hinter interface{ Hint() string }

// failurePage says what failed, why, and what to do.
func (r *Root) failurePage(c canvas) []string {
	title := "Not finished: " + safe.Line(oneLine(r.task.effect.Title))
	if errors.Is(r.failure, context.Canceled) {
		title = "Stopped: " + safe.Line(oneLine(r.task.effect.Title))
	}
	lines := hang(r.th.Bad.Render(theme.Failed.Mark()+" "), paragraph(r.th.Bad, title, c.width-2))
	inside := c.narrow(2)
	parts := slices.Concat(inside.part("Why", r.why()), inside.part("Do", r.whatToDo()))
	return append(lines, indent(parts, 2)...)
}

func (r *Root) why() string {
	if errors.Is(r.failure, context.Canceled) {
		return "you stopped it; a write in flight was waited for" + r.reached()
	}
	return safe.Block(r.failure.Error())
}

// reached says, of a run that was stopped, whether logins use anything of it by now.
func (r *Root) reached() string {
	if r.known.Run == nil || !r.task.effect.Writes {
		return ""
	}
	said := "; nothing is switched on, so no login uses it"
	for _, m := range r.known.Run.Moves {
		switch m.Status {
		case run.MoveStarted:
			return "; " + oneLine(m.Title) + " is begun and not finished: logins may use it already"
		case run.MoveSwitched, run.MoveConfirmed:
			said = "; what was switched on before stays so"
		case run.MoveNotReady, run.MoveReady:
		}
	}
	return said
}

func (r *Root) whatToDo() string {
	var known hinter
	switch {
	case errors.Is(r.failure, context.Canceled) && r.task.effect.Writes:
		return "enter goes on where it stopped" + r.later()
	case errors.As(r.failure, &known) && known.Hint() != "":
		return safe.Block(known.Hint())
	case r.task.editing:
		return "enter opens the editor again, with what you wrote; esc leaves the code as it was"
	case r.task.effect.Writes:
		return "enter tries again: what is done already is not done twice" + r.later()
	}
	return "enter tries again; esc goes back to your answers, which are kept"
}

// later names the folder from which a run can go on another day.
func (r *Root) later() string {
	if r.known.Folder == "" {
		return ""
	}
	return "; or quit and go on later: the run is kept in " + oneLine(r.known.Folder)
}

// helpPage lists every key. Where there is little room it does without air.
func (r *Root) helpPage(c canvas, height int) []string {
	airy := []string{r.th.Title.Render("Keys"), ""}
	var dense []string
	for _, entry := range r.helpEntries() {
		line := ""
		if entry.keys != "" {
			line = r.th.Key.Render(pad(entry.keys, helpColumn)) + r.th.Muted.Render(cut(entry.does, c.width-helpColumn))
			dense = append(dense, line)
		}
		airy = append(airy, line)
	}
	if len(airy) <= height {
		return airy
	}
	return dense
}

// helpColumn holds the longest names of keys.
const helpColumn = 18

// helpEntry is a line of the help page; an empty one parts groups.
type helpEntry struct{ keys, does string }

func (r *Root) helpEntries() []helpEntry {
	k := r.keys
	entries := []helpEntry{
		{names(k.Choose), "take the answer and go on"},
		{names(k.Back), "close what is open, or back"},
		{"tab, shift+tab", "next question, or the steps"},
		{},
		{names(k.Up) + ", " + names(k.Down), "choose an option, select a step"},
		{names(k.Toggle), "tick an option"},
		{names(newLineKey()), "new line in a longer text"},
		{"pgup, pgdn", "scroll"},
		{},
		{names(k.Details), "details: requests, sources"},
		{names(k.Save), "save as a file, where offered"},
	}
	if r.copyable() {
		entries = append(entries, helpEntry{names(k.Copy), "copy the selected step's request"})
	}
	if r.opts.Host.Requests != nil {
		entries = append(entries, helpEntry{names(k.Requests), "the requests that were sent"})
	}
	if r.opts.Editor != nil {
		entries = append(entries, helpEntry{names(k.Edit), "open code in your editor, where offered"})
	}
	if r.opts.Host.Rehearse != nil {
		entries = append(entries, helpEntry{names(k.Rehearse), "rehearse the plan on copies"})
	}
	if r.opts.Host.Handset != nil {
		entries = append(entries, helpEntry{names(k.Handset), "the phone of the demo"})
	}
	return append(entries,
		helpEntry{},
		helpEntry{names(k.Quit), "quit; stop what is running"},
		helpEntry{quitLetter, "quit, where no text is typed"},
		helpEntry{asideKey, "put aside; fg in the shell brings it back"},
	)
}

// names are the names of a binding's keys.
func names(b key.Binding) string { return strings.Join(b.Keys(), ", ") }
