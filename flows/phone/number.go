package phone

import (
	"fmt"
	"strings"
	"unicode"
)

// TryToMax is the longest "to" that POST /branding/phone/providers/{id}/try
// takes, in characters. Every E.164 number fits: a plus and 15 digits.
const TryToMax = 16

const (
	maxDigits = 15 // E.164, calling code included
	minDigits = 7  // the shortest in use: a 3-digit calling code and 4 digits (Niue, Tokelau)

	exampleNumber = "+14155550100"
)

// Number is a phone number in E.164 form. The zero value is no number; get one
// from [ParseE164].
type Number struct {
	country  Country
	national string // the digits after the calling code
}

// String returns the canonical form, "+14155550100": the one to send to Auth0
// and to Twilio.
func (n Number) String() string {
	if n.country.Code == "" {
		return ""
	}
	return "+" + n.country.Code + n.national
}

// Country returns the calling code and who uses it.
func (n Number) Country() Country { return n.country }

// Masked returns the number as [Mask] shows it.
func (n Number) Masked() string { return mask(n.country.Code, n.national) }

// ParseE164 reads a phone number with its country calling code. Spaces,
// hyphens, dots and parentheses are taken as people use them, and so are
// invisible marks that come with a pasted number. "(0)" after the calling code
// is left out, as it is in a call from abroad. The result matches
// ^\+[1-9]\d{6,14}$ and has an assigned calling code.
//
// The error is an [*Error].
func ParseE164(s string) (Number, error) {
	s = strings.Map(typed, s)
	s = strings.ReplaceAll(s, "(0)", "~") // keep it until the calling code is known
	s = strings.Map(withoutPunctuation, s)
	digits, plus := strings.CutPrefix(s, "+")
	if err := checkShape(digits, plus); err != nil {
		return Number{}, err
	}
	head, tail, trunk := strings.Cut(digits, "~")
	country, ok := countryOf(head + tail)
	if !ok {
		return Number{}, numberError("has a country calling code that is not assigned", "every number starts with + and the calling code of its country")
	}
	if trunk && head != country.Code {
		return Number{}, numberError("has (0) in the middle", "(0) stands right after the country calling code, or not at all")
	}
	n := Number{country, (head + tail)[len(country.Code):]}
	if trunk && keepsZero(country) {
		n.national = "0" + n.national
	}
	if err := checkNational(n); err != nil {
		return Number{}, err
	}
	return n, nil
}

// keepsZero reports whether the leading 0 belongs to the number abroad too, as
// it does in Italy and the two states within it.
func keepsZero(c Country) bool { return c.Code == "39" || c.Code == "378" || c.Code == "379" }

// checkShape checks what holds for every number: one plus in front, then
// digits, as many as E.164 allows. "~" stands for "(0)".
func checkShape(digits string, plus bool) error {
	count := len(digits) - strings.Count(digits, "~")
	bad, r := position(digits, func(r rune) bool { return isDigit(r) || r == '~' })
	switch {
	case digits == "":
		return numberError("is empty", "a number is needed")
	case bad > 0 && r == '+':
		return numberError("has a plus in the middle", "there is one plus, in front")
	case bad > 0 && isLetter(r):
		return numberError("has letters in it", "only digits follow the plus")
	case bad > 0:
		return numberError("has "+charName(r)+" in it", "only digits follow the plus")
	case !plus && (strings.HasPrefix(digits, "00") || strings.HasPrefix(digits, "011")):
		return numberError("starts with the prefix for dialling abroad", "that prefix depends on where you are, the plus does not: write + in place of 00 or 011")
	case !plus:
		return numberError("has no plus and country calling code", "without them nobody knows which country it is in")
	case digits[0] == '0' || digits[0] == '~':
		return numberError("starts with +0", "no country calling code begins with 0")
	case strings.Count(digits, "~") > 1:
		return numberError("has (0) twice", "(0) stands right after the country calling code, or not at all")
	case count > maxDigits:
		return numberError(fmt.Sprintf("has %d digits", count), "15 is the most, calling code included (E.164)")
	case count < minDigits:
		return numberError(fmt.Sprintf("has %s", digitCount(count)), "7 is the least, calling code included")
	}
	return nil
}

// checkNational checks what is known of the numbers behind a calling code.
func checkNational(n Number) error {
	switch {
	case n.country.Code == "1" && len(n.national) != 10:
		return numberError(fmt.Sprintf("has %s after +1", digitCount(len(n.national))), "in North America and the Caribbean it is a 3-digit area code and 7 digits")
	case n.country.Code == "1" && n.national[0] < '2':
		return numberError("has an area code that begins with 0 or 1", "in North America and the Caribbean area codes begin with 2 to 9")
	case n.national[0] == '0' && strings.Contains(trunkZero, " "+n.country.Code+" "):
		return numberError("has a 0 after +"+n.country.Code, "that 0 is dialled inside the country only: leave it out")
	}
	return nil
}

// trunkZero lists calling codes whose national numbers never begin with 0,
// while people dial a 0 in front of them at home.
const trunkZero = " 27 31 32 33 41 43 44 46 49 61 62 63 64 66 81 82 84 86 90 91 92 94 353 "

func numberError(defect, why string) error {
	return &Error{"phone number " + defect, why, "write a plus, the country calling code and the number, for example " + exampleNumber}
}

func digitCount(n int) string {
	if n == 1 {
		return "1 digit"
	}
	return fmt.Sprintf("%d digits", n)
}

// typed drops what comes along when a number is pasted: invisible marks for
// text direction and joining. Full-width digits and plus become plain ones.
func typed(r rune) rune {
	switch {
	case r == '~': // reserved for "(0)" while parsing
		return '\uFFFD'
	case unicode.Is(unicode.Cf, r):
		return -1
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == '＋':
		return '+'
	}
	return r
}

// withoutPunctuation drops the punctuation people write inside numbers.
func withoutPunctuation(r rune) rune {
	if strings.ContainsRune("-.()", r) || unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Pd, r) || r == '\t' {
		return -1
	}
	return r
}
