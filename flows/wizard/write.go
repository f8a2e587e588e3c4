package wizard

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// WriteAnswers writes an answers file for a tenant that was read: every question up to the review with its title as a
// comment, and the answer that filled or the tenant's current settings give. What only a person can decide is left empty.
// Secrets become references to the environment.
func WriteAnswers(ctx context.Context, known Known, filled Answers, host Host) ([]byte, error) {
	d := driver{known: known, filled: filled, answers: Answers{}}
	var open []Question
	for open == nil {
		p := Next(d.known, d.answers)
		if p.Final || p.Stage == StageReview {
			break
		}
		var err error
		if open, err = d.pass(ctx, host, p); err != nil {
			return nil, err
		}
	}
	root := &yaml.Node{Kind: yaml.MappingNode}
	put(root, []string{"schema"}, text(AnswersSchema), "Answers for `upe plan --answers`. Tenant: "+known.Tenant.Domain)
	for _, a := range d.asked {
		if _, ok := formOf(string(a.question.Key)); ok {
			put(root, strings.Split(string(a.question.Key), "."), node(a.question, a.value), comment(a.question))
		}
	}
	for _, q := range open {
		put(root, strings.Split(string(q.Key), "."), text(""), comment(q)+"\nNo default: this is yours to decide.")
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return nil, fmt.Errorf("write the answers file: %w", err)
	}
	return out.Bytes(), nil
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
