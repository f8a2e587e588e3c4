package theme

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/viewport"
	"charm.land/huh/v2"
)

// Keys is the one key map: screens match against it, the help bar is written from it, and tests press through it.
//
// A plain letter is a shortcut only where no text is typed; each has a second key, with ctrl, that works in text fields too.
// None is a key that Huh's fields or a text field take for themselves, and a test keeps it so.
//
// Stop is Quit's key while a run is under way: the same ctrl+c, another promise. The root shows one of the two.
type Keys struct {
	Up, Down, Toggle, Choose, Next, Back key.Binding
	ScrollUp, ScrollDown                 key.Binding
	Details, Edit, Rehearse, Handset     key.Binding
	Save, Copy, Requests                 key.Binding
	Help, Quit, Stop                     key.Binding
}

// NewKeys returns the key map.
func NewKeys() Keys {
	return Keys{
		Up:         bind("↑", "up", "up", "k"),
		Down:       bind("↓", "down", "down", "j"),
		Toggle:     bind("space", "mark", "space", "x"),
		Choose:     bind("enter", "choose", "enter"),
		Next:       bind("enter", "next", "enter", "tab"),
		Back:       bind("esc", "back", "esc"),
		ScrollUp:   bind("pgup", "scroll up", "pgup"),
		ScrollDown: bind("pgdn", "scroll down", "pgdown"),
		Details:    bind("d", "details", "d", "ctrl+o"),
		Edit:       bind("e", "edit", "e", "ctrl+x"),
		Rehearse:   bind("r", "rehearse", "r", "ctrl+r"),
		Handset:    bind("p", "phone", "p", "ctrl+l"),
		Save:       bind("s", "save", "s", "ctrl+s"),
		Copy:       bind("c", "copy", "c", "ctrl+y"),
		Requests:   bind("l", "requests", "l", "f2"),
		Help:       bind("?", "help", "?", "f1"),
		Quit:       bind("ctrl+c", "quit", "ctrl+c"),
		Stop:       bind("ctrl+c", "stop", "ctrl+c"),
	}
}

// bind returns a binding of keys that the help bar shows as label and does.
func bind(label, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(label, does))
}

// All returns every binding in groups, one column each in the full help: moving, doing, the program.
func (k Keys) All() [][]key.Binding {
	return [][]key.Binding{
		{k.Up, k.Down, k.Toggle, k.Choose, k.Next, k.Back, k.ScrollUp, k.ScrollDown},
		{k.Details, k.Edit, k.Rehearse, k.Handset, k.Save, k.Copy, k.Requests},
		{k.Help, k.Quit, k.Stop},
	}
}

// Huh returns the keys of forms: Huh's own, laid under this map. Switched off are ctrl+c (the root's), the filter of lists (it
// takes esc, which is back), the external editor, and y and n, which would answer a confirmation that has just appeared.
func (k Keys) Huh() *huh.KeyMap {
	m := huh.NewDefaultKeyMap()
	off := key.NewBinding()
	m.Quit, m.Text.Editor, m.Input.AcceptSuggestion = off, off, off
	m.Confirm.Accept, m.Confirm.Reject = off, off
	m.Select.Filter, m.Select.SetFilter, m.Select.ClearFilter = off, off, off
	m.MultiSelect.Filter, m.MultiSelect.SetFilter, m.MultiSelect.ClearFilter = off, off, off
	m.Confirm.Toggle.SetKeys("left", "right") // not h and l too
	m.Select.Left, m.Select.Right = off, off  // of a list in one line, which there is none of
	m.Select.Up, m.Select.Down = k.Up, k.Down
	m.MultiSelect.Up, m.MultiSelect.Down, m.MultiSelect.Toggle = k.Up, k.Down, k.Toggle
	m.Select.Submit, m.MultiSelect.Submit = k.Choose, k.Next
	m.Input.Submit, m.Text.Submit, m.Note.Submit, m.Confirm.Submit = k.Next, k.Next, k.Next, k.Choose
	return m
}

// Viewport returns the keys of scrolled text: this map's only, since the letters of Bubbles' own are shortcuts here.
func (k Keys) Viewport() viewport.KeyMap {
	return viewport.KeyMap{Up: k.Up, Down: k.Down, PageUp: k.ScrollUp, PageDown: k.ScrollDown}
}
