package wizard

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// WriteAnswers writes an answers file for a tenant that was read: every question that is asked up to the review, with its title as
// a comment, and the answer that filled or the tenant's current settings give. What only a person can decide is left empty; where
// it decides what is asked next, the questions are those of its first option. Secrets become references to the environment.
func WriteAnswers(ctx context.Context, known Known, filled Answers, host Host) ([]byte, error) {
	fit, err := known.fitting(filled)
	if err != nil {
		return nil, err
	}
	given := fit.clone()
	known.Unfinished = nil // the file is for a plan of its own
	d := driver{known: known, filled: fit, answers: Answers{}}
	var open []Question
	for {
		p := Next(d.known, d.answers)
		if p.Final || p.ID == reviewPage {
			break
		}
		undecided, err := d.pass(ctx, host, p)
		if err != nil {
			return nil, err
		}
		open = append(open, undecided...)
		if len(undecided) > 0 && !d.guess(undecided) {
			d.goPast(p, undecided, openWays(undecided)[0])
		}
	}
	open = folded(open)
	root := &yaml.Node{Kind: yaml.MappingNode}
	put(root, []string{"schema"}, text(AnswersSchema), "Answers for `upe plan --answers`. Tenant: "+oneLine(known.Tenant.Domain))
	written := map[Key]bool{}
	for _, q := range open {
		written[q.Key] = true
	}
	for _, a := range d.asked {
		if _, ok := formOf(string(a.question.Key)); ok && !written[a.question.Key] {
			written[a.question.Key] = true
			put(root, known.fileKey(a.question.Key), node(a.question, a.value), comment(a.question))
		}
	}
	for _, q := range open {
		value := q.blank()
		if list, ok := given[q.Key].([]string); ok && q.Adds {
			value = node(q, list) // a part of it was decided
		}
		put(root, known.fileKey(q.Key), value, comment(q)+"\nNo default: this is yours to decide.")
	}
	put(root, []string{"test", "to"}, text(""), "The number that test messages go to, with country code. `upe test --to` says it as well.")
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return nil, fmt.Errorf("write the answers file: %w", err)
	}
	return out.Bytes(), nil
}

// fileKey is a key's place in the file. A connection is called by its name there, which tenants of one kind have in common; ids differ.
func (k Known) fileKey(key Key) []string {
	parts := strings.Split(string(key), ".")
	for i, id := range parts {
		if k.Snapshot == nil || i == 0 || !slices.Contains([]string{"connections", "countries"}, parts[i-1]) {
			continue
		}
		connection, _ := k.Snapshot.Connection(id)
		if named, ok := k.Snapshot.Connection(connection.Name); ok && named.ID == id && named.Name != "mfa" && !strings.Contains(named.Name, ".") {
			parts[i] = named.Name
		}
	}
	return parts
}

// blank is an answer's place, in the form that the answer has. A list that may be empty has none: empty would be an answer.
func (q Question) blank() *yaml.Node {
	if q.Kind == Many && q.Check != nil && q.Check([]string{}) != nil {
		return node(q, []string{})
	}
	return text("")
}

// folded joins the questions that ask for parts of one list.
func folded(questions []Question) []Question {
	var all []Question
	for _, q := range questions {
		i := slices.IndexFunc(all, func(other Question) bool { return q.Adds && other.Key == q.Key })
		if i < 0 {
			all = append(all, q)
			continue
		}
		all[i].Options = slices.Concat(all[i].Options, q.Options)
	}
	return all
}

// guess takes a way out of undecided choices, so that the questions after them can be written too; the choices themselves stay
// open in the file. It reports whether that goes on.
func (d *driver) guess(undecided []Question) bool {
	for _, q := range undecided {
		value, ok := q.anyAnswer()
		if !ok {
			return false
		}
		if given, isList := d.filled[q.Key].([]string); q.Adds && isList {
			value = slices.Concat(given, values(q))
		}
		d.filled[q.Key] = value
	}
	return true
}

// anyAnswer is the first answer that a question would take.
func (q Question) anyAnswer() (Value, bool) {
	switch q.Kind {
	case One:
		for _, o := range q.Options {
			if o.Disabled == "" && (q.Check == nil || q.Check(o.Value) == nil) {
				return o.Value, true
			}
		}
		return nil, false
	case Many:
		for _, list := range q.lists() {
			if q.Check == nil || q.Check(list) == nil {
				return list, true
			}
		}
		return nil, false
	case Line:
		return "", q.Check == nil || q.Check("") == nil
	case Hidden, Prose, YesNo, Retype, PathTo:
	}
	return nil, false
}

// lists are answers to a question for several: all of its options, then each by itself.
func (q Question) lists() [][]string {
	all := [][]string{values(q)}
	for _, one := range values(q) {
		all = append(all, []string{one})
	}
	return all
}

func comment(q Question) string {
	lines := []string{q.Title}
	for _, o := range q.Options {
		line := "  " + o.Value + ": " + strings.TrimSuffix(o.Label+"; "+o.Consequence, "; ")
		if o.Disabled != "" {
			line += " [not available: " + o.Disabled + "]"
		}
		lines = append(lines, line)
	}
	if q.Help != "" {
		lines = append(lines, q.Help)
	}
	for i, line := range lines {
		lines[i] = oneLine(line)
	}
	return strings.Join(lines, "\n")
}

// oneLine keeps a text within its line of a comment: names come from the tenant, and a line break or a control character in one of
// them would end the comment, or be no YAML at all.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, text)
}

func node(q Question, value Value) *yaml.Node {
	if q.Kind == Hidden {
		ref := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
		ref.Content = []*yaml.Node{text("env"), text(SecretEnv(string(q.Key)))}
		return ref
	}
	if list, ok := value.([]string); ok {
		sequence := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, item := range list {
			sequence.Content = append(sequence.Content, text(item))
		}
		return sequence
	}
	s, _ := value.(string)
	return text(s)
}

func text(value string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(value)
	return n
}

// put sets a value under a path of keys, making the mappings on the way.
func put(mapping *yaml.Node, keys []string, value *yaml.Node, comment string) {
	for i := 0; i < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == keys[0] && len(keys) > 1 {
			put(mapping.Content[i+1], keys[1:], value, comment)
			return
		}
	}
	key := text(keys[0])
	if len(keys) == 1 {
		key.HeadComment = comment
		mapping.Content = append(mapping.Content, key, value)
		return
	}
	inner := &yaml.Node{Kind: yaml.MappingNode}
	mapping.Content = append(mapping.Content, key, inner)
	put(inner, keys[1:], value, comment)
}
