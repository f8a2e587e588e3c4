package scan_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"upe/flows/scan"
)

var update = flag.Bool("update", false, "write what the fixtures find, and docs/scan.md, anew; then read them line by line")

// TestRows holds every row of the table against a fixture: what lies in found is found, exactly as its last file says, and in kept, which
// only uses what keeps working, nothing is.
func TestRows(t *testing.T) {
	t.Parallel()
	for _, row := range scan.Rows() {
		t.Run(row.ID, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join("testdata", "rows", row.ID+".txt")
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			tree, want := unpack(archive)
			got, own := list(t, tree, row.ID)
			if own == 0 {
				t.Error("the fixture has nothing that its row finds")
			}
			if !slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "kept/") }) {
				t.Error("the fixture has nothing that keeps working")
			}
			if strings.Contains(got, "kept/") {
				t.Errorf("what keeps working was reported:\n%s", got)
			}
			if *update {
				rewrite(t, path, archive, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("hits (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFixturesHaveRows fails for a fixture that no row looks at.
func TestFixturesHaveRows(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/rows/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		id := strings.TrimSuffix(filepath.Base(path), ".txt")
		if !slices.ContainsFunc(scan.Rows(), func(r scan.Row) bool { return r.ID == id }) {
			t.Errorf("%s: there is no such row", path)
		}
	}
}

// unpack is the tree of an archive, and its last file, which says what is found.
func unpack(a *txtar.Archive) (tree fstest.MapFS, want string) {
	tree = fstest.MapFS{}
	for _, f := range a.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		tree[f.Name] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
	}
	return tree, want
}

// list writes the hits of a tree a line each, and counts those of a row.
func list(t *testing.T, tree fstest.MapFS, row string) (lines string, own int) {
	t.Helper()
	var out strings.Builder
	_, err := scan.Scan(t.Context(), scan.Options{FS: tree, Root: "."}, func(f scan.File) error {
		for _, h := range f.Hits {
			mark := ""
			if h.Row != row {
				mark = " (" + h.Row + ")"
			} else {
				own++
			}
			fmt.Fprintf(&out, "%s:%d %s: %s%s\n", f.Path, h.Line, h.Confidence, h.Endpoint, mark)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), own
}

func rewrite(t *testing.T, path string, a *txtar.Archive, got string) {
	t.Helper()
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
	a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}
