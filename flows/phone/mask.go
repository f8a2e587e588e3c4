package phone

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	hidden = "*** ***"
	// secretDigits is how many digits in a row [MaskAll] never leaves standing.
	secretDigits = 7
)

// Mask hides a phone number for journals and logs: "+1 *** *** 0100". The
// country calling code and the last digits stay (4, or 2 of a short number);
// the length does not show. What does not look like a phone number is hidden
// whole. A masked number is returned as it is.
func Mask(s string) string {
	if masked(s) {
		return s
	}
	if n, err := ParseE164(s); err == nil {
		return n.Masked()
	}
	if end, digits := candidate(s); end == len(s) && utf8.RuneCountInString(digits) >= secretDigits {
		return maskDigits(digits, s[0] == '+')
	}
	return hidden
}

// maskDigits masks digits that need not be a sound number.
func maskDigits(digits string, plus bool) string {
	if country, ok := countryOf(digits); plus && ok {
		return mask(country.Code, digits[len(country.Code):])
	}
	return mask("", digits)
}

func mask(code, national string) string {
	s := hidden
	if code != "" {
		s = "+" + code + " " + hidden
	}
	switch n := utf8.RuneCountInString(national); {
	case n >= 9:
		return s + " " + lastRunes(national, 4)
	case n >= 6:
		return s + " " + lastRunes(national, 2)
	}
	return s
}

func lastRunes(s string, n int) string {
	runes := []rune(s)
	return string(runes[len(runes)-n:])
}

// masked reports whether s is what mask returns.
func masked(s string) bool {
	before, after, ok := strings.Cut(s, hidden)
	code, plus := strings.CutPrefix(strings.TrimSuffix(before, " "), "+")
	last, space := strings.CutPrefix(after, " ")
	return ok &&
		(before == "" || plus && allDigits(code) && len(code) <= 3 && strings.HasSuffix(before, " ")) &&
		(after == "" || space && fewDigits(last))
}

// fewDigits reports whether s is the 2 or 4 digits, of any script, that mask
// leaves.
func fewDigits(s string) bool {
	n := utf8.RuneCountInString(s)
	other, _ := position(s, unicode.IsDigit)
	return other == 0 && (n == 2 || n == 4)
}

// MaskAll hides everything in a text that looks like a phone number, as [Mask]
// does: 7 or more digits, in one run or with the punctuation of phone numbers
// between them. Dates (2026-10-25) and IPv4 addresses stay. It errs on the
// side of hiding, so long identifiers may lose digits: afterwards the text has
// no run of 7 digits. Doing it twice changes nothing more.
//
// It is meant for text whose form we do not know, such as the error bodies of
// the API and of carriers.
func MaskAll(text string) string {
	var out strings.Builder
	for text != "" {
		start := strings.IndexFunc(text, func(r rune) bool { return r == '+' || unicode.IsDigit(r) })
		if start < 0 {
			break
		}
		out.WriteString(text[:start])
		text = text[start:]
		if n := harmless(text); n > 0 {
			out.WriteString(text[:n])
			text = text[n:]
			continue
		}
		end, digits := candidate(text)
		if utf8.RuneCountInString(digits) >= secretDigits {
			out.WriteString(maskDigits(digits, text[0] == '+'))
		} else {
			out.WriteString(text[:end])
		}
		text = text[end:]
	}
	return out.String() + text
}

// candidate measures the phone-like text at the start: a plus or digit, then
// digits with at most three separators between two of them. It returns its
// length in bytes and its digits.
func candidate(text string) (end int, digits string) {
	var found strings.Builder
	separators := 0
scan:
	for i, r := range text {
		switch {
		case unicode.IsDigit(r):
			found.WriteRune(r)
			end, separators = i+utf8.RuneLen(r), 0
		case i == 0 && r == '+':
			end = 1
		case separators < 3 && separator(r):
			separators++
		default:
			break scan
		}
	}
	return end, found.String()
}

func separator(r rune) bool {
	return strings.ContainsRune(" -./()", r) || unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r)
}

// harmless returns the length of the date or IPv4 address at the start of the
// text, and 0 when there is none.
func harmless(text string) int {
	text = text[:min(len(text), 24)] // more than either has, and no more: text may be long
	if end := strings.IndexFunc(text, func(r rune) bool { return r != '-' && r != '.' && !isDigit(r) }); end >= 0 {
		text = text[:end]
	}
	if s := strings.TrimRight(text, "-."); isDate(s) || isIPv4(s) {
		return len(s)
	}
	return 0
}

func isDate(s string) bool {
	parts := strings.Split(s, "-")
	return len(parts) == 3 && len(parts[0]) == 4 && len(parts[1]) == 2 && len(parts[2]) == 2 &&
		allDigits(parts[0]+parts[1]+parts[2]) && (parts[0][:2] == "19" || parts[0][:2] == "20")
}

func isIPv4(s string) bool {
	parts := strings.Split(s, ".")
	for _, p := range parts {
		if !allDigits(p) || len(p) > 3 || len(p) == 3 && p > "255" {
			return false
		}
	}
	return len(parts) == 4
}
