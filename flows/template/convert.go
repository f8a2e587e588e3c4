package template

import "slices"

// converted is one body made of a legacy wording.
type converted struct {
	body    string
	changes []Change
	issues  []Issue
}

// convert makes the body of one channel. When the result would have to be converted again (text that becomes markup once a
// tag before it is gone), the wording is left alone: such a wording needs a person.
func convert(legacy, channel string) converted {
	once := pass(legacy, channel)
	if pass(once.body, channel).body == once.body {
		return once
	}
	return converted{body: legacy, issues: []Issue{{
		Severity: Error, Words: "the wording cannot be rewritten by machine: its Liquid falls apart when it is split; write it anew",
	}}}
}

// pass makes all edits once.
func pass(source, channel string) converted {
	tokens, closed := lex(source)
	var made edits
	if branches, nested := blocks(tokens); closed && nested {
		for _, b := range branches {
			made.split(source, b, channel)
		}
	}
	own := locals(source, tokens)
	for _, t := range outside(tokens, made.list) {
		switch t.kind {
		case textToken:
			made.macros(source, t)
		case outputToken, tagToken:
			made.renames(source, t, own)
		case opaqueToken:
		}
	}
	return converted{body: apply(source, made.list), changes: made.changes, issues: made.issues}
}

// edits collects what a pass does, and what is to be said about it.
type edits struct {
	list    []edit
	changes []Change
	issues  []Issue
}

// split leaves of a block what the channel shows.
func (e *edits) split(source string, b block, channel string) {
	parts := b.forChannel(source, channel)
	if len(parts) == 0 {
		return
	}
	e.list = append(e.list, parts...)
	e.changes = append(e.changes, Change{
		Old: source[b.tags[0].start:b.tags[0].end], Why: "phone templates have a body for each channel: text and voice",
	})
}

// macros rewrites the macros of a text as Liquid outputs.
func (e *edits) macros(source string, t token) {
	for _, m := range macro.FindAllStringSubmatchIndex(source[t.start:t.end], -1) {
		path := source[t.start+m[2] : t.start+m[3]]
		if r, ok := mapping(path); ok {
			path = r.to
			e.check(r)
		}
		e.replace(source, t.start+m[0], t.start+m[1], "{{ "+path+" }}", "phone templates are Liquid; macros are not")
	}
}

// renames gives the variables of an output or a tag their new names. own are the variables that the wording makes itself.
func (e *edits) renames(source string, t token, own []string) {
	for _, v := range t.variables(source) {
		r, ok := mapping(v.path)
		if !ok || slices.Contains(own, v.root()) {
			continue
		}
		e.check(r)
		e.replace(source, v.start, v.end, r.to, "the variable of phone templates that means the same")
	}
}

func (e *edits) replace(source string, start, end int, with, why string) {
	e.list = append(e.list, edit{start: start, end: end, text: with})
	e.changes = append(e.changes, Change{Old: source[start:end], New: with, Why: why})
}

// check asks a person to look at a variable whose meaning is not exactly the same.
func (e *edits) check(r renamed) {
	if r.check != "" {
		e.issues = append(e.issues, Issue{Severity: Warning, Words: r.check})
	}
}

// outside are the tokens that no removal takes away.
func outside(tokens []token, removals []edit) []token {
	var left []token
	for _, t := range tokens {
		gone := false
		for _, r := range removals {
			gone = gone || r.text == "" && r.start <= t.start && t.end <= r.end
		}
		if !gone {
			left = append(left, t)
		}
	}
	return left
}
