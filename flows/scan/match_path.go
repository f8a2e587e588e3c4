package scan

import "strings"

// pathAt matches the legacy endpoints, whole or in pieces, at a word that can begin one.
func (t *text) pathAt(i int, name []byte) (found, bool) {
	switch {
	case string(name) == "guardian":
		if j, ok := t.segment(i + 1); ok && t.is(j, "factors") {
			return t.segments(i, j+1, Certain)
		}
	case string(name) == "phone" || string(name) == "sms":
		return t.pieces(i)
	case len(t.factors) > 0 && t.factors[t.word(i-1)] != "":
		return t.tail(i)
	}
	return found{}, false
}

// segments reads factor and subject, which begin at the word j, of a path that begins at the word i.
func (t *text) segments(i, j int, sure Confidence) (found, bool) {
	j, ok := t.segment(j)
	if !ok || !sameStatement(t, i, j) {
		return found{}, false
	}
	what := target{}
	switch {
	case !literal(t.gap(j)):
		sure, j = Unknown, t.expression(j)
	case t.is(j, "phone"), t.is(j, "sms"):
		what.factor = t.word(j)
		j++
	case mentions(t.gap(j), "/{}/", "/%@/", "/*/", "/?/"):
		sure = Unknown // a place to fill that has no name
	default:
		return found{}, false
	}
	if what.subject, ok = t.subjectAt(j); !ok {
		return found{}, false
	}
	what.method = t.verb(i)
	return found{at: t.at(i), row: t.pathRow(i), what: what, sure: sure}, true
}

// segment is the word of the segment of a path that j begins: j itself behind a slash or a comma, or the next one where j is the
// method that adds it: .addPathSegment("sms").
func (t *text) segment(j int) (int, bool) {
	if slash(t.gap(j)) {
		return j, true
	}
	call, closed := strings.CutPrefix(strings.TrimLeft(t.gap(j), "\"'` \t\r\n"), ")")
	call = strings.TrimSpace(call)
	return j + 1, closed && (call == "." || call == "->") && strings.HasPrefix(t.gap(j+1), "(")
}

// sameStatement reports whether no line between two words ends a statement; it keeps prose and lists of names apart from paths.
func sameStatement(t *text, i, j int) bool {
	if j >= len(t.words) {
		return false
	}
	return t.words[j].start-t.words[i].start < 2*maxGap
}

// expression is the word behind a variable that stands where a segment is expected: `${opts.factor}`, " + factor() + ", :name.
func (t *text) expression(j int) int {
	for range 4 {
		j++
		if _, ok := t.segment(j); ok {
			break
		}
	}
	return j
}

// subjectAt reads what follows the factor.
func (t *text) subjectAt(j int) (subject, bool) {
	j, ok := t.segment(j)
	if !ok || !literal(t.gap(j)) {
		return "", false
	}
	switch t.word(j) {
	case "templates":
		return templates, true
	case "selected-provider", "selectedProvider":
		return selected, true
	case "providers":
		j, ok = t.segment(j + 1)
		// Another literal is a provider of push notifications; a variable may be twilio.
		return twilio, ok && (t.is(j, "twilio") || !literal(t.gap(j)))
	}
	return "", false
}

// pieces matches `${guardianFactors}/sms/templates` and "/sms/templates" at the factor: a path whose beginning is elsewhere.
func (t *text) pieces(i int) (found, bool) {
	gap := t.gap(i)
	// Behind a plain slash it would be part of another path, such as branding/phone/templates; with a dot it is a file.
	if !slash(gap) || !literal(gap) || strings.Contains(gap, "./") || !strings.ContainsAny(gap, "}\"'`+$)>") && !strings.HasSuffix(t.gap(i-1), "$") {
		return found{}, false
	}
	what := target{factor: t.word(i)}
	var ok bool
	if what.subject, ok = t.subjectAt(i + 1); !ok {
		return found{}, false
	}
	before := strings.ReplaceAll(strings.ToLower(t.word(i-1)), "_", "")
	named := strings.Contains(before, "guardianfactor") && slash(gap)
	known := named || t.bases || what.subject == selected
	if !known || strings.Contains(before, "branding") || t.is(i-1, "factors") && t.is(i-2, "guardian") {
		return found{}, false
	}
	what.method = t.verb(i)
	return found{at: t.at(i), row: t.pathRow(i), what: what, sure: Likely}, true
}

