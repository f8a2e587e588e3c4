// Command empty is a Bubble Tea program that does nothing: what any program of its kind costs, to hold upe against.
package main

import (
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"
)

// words is what stands on its one screen.
const words = "Nothing happens here."

type nothing struct{}

// Init implements [tea.Model].
func (nothing) Init() tea.Cmd { return nil }

// Update implements [tea.Model].
func (m nothing) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, key := msg.(tea.KeyPressMsg); key {
		return m, tea.Quit
	}
	return m, nil
}

// View implements [tea.Model].
func (nothing) View() tea.View {
	v := tea.NewView(words)
	v.AltScreen = true
	return v
}

func main() {
	if _, err := tea.NewProgram(nothing{}, tea.WithFPS(120)).Run(); err != nil {
		fmt.Fprintln(os.Stderr, "empty:", err)
		os.Exit(1)
	}
}
