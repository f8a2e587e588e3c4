package screens

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

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
	margin      = 2   // left and right of everything
	railFrom    = 100 // from this width on the rail stands at the left
	railWidth   = 30
	textWidth   = 96 // longer lines are hard to read
	leastBlocks = 4  // lines: with less the question scrolls along
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
	v.WindowTitle = safe.Line(oneLine("upe - " + r.known.Tenant.Domain + " - " + r.page.Title))
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

func (r *Root) wide() bool { return r.width >= railFrom }

// canvas is the room for the page's content.
func (r *Root) canvas() canvas {
	width := r.width - 2*margin
	if r.wide() {
		width -= railWidth
	}
	return canvas{th: r.th, width: min(width, textWidth), details: r.details, step: r.selected()}
}

// selected is the step that is pointed at. Where a question is asked the arrow keys belong to it, so a step is pointed
// at only to show its details.
func (r *Root) selected() int {
	if len(r.page.Questions) > 0 && !r.details && !r.works() {
		return -1
	}
	return r.step
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
	case uncovered:
	}
	title := append(paragraph(r.th.Accent.Bold(true), r.page.Title, c.width), "")
	room := height - len(title)
	above := r.above(c)
	below := r.below(c)
	lines, cursor := r.arrange(c, above, below, room)
	if cursor != nil {
		cursor = &tea.Position{X: cursor.X, Y: cursor.Y + len(title)}
	}
	return fill(append(title, lines...), height), cursor
}

// above are lead and blocks: what one looks at.
func (r *Root) above(c canvas) drawing {
	lead := paragraph(r.th.Text, r.page.Lead, c.width)
	shown := c.blocks(r.blocks())
	all := drawing{lines: stack(lead, shown.lines), hot: -1}
	if shown.hot >= 0 {
		all.hot = len(all.lines) - len(shown.lines) + shown.hot
	}
	return all
}

// blocks are those of the page, those that follow the answers while they are given, and the handset.
func (r *Root) blocks() []wizard.Block {
	var all []wizard.Block
	if r.phone && r.opts.Host.Handset != nil {
		all = append(all, wizard.Messages{Items: r.known.Handset})
	}
	all = append(all, r.page.Blocks...)
	if r.page.Live == nil {
		return all
	}
	answers := r.session.Answers()
	for key, value := range r.form.given() {
		answers[key] = value
	}
	return append(all, safe.Clean(r.page.Live(answers))...)
}

// below is what one acts on: the form, what is happening, or what went wrong.
func (r *Root) below(c canvas) drawn {
	switch r.mood {
	case running, stopping:
		lines := r.progress(c)
		return drawn{lines: lines, hot: span{0, len(lines)}}
	case failed:
		lines := r.failurePage(c)
		return drawn{lines: lines, hot: span{0, len(lines)}}
	case asking:
	}
	return r.form.draw(c)
}

// arrange puts both into the room there is. When all fits, they follow each other; when it does not, the blocks scroll above
// a form that stays; and when the form leaves no room for blocks, everything scrolls.
func (r *Root) arrange(c canvas, above drawing, below drawn, room int) ([]string, *tea.Position) {
	gap := min(len(above.lines), 1)
	switch space := room - len(below.lines) - gap; {
	case len(above.lines) <= space, space >= leastBlocks:
		return r.pinned(c, above, below, space)
	default:
		return r.flowing(c, above, below, room)
	}
}

func (r *Root) pinned(c canvas, above drawing, below drawn, space int) ([]string, *tea.Position) {
	r.frame.window, r.frame.sight = space, true
	if r.follow && above.hot >= 0 {
		r.reveal(span{above.hot, above.hot + 1}, space)
	}
	r.clamp(len(above.lines), space)
	end := min(r.scroll+space, len(above.lines))
	lines := append([]string{}, above.lines[r.scroll:end]...)
	if len(above.lines) > 0 {
		lines = append(lines, r.seam(c, r.scroll, len(above.lines)-end))
	}
	return append(lines, below.lines...), shift(below.cursor, len(lines))
}

func (r *Root) flowing(c canvas, above drawing, below drawn, room int) ([]string, *tea.Position) {
	all := stack(above.lines, below.lines)
	top := len(all) - len(below.lines)
	space := room - 1 // the seam
	r.frame.window = space
	hot := span{top + below.hot.from, top + below.hot.to}
	if r.follow && !r.fresh {
		r.reveal(hot, space)
	}
	r.clamp(len(all), space)
	end := min(r.scroll+space, len(all))
	r.frame.sight = hot.from >= r.scroll && min(hot.to, hot.from+space) <= end
	lines := append([]string{}, all[r.scroll:end]...)
	cursor := shift(below.cursor, top-r.scroll)
	if cursor != nil && (cursor.Y < 0 || cursor.Y >= len(lines)) {
		cursor = nil
	}
	return append(fill(lines, space), r.seam(c, r.scroll, len(all)-end)), cursor
}

// reveal scrolls as little as needed to bring lines into sight.
func (r *Root) reveal(lines span, space int) {
	if lines.to > r.scroll+space {
		r.scroll = lines.to - space
	}
	r.scroll = min(r.scroll, lines.from)
}

func (r *Root) clamp(lines, space int) {
	r.scroll = max(min(r.scroll, lines-space), 0)
	r.follow = false
}

// seam is the line between what scrolls and what stays. It says when there is more.
func (r *Root) seam(c canvas, hiddenAbove, hiddenBelow int) string {
	var more []string
	if hiddenAbove > 0 {
		more = append(more, "↑ "+lineCount(hiddenAbove)+" (pgup)")
	}
	if hiddenBelow > 0 {
		more = append(more, "↓ "+lineCount(hiddenBelow)+" (pgdn)")
	}
	if len(more) == 0 {
		return ""
	}
	text := " " + strings.Join(more, "   ") + " "
	rule := strings.Repeat("─", max(c.width-ansi.StringWidth(text)-2, 0))
	return r.th.Border.Render("──") + r.th.Muted.Render(text) + r.th.Border.Render(rule)
}

func lineCount(n int) string {
	if n == 1 {
		return "1 more line"
	}
	return itoa(n) + " more lines"
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
