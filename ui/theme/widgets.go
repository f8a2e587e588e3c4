package theme

import (
	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/textinput"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// Huh returns t as a theme for forms. It ignores Huh's own idea of light and dark, which reaches only the group that is
// shown, and hands out the same styles every time: Huh asks for them some 70 times for one key.
func (t *Theme) Huh() huh.Theme { return huh.ThemeFunc(func(bool) *huh.Styles { return t.form }) }

// Help returns the styles of the help bar. Those of Bubbles have a contrast between 1.4:1 and 3.4:1.
func (t *Theme) Help() help.Styles {
	return help.Styles{
		Ellipsis: t.Muted,
		ShortKey: t.Key, ShortDesc: t.Muted, ShortSeparator: t.Border,
		FullKey: t.Key, FullDesc: t.Muted, FullSeparator: t.Border,
	}
}

// Input returns the styles of a text field. The cursor is the terminal's own: it keeps its colour and does not blink.
func (t *Theme) Input() textinput.Styles {
	state := textinput.StyleState{Text: t.Text, Placeholder: t.Muted, Suggestion: t.Muted, Prompt: t.Accent}
	blurred := state
	blurred.Prompt = t.Muted
	return textinput.Styles{Focused: state, Blurred: blurred}
}

func (t *Theme) formStyles() *huh.Styles {
	plain := lipgloss.NewStyle()
	bar := plain.PaddingLeft(1).BorderStyle(lipgloss.ThickBorder()).BorderLeft(true)
	blurred := t.fieldStyles(bar.BorderStyle(lipgloss.HiddenBorder()), t.Text)
	// Only what has the focus has a ">": elsewhere the choice is marked as such.
	blurred.SelectSelector, blurred.MultiSelectSelector = plain.SetString("• "), plain.SetString("  ")
	blurred.NextIndicator, blurred.PrevIndicator = plain, plain
	return &huh.Styles{
		Group:          huh.GroupStyles{Title: t.Title, Description: t.Muted},
		FieldSeparator: plain.SetString("\n\n"),
		Focused:        t.fieldStyles(bar.BorderForeground(t.Accent.GetForeground()), t.Selected),
		Blurred:        blurred,
		Help:           t.Help(),
	}
}

// fieldStyles returns the styles of a field inside base; chosen is the style of what is selected or pressed in it.
func (t *Theme) fieldStyles(base, chosen lipgloss.Style) huh.FieldStyles {
	button := lipgloss.NewStyle().Padding(0, 2).MarginRight(1)
	return huh.FieldStyles{
		Base: base, Card: base,
		Title: t.Title, NoteTitle: t.Title, Description: t.Muted,
		ErrorIndicator: t.Bad.SetString(" " + Failed.Mark()),
		ErrorMessage:   t.Bad.SetString(Failed.Mark()),

		SelectSelector: chosen.SetString("> "), MultiSelectSelector: chosen.SetString("> "),
		Option: t.Text, SelectedOption: chosen, UnselectedOption: t.Text,
		SelectedPrefix: t.Accent.SetString("[x] "), UnselectedPrefix: t.Muted.SetString("[ ] "),
		NextIndicator: t.Accent.MarginLeft(1).SetString("→"), PrevIndicator: t.Accent.MarginRight(1).SetString("←"),
		Directory: t.Accent, File: t.Text,

		TextInput: huh.TextInputStyles{
			Cursor: t.Accent, CursorText: t.Text, Placeholder: t.Muted, Prompt: t.Accent, Text: t.Text,
		},

		FocusedButton: button.Inherit(t.Selected).Reverse(true), BlurredButton: button.Inherit(t.Text), Next: button.Inherit(t.Selected),
	}
}
