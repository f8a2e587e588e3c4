package safe_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"upe/ui/safe"
)

func TestLine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "Acme (prod)", "Acme (prod)"},
		{"empty", "", ""},
		{"colour", "\x1b[31mred\x1b[0m", `\x1b[31mred\x1b[0m`},
		{"link", "\x1b]8;;https://evil.example\x07docs\x1b]8;;\x07", `\x1b]8;;https://evil.example\x07docs\x1b]8;;\x07`},
		{"clipboard", "\x1b]52;c;cm0gLXJm\x1b\\", `\x1b]52;c;cm0gLXJm\x1b\`},
		{"unterminated title keeps the rest", "\x1b]0;gone? no", `\x1b]0;gone? no`},
		{"C0", "\x00\a\b\v\f\x1a", `\x00\x07\x08\x0b\x0c\x1a`},
		{"DEL", "a\x7fb", `a\x7fb`},
		{"C1 as a byte", "\x9b2J", `\x9b2J`},
		{"C1 as a rune", "\u009b2J\u0085", `\u009b2J\u0085`},
		{"not UTF-8", "\xff\xc3(", `\xff\xc3(`},
		{"surrogate half", "\xed\xa0\x80", `\xed\xa0\x80`},
		{"newline", "a\r\nb", `a\r\nb`},
		{"tab", "a\tb", "a    b"},
		{"bidi override", "\u202egpj.exe\u202c", `\u202egpj.exe\u202c`},
		{"bidi isolate and mark", "\u2066\u2069\u200f\u061c", `\u2066\u2069\u200f\u061c`},
		{"zero width", "pay\u200bpal\ufeff\u2060", `pay\u200bpal\ufeff\u2060`},
		{"soft hyphen", "a\u00adb", `a\u00adb`},
		{"line separators", "a\u2028b\u2029", `a\u2028b\u2029`},
		{"tag characters", "x\U000e0041", `x\U000e0041`},
		{"private use and unassigned", "\ue000\u0378", `\ue000\u0378`},
		{"invisible letters", "a\u3164\u115f\u034f\u2800", `a\u3164\u115f\u034f\u2800`},
		{"joiner in ASCII", "ad\u200dmin", `ad\u200dmin`},
		{"joiner at the end", "می\u200c", `می\u200c`},
		{"two joiners", "می\u200c\u200cخ", `می\u200c\u200cخ`},
		{"joiner in Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"joiner after a mark", "क्\u200dष", "क्\u200dष"},
		{"family", "👩\u200d💻 ❤️", "👩\u200d💻 ❤️"},
		{"keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3"},
		{"selector in ASCII", "a\ufe0f", `a\ufe0f`},
		{"second selector", "❤\ufe0f\ufe0f", "❤\ufe0f" + `\ufe0f`},
		{"hidden text in selectors", "⚙\U000e0100\U000e0101", "⚙\U000e0100" + `\U000e0101`},
		{"four marks", "a" + strings.Repeat("\u0301", 4), "a" + strings.Repeat("\u0301", 4)},
		{"the fifth mark and those behind it", "a" + strings.Repeat("\u0301", 6), "a" + strings.Repeat("\u0301", 4) + `\u0301\u0301`},
		{"mark at the start", "\u0338=", `\u0338=`},
		{"mark after something made visible", "\x07\u0301", `\x07` + "\u0301"},
		{"right to left and CJK", "שלום 日本語 한국어", "שלום 日本語 한국어"},
		{"replacement character", "\ufffd", "\ufffd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := safe.Line(tt.in); got != tt.want {
				t.Errorf("Line(%+q)\n got %+q\nwant %+q", tt.in, got, tt.want)
			}
		})
	}
}

func TestBlockKeepsNewlines(t *testing.T) {
	t.Parallel()
	const in = "exports.onExecute = () => {\n\treturn\r\n}\n\u0301"
	const want = "exports.onExecute = () => {\n    return\\r\n}\n" + `\u0301`
	if got := safe.Block(in); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// hostile draws text from the pieces that attacks and honest names are made of, any order.
func hostile() *rapid.Generator[string] {
	pieces := []string{
		"a", "1", "#", " ", "\n", "\r", "\t", "\x1b", "[31m", "]8;;", "\x07", "\x7f", "\x9b", "\u009b", "\u202e", "\u2066", "\u200b",
		"\u200d", "\u200c", "\ufe0f", "\U000e0100", "\u0301", "\u0301\u0301\u0301\u0301\u0301", "\u094d", "क", "م", "日", "👩", "💻",
		"\ufeff", "\u2028", "\U000e0041", "\u3164", "\u034f", "\xff", "\xe2\x80", "\xf0\x9f", "\ufffd", "\ue000", "é", "\u0903", `\x1b`, `\`,
	}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String())).Draw(t, "pieces"), "")
	})
}

func TestCleanTextProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { checkText(t, hostile().Draw(t, "text")) })
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "a\x1b]8;;x\x07", "م\u200cخ", "1\ufe0f\u20e3", "a\u0301\u0301\u0301\u0301\u0301\u200d日", "\xe2\x80\n\t\r"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkText(t, s) })
}

// checkText holds for every string there is.
func checkText(t interface{ Errorf(string, ...any) }, s string) {
	line, block := safe.Line(s), safe.Block(s)
	if again := safe.Line(line); again != line {
		t.Errorf("Line is not idempotent: %+q became %+q, then %+q", s, line, again)
	}
	if again := safe.Block(block); again != block {
		t.Errorf("Block is not idempotent: %+q became %+q, then %+q", s, block, again)
	}
	if got, want := strings.Count(block, "\n"), strings.Count(s, "\n"); got != want {
		t.Errorf("Block(%+q) has %d newlines, want %d", s, got, want)
	}
	checkRunes(t, line, "")
	checkRunes(t, block, "\n")
}

func checkRunes(t interface{ Errorf(string, ...any) }, clean, allowed string) {
	if !utf8.ValidString(clean) {
		t.Errorf("%+q is not UTF-8", clean)
	}
	marks, last := 0, ' '
	for _, r := range clean {
		joiner := r == '\u200c' || r == '\u200d'
		switch {
		case strings.ContainsRune(allowed, r):
		case joiner && last > unicode.MaxASCII:
		case !unicode.IsGraphic(r), unicode.Is(unicode.Bidi_Control, r):
			t.Errorf("%+q has %U", clean, r)
		}
		if marks++; !unicode.IsMark(r) || unicode.Is(unicode.Variation_Selector, r) {
			marks = 0
		}
		if marks > 4 {
			t.Errorf("%+q has more than four marks in a row", clean)
		}
		last = r
	}
}

func BenchmarkBlock(b *testing.B) {
	for _, bb := range []struct{ name, text string }{
		{"ascii", strings.Repeat("A plain line of an Action, sixty bytes long, no surprise.\n", 1000)},
		{"german", strings.Repeat("Straße, Größe, Übergang, Mädchen und so weiter überall.\n", 1000)},
		{"hostile", strings.Repeat("\x1b[31m\u202ea\u0301\u200d\xff日本", 3000)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.text)))
			for b.Loop() {
				_ = safe.Block(bb.text)
			}
		})
	}
}
