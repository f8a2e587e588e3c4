package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// notWritten says that a file could not be written. Of the temporary file beside it nobody wants to know.
func notWritten(what, path string, err error) *problem {
	return &problem{
		exit: exitError, code: "write", failed: what, why: naming(path, err).Error(), cause: err,
		do: "name a file in a folder that is there, and that you may write to",
	}
}

// reason is why the operating system could not do something with a file, without the name that it was tried by.
func reason(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

// naming is an error about a file with the name that a person gave.
func naming(path string, err error) error { return fmt.Errorf("%s: %w", quoted(path), reason(err)) }

// tooNew improves a problem with a file that a later program made: what is wrong with it is that it is read by this one. known is the
// schema that this program reads.
func (p *problem) tooNew(raw []byte, known string) *problem {
	family, number, _ := strings.Cut(known, "/")
	found := regexp.MustCompile(`(?m)^[\s{]*"?schema"?\s*:\s*"?` + regexp.QuoteMeta(family) + `/([0-9]{1,9})\b`).FindSubmatch(raw)
	if found == nil {
		return p
	}
	theirs, _ := strconv.Atoi(string(found[1])) // digits
	if ours, err := strconv.Atoi(number); err == nil && theirs > ours {
		p.why = fmt.Sprintf("it was made by a newer program: its schema is %s/%d, and this one reads %s", family, theirs, known)
		p.do = "update upe; `upe version` says which this is"
	}
	return p
}

// damagedRun says that a file of a run folder cannot be read.
func damagedRun(dir string, err error) *problem {
	return &problem{
		exit: exitError, code: "run-folder", failed: "the run " + filepath.Base(dir) + " cannot be read", why: err.Error(), cause: err,
		do: "put the file back from a copy of the folder " + dir + "; without it, make a new plan with `upe plan`",
	}
}

// noRunsThere says that run folders cannot be where they are looked for.
func noRunsThere(dir string, err error) *problem {
	return &problem{
		exit: exitError, code: "run-folder", failed: "run folders cannot be in " + quoted(dir), why: reason(err).Error(), cause: err,
		do: "name another place with --run-dir",
	}
}

// whichRun says that a directory holds several runs.
func whichRun(dir string, inside []string) *problem {
	p := &problem{
		exit: exitError, code: "which-run", failed: "which run is meant is not said", why: quoted(dir) + " holds " + fmt.Sprint(len(inside)) + " runs",
		do: "name one of them",
	}
	for _, run := range inside {
		p.details = append(p.details, detail{Name: near(run)})
	}
	return p
}
