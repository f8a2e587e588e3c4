package scan

import (
	"bytes"
	"strings"
)

// word is a name in a text: letters, digits and underscores, with hyphens between them.
type word struct{ start, end int32 }

// letters are the bytes of a word, spaces those between words that are nothing.
var (
	letters = setOf("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
	spaces  = setOf(" \t\r\n")
)

func setOf(members string) (set [256]bool) {
	for i := range len(members) {
		set[members[i]] = true
	}
	return set
}

// split appends the words of a text.
func split(words []word, data []byte) []word {
	for i := 0; i < len(data); i++ {
		if !letters[data[i]] {
			continue
		}
		start := i
		for i < len(data) && (letters[data[i]] || data[i] == '-' && i+1 < len(data) && letters[data[i+1]]) {
			i++
		}
		words = append(words, word{int32(start), int32(i)})
	}
	return words
}

// text is a piece of a file, split into words.
type text struct {
	path     string
	language language
	data     []byte
	words    []word

	aliases aliases
	bases   bool              // the beginning of the legacy paths stands somewhere by itself
	factors map[string]string // variables that hold a path up to the factor, with that factor
	speaks  bool              // some word of it is guardian
}

func (t *text) word(i int) string {
	if i < 0 || i >= len(t.words) {
		return ""
	}
	return string(t.data[t.words[i].start:t.words[i].end])
}

func (t *text) is(i int, name string) bool {
	return i >= 0 && i < len(t.words) && string(t.data[t.words[i].start:t.words[i].end]) == name
}

// at is where a word begins.
func (t *text) at(i int) int { return int(t.words[i].start) }

// gap is what stands between the words i-1 and i: at most maxGap bytes of it, those before i.
func (t *text) gap(i int) string {
	if i < 0 || i > len(t.words) {
		return ""
	}
	start, end := 0, len(t.data)
	if i > 0 {
		start = int(t.words[i-1].end)
	}
	if i < len(t.words) {
		end = int(t.words[i].start)
	}
	return string(t.data[max(start, end-maxGap):end])
}

// maxGap is how much between two words is looked at: a line break with its indent, and some punctuation.
const maxGap = 120

// after is what follows a word, up to the next one.
func (t *text) after(i int) string {
	if i+1 >= len(t.words) {
		tail := t.data[t.words[i].end:]
		return string(tail[:min(len(tail), maxGap)])
	}
	between := t.data[t.words[i].end:t.words[i+1].start]
	return string(between[:min(len(between), maxGap)])
}

// line is the line that holds a byte, as far as it is near, and where that begins.
func (t *text) line(at int) (line string, start int) {
	from, end := max(0, at-maxContext), min(len(t.data), at+maxContext)
	start = from + bytes.LastIndexByte(t.data[from:at], '\n') + 1
	if n := bytes.IndexByte(t.data[at:end], '\n'); n >= 0 {
		end = at + n
	}
	return string(t.data[start:end]), start
}

// maxContext is how much of a line is looked at, on both sides of a place.
const maxContext = 2000

// mentions reports whether a text holds one of the names.
func mentions(s string, names ...string) bool {
	for _, name := range names {
		if strings.Contains(s, name) {
			return true
		}
	}
	return false
}

// slash reports whether a gap can stand between two segments of a path: a slash with what string concatenation puts around it, or
// the comma of a list of strings.
func slash(gap string) bool {
	if len(gap) > maxGap-1 || strings.ContainsAny(gap, ";=|&-") {
		return false
	}
	return strings.Contains(gap, "/") && !strings.Contains(gap, "//") || strings.ContainsAny(gap, "\"'`") && strings.Contains(gap, ",")
}

// literal reports whether the word behind a gap stands there itself, rather than a variable of that name.
func literal(gap string) bool {
	gap = strings.TrimRight(gap, " \t\r\n")
	return gap != "" && strings.IndexByte("/\"'`", gap[len(gap)-1]) >= 0
}

// chained reports whether a gap can stand between a receiver and what is asked of it.
func chained(gap string) bool {
	link := strings.HasPrefix(strings.TrimLeft(gap, "?.!"), "[") // guardian["getTemplates"]
	for i := range len(gap) {
		switch c := gap[i]; {
		case c == '.', c == ']', c == '>' && i > 0 && gap[i-1] == '-', c == ':' && i > 0 && gap[i-1] == ':':
			link = true
		case strings.IndexByte("()?!-:&[\"' \t\r\n\\", c) < 0:
			return false
		}
	}
	return link && len(gap) < maxGap-1
}
