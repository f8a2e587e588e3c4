package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// scribbler is a program that adds a line to its last argument, and says in a file beside it who may read that.
func scribbler(t *testing.T) (path, seen string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the editor of this test is a shell script")
	}
	dir := t.TempDir()
	path, seen = filepath.Join(dir, "my editor"), filepath.Join(dir, "seen")
	script := "#!/bin/sh\nfor last; do :; done\nls -l \"$last\" > '" + seen + "'\nprintf 'b = 2\\n' >> \"$last\"\n"
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path, seen
}

// environment is a system with these variables.
func environment(variables map[string]string) *app {
	return &app{system: system{lookup: func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	}}}
}

func TestATextGoesThroughAnEditor(t *testing.T) {
	t.Parallel()
	path, seen := scribbler(t)
	plain := filepath.Join(filepath.Dir(path), "editor") // without a blank in its name
	if err := os.Link(path, plain); err != nil {
		t.Fatal(err)
	}
	for name, variables := range map[string]map[string]string{
		"VISUAL before EDITOR":     {"VISUAL": path, "EDITOR": "nonsense"},
		"EDITOR":                   {"EDITOR": path},
		"blanks around it":         {"VISUAL": "  ", "EDITOR": " " + path + " "},
		"arguments after its name": {"EDITOR": plain + " --wait"},
	} {
		opened, err := environment(variables).edit(t.Context())("action.js", "a = 1\n")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		e, ok := opened.(*editor)
		if !ok || filepath.Base(e.path) != "action.js" {
			t.Fatalf("%s: %T", name, opened)
		}
		if err := opened.Run(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if text, err := opened.Text(); err != nil || text != "a = 1\nb = 2\n" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
		if _, err := os.Stat(e.dir); !os.IsNotExist(err) {
			t.Errorf("%s: the file is still there: %v", name, err)
		}
		if listed, err := os.ReadFile(seen); err != nil || !strings.HasPrefix(string(listed), "-rw------- ") {
			t.Errorf("%s: %s, %v", name, listed, err)
		}
	}
}

func TestAnEditorThatIsNotThere(t *testing.T) {
	t.Parallel()
	_, err := environment(map[string]string{"VISUAL": "no-such-editor --wait"}).edit(t.Context())("action.js", "")
	if err == nil || !strings.Contains(err.Error(), "$VISUAL names no-such-editor --wait") {
		t.Errorf("error %v", err)
	}
}
