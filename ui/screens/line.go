package screens

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// prompt stands before typed text.
const prompt = "› "

// line is a field for one line of text. Bubbles edits; drawing is ours, because what is typed or pasted may be hostile too, and
// because the cursor of Bubbles' field counts letters where a terminal counts cells.
type line struct {
	fieldBase
	input  textinput.Model
	given  string // what the field was filled with
	clean  string // the same as the input keeps it
	hidden bool
	keepsake
}

func newLine(filled string, hidden bool) *line {
	l := &line{input: textinput.New(), given: filled, hidden: hidden}
	l.input.SetVirtualCursor(false)
	l.input.ShowSuggestions = false
	l.input.KeyMap.Paste = key.NewBinding() // it would run a program to ask for the clipboard; terminals paste by themselves
	l.input.SetValue(filled)
	l.clean = l.input.Value()
	return l
}

func (l *line) Focus() tea.Cmd {
	l.focused = true
	l.input.Focus()
	return nil
}

func (l *line) Blur() tea.Cmd {
	l.focused = false
	l.input.Blur()
	return nil
}

func (l *line) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if cmd := leave(msg); cmd != nil {
			return l, cmd
		}
	case tea.PasteMsg:
		// A copied value often brings a newline along.
		if msg.Content = strings.TrimSpace(msg.Content); msg.Content != "" {
			l.edit(msg)
		}
		return l, nil
	default:
		return l, nil
	}
	l.edit(msg)
	return l, nil
}

func (l *line) edit(msg tea.Msg) {
	if !l.replace(msg) {
		l.input, _ = l.input.Update(msg)
	}
}

func (l *line) text() string {
	switch {
	case l.kept:
		return l.filled
	case l.input.Value() == l.clean:
		return l.given
	}
	return l.input.Value()
}

func (l *line) value() wizard.Value {
	if l.hidden {
		return wizard.NewSecret(l.text())
	}
	return l.text()
}

func (l *line) typing() bool { return true }

func (l *line) draw(c canvas) (lines []string, hot span, cursor *tea.Position) {
	lead := ansi.StringWidth(prompt)
	word := l.standing()
	if word != "" {
		word = "  " + word
	}
	text, at := window(l.shown(), l.input.Position(), c.width-lead-1-len(word))
	styles := c.th.Input().Blurred
	if l.focused {
		styles = c.th.Input().Focused
		cursor = &tea.Position{X: lead + at, Y: 0}
	}
	return []string{styles.Prompt.Render(prompt) + styles.Text.Render(text) + c.th.Muted.Render(word)}, span{0, 1}, cursor
}

// shown is each letter as it is drawn: a secret as marks, what a terminal would obey made visible.
func (l *line) shown() []string {
	if l.kept {
		return keptLetters()
	}
	var shown []string
	for _, r := range l.input.Value() {
		if l.hidden {
			shown = append(shown, mask)
			continue
		}
		shown = append(shown, safe.Line(string(r)))
	}
	return shown
}

func (l *line) help() []key.Binding { return nil }

func (l *line) GetValue() any                            { return nil } // Huh keeps results; a secret must not be among them
func (l *line) WithTheme(huh.Theme) huh.Field            { return l }
func (l *line) WithKeyMap(*huh.KeyMap) huh.Field         { return l }
func (l *line) WithWidth(int) huh.Field                  { return l }
func (l *line) WithHeight(int) huh.Field                 { return l }
func (l *line) WithPosition(huh.FieldPosition) huh.Field { return l }

// window is the part of a text around the cursor that fits width cells, and the cell of the cursor in it. The cursor may stand
// behind the last letter.
func window(letters []string, pos, width int) (text string, at int) {
	width = max(width, 1)
	pos = min(max(pos, 0), len(letters))
	from := pos
	for from > 0 && at+ansi.StringWidth(letters[from-1]) <= width {
		from--
		at += ansi.StringWidth(letters[from])
	}
	used, to := at, pos
	for to < len(letters) && used+ansi.StringWidth(letters[to]) <= width {
		used += ansi.StringWidth(letters[to])
		to++
	}
	return strings.Join(letters[from:to], ""), at
}
