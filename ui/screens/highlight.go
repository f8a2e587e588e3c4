package screens

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"upe/ui/theme"
)

// word is a stretch of a line of code, and what it is.
type word struct {
	text string
	kind wordKind
}

type wordKind uint8

const (
	plainWord wordKind = iota
	keyword
	literal // texts, numbers, regular expressions
	comment
)

// keywords of JavaScript, as far as Actions use them.
var keywords = map[string]bool{
	"async": true, "await": true, "break": true, "case": true, "catch": true, "class": true, "const": true, "continue": true, "default": true,
	"delete": true, "do": true, "else": true, "export": true, "extends": true, "false": true, "finally": true, "for": true, "from": true,
	"function": true, "if": true, "import": true, "in": true, "instanceof": true, "let": true, "new": true, "null": true, "of": true,
	"return": true, "super": true, "switch": true, "this": true, "throw": true, "true": true, "try": true, "typeof": true, "undefined": true,
	"var": true, "void": true, "while": true, "yield": true,
}

// scanner reads JavaScript for its colours alone: it never fails, and what it takes for something else is coloured as that.
type scanner struct {
	inside string // how what is open across lines ends: "*/", "`"; empty: nothing is open
	holes  []int  // of template literals whose ${ is open: how many braces are open in each
	last   string // the last word that was no blank: it tells a division from a regular expression
}

// highlight finds the words of each line of code.
func highlight(lines []string) [][]word {
	var s scanner
	all := make([][]word, len(lines))
	for i, line := range lines {
		all[i] = s.line(line)
	}
	return all
}

func (s *scanner) line(rest string) []word {
	var words []word
	for rest != "" {
		n, kind := s.next(rest)
		text := rest[:n]
		if strings.TrimSpace(text) != "" && kind != comment {
			s.last = text
		}
		if last := len(words) - 1; last >= 0 && words[last].kind == kind {
			words[last].text += text
		} else {
			words = append(words, word{text, kind})
		}
		rest = rest[n:]
	}
	return words
}

// next is how long the next word is, in bytes, and what it is.
func (s *scanner) next(rest string) (n int, kind wordKind) {
	switch {
	case s.inside == "*/":
		return s.until(rest, "*/"), comment
	case s.inside == "`":
		return s.template(rest), literal
	case strings.HasPrefix(rest, "//"):
		return len(rest), comment
	case strings.HasPrefix(rest, "/*"):
		s.inside = "*/"
		return 2 + s.until(rest[2:], "*/"), comment
	case rest[0] == '`':
		s.inside = "`"
		return 1 + s.template(rest[1:]), literal
	case rest[0] == '"', rest[0] == '\'':
		return quotedTo(rest, rest[0]), literal
	case rest[0] == '/' && s.begins():
		return quotedTo(rest, '/'), literal
	}
	return s.plain(rest)
}

// plain is a name, a number, or one other character.
func (s *scanner) plain(rest string) (n int, kind wordKind) {
	n = strings.IndexFunc(rest, func(r rune) bool { return r != '_' && r != '$' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if n < 0 {
		n = len(rest)
	}
	switch {
	case n == 0:
		return s.sign(rest), plainWord
	case rest[0] >= '0' && rest[0] <= '9':
		return n, literal
	case keywords[rest[:n]] && s.last != ".":
		return n, keyword
	}
	return n, plainWord
}

// sign is one character that is no part of a name. Braces are counted where a template literal waits for the end of its ${.
func (s *scanner) sign(rest string) int {
	if open := len(s.holes) - 1; open >= 0 {
		switch rest[0] {
		case '{':
			s.holes[open]++
		case '}':
			s.holes[open]--
			if s.holes[open] == 0 {
				s.holes, s.inside = s.holes[:open], "`"
			}
		}
	}
	for i := range rest {
		if i > 0 {
			return i
		}
	}
	return len(rest)
}

// begins reports whether a slash begins a regular expression here: where no value stands before it that could be divided.
func (s *scanner) begins() bool {
	if s.last == "" || keywords[s.last] {
		return true
	}
	return strings.ContainsAny(s.last[len(s.last)-1:], "([{,;=:?!&|+-*<>~^%")
}

// until is how far an open comment goes in this line.
func (s *scanner) until(rest, end string) int {
	at := strings.Index(rest, end)
	if at < 0 {
		return len(rest)
	}
	s.inside = ""
	return at + len(end)
}

// template is how far the text of a template literal goes in this line: to its end, or to the next ${.
func (s *scanner) template(rest string) int {
	for i := 0; i < len(rest); i++ {
		switch {
		case rest[i] == '\\':
			i++
		case rest[i] == '`':
			s.inside = ""
			return i + 1
		case strings.HasPrefix(rest[i:], "${"):
			s.inside, s.holes = "", append(s.holes, 1)
			return i + 2
		}
	}
	return len(rest)
}

// quotedTo is how long a text is that ends with the sign it began with, or with its line.
func quotedTo(rest string, end byte) int {
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case end:
			return i + 1
		}
	}
	return len(rest)
}

// fold breaks the words of one line into lines of at most width cells, at blanks where it can. Nothing is left out: code is read, and
// copied.
func fold(words []word, width int) [][]word {
	var lines [][]word
	for _, length := range folds(wordsText(words), max(width, 2)) {
		var line []word
		line, words = takeText(words, length)
		lines = append(lines, line)
	}
	return lines
}

// folds are the lengths of the lines that a text is broken into, in bytes. There is one at least.
func folds(text string, width int) []int {
	var all []int
	for ansi.StringWidth(text) > width {
		head := ansi.Truncate(text, width, "")
		if head == "" {
			break
		}
		if at := strings.LastIndexByte(head, ' ') + 1; at > len(head)/2 && text[len(head)] != ' ' {
			head = head[:at]
		}
		all, text = append(all, len(head)), text[len(head):]
	}
	return append(all, len(text))
}

func wordsText(words []word) string {
	var text strings.Builder
	for _, w := range words {
		text.WriteString(w.text)
	}
	return text.String()
}

// takeText parts words after so many bytes.
func takeText(words []word, length int) (taken, rest []word) {
	for i, w := range words {
		if len(w.text) > length {
			taken = append(taken, word{w.text[:length], w.kind})
			return taken, append([]word{{w.text[length:], w.kind}}, words[i+1:]...)
		}
		taken, length = append(taken, w), length-len(w.text)
	}
	return taken, nil
}

// ink draws one line of code in its colours, padded to width cells where the line stands on a ground of its own.
func ink(th *theme.Theme, words []word, ground *lipgloss.Style, width int) string {
	var out strings.Builder
	used := 0
	for _, w := range words {
		style := wordStyle(th, w.kind)
		if ground != nil {
			style = style.Inherit(*ground)
		}
		out.WriteString(style.Render(w.text))
		used += ansi.StringWidth(w.text)
	}
	if ground != nil && used < width {
		out.WriteString(ground.Render(strings.Repeat(" ", width-used)))
	}
	return out.String()
}

func wordStyle(th *theme.Theme, kind wordKind) lipgloss.Style {
	switch kind {
	case keyword:
		return th.Keyword
	case literal:
		return th.Literal
	case comment:
		return th.Comment
	case plainWord:
	}
	return th.Code
}
