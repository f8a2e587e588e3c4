package scan_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"upe/flows/scan"
)

// hit is a file in which something is found.
const hit = "curl https://acme.us.auth0.com/api/v2/guardian/factors/sms/templates\n"

// TestIgnored follows gitignore(5), rule by rule.
func TestIgnored(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		ignore map[string]string // .gitignore files by folder
		files  []string
		want   []string // of the files, those that are looked at
	}{
		"a name, anywhere":      {one("secret.sh"), []string{"secret.sh", "a/secret.sh", "a/secret.sh.bak"}, []string{"a/secret.sh.bak"}},
		"a wildcard":            {one("*.log"), []string{"a.log", "a/b.log", "a.logs"}, []string{"a.logs"}},
		"one letter":            {one("a?.sh"), []string{"ab.sh", "a.sh", "a/b.sh"}, []string{"a.sh", "a/b.sh"}},
		"a set":                 {one("[a-c]x.sh"), []string{"ax.sh", "dx.sh"}, []string{"dx.sh"}},
		"not a set":             {one("[!a-c]x.sh"), []string{"ax.sh", "dx.sh"}, []string{"ax.sh"}},
		"a bracket in a set":    {one("[]]x.sh"), []string{"]x.sh", "ax.sh"}, []string{"ax.sh"}},
		"a set never closed":    {one("[a.sh"), []string{"[a.sh", "a.sh"}, []string{"[a.sh", "a.sh"}},
		"anchored":              {one("/top.sh"), []string{"top.sh", "a/top.sh"}, []string{"a/top.sh"}},
		"a path":                {one("a/b.sh"), []string{"a/b.sh", "c/a/b.sh"}, []string{"c/a/b.sh"}},
		"a star in a path":      {one("a/*/c.sh"), []string{"a/b/c.sh", "a/b/b/c.sh", "a/c.sh"}, []string{"a/b/b/c.sh", "a/c.sh"}},
		"a folder":              {one("out/"), []string{"out/a.sh", "b/out/c.sh", "b/out2/out"}, []string{"b/out2/out"}},
		"a folder, by its name": {one("out"), []string{"out/a.sh", "b/out/c.sh"}, nil},
		"two stars before":      {one("**/x.sh"), []string{"x.sh", "a/b/x.sh", "xx.sh"}, []string{"xx.sh"}},
		"two stars behind":      {one("a/**"), []string{"a/x.sh", "a/b/x.sh", "b/a/x.sh"}, []string{"b/a/x.sh"}},
		"two stars between":     {one("a/**/x.sh"), []string{"a/x.sh", "a/b/c/x.sh", "b/x.sh"}, []string{"b/x.sh"}},
		"negated":               {one("*.sh\n!keep.sh"), []string{"a.sh", "keep.sh", "a/keep.sh"}, []string{"a/keep.sh", "keep.sh"}},
		"negated, then again":   {one("*.sh\n!keep.sh\nkeep.sh"), []string{"keep.sh"}, nil},
		"negated inside":        {one("out/\n!out/keep.sh"), []string{"out/keep.sh"}, nil}, // a folder that is left out is not entered
		"contents negated":      {one("out/*\n!out/keep.sh"), []string{"out/keep.sh", "out/a.sh"}, []string{"out/keep.sh"}},
		"a comment":             {one("# a.sh\n\n   \n"), []string{"a.sh"}, []string{"a.sh"}},
		"escaped":               {one("\\#a.sh\n\\!b.sh"), []string{"#a.sh", "!b.sh", "a.sh"}, []string{"a.sh"}},
		"spaces at the end":     {one("a.sh   \nb\\ "), []string{"a.sh", "b "}, nil},
		"line ends of Windows":  {one("a.sh\r\nb.sh\r\n"), []string{"a.sh", "b.sh", "c.sh"}, []string{"c.sh"}},
		"a mark at the front":   {one("\ufeffa.sh"), []string{"a.sh", "b.sh"}, []string{"b.sh"}},
		"nested":                {map[string]string{"": "*.sh", "a": "!x.sh"}, []string{"x.sh", "a/x.sh", "a/y.sh"}, []string{"a/x.sh"}},
		"nested and anchored":   {map[string]string{"a": "/x.sh"}, []string{"x.sh", "a/x.sh", "a/b/x.sh"}, []string{"a/b/x.sh", "x.sh"}},
		"a sibling's rules":     {map[string]string{"a": "x.sh"}, []string{"a/x.sh", "b/x.sh"}, []string{"b/x.sh"}},
		"many stars":            {one("*a*a*a*a*a*a*a*a*b"), []string{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, []string{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree := fstest.MapFS{}
			for folder, rules := range tc.ignore {
				tree[joined(folder, ".gitignore")] = &fstest.MapFile{Data: []byte(rules)}
			}
			for _, f := range tc.files {
				tree[f] = &fstest.MapFile{Data: []byte(hit)}
			}
			got := paths(t, scan.Options{FS: tree, Root: "."})
			slices.Sort(got) // the walk goes into a folder before it takes the file a.sh beside it
			if !slices.Equal(got, tc.want) {
				t.Errorf("looked at %q, want %q", got, tc.want)
			}
			slices.Sort(tc.files)
			if got := paths(t, scan.Options{FS: tree, Root: ".", Ignored: true}); len(got) != len(tc.files) {
				t.Errorf("with Ignored looked at %q, want all of %q", got, tc.files)
			}
		})
	}
}

// TestRulesAbove: what is left out of the repository is left out of a folder of it as well.
func TestRulesAbove(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{
		".git/info/exclude": {Data: []byte("mine.sh\n")},
		".gitignore":        {Data: []byte("*.log.sh\n")},
		"a/.gitignore":      {Data: []byte("/b/tmp.sh\n")},
		"a/b/x.log.sh":      {Data: []byte(hit)},
		"a/b/mine.sh":       {Data: []byte(hit)},
		"a/b/tmp.sh":        {Data: []byte(hit)},
		"a/b/x.sh":          {Data: []byte(hit)},
	}
	if got, want := paths(t, scan.Options{FS: tree, Root: "a/b"}), []string{"a/b/x.sh"}; !slices.Equal(got, want) {
		t.Errorf("looked at %q, want %q", got, want)
	}
	// What is named is looked at, whatever the rules say.
	if got, want := paths(t, scan.Options{FS: tree, Root: "a/b/tmp.sh"}), []string{"a/b/tmp.sh"}; !slices.Equal(got, want) {
		t.Errorf("looked at %q, want %q", got, want)
	}
}

func one(rules string) map[string]string { return map[string]string{"": rules} }

func joined(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}

// paths are the files in which something is found.
func paths(t *testing.T, o scan.Options) []string {
	t.Helper()
	var all []string
	_, err := scan.Scan(t.Context(), o, func(f scan.File) error {
		all = append(all, f.Path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
