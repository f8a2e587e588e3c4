package scan

import (
	"slices"
	"strings"
)

// found is a place that a row's pattern fits.
type found struct {
	at   int // byte in the text
	row  string
	what target
	sure Confidence

	alone bool // it counts only where nothing else tells of the same
}

// matcher looks at a text for the rows of the table.
type matcher struct {
	rows    map[string]Row
	methods map[string][]method // by name
}

// method is a method of an SDK with the call of the row that has it.
type method struct {
	row    string
	langs  []language
	call   call
	target target
}

func newMatcher() *matcher {
	m := &matcher{rows: map[string]Row{}, methods: map[string][]method{}}
	for _, row := range Rows() {
		m.rows[row.ID] = row
		for _, c := range row.calls {
			for name, t := range c.methods {
				m.methods[name] = append(m.methods[name], method{row.ID, row.languages, c, t})
			}
		}
	}
	return m
}

// match returns what a text holds, in the order of the text.
func (m *matcher) match(t *text) []found {
	t.prepare()
	var all []found
	for i := range t.words {
		all = m.word(all, t, i)
	}
	all = append(all, t.blocks()...)
	sortFound(all)
	all = tidy(without(all))
	for i := range all {
		all[i].sure = t.sober(all[i])
	}
	return all
}

// word looks at what begins with one word.
func (m *matcher) word(all []found, t *text, i int) []found {
	name := t.data[t.words[i].start:t.words[i].end]
	if methods, ok := m.methods[string(name)]; ok {
		all = append(all, t.callOf(i, methods)...)
	}
	if f, ok := t.pathAt(i, name); ok {
		all = append(all, f)
	}
	if look, ok := literals[string(name)]; ok {
		all = append(all, look(t, i)...)
	}
	return all
}

// sober lowers a confidence where nothing runs: in a document, in a comment.
func (t *text) sober(f found) Confidence {
	switch {
	case t.inComment(f.at), t.language == document && f.vague():
		return Hint
	case t.language == document && f.sure == Certain:
		return Likely
	}
	return f.sure
}

// vague reports whether it is a name that documents mention without anything to run.
func (f found) vague() bool { return f.alone || f.row == rowActionAPI }

// without leaves out what only repeats others: the value phone-message-hook beside the path it is sent to, types beside their calls.
func without(all []found) []found {
	called := map[subject]bool{}
	for _, f := range all {
		if f.row == rowGo {
			called[f.what.subject] = true
		}
	}
	var kept []found
	for i, f := range all {
		if f.alone && (f.row == rowGoTypes && called[f.what.subject] || f.row != rowGoTypes && beside(all, i)) {
			continue
		}
		kept = append(kept, f)
	}
	return kept
}

// near is how many bytes around a place count as beside it.
const near = 800

// beside reports whether something near says that a provider is selected. The places are in order.
func beside(all []found, i int) bool {
	says := func(f found) bool { return !f.alone && f.what.subject == selected }
	for j := i - 1; j >= 0 && all[i].at-all[j].at < near; j-- {
		if says(all[j]) {
			return true
		}
	}
	for j := i + 1; j < len(all) && all[j].at-all[i].at < near; j++ {
		if says(all[j]) {
			return true
		}
	}
	return false
}

// tidy keeps, of several that say the same of one place, the first, which is the surest.
func tidy(all []found) []found {
	return slices.CompactFunc(all, func(a, b found) bool { return a.at == b.at && a.what == b.what })
}

// verb is GET or PUT where the code around a place says which, and "" where it says nothing or both.
func (t *text) verb(i int) string {
	line, start := t.line(t.at(i))
	if v := verbOf(line); v != "" {
		return v
	}
	// `method: "PUT"` stands below the URL, http.NewRequest( and requests.put( above it.
	end := start + len(line)
	if unfinished(line) {
		if v := verbOf(statement(string(t.data[end:min(len(t.data), end+2*maxGap)]))); v != "" {
			return v
		}
	}
	above := strings.TrimRight(string(t.data[max(0, start-maxGap):start]), "\r\n")
	above = above[strings.LastIndexByte(above, '\n')+1:]
	if unfinished(above) {
		return verbOf(above)
	}
	return ""
}

// unfinished reports whether a line goes on in the next one.
func unfinished(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && strings.IndexByte("(,{[.+\\", line[len(line)-1]) >= 0
}

// statement is the rest of a statement: a few lines, up to one that closes it.
func statement(s string) string {
	var out strings.Builder
	lines := 0
	for line := range strings.Lines(s) {
		if trimmed := strings.TrimSpace(line); lines > 4 || strings.Contains(trimmed, ";") || strings.Contains(trimmed, "guardian") {
			break
		}
		out.WriteString(line)
		lines++
	}
	return out.String()
}

// verbOf finds one HTTP method in a piece of code.
func verbOf(code string) string {
	get, put := false, false
	for w := range strings.FieldsFuncSeq(code, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') }) {
		switch w {
		case "GET", "get", "Get", "MethodGet", "GetAsync", "getJSON":
			get = true
		case "PUT", "put", "Put", "MethodPut", "PutAsync", "PATCH", "patch", "PutAsJsonAsync":
			put = true
		}
	}
	switch {
	case put && !get:
		return "PUT"
	case get && !put:
		return "GET"
	}
	return ""
}
