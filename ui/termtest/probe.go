package termtest

import (
	"sync"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// busy is what a model may implement for [RunReal]: it is waiting for a command whose message will change the screen.
type busy interface{ Busy() bool }

// A probe stands between the program and the model and counts what passes.
type probe struct {
	model tea.Model
	busy  func(tea.Model) bool

	mu     sync.Mutex
	counts counts
}

// counts is a snapshot of what a probe has seen.
type counts struct {
	keys     int // key presses handled
	messages int // messages handled, all but fences
	fences   int // answers of the terminal to ask
	busy     bool
}

func newProbe(m tea.Model, isBusy func(tea.Model) bool) *probe {
	if isBusy == nil {
		isBusy = func(m tea.Model) bool {
			b, ok := m.(busy)
			return ok && b.Busy()
		}
	}
	return &probe{model: m, busy: isBusy, counts: counts{busy: isBusy(m)}}
}

func (p *probe) Init() tea.Cmd {
	cmd := p.model.Init()
	p.note(func(c *counts) { c.busy = p.busy(p.model) })
	return cmd
}

func (p *probe) View() tea.View { return p.model.View() }

// Update hands on everything but fences.
func (p *probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.RawMsg:
		if msg == ask() {
			return p, nil
		}
	case uv.PrimaryDeviceAttributesEvent:
		p.note(func(c *counts) { c.fences++ })
		return p, nil
	}
	var cmd tea.Cmd
	p.model, cmd = p.model.Update(msg)
	p.note(func(c *counts) {
		c.messages++
		if _, ok := msg.(tea.KeyPressMsg); ok {
			c.keys++
		}
		c.busy = p.busy(p.model)
	})
	return p, cmd
}

func (p *probe) note(change func(*counts)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.counts)
}

func (p *probe) read() counts {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.counts
}

// ask is a fence: a question to the terminal ("what are you?") that the program writes with its next frame. The answer comes in
// behind all keys typed before it, so when it is here, those were handled.
func ask() tea.RawMsg { return tea.RawMsg{Msg: ansi.RequestPrimaryDeviceAttributes} }
