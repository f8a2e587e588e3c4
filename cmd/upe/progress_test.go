package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"upe/flows/run"
)

// TestProgressIsALineOfJSON: whatever a tenant is called, what happens is one line that follows the schema, and nothing in it is obeyed
// by a terminal.
func TestProgressIsALineOfJSON(t *testing.T) {
	t.Parallel()
	read := newLines(t)
	rapid.Check(t, func(r *rapid.T) {
		var out bytes.Buffer
		a := &app{system: system{err: &out, now: time.Now}, global: globals{json: true}, reports: true}
		a.happened(progressLine{
			Event: stepMoved, Text: rapid.String().Draw(r, "text"), Step: rapid.String().Draw(r, "step"), Status: run.Doing,
			Done: rapid.IntRange(0, 9).Draw(r, "done"),
		})
		if n := strings.Count(out.String(), "\n"); n != 1 {
			r.Fatalf("%d lines: %q", n, out.String())
		}
		if strings.ContainsAny(out.String(), "\x1b\r\u009b\u202e") {
			r.Fatalf("a terminal would obey: %q", out.String())
		}
		if told, err := read.of(out.String()); err != nil || told.progress[stepMoved] != 1 {
			r.Fatalf("%v: %q", err, out.String())
		}
	})
}

// TestWhoIsToldOfProgress: programs by lines of JSON, where a command reports; people in words, where they watch; a script of neither
// kind hears nothing.
func TestWhoIsToldOfProgress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		json, reports, watched bool
		want                   string
	}{
		"a program":                        {true, true, false, `"event":"read"`},
		"a program before a terminal":      {true, true, true, `"event":"read"`},
		"a program, of a quick read":       {true, false, false, ""},
		"a person":                         {false, true, true, "reading\n"},
		"a person, of a quick read":        {false, false, true, "reading\n"},
		"a script that wants text":         {false, true, false, ""},
		"a program, of a quick read there": {true, false, true, ""},
	} {
		var out bytes.Buffer
		a := &app{system: system{err: &out, now: time.Now, watched: c.watched}, global: globals{json: c.json}, reports: c.reports}
		a.happened(progressLine{Event: readPart, Text: "reading"})
		if got := out.String(); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s hears %q, want %q", name, got, c.want)
		}
	}
}
