package screens

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// wrap breaks text into lines of at most width cells, at words where it can.
func wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(width, 1), ""), "\n")
}

// paint puts a style on every line by itself: a style that spans lines would pad them to one width.
func paint(style lipgloss.Style, lines []string) []string {
	painted := make([]string, len(lines))
	for i, line := range lines {
		painted[i] = style.Render(line)
	}
	return painted
}

// paragraph is text in a style.
func paragraph(style lipgloss.Style, text string, width int) []string {
	if text == "" {
		return nil
	}
	return paint(style, wrap(text, width))
}

// pad fills text up with blanks to width cells, and leaves longer text alone.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-ansi.StringWidth(text), 0))
}

// cut shortens text to width cells and says so with an ellipsis.
func cut(text string, width int) string { return ansi.Truncate(text, max(width, 0), "…") }

// atMost wraps text into at most limit lines; what is left over is cut.
func atMost(limit int, text string, width int) []string {
	lines := wrap(text, width)
	if len(lines) <= limit {
		return lines
	}
	rest := strings.Join(lines[limit-1:], " ")
	return append(lines[:limit-1:limit-1], cut(rest, width))
}

// hang puts lines behind a label; the lines after the first are indented under the first.
func hang(label string, lines []string) []string {
	indent := strings.Repeat(" ", ansi.StringWidth(label))
	hung := make([]string, len(lines))
	for i, line := range lines {
		hung[i] = indent + line
		if i == 0 {
			hung[i] = label + line
		}
	}
	return hung
}

// indent moves lines to the right.
func indent(lines []string, by int) []string { return hang(strings.Repeat(" ", by), lines) }

// oneLine joins what would break a line of its own.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// stack puts blocks of lines below each other with a blank line between them, leaving empty ones out.
func stack(blocks ...[]string) []string {
	var lines []string
	for _, b := range blocks {
		if len(b) == 0 {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, b...)
	}
	return lines
}

// ends puts left and right at the two ends of a line. The right end is kept when there is not room for both.
func ends(left, right string, width int) string {
	room := width - ansi.StringWidth(right)
	if ansi.StringWidth(left) > room-1 {
		left = cut(left, room-1)
	}
	return pad(left, room) + right
}
