package testdata_test

import (
	"strings"
	"testing"

	"upe/testdata"
)

const smallest = "schema: upe.expected/1\nverdict: eligible\n"

// TestParseKeepsAnswers: the answers are handed on as an answers file, whatever their keys.
func TestParseKeepsAnswers(t *testing.T) {
	t.Parallel()
	e, err := testdata.Parse([]byte(smallest + "answers:\n  provider: twilio\n  accept: [a, b]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(e.Answers), "schema: upe.answers/1\nprovider: twilio\naccept: [a, b]\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if e, err := testdata.Parse([]byte(smallest)); err != nil || e.Answers != nil {
		t.Errorf("no answers: %q, %v", e.Answers, err)
	}
}

// TestParseIsStrict: what would expect nothing, because it is misspelt or stands in the wrong place, is an error.
func TestParseIsStrict(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"":                                      "EOF",
		"verdict: eligible\n":                   `schema ""`,
		"schema: upe.expected/2\n":              `schema "upe.expected/2"`,
		smallest + "veredict: eligible\n":       "veredict not found",
		smallest + "worlds: {docs: {by: [a]}}":  "cannot unmarshal",
		smallest + "worlds: {docs: {buy: a}}":   "buy not found",
		smallest + "answers: [a]\n":             "line 3: answers is a mapping",
		smallest + "---\nverdict: needs-more\n": "more text after the expectation",
		smallest + "routes: [\n":                "line",
	} {
		if _, err := testdata.Parse([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", file, err, want)
		}
	}
}
