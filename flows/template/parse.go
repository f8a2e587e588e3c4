package template

import (
	"errors"
	"slices"

	"upe/flows/liquid"
)

// Parse is what LiquidJS itself says against a body, which reads more exactly than [Lint]: the place where it does not parse,
// and the variables that no phone template has.
func Parse(name, body string) []Issue {
	paths, err := liquid.Variables(body)
	var fault *liquid.Error
	switch {
	case errors.As(err, &fault):
		return []Issue{{Severity: Error, Body: name, Words: "this is not Liquid: " + fault.Error()}}
	case err != nil: // the engine was stopped: nothing is known
		return []Issue{{Severity: Warning, Body: name, Words: "this could not be examined: " + err.Error()}}
	}
	l := linter{body: name}
	for _, path := range paths {
		if v := (variable{path: path}); !v.isKnown() {
			l.unknown(v)
		}
	}
	return l.issues
}

// Examine is [Lint] and [Parse] together, for a wording that a person has written.
func Examine(d Draft) []Issue {
	issues := Lint(d)
	more := Parse("text", d.Text)
	if d.Voice != "" {
		more = append(more, Parse("voice", d.Voice)...)
	}
	for _, i := range more {
		if !slices.Contains(issues, i) {
			issues = append(issues, i)
		}
	}
	return issues
}
