package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"upe/flows/plan"
)

// document is a value as an indented JSON file.
func document(value any) (string, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return "", fmt.Errorf("write the export as JSON: %w", err)
	}
	return out.String(), nil
}

// longest is how many characters of a name a file keeps.
const longest = 100

// fileName is a name as one that every file system takes, unlike those that are taken.
func fileName(name string, taken map[string]bool) string {
	safe := strings.Map(func(r rune) rune {
		if plain(r) == r || r >= 'A' && r <= 'Z' || strings.ContainsRune(" -.", r) {
			return r
		}
		return '-'
	}, name)
	safe = strings.Trim(safe[:min(len(safe), longest)], " .")
	if safe == "" {
		safe = "unnamed"
	}
	unique := safe
	for i := 2; taken[strings.ToLower(unique)]; i++ {
		unique = fmt.Sprintf("%s-%d", safe, i)
	}
	taken[strings.ToLower(unique)] = true
	return unique
}

// node is the assets as a YAML document.
func (d *deploy) node() (*yaml.Node, error) {
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, a := range d.assets() {
		raw, err := document(a.value)
		if err != nil {
			return nil, err
		}
		value, err := plan.Decode(json.RawMessage(raw))
		if err != nil {
			return nil, err
		}
		root.Content = append(root.Content, scalar(a.kind), nodeOf(value))
	}
	return root, nil
}

// nodeOf is a value of JSON in YAML, keys in order.
func nodeOf(value any) *yaml.Node {
	switch v := value.(type) {
	case map[string]any:
		n := &yaml.Node{Kind: yaml.MappingNode}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			n.Content = append(n.Content, scalar(key), nodeOf(v[key]))
		}
		return n
	case []any:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for _, inner := range v {
			n.Content = append(n.Content, nodeOf(inner))
		}
		return n
	case string:
		return scalar(v)
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: string(plan.Encode(value))}
}

// scalar is a text. One that would lose something as a block goes between quotes: white space at the start or on a line of its own, and
// tabs, after which the library itself cannot read its own block.
func scalar(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	switch {
	case !survives(s):
		n.Style = yaml.DoubleQuotedStyle
	case strings.Contains(s, "\n"):
		n.Style = yaml.LiteralStyle
	}
	return n
}

// survives reports whether a block of YAML keeps a text.
func survives(s string) bool {
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		if line != "" && strings.TrimSpace(line) == "" || strings.HasSuffix(line, " ") {
			return false
		}
	}
	return strings.TrimLeft(s, " \n") == s && !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && !shown(r) })
}
