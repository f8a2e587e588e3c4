package scan

import (
	"bytes"
	"strings"
)

// farComment is how far back the beginning of a comment of several lines is looked for.
const farComment = 4000

// inComment reports whether nothing at a place runs: its line is a comment, a comment begins before it in its line, or a comment of
// several lines is open.
func (t *text) inComment(at int) bool {
	line, start := t.line(at)
	return t.language.commented(line) || t.language.trails(line[:at-start]) || t.blockComment(start)
}

// trails reports whether a comment begins in the part of a line before a place: a mark behind a space and outside of strings. A
// string that is not closed there goes on: nothing in it is a comment.
func (l language) trails(before string) bool {
	var quote byte
	for i := 0; i < len(before); i++ {
		switch c := before[i]; {
		case quote != 0 && c == '\\':
			i++
		case c == quote:
			quote = 0
		case quote != 0:
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case i > 0 && spaces[before[i-1]] && l.begins(before[i:]):
			return true
		}
	}
	return false
}

// begins reports whether a comment begins a text that is not a line.
func (l language) begins(s string) bool {
	for _, mark := range l.marks() {
		if mark != "* " && mark != "/*" && strings.HasPrefix(s, mark) {
			return true
		}
	}
	return strings.HasPrefix(s, "/*") && l.blocks() && !strings.Contains(s, "*/")
}

// blocks reports whether a language has comments of several lines between /* and */.
func (l language) blocks() bool {
	switch l {
	case javascript, java, dotnet, golang, php, terraform:
		return true
	case anyText, python, ruby, yaml, json, shell, document:
	}
	return false
}

// blockComment reports whether a comment that begins a line before a place is still open there.
func (t *text) blockComment(start int) bool {
	if !t.language.blocks() {
		return false
	}
	before := t.data[max(0, start-farComment):start]
	open := bytes.LastIndex(before, []byte("/*"))
	if open < 0 || bytes.Contains(before[open:], []byte("*/")) {
		return false
	}
	// In the middle of a line it may stand in a string: "/api/*".
	return len(bytes.TrimSpace(before[bytes.LastIndexByte(before[:open], '\n')+1:open])) == 0
}
