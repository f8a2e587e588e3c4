package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"sort"
	"strconv"
	"strings"
)

// Values answers the references of a body: the answer of an earlier step, and a secret.
type Values struct {
	Answer func(step string) (json.RawMessage, bool)
	Secret func(name string) (string, error)
}

const (
	keyFrom   = "$from"
	keySecret = "$secret"
)

func isReference(id string) bool { return strings.HasPrefix(id, "@") }

// reference is the body form of a field of an earlier step's answer.
func reference(step, pointer string) map[string]any {
	return map[string]any{keyFrom: step + "#" + pointer}
}

// secretReference is the body form of a secret.
func secretReference(name string) map[string]any { return map[string]any{keySecret: name} }

// Fill resolves every reference in a body. The result holds secrets: it is sent and forgotten.
func Fill(body json.RawMessage, values Values) (json.RawMessage, error) {
	if len(body) == 0 {
		return nil, nil
	}
	document, err := Decode(body)
	if err != nil {
		return nil, err
	}
	filled, err := fill(document, values)
	if err != nil {
		return nil, err
	}
	return Encode(filled), nil
}

// FillID resolves a call's id.
func FillID(id string, values Values) (string, error) {
	ref, ok := strings.CutPrefix(id, "@")
	if !ok {
		return id, nil
	}
	value, err := lookup(ref, values)
	if err != nil {
		return "", err
	}
	text, ok := value.(string)
	if !ok || text == "" {
		return "", fmt.Errorf("reference %q is not a text", ref)
	}
	return text, nil
}

func fill(value any, values Values) (any, error) {
	switch v := value.(type) {
	case map[string]any:
		if ref, ok := single(v, keyFrom); ok {
			return lookup(ref, values)
		}
		if name, ok := single(v, keySecret); ok {
			return values.Secret(name)
		}
		for key, inner := range v {
			filled, err := fill(inner, values)
			if err != nil {
				return nil, err
			}
			v[key] = filled
		}
	case []any:
		for i, inner := range v {
			filled, err := fill(inner, values)
			if err != nil {
				return nil, err
			}
			v[i] = filled
		}
	}
	return value, nil
}

// single reports the text under key when it is the object's only key.
func single(object map[string]any, key string) (string, bool) {
	if len(object) != 1 {
		return "", false
	}
	text, ok := object[key].(string)
	return text, ok
}

func lookup(ref string, values Values) (any, error) {
	step, pointer, _ := strings.Cut(ref, "#")
	raw, ok := values.Answer(step)
	if !ok {
		return nil, fmt.Errorf("step %q has no answer yet", step)
	}
	document, err := Decode(raw)
	if err != nil {
		return nil, fmt.Errorf("answer of step %q: %w", step, err)
	}
	value, ok := At(document, pointer)
	if !ok {
		return nil, fmt.Errorf("the answer of step %q has no %s", step, pointer)
	}
	return value, nil
}

// secretsIn lists the secrets that a body refers to, sorted.
func secretsIn(body json.RawMessage) []string {
	document, err := Decode(body)
	if err != nil {
		return nil
	}
	var names []string
	walk(document, func(object map[string]any) {
		if name, ok := single(object, keySecret); ok {
			names = append(names, name)
		}
	})
	sort.Strings(names)
	return names
}

func walk(value any, visit func(map[string]any)) {
	switch v := value.(type) {
	case map[string]any:
		visit(v)
		for _, inner := range v {
			walk(inner, visit)
		}
	case []any:
		for _, inner := range v {
			walk(inner, visit)
		}
	}
}

// Lay puts body over base: objects are merged key by key, everything else is replaced, also by null. Neither is changed; the
// result may share parts of both.
func Lay(base, body any) any {
	over, isObject := body.(map[string]any)
	under, onObject := base.(map[string]any)
	if !isObject || !onObject {
		return body
	}
	merged := maps.Clone(under)
	if merged == nil {
		merged = make(map[string]any, len(over))
	}
	for key, value := range over {
		merged[key] = Lay(merged[key], value)
	}
	return merged
}

// Spare takes out of a body the secrets that base shows in clear: they are asked for because they could not be read when the plan was made,
// from a bundle for one, and what was entered then may be mistyped. references is the body as the plan has it, in which secrets are
// references.
func Spare(body any, references json.RawMessage, base any) any {
	document, err := Decode(references)
	if err != nil {
		return body
	}
	return spare(body, document, base)
}

func spare(body, references, base any) any {
	object, isObject := body.(map[string]any)
	named, areNamed := references.(map[string]any)
	under, onObject := base.(map[string]any)
	if !isObject || !areNamed || !onObject {
		return body
	}
	rest := maps.Clone(object)
	for key, reference := range named {
		if inner, ok := reference.(map[string]any); ok {
			if _, isSecret := single(inner, keySecret); !isSecret {
				rest[key] = spare(rest[key], inner, under[key])
			} else if shown, ok := under[key].(string); ok && shown != "" && Readable(shown) {
				delete(rest, key)
			}
		}
	}
	return rest
}

// Without is a document without the fields that JSON pointers name. The document is not changed; the result may share parts of it.
func Without(document any, pointers []string) any {
	for _, pointer := range pointers {
		document = without(document, strings.Split(strings.TrimPrefix(pointer, "/"), "/"))
	}
	return document
}

func without(value any, path []string) any {
	object, ok := value.(map[string]any)
	if _, there := object[path[0]]; !ok || !there {
		return value
	}
	rest := maps.Clone(object)
	if len(path) == 1 {
		delete(rest, path[0])
	} else {
		rest[path[0]] = without(rest[path[0]], path[1:])
	}
	return rest
}

// At follows a JSON pointer (RFC 6901). The empty pointer is the document itself. One addition: the segment "[key=value]" picks
// the first element of a list whose key is that text, because the order of Auth0's lists means nothing.
func At(document any, pointer string) (any, bool) {
	if pointer == "" {
		return document, true
	}
	value := document
	for _, part := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		part = strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
		switch v := value.(type) {
		case map[string]any:
			inner, ok := v[part]
			if !ok {
				return nil, false
			}
			value = inner
		case []any:
			inner, ok := element(v, part)
			if !ok {
				return nil, false
			}
			value = inner
		default:
			return nil, false
		}
	}
	return value, true
}

// selector is the pointer to the element of a list whose key is value.
func selector(key, value string) string {
	return "/[" + key + "=" + strings.NewReplacer("~", "~0", "/", "~1").Replace(value) + "]"
}

// element picks one element of a list: by number, or by "[key=value]".
func element(list []any, part string) (any, bool) {
	if inside, ok := strings.CutPrefix(part, "["); ok {
		key, want, _ := strings.Cut(strings.TrimSuffix(inside, "]"), "=")
		for _, inner := range list {
			if object, ok := inner.(map[string]any); ok && object[key] == want {
				return inner, true
			}
		}
		return nil, false
	}
	i, err := strconv.Atoi(part)
	if err != nil || i < 0 || i >= len(list) {
		return nil, false
	}
	return list[i], true
}

// Decode reads JSON without losing digits.
func Decode(raw json.RawMessage) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("not valid JSON: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("not valid JSON: something follows the value")
	}
	return value, nil
}

// Encode writes JSON with sorted keys and without HTML escapes, so that equal documents have equal bytes.
func Encode(value any) json.RawMessage {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		// Every value here is built from maps, slices, texts, numbers and booleans.
		panic("plan: encode a JSON document: " + err.Error())
	}
	return bytes.TrimRight(out.Bytes(), "\n")
}
