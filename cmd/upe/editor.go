package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"upe/ui/screens"
)

// editor is a person's own editor with one text in it. The text is in a file that only they can read, in a directory of its own;
// both are gone once it was read back.
type editor struct {
	*exec.Cmd
	dir, path string
}

// edit makes ready what $VISUAL or $EDITOR names, as git and crontab do; without them, what most systems have.
func (a *app) edit(ctx context.Context) func(name, text string) (screens.Editor, error) {
	return func(name, text string) (screens.Editor, error) {
		command, err := a.editorCommand()
		if err != nil {
			return nil, err
		}
		dir, err := os.MkdirTemp("", "upe-edit-")
		if err != nil {
			return nil, err
		}
		e := &editor{dir: dir, path: filepath.Join(dir, name)}
		if err := os.WriteFile(e.path, []byte(text), modeFile); err != nil {
			return nil, errors.Join(err, e.remove())
		}
		e.Cmd = exec.CommandContext(context.WithoutCancel(ctx), command[0], append(command[1:], e.path)...)
		return e, nil
	}
}

// editorCommand is the editor and its own arguments: "code --wait" is two words, and a path may hold blanks.
func (a *app) editorCommand() ([]string, error) {
	for _, variable := range []string{"VISUAL", "EDITOR"} {
		value, _ := a.lookup(variable)
		value = strings.TrimSpace(value)
		if value == "" {
			continue
		}
		words := []string{value}
		if _, err := exec.LookPath(value); err != nil {
			words = strings.Fields(value)
		}
		if _, err := exec.LookPath(words[0]); err != nil {
			return nil, errors.New("$" + variable + " names " + value + ", which cannot be started")
		}
		return words, nil
	}
	for _, known := range []string{"editor", "nano", "vi", "notepad"} {
		if path, err := exec.LookPath(known); err == nil {
			return []string{path}, nil
		}
	}
	return nil, errors.New("set $VISUAL or $EDITOR to one, then start again")
}

// Text implements [screens.Editor].
func (e *editor) Text() (string, error) {
	raw, err := readFile(e.path)
	return string(raw), errors.Join(err, e.remove())
}

func (e *editor) remove() error { return os.RemoveAll(e.dir) }

// SetStdin implements [tea.ExecCommand], as its two neighbours do: the editor gets the terminal itself.
func (e *editor) SetStdin(r io.Reader) { e.Stdin = r }

// SetStdout is the screen.
func (e *editor) SetStdout(w io.Writer) { e.Stdout = w }

// SetStderr is the screen too.
func (e *editor) SetStderr(w io.Writer) { e.Stderr = w }
