package template

import (
	"slices"
	"strings"

	"upe/flows/pattern"
)

// variable is a variable that markup reads, by byte offsets in the wording: {{ tenant.friendly_name }} reads the path
// "tenant.friendly_name".
type variable struct {
	path       string
	written    string // as the wording writes it
	start, end int
}

// root is the first name of the path.
func (v variable) root() string {
	name, _, _ := strings.Cut(v.path, ".")
	return name
}

// lexeme finds the pieces of an expression: a string, a filter's name, a path of names, a number.
var lexeme = pattern.Lazy(`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\|\s*[A-Za-z_]\w*|` +
	`\.?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[\s*(?:"[^"\]]*"|'[^'\]]*'|-?\d+)\s*\])*\s*:?|\d+(?:\.\d+)?`)

// words of Liquid that look like variables.
var keywords = []string{"and", "or", "not", "contains", "true", "false", "nil", "null", "empty", "blank", "in", "reversed", "with", "as"}

// variables lists what a token reads. The name that an assign or a for introduces is not read.
func (t token) variables(source string) []variable {
	if t.name == "#" { // an inline comment
		return nil
	}
	var found []variable
	span := source[t.from:t.to]
	skip := t.introduces(source) != ""
	for _, m := range lexeme().FindAllStringIndex(span, -1) {
		word := span[m[0]:m[1]]
		if !startsName(word) || strings.HasSuffix(word, ":") || slices.Contains(keywords, strings.TrimSpace(word)) {
			continue
		}
		if skip {
			skip = false
			continue
		}
		word = strings.TrimRight(word, whiteSpace)
		found = append(found, variable{path: normal(word), written: word, start: t.from + m[0], end: t.from + m[0] + len(word)})
	}
	return found
}

// filters lists the names of the filters in a token.
func (t token) filters(source string) []string {
	var names []string
	for _, word := range lexeme().FindAllString(source[t.from:t.to], -1) {
		if strings.HasPrefix(word, "|") {
			names = append(names, strings.TrimSpace(word[1:]))
		}
	}
	return names
}

var introducedName = pattern.Lazy(`^\s*([A-Za-z_][\w-]*)`)

// introduces is the name of the variable that the tag makes, or "".
func (t token) introduces(source string) string {
	switch t.name {
	case "assign", "capture", "for", "tablerow", "increment", "decrement":
		if m := introducedName().FindStringSubmatch(source[t.from:t.to]); m != nil {
			return m[1]
		}
	}
	return ""
}

// locals are the variables that a wording makes itself.
func locals(source string, tokens []token) []string {
	names := []string{"forloop", "tablerowloop"}
	for _, t := range tokens {
		if name := t.introduces(source); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func startsName(word string) bool {
	c := word[0]
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

var bracket = pattern.Lazy(`\[\s*["']([^"'\]]*)["']\s*\]`)

// normal writes tenant["friendly_name"] as tenant.friendly_name.
func normal(path string) string { return bracket().ReplaceAllString(path, ".$1") }
