package main

import (
	"strings"
	"unicode/utf8"

	"upe/flows/report"
)

// problem is why a command did not succeed, as a person is told it: what failed, why, what to do.
type problem struct {
	exit    exitCode
	code    string // stable, kebab-case: scripts may rely on it
	failed  string
	why     string
	do      string
	details []detail
	cause   error // may be nil
}

// detail is one thing among several: a missing answer, a changed fact.
type detail struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func (d detail) line() string {
	if d.Text == "" {
		return d.Name
	}
	return d.Name + ": " + d.Text
}

// Error joins the parts.
func (p *problem) Error() string {
	var parts []string
	for _, part := range []string{p.failed, p.why, p.list(), p.do} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// list is the details in one line.
func (p *problem) list() string {
	lines := make([]string, len(p.details))
	for i, d := range p.details {
		lines[i] = d.line()
	}
	return strings.Join(lines, "; ")
}

// Unwrap is the cause.
func (p *problem) Unwrap() error { return p.cause }

// text is the problem for a person.
func (p *problem) text() string {
	var out strings.Builder
	out.WriteString("upe: " + indented(p.failed) + "\n")
	if p.why != "" {
		out.WriteString("  why:        " + indented(p.why) + "\n")
	}
	for _, d := range p.details {
		out.WriteString("  - " + indented(d.line()) + "\n")
	}
	if p.do != "" {
		out.WriteString("  what to do: " + indented(p.do) + "\n")
	}
	return out.String()
}

// folded breaks the lines of a text for a terminal between words, where they are too long for one. What follows stands under what it
// belongs to.
func folded(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		lead := leadOf(line)
		rest := strings.TrimPrefix(line, lead)
		if utf8.RuneCountInString(line) > report.Width && len(lead) < report.Width/2 {
			rest = strings.Join(report.Wrap(rest, report.Width-len(lead)), "\n"+strings.Repeat(" ", len(lead)))
		}
		out.WriteString(lead + rest + "\n")
	}
	return out.String()
}

// foldedForPeople folds lines that a program may read one by one, where a person reads them.
func (a *app) foldedForPeople(text string) string {
	if !a.people {
		return text
	}
	return folded(text)
}

// leadOf is what begins a line: its label, the sign of a point, or blanks.
func leadOf(line string) string {
	for _, lead := range []string{"  why:        ", "  what to do: ", "  - "} {
		if strings.HasPrefix(line, lead) {
			return lead
		}
	}
	return line[:len(line)-len(strings.TrimLeft(line, " "))]
}

func indented(text string) string { return strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    ") }

// problemDocument is the JSON form of a problem.
type problemDocument struct {
	Schema  string   `json:"schema"`
	Code    string   `json:"code"`
	Failed  string   `json:"failed"`
	Why     string   `json:"why,omitempty"`
	Do      string   `json:"do,omitempty"`
	Details []detail `json:"details,omitempty"`
	Exit    exitCode `json:"exit"`

	Warnings []warning `json:"warnings,omitempty"` // said before it failed
}

func (p *problem) document(warnings []warning) problemDocument {
	return problemDocument{"upe.error/1", p.code, p.failed, p.why, p.do, p.details, p.exit, warnings}
}

// usage is a command line that cannot be meant.
func usage(failed, do string) *problem {
	return &problem{exit: exitError, code: "usage", failed: failed, why: "the command line cannot be meant like this, so nothing was done", do: do}
}
