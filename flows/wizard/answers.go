package wizard

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// AnswersSchema names the form of an answers file.
const AnswersSchema = "upe.answers/1"

// SecretRef says where a secret is: in a variable of the environment, or in a file. Secrets never stand in an answers file.
type SecretRef struct {
	Env, File string
}

// SecretEnv is the environment variable in which a secret is looked for when no answers file names another: UPE_ and its
// name in capitals, so "twilio.auth_token" is UPE_TWILIO_AUTH_TOKEN.
func SecretEnv(name string) string {
	return "UPE_" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, name)
}

// ParseAnswers reads an answers file. Unknown keys are errors, named with their line. lookup resolves the references to
// secrets; "" means that it is not there, which leaves it unanswered. An empty value is no answer.
func ParseAnswers(raw []byte, lookup func(SecretRef) (string, error)) (Answers, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(raw, &document); err != nil {
		return nil, fmt.Errorf("the answers file is not valid YAML: %w", err)
	}
	if len(document.Content) == 0 || document.Content[0].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("the answers file is empty: it begins with `schema: %s`", AnswersSchema)
	}
	p := parser{lookup: lookup, answers: Answers{}}
	if err := p.mapping("", document.Content[0]); err != nil {
		return nil, err
	}
	if p.schema != AnswersSchema {
		return nil, fmt.Errorf("the answers file has schema %q, this program reads %q", p.schema, AnswersSchema)
	}
	return p.answers, nil
}

type parser struct {
	lookup  func(SecretRef) (string, error)
	answers Answers
	schema  string
}

func (p *parser) mapping(prefix string, node *yaml.Node) error {
	there := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		full := prefix + key.Value
		if there[full] {
			return fmt.Errorf("line %d: %s stands there twice", key.Line, full)
		}
		there[full] = true
		if full == "schema" {
			p.schema = value.Value
			continue
		}
		if err := p.entry(full, key, value); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) entry(full string, key, value *yaml.Node) error {
	kind, known := formOf(full)
	switch {
	case known:
		return p.answer(Key(full), kind, value)
	case !isPrefix(full):
		return fmt.Errorf("line %d: the answers file has no key %q", key.Line, full)
	case value.Kind == yaml.MappingNode:
		return p.mapping(full+".", value)
	case value.Tag == "!!null":
		return nil
	}
	return fmt.Errorf("line %d: %s holds other keys, not a value", key.Line, full)
}

func (p *parser) answer(key Key, kind form, node *yaml.Node) error {
	if node.Tag == "!!null" || (node.Kind == yaml.ScalarNode && node.Value == "") {
		return nil
	}
	wrong := fmt.Errorf("line %d: %s is %s", node.Line, key, kind)
	switch kind {
	case formList:
		var list []string
		if node.Decode(&list) != nil {
			return fmt.Errorf("%w, in brackets: [one, another]", wrong)
		}
		p.answers[key] = list
		return nil
	case formSecret:
		return p.secret(key, node, wrong)
	case formText, formScope:
	}
	if node.Kind != yaml.ScalarNode {
		return wrong
	}
	text := node.Value
	if kind == formScope {
		var ok bool
		if text, ok = map[string]string{"true": move, "false": leave, move: move, leave: leave, turnOn: turnOn}[text]; !ok {
			return wrong
		}
	}
	p.answers[key] = text
	return nil
}

func (p *parser) secret(key Key, node *yaml.Node, wrong error) error {
	var fields map[string]string
	if node.Kind != yaml.MappingNode || node.Decode(&fields) != nil || len(fields) != 1 {
		return wrong
	}
	ref := SecretRef{Env: fields["env"], File: fields["file"]}
	if ref == (SecretRef{}) {
		return wrong
	}
	value, err := p.lookup(ref)
	if err != nil {
		return fmt.Errorf("line %d: %s: %w", node.Line, key, err)
	}
	if value != "" {
		p.answers[key] = NewSecret(value)
	}
	return nil
}
