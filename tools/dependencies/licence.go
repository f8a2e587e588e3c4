package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"upe/flows/liquid"
	"upe/flows/syntax"
)

// embedded is JavaScript that upe holds as it was published.
var embedded = []struct{ name, version, folder string }{
	{"liquidjs", liquid.Version, "flows/liquid/liquidjs"},
	{"acorn", syntax.Version, "flows/syntax/acorn"},
}

// module is one module of a program.
type module struct {
	path, version, sum string
	purl               string // as package URLs write it
	licence            string // as SPDX writes it
	text               string
}

// known are licences by words that only they have, in the order in which they are tried. All of them let a program under MIT hold the module.
var known = []struct{ name, words string }{
	{"Apache-2.0", "Apache License Version 2.0"},
	{"MPL-2.0", "Mozilla Public License Version 2.0"},
	{"BSD-3-Clause", "Neither the name of"},
	{"BSD-3-Clause", "Neither the names of"},
	{"BSD-3-Clause", "names of its contributors may"},
	{"BSD-2-Clause", "Redistributions in binary form must reproduce"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee"},
	{"ISC", "Permission to use, copy, modify, and distribute this software for any purpose with or without fee"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
}

// find reads the licence of every module, and Go's own for the standard library, which is in the program as well.
func find(deps []*debug.Module) ([]module, error) {
	library, err := ask("env", "GOROOT")
	if err != nil {
		return nil, err
	}
	text, name, err := licence(library)
	if err != nil {
		return nil, err
	}
	all := []module{{path: "std", version: runtime.Version(), purl: "pkg:golang/std@" + strings.TrimPrefix(runtime.Version(), "go"), licence: name, text: text}}
	tree, err := ask("list", "-m", "-f", "{{.Dir}}", "upe")
	if err != nil {
		return nil, err
	}
	missing := []error{}
	for _, e := range embedded {
		text, name, err := licence(filepath.Join(tree, filepath.FromSlash(e.folder)))
		if err != nil {
			missing = append(missing, fmt.Errorf("%s: %w", e.folder, err))
		}
		all = append(all, module{path: e.name, version: e.version, purl: "pkg:npm/" + e.name + "@" + e.version, licence: name, text: text})
	}
	for _, d := range deps {
		d = replaced(d)
		text, name, err := licenceOf(d.Path, d.Version)
		if err != nil {
			missing = append(missing, fmt.Errorf("%s %s: %w", d.Path, d.Version, err))
			continue
		}
		all = append(all, module{d.Path, d.Version, d.Sum, "pkg:golang/" + d.Path + "@" + d.Version, name, text})
	}
	return all, errors.Join(missing...)
}

// ask asks the go command.
func ask(args ...string) (string, error) {
	out, err := exec.Command("go", args...).Output() //nolint:noctx // a tool's
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

func licenceOf(path, version string) (text, name string, err error) {
	out, err := ask("mod", "download", "-json", path+"@"+version)
	if err != nil {
		return "", "", err
	}
	_, rest, _ := strings.Cut(out, `"Dir": "`)
	folder, _, _ := strings.Cut(rest, `"`)
	return licence(strings.ReplaceAll(folder, `\\`, `\`))
}

// licence reads the licences in a folder, and says which they are. A module that holds others' code has several.
func licence(folder string) (text, name string, err error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return "", "", err
	}
	var texts, names []string
	for _, file := range files {
		upper := strings.ToUpper(file.Name())
		if file.IsDir() || !strings.HasPrefix(upper, "LICENSE") && !strings.HasPrefix(upper, "LICENCE") && !strings.HasPrefix(upper, "COPYING") {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			return "", "", err
		}
		if name := named(string(raw)); name != "" {
			texts, names = append(texts, strings.TrimSpace(string(raw))), append(names, name)
		}
	}
	if len(names) == 0 {
		return "", "", errors.New("it has no licence that is known here: read it, and add it to the list if upe may hold it")
	}
	slices.Sort(names)
	return strings.Join(texts, "\n\n"), strings.Join(slices.Compact(names), " AND "), nil
}

// named tells a licence by its words, however its lines are broken.
func named(text string) string {
	flat := strings.Join(strings.Fields(strings.ReplaceAll(text, ",", ", ")), " ")
	for _, l := range known {
		if strings.Contains(strings.ToLower(flat), strings.ToLower(l.words)) {
			return l.name
		}
	}
	return ""
}
