package termtest

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
)

// update is the one flag of this name in the module: go test ./ui/screens -update.
var update = flag.Bool("update", false, "write golden files instead of comparing with them")

// Golden compares screen with testdata/NAME.txt beside the test, or writes that file when the test runs with -update.
func Golden(tb testing.TB, name, screen string) {
	tb.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name)+".txt")
	if *update {
		write(tb, path, screen)
		return
	}
	want, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		tb.Fatalf("%s does not exist; -update writes it", path)
	}
	if err != nil {
		tb.Fatal(err)
	}
	if diff := difference(strings.TrimSuffix(string(want), "\n"), screen); diff != "" {
		tb.Errorf("%s (- wanted, + got; -update accepts):\n%s", path, diff)
	}
}

func write(tb testing.TB, path, screen string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(screen+"\n"), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// difference shows two screens line by line, or nothing if they are the same. Lines of a screen keep their places, so
// they are compared by number.
func difference(want, got string) string {
	if want == got {
		return ""
	}
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out strings.Builder
	for i := range max(len(a), len(b)) {
		switch {
		case i < len(a) && i < len(b) && a[i] == b[i]:
			out.WriteString("  " + a[i] + "\n")
			continue
		case i < len(a):
			out.WriteString("- " + a[i] + "\n")
		}
		if i < len(b) {
			out.WriteString("+ " + b[i] + "\n")
		}
	}
	return out.String()
}

// Fits checks that no line of view is wider than w cells and that it has no more than h lines.
func Fits(tb testing.TB, view string, w, h int) {
	tb.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) > h {
		tb.Errorf("the view has %d lines, the terminal %d", len(lines), h)
	}
	for i, line := range lines {
		if got := lipgloss.Width(line); got > w {
			tb.Errorf("line %d is %d cells wide, the terminal %d: %q", i+1, got, w, line)
		}
	}
}
