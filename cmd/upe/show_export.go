package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"upe/flows/export"
)

// export gives a plan in the words of a tool that keeps tenants as code.
func (o *showOptions) export(s exhibit) error {
	c, err := export.Of(export.Source{Plan: s.plan, From: s.from, Made: s.made(), Policy: s.policy(), Managed: s.managed()})
	if errors.Is(err, export.ErrBack) || errors.Is(err, export.ErrNothing) {
		return &problem{exit: exitRefused, code: "no-export", failed: "nothing was exported", why: err.Error(), do: "export the plan of the run that it belongs to, or one with steps", cause: err}
	}
	if err != nil {
		return err
	}
	if managed := s.managed(); managed != "" {
		o.app.warn(managed)
	}
	dir, files, err := o.files(c)
	if err != nil {
		return err
	}
	if dir == "" {
		_, err := io.WriteString(o.app.out, export.Joined(files)) // it holds nothing that a terminal would obey
		return err
	}
	if err := o.write(dir, files); err != nil {
		return err
	}
	document := struct {
		Schema string   `json:"schema"`
		Dir    string   `json:"dir"`
		Files  []string `json:"files"`
		Notes  []string `json:"notes"`
	}{"upe.export/1", dir, []string{}, orEmpty(c.Notes)}
	for _, f := range files {
		document.Files = append(document.Files, f.Name)
	}
	return o.app.answer(document, func() string {
		return fmt.Sprintf("Wrote into %s:\n  %s\nWhat they cannot hold is said in the first of them that you read: %s.\n",
			dir, strings.Join(document.Files, "\n  "), readFirst(files))
	})
}

// managed is what a run found of tools that keep its tenant as code. A plan alone does not hold what was found.
func (s exhibit) managed() string {
	if s.record == nil {
		return ""
	}
	f, found := s.record.Found.Finding("managed-as-code")
	if !found {
		return ""
	}
	var seen []string
	for _, e := range f.Evidence {
		seen = append(seen, e.What+": "+e.Value)
	}
	return f.Title + ". " + strings.Join(seen, ". ") + "."
}

// files are those of the export, and the directory they go to; none where they go to standard output.
func (o *showOptions) files(c export.Configuration) (dir string, files []export.File, err error) {
	if o.format == formTerraform {
		return o.output, export.Terraform(c), nil
	}
	if extension := filepath.Ext(o.output); extension == ".yaml" || extension == ".yml" {
		files, err = export.DeployYAML(c, filepath.Base(o.output))
		return filepath.Dir(o.output), files, err
	}
	files, err = export.DeployDirectory(c)
	return o.output, files, err
}

// readFirst is the file that says what the others cannot.
func readFirst(files []export.File) string {
	for _, f := range files {
		if f.Name == "README.md" {
			return f.Name
		}
	}
	return files[0].Name
}

// write puts files into a directory. None is replaced unless all may be.
func (o *showOptions) write(dir string, files []export.File) error {
	for _, f := range files {
		if path := filepath.Join(dir, filepath.FromSlash(f.Name)); !o.force && exists(path) {
			return fileThere(path, "nothing was written")
		}
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		err := os.MkdirAll(filepath.Dir(path), modeFolder)
		if err == nil {
			err = writeFile(path, []byte(f.Data))
		}
		if err != nil {
			return notWritten("the export was not written whole", path, err)
		}
	}
	return nil
}
