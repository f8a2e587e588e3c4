package phone

import (
	"slices"
	"strings"
)

// Encoding is how an SMS travels.
type Encoding string

// The encodings of SMS (GSM 03.38, now 3GPP TS 23.038).
const (
	GSM7 Encoding = "GSM-7" // 160 characters in one segment
	UCS2 Encoding = "UCS-2" // 70, and one character outside GSM-7 is enough for it
)

// Units that fit into a segment: alone, and as a part of a longer message,
// where a header of 6 bytes takes its place.
const (
	gsm7Single, gsm7Part = 160, 153
	ucs2Single, ucs2Part = 70, 67
)

// Size is what a text costs as an SMS. Carriers bill segments.
type Size struct {
	Encoding Encoding
	Chars    int // characters as Unicode counts them
	// Units is what the encoding counts: septets in GSM-7, where the characters
	// ^{}\[~]| and the euro sign take two; 16-bit units in UCS-2, where an
	// emoji takes two or more.
	Units    int
	Segments int // 0 for an empty text
	// Outside is the first character GSM-7 does not have, the one that makes
	// the message UCS-2; 0 when it is GSM-7. A typographic apostrophe is a
	// frequent one.
	Outside rune
}

// Segments measures a text as an SMS, as it stands: a carrier may replace
// characters to save a segment (Twilio's smart encoding), and a template grows
// when its variables are filled in, so measure the rendered text.
func Segments(text string) Size {
	size := Size{Encoding: GSM7}
	for _, r := range text {
		size.Chars++
		if septets(r) == 0 && size.Outside == 0 {
			size.Encoding, size.Outside = UCS2, r
		}
	}
	if size.Encoding == GSM7 {
		size.Units, size.Segments = fill(text, septets, gsm7Single, gsm7Part)
	} else {
		size.Units, size.Segments = fill(text, utf16Units, ucs2Single, ucs2Part)
	}
	return size
}

// OutsideGSM7 lists the characters that GSM-7 does not have, each once, in the order of the text: those that make it UCS-2.
func OutsideGSM7(text string) []rune {
	var outside []rune
	for _, r := range text {
		if septets(r) == 0 && !slices.Contains(outside, r) {
			outside = append(outside, r)
		}
	}
	return outside
}

// fill counts units and segments. A character of two units is not torn apart: it
// moves to the next segment whole.
func fill(text string, width func(rune) int, single, part int) (units, segments int) {
	used := part // of the current segment; full, so that the first opens one
	for _, r := range text {
		w := width(r)
		units += w
		if used += w; used > part {
			segments++
			used = w
		}
	}
	if units > 0 && units <= single {
		return units, 1
	}
	return units, segments
}

// The GSM 03.38 default alphabet, without the escape character, and its
// extension table.
const (
	gsm7Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsm7Extension = "\f^{}\\[~]|€"
)

// septets returns the width of a character in GSM-7, 0 when it is not in it.
func septets(r rune) int {
	switch {
	case isLetter(r), isDigit(r), r == ' ', strings.ContainsRune(gsm7Basic, r):
		return 1
	case strings.ContainsRune(gsm7Extension, r):
		return 2
	}
	return 0
}

func utf16Units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
