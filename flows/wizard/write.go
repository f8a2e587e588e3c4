package wizard

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// WriteAnswers writes an answers file for a tenant that was read: every question up to the review with its title as a
// comment, and the answer that filled or the tenant's current settings give. What only a person can decide is left empty.
// Secrets become references to the environment.
func WriteAnswers(ctx context.Context, known Known, filled Answers, host Host) ([]byte, error) {
	fit, err := known.fitting(filled)
	if err != nil {
		return nil, err
	}
	d := driver{known: known, filled: fit, answers: Answers{}}
	var open []Question
	for {
		p := Next(d.known, d.answers)
		if p.Final || p.Stage == StageReview {
			break
		}
		undecided, err := d.pass(ctx, host, p)
		if err != nil {
			return nil, err
		}
		open = append(open, undecided...)
		if len(undecided) > 0 && !d.guess(undecided) {
			break
		}
	}
	root := &yaml.Node{Kind: yaml.MappingNode}
	put(root, []string{"schema"}, text(AnswersSchema), "Answers for `upe plan --answers`. Tenant: "+known.Tenant.Domain)
	written := map[Key]bool{}
	for _, q := range open {
		written[q.Key] = true
	}
	for _, a := range d.asked {
		if _, ok := formOf(string(a.question.Key)); ok && !written[a.question.Key] {
			written[a.question.Key] = true
			put(root, strings.Split(string(a.question.Key), "."), node(a.question, a.value), comment(a.question))
		}
	}
	for _, q := range open {
		put(root, strings.Split(string(q.Key), "."), text(""), comment(q)+"\nNo default: this is yours to decide.")
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

// guess takes the first way out of undecided choices, so that the questions after them can be written too; the choices
// themselves stay open in the file. It reports whether that goes on.
func (d *driver) guess(undecided []Question) bool {
	for _, q := range undecided {
		i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Disabled == "" })
		if q.Kind != One || i < 0 {
			return false
		}
		d.filled[q.Key] = q.Options[i].Value
	}
	return true
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
	return strings.Join(lines, "\n")
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
