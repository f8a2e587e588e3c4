package theme_test

import (
	"image/color"
	"math"
	"reflect"
	"testing"

	"charm.land/lipgloss/v2"

	"upe/ui/theme"
)

// floors are the contrasts that WCAG 2.2 asks of text: at level AA, and at level AAA.
var floors = map[theme.Mode]float64{theme.Normal: 4.5, theme.HighContrast: 7}

func TestContrast(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		dark  bool
		paper string
	}{
		{"light on white", false, "#ffffff"},
		{"dark on black", true, "#000000"},
		{"dark on grey", true, "#1e1e1e"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			paper := lipgloss.Color(tt.paper)
			for mode, floor := range floors {
				coloured := 0
				eachStyle(theme.New(tt.dark, mode), func(role string, s lipgloss.Style) {
					if hasColour(s.GetForeground()) || hasColour(s.GetBackground()) {
						coloured++
					}
					if c := styleContrast(s, paper); c < floor {
						t.Errorf("mode %d, %s: contrast %.2f, want at least %.1f", mode, role, c, floor)
					}
				})
				if coloured < 30 {
					t.Errorf("only %d styles with a colour were found: the walk is broken", coloured)
				}
			}
		})
	}
}

// Code is read on the ground of a line that is new or gone as well.
func TestCodeContrast(t *testing.T) {
	t.Parallel()
	for mode, floor := range floors {
		for _, dark := range []bool{false, true} {
			th := theme.New(dark, mode)
			for _, ground := range []lipgloss.Style{th.Added, th.Removed} {
				for role, s := range map[string]lipgloss.Style{"code": th.Code, "keyword": th.Keyword, "literal": th.Literal, "comment": th.Comment} {
					if c := styleContrast(s.Inherit(ground), nil); c < floor {
						t.Errorf("mode %d, dark %v, %s: contrast %.2f, want at least %.1f", mode, dark, role, c, floor)
					}
				}
			}
		}
	}
}

// The two ends of the scale, and a pair from WCAG's own examples.
func TestContrastFormula(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21},
		{"#ffffff", "#ffffff", 1},
		{"#777777", "#ffffff", 4.48},
	} {
		if got := contrast(lipgloss.Color(tt.a), lipgloss.Color(tt.b)); math.Abs(got-tt.want) > 0.01 {
			t.Errorf("%s on %s: %.3f, want %.2f", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestPlainHasNoColour(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{false, true} {
		eachStyle(theme.New(dark, theme.Plain), func(role string, s lipgloss.Style) {
			colours := []color.Color{s.GetForeground(), s.GetBackground(), s.GetUnderlineColor(), s.GetBorderLeftForeground(), s.GetBorderTopForeground()}
			for _, c := range colours {
				if hasColour(c) {
					t.Errorf("%s has the colour %v", role, c)
				}
			}
			if s.GetFaint() {
				t.Errorf("%s is faint", role)
			}
		})
	}
}

// eachStyle visits every style of a theme: its roles, and those it gives to forms, the help bar and text fields.
func eachStyle(th *theme.Theme, visit func(role string, s lipgloss.Style)) {
	walk("Theme", reflect.ValueOf(*th), visit)
	walk("Huh", reflect.ValueOf(*th.Huh().Theme(false)), visit)
	walk("Help", reflect.ValueOf(th.Help()), visit)
	walk("Input", reflect.ValueOf(th.Input()), visit)
}

func walk(role string, v reflect.Value, visit func(string, lipgloss.Style)) {
	if v.Kind() != reflect.Struct {
		return
	}
	if s, ok := v.Interface().(lipgloss.Style); ok {
		visit(role, s)
		return
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() {
			walk(role+"."+f.Name, v.Field(i), visit)
		}
	}
}

// styleContrast is the lowest contrast of anything s draws on paper. What has no colour is the terminal's own, and as good
// as its reader made it.
func styleContrast(s lipgloss.Style, paper color.Color) float64 {
	ground := paper
	if hasColour(s.GetBackground()) {
		ground = s.GetBackground()
	}
	low := 21.0
	if hasColour(s.GetForeground()) {
		low = contrast(s.GetForeground(), ground)
	}
	if hasColour(s.GetBorderLeftForeground()) {
		low = min(low, contrast(s.GetBorderLeftForeground(), paper))
	}
	return low
}

func hasColour(c color.Color) bool {
	if c == nil {
		return false
	}
	_, none := c.(lipgloss.NoColor)
	return !none
}

// contrast is WCAG's: (lighter + 0.05) / (darker + 0.05), from 1 to 21.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(channel uint32) float64 {
	v := float64(channel) / 0xffff
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
