package logs

import "strings"

// number is a phone number as far as it is shown: "+15550001234", Auth0's "+1 XXXXXX1234", or our own "+1 *** *** 1234".
type number struct {
	first, last string // the digits before what is hidden, and after it; all of them in first when nothing is
	hidden      bool
}

const (
	fewestDigits = 7  // of a number that is shown whole
	mostDigits   = 15 // E.164
	fewestHidden = 3  // marks that hide something; "xx" may stand in any text
	fewestLast   = 2  // digits after them
)

// numbers finds what looks like phone numbers in a text.
func numbers(text string) []number {
	var found []number
	text = strings.ReplaceAll(text, "•", "*")
	for text != "" {
		start := strings.IndexFunc(text, inNumber)
		if start < 0 {
			break
		}
		text = text[start:]
		end := 1 // a plus in the middle begins another number
		for end < len(text) && text[end] != '+' && inNumber(rune(text[end])) {
			end++
		}
		if n, ok := numberIn(text[:end]); ok {
			found = append(found, n)
		}
		text = text[end:]
	}
	return found
}

func inNumber(r rune) bool { return digit(r) || hides(r) || strings.ContainsRune("+ ()-.", r) }

func digit(r rune) bool { return r >= '0' && r <= '9' }

func hides(r rune) bool { return strings.ContainsRune("xX*#", r) }

// numberIn reads one number from characters that may be parts of one.
func numberIn(text string) (number, bool) {
	var n number
	marks := 0
	for _, r := range text {
		switch {
		case hides(r):
			if n.last != "" {
				return number{}, false // hidden in two places: no mask that we know
			}
			marks++
		case digit(r) && marks > 0:
			n.last += string(r)
		case digit(r):
			n.first += string(r)
		}
	}
	n.hidden = marks > 0
	if n.hidden {
		return n, marks >= fewestHidden && len(n.last) >= fewestLast && len(n.first)+len(n.last) <= mostDigits
	}
	return n, len(n.first) >= fewestDigits && len(n.first) <= mostDigits
}

// fits reports whether two numbers may be the same one, as far as they are shown.
func (n number) fits(other number) bool {
	switch {
	case !n.hidden && !other.hidden:
		return n.first == other.first
	case !n.hidden:
		return other.fits(n)
	case !other.hidden:
		return strings.HasPrefix(other.first, n.first) && strings.HasSuffix(other.first, n.last) &&
			len(other.first) > len(n.first)+len(n.last)
	}
	return (strings.HasPrefix(n.first, other.first) || strings.HasPrefix(other.first, n.first)) &&
		(strings.HasSuffix(n.last, other.last) || strings.HasSuffix(other.last, n.last))
}

// concern says whether an entry is about a number.
type concern int

const (
	silent concern = iota // it names no number
	other                 // it names another one
	itself
)

// concerns looks for a number in an entry.
func (e Entry) concerns(to string) concern {
	wanted, known := numberOf(to)
	answer := silent
	for _, l := range e.leaves {
		if known && !wanted.hidden && strings.Contains(l.text, "+"+wanted.first) {
			return itself
		}
		for _, n := range numbers(l.text) {
			if known && n.fits(wanted) {
				return itself
			}
			if addressed(l.key) {
				answer = other
			}
		}
	}
	return answer
}

// numberOf reads a number that stands by itself.
func numberOf(text string) (number, bool) {
	found := numbers(text)
	if len(found) != 1 {
		return number{}, false
	}
	return found[0], true
}

// addressed reports whether a key is one under which Auth0 writes whom a message went to.
func addressed(key string) bool {
	switch key {
	case "to", "phone_number", "identifier", "recipient", "phone":
		return true
	}
	return false
}
