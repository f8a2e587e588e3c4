package safe

import "unicode"

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	emojiSelector      = '\ufe0f'
)

func isJoiner(r rune) bool { return r == zeroWidthJoiner || r == zeroWidthNonJoiner }

// isSelector reports whether r chooses between two forms of the rune before it. There are 260 of these, all without a width:
// a string of them can carry any hidden text, which is why only one is kept, and only where it can mean something.
func isSelector(r rune) bool { return unicode.Is(unicode.Variation_Selector, r) }

// isInvisible reports whether Unicode tells programs to draw nothing for r although it counts as a letter or mark, such as
// the Hangul fillers, or whether fonts do so (the braille blank).
func isInvisible(r rune) bool {
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || r == '\u2800'
}

func isMark(r rune) bool { return r >= 0x300 && unicode.IsMark(r) }

// isGraphic reports whether r is a letter, mark, number, punctuation, symbol or space. Controls, formats (all bidirectional
// and zero width controls), line separators, surrogates, private and unassigned runes are not.
func isGraphic(r rune) bool { return unicode.IsGraphic(r) }

// baseOf classifies a rune that was kept, or would be.
func baseOf(r rune) base {
	switch {
	case r == '#' || r == '*' || '0' <= r && r <= '9':
		return baseKeycap
	case r > unicode.MaxASCII && r != unicode.ReplacementChar && !isInvisible(r) && (unicode.IsLetter(r) || unicode.IsSymbol(r)):
		return baseWide
	}
	return baseOther
}

const digits = "0123456789abcdef"

func appendByte(dst []byte, b byte) []byte {
	return append(dst, '\\', 'x', digits[b>>4], digits[b&0xf])
}

// appendVisible writes r in the notation of a Go or JavaScript string.
func appendVisible(dst []byte, r rune) []byte {
	switch {
	case r == '\n':
		return append(dst, `\n`...)
	case r == '\r':
		return append(dst, `\r`...)
	case r <= unicode.MaxASCII:
		return appendByte(dst, byte(r))
	case r <= 0xffff:
		return appendHex(append(dst, `\u`...), r, 4)
	}
	return appendHex(append(dst, `\U`...), r, 8)
}

func appendHex(dst []byte, r rune, width int) []byte {
	for shift := 4 * (width - 1); shift >= 0; shift -= 4 {
		dst = append(dst, digits[r>>shift&0xf])
	}
	return dst
}
