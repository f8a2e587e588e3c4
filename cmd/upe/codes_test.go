package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// exitDocs is the page whose tables scripts rely on.
const exitDocs = "../../docs/exit-codes.md"

// TestErrorCodesAreDocumented reads the stable codes out of the source, so that the page has each of them and no other.
func TestErrorCodesAreDocumented(t *testing.T) {
	t.Parallel()
	want := map[string]bool{}
	for code := range codesIn(t, ".") {
		want[code] = true
	}
	for _, code := range append(constants(t, "../../flows/tenant", "Class"), constants(t, "../../flows/run", "Reason")...) {
		want[code] = true
	}
	if len(want) < 60 {
		t.Fatalf("%d codes: the test sees little", len(want))
	}
	if diff := cmp.Diff(sorted(want), sorted(documentedCodes(t))); diff != "" {
		t.Errorf("codes in the source, and in %s (-source +page):\n%s", exitDocs, diff)
	}
	for code, exits := range codesIn(t, ".") {
		for exit := range exits {
			if !slices.Contains(documentedExits(t, code), exit) {
				t.Errorf("%s ends with exit code %d, and %s says %v", code, exit, exitDocs, documentedExits(t, code))
			}
		}
	}
}

// documentedCodes are those that the page has.
func documentedCodes(t *testing.T) map[string]bool {
	t.Helper()
	codes := map[string]bool{}
	for _, row := range documentedRows(t, `(?m)^\| `+"`"+`([a-z0-9-]+)`+"`"+` \| ([0-9, ]+) \|`) {
		codes[row[1]] = true
	}
	return codes
}

func documentedExits(t *testing.T, code string) []exitCode {
	t.Helper()
	var exits []exitCode
	for _, row := range documentedRows(t, "(?m)^\\| `("+regexp.QuoteMeta(code)+")` \\| ([0-9, ]+) \\|") {
		for _, text := range strings.Split(row[2], ",") {
			n, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil {
				t.Fatal(err)
			}
			exits = append(exits, exitCode(n))
		}
	}
	return exits
}

// TestSchemasAreDocumented does the same for the forms of documents.
func TestSchemasAreDocumented(t *testing.T) {
	t.Parallel()
	want, form := map[string]bool{}, regexp.MustCompile(`"(upe\.[a-z-]+/[0-9]+)"`)
	for _, dir := range []string{".", "../../flows", "../../client"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			raw, err := os.ReadFile(path)
			for _, found := range form.FindAllStringSubmatch(string(raw), -1) {
				want[found[1]] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]bool{}
	for _, row := range documentedRows(t, "(?m)^\\| `(upe\\.[a-z-]+/[0-9]+)` \\|") {
		got[row[1]] = true
	}
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" || len(want) < 20 {
		t.Errorf("schemas in the source, and in %s (-source +page):\n%s", exitDocs, diff)
	}
}

// TestExitCodesAreDocumented: the page's first table is the list of constants.
func TestExitCodesAreDocumented(t *testing.T) {
	t.Parallel()
	want := map[string]bool{}
	for _, code := range exitCodes(t) {
		want[fmt.Sprint(int(code))] = true
	}
	got := map[string]bool{}
	for _, row := range documentedRows(t, `(?m)^\| ([0-9]+) \|`) {
		got[row[1]] = true
	}
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		t.Errorf("exit codes (-source +page):\n%s", diff)
	}
}

func documentedRows(t *testing.T, row string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(exitDocs)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(row).FindAllStringSubmatch(string(raw), -1)
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for key := range set {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}

// parsed are the files of a package, without its tests.
func parsed(t *testing.T, dir string) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// exitCodes are the constants of type exitCode by name.
func exitCodes(t *testing.T) map[string]exitCode {
	t.Helper()
	all := map[string]exitCode{}
	for name, text := range constantsOf(t, ".", "exitCode") {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = exitCode(n)
	}
	return all
}

// constants are the values of the constants of a type of strings.
func constants(t *testing.T, dir, kind string) []string {
	t.Helper()
	var values []string
	for _, text := range constantsOf(t, dir, kind) {
		value, err := strconv.Unquote(text)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, value)
	}
	return values
}

// constantsOf are the constants of a type, as they are written, by name.
func constantsOf(t *testing.T, dir, kind string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, file := range parsed(t, dir) {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if of, ok := spec.Type.(*ast.Ident); !ok || of.Name != kind {
				return true
			}
			for i, name := range spec.Names {
				if i < len(spec.Values) {
					if value, ok := spec.Values[i].(*ast.BasicLit); ok {
						found[name.Name] = value.Value
					}
				}
			}
			return true
		})
	}
	return found
}

// codesIn are the codes that problems are given in the source, with the exit codes that stand beside them.
func codesIn(t *testing.T, dir string) map[string]map[exitCode]bool {
	t.Helper()
	known, texts, codes := exitCodes(t), constantsOf(t, dir, "string"), map[string]map[exitCode]bool{}
	note := func(code string, exit ast.Expr) {
		if codes[code] == nil {
			codes[code] = map[exitCode]bool{}
		}
		if name, ok := exit.(*ast.Ident); ok {
			codes[code][known[name.Name]] = true
		}
	}
	for _, file := range parsed(t, dir) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				fields := map[string]ast.Expr{}
				for _, element := range n.Elts {
					if pair, ok := element.(*ast.KeyValueExpr); ok {
						if key, ok := pair.Key.(*ast.Ident); ok {
							fields[key.Name] = pair.Value
						}
					}
				}
				if name, ok := fields["code"].(*ast.Ident); ok && texts[name.Name] != "" {
					fields["code"] = &ast.BasicLit{Kind: gotoken.STRING, Value: texts[name.Name]}
				}
				if code, ok := written(fields["code"]); ok {
					note(code, fields["exit"])
				}
			case *ast.AssignStmt:
				given := map[string]ast.Expr{}
				for i, left := range n.Lhs {
					if field, ok := left.(*ast.SelectorExpr); ok && i < len(n.Rhs) {
						given[field.Sel.Name] = n.Rhs[i]
					}
				}
				if code, ok := written(given["code"]); ok {
					note(code, given["exit"])
				}
			}
			return true
		})
	}
	return codes
}

// written is a text that is written out.
func written(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != gotoken.STRING {
		return "", false
	}
	value, err := strconv.Unquote(literal.Value)
	return value, err == nil && value != ""
}
