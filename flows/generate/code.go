package generate

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed parts/*.js
var parts embed.FS

// helper is a function that parts share: the name of a file in parts.
type helper string

// The helpers, in the order in which they stand in an Action.
const (
	token     helper = "token"
	basic     helper = "basic"
	xml       helper = "xml"
	postAuto  helper = "post_auto"
	postDrop  helper = "post_drop"
	postRetry helper = "post_retry"
	handlerOf helper = "handler_of"
	nobody    helper = "nobody"
)

var helpers = [...]helper{nobody, token, basic, xml, postAuto, postDrop, postRetry, handlerOf}

// post is the helper that posts and deals with failure as chosen.
func (f Failure) post() helper {
	switch f {
	case Drop:
		return postDrop
	case Retry:
		return postRetry
	case Auto:
	}
	return postAuto
}

// source is the text of a helper.
func (h helper) source() string {
	text, err := parts.ReadFile("parts/" + string(h) + ".js")
	if err != nil {
		panic(err) // it is part of the program
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n") // a checkout on Windows may have made them
}

// code is JavaScript that is being written.
type code struct{ strings.Builder }

// line writes one line. Values of the tenant come as literals, also in comments.
func (c *code) line(format string, args ...any) { fmt.Fprintf(c, format+"\n", args...) }

// block writes a piece after an empty line.
func (c *code) block(text string) {
	if text == "" {
		return
	}
	if c.Len() > 0 {
		c.WriteByte('\n')
	}
	c.WriteString(text)
}

// sections are the pieces of an Action, in the order in which it is read.
type sections struct {
	about    string // the comment at the top
	table    string // of routes
	settings []string
	handler  string
	parts    []string
	needs    []helper
}

// timeLimit stands above every Action that posts something itself.
const timeLimit = `// Auth0 ends an Action after 20 seconds. Not waiting quite as long leaves time to say what became of the message.
const TIMEOUT_MS = 18_000;
`

// String puts the pieces together.
func (s sections) String() string {
	var c code
	c.block(s.about)
	if slices.Contains(s.needs, token) {
		c.block("const crypto = require(\"crypto\");\n")
	}
	c.block(s.table)
	for _, text := range s.settings {
		c.block(text)
	}
	if slices.ContainsFunc(s.needs, func(h helper) bool { return h == postAuto || h == postDrop || h == postRetry }) {
		c.block(timeLimit)
	}
	c.block(s.handler)
	for _, text := range s.parts {
		c.block(text)
	}
	for _, h := range helpers {
		if slices.Contains(s.needs, h) {
			c.block(h.source())
		}
	}
	return c.String()
}

// comment is a block comment of these paragraphs, each broken into lines.
func comment(paragraphs ...string) string {
	var c code
	c.line("/**")
	for i, p := range paragraphs {
		if i > 0 {
			c.line(" *")
		}
		for _, l := range wrap(unclosed(p), 110) {
			c.line(" * %s", l)
		}
	}
	c.line(" */")
	return c.String()
}

// wrap breaks text between words into lines of at most so many bytes; a word that is longer has a line of its own.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}
