package scan_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"upe/flows/scan"
)

// TestEncodings: what an editor may write is read, and the place is right in each.
func TestEncodings(t *testing.T) {
	t.Parallel()
	const line = "// ünïcode\nfetch('ü/guardian/factors/sms/templates')\n"
	wide := utf16.Encode([]rune(line + "// 🙂\n"))
	bytesOf := func(order binary.AppendByteOrder, mark []byte) []byte {
		out := slices.Clone(mark)
		for _, u := range wide {
			out = order.AppendUint16(out, u)
		}
		return out
	}
	for name, data := range map[string][]byte{
		"UTF-8":             []byte(line),
		"UTF-8 with a mark": []byte("\ufeff" + line),
		"UTF-16LE":          bytesOf(binary.LittleEndian, []byte{0xff, 0xfe}),
		"UTF-16BE":          bytesOf(binary.BigEndian, []byte{0xfe, 0xff}),
		"Latin-1":           []byte(strings.ReplaceAll(strings.ReplaceAll(line, "ü", "\xfc"), "ï", "\xef")),
		"Windows":           []byte(strings.ReplaceAll(line, "\n", "\r\n")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := single(t, scan.Options{FS: fstest.MapFS{"a.js": {Data: data}}, Root: "."})
			if h.Line != 2 || h.Column != 10 {
				t.Errorf("found at %d:%d, want 2:10", h.Line, h.Column)
			}
			if want := "fetch('ü/guardian/factors/sms/templates')"; h.Text != want {
				t.Errorf("line %q, want %q", h.Text, want)
			}
		})
	}
}

// TestHalfLetters: UTF-16 that ends in the middle of a letter, or has half a pair, is read as far as it goes.
func TestHalfLetters(t *testing.T) {
	t.Parallel()
	for _, tail := range [][]byte{{0x41}, {0x3d, 0xd8}, {0x3d, 0xd8, 0x42}, {0x3d, 0xd8, 0x3d, 0xd8}} {
		data := []byte{0xff, 0xfe}
		for _, c := range []byte("get('/guardian/factors/sms/templates')") {
			data = append(data, c, 0)
		}
		h := single(t, scan.Options{FS: fstest.MapFS{"a.js": {Data: append(data, tail...)}}, Root: "."})
		if h.Endpoint != "GET /guardian/factors/sms/templates" {
			t.Errorf("tail % x: %s", tail, h.Endpoint)
		}
	}
}

// TestLongFiles puts the path at places around the ends of pieces, in one line and in many: it is found once, and where it is.
func TestLongFiles(t *testing.T) {
	t.Parallel()
	const path, piece = "'/guardian/factors/sms/templates'", 4 << 20
	places := []int{piece - 64<<10 - 20, 0, 1 << 16, piece - 64<<10, piece - 10, piece, 2*piece - 128<<10}
	if testing.Short() {
		places = places[:1]
	}
	for _, filler := range []string{"x", "abc def\n"} {
		for _, at := range places {
			data := bytes.Repeat([]byte(filler), (8<<20)/len(filler))
			copy(data[at:], path)
			h := single(t, scan.Options{FS: fstest.MapFS{"a.txt": {Data: data}}, Root: "."})
			line, column := bytes.Count(data[:at], []byte("\n"))+1, at-bytes.LastIndexByte(data[:at], '\n')+2
			if h.Line != line || h.Column != column {
				t.Errorf("filler %q at %d: found at %d:%d, want %d:%d", filler, at, h.Line, h.Column, line, column)
			}
			if len(h.Text) > 250 {
				t.Errorf("the line has %d bytes", len(h.Text))
			}
		}
	}
}

// TestLeftOut: what is not one's own text is counted, and looked at when asked for.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{
		"src/a.sh":                 {Data: []byte(hit)},
		"node_modules/auth0/a.js":  {Data: []byte(hit)},
		"web/dist/a.js":            {Data: []byte(hit)},
		"vendor/auth0/a.go":        {Data: []byte(hit)},
		"app.min.js":               {Data: []byte(hit)},
		"app.js.map":               {Data: []byte(hit)},
		"bundle.js":                {Data: []byte(strings.Repeat("var a=1;", 500) + "fetch('/guardian/factors/sms/templates')")},
		"image.png":                {Data: []byte("\x89PNG\r\n\x00\x00" + hit)},
		".git/config":              {Data: []byte(hit)},
		".github/workflows/ci.yml": {Data: []byte(hit)},
		"pipe":                     {Mode: fs.ModeNamedPipe},
		"link":                     {Mode: fs.ModeSymlink, Data: []byte("src")},
	}
	summary := scanned(t, scan.Options{FS: tree, Root: "."}, ".github/workflows/ci.yml", "src/a.sh")
	if summary.Vendored != 3 || summary.Minified != 3 || summary.Binary != 1 || summary.Links != 1 || summary.Files != 2 {
		t.Errorf("summary %+v", summary)
	}
	if text := strings.Join(strings.Fields(summary.Text()), " "); !strings.Contains(text, "3 vendored folders, 3 minified files, 1 binary file, 1 symbolic link") {
		t.Errorf("it does not say what was left out:\n%s", text)
	}
	scanned(t, scan.Options{FS: tree, Root: ".", Vendored: true}, ".github/workflows/ci.yml", "app.js.map", "app.min.js", "bundle.js",
		"node_modules/auth0/a.js", "src/a.sh", "vendor/auth0/a.go", "web/dist/a.js")
	// Whoever names a vendored folder means it.
	scanned(t, scan.Options{FS: tree, Root: "node_modules/auth0"}, "node_modules/auth0/a.js")
}

