package theme_test

import (
	"image/color"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"upe/ui/termtest"
	"upe/ui/theme"
)

// A page is what a root does with a form: it takes back and quit for itself, and tells the theme about the background.
type page struct {
	theme *theme.Theme
	keys  theme.Keys
	form  *huh.Form
	back  bool

	provider string
	channels []string
	sure     bool
}

func newPage(mode theme.Mode) *page {
	p := &page{theme: theme.New(true, mode), keys: theme.NewKeys()}
	p.form = huh.NewForm(huh.NewGroup(
		huh.NewSelect[string]().Title("Provider").Options(huh.NewOptions("Twilio", "Custom")...).Value(&p.provider),
		huh.NewMultiSelect[string]().Title("Channels").Options(huh.NewOptions("text", "voice")...).Height(3).Value(&p.channels),
		huh.NewConfirm().Title("Switch on?").Value(&p.sure),
	)).WithTheme(p.theme.Huh()).WithKeyMap(p.keys.Huh()).WithShowHelp(false).WithWidth(38)
	return p
}

func (p *page) Init() tea.Cmd { return tea.Batch(p.form.Init(), tea.RequestBackgroundColor) }

func (p *page) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.BackgroundColorMsg:
		p.theme.Adapt(msg.IsDark())
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, p.keys.Back):
			p.back = true
			return p, nil
		case key.Matches(msg, p.keys.Quit):
			return p, tea.Quit
		}
	}
	form, cmd := p.form.Update(msg)
	if f, ok := form.(*huh.Form); ok {
		p.form = f
	}
	if p.form.State != huh.StateNormal {
		return p, tea.Quit
	}
	return p, cmd
}

func (p *page) View() tea.View { return tea.NewView(p.form.View()) }

func TestAFormByTheKeyMap(t *testing.T) {
	t.Parallel()
	p := newPage(theme.Normal)
	k := p.keys
	termtest.Run(t, p, 40, 14, func(s *termtest.Session) {
		termtest.Golden(s.T, "form", s.Screen())
		s.Do(k.Down, k.Choose, k.Toggle, k.Down, k.Toggle, k.Up, k.Toggle, k.Next)
		termtest.Golden(s.T, "form-confirm", s.Screen())
		s.Press("y", "/") // neither answers nor opens a filter that would take esc
		s.Do(k.Back)
		if !p.back || s.Ended() {
			s.T.Fatalf("back: %v, ended: %v", p.back, s.Ended())
		}
		s.Press("left")
		s.Do(k.Choose)
		if _, err := s.Final(); err != nil {
			s.T.Fatal(err)
		}
	})
	if p.provider != "Custom" || strings.Join(p.channels, ",") != "voice" || !p.sure {
		t.Errorf("answers: %q, %q, %v", p.provider, p.channels, p.sure)
	}
}

func TestAFormHasTheColoursOfTheTerminal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		dark bool
		opts []termtest.Option
	}{
		{"dark", true, nil},
		{"light", false, []termtest.Option{termtest.Light()}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			termtest.Run(t, newPage(theme.Normal), 40, 14, func(s *termtest.Session) {
				want := theme.New(tt.dark, theme.Normal).Selected.GetForeground()
				if got := s.StyleOf("> Twilio").Fg; !sameColour(got, want) {
					s.T.Errorf("the cursor is %v, want %v", got, want)
				}
			}, tt.opts...)
		})
	}
}

func TestAPlainFormHasNoColour(t *testing.T) {
	t.Parallel()
	termtest.Run(t, newPage(theme.Plain), 40, 14, func(s *termtest.Session) {
		for y, row := range s.Styled() {
			for x, c := range row {
				if c.Style.Fg != nil || c.Style.Bg != nil {
					s.T.Fatalf("%q at %d,%d has a colour: %+v", c.Content, x, y, c.Style)
				}
			}
		}
		if got := s.StyleOf("Twilio"); got.IsZero() {
			s.T.Error("the chosen option looks like any other")
		}
	})
}

func sameColour(a, b color.Color) bool {
	if a == nil || b == nil {
		return a == b
	}
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	return ar == br && ag == bg && ab == bb
}
