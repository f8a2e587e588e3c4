package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// said are the lines of standard error with --json, each checked against the published schema that it names.
type said struct {
	progress map[occurrence]int // how often each kind of thing happened
	failure  *problemDocument   // nil: none
}

// lines reads standard error as a program does: by the schema that each line names.
type lines struct {
	schemas func() map[string]*jsonschema.Schema
}

func newLines(t *testing.T) lines {
	t.Helper()
	return lines{sync.OnceValue(func() map[string]*jsonschema.Schema {
		return map[string]*jsonschema.Schema{
			progressSchema: compiled(t, "progress"), "upe.error/1": compiled(t, "error"), "upe.warnings/1": compiled(t, "warnings"),
			"upe.device/1": compiled(t, "device"),
		}
	})}
}

func (l lines) of(text string) (said, error) {
	all := said{progress: map[occurrence]int{}}
	for line := range strings.Lines(text) {
		if all.failure != nil {
			return all, fmt.Errorf("something follows the error: %s", line)
		}
		var named struct {
			Schema string     `json:"schema"`
			Event  occurrence `json:"event"`
		}
		if err := json.Unmarshal([]byte(line), &named); err != nil {
			return all, fmt.Errorf("a line of standard error is no JSON: %w: %s", err, line)
		}
		schema := l.schemas()[named.Schema]
		if schema == nil {
			return all, fmt.Errorf("a line of standard error has no schema of its kind: %s", line)
		}
		if err := follows(schema, []byte(line)); err != nil {
			return all, fmt.Errorf("%s: %w", line, err)
		}
		switch named.Schema {
		case progressSchema:
			all.progress[named.Event]++
		case "upe.error/1":
			all.failure = &problemDocument{}
			if err := json.Unmarshal([]byte(line), all.failure); err != nil {
				return all, err
			}
		}
	}
	return all, nil
}

func lastLine(text string) string {
	all := strings.Split(strings.TrimSpace(text), "\n")
	return all[len(all)-1]
}

// progress EVENT... wants the last command, which had --json, to have told on standard error of each of these kinds of things, and of
// no error. `! progress` wants a command that told of nothing that happened.
func (l lines) progress(ts *testscript.TestScript, neg bool, args []string) {
	told, err := l.of(ts.ReadFile("stderr"))
	ts.Check(err)
	if told.failure != nil {
		ts.Fatalf("an error among the progress: %s", told.failure.Failed)
	}
	if neg && len(told.progress) > 0 {
		ts.Fatalf("told of %v", slices.Collect(maps.Keys(told.progress)))
	}
	for _, event := range args {
		if told.progress[occurrence(event)] == 0 {
			ts.Fatalf("nothing was told of %s, only of %v", event, slices.Collect(maps.Keys(told.progress)))
		}
	}
}

// fails EXIT CODE ARGS... runs upe with --json, and wants it to end with an exit code and an error of a stable code: what failed, why,
// and what to do, as the last line of standard error, and nothing on standard output. A command line that cannot be meant needs no why.
func (l lines) fails(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fails EXIT CODE ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	var exit *exec.ExitError
	if err := ts.Exec("upe", append([]string{"--json"}, args[2:]...)...); !errors.As(err, &exit) || exit.ExitCode() != want {
		ts.Fatalf("ended with %v, want exit code %d", err, want)
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("something is on standard output: %s", out)
	}
	told, err := l.of(ts.ReadFile("stderr"))
	ts.Check(err)
	ts.Check(told.inForm(args[1], exitCode(want)))
}

// inForm compares an error with the form of the house.
func (s said) inForm(code string, exit exitCode) error {
	p := s.failure
	switch {
	case p == nil:
		return errors.New("there is no error on standard error")
	case p.Code != code || p.Exit != exit:
		return fmt.Errorf("the error has code %s and exit %d, want %s and %d", p.Code, p.Exit, code, exit)
	case p.Failed == "" || p.Do == "" || p.Why == "":
		return fmt.Errorf("the error does not say what failed, why, and what to do: %+v", *p)
	case strings.HasSuffix(p.Failed, ".") || strings.HasSuffix(p.Do, "."):
		return fmt.Errorf("the parts of an error are no sentences: %+v", *p)
	}
	return nil
}
