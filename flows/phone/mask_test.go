package phone_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"upe/flows/phone"
)

func TestMask(t *testing.T) {
	t.Parallel()
	tests := []struct{ s, want string }{
		{"+14155550100", "+1 *** *** 0100"},
		{"+1 (415) 555-0100", "+1 *** *** 0100"},
		{"+44 20 7946 0958", "+44 *** *** 0958"},
		{"+35312345678", "+353 *** *** 78"},
		{"+6834002", "+683 *** ***"},
		{"4155550100", "*** *** 0100"},
		{"5550100", "*** *** 00"},
		{"+2101234567", "*** *** 4567"}, // no such calling code
		{"12345", "*** ***"},
		{"code 1234567", "*** ***"},
		{"", "*** ***"},
		{"*** ***", "*** ***"},
		{"+1 *** *** 0100", "+1 *** *** 0100"},
		{"+14155550100 *** *** 0100", "*** ***"},
		{"*** *** 14155550100", "*** ***"},
	}
	for _, tt := range tests {
		got := phone.Mask(tt.s)
		if got != tt.want {
			t.Errorf("Mask(%q) = %q, want %q", tt.s, got, tt.want)
		}
		if again := phone.Mask(got); again != got {
			t.Errorf("Mask(%q) = %q: not the same twice", got, again)
		}
	}
}

func TestMaskedNumber(t *testing.T) {
	t.Parallel()
	n, err := phone.ParseE164("+44 20 7946 0958")
	if err != nil || n.Masked() != "+44 *** *** 0958" {
		t.Errorf("%q, %v", n.Masked(), err)
	}
}

func TestMaskAll(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"", ""},
		{"no number here, 403 and 42", "no number here, 403 and 42"},
		{
			"The 'To' number +14155550100 is not a valid phone number.",
			"The 'To' number +1 *** *** 0100 is not a valid phone number.",
		},
		{`{"to":"+442079460958","code":21211}`, `{"to":"+44 *** *** 0958","code":21211}`},
		{"call (415) 555-0100 or +1-808-555-5555.", "call (*** *** 0100 or +1 *** *** 5555."},
		{"to=%2B14155550100&x=1", "to=%2B*** *** 0100&x=1"},
		{"sms|14155550100", "sms|*** *** 0100"},
		{"2026-10-25T10:00:00.123Z from 192.168.100.200: 429", "2026-10-25T10:00:00.123Z from 192.168.100.200: 429"},
		{"on 2026-10-25. Then 4155550100", "on 2026-10-25. Then *** *** 0100"},
		{"192.168.100.256", "*** *** 0256"}, // no address, so it may be a number
		{"9026-10-25", "*** *** 25"},        // no date of our time
		{"+2026-10-25", "+20 *** *** 25"},
		{"+٣٥٣١٢٣٤٥٦٧", "*** *** ٤٥٦٧"}, // digits of another script
		{"+1 *** *** 0100", "+1 *** *** 0100"},
		{"12+14155550100+14155550101", "12+1 *** *** 0100+1 *** *** 0101"},
		{"+++++++", "+++++++"},
	}
	for _, tt := range tests {
		if got := phone.MaskAll(tt.text); got != tt.want {
			t.Errorf("MaskAll(%q)\n got %q\nwant %q", tt.text, got, tt.want)
		}
	}
}

// A number never survives, however it is written and whatever stands around it.
func TestPropertyMaskAllHidesNumbers(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[a-z"':,{}=|]{1,8} ?`)
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`\+1[2-9]\d{2}[- .]?\d{3}[- .]?\d{4}`).Draw(t, "number")
		text := word.Draw(t, "before") + number + word.Draw(t, "after")
		got := phone.MaskAll(text)
		if strings.Contains(digits(got), digits(number)) || !strings.Contains(got, "+1 *** *** "+digits(number)[7:]) {
			t.Errorf("%q became %q", text, got)
		}
	})
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

var sevenDigits = regexp.MustCompile(`\p{Nd}{7}`)

func FuzzMaskAll(f *testing.F) {
	for _, s := range []string{
		"+14155550100", "call (415) 555-0100", "2026-10-25", "2026-10-25-2026-10-25", "1.2.3.4", "1.2.3.4.5550100",
		"+1 *** *** 0100", "555    0100 0100", "12+3456789", "\xff4155550100", "٣٥٣١٢٣٤٥٦٧", "0100 +", "1\u200b234567",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := phone.MaskAll(s)
		if left := sevenDigits.FindString(got); left != "" {
			t.Errorf("MaskAll(%q) = %q: %q is left", s, got, left)
		}
		if again := phone.MaskAll(got); again != got {
			t.Errorf("MaskAll(%q) = %q, and again %q", s, got, again)
		}
		if again := phone.Mask(phone.Mask(s)); again != phone.Mask(s) || sevenDigits.MatchString(again) {
			t.Errorf("Mask(%q) = %q, and again %q", s, phone.Mask(s), again)
		}
	})
}
