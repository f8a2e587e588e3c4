package diff_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/diff"
)

func texts() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", ""}), 0, 25).Draw(t, "lines")
		if len(lines) == 0 {
			return ""
		}
		return strings.Join(lines, "\n") + "\n"
	})
}

// TestBothTextsAreInTheLines: without what is new the lines are the first text, without what is gone the second.
func TestBothTextsAreInTheLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before, after := texts().Draw(t, "before"), texts().Draw(t, "after")
		var a, b strings.Builder
		for _, l := range diff.Lines(before, after) {
			if l.Sign != diff.New {
				a.WriteString(l.Text + "\n")
			}
			if l.Sign != diff.Gone {
				b.WriteString(l.Text + "\n")
			}
		}
		if a.String() != before || b.String() != after {
			t.Errorf("the lines hold %q and %q, want %q and %q", a.String(), b.String(), before, after)
		}
	})
}

func TestUnified(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, before, after, want string }{
		{"equal", "a\nb\n", "a\nb\n", ""},
		{
			"one line of many", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
			"--- old\n+++ new\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
		},
		{"into nothing", "a\n", "", "--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n"},
		{"from nothing", "", "a\nb\n", "--- old\n+++ new\n@@ -0,0 +1,2 @@\n+a\n+b\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := diff.Unified(c.before, c.after, "old", "new"); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// TestPatchTakesIt: what Unified prints, the program patch can apply.
func TestPatchTakesIt(t *testing.T) {
	t.Parallel()
	patch, err := exec.LookPath("patch")
	if err != nil {
		t.Skip("skipped: there is no program patch here")
	}
	dir := t.TempDir()
	checks := 0
	rapid.Check(t, func(t *rapid.T) {
		if checks++; checks > 25 { // each starts a process
			return
		}
		before, after := texts().Draw(t, "before"), texts().Draw(t, "after")
		file := filepath.Join(dir, "file")
		if err := os.WriteFile(file, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		apply := exec.CommandContext(t.Context(), patch, "-s", "--posix", file)
		apply.Stdin = strings.NewReader(diff.Unified(before, after, "old", "new"))
		if out, err := apply.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		got, err := os.ReadFile(file)
		if os.IsNotExist(err) && after == "" {
			return // patch removes what becomes empty
		}
		if err != nil || string(got) != after {
			t.Errorf("patched %q, want %q (%v)", got, after, err)
		}
	})
}

func TestChanges(t *testing.T) {
	t.Parallel()
	lines := diff.Changes(diff.Lines("1\n2\n3\n4\n5\n6\n7\n", "one\n2\n3\n4\n5\nsix\n7\n"), 1)
	var got strings.Builder
	for _, l := range lines {
		if l.Sign == 0 {
			got.WriteString("...|")
			continue
		}
		got.WriteString(string(rune(l.Sign)) + l.Text + "|")
	}
	if want := "-1|+one| 2|...| 5|-6|+six| 7|"; got.String() != want {
		t.Errorf("got %q, want %q", got.String(), want)
	}
}
