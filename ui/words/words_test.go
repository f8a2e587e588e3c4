package words_test

import (
	"encoding/json"
	"strings"
	"testing"

	"upe/ui/words"
)

// TestALongAnswerIsCut: its beginning is shown, and how much is not.
func TestALongAnswerIsCut(t *testing.T) {
	t.Parallel()
	if got := words.Answer(json.RawMessage(`{"a":1}`)); got != "{\n  \"a\": 1\n}" {
		t.Errorf("a short answer is %q", got)
	}
	long := "[" + strings.TrimSuffix(strings.Repeat("1,", 200), ",") + "]" // 202 lines
	got := strings.Split(words.Answer(json.RawMessage(long)), "\n")
	if len(got) != 101 || got[0] != "[" || got[100] != "… and 102 more lines" {
		t.Errorf("%d lines, the last is %q", len(got), got[len(got)-1])
	}
}

// Whoever saves a file is told where it is.
func TestSaved(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"plan.json": "Saved: plan.json, in the folder that upe was started in", "here/plan.json": "Saved: here/plan.json", `C:\upe\plan.json`: `Saved: C:\upe\plan.json`,
	} {
		if got := words.Saved(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
