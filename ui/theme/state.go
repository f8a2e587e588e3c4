package theme

import "charm.land/lipgloss/v2"

// State is how far along something is. It is shown as a mark and a word; colour only repeats them.
type State uint8

const (
	ToCome  State = iota // not begun
	Current              // being looked at or worked on
	Waiting              // begun; something else must happen first
	Done                 // finished and verified
	Warning              // finished, with something to look at
	Failed               // not finished, and not going on by itself
)

// Mark returns one narrow character.
func (s State) Mark() string {
	switch s {
	case Current:
		return "●"
	case Waiting:
		return "…"
	case Done:
		return "✓"
	case Warning:
		return "!"
	case Failed:
		return "✗"
	case ToCome:
	}
	return "○"
}

// Word returns what Mark means, for lines that are read aloud and for all who do not know the marks.
func (s State) Word() string {
	switch s {
	case Current:
		return "current"
	case Waiting:
		return "waiting"
	case Done:
		return "done"
	case Warning:
		return "warning"
	case Failed:
		return "failed"
	case ToCome:
	}
	return "to come"
}

// Of returns the style that goes with a state.
func (t *Theme) Of(s State) lipgloss.Style {
	switch s {
	case Current:
		return t.Accent
	case Waiting, Warning:
		return t.Warn
	case Done:
		return t.Good
	case Failed:
		return t.Bad
	case ToCome:
	}
	return t.Muted
}

// Mark returns the mark of a state in its style.
func (t *Theme) Mark(s State) string { return t.Of(s).Render(s.Mark()) }
