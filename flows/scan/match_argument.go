package scan

import "strings"

// decide reads the arguments of the call at the word i, where they say which factor is meant. It returns "" for a factor or a provider
// that is not concerned.
func (t *text) decide(i int, m method, sure Confidence) (target, Confidence) {
	what := m.target
	if t.is(i-1, "def") || t.is(i-1, "function") {
		return target{}, ""
	}
	args, ok := t.arguments(i)
	if !ok {
		return what, Unknown // bound, or handed on
	}
	factor, written := args.value(m.call.decides.factor, 0, m.call.decides)
	switch {
	case !written:
		sure = Unknown
	case factor != "phone" && factor != "sms":
		return target{}, ""
	default:
		what.factor = factor
	}
	if what.subject != twilio {
		return what, sure
	}
	provider, written := args.value(m.call.decides.provider, 1, m.call.decides)
	switch {
	case !written:
		sure = Unknown
	case provider != "twilio":
		return target{}, ""
	}
	return what, sure
}

// arguments are those of one call, as text: split at the commas of the outermost level.
type arguments []string

// farArguments is how many bytes the arguments of a call may have.
const farArguments = 2000

func (t *text) arguments(i int) (arguments, bool) {
	rest := t.data[t.words[i].end:]
	rest = rest[:min(len(rest), farArguments)]
	open := 0
	for open < len(rest) && (spaces[rest[open]] || strings.IndexByte("?.!\"']", rest[open]) >= 0) {
		open++
	}
	if open == len(rest) || rest[open] != '(' {
		return nil, false
	}
	var args arguments
	depth, start := 0, open+1
	for j := open; j < len(rest); j++ {
		switch c := rest[j]; c {
		case '"', '\'', '`':
			j = quoted(rest, j)
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return append(args, string(rest[start:j])), true
			}
		case ',':
			if depth == 1 {
				args, start = append(args, string(rest[start:j])), j+1
			}
		}
	}
	return append(args, string(rest[start:])), true
}

// quoted is the index of the quote that ends a string, or the end.
func quoted(data []byte, open int) int {
	for j := open + 1; j < len(data); j++ {
		switch data[j] {
		case '\\':
			j++
		case data[open]:
			return j
		case '\n':
			if data[open] != '`' {
				return j // an apostrophe in prose
			}
		}
	}
	return len(data)
}

// value is what is written for an argument; not written where a variable stands there, or nothing does.
func (args arguments) value(name string, position int, a *argument) (string, bool) {
	for _, arg := range args {
		if v, ok := member(arg, name); ok {
			return stringOf(v)
		}
	}
	if a.positional && position < len(args) && !strings.Contains(args[position], "=") {
		return stringOf(args[position])
	}
	return "", false
}

// member finds `name: value` or `name=value` in an argument.
func member(arg, name string) (string, bool) {
	for at := 0; ; {
		n := strings.Index(arg[at:], name)
		if n < 0 {
			return "", false
		}
		start, end := at+n, at+n+len(name)
		at = end
		if start > 0 && letters[arg[start-1]] {
			continue
		}
		rest := strings.TrimLeft(arg[end:], "\"' \t\r\n")
		if rest != "" && (rest[0] == ':' || rest[0] == '=') {
			return rest[1:], true
		}
	}
}

// stringOf reads a string literal at the beginning of s.
func stringOf(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 2 || strings.IndexByte("\"'`", s[0]) < 0 {
		return "", false
	}
	end := strings.IndexByte(s[1:], s[0])
	if end < 0 || strings.Contains(s[1:1+end], "${") {
		return "", false
	}
	return s[1 : 1+end], true
}
