package screens

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/safe"
)

// The smallest window that is drawn into.
const (
	leastWidth  = 60
	leastHeight = 20
)

// Measures of the layout, in cells and lines.
const (
	margin    = 2   // left and right of everything
	railFrom  = 100 // from this width on the rail stands at the left
	railWidth = 30
	textWidth = 96 // longer lines are hard to read
)

// frame is the last drawing. Bubble Tea asks for a view after each message, whether it changed anything or not.
type frame struct {
	view   tea.View
	stale  bool
	drawn  bool
	window int  // how many lines of blocks were in sight
	sight  bool // the focused field was in sight
}

// View draws the screen. It is drawn anew only when a message has changed something.
func (r *Root) View() tea.View {
	if r.frame.drawn && !r.frame.stale {
		return r.frame.view
	}
	content, cursor := r.screen()
	v := tea.NewView(content)
	v.AltScreen = true
	v.WindowTitle = r.windowTitle()
	v.ProgressBar = r.progressBar()
	if cursor != nil {
		v.Cursor = tea.NewCursor(cursor.X, cursor.Y)
		v.Cursor.Shape, v.Cursor.Blink = tea.CursorBar, !r.opts.ReducedMotion
	}
	r.frame.view, r.frame.stale, r.frame.drawn = v, false, true
	return v
}

// tooSmall reports whether the window is smaller than what the screens need.
func (r *Root) tooSmall() bool { return r.width < leastWidth || r.height < leastHeight }

// inSight reports whether the focused field stood on the screen when the person pressed a key.
func (r *Root) inSight() bool { return !r.frame.drawn || r.frame.sight }

// screen is everything, and the place of the cursor.
func (r *Root) screen() (string, *tea.Position) {
	if r.width == 0 || r.height == 0 {
		return "", nil
	}
	if r.tooSmall() {
		return cut(smallNotice(r.width, r.height), r.width), nil
	}
	c := r.canvas()
	head, foot := r.head(), r.foot()
	body, cursor := r.body(c, r.height-len(head)-len(foot))
	left := strings.Repeat(" ", margin)
	if cursor != nil {
		cursor = &tea.Position{X: cursor.X + margin, Y: cursor.Y + len(head)}
	}
	if r.wide() {
		body = beside(r.rail(), railWidth, body)
		if cursor != nil {
			cursor.X += railWidth
		}
	}
	lines := make([]string, 0, r.height)
	for _, part := range [][]string{head, body, foot} {
		for _, line := range part {
			lines = append(lines, strings.TrimRight(cut(left+line, r.width), " "))
		}
	}
	return strings.Join(lines, "\n"), cursor
}

func smallNotice(w, h int) string {
	return "Too small: " + itoa(w) + "x" + itoa(h) + ", needs " + itoa(leastWidth) + "x" + itoa(leastHeight)
}

// wide reports whether the rail stands at the left. It makes room for code.
func (r *Root) wide() bool { return r.width >= railFrom && !inCode(r.page.Blocks) }

// canvas is the room for the page's content.
func (r *Root) canvas() canvas {
	width := r.width - 2*margin
	if r.wide() {
		width -= railWidth
	}
	return canvas{th: r.th, width: min(width, textWidth), room: width, prose: max(r.height-aroundProse, mostProse), details: r.details, step: r.step, pointing: r.pointing()}
}

// beside puts lines to the right of others.
func beside(left []string, width int, right []string) []string {
	joined := make([]string, len(right))
	for i := range joined {
		cell := ""
		if i < len(left) {
			cell = left[i]
		}
		joined[i] = pad(cell, width) + right[i]
	}
	return joined
}

// body is the page between head and foot, exactly height lines.
func (r *Root) body(c canvas, height int) ([]string, *tea.Position) {
	switch r.overlay {
	case helping:
		return fill(r.helpPage(c, height), height), nil
	case leaving:
		return fill(r.leavePage(c), height), nil
	case copying:
		return fill(r.copyPage(c, height), height), nil
	case listing:
		return fill(r.requestsPage(c, height), height), nil
	case uncovered:
	}
	lines, cursor := r.sheet(c, height)
	return fill(lines, height), cursor
}

func shift(at *tea.Position, by int) *tea.Position {
	if at == nil {
		return nil
	}
	return &tea.Position{X: at.X, Y: at.Y + by}
}

// fill makes lines exactly height many.
func fill(lines []string, height int) []string {
	height = max(height, 0)
	filled := make([]string, height)
	copy(filled, lines)
	return filled
}

// windowTitle is the terminal's title: whose tenant this is, where in the conversation, and how far what is being done has come. It is
// written to the terminal as it stands, so it is safe as a whole.
func (r *Root) windowTitle() string {
	title := strings.TrimSpace("upe " + r.known.Tenant.Domain)
	if r.page.Group != "" {
		title += ": " + string(r.page.Group)
	}
	if done, total := r.counted(); r.works() && total > 0 {
		title += " (" + itoa(done) + " of " + itoa(total) + ")"
	}
	return safe.Line(oneLine(title))
}

// progressBar is the progress for the terminal's own bar (OSC 9;4).
func (r *Root) progressBar() *tea.ProgressBar {
	switch {
	case r.mood == failed:
		return tea.NewProgressBar(tea.ProgressBarError, 100)
	case !r.works():
		return nil
	}
	done, total := r.counted()
	if total == 0 {
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	return tea.NewProgressBar(tea.ProgressBarDefault, 100*done/total)
}

// counted is how far the running effect is, as far as what is shown tells; total is 0 when it does not.
func (r *Root) counted() (done, total int) {
	for _, b := range r.page.Blocks {
		if steps, ok := b.(wizard.Steps); ok {
			for _, item := range steps.Items {
				if item.Status == run.Done {
					done++
				}
			}
			total += len(steps.Items)
		}
	}
	if total == 0 && r.known.Reading.Done < r.known.Reading.Total {
		return r.known.Reading.Done, r.known.Reading.Total
	}
	return done, total
}
