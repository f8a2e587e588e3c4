package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// FileError says what is wrong with a tenant file, and where.
type FileError struct {
	Line    int    // counted from 1; 0 when the place is not known
	Path    string // the key, as in "guardian.message_types"; empty for the file itself
	Problem string
}

func (e *FileError) Error() string {
	var where []string
	if e.Line > 0 {
		where = append(where, fmt.Sprintf("line %d", e.Line))
	}
	if e.Path != "" {
		where = append(where, e.Path)
	}
	return strings.Join(append(where, e.Problem), ": ")
}

// knownKeys of a tenant file, by the object they stand in. A misspelt key is an error: it would be a silent default otherwise.
var knownKeys = map[string][]string{
	"": {
		"domain", "world", "quirks", "token", "fill", "settings", "migrations", "guardian", "connections", "clients", "connection_clients", "actions",
		"bindings", "phone_providers", "phone_templates", "phone_provider_protection", "hooks", "logs",
	},
	"guardian":           {"factors", "message_types", "policies", "selected_provider", "twilio", "templates"},
	"guardian.factors":   factorNames,
	"guardian.twilio":    {"sid", "auth_token", "from", "messaging_service_sid"},
	"guardian.templates": {"enrollment_message", "verification_message"},
	"quirks":             Quirks(),
	"token":              {"without", "scopes"},
	"fill":               {"connections", "actions", "clients"},
	"fill.connections":   {"count", "strategy"},
	"fill.actions":       {"count", "trigger"},
	"fill.clients":       {"count"},
	"migrations":         {migrationMFA, migrationPasswordless},
	"bindings":           {triggerHook, triggerPhone},
}

// parse reads a tenant file. An empty file is the default legacy tenant.
func parse(file []byte) (state, error) {
	if len(bytes.TrimSpace(file)) == 0 {
		return legacyTenant(), nil
	}
	at, err := positions(file)
	if err != nil {
		return state{}, err
	}
	var s state
	if err := json.Unmarshal(file, &s); err != nil {
		return state{}, unmarshalError(err, at)
	}
	s.fill()
	if err := s.validate(); err != nil {
		err.Line = at.line(err.Path)
		return state{}, err
	}
	return s, nil
}

// places maps the path of every key in a file to its line.
type places map[string]int

// line of a path, or of the nearest one above it.
func (p places) line(path string) int {
	for path != "" {
		if n, found := p[path]; found {
			return n
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 0
}

// positions walks the tokens of file once. It is also where a file that is not JSON is found out.
func positions(file []byte) (places, error) {
	w := walker{dec: json.NewDecoder(bytes.NewReader(file)), file: file, at: places{}}
	if err := w.value(""); err != nil {
		return nil, w.syntax(err)
	}
	if _, err := w.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, &FileError{Line: w.line(w.dec.InputOffset()), Problem: "more text after the tenant"}
	}
	if w.misspelt != nil {
		return nil, w.misspelt
	}
	return w.at, nil
}

type walker struct {
	dec      *json.Decoder
	file     []byte
	at       places
	depth    int
	misspelt *FileError // the first key that stands where only known ones may
}

// maxDepth of a tenant file; code in it is a string, so that real ones stay below ten.
const maxDepth = 100

func (w *walker) line(offset int64) int {
	return 1 + bytes.Count(w.file[:min(int(offset), len(w.file))], []byte("\n"))
}

func (w *walker) value(path string) error {
	token, err := w.dec.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'), json.Delim('['):
	default:
		return nil
	}
	if w.depth++; w.depth > maxDepth {
		return errors.New("nested too deeply")
	}
	if err := w.members(path, token == json.Delim('{')); err != nil {
		return err
	}
	w.depth--
	_, err = w.dec.Token()
	return err
}

func (w *walker) members(path string, keyed bool) error {
	for i := 0; w.dec.More(); i++ {
		child := fmt.Sprintf("%s[%d]", path, i)
		if keyed {
			key, err := w.dec.Token()
			if err != nil {
				return err
			}
			child = strings.TrimPrefix(fmt.Sprintf("%s.%v", path, key), ".")
			w.at[child] = w.line(w.dec.InputOffset())
			w.spelling(path, fmt.Sprint(key), child)
		}
		if err := w.value(child); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) spelling(parent, key, path string) {
	allowed, closed := knownKeys[parent]
	if closed && !slices.Contains(allowed, key) && w.misspelt == nil {
		w.misspelt = &FileError{Line: w.at[path], Path: path, Problem: "unknown key, known are " + strings.Join(allowed, ", ")}
	}
}

func (w *walker) syntax(err error) error {
	offset := w.dec.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = syntax.Offset
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the file ends in the middle")
	}
	return &FileError{Line: w.line(offset), Problem: "not JSON: " + err.Error()}
}

func unmarshalError(err error, at places) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return &FileError{
			Line: max(at.line(wrong.Field), 1), Path: wrong.Field,
			Problem: fmt.Sprintf("%s where %s belongs", plain(wrong.Value), plain(wrong.Type.Kind().String())),
		}
	}
	return &FileError{Problem: err.Error()}
}

// plain says a kind of JSON or Go value in words.
func plain(kind string) string {
	switch kind {
	case "map", "struct", "object":
		return "an object"
	case "slice", "array":
		return "a list"
	case "bool":
		return "true or false"
	case "int":
		return "a whole number"
	}
	return "a " + kind
}
