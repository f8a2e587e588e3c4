package screens

import (
	"fmt"
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"upe/flows/wizard"
)

// Heights of a field for several lines. In a tall window it is taller: code is read before it is changed.
const (
	leastProse  = 3
	mostProse   = 8
	aroundProse = 18 // what else a page with such a field shows
)

// prose is a field for several lines of text: a template, code.
type prose struct {
	fieldBase
	area   textarea.Model
	filled string // what the field was filled with
	clean  string // the same as the area keeps it: tabs become blanks
}

func newProse(filled string) *prose {
	p := &prose{area: textarea.New(), filled: filled}
	p.area.SetVirtualCursor(false)
	p.area.Prompt, p.area.ShowLineNumbers = "", false
	p.area.MaxHeight = 0 // Bubbles would refuse the hundredth line
	p.area.KeyMap.InsertNewline = newLineKey()
	p.area.KeyMap.Paste = key.NewBinding() // as in a line
	p.area.SetValue(filled)
	p.area.MoveToBegin()
	p.clean = p.area.Value()
	return p
}

// newLineKey breaks a line; enter goes on, as in every other field.
func newLineKey() key.Binding {
	return key.NewBinding(key.WithKeys("ctrl+j", "alt+enter"), key.WithHelp("ctrl+j", "new line"))
}

func (p *prose) Focus() tea.Cmd {
	p.focused = true
	p.area.Focus()
	return nil
}

func (p *prose) Blur() tea.Cmd {
	p.focused = false
	p.area.Blur()
	return nil
}

func (p *prose) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if cmd := leave(msg); cmd != nil {
			return p, cmd
		}
	case tea.PasteMsg:
	default:
		return p, nil
	}
	p.area, _ = p.area.Update(msg)
	return p, nil
}

func (p *prose) value() wizard.Value {
	if p.area.Value() == p.clean {
		return p.filled
	}
	return p.area.Value()
}

func (p *prose) typing() bool { return true }

func (p *prose) draw(c canvas) (lines []string, hot span, cursor *tea.Position) {
	p.area.SetWidth(c.width)
	p.area.SetHeight(min(max(strings.Count(p.filled, "\n")+1, leastProse), c.prose))
	p.area.SetStyles(proseStyles(c))
	text, hidden := unseen(p.area.View())
	lines = strings.Split(text, "\n")
	if at := p.area.Cursor(); at != nil && p.focused {
		cursor = &tea.Position{X: min(at.X, c.width-1), Y: at.Y}
		hot = span{at.Y, at.Y + 1}
	}
	if more := p.area.LineCount() - p.area.Height(); more > 0 {
		lines = append(lines, c.th.Muted.Render(fmt.Sprintf("%d lines; the arrow keys scroll", p.area.LineCount())))
	}
	if hidden > 0 {
		lines = append(lines, c.th.Warn.Render(fmt.Sprintf("! %d invisible characters in sight are kept and not drawn", hidden)))
	}
	return lines, hot, cursor
}

func proseStyles(c canvas) textarea.Styles {
	plain := lipgloss.NewStyle()
	state := textarea.StyleState{
		Base: plain, Text: c.th.Code, CursorLine: c.th.Code, EndOfBuffer: plain, Placeholder: c.th.Muted, Prompt: c.th.Muted,
		LineNumber: c.th.Muted, CursorLineNumber: c.th.Muted,
	}
	return textarea.Styles{Focused: state, Blurred: state}
}

// unseen takes out of a drawn text what has no shape of its own and could reorder or hide what has: the text itself keeps it,
// since a template in Arabic needs its marks. Such runes take no cell, so nothing moves.
func unseen(view string) (string, int) {
	hidden := 0
	shown := strings.Map(func(r rune) rune {
		if r < 0x80 || unicode.IsGraphic(r) || r == '\u200c' || r == '\u200d' {
			return r
		}
		hidden++
		return -1
	}, view)
	return shown, hidden
}

func (p *prose) help() []key.Binding { return []key.Binding{newLineKey()} }

func (p *prose) GetValue() any                            { return nil }
func (p *prose) WithTheme(huh.Theme) huh.Field            { return p }
func (p *prose) WithKeyMap(*huh.KeyMap) huh.Field         { return p }
func (p *prose) WithWidth(int) huh.Field                  { return p }
func (p *prose) WithHeight(int) huh.Field                 { return p }
func (p *prose) WithPosition(huh.FieldPosition) huh.Field { return p }
