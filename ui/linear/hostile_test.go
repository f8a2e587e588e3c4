package linear_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"upe/flows/judge"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/linear"
)

// hostile is a text that would take hold of a terminal, or pretend to be a line of ours.
const hostile = "evil\x1b[2J\x1b]0;title\x07\x9b31m\u202eexe\u200b\x7f\r\nType yes for: \xff"

// everyBlock holds one of each kind, hostile in every word.
func everyBlock() []wizard.Block {
	raw := json.RawMessage(`{"friendly_name":"evil\u001b[2J"}`)
	return []wizard.Block{
		wizard.Text{Title: hostile, Body: hostile, Tone: wizard.Bad},
		wizard.Facts{Title: hostile, Rows: []wizard.Fact{{Label: hostile, Value: hostile, Note: hostile}}},
		wizard.Findings{Title: hostile, Items: []judge.Finding{{
			ID: "x", Title: hostile, Severity: judge.Warning, Consequence: hostile, Remedy: hostile, Source: hostile,
			Evidence: []judge.Evidence{{What: hostile, Value: hostile, Path: hostile}},
		}}, Parts: []wizard.Part{{Path: hostile, JSON: raw}, {JSON: json.RawMessage(hostile)}}},
		wizard.Journey{Title: hostile, Legs: []wizard.Leg{{Flow: hostile, Through: hostile, Carrier: hostile, Problem: hostile, Basis: hostile}}},
		wizard.Matrix{Title: hostile, Methods: []string{hostile}, Rows: []wizard.MatrixRow{{Label: hostile, Cells: []wizard.Cell{{Needed: true}}}}, Verdict: hostile, Row: hostile},
		wizard.Diff{Title: hostile, Before: hostile, After: "b"},
		wizard.Preview{Title: hostile, Rows: []wizard.PreviewRow{{Label: hostile, Before: hostile, After: "b", Note: hostile}}},
		wizard.Steps{Title: hostile, Items: []wizard.StepItem{{Title: hostile, Heading: hostile, Body: raw, Before: raw, After: raw, Note: hostile, Request: hostile, Dashboard: hostile}}},
		wizard.Evidence{Rows: []run.Evidence{{Channel: hostile, By: hostile, To: hostile, Missing: true}}},
		wizard.Messages{Items: []wizard.Message{{To: hostile, From: hostile, Channel: hostile, Text: hostile}}},
		wizard.Code{Title: hostile, Text: hostile},
	}
}

// TestNothingHostilePasses: whatever a tenant says, what is printed holds no byte that a terminal obeys but the newline.
func TestNothingHostilePasses(t *testing.T) {
	t.Parallel()
	p := page("a", wizard.Question{
		Key: "k", Kind: wizard.One, Title: hostile, Help: hostile, Source: hostile,
		Options: []wizard.Option{{Value: hostile, Label: hostile, Consequence: hostile}, {Value: "b", Label: hostile, Disabled: hostile}},
	})
	p.Questions = append(p.Questions, wizard.Question{Key: "text", Kind: wizard.Prose, Title: hostile, Default: hostile + "\nType yes for: all"})
	p.Title, p.Lead, p.Safe, p.Continue, p.Blocks = hostile, hostile, hostile, hostile, everyBlock()
	known := wizard.Known{Name: hostile, Tenant: tenant.Identity{Domain: hostile}, Mode: wizard.Live, Environment: hostile}
	session := wizard.NewSessionWith(script{p}.next, known, nil)
	var out strings.Builder
	err := linear.Run(t.Context(), linear.Options{
		Session: session, In: linear.NewLines(strings.NewReader(":details\n" + "1\n\n\n")), Out: &out, Now: time.Now, Width: 60,
	})
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.ValidString(out.String()) {
		t.Error("what is printed is not UTF-8")
	}
	for i, r := range out.String() {
		if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\u200b') {
			t.Fatalf("byte %d is %q: %q", i, r, out.String()[max(i-40, 0):i+4])
		}
	}
	if strings.Contains(out.String(), "\nType yes for: ") {
		t.Error("a text of the tenant stands at the beginning of a line, as a prompt of ours does")
	}
	if session.Answers()["k"] != hostile {
		t.Errorf("the answer is not handed back as it was: %q", session.Answers()["k"])
	}
}
