package screens

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/words"
)

// opensRequests opens the list of requests, if that is what a key does.
func (r *Root) opensRequests(msg tea.KeyPressMsg) bool {
	if r.opts.Host.Requests == nil || !key.Matches(msg, r.keys.Requests) {
		return false
	}
	r.overlay, r.older = listing, 0
	return true
}

// requestsBind is its key, where there is a list.
func (r *Root) requestsBind() []key.Binding {
	if r.opts.Host.Requests == nil {
		return nil
	}
	return []key.Binding{r.spelled(r.keys.Requests)}
}

func (r *Root) pressRequests(msg tea.KeyPressMsg) {
	if !r.turns(msg) {
		r.overlay = uncovered
	}
}

// requestsPage lists the requests that were sent, the newest last, and what is being done meanwhile.
func (r *Root) requestsPage(c canvas, height int) []string {
	sent := r.opts.Host.Requests()
	head := append(paragraph(r.th.Title, fmt.Sprintf("Requests: %d, the newest last", len(sent)), c.width), "")
	var foot []string
	if r.works() {
		foot = append([]string{""}, r.progress(c)...)
	}
	lines := make([]string, 0, len(sent))
	for _, s := range sent {
		lines = append(lines, c.sent(s))
	}
	if len(lines) == 0 {
		lines = []string{r.th.Muted.Render("Nothing was sent yet.")}
	}
	return slices.Concat(head, r.sheaf(c, lines, height-len(head)-len(foot)), foot)
}

// sent is one request in one line. The path is at its end, where what does not fit is cut.
func (c canvas) sent(s wizard.Request) string {
	answer, style := fmt.Sprint(s.Status), c.th.Good
	switch {
	case s.Status == 0:
		answer, style = "no answer", c.th.Bad
	case s.Status >= 400: //nolint:mnd // statuses from there on refuse
		style = c.th.Warn
	}
	line := c.th.Muted.Render(words.Clock(s.At)) + "  " + pad(safe.Line(s.Method), 7) + style.Render(pad(answer, 10)) +
		c.th.Muted.Render(fmt.Sprintf("%8s", words.Took(s.Took))) + "  " + strings.TrimPrefix(safe.Line(s.Path), "/api/v2")
	if s.Attempt > 1 {
		line += c.th.Muted.Render(fmt.Sprintf("  attempt %d", s.Attempt))
	}
	if s.Error != "" {
		line += "  " + safe.Line(s.Error)
	}
	return cut(line, c.width)
}

// nothingOlder looks at a list from its beginning.
const nothingOlder = 1 << 30

// turns reports whether a key scrolls in what covers the page, and scrolls.
func (r *Root) turns(msg tea.KeyPressMsg) bool {
	page := max(r.height/2, 1)
	switch {
	case key.Matches(msg, r.keys.ScrollUp):
		r.older += page
	case key.Matches(msg, r.keys.ScrollDown):
		r.older -= page
	case key.Matches(msg, r.keys.Up):
		r.older++
	case key.Matches(msg, r.keys.Down):
		r.older--
	default:
		return false
	}
	return true
}

// sheaf is what of a list fits into a height, with a line that says what is above and below. It stays at its end while it grows.
func (r *Root) sheaf(c canvas, lines []string, height int) []string {
	if len(lines) <= height {
		r.older = 0
		return lines
	}
	space := max(height-1, 1)
	r.older = max(min(r.older, len(lines)-space), 0)
	end := len(lines) - r.older
	return append(slices.Clone(lines[end-space:end]), r.seam(c, end-space, r.older))
}
