package template

import (
	"slices"
	"strings"

	"upe/flows/pattern"
)

// The two bodies of a phone template, by the value that message_type has in the legacy wording.
const (
	smsMessage   = "sms"
	voiceMessage = "voice"
)

// answer is what is known of a condition when the channel is known.
type answer int

const (
	depends answer = iota // on something else
	yes
	no
)

func truth(b bool) answer {
	if b {
		return yes
	}
	return no
}

func (a answer) opposite() answer {
	switch a {
	case yes:
		return no
	case no:
		return yes
	case depends:
	}
	return depends
}

// condition is what is left of the condition of a branch when the channel is known.
type condition struct {
	answer answer
	rest   string // depends: what has still to be asked
	asked  bool   // the channel was asked for
}

var (
	comparison = pattern.Lazy(
		`^(?:message_type\s*(==|!=|contains)\s*(?:"([^"\\]*)"|'([^'\\]*)')|(?:"([^"\\]*)"|'([^'\\]*)')\s*(==|!=)\s*message_type)$`)
	// terms parts a condition: strings, the words that join, and all else. Brackets and not are beyond it.
	terms = pattern.Lazy(`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\b(?:and|or|not)\b|[()|,]|[^"'()|,\s]+|\s+|.`)
)

// ask answers a condition for a channel, as far as it depends on nothing else: message_type == "sms" wholly, message_type ==
// "sms" and locale == "fr" in part. Liquid knows no brackets, and reads a mixture of and with or from the right, so that is
// left as it is.
func ask(expression, channel string) condition {
	untouched := condition{rest: expression}
	parts, joiner, ok := join(expression)
	if !ok {
		return untouched
	}
	var left []string
	asked := false
	for _, part := range parts {
		switch a := compare(part, channel); {
		case a == depends:
			left = append(left, part)
		case len(parts) == 1, joiner == "or" && a == yes, joiner == "and" && a == no:
			return condition{answer: a, asked: true}
		default: // it decides nothing, so the others do
			asked = true
		}
	}
	switch {
	case !asked:
		return untouched
	case len(left) == 0:
		return condition{answer: truth(joiner == "and"), asked: true}
	}
	return condition{rest: strings.Join(left, " "+joiner+" "), asked: true}
}

// join takes a condition apart at its ands, or at its ors. ok is false for anything less simple.
func join(expression string) (parts []string, joiner string, ok bool) {
	var part strings.Builder
	for _, word := range terms().FindAllString(expression, -1) {
		switch word {
		case "and", "or":
			if joiner != "" && joiner != word {
				return nil, "", false
			}
			joiner = word
			parts = append(parts, strings.TrimSpace(part.String()))
			part.Reset()
		case "not", "(", ")", "|", ",":
			return nil, "", false
		default:
			part.WriteString(word)
		}
	}
	parts = append(parts, strings.TrimSpace(part.String()))
	return parts, joiner, !slices.Contains(parts, "")
}

// compare answers message_type == "sms" and its like; everything else depends.
func compare(expression, channel string) answer {
	m := comparison().FindStringSubmatch(expression)
	switch {
	case expression == messageType:
		return yes // it is never empty
	case m == nil:
		return depends
	}
	literal := m[2] + m[3] + m[4] + m[5]
	switch m[1] + m[6] {
	case "==":
		return truth(literal == channel)
	case "!=":
		return truth(literal != channel)
	}
	return truth(strings.Contains(channel, literal))
}

// among answers a when of {% case message_type %}; it depends unless all of its values are strings.
func among(values, channel string) answer {
	if !strings.ContainsAny(values, `"'`) || literals().ReplaceAllString(values, "") != "" {
		return depends
	}
	return truth(slices.ContainsFunc(literal().FindAllString(values, -1), func(s string) bool { return s[1:len(s)-1] == channel }))
}

var (
	literal  = pattern.Lazy(`"[^"\\]*"|'[^'\\]*'`)
	literals = pattern.Lazy(`^\s*(?:"[^"\\]*"|'[^'\\]*')(?:\s*(?:,|\bor\b)\s*(?:"[^"\\]*"|'[^'\\]*'))*\s*$`)
)
