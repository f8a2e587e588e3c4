package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// call is one line of a script that runs the program.
type call struct {
	where   string
	command string // "upe fleet check"; "" where the line is not understood
	fails   bool
	quiet   bool // what it said on standard error is looked at before the next call: that it said nothing, or what it may say
}

// calls reads the scripts as far as they run the program: exec upe, exits, fails, interrupt.
func calls(t *testing.T) []call {
	t.Helper()
	paths, err := filepath.Glob("testdata/script/*.txt")
	if err != nil || len(paths) < 40 {
		t.Fatal(len(paths), err)
	}
	var all []call
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		script, _, _ := strings.Cut(string(raw), "\n-- ")
		last := -1
		for n, line := range strings.Split(script, "\n") {
			words := strings.Fields(regexp.MustCompile(`^\[[^]]*\] `).ReplaceAllString(line, ""))
			if len(words) == 0 {
				continue
			}
			c, ok := called(words)
			switch {
			case ok:
				c.where = filepath.Base(path) + ":" + strconv.Itoa(n+1)
				all, last = append(all, c), len(all)
			case words[0] == "exec" || words[0] == "emulate":
				last = -1
			case last >= 0 && (words[0] == "stderr" || words[0] == "progress" || len(words) > 1 && (words[1] == "stderr" || words[1] == "progress")):
				all[last].quiet = true
			}
		}
	}
	return all
}

// called understands a line that runs the program.
func called(words []string) (c call, ok bool) {
	var args []string
	switch negated := words[0] == "!"; {
	case words[0] == "exec" && len(words) > 1 && words[1] == "upe":
		args = words[2:]
	case negated && len(words) > 2 && words[1] == "exec" && words[2] == "upe":
		c.fails, args = true, words[3:]
	case words[0] == "exits" && len(words) > 1:
		c.fails, args = words[1] != "0" && words[1] != "2", words[2:]
	case words[0] == "fails" && len(words) > 2:
		c.fails, args = true, words[3:]
	default:
		return c, false
	}
	root := (&app{}).root()
	noOther(root)
	if found, _, err := root.Find(args); err == nil {
		c.command = found.CommandPath()
	}
	return c, true
}

// TestEveryCommandHasScripts: each command succeeds in a script that looks at its standard error, and fails in one. A command that is
// added without scripts fails here.
func TestEveryCommandHasScripts(t *testing.T) {
	t.Parallel()
	works, fails := map[string]bool{}, map[string]bool{}
	for _, c := range calls(t) {
		if c.fails {
			fails[c.command] = true
		} else if c.quiet {
			works[c.command] = true
		}
	}
	root := (&app{}).root()
	noOther(root)
	tree := append([]*cobra.Command{root}, commands(root)...)
	if len(tree) < 30 {
		t.Fatalf("%d commands: the test sees little", len(tree))
	}
	for _, c := range tree {
		path := c.CommandPath()
		if !works[path] && !needsTerminal(path) && !servesOn(path) {
			t.Errorf("no script has %s succeed, and looks at standard error (! stderr .)", path)
		}
		if !fails[path] {
			t.Errorf("no script has %s fail", path)
		}
	}
}

// needsTerminal reports whether a command succeeds before a terminal only: other tests have one, see pty_test.go and accessible.txt.
func needsTerminal(path string) bool { return path == "upe" || path == "upe bundle open" }

// servesOn reports whether a command does not end by itself: the script command emulate runs it, and wants it to end in order.
func servesOn(path string) bool { return path == "upe emulate" }

// TestScriptsLookAtStandardError: after every call that succeeds a script says what is on standard error, mostly nothing.
func TestScriptsLookAtStandardError(t *testing.T) {
	t.Parallel()
	n := 0
	for _, c := range calls(t) {
		if c.fails {
			continue
		}
		n++
		if !c.quiet {
			t.Errorf("%s: %s succeeds, and nobody looks at standard error: add ! stderr .", c.where, c.command)
		}
	}
	if n < 200 {
		t.Fatalf("%d calls: the test sees little", n)
	}
}

// scriptless are the codes that no script can bring about, with the test that does.
func scriptless() map[string]string {
	return map[string]string{
		"crash":                "crash_test.go", // a mistake of the program
		"error":                "explain_test.go",
		"choices":              "explain_test.go", // the answers are looked at before
		"secret":               "explain_test.go", // another admin masks a secret between two requests
		"not-yet":              "explain_test.go",
		"step-failed":          "explain_test.go",   // Auth0 takes a write and does not keep it
		"not-exercised":        "translate_test.go", // needs an Action that the sandbox cannot try
		"codes-lost":           "rehearse_test.go",  // a plan of ours loses none
		"rehearsal-differs":    "rehearse_test.go",
		"plan-refused":         "rehearse_test.go",
		"rehearsal-stops":      "rehearse_test.go",
		"not-rehearsed":        "rehearse_test.go",
		"nothing-to-take-back": "explain_test.go", // of the wizard: for the command it is no failure
		"no-terminal":          "testdata/script/help.txt",
		"input-ended":          "testdata/script/accessible.txt",
	}
}

// TestEveryErrorCodeIsSeen: each stable code is met by a script, with --json; or by another test, where no script can.
func TestEveryErrorCodeIsSeen(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/script/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen, met := map[string]bool{}, regexp.MustCompile(`(?m)^(?:\[[^]]*\] )?(?:fails [0-9]+ ([a-z0-9-]+)|json stderr code '"([a-z0-9-]+)"'|grep .*"code":"([a-z0-9-]+)")`)
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range met.FindAllStringSubmatch(string(raw), -1) {
			seen[found[1]+found[2]+found[3]] = true
		}
	}
	elsewhere := scriptless()
	for code := range documentedCodes(t) {
		file, known := elsewhere[code]
		switch {
		case seen[code] && known:
			t.Errorf("a script brings %s about: it is no exception", code)
		case known:
			if raw, err := os.ReadFile(file); err != nil || !mentions(string(raw), code) {
				t.Errorf("%s should bring %s about, and does not name it (%v)", file, code, err)
			}
		case !seen[code]:
			t.Errorf("no script brings the error %s about", code)
		}
	}
}

// mentions reports whether a test names a code, or in a script shows what a person reads.
func mentions(text, code string) bool {
	words := map[string]string{"no-terminal": "the wizard needs a terminal", "input-ended": "the input ended"}
	return strings.Contains(text, `"`+code+`"`) || words[code] != "" && strings.Contains(text, words[code])
}
