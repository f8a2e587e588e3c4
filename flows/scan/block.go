package scan

import (
	"bytes"
	"strings"
)

// farBlock is how many bytes of a block are looked at.
const farBlock = 64 << 10

// enclosed is the text within the first bracket behind a place, which has to come soon. Strings and comments may hold brackets; what is
// not closed ends where the text does.
func (t *text) enclosed(from int) (start, end int, ok bool) {
	data := t.data[from:min(len(t.data), from+farBlock)]
	open := bytes.IndexAny(data[:min(len(data), maxGap)], "({[")
	if open < 0 {
		return 0, 0, false
	}
	depth, unclosed := 0, false
	for j := open; j < len(data); j++ {
		switch c := data[j]; c {
		case '"', '\'', '`':
			j = quoted(data, j)
		case '#':
			j = skipLine(data, j)
		case '/':
			if j+1 < len(data) && data[j+1] == '/' {
				j = skipLine(data, j)
			}
		case '<':
			if !unclosed {
				j, unclosed = skipHeredoc(data, j)
			}
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return from + open + 1, from + j, true
			}
		}
	}
	return from + open + 1, from + len(data), true
}

func skipLine(data []byte, at int) int {
	if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(data)
}

// skipHeredoc is the last byte of a text that stands between <<NAME and a line with that name; the same place where none begins, or
// one that is never closed: then it was a shift, or the text was cut.
func skipHeredoc(data []byte, at int) (end int, unclosed bool) {
	mark, ok := bytes.CutPrefix(data[at:], []byte("<<"))
	mark = bytes.TrimLeft(mark, "-~")
	n := 0
	for n < len(mark) && letters[mark[n]] {
		n++
	}
	if !ok || n == 0 {
		return at, false
	}
	name := mark[:n]
	for line := skipLine(data, at); line < len(data); {
		next := skipLine(data, min(line+1, len(data)))
		if bytes.Equal(bytes.TrimSpace(data[min(line+1, len(data)):next]), name) {
			return next - 1, false
		}
		line = next
	}
	return at, true
}

// valueEnd is where the value of a key ends: of JSON by its brackets, of YAML by its indent.
func (t *text) valueEnd(i int) int {
	if _, end, ok := t.enclosed(int(t.words[i].end)); ok && strings.Trim(strings.TrimLeft(t.after(i), "\"'"), ": \t\r\n") != "" && t.language == json {
		return end
	}
	_, start := t.line(t.at(i))
	return t.dedent(t.at(i), t.at(i)-start)
}

// dedent is where the first line begins that stands no deeper than a column, from the line after a place; a list item may stand at it.
func (t *text) dedent(at, column int) int {
	limit := min(len(t.data), at+farBlock)
	data := t.data[:limit]
	for at = skipLine(data, at) + 1; at < limit; at = skipLine(data, at) + 1 {
		rest := data[at:]
		indent := len(rest) - len(bytes.TrimLeft(rest, " \t"))
		rest = rest[indent:]
		switch {
		case len(rest) == 0, rest[0] == '\n', rest[0] == '\r', rest[0] == '#':
		case indent < column, indent == column && rest[0] != '-':
			return at
		}
	}
	return limit
}

// blocks matches the guardian resources of Terraform and Pulumi: of their phone factor, provider and options stop.
func (t *text) blocks() []found {
	var all []found
	done := 0 // a block within a block has been looked at
	for i := range t.words {
		if t.at(i) < done {
			continue
		}
		row, start, end := t.resource(i)
		if row == "" {
			continue
		}
		done = end
		if strings.Contains(t.word(i), "Phone") {
			all = append(all, t.phoneBlock(row, i+1, start, end)...)
			continue
		}
		for _, p := range t.phoneParts(i+1, end) {
			all = append(all, t.phoneBlock(row, p.word, p.start, p.end)...)
		}
	}
	return all
}

// resource reports which resource begins at a word, and its extent.
func (t *text) resource(i int) (row string, start, end int) {
	switch name := t.word(i); name {
	case "auth0_guardian":
		if t.language == terraform || t.language == document || t.language == json {
			row = rowTerraform
		}
	case "Guardian", "NewGuardian":
		if t.is(i-1, "auth0") && t.gap(i) == ":" {
			_, begin := t.line(t.at(i))
			column := strings.IndexFunc(string(t.data[begin:t.at(i)]), func(r rune) bool { return r != ' ' && r != '-' })
			return rowPulumi, int(t.words[i].end), t.dedent(t.at(i), column-1)
		}
		if strings.EqualFold(t.word(i-1), "auth0") && strings.HasSuffix(t.gap(i), ".") || t.is(i-1, "new") && t.pulumi() {
			row = rowPulumi
		}
	case "GuardianPhoneArgs", "GuardianPhone":
		row = rowPulumi
	}
	if row == rowTerraform && t.is(i-1, "resource") {
		i++ // the resource's own name
	}
	if row == "" || i >= len(t.words) || !opens(t.after(i)) {
		return "", 0, 0
	}
	start, end, ok := t.enclosed(int(t.words[i].end))
	if !ok {
		return "", 0, 0
	}
	return row, start, t.builder(i, start, end)
}

