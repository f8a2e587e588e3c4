package scan_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"

	"upe/flows/scan"
)

// names are those of files in each language.
var names = []string{"a.js", "a.py", "a.java", "a.cs", "a.go", "a.php", "a.rb", "a.tf", "a.yaml", "a.json", "a.sh", "a.md", "a"}

// FuzzScan reads anything as anything: it comes to an end, every hit lies within the file, and its line can be shown.
func FuzzScan(f *testing.F) {
	paths, err := filepath.Glob("testdata/rows/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for i, file := range archive.Files {
			f.Add(file.Data, uint8(i))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, kind uint8) {
		name := names[int(kind)%len(names)]
		lines := strings.Count(string(data), "\n") + 1
		_, err := scan.Scan(t.Context(), scan.Options{FS: fstest.MapFS{name: {Data: data}}, Root: ".", Workers: 1}, func(file scan.File) error {
			for _, h := range file.Hits {
				if h.Line < 1 || h.Column < 1 || h.Line > lines && !strings.HasPrefix(string(data), "\xff\xfe") && !strings.HasPrefix(string(data), "\xfe\xff") {
					t.Errorf("hit at %d:%d of a file of %d lines", h.Line, h.Column, lines)
				}
				if !utf8.ValidString(h.Text) || strings.Contains(h.Text, "\n") {
					t.Errorf("line %q", h.Text)
				}
				if h.Endpoint == "" || h.After == "" || h.Instead == "" {
					t.Errorf("hit without advice: %+v", h)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzIgnore reads any rules: they come to an end.
func FuzzIgnore(f *testing.F) {
	for _, seed := range []string{"*.sh", "a/**/b", "[a-z]*[!x]", "\\", "[", "!", "/", "**", "a\\ ", "[\\]-\\a]"} {
		f.Add(seed, "a/b/c.sh")
	}
	f.Fuzz(func(t *testing.T, rules, path string) {
		tree := fstest.MapFS{".gitignore": {Data: []byte(rules)}}
		if fstestValid(path) {
			tree[path] = &fstest.MapFile{Data: []byte(hit)}
		}
		if _, err := scan.Scan(t.Context(), scan.Options{FS: tree, Root: ".", Workers: 1}, func(scan.File) error { return nil }); err != nil {
			t.Fatal(err)
		}
	})
}

// fstestValid reports whether a path can be a file beside .gitignore.
func fstestValid(path string) bool {
	return regexp.MustCompile(`^[a-z]+(/[a-z]+){0,4}(\.sh)?$`).MatchString(path)
}

// TestPathIsFoundAnywhere: wherever it stands in whatever text, a legacy path is found, as a regular expression would find it.
func TestPathIsFoundAnywhere(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(`guardian/factors/(phone|sms)/(providers/twilio|selected-provider|templates)`)
	rapid.Check(t, func(t *rapid.T) {
		factor := rapid.SampledFrom([]string{"phone", "sms", "email", "push-notification", "phone-"}).Draw(t, "factor")
		end := rapid.SampledFrom([]string{"providers/twilio", "selected-provider", "templates", "message-types", "providers/sns"}).Draw(t, "end")
		noise := rapid.StringMatching(`[guardianfctosp"' \n/]{0,40}`)
		text := noise.Draw(t, "before") + "\n'/guardian/factors/" + factor + "/" + end + "'\n" + noise.Draw(t, "behind")
		found := 0
		_, err := scan.Scan(t.Context(), scan.Options{FS: fstest.MapFS{"a.rs": {Data: []byte(text)}}, Root: "."}, func(f scan.File) error {
			found += len(f.Hits)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if want := pattern.MatchString(text); (found > 0) != want {
			t.Fatalf("found %d, want some: %v, in %q", found, want, text)
		}
	})
}

// TestHostileFiles: texts made to cost as much as they can are read in time that grows with their length.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	size := 1 << 20
	if testing.Short() {
		size = 1 << 17
	}
	for _, part := range []string{
		"auth0_guardian(", "resource \"auth0_guardian\" \"x\" { phone {", "phone-message-hook ", "guardianFactorTemplates:\n", "guardian.", "guardian=guardian.factors;",
		"guardian/factors/${", "a=b.guardian.factors.phone\n", "send-phone-message\n", "x.getFactorProvider(", "GuardianPhoneArgs(\"", "MultiFactorProvider.", "{",
		"sms/templates'/", "auth0_guardian(<<A\n", "<<A {\n", "read:guardian_factors ",
	} {
		for _, name := range []string{"a.tf", "a.yaml", "a.ts", "a.go"} {
			tree := fstest.MapFS{name: {Data: []byte("auth0_guardian{\n" + strings.Repeat(part, size/len(part)))}}
			if _, err := scan.Scan(t.Context(), scan.Options{FS: tree, Root: "."}, func(scan.File) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// BenchmarkScan reads the folder that UPE_SCAN names, and this module without it.
func BenchmarkScan(b *testing.B) {
	root := os.Getenv("UPE_SCAN")
	if root == "" {
		root = "../.."
	}
	for b.Loop() {
		s, err := scan.Scan(b.Context(), scan.Options{FS: os.DirFS(root), Root: "."}, func(scan.File) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(s.Bytes)
	}
}

// BenchmarkManyFiles reads a tree of 100,000 files that takes no disk: what each file costs by itself.
func BenchmarkManyFiles(b *testing.B) {
	tree := crowd{files: 100_000, every: 1000}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scan.Scan(b.Context(), scan.Options{FS: tree, Root: "."}, func(scan.File) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
