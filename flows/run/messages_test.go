package run_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"upe/flows/run"
)

// Whoever reads a report wants every test message with the word on it, not the last one alone.
func TestEveryTestMessageIsKeptWithItsWord(t *testing.T) {
	t.Parallel()
	const intent, accepted = `"event":"intent","step":"test-text","channel":"text","to":"+1 *** 34"`, `"event":"accepted","channel":"text","to":"+1 *** 34"`
	refused := `"event":"failed","channel":"text","status":403,"error":{"op":"TryProvider","status":403}`
	says := func(word, by string) string { return fmt.Sprintf(`"event":%q,"channel":"text","by":%q`, word, by) }
	for name, c := range map[string]struct {
		lines []string
		want  []string // the messages before the last one, as they stand
	}{
		"none":                      {nil, nil},
		"one":                       {[]string{intent, accepted, says("arrived", "Ann")}, nil},
		"one that did not, one did": {[]string{intent, accepted, says("missing", "Ann"), intent, accepted, says("arrived", "Ann")}, []string{"missing Ann"}},
		"three": {
			[]string{intent, accepted, says("arrived", "Ann"), intent, accepted, says("missing", "Bob"), intent, accepted},
			[]string{"arrived Ann", "missing Bob"},
		},
		"nobody said":         {[]string{intent, accepted, intent, accepted}, []string{"accepted "}},
		"no answer came":      {[]string{intent, `"event":"unanswered","channel":"text","to":"+1 *** 34"`, intent, accepted}, []string{"sent "}},
		"the next is refused": {[]string{intent, accepted, says("arrived", "Ann"), intent, refused}, nil},
		"refused twice": {
			[]string{intent, accepted, says("missing", "Ann"), intent, accepted, intent, refused, intent, refused},
			[]string{"missing Ann"},
		},
		"of an old journal": {[]string{accepted, says("missing", "Ann"), accepted}, []string{"missing Ann"}},
	} {
		state, err := run.Replay(migration(), journalOf(c.lines))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got []string
		for _, e := range state.Earlier {
			word := "sent"
			switch {
			case e.Missing:
				word = "missing"
			case !e.Arrived.IsZero():
				word = "arrived"
			case !e.Accepted.IsZero():
				word = "accepted"
			}
			got = append(got, word+" "+e.By)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What a run writes itself after a test message is named, so that nobody looks for a stranger.
func TestEvidenceNamesTheStepsThatMadeItOld(t *testing.T) {
	t.Parallel()
	lines := []string{
		`"event":"accepted","channel":"text"`, `"event":"arrived","channel":"text","by":"Ann"`,
		`"event":"intent","step":"template"`, `"event":"sent","step":"template"`, `"event":"verified","step":"template"`,
		`"event":"intent","step":"flag"`, `"event":"sent","step":"flag"`, // which changes nothing about how a message is sent
	}
	state, err := run.Replay(migration(), journalOf(lines))
	if e := state.Evidence[0]; err != nil || e.Fresh || e.Changed != "" || !slices.Equal(e.Wrote, []string{"step template"}) {
		t.Errorf("%+v, %v", e, err)
	}
	state, err = run.Replay(migration(), journalOf(append(lines, `"event":"accepted","channel":"text"`)))
	if e := state.Evidence[0]; err != nil || !e.Fresh || len(e.Wrote) > 0 {
		t.Errorf("the next message is old as well: %+v, %v", e, err)
	}
}

// journalOf numbers the lines of a journal, and dates them a second apart.
func journalOf(lines []string) []byte {
	var out strings.Builder
	for i, line := range append([]string{`"event":"began","plan":"sha256:migration"`}, lines...) {
		fmt.Fprintf(&out, `{"seq":%d,"at":"2026-01-02T03:04:%02dZ",%s}`+"\n", i+1, i, line)
	}
	return []byte(out.String())
}
