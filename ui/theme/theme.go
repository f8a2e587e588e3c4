package theme

import (
	"image/color"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// Mode says which colours a theme uses.
type Mode uint8

const (
	// Normal uses the colours of this package.
	Normal Mode = iota
	// Plain uses none: bold, underline and reverse only, so that the reader's own colours stay.
	Plain
	// HighContrast uses colours that are further from the ground: nothing is dim, and every one has a contrast of at least 7:1.
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
	switch mode {
	case Plain:
		t.plain()
	case HighContrast:
		t.colours(lipgloss.LightDark(isDark), further)
	case Normal:
		t.colours(lipgloss.LightDark(isDark), calm)
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

// shade is one colour: as it is on a light background and on a dark one.
type shade struct{ light, dark string }

// palette is what the roles are painted with.
type palette struct {
	muted, accent, good, warn, bad, border, code shade
	added, removed                               shade // behind code
	onBanner                                     shade // the word in a banner, whose ground is one of the others
}

// The palettes of Normal and of HighContrast. A test computes the contrast of all their pairs.
var (
	calm = palette{
		muted: shade{"#5c6169", "#a3a9b2"}, accent: shade{"#2950c8", "#8fb4ff"},
		good: shade{"#1b6b36", "#7fcf95"}, warn: shade{"#855000", "#e3b667"}, bad: shade{"#b3261e", "#ff8f85"},
		border: shade{"#6b7079", "#858b95"}, code: shade{"#3a3f47", "#c8cdd5"},
		added: shade{"#e8f6ec", "#10261a"}, removed: shade{"#fdeceb", "#2f1517"},
		onBanner: shade{"#ffffff", "#101214"},
	}
	further = palette{
		muted: shade{"#2b2e33", "#dfe3e8"}, accent: shade{"#10308f", "#b3ceff"},
		good: shade{"#0b4a20", "#a3ecb6"}, warn: shade{"#5c3600", "#ffd98a"}, bad: shade{"#8c1008", "#ffbdb6"},
		border: shade{"#3d4148", "#c3c8d0"}, code: shade{"#000000", "#ffffff"},
		added: shade{"#e8f6ec", "#10261a"}, removed: shade{"#fdeceb", "#2f1517"},
		onBanner: shade{"#ffffff", "#000000"},
	}
)

// colours fills in the styles of a palette.
func (t *Theme) colours(pick lipgloss.LightDarkFunc, p palette) {
	plain := lipgloss.NewStyle()
	of := func(s shade) color.Color { return pick(lipgloss.Color(s.light), lipgloss.Color(s.dark)) }
	ink := func(s shade) lipgloss.Style { return plain.Foreground(of(s)) }
	banner := func(ground shade) lipgloss.Style {
		return ink(p.onBanner).Background(of(ground)).Bold(true).Padding(0, 1)
	}
	t.Text = plain
	t.Title, t.Key = plain.Bold(true), plain.Bold(true)
	t.Muted, t.Accent, t.Border, t.Code = ink(p.muted), ink(p.accent), ink(p.border), ink(p.code)
	t.Good, t.Warn, t.Bad = ink(p.good), ink(p.warn), ink(p.bad)
	t.Selected = t.Accent.Bold(true)
	t.Disabled = t.Muted
	t.Keyword, t.Literal, t.Comment = t.Accent, t.Warn, t.Muted
	t.DiffAdd, t.DiffDel = t.Good, t.Bad
	t.Added, t.Removed = plain.Background(of(p.added)), plain.Background(of(p.removed))
	t.Demo, t.DryRun, t.Live, t.Production = banner(p.accent), banner(p.muted), banner(p.warn), banner(p.bad)
}

// plain fills in the styles of Plain. It does not use faint, which lowers contrast.
func (t *Theme) plain() {
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