// builder is the extent of GuardianPhoneArgs.builder().provider(…).options(…): the rest of what encloses it.
func (t *text) builder(i, start, end int) int {
	if !t.is(i+1, "builder") || end != start {
		return end
	}
	rest := t.data[end:min(len(t.data), end+farBlock)]
	if n := bytes.Index(rest, []byte(".build()")); n >= 0 {
		if m := bytes.Index(rest[n+1:], []byte(".build()")); m >= 0 && bytes.Contains(rest[:n], []byte("Options")) {
			n += m + 1 // the options are built first
		}
		return end + n
	}
	return end
}

// opens reports whether a bracket follows, with no more than a name or an equals sign before it.
func opens(after string) bool {
	return strings.ContainsAny(after, "({[") && !strings.ContainsAny(after[:strings.IndexAny(after, "({[")], ";,") ||
		strings.TrimLeft(after, " ") == "." // .builder(
}

func (t *text) pulumi() bool { return bytes.Contains(t.data, []byte("pulumi")) }

// extent is a part of a text, behind a word.
type extent struct{ word, start, end int }

// phoneParts are the phone blocks within a resource, from a word on.
func (t *text) phoneParts(i, end int) []extent {
	var parts []extent
	for done := 0; i < len(t.words) && t.at(i) < end; i++ {
		if t.at(i) < done || !strings.EqualFold(t.word(i), "phone") {
			continue
		}
		after := strings.TrimLeft(t.after(i), "\"' \t\r\n")
		switch {
		case after == "" || strings.IndexByte("{=:(", after[0]) < 0:
		case strings.HasPrefix(after, ":") && t.language == yaml:
			_, line := t.line(t.at(i))
			done = t.dedent(t.at(i), t.at(i)-line)
			parts = append(parts, extent{i, t.at(i), done})
		default:
			if s, e, ok := t.enclosed(int(t.words[i].end)); ok {
				parts, done = append(parts, extent{i, s, e}), e
			}
		}
	}
	return parts
}

// options are the fields that stop, each with what it belongs to.
var options = map[string]subject{
	"provider":          selected,
	"enrollmentmessage": templates, "verificationmessage": templates,
	"from": twilio, "messagingservicesid": twilio, "authtoken": twilio, "sid": twilio,
}

// phoneBlock matches the fields within a phone block: the first of each subject.
func (t *text) phoneBlock(row string, i, start, end int) []found {
	var all []found
	seen := map[subject]bool{}
	for ; i < len(t.words) && t.at(i) < end; i++ {
		if t.at(i) < start {
			continue
		}
		s, ok := options[strings.ReplaceAll(strings.ToLower(t.word(i)), "_", "")]
		if !ok || seen[s] || !t.set(i) {
			continue
		}
		sure := Certain
		if s == selected {
			sure = t.providerValue(i)
		}
		if sure == "" {
			continue
		}
		seen[s] = !t.inComment(t.at(i)) // a line that was commented out is a hint, beside the one that took its place
		all = append(all, found{at: t.at(i), row: row, what: target{s, "", "phone"}, sure: sure})
	}
	return all
}

// set reports whether a name is given a value here.
func (t *text) set(i int) bool {
	after := strings.TrimLeft(t.after(i), "\"' \t")
	return after != "" && strings.IndexByte("=:(", after[0]) >= 0 && !strings.HasPrefix(after, "==")
}

// providerValue reads what provider is set to: nothing is harmless, which is what `auth0 tf generate` writes.
func (t *text) providerValue(i int) Confidence {
	rest := t.data[t.words[i].end:]
	line := string(rest[:min(len(rest), maxGap)])
	if n := strings.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	switch value := strings.Trim(line, "\"' \t\r,=:("); {
	case mentions(value, "auth0\"", "auth0'", "twilio", "phone-message-hook"), strings.HasPrefix(value, "auth0") && !strings.HasPrefix(value, "auth0."):
		return Certain
	case strings.HasPrefix(value, "null"), strings.HasPrefix(value, "None"), strings.HasPrefix(value, "nil"), strings.HasPrefix(value, "undefined"):
		return ""
	}
	return Unknown
}
