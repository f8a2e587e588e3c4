package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// scanned is what `upe scan` looks for, as regular expressions: the paths of the twelve endpoints, the trigger, and the names under which
// SDKs and tools have them.
var scanned = []string{
	`guardian`, `(phone|sms)[_-]?fac`, `sms[_-]?selected`, `factor[_-]?(providers|templates?)`, `multifactor`,
	`twiliofactorconfig|twilioconfig`, `send[_-]?phone[_-]?message`, `phone-message-hook`, `sms_provider_error`, `selected-provider`,
}

// scanTree measures `upe scan` and ripgrep on the same tree, in turns.
func scanTree(l *lab) ([]row, error) {
	size := int64(1 << 30)
	if l.quick {
		size = 200 << 20
	}
	tree, files, bytes, err := l.plant(size)
	if err != nil {
		return nil, err
	}
	r := row{what: "scan of " + mb(bytes) + " of source", target: "<= 1.5x rg, aiming at 1x"}
	rg, missing := exec.LookPath("rg")
	var ours, theirs samples
	for i := range l.few(18)/3 + 1 {
		one, err := l.silently(l.upe, "scan", tree)
		if err != nil {
			return nil, err
		}
		other := time.Duration(0)
		if missing == nil {
			if other, err = l.silently(rg, ripgrep(tree)...); err != nil {
				return nil, err
			}
		}
		if i > 0 { // the first run fetches the files into memory
			ours, theirs = append(ours, one), append(theirs, other)
		}
	}
	throughput := fmt.Sprintf("%.2f s for %d files, median of %d", ours.median().Seconds(), files, len(ours))
	if missing != nil {
		r.target, r.result, r.how = "", throughput, "not held against rg, which is not installed (apt-get install ripgrep)"
		return []row{r}, nil
	}
	ratio := float64(ours.median()) / float64(theirs.median())
	r.result, r.missed = fmt.Sprintf("%.2fx", ratio), ratio > 1.5
	r.how = fmt.Sprintf("%s; rg %.2f s with %d patterns, in turns, files in memory", throughput, theirs.median().Seconds(), len(scanned))
	return []row{r}, nil
}

func ripgrep(tree string) []string {
	args := []string{"--count", "--ignore-case", "--no-messages"}
	for _, pattern := range scanned {
		args = append(args, "-e", pattern)
	}
	return append(args, tree)
}

// silently runs a program for its time. Findings are exit codes of both programs.
func (l *lab) silently(program string, args ...string) (time.Duration, error) {
	c := exec.CommandContext(l, program, args...)
	c.Env = clean()
	var wrong strings.Builder
	c.Stderr = &wrong
	began := time.Now()
	err := c.Run()
	took := time.Since(began)
	if code := c.ProcessState.ExitCode(); err != nil && code != 1 && code != 3 {
		return 0, fmt.Errorf("%s %s: %w: %s", program, args[0], err, wrong.String())
	}
	return took, nil
}

// plant makes a tree of source: Go's own, again and again. The files are linked where the file system can, as only reading them counts.
func (l *lab) plant(size int64) (tree string, files int, bytes int64, err error) {
	source, err := exec.CommandContext(l, "go", "env", "GOROOT").Output()
	if err != nil {
		return "", 0, 0, err
	}
	from := os.DirFS(filepath.Join(strings.TrimSpace(string(source)), "src"))
	tree = filepath.Join(l.work, "tree")
	for copyNumber := 0; bytes < size; copyNumber++ {
		before := bytes
		err := fs.WalkDir(from, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || bytes >= size {
				return err
			}
			target := filepath.Join(tree, fmt.Sprint("copy-", copyNumber), filepath.FromSlash(path))
			if d.IsDir() {
				return os.MkdirAll(target, 0o755)
			}
			n, err := place(from, strings.TrimSpace(string(source)), path, target)
			files, bytes = files+1, bytes+n
			return err
		})
		if err != nil {
			return "", 0, 0, err
		}
		if bytes == before {
			return "", 0, 0, errors.New("there is no source of Go here to scan")
		}
	}
	return tree, files, bytes, nil
}

// place puts a file into the tree.
func place(from fs.FS, root, path, target string) (int64, error) {
	info, err := fs.Stat(from, path)
	if err != nil {
		return 0, err
	}
	if runtime.GOOS != "windows" && os.Link(filepath.Join(root, "src", filepath.FromSlash(path)), target) == nil {
		return info.Size(), nil
	}
	in, err := from.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = in.Close() }()
	out, err := os.Create(target)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(out, in)
	return info.Size(), errors.Join(err, out.Close())
}
