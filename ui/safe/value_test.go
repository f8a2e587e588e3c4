package safe_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"reflect"
	"regexp"
	"testing"
	"time"

	"pgregory.net/rapid"

	"upe/ui/safe"
)

const (
	bad  = "x\x1b[2J"
	good = `x\x1b[2J`
)

type name string

type common struct{ Title, hidden string }

type block interface{ isBlock() }

type facts struct{ Rows [][2]string }

func (facts) isBlock() {}

// page has one of everything that a page of the conversation may have.
type page struct {
	common
	Name    name
	Blocks  []block
	Next    *page
	Options map[string]any
	Fixed   [2]string
	Raw     json.RawMessage
	At      time.Time
	Match   *regexp.Regexp
	Check   func(string) error
	Done    chan string
	Count   int
	Nothing any
	secret  string
}

// failure is not a part of page, because pages are compared with reflect.DeepEqual and errors must not be.
type failure struct{ Err error }

func TestCleanReachesEveryString(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
	match := regexp.MustCompile("x")
	done := make(chan string)
	in := page{
		common:  common{Title: bad, hidden: bad},
		Name:    bad,
		Blocks:  []block{facts{Rows: [][2]string{{bad, "ok"}}}, &[]facts{{Rows: [][2]string{{"ok", bad}}}}[0]},
		Next:    &page{Name: bad},
		Options: map[string]any{bad: []any{bad, 7, map[name]*name{bad: new(name(bad))}}},
		Fixed:   [2]string{bad, "ok"},
		Raw:     json.RawMessage(bad),
		At:      now, Match: match, Done: done, Count: 3, secret: bad,
	}
	want := page{
		common:  common{Title: good, hidden: bad},
		Name:    good,
		Blocks:  []block{facts{Rows: [][2]string{{good, "ok"}}}, &facts{Rows: [][2]string{{"ok", good}}}},
		Next:    &page{Name: good},
		Options: map[string]any{good: []any{good, 7, map[name]*name{good: new(name(good))}}},
		Fixed:   [2]string{good, "ok"},
		Raw:     json.RawMessage(bad),
		At:      now, Match: match, Done: done, Count: 3, secret: bad,
	}
	if got := safe.Clean(in); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
	if in.Next.Name != bad || in.Options[bad] == nil || in.Title != bad {
		t.Error("the original was changed")
	}
}

func TestCleanPassesFunctions(t *testing.T) {
	t.Parallel()
	called := safe.Clean(page{Check: func(s string) error { return errors.New(s) }}).Check("here")
	if called == nil || called.Error() != "here" {
		t.Errorf("got %v", called)
	}
}

func TestCleanErrors(t *testing.T) {
	t.Parallel()
	got := safe.Clean(failure{fmt.Errorf("%s: %w", bad, fs.ErrNotExist)}).Err
	if want := good + ": file does not exist"; got.Error() != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if !errors.Is(got, fs.ErrNotExist) {
		t.Error("errors.Is no longer finds the cause")
	}
	if again := safe.Clean(got); again.Error() != got.Error() {
		t.Errorf("cleaned twice: %q", again)
	}
	var none *fs.PathError
	if got := any(safe.Clean[error](none)); got != any(none) {
		t.Errorf("a nil pointer became %v", got)
	}
}

func TestCleanKeepsEntriesApart(t *testing.T) {
	t.Parallel()
	got := safe.Clean(map[string]int{good: 1, bad: 2, "b": 3})
	if want := map[string]int{good: 1, good + " (2)": 2, "b": 3}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := safe.Clean(map[float64]string{math.NaN(): bad}); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestCleanKeepsShapes(t *testing.T) {
	t.Parallel()
	ring := &page{Name: bad}
	ring.Next = ring
	if got := safe.Clean(ring); got == ring || got.Next != got || got.Name != good {
		t.Errorf("a circle became %p -> %p", got, got.Next)
	}
	if got := safe.Clean(page{}); !reflect.DeepEqual(got, page{}) {
		t.Errorf("the zero value became %#v", got)
	}
	if got := safe.Clean[any](nil); got != nil {
		t.Errorf("nil became %v", got)
	}
	if got := safe.Clean([]string{}); got == nil {
		t.Error("an empty slice became nil")
	}
}

func TestCleanIsADeepCopy(t *testing.T) {
	t.Parallel()
	in := map[string][]string{"a": {"b"}}
	out := safe.Clean(in)
	out["a"][0] = "changed"
	if in["a"][0] != "b" {
		t.Error("writing to the copy reached the original")
	}
}

// What JSON holds is every shape of map, slice, string and nil: cleaning it twice is cleaning it once.
func TestCleanIsIdempotent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.MapOf(hostile(), rapid.SliceOf(hostile())).Draw(t, "value")
		once := safe.Clean(in)
		if twice := safe.Clean(once); !reflect.DeepEqual(once, twice) {
			t.Errorf("once %+q\ntwice %+q", once, twice)
		}
		if len(once) != len(in) {
			t.Errorf("%d entries became %d", len(in), len(once))
		}
	})
}

// TestLinesKeepsEveryStringOnItsLine: as Clean, but a newline in a name cannot begin a line. Bytes are data.
func TestLinesKeepsEveryStringOnItsLine(t *testing.T) {
	t.Parallel()
	type finding struct {
		Title string
		Names map[string][]string
		Raw   json.RawMessage
		Err   error
	}
	const two = "Acme\nVerdict: eligible\x1b[2J"
	const one = `Acme\nVerdict: eligible\x1b[2J`
	in := finding{two, map[string][]string{two: {two}}, json.RawMessage("{\n}"), errors.New(two)}
	got := safe.Lines(in)
	if got.Title != one || len(got.Names[one]) != 1 || got.Names[one][0] != one || got.Err.Error() != one {
		t.Errorf("got %q", got)
	}
	if string(got.Raw) != "{\n}" {
		t.Errorf("the bytes became %q", got.Raw)
	}
	if again := safe.Lines(safe.Clean(in)); again.Title != one || again.Err.Error() != one || !errors.Is(again.Err, in.Err) {
		t.Errorf("after Clean: %q", again)
	}
}