// TestLinksThatLoop: a link is not followed, so a tree has an end.
func TestLinksThatLoop(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{"a/b/up", "self"} {
		if err := os.Symlink("..", filepath.Join(dir, link)); err != nil {
			t.Skip("this system makes no symbolic links:", err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "a", "x.sh"), []byte(hit), 0o644); err != nil {
		t.Fatal(err)
	}
	if s := scanned(t, scan.Options{FS: os.DirFS(dir), Root: "."}, "a/x.sh"); s.Links != 2 {
		t.Errorf("%d links, want 2", s.Links)
	}
}

// faulty is a tree in which some files cannot be read, and some are other files by the time they are.
type faulty struct {
	fstest.MapFS
	open, read, folder string // the names that fail
	lost               string // the name that is gone
	grows              string // the name of a file that never ends
}

var errFault = errors.New("permission denied")

func (f faulty) Open(name string) (fs.File, error) {
	switch name {
	case f.open:
		return nil, &fs.PathError{Op: "open", Path: name, Err: errFault}
	case f.lost:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	file, err := f.MapFS.Open(name)
	if err == nil && name == f.read {
		return broken{file}, nil
	}
	if err == nil && name == f.grows {
		return &endless{File: file}, nil
	}
	return file, err
}

func (f faulty) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == f.folder {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errFault}
	}
	return f.MapFS.ReadDir(name)
}

// broken fails in the middle.
type broken struct{ fs.File }

func (b broken) Read(p []byte) (int, error) {
	n, _ := b.File.Read(p[:min(len(p), 3)])
	return n, errFault
}

// endless is written as fast as it is read.
type endless struct {
	fs.File
	started bool
}

func (e *endless) Read(p []byte) (int, error) {
	if !e.started {
		e.started = true
		return e.File.Read(p)
	}
	for i := range p {
		p[i] = "another line\n"[i%13]
	}
	return len(p), nil
}

// TestNameNotUTF8: io/fs opens no file of such a name, so it is said what is wrong with it.
func TestNameNotUTF8(t *testing.T) {
	t.Parallel()
	const name = "bad\xff.sh"
	files := fstest.MapFS{name: &fstest.MapFile{Data: []byte(hit)}, "ok.sh": &fstest.MapFile{Data: []byte(hit)}}
	tree := faulty{MapFS: files, open: name}
	s := scanned(t, scan.Options{FS: tree, Root: "."}, "ok.sh")
	if want := []string{"bad\uFFFD.sh: its name is not UTF-8"}; s.Unreadable != 1 || !slices.Equal(s.Problems, want) {
		t.Errorf("%d unreadable, %q; want %q", s.Unreadable, s.Problems, want)
	}
}

// TestUnreadable: what cannot be read is named and counted, and the rest is looked at.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for _, name := range []string{"closed.sh", "broken.sh", "gone.sh", "folder/a.sh", "log.sh", "ok.sh"} {
		files[name] = &fstest.MapFile{Data: []byte(hit)}
	}
	tree := faulty{MapFS: files, open: "closed.sh", read: "broken.sh", folder: "folder", lost: "gone.sh", grows: "log.sh"}
	s := scanned(t, scan.Options{FS: tree, Root: "."}, "log.sh", "ok.sh")
	want := []string{"broken.sh: permission denied", "closed.sh: permission denied", "folder: permission denied"}
	slices.Sort(s.Problems)
	if s.Unreadable != 3 || !slices.Equal(s.Problems, want) {
		t.Errorf("%d unreadable, %q; want %q", s.Unreadable, s.Problems, want)
	}
	if text := s.Text(); !strings.Contains(text, "could not be read: closed.sh: permission denied") {
		t.Errorf("it does not name them:\n%s", text)
	}
}

// TestRootFails: a root that cannot be read is an error, not an empty tree.
func TestRootFails(t *testing.T) {
	t.Parallel()
	tree := faulty{MapFS: fstest.MapFS{"a/b.sh": {Data: []byte(hit)}}, folder: "a"}
	for _, root := range []string{"nope", "a"} {
		_, err := scan.Scan(t.Context(), scan.Options{FS: tree, Root: root}, func(scan.File) error { return nil })
		if err == nil {
			t.Errorf("root %s: no error", root)
		}
	}
}

