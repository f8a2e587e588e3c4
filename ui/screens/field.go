package screens

import (
	"fmt"
	"io"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"upe/flows/wizard"
)

// A field is one place of a form that can be focused: a question, or the button that goes on.
type field interface {
	huh.Field
	// value is what would be answered now. A text that was not edited is the very text the field was filled with.
	value() wizard.Value
	// typing reports whether letters are text here, and therefore no shortcuts.
	typing() bool
	// draw draws the part in which one answers. hot are the lines that should be in sight; cursor is where the terminal's
	// cursor belongs in them, nil for none.
	draw(c canvas) (lines []string, hot span, cursor *tea.Position)
	// help lists the keys that do something here.
	help() []key.Binding
}

// span is a range of lines.
type span struct{ from, to int }

// fieldBase is what the fields of our own have in common. Huh asks for more than an embedded form needs; what stays unused
// is answered here.
type fieldBase struct{ focused bool }

func (b *fieldBase) Init() tea.Cmd                            { return nil }
func (b *fieldBase) Focus() tea.Cmd                           { b.focused = true; return nil }
func (b *fieldBase) Blur() tea.Cmd                            { b.focused = false; return nil }
func (b *fieldBase) Error() error                             { return nil } // the form keeps errors: Huh's block the way back
func (b *fieldBase) Skip() bool                               { return false }
func (b *fieldBase) Zoom() bool                               { return false }
func (b *fieldBase) KeyBinds() []key.Binding                  { return nil }
func (b *fieldBase) GetKey() string                           { return "" }
func (b *fieldBase) View() string                             { return "" }
func (b *fieldBase) Run() error                               { return errEmbedded }
func (b *fieldBase) RunAccessible(io.Writer, io.Reader) error { return errEmbedded }

// errEmbedded is answered to who runs a field by itself.
var errEmbedded = fmt.Errorf("screens: fields live in a form of Root: %w", huh.ErrUserAborted)

// leave gives the message by which a field passes the focus on, or nil when the key is not for that.
func leave(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "enter", "tab":
		return huh.NextField
	case "shift+tab":
		return huh.PrevField
	}
	return nil
}
