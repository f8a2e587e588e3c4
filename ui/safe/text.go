package safe

import "unicode/utf8"

// maxMarks is how many combining marks in a row are kept: Vietnamese, Thai and pointed Hebrew need up to three or four, and
// text stacked higher than that ("Zalgo") paints over the lines around it.
const maxMarks = 4

// tab is what a tab becomes. A terminal's own tab stops would break every column that was measured without them.
const tab = "    "

// Line returns s fit for one line of a terminal: as [Block], and a newline is shown as \n.
func Line(s string) string { return clean(s, false) }

// Block returns s fit for a terminal, with its newlines and therefore its number of lines kept.
func Block(s string) string { return clean(s, true) }

func clean(s string, block bool) string {
	i := plain(s, block)
	if i == len(s) {
		return s
	}
	c := newCleaner(block)
	out := make([]byte, 0, len(s)+len(s)/4+16)
	out, _ = c.append(out, s, true)
	return string(out)
}

// plain returns the length of the longest prefix of s that needs no cleaning: printable ASCII, and newlines in block text.
func plain[T string | []byte](s T, block bool) int {
	for i := range len(s) {
		if s[i]-' ' >= 0x7f-' ' && (s[i] != '\n' || !block) {
			return i
		}
	}
	return len(s)
}

// A cleaner carries what is needed to judge the next rune by those before it.
type cleaner struct {
	block bool
	marks int  // combining marks kept in a row so far
	base  base // what stood before the marks
	fresh bool // nothing stands between base and the next rune
}

// base tells what may hang on to the rune written last.
type base uint8

const (
	baseOther  base = iota // a space, punctuation, ASCII letters, something made visible
	baseKeycap             // 0-9, # and *: U+FE0F may follow, as in a keycap
	baseWide               // a letter or symbol beyond ASCII: joiners and variation selectors may follow
)

// newCleaner stands at the start of a line.
func newCleaner(block bool) cleaner { return cleaner{block: block, marks: maxMarks} }

// append writes the cleaned form of s to dst and returns how many bytes of s it used. It uses all of them if final is
// set; otherwise it may leave a few at the end whose meaning depends on what follows.
func (c *cleaner) append(dst []byte, s string, final bool) ([]byte, int) {
	i := 0
	for i < len(s) {
		if n := plain(s[i:], c.block); n > 0 {
			dst = append(dst, s[i:i+n]...)
			c.sawPlain(s[i+n-1])
			i += n
			continue
		}
		rest := s[i:]
		if !final && !utf8.FullRuneInString(rest) {
			break
		}
		r, size := utf8.DecodeRuneInString(rest)
		if isJoiner(r) && !final && !utf8.FullRuneInString(rest[size:]) {
			break
		}
		dst = c.appendRune(dst, r, rest, size)
		i += size
	}
	return dst, i
}

// appendRune writes r, the first rune of rest and size bytes long.
func (c *cleaner) appendRune(dst []byte, r rune, rest string, size int) []byte {
	switch {
	case r == '\t':
		c.saw(baseOther)
		return append(dst, tab...)
	case r == utf8.RuneError && size == 1:
		c.saw(baseOther)
		return appendByte(dst, rest[0])
	case c.keeps(r, rest[size:]):
		return append(dst, rest[:size]...)
	}
	c.sawVisible(r)
	return appendVisible(dst, r)
}

// keeps reports whether r, followed by next, may stand as it is, and notes it.
func (c *cleaner) keeps(r rune, next string) bool {
	switch {
	case isJoiner(r):
		return c.joins(next)
	case isSelector(r):
		ok := c.fresh && (c.base == baseWide || c.base == baseKeycap && r == emojiSelector)
		c.fresh = false
		return ok
	case isInvisible(r):
		return false
	case isMark(r):
		return c.keepsMark()
	case !isGraphic(r):
		return false
	}
	c.saw(baseOf(r))
	return true
}

// joins reports whether a joiner may stand here, between a letter or symbol beyond ASCII and another one.
func (c *cleaner) joins(next string) bool {
	r, _ := utf8.DecodeRuneInString(next)
	ok := c.base == baseWide && baseOf(r) == baseWide
	if ok {
		c.saw(baseOther) // one joiner, not two
	}
	return ok
}

func (c *cleaner) keepsMark() bool {
	if c.marks >= maxMarks {
		return false
	}
	c.marks++
	c.fresh = false
	return true
}

func (c *cleaner) saw(b base) { c.base, c.marks, c.fresh = b, 0, true }

// sawVisible notes that r was made visible. A run of marks that was cut stays cut: the rest of it must not pile up on the text
// that shows the first.
func (c *cleaner) sawVisible(r rune) {
	marks := c.marks
	c.saw(baseOther)
	if isMark(r) {
		c.marks = marks
	}
}

// sawPlain notes the last byte of a run of plain text.
func (c *cleaner) sawPlain(last byte) {
	c.saw(baseOf(rune(last)))
	if last == '\n' {
		c.marks = maxMarks
	}
}