// TestStops: a context that ends, and a reader that has had enough, end the scan; nothing keeps running.
func TestStops(t *testing.T) {
	t.Parallel()
	tree := crowd{files: 10_000, every: 1}
	enough := errors.New("enough")
	_, err := scan.Scan(t.Context(), scan.Options{FS: tree, Root: "."}, func(scan.File) error { return enough })
	if !errors.Is(err, enough) {
		t.Errorf("error %v, want that of the reader", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	_, err = scan.Scan(ctx, scan.Options{FS: tree, Root: "."}, func(scan.File) error {
		if n++; n == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

// TestOrder: however many workers there are, files come in the order of their names, and the same twice.
func TestOrder(t *testing.T) {
	t.Parallel()
	tree := crowd{files: 3000, every: 3}
	want := paths(t, scan.Options{FS: tree, Root: ".", Workers: 1})
	if len(want) != 1000 || !slices.IsSorted(want) {
		t.Fatalf("one worker: %d files, sorted %v", len(want), slices.IsSorted(want))
	}
	for _, workers := range []int{2, 7, 32} {
		if got := paths(t, scan.Options{FS: tree, Root: ".", Workers: workers}); !slices.Equal(got, want) {
			t.Errorf("%d workers: another order", workers)
		}
	}
}

// TestProgress: a big tree is told of as it is read, a small one is done before.
func TestProgress(t *testing.T) {
	t.Parallel()
	for files, want := range map[int][]int{900: nil, 3500: {1000, 2000, 3000}} {
		var told []int
		o := scan.Options{FS: crowd{files: files, every: files}, Root: ".", Progress: func(n int) { told = append(told, n/scan.ProgressEvery*scan.ProgressEvery) }}
		if _, err := scan.Scan(t.Context(), o, func(scan.File) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(told, want) {
			t.Errorf("%d files: told at %v, want %v", files, told, want)
		}
	}
}

// TestHundredThousandFiles reads a big tree in memory that does not grow with it.
func TestHundredThousandFiles(t *testing.T) {
	files := 100_000
	if testing.Short() {
		files = 10_000
	}
	tree := crowd{files: files, every: 100}
	before := liveHeap()
	highest, n := uint64(0), 0
	s, err := scan.Scan(t.Context(), scan.Options{FS: tree, Root: "."}, func(scan.File) error {
		if n++; n%100 == 0 {
			highest = max(highest, liveHeap())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.Findings != files/100 || s.Files != files {
		t.Errorf("%d findings in %d files, want %d in %d", s.Findings, s.Files, files/100, files)
	}
	const limit = 24 << 20
	if grown := int64(highest) - int64(before); grown > limit {
		t.Errorf("%d MB live in the middle of it, want at most %d", grown>>20, limit>>20)
	}
}

func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// crowd is a tree of many files that takes no memory: folders of a hundred, and something to find in one file of every few.
type crowd struct{ files, every int }

const perFolder = 100

func (c crowd) Open(name string) (fs.File, error) {
	var folder, file int
	if _, err := fmt.Sscanf(name, "d%06d/f%06d.sh", &folder, &file); err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	text := strings.Repeat("echo nothing to see here, and guards stand around\n", 20)
	if (folder*perFolder+file)%c.every == 0 {
		text += hit
	}
	return opened{strings.NewReader(text)}, nil
}

func (c crowd) Stat(name string) (fs.FileInfo, error) {
	return fs.Stat(fstest.MapFS{"x/y": {}}, map[bool]string{true: ".", false: "x"}[name == "."])
}

func (c crowd) ReadDir(name string) ([]fs.DirEntry, error) {
	n, form, mode := min(perFolder, c.files), "f%06d.sh", fs.FileMode(0)
	if name == "." {
		n, form, mode = c.files/perFolder, "d%06d", fs.ModeDir
	}
	entries := make([]fs.DirEntry, n)
	for i := range entries {
		entries[i] = named{fmt.Sprintf(form, i), mode}
	}
	return entries, nil
}

type opened struct{ io.Reader }

func (opened) Stat() (fs.FileInfo, error) { return nil, fs.ErrInvalid }
func (opened) Close() error               { return nil }

type named struct {
	name string
	mode fs.FileMode
}

func (n named) Name() string               { return n.name }
func (n named) IsDir() bool                { return n.mode.IsDir() }
func (n named) Type() fs.FileMode          { return n.mode }
func (n named) Info() (fs.FileInfo, error) { return nil, fs.ErrInvalid }

// single is the one hit of a tree.
func single(t *testing.T, o scan.Options) scan.Hit {
	t.Helper()
	var hits []scan.Hit
	_, err := scan.Scan(t.Context(), o, func(f scan.File) error {
		hits = append(hits, f.Hits...)
		return nil
	})
	if err != nil || len(hits) != 1 {
		t.Fatalf("%d hits, error %v, want one hit", len(hits), err)
	}
	return hits[0]
}

// scanned scans a tree, and fails unless something is found in exactly these files.
func scanned(t *testing.T, o scan.Options, want ...string) scan.Summary {
	t.Helper()
	var got []string
	s, err := scan.Scan(t.Context(), o, func(f scan.File) error {
		got = append(got, f.Path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("found something in %q, want %q", got, want)
	}
	return s
}
