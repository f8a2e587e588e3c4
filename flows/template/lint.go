package template

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"upe/flows/pattern"
)

// The limits of phone templates, in characters (OpenAPI description of branding/phone/templates).
const (
	maxBody   = 20_000
	maxSender = 16
)

// The tags and filters that the documentation lists (supported Liquid syntax for phone templates).
var (
	tags = []string{
		"for", "endfor", "cycle", "tablerow", "endtablerow", "if", "endif", "unless", "endunless", "elsif", "else", "case", "when",
		"endcase", "assign", "increment", "decrement", "include", "layout", "#",
	}
	filters = []string{
		"plus", "minus", "modulo", "times", "floor", "ceil", "round", "divided_by", "abs", "at_least", "at_most", "append", "prepend",
		"capitalize", "upcase", "downcase", "strip", "lstrip", "rstrip", "strip_newlines", "split", "replace", "replace_first",
		"remove", "remove_first", "truncate", "truncatewords", "escape", "escape_once", "url_encode", "url_decode", "strip_html",
		"newline_to_br", "slice", "map", "sort", "sort_natural", "first", "last", "join", "reverse", "size", "date", "default",
	}
)

// Lint says what is wrong with a draft as it stands, also after a person has edited it. Auth0 itself accepts a body without a
// code and text that is not Liquid (Terraform recordings, TestAccPhoneNotificationTemplate). [Parse] says what the engine says.
func Lint(d Draft) []Issue {
	issues := lintBody("text", d.Type, d.Text)
	if d.Voice != "" {
		issues = append(issues, lintBody("voice", d.Type, d.Voice)...)
	}
	if n := utf8.RuneCountInString(d.From); n > maxSender {
		issues = append(issues, Issue{Severity: Error, Words: fmt.Sprintf("the sender has %d characters, Auth0 takes %d at most", n, maxSender)})
	}
	return issues
}

func lintBody(name, templateType, body string) []Issue {
	l := linter{source: body, body: name}
	var closed bool
	l.tokens, closed = lex(body)
	l.length()
	if _, nested := blocks(l.tokens); !closed || !nested {
		l.say(Error, "the Liquid is not complete: something is opened and never closed, or closed and never opened")
	}
	if templateType != "blocked_account" && templateType != "password_breach" && !l.hasCode() {
		l.say(Error, "there is no {{ code }}: users would get a message without their code")
	}
	l.foreign()
	l.markup()
	return l.issues
}

type linter struct {
	source, body string
	tokens       []token
	issues       []Issue
}

func (l *linter) say(s Severity, format string, args ...any) {
	i := Issue{Severity: s, Body: l.body, Words: fmt.Sprintf(format, args...)}
	if !slices.Contains(l.issues, i) {
		l.issues = append(l.issues, i)
	}
}

func (l *linter) length() {
	switch n := utf8.RuneCountInString(l.source); {
	case strings.TrimSpace(l.source) == "":
		l.say(Error, "there is no wording")
	case n > maxBody:
		l.say(Error, "the wording has %d characters, Auth0 takes %d at most", n, maxBody)
	}
}

// hasCode reports whether the code is shown: read by an output, or put into another variable.
func (l *linter) hasCode() bool {
	for _, t := range l.tokens {
		shows := t.kind == outputToken || t.kind == tagToken && slices.Contains([]string{"assign", "echo", "cycle"}, t.name)
		if shows && slices.ContainsFunc(t.variables(l.source), func(v variable) bool { return v.path == "code" }) {
			return true
		}
	}
	return false
}

// foreignVariable finds @{code}, ${code}, #{code}, %{code}, and {code}.
var foreignVariable = pattern.Lazy(`[@$#%]\{\s*\w[\w.]*\s*\}|\{\s*(?:code|otp|password|pin)\s*\}`)

// foreign finds variables of other template languages, which users would read as they stand.
func (l *linter) foreign() {
	for _, t := range l.tokens {
		span := l.source[t.start:t.end]
		for _, m := range macro().FindAllString(span, -1) {
			if t.kind == textToken {
				l.say(Error, "%s is a macro, which phone templates do not know, and would be sent as it stands: write {{ code }}", m)
			} else {
				l.say(Error, "%s is a macro inside Liquid: write the variable alone", m)
			}
		}
		if t.kind != textToken {
			continue
		}
		for _, m := range foreignVariable().FindAllString(span, -1) {
			l.say(Error, "%s is not Liquid and would be sent as it stands: write {{ code }}", m)
		}
	}
}

// markup finds what phone templates do not document.
func (l *linter) markup() {
	own := locals(l.source, l.tokens)
	for _, t := range l.tokens {
		if t.kind == tagToken && !slices.Contains(tags, t.name) && t.name != "" {
			l.say(Warning, "the tag %s is not among those documented for phone templates", t.name)
		}
		if t.kind == textToken || t.kind == opaqueToken {
			continue
		}
		for _, name := range t.filters(l.source) {
			if !slices.Contains(filters, name) {
				l.say(Warning, "the filter %s is not among those documented for phone templates", name)
			}
		}
		for _, v := range t.variables(l.source) {
			if !v.isKnown() && !slices.Contains(own, v.root()) {
				l.unknown(v)
			}
		}
	}
}

func (l *linter) unknown(v variable) {
	switch root := v.root(); {
	case root == messageType:
		l.say(Warning, "message_type is not set in phone templates: a template has a body for text and one for voice")
	case root == "tenant":
		l.say(Warning, "%s has no counterpart in phone templates and comes out empty: tenant is the tenant's name itself there", v.path)
	case knownRoot(root):
		l.say(Warning, "%s is not among the variables documented for phone templates, and may come out empty", v.path)
	default:
		l.say(Warning, "%s has no counterpart in phone templates and comes out empty", v.path)
	}
}
