package termtest_test

import (
	"fmt"
	"strings"
	"testing"

	"upe/ui/termtest"
)

// failures stands in for a test, to see what a helper says of a wrong screen.
type failures struct {
	testing.TB
	said []string
}

func (f *failures) Helper() {}

func (f *failures) Errorf(format string, args ...any) {
	f.said = append(f.said, fmt.Sprintf(format, args...))
}

func TestGoldenShowsTheDifference(t *testing.T) {
	t.Parallel()
	var f failures
	termtest.Golden(&f, "lines", "one\n2\nthree")
	want := "testdata/lines.txt (- wanted, + got; -update accepts):\n  one\n- two\n+ 2\n+ three\n"
	if got := strings.Join(f.said, ""); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	termtest.Golden(t, "lines", "one\ntwo")
}

func TestFits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, view string
		complaints int
	}{
		{"just", "日本\n\x1b[1mabcd\x1b[0m", 0},
		{"too wide, twice", "日本語\nabcde", 2},
		{"too high", "a\nb\nc", 1},
	} {
		var f failures
		termtest.Fits(&f, tt.view, 4, 2)
		if len(f.said) != tt.complaints {
			t.Errorf("%s: %q", tt.name, f.said)
		}
	}
}
