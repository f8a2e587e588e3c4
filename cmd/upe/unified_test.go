package main

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestUnified(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, before, after, want string }{
		{"nothing", "a\n", "a\n", ""},
		{"a line", "a\nb\nc\n", "a\nx\nc\n", "--- before\n+++ after\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
		{"at the end", "a\n", "a\nb\n", "--- before\n+++ after\n@@ -1,1 +1,2 @@\n a\n+b\n"},
		{"from nothing", "", "a\n", "--- before\n+++ after\n@@ -0,0 +1,1 @@\n+a\n"},
		{"no last newline", "a", "a\n", "--- before\n+++ after\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n"},
	}
	for _, c := range cases {
		if got := unified(c.before, c.after); got != c.want {
			t.Errorf("%s\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// Far changes stand apart, each with what is around it.
func TestUnifiedLeavesOutWhatStays(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.Repeat("same\n", 30), "\n")
	before := strings.Join(lines, "\n")
	lines[3], lines[25] = "one", "two"
	got := unified(before, strings.Join(lines, "\n"))
	if strings.Count(got, "@@ -") != 2 || strings.Count(got, "\n same") != 12 {
		t.Errorf("got\n%s", got)
	}
}

// What is taken away and what is put in make one text out of the other.
func TestUnifiedIsTrue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching("(a|b|c|\n){0,30}")
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var a, b strings.Builder
		for _, e := range edited(textLines(before), textLines(after)) {
			if e.sign != '+' {
				a.WriteString(e.text)
			}
			if e.sign != '-' {
				b.WriteString(e.text)
			}
		}
		if a.String() != before || b.String() != after {
			t.Fatalf("%q and %q", a.String(), b.String())
		}
	})
}
