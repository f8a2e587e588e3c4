package screens

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"upe/flows/wizard"
)

// button goes on to the next page. A page that writes has one even when it asks something: going on is a press of its own.
type button struct {
	fieldBase
	label func() string
}

func (b *button) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return b, leave(press)
	}
	return b, nil
}

func (b *button) value() wizard.Value { return nil }

func (b *button) typing() bool { return false }

func (b *button) draw(c canvas) (lines []string, hot span, cursor *tea.Position) {
	styles := c.th.Huh().Theme(c.th.Dark())
	style := styles.Blurred.BlurredButton
	if b.focused {
		style = styles.Focused.FocusedButton
	}
	label := "[ " + cut(oneLine(b.label()), c.width-4) + " ]"
	return []string{style.Padding(0).Margin(0).Render(label)}, span{0, 1}, nil
}

func (b *button) help() []key.Binding { return nil }

func (b *button) GetValue() any                            { return nil }
func (b *button) WithTheme(huh.Theme) huh.Field            { return b }
func (b *button) WithKeyMap(*huh.KeyMap) huh.Field         { return b }
func (b *button) WithWidth(int) huh.Field                  { return b }
func (b *button) WithHeight(int) huh.Field                 { return b }
func (b *button) WithPosition(huh.FieldPosition) huh.Field { return b }
