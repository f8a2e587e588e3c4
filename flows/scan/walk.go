package scan

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"
)

// batchSize is how many files a worker takes at a time.
const batchSize = 32

// batch is a few files in the order of the walk, and what was found in them.
type batch struct {
	names []string
	files []File
	tally Summary
	err   error
	done  chan struct{}
}

// walker goes through a tree in the order of names.
type walker struct {
	Options
	ignores []ignoreFile // of the folders from the root of the tree down to here
	pending *batch
	send    func(*batch) error
	tally   Summary
}

// walk sends every file below the root in batches.
func (w *walker) walk(ctx context.Context) error {
	root := path.Clean(w.Root)
	info, err := fs.Stat(w.FS, root)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		if err := w.add(root); err != nil {
			return err
		}
		return w.flush()
	}
	// Rules of the folders above hold here as well.
	if root != "." {
		w.enter(".")
		for i, c := range root {
			if c == '/' {
				w.enter(root[:i])
			}
		}
	}
	if err := w.folder(ctx, root); err != nil {
		return err
	}
	return w.flush()
}

// enter reads the rules of a folder, and returns what leaves it.
func (w *walker) enter(folder string) func() {
	depth := len(w.ignores)
	if !w.Ignored {
		for _, name := range []string{".git/info/exclude", ".gitignore"} {
			w.rules(folder, name)
		}
	}
	return func() { w.ignores = w.ignores[:depth] }
}

func (w *walker) rules(folder, name string) {
	content, err := fs.ReadFile(w.FS, path.Join(folder, name))
	if err != nil {
		return // there are none, or nobody may read them
	}
	if folder == "." {
		folder = ""
	}
	if f := parseIgnore(folder, string(content)); len(f.rules) > 0 {
		w.ignores = append(w.ignores, f)
	}
}

// folder goes through one folder.
func (w *walker) folder(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, err := fs.ReadDir(w.FS, name)
	if err != nil {
		if name == path.Clean(w.Root) {
			return err
		}
		if !errors.Is(err, fs.ErrNotExist) {
			w.tally.unreadable(name, err)
		}
		// What could be read of it is looked at.
	}
	defer w.enterOf(name, entries)()
	for _, entry := range entries {
		if err := w.entry(ctx, name, entry); err != nil {
			return err
		}
	}
	return nil
}

// enterOf reads the rules of a folder where its entries say that there are any.
func (w *walker) enterOf(name string, entries []fs.DirEntry) func() {
	for _, entry := range entries {
		if entry.Name() == ".gitignore" || entry.Name() == ".git" {
			return w.enter(name)
		}
	}
	return func() {}
}

// entry takes one entry of a folder: goes into it, has it read, or leaves it out.
func (w *walker) entry(ctx context.Context, folder string, entry fs.DirEntry) error {
	name := entry.Name()
	if folder != "." {
		name = folder + "/" + name
	}
	isFolder := entry.IsDir()
	switch {
	case isFolder && repositories[entry.Name()]:
	case entry.Type()&fs.ModeSymlink != 0:
		w.tally.Links++
	case !isFolder && !entry.Type().IsRegular(): // a pipe or a device would never end
	case len(w.ignores) > 0 && ignored(w.ignores, name, isFolder):
		w.tally.Ignored++
	case isFolder && !w.Vendored && vendored[entry.Name()]:
		w.tally.Vendored++
	case isFolder:
		return w.folder(ctx, name)
	case !w.Vendored && minifiedName(name):
		w.tally.Minified++
	default:
		return w.add(strings.Clone(name))
	}
	return nil
}

func (w *walker) add(name string) error {
	if w.pending == nil {
		w.pending = &batch{names: make([]string, 0, batchSize), done: make(chan struct{})}
	}
	w.pending.names = append(w.pending.names, name)
	if len(w.pending.names) == batchSize {
		return w.flush()
	}
	return nil
}

// flush sends what is pending.
func (w *walker) flush() error {
	b := w.pending
	if b == nil {
		return nil
	}
	w.pending = nil
	return w.send(b)
}
