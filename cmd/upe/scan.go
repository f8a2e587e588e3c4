package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/scan"
	"upe/ui/safe"
)

// scanOptions are the flags of scan.
type scanOptions struct {
	app      *app
	format   string
	ignored  bool
	vendored bool

	files   []scan.File // for a document; text is written as it is found
	summary scan.Summary
}

func (a *app) newScan() *cobra.Command {
	o := &scanOptions{app: a}
	c := command("scan PATH…", "Find what stops working in your code after the switch",
		`scan looks through source code for what stops working once a tenant uses the
Unified Phone Experience: calls of the twelve legacy endpoints, written out or
made through Auth0's SDKs, auth0-cli, Terraform, Pulumi and the Deploy CLI;
Actions and Hooks on the trigger send-phone-message; handlers of the error
sms_provider_error. For each it tells the file and line, the endpoint, what
happens after the switch, and what to use instead in the same ecosystem and
version, with the scopes that needs.

  certain   the path is written out, or the whole chain of receivers
  likely    part of it, or in a document
  unknown   a value that is not written there decides
  hint      nothing stops (scopes, comments); never a finding

What keeps working is not reported. .gitignore files are honoured; vendored
folders (node_modules, vendor, dist, …) and minified files are left out, and
counted. Symbolic links are not followed. It needs no tenant and sends nothing.

Exit codes: 0 nothing found, 3 findings, 1 an error, also when nothing was found
but not everything could be read.`,
		`  upe scan .
  upe scan infra apps/login --json
  upe scan . --format sarif > upe.sarif`,
		o.run)
	c.Args = cobra.ArbitraryArgs
	c.Flags().StringVar(&o.format, "format", "text", "the `FORMAT`: text, json, or sarif (for code scanning)")
	c.Flags().BoolVar(&o.ignored, "ignored", false, "look also at what .gitignore leaves out")
	c.Flags().BoolVar(&o.vendored, "vendored", false, "look also into vendored folders and minified files")
	return reporting(c)
}

// findings is returned by a scan that found something: no error, and not nothing.
type findings struct{}

func (findings) Error() string { return "findings" }

func (o *scanOptions) run(ctx context.Context, paths []string) error {
	if len(paths) == 0 {
		return usage("`upe scan` needs a PATH", "`upe scan .` looks at this folder and everything below it")
	}
	switch o.format {
	case "text", "sarif":
	case "json":
		o.app.global.json = true
	default:
		return usage("there is no format "+quoted(o.format), "--format is text, json or sarif")
	}
	for _, p := range paths {
		if err := o.path(ctx, p); err != nil {
			return err
		}
	}
	if err := o.tell(paths); err != nil {
		return err
	}
	return o.verdict()
}

// path scans one path.
func (o *scanOptions) path(ctx context.Context, name string) error {
	tree, root, err := treeOf(name)
	if err != nil {
		return cannotLook(name, err)
	}
	options := scan.Options{FS: tree, Root: root, Ignored: o.ignored, Vendored: o.vendored, Progress: o.looked(o.summary.Files)}
	summary, err := scan.Scan(ctx, options, func(f scan.File) error {
		f.Path = shown(name, root, f.Path)
		return o.file(f)
	})
	o.summary.Merge(summary)
	if err != nil && ctx.Err() == nil {
		return cannotLook(name, err)
	}
	return err
}

// looked tells how many files were read, beside those of the paths before.
func (o *scanOptions) looked(before int) func(files int) {
	return func(files int) {
		all := before + files
		o.app.happened(progressLine{Event: filesScanned, Text: fmt.Sprintf("looked at %d files", all), Done: all})
	}
}

// cannotLook tells that a path could not be looked at.
func cannotLook(name string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &problem{
		exit: exitError, code: "path", failed: "cannot look at " + quoted(name), why: err.Error(), do: "name a file or a folder that you may read", cause: err,
	}
}

// treeOf is the tree that holds a path, and where in it that is.
func treeOf(name string) (tree fs.FS, root string, err error) {
	full, err := filepath.Abs(name)
	if err != nil {
		return nil, "", err
	}
	// The path that was named is followed; links inside it are not.
	if full, err = filepath.EvalSymlinks(full); err != nil {
		return nil, "", err
	}
	top := topOf(full)
	if root, err = filepath.Rel(top, full); err != nil {
		return nil, "", err
	}
	return os.DirFS(top), filepath.ToSlash(root), nil
}

// outside is how many folders above a path belong to its tree where there is no repository: names of files count with the folders
// that they are in.
const outside = 3

// topOf is the folder of the repository around a path, so that its .gitignore files count.
func topOf(full string) string {
	top := full
	for folder, n := full, 0; ; folder, n = filepath.Dir(folder), n+1 {
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil {
			return folder
		}
		if n <= outside {
			top = folder
		}
		if folder == filepath.Dir(folder) {
			return top
		}
	}
}

// shown is a path of the tree as whoever named the root would write it.
func shown(name, root, file string) string {
	rest := strings.TrimPrefix(strings.TrimPrefix(file, root), "/")
	if root == "." {
		rest = file
	}
	return path.Join(filepath.ToSlash(name), rest)
}

// file takes a file with hits as soon as it is found.
func (o *scanOptions) file(f scan.File) error {
	if o.app.global.json || o.format == "sarif" {
		o.files = append(o.files, f)
		return nil
	}
	return o.app.say(scan.Text(safe.Lines(f)) + "\n")
}

// scanDocument is the JSON form.
type scanDocument struct {
	Schema  string       `json:"schema"`
	Paths   []string     `json:"paths"`
	Files   []scan.File  `json:"files"`
	Summary scan.Summary `json:"summary"`
}

// tell ends the output.
func (o *scanOptions) tell(paths []string) error {
	switch {
	case o.format == "sarif":
		return writeJSON(o.app.out, scan.NewSARIF(build().Version, o.files))
	case o.app.global.json:
		return writeJSON(o.app.out, scanDocument{"upe.scan/1", paths, append([]scan.File{}, o.files...), o.summary})
	}
	return o.app.say(safe.Lines(o.summary).Text())
}

// verdict is the exit code. Where something could not be read, finding nothing says little.
func (o *scanOptions) verdict() error {
	switch {
	case o.summary.Findings > 0:
		return findings{}
	case o.summary.Unreadable > 0:
		return &problem{
			exit: exitError, code: "unreadable", failed: "not everything could be read", why: counted(o.summary.Unreadable, "file or folder", "files or folders") + "; nothing was found in the rest",
			do: "run it as a user who may read them, or leave them out with a .gitignore",
		}
	}
	return nil
}
