package template

import (
	"slices"
	"strings"

	"upe/flows/pattern"
)

// converted is one body made of a legacy wording.
type converted struct {
	body    string
	changes []Change
	issues  []Issue
}

// convert makes the body of one channel. Text may become markup once a tag before it is gone ("{" and "{ code }}"); such a
// wording keeps its branches, and is told the channel at its beginning.
func convert(legacy, channel string) converted {
	for _, splits := range []bool{true, false} {
		once := pass(legacy, channel, splits)
		if pass(once.body, channel, splits).body == once.body {
			return once
		}
	}
	return converted{body: legacy, issues: []Issue{{
		Severity: Error, Words: "the wording cannot be rewritten by machine: its Liquid falls apart when it is; write it anew",
	}}}
}

// pass makes all edits once.
func pass(source, channel string, splits bool) converted {
	tokens, closed := lex(source)
	w := work{source: source, channel: channel, tokens: tokens, gone: make([]bool, len(tokens)), own: locals(source, tokens)}
	if branches, nested := blocks(tokens); closed && nested && splits && !slices.Contains(w.own, messageType) {
		for _, b := range branches {
			w.split(b)
		}
	}
	for i, t := range tokens {
		switch {
		case w.gone[i]:
		case t.kind == textToken:
			w.macros(t)
		case t.kind == outputToken, t.kind == tagToken:
			w.renames(t)
		}
	}
	if closed {
		w.tellChannel()
	}
	for _, tag := range w.prologue {
		w.changed("", tag, "phone templates do not set this variable, so the body sets it itself")
	}
	return converted{body: strings.Join(w.prologue, "") + w.result(), changes: w.changes, issues: w.issues}
}

// work is one wording on its way to be the body of one channel.
type work struct {
	source, channel string
	tokens          []token
	own             []string // the variables that the wording makes itself
	gone            []bool   // by token
	edits           []edit   // inside of tokens
	prologue        []string // tags to begin with
	changes         []Change
	issues          []Issue
}

func (w *work) changed(from, to, why string) {
	w.changes = append(w.changes, Change{Old: from, New: to, Why: why})
}

func (w *work) replace(start, end int, with string) {
	w.edits = append(w.edits, edit{start: start, end: end, text: with})
}

// begin puts a tag at the beginning of the body, unless it stands there.
func (w *work) begin(tag string) {
	for _, t := range w.tokens {
		if t.name != "assign" {
			break
		}
		if w.source[t.start:t.end] == tag {
			return
		}
	}
	if !slices.Contains(w.prologue, tag) {
		w.prologue = append(w.prologue, tag)
	}
}

// macros rewrites the macros of a text as Liquid outputs. A brace right before one would become a part of its braces.
func (w *work) macros(t token) {
	for _, m := range bracedMacro().FindAllStringSubmatchIndex(w.source[t.start:t.end], -1) {
		path := w.source[t.start+m[2] : t.start+m[3]]
		if r, ok := mapping(path); ok {
			path = r.to
			w.check(r)
		}
		start, end := t.start+m[0], t.start+m[1]
		with := "{{ " + path + " }}"
		if w.source[start] == '{' {
			with = `{{ "{" }}` + with
		}
		w.replace(start, end, with)
		w.changed(strings.TrimPrefix(w.source[start:end], "{"), "{{ "+path+" }}", "phone templates are Liquid; macros are not")
	}
}

var bracedMacro = pattern.Lazy(`\{?` + macroForm)

// renames gives the variables of an output or a tag their new names. Where the wording uses the new name for something of its
// own, the value is put aside at the beginning, under a name that is free. Where it uses the old name, that begins with the
// value.
func (w *work) renames(t token) {
	for _, v := range t.variables(w.source) {
		r, ok := mapping(v.path)
		isOwn := slices.Contains(w.own, v.root())
		if !ok || isOwn && (v.path != v.root() || !w.exposed(v.path)) {
			continue
		}
		w.check(r)
		if isOwn {
			w.begin("{% assign " + v.path + " = " + r.to + " %}")
			continue
		}
		to := r.to
		if root, _, _ := strings.Cut(r.to, "."); slices.Contains(w.own, root) {
			to = w.aside(r.to)
		}
		w.replace(v.start, v.end, to)
		why := "the variable of phone templates that means the same"
		if r.check != "" {
			why = "the closest variable of phone templates; look at it"
		}
		w.changed(v.written, to, why)
	}
}

// exposed reports whether a variable that the wording makes may be read before that.
func (w *work) exposed(name string) bool {
	depth := 0
	for _, t := range w.tokens {
		if t.kind == opaqueToken || t.kind == textToken {
			continue
		}
		if slices.ContainsFunc(t.variables(w.source), func(v variable) bool { return v.root() == name }) {
			return true
		}
		switch role(t) {
		case opens:
			depth++
		case closes:
			depth--
		case stands, continues:
		}
		if depth == 0 && t.introduces(w.source) == name {
			return false
		}
	}
	return false
}

// aside keeps the value of a variable whose name the wording takes, under another name.
func (w *work) aside(path string) string {
	name := "given_" + strings.ReplaceAll(path, ".", "_")
	for slices.Contains(w.own, name) {
		name += "_"
	}
	w.begin("{% assign " + name + " = " + path + " %}")
	return name
}

// check asks a person to look at a variable whose meaning is not exactly the same.
func (w *work) check(r renamed) {
	if r.check != "" {
		w.issues = append(w.issues, Issue{Severity: Warning, Words: r.check})
	}
}

// tellChannel sets message_type at the beginning of a body that still asks for it: Auth0 does not set it any more. The body
// then says in its channel exactly what the wording said.
func (w *work) tellChannel() {
	tag := `{% assign ` + messageType + ` = "` + w.channel + `" %}`
	if slices.ContainsFunc(w.staying(), w.asksChannel) {
		w.begin(tag)
	}
}

// staying are the tokens that stay.
func (w *work) staying() []int {
	var all []int
	for i := range w.tokens {
		if !w.gone[i] {
			all = append(all, i)
		}
	}
	return all
}

// asksChannel reports whether a token reads message_type, and still does so after its edits.
func (w *work) asksChannel(i int) bool {
	t := w.tokens[i]
	return (t.kind == outputToken || t.kind == tagToken) && strings.Contains(w.piece(i), messageType) &&
		slices.ContainsFunc(t.variables(w.source), func(v variable) bool { return v.root() == messageType })
}
