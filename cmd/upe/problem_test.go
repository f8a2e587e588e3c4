package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"upe/flows/report"
)

// A terminal breaks a long line in the middle of a word, and begins the next one at its edge.
func TestAProblemFitsATerminal(t *testing.T) {
	t.Parallel()
	p := &problem{
		failed: "interrupted", why: "a signal asked to stop; the request in flight was finished, 5 of 7 steps are done",
		do:      "go on with: upe resume 2026-11-20t182217-kjrnnqht (nothing is done twice); next: finish switching on MFA",
		details: []detail{{"a place with a name that is as long as a name may well be", "what is to be said of it, which is not a little either"}},
	}
	text := folded(p.text())
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > report.Width {
			t.Errorf("%d columns: %q", n, line)
		}
	}
	for _, want := range []string{"\n              7 steps are done\n", "\n              done twice); next", "\n    said of it"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Join(strings.Fields(text), " ") != strings.Join(strings.Fields(p.text()), " ") {
		t.Errorf("words were lost:\n%s", text)
	}
	if short := "upe: no\n  why:        none\n"; folded(short) != short {
		t.Errorf("what fits is changed: %q", folded(short))
	}
}
