package phone_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/phone"
)

var e164 = regexp.MustCompile(`^\+[1-9]\d{1,14}$`)

func TestParseE164(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, want, country string }{
		{"+14155550100", "+14155550100", "North America and the Caribbean"},
		{"  +1 (415) 555-0100 ", "+14155550100", "North America and the Caribbean"},
		{"+1-808-555-5555", "+18085555555", "North America and the Caribbean"},
		{"+1.415.555.0100", "+14155550100", "North America and the Caribbean"},
		{"(+1) 415 555 0100", "+14155550100", "North America and the Caribbean"},
		{"+44 20 7946 0958", "+442079460958", "United Kingdom"},
		{"+44 (0)20 7946 0958", "+442079460958", "United Kingdom"},
		{"+39 06 1234 5678", "+390612345678", "Italy"},
		{"+39 (0)6 1234 5678", "+390612345678", "Italy"},
		{"+49 30\u00a0123456", "+4930123456", "Germany"},
		{"\u202a+1 415\u2011555\u20110100\u202c", "+14155550100", "North America and the Caribbean"}, // pasted from an address book
		{"＋８１ ３ １２３４ ５６７８", "+81312345678", "Japan"},
		{"+225 07 01 02 03 04", "+2250701020304", "Côte d'Ivoire"}, // a 0 that belongs to the number
		{"+683 4002", "+6834002", "Niue"},                          // the shortest
		{"+883510012345678", "+883510012345678", "International networks"},
		{"+7 912 345-67-89", "+79123456789", "Russia and Kazakhstan"},
		{"+15005550006", "+15005550006", "North America and the Caribbean"}, // Twilio's test number
	}
	for _, tt := range tests {
		n, err := phone.ParseE164(tt.typed)
		if err != nil || n.String() != tt.want || n.Country().Name != tt.country {
			t.Errorf("%q: %q in %q, %v; want %q in %q", tt.typed, n, n.Country().Name, err, tt.want, tt.country)
		}
		if len(n.String()) > phone.TryToMax {
			t.Errorf("%q is longer than the test endpoint takes", n)
		}
	}
}

func TestParseE164Errors(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, defect string }{
		{"", "is empty"},
		{" - ", "is empty"},
		{"+", "is empty"},
		{"4155550100", "has no plus and country calling code"},
		{"0044 20 7946 0958", "starts with the prefix for dialling abroad"},
		{"011 44 20 7946 0958", "starts with the prefix for dialling abroad"},
		{"+0 415 555 0100", "starts with +0"},
		{"+(0) 415 555 0100", "starts with +0"},
		{"+1 415 555 O100", "has letters in it"},
		{"+1 415 555 0100 ext 5", "has letters in it"},
		{"++14155550100", "has a plus in the middle"},
		{"+1415555,0100", `has "," in it`},
		{"+1415555~0100", "has the character U+FFFD in it"},
		{"+1415555\x1b[2J", "has the character U+001B in it"},
		{"+1 415 555 010", "has 9 digits after +1"},
		{"+1 415 555 01000", "has 11 digits after +1"},
		{"+1 055 555 0100", "has an area code that begins with 0 or 1"},
		{"+44123", "has 5 digits"},
		{"+4912345678901234", "has 16 digits"},
		{"+210 123 4567", "has a country calling code that is not assigned"},
		{"+44 020 7946 0958", "has a 0 after +44"},
		{"+44 20 (0) 7946 0958", "has (0) in the middle"},
		{"+44 (0)(0)20 7946 0958", "has (0) twice"},
	}
	for _, tt := range tests {
		n, err := phone.ParseE164(tt.typed)
		var e *phone.Error
		if !errors.As(err, &e) || e.What != "phone number "+tt.defect || e.Why == "" || !strings.Contains(e.Do, "+14155550100") {
			t.Errorf("%q: %v; want %q", tt.typed, err, tt.defect)
		}
		if n.String() != "" {
			t.Errorf("%q: %q beside an error", tt.typed, n)
		}
	}
}

// Whatever punctuation a person puts between the digits, the number is the same.
func TestPropertyPunctuation(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringMatching(`\+(1[2-9]\d{9}|49[1-9]\d{6,9}|372\d{7}|9715\d{8})`).Draw(t, "number")
		var typed strings.Builder
		for i, digit := range want {
			typed.WriteRune(digit)
			if i > 0 {
				typed.WriteString(rapid.SampledFrom([]string{"", "", "", " ", "-", ".", " (", ") ", "\u00a0", "\u200b"}).Draw(t, "between"))
			}
		}
		s := strings.ReplaceAll(typed.String(), "(0)", "0") // it has a meaning of its own
		n, err := phone.ParseE164(s)
		if err != nil || n.String() != want {
			t.Errorf("%q: %q, %v; want %q", s, n, err, want)
		}
	})
}

func FuzzParseE164(f *testing.F) {
	for _, s := range []string{"+14155550100", "+44 (0)20 7946 0958", "+39(0)6", "(0)+1", "~", "+1~", "\u202a+1", "+1\x1b[2J", "+"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := phone.ParseE164(s)
		if err != nil {
			if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r == 0x7f }) {
				t.Errorf("%q: an error with control characters: %q", s, err)
			}
			return
		}
		if !e164.MatchString(n.String()) || n.Country().Name == "" {
			t.Errorf("%q: %q in %q", s, n, n.Country().Name)
		}
		if again, err := phone.ParseE164(n.String()); err != nil || again != n {
			t.Errorf("%q: %q does not read back: %q, %v", s, n, again, err)
		}
	})
}