// tail matches `${smsFactor}/templates`: the end of a path whose variable holds it up to the factor.
func (t *text) tail(i int) (found, bool) {
	gap := t.gap(i)
	if !strings.ContainsAny(gap, "}\"'`+)") && !strings.HasSuffix(t.gap(i-1), "$") {
		return found{}, false
	}
	s, ok := t.subjectAt(i)
	if !ok {
		return found{}, false
	}
	return found{at: t.at(i), row: t.pathRow(i), what: target{s, t.verb(i), t.factors[t.word(i-1)]}, sure: Likely}, true
}

// noteFactors collects the variables that hold a path up to the factor: sms = `${base}/guardian/factors/sms`.
func (t *text) noteFactors() {
	t.factors = map[string]string{}
	for i := 2; i < len(t.words); i++ {
		if !t.is(i, "phone") && !t.is(i, "sms") || !slash(t.gap(i)) || !literal(t.gap(i)) || !t.closed(i-1) {
			continue
		}
		if whole := t.is(i-1, "factors") && t.is(i-2, "guardian"); !whole && !(t.bases && strings.ContainsAny(t.gap(i), "}\"'`+")) {
			continue
		}
		line, start := t.line(t.at(i))
		if name, _, ok := strings.Cut(line[:t.at(i)-start], "="); ok {
			if words := split(nil, []byte(strings.TrimRight(name, " :"))); len(words) > 0 {
				last := words[len(words)-1]
				t.factors[name[last.start:last.end]] = t.word(i)
			}
		}
	}
}

// pathRow tells whose path it is.
func (t *text) pathRow(i int) string {
	line, _ := t.line(t.at(i))
	switch {
	case strings.Contains(t.command(t.at(i)), "auth0 api"):
		return rowCLI
	case t.language == php && strings.Contains(line, "addPath"):
		return rowPHPRaw
	}
	return rowHTTP
}

// hasBase reports whether the beginning of the legacy paths stands by itself, to be completed elsewhere: "/guardian/factors".
func (t *text) hasBase() bool {
	for i := range t.words {
		if t.is(i, "guardian") && t.is(i+1, "factors") && slash(t.gap(i+1)) && t.closed(i) {
			return true
		}
	}
	return false
}

// closed reports whether a path that begins at the word i ends behind the next one: with a quote, or with the line of an assignment in a
// shell or an environment file, which need none.
func (t *text) closed(i int) bool {
	rest := strings.TrimLeft(t.after(i+1), "/")
	if rest != "" && strings.IndexByte("\"'`", rest[0]) >= 0 {
		return !slash(t.gap(i + 2))
	}
	if t.language != shell && t.language != anyText || rest != "" && strings.IndexByte("\r\n;", rest[0]) < 0 {
		return false
	}
	line, start := t.line(t.at(i))
	name, value, ok := strings.Cut(line[:t.at(i)-start], "=")
	return ok && !strings.ContainsAny(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(name), "export ")), " $(") && !strings.ContainsAny(value, " \t")
}

// command is the line at a place, with those before it that a backslash continues.
func (t *text) command(at int) string {
	line, start := t.line(at)
	for range 8 {
		if start == 0 {
			break
		}
		above, from := t.line(start - 1)
		above, ok := strings.CutSuffix(strings.TrimRight(above, " \t\r"), "\\")
		if !ok {
			break
		}
		line, start = strings.TrimSpace(above)+" "+strings.TrimSpace(line), from
	}
	return line
}
