package phone

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Error says what is wrong with a value, so that the person who typed it can
// put it right. It never holds the value.
type Error struct {
	What string // the field and its defect: "account SID has 33 characters"
	Why  string // the form it has to have
	Do   string // what to do, with an example
}

// Error joins the three parts.
func (e *Error) Error() string {
	return e.What + ": " + e.Why + "; " + e.Do
}

// characters counts as people do: "1 character", "33 characters".
func characters(s string) string {
	if n := utf8.RuneCountInString(s); n != 1 {
		return fmt.Sprintf("%d characters", n)
	}
	return "1 character"
}

// charName names one character without echoing anything a terminal or a log
// would act on.
func charName(r rune) string {
	switch {
	case r == ' ':
		return "a space"
	case unicode.IsSpace(r):
		return "white space"
	case r > ' ' && r <= '~':
		return fmt.Sprintf("%q", string(r))
	default:
		return fmt.Sprintf("the character U+%04X", r)
	}
}

// position returns the place of the first rune that breaks ok, counting from 1,
// and that rune; 0 when there is none.
func position(s string, ok func(rune) bool) (int, rune) {
	n := 0
	for _, r := range s {
		n++
		if !ok(r) {
			return n, r
		}
	}
	return 0, 0
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isHex(r rune) bool { return isDigit(r) || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F' }

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
