package phone_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"upe/flows/phone"
)

func TestSegments(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       phone.Size
	}{
		{"empty", "", phone.Size{Encoding: phone.GSM7}},
		{"a code", "123456 is your verification code for ACME", phone.Size{phone.GSM7, 41, 41, 1, 0}},
		{"one full segment", strings.Repeat("a", 160), phone.Size{phone.GSM7, 160, 160, 1, 0}},
		{"one more", strings.Repeat("a", 161), phone.Size{phone.GSM7, 161, 161, 2, 0}},
		{"two full segments", strings.Repeat("a", 306), phone.Size{phone.GSM7, 306, 306, 2, 0}},
		{"three", strings.Repeat("a", 307), phone.Size{phone.GSM7, 307, 307, 3, 0}},
		{"extension table", "{€}", phone.Size{phone.GSM7, 3, 6, 1, 0}},
		{"80 euros", strings.Repeat("€", 80), phone.Size{phone.GSM7, 80, 160, 1, 0}},
		{"81 euros", strings.Repeat("€", 81), phone.Size{phone.GSM7, 81, 162, 2, 0}},
		{"an escape is not torn", strings.Repeat("a", 152) + "€" + strings.Repeat("a", 152), phone.Size{phone.GSM7, 305, 306, 3, 0}},
		{"accents of the alphabet", "Ihr Code für Größe: à é ñ Ω @ _ \n", phone.Size{phone.GSM7, 33, 33, 1, 0}},
		{"typographic apostrophe", "it’s 123456", phone.Size{phone.UCS2, 11, 11, 1, '’'}},
		{"accent outside", "ç", phone.Size{phone.UCS2, 1, 1, 1, 'ç'}},
		{"backquote is outside", "`", phone.Size{phone.UCS2, 1, 1, 1, '`'}},
		{"escape is no text", "\x1b", phone.Size{phone.UCS2, 1, 1, 1, '\x1b'}},
		{"70 of UCS-2", strings.Repeat("я", 70), phone.Size{phone.UCS2, 70, 70, 1, 'я'}},
		{"71 of UCS-2", strings.Repeat("я", 71), phone.Size{phone.UCS2, 71, 71, 2, 'я'}},
		{"134 of UCS-2", strings.Repeat("я", 134), phone.Size{phone.UCS2, 134, 134, 2, 'я'}},
		{"135 of UCS-2", strings.Repeat("я", 135), phone.Size{phone.UCS2, 135, 135, 3, 'я'}},
		{"an emoji is two", "🔐", phone.Size{phone.UCS2, 1, 2, 1, '🔐'}},
		{"an emoji is not torn", strings.Repeat("я", 66) + "🔐" + strings.Repeat("я", 66), phone.Size{phone.UCS2, 133, 134, 3, 'я'}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := phone.Segments(tt.text); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

// The default alphabet has 127 characters without the escape, the extension
// table 10: counted from outside, over the whole of Unicode's first planes.
func TestAlphabet(t *testing.T) {
	t.Parallel()
	count := map[int]int{}
	for r := rune(0); r < 0x3000; r++ {
		if size := phone.Segments(string(r)); size.Encoding == phone.GSM7 {
			count[size.Units]++
		}
	}
	if count[1] != 127 || count[2] != 10 {
		t.Errorf("%d characters of one septet and %d of two, want 127 and 10", count[1], count[2])
	}
}

func FuzzSegments(f *testing.F) {
	for _, s := range []string{"", "a", "€", "’", "🔐", "\xff", "\x1b", strings.Repeat("€a", 100), strings.Repeat("🔐", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := phone.Segments(s)
		single, part := 160, 153
		if got.Encoding == phone.UCS2 {
			single, part = 70, 67
			if units := len(utf16.Encode([]rune(s))); got.Units != units {
				t.Errorf("%d units, utf16 counts %d", got.Units, units)
			}
		}
		least := (got.Units + part - 1) / part
		if got.Units <= single {
			least = min(got.Units, 1)
		}
		// A segment loses one unit at most, to a character that is not torn.
		most := max(least, (got.Units+part-2)/(part-1))
		if got.Segments < least || got.Segments > most || got.Chars != utf8.RuneCountInString(s) {
			t.Errorf("%+v: segments not in %d..%d", got, least, most)
		}
		if (got.Encoding == phone.UCS2) != (got.Outside != 0) {
			if !strings.ContainsRune(s, 0) {
				t.Errorf("%+v: the character outside GSM-7 is not named", got)
			}
		}
	})
}

func TestOutsideGSM7(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"123456 is your code": "", "{€}": "", "„Café“ „x“": "„“", "ç 🔐 ç": "ç🔐",
	} {
		if got := string(phone.OutsideGSM7(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if size := phone.Segments(text); (size.Outside != 0) != (want != "") {
			t.Errorf("%q: %+v", text, size)
		}
	}
}
