package screens

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"upe/flows/diff"
	"upe/flows/wizard"
	"upe/ui/theme"
)

// kinds writes what each word of a line is: k for a keyword, l for a literal, c for a comment, . for the rest.
func kinds(lines ...string) string {
	var out []string
	for _, words := range highlight(lines) {
		var line strings.Builder
		for _, w := range words {
			line.WriteString(strings.Repeat(string(".klc"[w.kind]), len([]rune(w.text))))
		}
		out = append(out, line.String())
	}
	return strings.Join(out, "\n")
}

func TestWordsOfCode(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, code, want string }{
		{"keywords", `const of = x.of;`, `kkkkk.kk........`},
		{"texts", `a = "b\"c" + 'd'`, `....llllll...lll`},
		{"numbers", `x1 = 12.5`, `.....ll.l`},
		{"a comment in a line", `a // b`, `..cccc`},
		{"a comment over lines", "a /* b\n c */ d", "..cccc\nccccc.."},
		{"a template over lines", "`a\nb` c", "ll\nll.."},
		{"a hole in a template", "`a${b({c: 1})}d` e", "llll......l...ll.."},
		{"a regular expression", `x.replace(/"\//g, 2)`, `..........lllll...l.`},
		{"a division", `a / b / c`, `.........`},
		{"an open text ends with its line", "'a\nb", "ll\n."},
	}
	for _, c := range cases {
		if got := kinds(strings.Split(c.code, "\n")...); got != c.want {
			t.Errorf("%s\n%s\n%s\nwant\n%s", c.name, c.code, got, c.want)
		}
	}
}

// Whatever a tenant calls code is drawn whole, and within its width.
func TestCodeIsDrawnWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.StringMatching("[ -~äöü漢字`$/{}*'\"\\\\]{0,40}"), 1, 5).Draw(t, "lines")
		width := rapid.IntRange(2, 30).Draw(t, "width")
		for i, words := range highlight(lines) {
			var whole strings.Builder
			for _, part := range fold(words, width) {
				text := ansi.Strip(ink(theme.New(true, theme.Normal), part, nil, 0))
				if ansi.StringWidth(text) > width {
					t.Fatalf("%q is wider than %d", text, width)
				}
				whole.WriteString(text)
			}
			if whole.String() != lines[i] {
				t.Fatalf("%q became %q", lines[i], whole.String())
			}
		}
	})
}

// joined are lines as a text.
func joined(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// Each line of both sides stands in the rows once, in order, and what stays stands beside itself.
func TestRowsHoldBothSides(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 12)
		a, b := text.Draw(t, "before"), text.Draw(t, "after")
		before, after := 0, 0
		for _, row := range paired(diff.Lines(joined(a), joined(b))) {
			if row.before > 0 {
				if before++; row.before != before {
					t.Fatalf("line %d before stands where %d should", row.before, before)
				}
			}
			if row.after > 0 {
				if after++; row.after != after {
					t.Fatalf("line %d after stands where %d should", row.after, after)
				}
			}
			if !row.changed && a[row.before-1] != b[row.after-1] {
				t.Fatalf("%v is said to stay", row)
			}
		}
		if before != len(a) || after != len(b) {
			t.Fatalf("%d of %d and %d of %d lines are shown", before, len(a), after, len(b))
		}
	})
}

// What stays is left out but for what is near a change, and said to be.
func TestLongStretchesAreLeftOut(t *testing.T) {
	t.Parallel()
	before := strings.Repeat("same\n", 20)
	c := canvas{th: theme.New(true, theme.Plain), width: 60, room: 60}
	changed := wizard.Diff{Before: before + "old\n", After: before + "new\n", Language: wizard.JavaScript}
	shown := ansi.Strip(strings.Join(c.diff(changed), "\n"))
	if !strings.Contains(shown, "… 17 lines as they were") || strings.Count(shown, "same") != around {
		t.Errorf("got\n%s", shown)
	}
	c.details = true
	if whole := strings.Join(c.diff(changed), "\n"); strings.Count(whole, "same") != 20 {
		t.Errorf("with the details:\n%s", whole)
	}
}
