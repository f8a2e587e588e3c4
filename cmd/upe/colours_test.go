package main

import (
	"testing"

	"upe/ui/theme"
)

// TestColours: a flag or a variable chooses the colours, and no colours go before stronger ones.
func TestColours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		flags globals
		env   map[string]string
		want  theme.Mode
	}{
		{"as it is", globals{}, nil, theme.Normal},
		{"--high-contrast", globals{highContrast: true}, nil, theme.HighContrast},
		{"HIGH_CONTRAST=1", globals{}, map[string]string{"HIGH_CONTRAST": "1"}, theme.HighContrast},
		{"HIGH_CONTRAST=0", globals{}, map[string]string{"HIGH_CONTRAST": "0"}, theme.Normal},
		{"NO_COLOR with it", globals{highContrast: true}, map[string]string{"NO_COLOR": "1"}, theme.Plain},
		{"--no-color with it", globals{noColor: true}, map[string]string{"HIGH_CONTRAST": "1"}, theme.Plain},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := &app{global: c.flags, system: system{lookup: func(name string) (string, bool) { v, ok := c.env[name]; return v, ok }}}
			if got := a.theme(); got != c.want {
				t.Errorf("got mode %d, want %d", got, c.want)
			}
		})
	}
}
