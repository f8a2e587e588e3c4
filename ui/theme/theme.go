package theme

import (
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// Mode says whether a theme may use colours.
type Mode uint8

const (
	// Normal uses the colours of this package.
	Normal Mode = iota
	// HighContrast uses none: bold, underline and reverse only, so that the reader's own colours stay.
	HighContrast
)

// Theme holds a style for each role. The root makes one and hands the pointer to its screens; it belongs to the goroutine
// of Update and View.
type Theme struct {
	Title    lipgloss.Style // the heading of a page or block
	Text     lipgloss.Style // ordinary text: the terminal's own colour
	Muted    lipgloss.Style // what may be overlooked: hints, units, sources
	Accent   lipgloss.Style // where the reader is; the value that matters
	Good     lipgloss.Style // done, works
	Warn     lipgloss.Style // works, but look at this
	Bad      lipgloss.Style // failed, blocked
	Border   lipgloss.Style // lines and boxes
	Selected lipgloss.Style // the row under the cursor
	Disabled lipgloss.Style // what cannot be chosen now; the reason stands beside it
	Key      lipgloss.Style // a key in the help bar
	Code     lipgloss.Style // requests, JSON, JavaScript
	Keyword  lipgloss.Style // in code: const, return, await
	Literal  lipgloss.Style // in code: texts, numbers, regular expressions
	Comment  lipgloss.Style // in code
	DiffAdd  lipgloss.Style // a line beginning with "+"
	DiffDel  lipgloss.Style // a line beginning with "-"
	Added    lipgloss.Style // behind a line of code that is new
	Removed  lipgloss.Style // behind a line of code that is gone

	// Banners say what the program is connected to; the word stands inside.
	Demo, DryRun, Live, Production lipgloss.Style

	mode Mode
	dark bool
	form *huh.Styles
}

// New returns a theme for a terminal with a dark or a light background.
func New(isDark bool, mode Mode) *Theme {
	t := &Theme{mode: mode, dark: isDark}
	if mode == HighContrast {
		t.highContrast()
	} else {
		t.colours(lipgloss.LightDark(isDark))
	}
	t.form = t.formStyles()
	return t
}

// Adapt changes t in place to a dark or a light background, for forms that are open as well. The mode stays.
func (t *Theme) Adapt(isDark bool) {
	if t.dark != isDark {
		*t = *New(isDark, t.mode)
	}
}

// Dark reports whether t is for a dark background.
func (t *Theme) Dark() bool { return t.dark }

// colours fills in the styles of Normal. Left of each pair is the colour on a light background, right the one on a dark.
func (t *Theme) colours(pick lipgloss.LightDarkFunc) {
	plain := lipgloss.NewStyle()
	ink := func(light, dark string) lipgloss.Style {
		return plain.Foreground(pick(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	banner := func(light, dark string) lipgloss.Style {
		return ink("#ffffff", "#101214").Background(pick(lipgloss.Color(light), lipgloss.Color(dark))).Bold(true).Padding(0, 1)
	}
	t.Text = plain
	t.Title = plain.Bold(true)
	t.Muted = ink("#5c6169", "#a3a9b2")
	t.Accent = ink("#2950c8", "#8fb4ff")
	t.Good = ink("#1b6b36", "#7fcf95")
	t.Warn = ink("#855000", "#e3b667")
	t.Bad = ink("#b3261e", "#ff8f85")
	t.Border = ink("#6b7079", "#858b95")
	t.Selected = t.Accent.Bold(true)
	t.Disabled = t.Muted
	t.Key = plain.Bold(true)
	t.Code = ink("#3a3f47", "#c8cdd5")
	t.Keyword, t.Literal, t.Comment = t.Accent, t.Warn, t.Muted
	t.DiffAdd, t.DiffDel = t.Good, t.Bad
	tint := func(light, dark string) lipgloss.Style {
		return plain.Background(pick(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	t.Added, t.Removed = tint("#e8f6ec", "#10261a"), tint("#fdeceb", "#2f1517")
	t.Demo = banner("#2950c8", "#8fb4ff")
	t.DryRun = banner("#5c6169", "#a3a9b2")
	t.Live = banner("#855000", "#e3b667")
	t.Production = banner("#b3261e", "#ff8f85")
}

// highContrast fills in the styles of HighContrast. It does not use faint, which lowers contrast.
func (t *Theme) highContrast() {
	plain := lipgloss.NewStyle()
	bold, reverse := plain.Bold(true), plain.Reverse(true)
	t.Text, t.Muted, t.Border, t.Code, t.Disabled = plain, plain, plain, plain, plain
	t.Title = bold.Underline(true)
	t.Accent, t.Good, t.Warn, t.Key, t.DiffAdd, t.DiffDel = bold, bold, bold, bold, bold, bold
	t.Keyword, t.Literal, t.Comment = plain, plain, plain
	t.Added, t.Removed = plain, plain
	t.Bad = bold.Underline(true)
	t.Selected = reverse
	banner := reverse.Padding(0, 1)
	t.Demo, t.DryRun = banner, banner
	t.Live, t.Production = banner.Bold(true), banner.Bold(true).Underline(true)
}
