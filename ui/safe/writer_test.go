package safe_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"pgregory.net/rapid"

	"upe/ui/safe"
)

func TestWriterDoesNotCareAboutCuts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := hostile().Draw(t, "text")
		var out bytes.Buffer
		w := safe.Writer(&out)
		for rest := text; rest != ""; {
			n := rapid.IntRange(0, len(rest)).Draw(t, "cut")
			if wrote, err := io.WriteString(w, rest[:n]); wrote != n || err != nil {
				t.Fatalf("wrote %d of %d bytes: %v", wrote, n, err)
			}
			rest = rest[n:]
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if got, want := out.String(), safe.Block(text); got != want {
			t.Errorf("%+q came out as\n     %+q\nwant %+q", text, got, want)
		}
	})
}

func TestWriterHoldsOnlyWhatMayStillChange(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := safe.Writer(&out)
	for _, step := range []struct{ write, want string }{
		{"done\n", "done\n"},
		{"\x1b[2J", "done\n" + `\x1b[2J`},
		{"\n\xe6\x97", "done\n" + `\x1b[2J` + "\n"},
		{"\xa5\n", "done\n" + `\x1b[2J` + "\n日\n"},
	} {
		if _, err := io.WriteString(w, step.write); err != nil {
			t.Fatal(err)
		}
		if out.String() != step.want {
			t.Fatalf("after %+q: got %+q, want %+q", step.write, out.String(), step.want)
		}
	}
}

// broken is a terminal that went away.
type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

func TestWriterReportsErrors(t *testing.T) {
	t.Parallel()
	gone := errors.New("gone")
	for _, text := range []string{"plain", "not\x1bplain"} {
		if n, err := io.WriteString(safe.Writer(broken{gone}), text); n != 0 || !errors.Is(err, gone) {
			t.Errorf("writing %q: got %d, %v", text, n, err)
		}
	}
	w := safe.Writer(broken{gone})
	if _, err := io.WriteString(w, "\xe6"); err != nil {
		t.Fatalf("nothing was due yet: %v", err)
	}
	if err := w.Flush(); !errors.Is(err, gone) {
		t.Errorf("Flush: got %v", err)
	}
}

func BenchmarkWriter(b *testing.B) {
	text := bytes.Repeat([]byte("A plain line of an Action, sixty bytes long, no surprise.\n"), 1000)
	w := safe.Writer(io.Discard)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		_, _ = w.Write(text)
	}
}
