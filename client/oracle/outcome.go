package oracle

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"upe/testdata"
)

// Outcome is what a migration came to.
type Outcome struct {
	Result testdata.Result
	By     []string // Blocked: who refused, by every name it has: the step, Auth0's code, the findings
	Wrote  []string // Blocked: the ids of the steps that wrote something
	Lost   []Loss   // Gap: the codes that did not come
	Gaps   []string // what the admin accepted beforehand: finding ids
	Along  []string // names of connections that were to stay and moved with the tenant flag
	Wrong  []string // what contradicts a promise, whatever was expected
}

// Against says how an outcome differs from what was expected of it; nothing where it does not.
func (o Outcome) Against(want testdata.Outcome) []string {
	wrong := slices.Clone(o.Wrong)
	if !o.is(want) {
		wrong = append(wrong, fmt.Sprintf("came to: %s\n        wanted: %s", o, words(want)))
	}
	return wrong
}

func (o Outcome) is(want testdata.Outcome) bool {
	switch {
	case o.Result != want.Result:
		return false
	case o.Result == testdata.Blocked:
		return slices.Contains(o.By, want.By) && slices.Equal(o.Wrote, want.Wrote)
	case o.Result == testdata.Gap:
		return slices.Contains(o.Gaps, want.Accepted) && slices.ContainsFunc(o.Lost, func(l Loss) bool { return l.Length() == want.Length })
	}
	return slices.Equal(o.Along, want.Along)
}

// Length is how long a code did not come, by the steps between which that was.
func (l Loss) Length() string { return "between " + l.From + " and " + or(l.Until, "the end") }

func (o Outcome) String() string {
	out := string(o.Result)
	if o.Result == testdata.Blocked {
		out += fmt.Sprintf(" by %s, wrote [%s]", strings.Join(o.By, " | "), strings.Join(o.Wrote, " "))
	}
	for _, l := range o.Lost {
		out += fmt.Sprintf("; %s did not come %s (%s)", l.Route, l.Length(), l.Why)
	}
	if o.Result == testdata.Gap {
		out += "; accepted: " + or(strings.Join(o.Gaps, " "), "nothing")
	}
	if len(o.Along) > 0 {
		out += fmt.Sprintf(", moved along: [%s]", strings.Join(o.Along, " "))
	}
	return out
}

func words(want testdata.Outcome) string {
	out := string(want.Result)
	switch want.Result {
	case testdata.Blocked:
		out += fmt.Sprintf(" by %s, wrote [%s]", want.By, strings.Join(want.Wrote, " "))
	case testdata.Gap:
		out += "; a code does not come " + want.Length + "; accepted: " + want.Accepted
	case testdata.Holds, testdata.Nothing:
		if len(want.Along) > 0 {
			out += fmt.Sprintf(", moved along: [%s]", strings.Join(want.Along, " "))
		}
	}
	return out
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

var bracketed = regexp.MustCompile(`\(([a-z0-9-]+)\)`)

// Named lists what a text names in brackets: the program puts the ids of findings there.
func Named(text string) []string {
	var ids []string
	for _, found := range bracketed.FindAllStringSubmatch(text, -1) {
		ids = append(ids, found[1])
	}
	return ids
}
