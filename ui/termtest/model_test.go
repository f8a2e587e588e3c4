package termtest_test

import (
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// A picker is a text field over the list of names that contain its text: enough to meet every trap of a terminal. The names
// come from load, as they would from a server.
type picker struct {
	field   textinput.Model
	load    func() ([]string, error)
	names   []string
	loading bool
	at      int
	picked  string
	size    tea.WindowSizeMsg
	dark    string
	backs   int
	pasted  string
	seconds int
}

type loaded struct {
	names []string
	err   error
}

type second struct{}

func newPicker(load func() ([]string, error)) *picker {
	field := textinput.New()
	field.SetVirtualCursor(false)
	field.Focus()
	return &picker{field: field, load: load, loading: true, dark: "unknown"}
}

// tenants is a load that answers at once.
func tenants() ([]string, error) { return []string{"acme", "acme-dev", "globex", "日本"}, nil }

// slowTenants takes its time, on whatever clock there is.
func slowTenants() ([]string, error) {
	time.Sleep(3 * time.Second)
	return tenants()
}

func (p *picker) Busy() bool { return p.loading }

func (p *picker) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, tick(), func() tea.Msg {
		names, err := p.load()
		return loaded{names, err}
	})
}

func tick() tea.Cmd { return tea.Tick(time.Second, func(time.Time) tea.Msg { return second{} }) }

func (p *picker) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.size = msg
	case tea.BackgroundColorMsg:
		p.dark = fmt.Sprint(msg.IsDark())
	case loaded:
		if msg.err != nil {
			panic(msg.err)
		}
		p.names, p.loading = msg.names, false
	case second:
		p.seconds++
		return p, tick()
	case tea.PasteMsg:
		p.pasted = msg.Content
	case tea.KeyPressMsg:
		if cmd, done := p.key(msg); done {
			return p, cmd
		}
	}
	var cmd tea.Cmd
	p.field, cmd = p.field.Update(msg)
	return p, cmd
}

func (p *picker) key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "ctrl+c":
		return tea.Interrupt, true
	case "esc":
		p.backs++
	case "down":
		p.at = min(p.at+1, len(p.shown())-1)
	case "up":
		p.at = max(p.at-1, 0)
	case "enter":
		p.picked = p.shown()[p.at]
		return tea.Quit, true
	default:
		return nil, false
	}
	return nil, true
}

func (p *picker) shown() []string {
	var out []string
	for _, n := range p.names {
		if strings.Contains(n, p.field.Value()) {
			out = append(out, n)
		}
	}
	return out
}

func (p *picker) View() tea.View {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%dx%d dark=%s backs=%d\n", p.field.View(), p.size.Width, p.size.Height, p.dark, p.backs)
	if p.loading {
		fmt.Fprintf(&b, "loading, %ds\n", p.seconds)
	}
	for i, n := range p.shown() {
		if i == p.at {
			n = lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Color("#ff0000")).Render("> " + n)
		} else {
			n = "  " + n
		}
		b.WriteString(n + "\n")
	}
	v := tea.NewView(strings.TrimRight(b.String(), "\n"))
	v.AltScreen, v.Cursor = true, p.field.Cursor()
	return v
}
