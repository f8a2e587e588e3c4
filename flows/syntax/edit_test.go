package syntax_test

import (
	"testing"

	"pgregory.net/rapid"

	"upe/flows/syntax"
)

func TestApply(t *testing.T) {
	t.Parallel()
	edits := []syntax.Edit{{6, 7, "z"}, {0, 0, "a"}, {0, 0, "b"}, {0, 5, "const"}}
	if got, err := syntax.Apply("let  x", nil); got != "let  x" || err != nil {
		t.Errorf("no edits: %q, %v", got, err)
	}
	if got, err := syntax.Apply("let   x", edits); got != "abconst z" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	for _, bad := range [][]syntax.Edit{{{0, 2, ""}, {1, 3, ""}}, {{2, 1, ""}}, {{0, 4, ""}}, {{-1, 0, ""}}} {
		if got, err := syntax.Apply("abc", bad); err == nil {
			t.Errorf("%v: %q", bad, got)
		}
	}
}

// What no edit names stays, byte for byte.
func TestApplyKeepsTheRest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var edits []syntax.Edit
		code, want := "", ""
		for range rapid.IntRange(0, 8).Draw(t, "parts") {
			keep, old, made := rapid.String().Draw(t, "keep"), rapid.String().Draw(t, "old"), rapid.String().Draw(t, "new")
			edits = append(edits, syntax.Edit{Start: len(code) + len(keep), End: len(code) + len(keep) + len(old), New: made})
			code, want = code+keep+old, want+keep+made
		}
		order := rapid.Permutation(edits).Draw(t, "order")
		if overlapping(edits) {
			return
		}
		if got, err := syntax.Apply(code, order); got != want || err != nil {
			t.Fatalf("%q, %v, want %q", got, err, want)
		}
	})
}

// overlapping: two edits at one place, whose order then matters.
func overlapping(edits []syntax.Edit) bool {
	for i := 1; i < len(edits); i++ {
		if edits[i].Start == edits[i-1].Start {
			return true
		}
	}
	return false
}
