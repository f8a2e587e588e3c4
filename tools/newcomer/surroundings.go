package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// copyTree copies every file that git knows, or would take in, to a folder.
func copyTree(ctx context.Context, to string) error {
	list, err := exec.CommandContext(ctx, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		return fmt.Errorf("ask git for the files: %w", err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(list), "\x00"), "\x00") {
		if err := copyFile(name, filepath.Join(to, name)); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	info, err := os.Lstat(from)
	if errors.Is(err, fs.ErrNotExist) { // deleted, and not yet said to git
		return nil
	}
	if err != nil {
		return err
	}
	content, err := os.ReadFile(from) //nolint:gosec // named by git
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return err
	}
	return os.WriteFile(to, content, info.Mode().Perm())
}

// commands are the first two of the README: what is indented there.
func commands(readme string) (try, test string, err error) {
	text, err := os.ReadFile(readme) //nolint:gosec // ours
	if err != nil {
		return "", "", err
	}
	var found []string
	for line := range strings.Lines(string(text)) {
		if command, ok := strings.CutPrefix(line, "    "); ok {
			found = append(found, strings.TrimSpace(command))
		}
	}
	if len(found) < 2 {
		return "", "", errors.New("the README names no two commands")
	}
	return found[0], found[1], nil
}

// environment is a newcomer's: an empty home, no settings of a tenant or a desktop, and Go as it is set up outside.
func environment(ctx context.Context, home string) ([]string, error) {
	env := []string{"HOME=" + home, "USERPROFILE=" + home, "TERM=xterm-256color", "USER=robin"}
	for _, name := range []string{"PATH", "TMPDIR", "CC", "UPE_OPENAPI", "UPE_RECORDINGS"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	names := []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GOFLAGS", "GOTOOLCHAIN"}
	said, err := exec.CommandContext(ctx, "go", append([]string{"env", "-json"}, names...)...).Output() //nolint:gosec // constant names
	if err != nil {
		return nil, fmt.Errorf("ask go for its settings: %w", err)
	}
	var settings map[string]string
	if err := json.NewDecoder(bytes.NewReader(said)).Decode(&settings); err != nil {
		return nil, fmt.Errorf("read go's settings: %w", err)
	}
	for _, name := range names {
		env = append(env, name+"="+settings[name])
	}
	return env, nil
}

// untouched wants a home in which nobody but Go itself has written.
func untouched(home string) error {
	return filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == "go": // its counters, ~/.config/go
			return fs.SkipDir
		case !entry.IsDir():
			return fmt.Errorf("%s was left in the home", strings.TrimPrefix(path, home))
		}
		return nil
	})
}
