package emulator

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The subset of Lucene that log search knows: field:value, field:"value", field:(a OR b), field:[a TO b] and {a TO b}, AND, OR,
// NOT and parentheses. Case counts; the words between terms are upper case (Auth0's log search query syntax).

// searchable fields; details are not.
var searchable = []string{
	"client_id", "client_name", "connection", "connection_id", "description", "date", "hostname", "ip", "log_id", "organization_id",
	"user_id", "user_name", "user_agent", "strategy", "strategy_type", "type",
}

type predicate func(object) bool

// maxQuery is how long a query may be.
const maxQuery = 4096

// parseQuery reads a log query. An empty one matches everything.
func parseQuery(q string) (predicate, error) {
	if len(q) > maxQuery {
		return nil, errors.New("the query is too long")
	}
	p := &queryParser{words: words(q)}
	if len(p.words) == 0 {
		return func(object) bool { return true }, nil
	}
	found, err := p.either("")
	if err == nil && len(p.words) > 0 {
		err = fmt.Errorf("unexpected %q in the query", p.words[0])
	}
	return found, err
}

// words cuts a query into parentheses, brackets, quoted values and the rest.
func words(q string) []string {
	var out []string
	for q = strings.TrimSpace(q); q != ""; q = strings.TrimSpace(q) {
		n := wordLength(q)
		out = append(out, q[:n])
		q = q[n:]
	}
	return out
}

func wordLength(q string) int {
	switch q[0] {
	case '(', ')', '[', ']', '{', '}':
		return 1
	case '"':
		if end := strings.IndexByte(q[1:], '"'); end >= 0 {
			return end + 2
		}
		return len(q)
	}
	colon := strings.IndexByte(q, ':')
	stop := strings.IndexAny(q, " \t\n()[]{}\"")
	switch {
	case stop < 0:
		stop = len(q)
	case stop == 0:
		return 1
	}
	// field: is a word of its own; a value may hold colons, as dates do.
	if colon > 0 && colon < stop && slices.Contains(searchable, q[:colon]) {
		return colon + 1
	}
	return stop
}

type queryParser struct {
	words []string
	depth int
}

func (p *queryParser) next() string {
	if len(p.words) == 0 {
		return ""
	}
	w := p.words[0]
	p.words = p.words[1:]
	return w
}

func (p *queryParser) accept(word string) bool {
	if len(p.words) > 0 && p.words[0] == word {
		p.words = p.words[1:]
		return true
	}
	return false
}

// either reads terms joined by OR; field is the one that a surrounding field:( ) gives.
func (p *queryParser) either(field string) (predicate, error) {
	left, err := p.both(field)
	for err == nil && p.accept("OR") {
		var right predicate
		a := left
		if right, err = p.both(field); err == nil {
			left = func(l object) bool { return a(l) || right(l) }
		}
	}
	return left, err
}

// both reads terms joined by AND, or by nothing, which means the same.
func (p *queryParser) both(field string) (predicate, error) {
	left, err := p.term(field)
	for err == nil && len(p.words) > 0 && p.words[0] != "OR" && p.words[0] != ")" {
		p.accept("AND")
		var right predicate
		a := left
		if right, err = p.term(field); err == nil {
			left = func(l object) bool { return a(l) && right(l) }
		}
	}
	return left, err
}

func (p *queryParser) term(field string) (predicate, error) {
	if p.depth++; p.depth > 50 {
		return nil, errors.New("the query is nested too deeply")
	}
	defer func() { p.depth-- }()
	w := p.next()
	name, isField := strings.CutSuffix(w, ":")
	switch {
	case w == "":
		return nil, errors.New("the query ends in the middle")
	case w == "NOT":
		inner, err := p.term(field)
		return func(l object) bool { return !inner(l) }, err
	case w == "(":
		inner, err := p.either(field)
		if err == nil && !p.accept(")") {
			err = errors.New("a parenthesis is not closed")
		}
		return inner, err
	case isField && slices.Contains(searchable, name):
		return p.term(name)
	case w == "[" || w == "{":
		return p.between(field, w == "[")
	case field == "":
		return nil, fmt.Errorf("%q is not a searchable field", w)
	}
	want := strings.Trim(w, `"`)
	return func(l object) bool { return contains(l.str(field), want) }, nil
}

// between reads a range; dates compare as text, and a star is open.
func (p *queryParser) between(field string, inclusive bool) (predicate, error) {
	low, to, high, end := p.next(), p.next(), p.next(), p.next()
	if field == "" || to != "TO" || end != "]" && end != "}" {
		return nil, errors.New("a range is written field:[low TO high]")
	}
	low, high = strings.Trim(low, `"`), strings.Trim(high, `"`)
	return func(l object) bool {
		have := l.str(field)
		if !inclusive && (have == low || have == high) {
			return false
		}
		return have != "" && (low == "*" || have >= low) && (high == "*" || have <= high)
	}, nil
}
