package theme_test

import (
	"fmt"
	"testing"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"upe/ui/theme"
)

func TestStatesDifferByMarkAndWord(t *testing.T) {
	t.Parallel()
	want := map[theme.State]string{
		theme.ToCome: "○ to come", theme.Current: "● current", theme.Waiting: "… waiting",
		theme.Done: "✓ done", theme.Warning: "! warning", theme.Failed: "✗ failed",
	}
	for s, text := range want {
		if got := s.Mark() + " " + s.Word(); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
		if w := lipgloss.Width(s.Mark()); w != 1 {
			t.Errorf("%s is %d cells wide", s.Mark(), w)
		}
	}
}

func TestMarkHasTheStyleOfItsState(t *testing.T) {
	t.Parallel()
	th := theme.New(true, theme.Normal)
	for s, want := range map[theme.State]lipgloss.Style{
		theme.ToCome: th.Muted, theme.Current: th.Accent, theme.Waiting: th.Warn,
		theme.Done: th.Good, theme.Warning: th.Warn, theme.Failed: th.Bad,
	} {
		if got := th.Mark(s); got != want.Render(s.Mark()) {
			t.Errorf("%s: got %q", s.Word(), got)
		}
	}
}

func TestBannersDifferWithoutColour(t *testing.T) {
	t.Parallel()
	th := theme.New(true, theme.Plain)
	if th.Live.Render("x") == th.Production.Render("x") || th.Live.Render("x") == th.Demo.Render("x") {
		t.Error("demo, live and production look the same")
	}
}

func TestFormsFollowTheTheme(t *testing.T) {
	t.Parallel()
	th := theme.New(true, theme.Normal)
	form := th.Huh()
	dark := form.Theme(true)
	if form.Theme(false) != dark {
		t.Error("the form's own idea of the background was heard, or the styles were built anew")
	}
	th.Adapt(true)
	if form.Theme(true) != dark {
		t.Error("adapting to what it is already built new styles")
	}
	th.Adapt(false)
	light := theme.New(false, theme.Normal)
	if got, want := form.Theme(true).Focused.SelectSelector.String(), light.Huh().Theme(true).Focused.SelectSelector.String(); got != want {
		t.Errorf("after the change to light the form has %q, want %q", got, want)
	}
	if th.Dark() || th.Bad.Render("x") != light.Bad.Render("x") {
		t.Error("the roles did not change to light")
	}
}

func TestAdaptKeepsTheMode(t *testing.T) {
	t.Parallel()
	th := theme.New(true, theme.Plain)
	th.Adapt(false)
	if got, want := th.Good.Render("x"), lipgloss.NewStyle().Bold(true).Render("x"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A choice, ticked boxes and the pressed button can be told without seeing colours.
func ExampleTheme_Huh() {
	th := theme.New(true, theme.Normal)
	s := th.Huh().Theme(true).Focused
	for _, style := range []lipgloss.Style{s.SelectSelector, s.SelectedPrefix, s.UnselectedPrefix, s.ErrorIndicator} {
		style = lipgloss.NewStyle().SetString(style.Value())
		fmt.Printf("%q ", style)
	}
	_ = huh.NewForm(huh.NewGroup(huh.NewInput())).WithTheme(th.Huh())
	// Output: "> " "[x] " "[ ] " " ✗"
}
