package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestFlagsNameTheirValues: the words between back-ticks in an explanation name the flag's value, which is one word in capitals.
func TestFlagsNameTheirValues(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	root := a.root()
	seen := 0
	for _, command := range append(root.Commands(), root) {
		for _, flags := range []*pflag.FlagSet{command.Flags(), command.PersistentFlags()} {
			flags.VisitAll(func(f *pflag.Flag) {
				name, _ := pflag.UnquoteUsage(f)
				seen++
				if f.Value.Type() == "bool" && name != "" || strings.ContainsAny(name, " `") {
					t.Errorf("upe %s --%s %s", command.Name(), f.Name, name)
				}
			})
		}
	}
	if seen < 20 {
		t.Errorf("%d flags: the test sees nothing", seen)
	}
}

// TestEveryCommandHasHelp fits a terminal of 80 columns.
func TestEveryCommandHasHelp(t *testing.T) {
	t.Parallel()
	for _, command := range testApp(t).root().Commands() {
		fits(t, command)
	}
}

func fits(t *testing.T, command *cobra.Command) {
	t.Helper()
	if command.Long == "" || command.Short == "" {
		t.Errorf("upe %s is not explained", command.Name())
	}
	for line := range strings.Lines(command.Long) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > 80 {
			t.Errorf("upe %s --help: %d columns: %s", command.Name(), n, line)
		}
	}
}
