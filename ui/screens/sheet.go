package screens

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/theme"
)

// Lines of blocks above a question that stays in sight; with less, the question scrolls along.
const (
	leastBlocks = 4
	tightBlocks = 2
)

// sheet is the page: its title, what one looks at, and what one acts on. It does without air where that makes all of it fit,
// and where there is too little room for a question and some of what it is about.
func (r *Root) sheet(c canvas, height int) ([]string, *tea.Position) {
	blocks := r.blocks()
	p := r.parts(c, blocks)
	phone := r.phoneWants(c)
	if room := p.space(height) - phone; room < len(p.above.lines) {
		c.tight = true
		if tight := r.parts(c, blocks); room < leastBlocks || tight.fits(height-phone) {
			p = tight
		}
	}
	if !p.fits(height) {
		first, then := byUrgency(blocks)
		p.above = r.above(p.c, first, then)
	}
	top := p.top
	if r.phone {
		top = append(top, r.phonePanel(p.c, p.phoneRoom(height))...)
	}
	lines, cursor := r.arrange(p.c, p.above, p.below, height-len(top))
	return append(top, lines...), shift(cursor, len(top))
}

// parts are the parts of a page.
type parts struct {
	c     canvas
	top   []string
	above drawing
	below drawn
}

func (r *Root) parts(c canvas, blocks []wizard.Block) parts {
	return parts{c: c, top: r.top(c), above: r.above(c, nil, blocks), below: r.below(c)}
}

// space is what is left for what one looks at.
func (p parts) space(height int) int {
	room := height - len(p.top)
	return room - len(p.below.lines) - p.c.gap(len(p.above.lines), len(p.below.lines), room)
}

// gap is the line between what one looks at and what one acts on. It goes where the last line is needed to show all.
func (c canvas) gap(above, below, room int) int {
	if above == 0 || c.tight && above+below == room {
		return 0
	}
	return 1
}

// fits reports whether all of it is in sight at once.
func (p parts) fits(height int) bool { return len(p.above.lines) <= p.space(height) }

// least is how many lines of blocks there must be above a question that stays.
func (c canvas) least() int {
	if c.tight {
		return tightBlocks
	}
	return leastBlocks
}

// top is what the effect of the page before did, and the title.
func (r *Root) top(c canvas) []string {
	var done []string
	if r.achieved != "" {
		done = hang(r.th.Good.Render(theme.Done.Mark()+" "), paragraph(r.th.Good, r.achieved, c.width-2))
	}
	title := paragraph(r.th.Accent.Bold(true), r.page.Title, c.width)
	if c.tight {
		return slices.Concat(done, title)
	}
	return append(stack(done, title), "")
}

// above are lead and blocks: what one looks at. Some blocks may come before the lead.
func (r *Root) above(c canvas, first, blocks []wizard.Block) drawing {
	lead := c.join(c.blocks(first).lines, paragraph(r.th.Text, r.page.Lead, c.width))
	shown := c.blocks(blocks)
	all := c.join(lead, shown.lines)
	return drawing{lines: all, hot: shown.hot.shift(len(all) - len(shown.lines))}
}

// join puts lines below each other, with air between them where there is room for it.
func (c canvas) join(above, below []string) []string {
	if c.tight {
		return slices.Concat(above, below)
	}
	return stack(above, below)
}

// blocks are those of the page, and those that follow the answers while they are given. An open handset shows what the page
// would show of it.
func (r *Root) blocks() []wizard.Block {
	all := slices.Clone(r.page.Blocks)
	if r.phone {
		all = slices.DeleteFunc(all, func(b wizard.Block) bool { _, ok := b.(wizard.Messages); return ok })
	}
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
	var lines []string
	switch r.mood {
	case running, stopping:
		lines = r.progress(c)
	case failed:
		lines = r.failurePage(c)
	case asking:
		return r.form.draw(c)
	}
	all := span{0, len(lines)}
	return drawn{lines: lines, hot: all, whole: all}
}

// arrange puts both into the room there is. When all fits, they follow each other; when it does not, the blocks scroll above
// a form that stays; and when the form leaves no room for blocks, everything scrolls.
func (r *Root) arrange(c canvas, above drawing, below drawn, room int) ([]string, *tea.Position) {
	gap := c.gap(len(above.lines), len(below.lines), room)
	switch space := room - len(below.lines) - gap; {
	case len(above.lines) <= space, space >= c.least():
		return r.pinned(c, above, below, space, gap)
	default:
		return r.flowing(c, above, below, room)
	}
}

func (r *Root) pinned(c canvas, above drawing, below drawn, space, gap int) ([]string, *tea.Position) {
	r.frame.window, r.frame.sight = space, true
	if r.follow && !above.hot.none() {
		r.reveal(above.hot, space)
	}
	r.clamp(len(above.lines), space)
	end := min(r.scroll+space, len(above.lines))
	lines := append([]string{}, above.lines[r.scroll:end]...)
	if gap > 0 {
		lines = append(lines, r.seam(c, r.scroll, len(above.lines)-end))
	}
	return append(lines, below.lines...), shift(below.cursor, len(lines))
}

func (r *Root) flowing(c canvas, above drawing, below drawn, room int) ([]string, *tea.Position) {
	all := stack(above.lines, below.lines)
	top := len(all) - len(below.lines)
	space := room - 1 // the seam
	r.frame.window = space
	// A question belongs together: its title above, its error below. One that is too long is shown where one answers, between the two.
	hot := below.whole.shift(top)
	if hot.to-hot.from > space && !r.onSteps {
		return r.squeezed(c, all, below, top, room)
	}
	switch {
	case r.fresh || !r.follow:
	case r.onSteps && !above.hot.none():
		r.reveal(above.hot, space)
	default:
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

// squeezed shows a question that is longer than the room: where one answers, with its title above and what is wrong with the answer
// below, both always in sight.
func (r *Root) squeezed(c canvas, all []string, below drawn, top, room int) ([]string, *tea.Position) {
	whole, hot := below.whole.shift(top), below.hot.shift(top)
	whole.to -= len(below.wrong)
	hot.to = min(hot.to, whole.to)
	all = slices.Delete(slices.Clone(all), whole.to, whole.to+len(below.wrong))
	wrong := below.wrong[:min(len(below.wrong), mostEdge)]
	space := max(room-1-len(wrong), 1) // the seam
	if r.follow && !r.fresh {
		r.reveal(span{max(hot.from-len(below.title), 0), hot.to}, space)
	}
	r.clamp(len(all), space)
	end := min(r.scroll+space, len(all))
	r.frame.sight = hot.from >= r.scroll && min(hot.to, hot.from+space) <= end
	lines := slices.Clone(all[r.scroll:end])
	if r.scroll > whole.from && r.scroll < whole.to {
		copy(lines, below.title)
	}
	cursor := shift(below.cursor, top-r.scroll)
	if cursor != nil && (cursor.Y < 0 || cursor.Y >= len(lines)) {
		cursor = nil
	}
	return slices.Concat(fill(lines, space), wrong, []string{r.seam(c, r.scroll, len(all)-end)}), cursor
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
