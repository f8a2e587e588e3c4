package template

import (
	"regexp"
	"strings"

	"upe/flows/pattern"
)

type tokenKind int

const (
	textToken   tokenKind = iota
	outputToken           // {{ … }}
	tagToken              // {% … %}
	opaqueToken           // {% raw %}…{% endraw %} and {% comment %}…{% endcomment %}: never looked into
)

// token is a piece of a wording, by byte offsets. Tokens follow each other without a gap.
type token struct {
	kind       tokenKind
	start, end int // with delimiters
	from, to   int // what stands between delimiters and trim marks; for a tag, without its name
	name       string
	trimLeft   bool // {{- or {%-: white space before it is dropped
	trimRight  bool
	nameAt     int // offset of a tag's name
}

// lex cuts a wording into tokens as LiquidJS does: an output may hold its closing braces in a string, a tag may not. ok is
// false when something is opened and never closed; it is then text.
func lex(source string) (tokens []token, ok bool) {
	ok = true
	for at := 0; at < len(source); {
		open := nextOpening(source, at)
		if open > at {
			tokens = append(tokens, token{kind: textToken, start: at, end: open})
		}
		if open == len(source) {
			break
		}
		t, closed := markup(source, open)
		if !closed {
			ok = false
		}
		tokens = append(tokens, t)
		at = t.end
	}
	return tokens, ok
}

// nextOpening is where the next {{ or {% stands at or after at; the end of source when there is none.
func nextOpening(source string, at int) int {
	for i := at; i+1 < len(source); i++ {
		if source[i] == '{' && (source[i+1] == '{' || source[i+1] == '%') {
			return i
		}
	}
	return len(source)
}

// markup reads the output or tag that opens at open.
func markup(source string, open int) (t token, closed bool) {
	t = token{kind: outputToken, start: open}
	var length int
	if source[open+1] == '{' {
		length = closingOutput(source[open+2:])
	} else {
		t.kind = tagToken
		length = strings.Index(source[open+2:], "%}")
	}
	if length < 0 {
		return token{kind: textToken, start: open, end: len(source)}, false
	}
	t.from, t.to, t.end = open+2, open+2+length, open+2+length+2
	t.trim(source)
	if t.kind == tagToken {
		t.nameTag(source)
		if t.name == "raw" || t.name == "comment" {
			return opaque(source, t)
		}
	}
	return t, true
}

// closingOutput is the offset of the braces that close an output, strings skipped.
func closingOutput(inner string) int {
	var quote byte
	for i := 0; i < len(inner); i++ {
		switch c := inner[i]; {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case strings.HasPrefix(inner[i:], "}}"):
			return i
		}
	}
	return -1
}

// trim takes the trim marks out of the token's inner span.
func (t *token) trim(source string) {
	if t.from < t.to && source[t.from] == '-' {
		t.trimLeft = true
		t.from++
	}
	if t.from < t.to && source[t.to-1] == '-' {
		t.trimRight = true
		t.to--
	}
}

var tagName = pattern.Lazy(`^\s*([A-Za-z_]\w*|#)`)

func (t *token) nameTag(source string) {
	m := tagName().FindStringSubmatchIndex(source[t.from:t.to])
	if m == nil {
		return
	}
	t.nameAt = t.from + m[2]
	t.name = source[t.nameAt : t.from+m[3]]
	t.from += m[3]
}

// opaque extends the tag that opens a raw or a comment block to its end.
func opaque(source string, t token) (token, bool) {
	end := regexp.MustCompile(`\{%-?\s*end` + t.name + `\s*-?%\}`).FindStringIndex(source[t.end:])
	if end == nil {
		return token{kind: textToken, start: t.start, end: len(source)}, false
	}
	whole := token{kind: opaqueToken, start: t.start, end: t.end + end[1], trimLeft: t.trimLeft}
	whole.trimRight = strings.HasSuffix(source[:whole.end], "-%}")
	return whole, true
}
