package termtest

import (
	"strings"
	"unicode/utf8"
)

// named returns what a key that has a name in Bubble Tea sends, or "".
func named(key string) string {
	switch key {
	case "enter":
		return "\r"
	case "tab":
		return "\t"
	case "shift+tab":
		return "\x1b[Z"
	case "esc":
		return "\x1b"
	case "space":
		return " "
	case "backspace":
		return "\x7f"
	case "insert":
		return "\x1b[2~"
	case "delete":
		return "\x1b[3~"
	case "pgup":
		return "\x1b[5~"
	case "pgdown":
		return "\x1b[6~"
	}
	return lettered(key)
}

// lettered returns what the keys send that VT100 and its heirs end with a letter.
func lettered(key string) string {
	switch key {
	case "up":
		return "\x1b[A"
	case "down":
		return "\x1b[B"
	case "right":
		return "\x1b[C"
	case "left":
		return "\x1b[D"
	case "home":
		return "\x1b[H"
	case "end":
		return "\x1b[F"
	case "f1":
		return "\x1bOP"
	case "f2":
		return "\x1bOQ"
	case "f3":
		return "\x1bOR"
	case "f4":
		return "\x1bOS"
	}
	return ""
}

// encode returns the bytes that a terminal sends for a key, which goes by the name it has in a key binding.
func encode(key string) (string, bool) {
	if seq := named(key); seq != "" {
		return seq, true
	}
	if letter, ok := strings.CutPrefix(key, "ctrl+"); ok && len(letter) == 1 && 'a' <= letter[0] && letter[0] <= 'z' {
		return string(rune(letter[0] - 'a' + 1)), true
	}
	if rest, ok := strings.CutPrefix(key, "alt+"); ok {
		seq, ok := encode(rest)
		return "\x1b" + seq, ok && rest != "esc"
	}
	return key, utf8.RuneCountInString(key) == 1
}

// unfinished reports whether the program must wait to see if more follows: an Esc, or one and a byte, may begin a longer key.
func unfinished(seq string) bool { return seq[0] == '\x1b' && len(seq) <= 2 }
