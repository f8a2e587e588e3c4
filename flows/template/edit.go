package template

import (
	"slices"
	"strings"
)

// edit replaces the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// apply makes the edits on source; everything between them stays byte for byte. Edits do not overlap; one inside of another
// is void.
func apply(source string, edits []edit) string {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var out strings.Builder
	at := 0
	for _, e := range edits {
		if e.start >= at {
			out.WriteString(source[at:e.start])
			out.WriteString(e.text)
		}
		at = max(at, e.end)
	}
	out.WriteString(source[at:])
	return out.String()
}

// drop takes tokens out of the wording.
func (w *work) drop(from, to int) {
	for i := from; i < to; i++ {
		w.gone[i] = true
	}
}

// brace is a brace in Liquid, where one that stood apart would begin markup with what follows it now.
const brace = `{{ "{" }}`

// result is the wording with all edits made.
func (w *work) result() string {
	var out strings.Builder
	end := 0 // of what was written, in the source
	for i := range w.tokens {
		if w.gone[i] {
			continue
		}
		from, to := w.trimmed(i)
		piece := w.piece(i)
		if text := out.String(); from > end && strings.HasSuffix(text, "{") && strings.IndexAny(piece, "{%") == 0 {
			out.Reset()
			out.WriteString(strings.TrimSuffix(text, "{") + brace)
		}
		out.WriteString(piece)
		if piece != "" {
			end = to
		}
	}
	return out.String()
}

// piece is a token that stays, with its edits made.
func (w *work) piece(i int) string {
	from, to := w.trimmed(i)
	var edits []edit
	for _, e := range append(w.unmarked(i), w.edits...) {
		if from <= e.start && e.end <= to {
			edits = append(edits, edit{start: e.start - from, end: e.end - from, text: e.text})
		}
	}
	return apply(w.source[from:to], edits)
}

// trimmed is the span of a token that stays. White space that a trim mark takes away is taken away here when the mark goes:
// nobody would do it after that.
func (w *work) trimmed(i int) (from, to int) {
	t := w.tokens[i]
	if t.kind != textToken {
		return t.start, t.end
	}
	text := w.source[t.start:t.end]
	if w.at(i-1).trimRight && w.parted(i-1, i) {
		text = strings.TrimLeft(text, whiteSpace)
	}
	from = t.end - len(text)
	if w.at(i+1).trimLeft && w.parted(i+1, i) {
		text = strings.TrimRight(text, whiteSpace)
	}
	return from, from + len(text)
}

// unmarked takes away the trim marks of a token that would reach further than they did.
func (w *work) unmarked(i int) []edit {
	t := w.tokens[i]
	var edits []edit
	if t.trimLeft && w.parted(i, i-1) {
		edits = append(edits, edit{start: t.start + 2, end: t.start + 3})
	}
	if t.trimRight && w.parted(i, i+1) {
		edits = append(edits, edit{start: t.end - 3, end: t.end - 2})
	}
	return edits
}

// parted reports whether the trim mark of a token towards its neighbour has to go: one of the two goes, or the neighbour is
// nothing but white space with something gone behind it.
func (w *work) parted(mark, neighbour int) bool {
	behind := neighbour + neighbour - mark
	switch {
	case w.isGone(mark), w.isGone(neighbour):
		return true
	case w.at(neighbour).kind != textToken || !w.isGone(behind):
		return false
	}
	n := w.at(neighbour)
	return strings.Trim(w.source[n.start:n.end], whiteSpace) == ""
}

// at is a token, or an empty one where there is none.
func (w *work) at(i int) token {
	if i < 0 || i >= len(w.tokens) {
		return token{}
	}
	return w.tokens[i]
}

func (w *work) isGone(i int) bool { return i >= 0 && i < len(w.gone) && w.gone[i] }

// whiteSpace is what a trim mark takes away (the blanks of LiquidJS).
const whiteSpace = "\t\n\v\f\r \u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
