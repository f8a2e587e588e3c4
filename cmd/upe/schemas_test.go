package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"upe/flows/bundle"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/wizard"
)

// bundleFile is a bundle as it is written: the form is the bundle package's own affair.
type bundleFile struct {
	Schema   string        `json:"schema"`
	Checksum string        `json:"checksum"` // over the content without white space: "sha256:…"
	Content  bundle.Bundle `json:"content"`
}

// published are the documents whose schemas stand in docs/schemas, by the names of the files. A program that reads one must expect
// fields that are new, but for plan and answers: there upe itself refuses what it does not know.
func published(t *testing.T, strict bool) map[string]object {
	t.Helper()
	of := func(document any, title string, closed bool) object {
		s := schemas{t: t, strict: closed || strict}
		return s.of(document, title)
	}
	return map[string]object{
		"plan":    saying(of(plan.Plan{}, plan.Schema, true)),
		"check":   saying(of(checkResult{}, "upe.check/1", false)),
		"report":  saying(of(runReport{}, "upe.report/1", false)),
		"bundle":  saying(of(bundleFile{}, bundle.Schema, false)),
		"journal": of(run.Entry{}, run.EntrySchema, false), // of one line; the schema is named on the first
		"answers": answersSchema(t),
		// The lines of standard error with --json.
		"progress": saying(of(progressLine{}, progressSchema, false)),
		"error":    saying(of(problemDocument{}, "upe.error/1", false)),
		"warnings": saying(of(warningsDocument{}, "upe.warnings/1", false)),
		"device":   saying(of(deviceDocument{}, "upe.device/1", false)),
	}
}

// saying has a document say which schema it follows.
func saying(schema object) object {
	if properties, ok := schema["properties"].(object); ok {
		properties["schema"] = object{"const": schema["title"]}
	}
	return schema
}

// answersSchema is made of the table that the program reads an answers file by.
func answersSchema(t *testing.T) object {
	t.Helper()
	root := object{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id(wizard.AnswersSchema), "title": wizard.AnswersSchema,
		"description": "An answers file (YAML). An empty value is no answer.",
		"type":        "object", "required": []string{"schema"}, "additionalProperties": false,
		"properties": object{"schema": object{"const": wizard.AnswersSchema}},
	}
	for _, k := range wizard.AnswerKeys() {
		at := root
		parts := strings.Split(k.Key, ".")
		for _, part := range parts[:len(parts)-1] {
			at = below(at, part, object{"type": []string{"object", "null"}, "properties": object{}, "additionalProperties": false})
		}
		leaf := answer(t, k.Form)
		leaf["description"] = k.Says + " Without it: " + k.Default + "."
		below(at, parts[len(parts)-1], leaf)
	}
	return root
}

// below is the schema under a key, which is put there where there is none. A * stands for every name.
func below(at object, key string, fresh object) object {
	if key == "*" {
		if known, ok := at["additionalProperties"].(object); ok {
			return known
		}
		at["additionalProperties"] = fresh
		return fresh
	}
	properties, _ := at["properties"].(object)
	if known, ok := properties[key].(object); ok {
		return known
	}
	properties[key] = fresh
	return fresh
}

// answer is the schema of one form of an answer.
func answer(t *testing.T, form string) object {
	t.Helper()
	scalar := []string{"string", "number", "boolean", "null"}
	nothing := object{"enum": []any{nil, ""}}
	switch {
	case form == "a text":
		return object{"type": scalar}
	case form == "a list of texts":
		return object{"anyOf": []any{object{"type": "array", "items": object{"type": scalar}}, nothing}}
	case strings.HasPrefix(form, "move or leave"):
		return object{"enum": []any{"move", "leave", "turn-on", true, false, nil, ""}}
	case strings.HasPrefix(form, "{env: NAME} or {file: PATH}"):
		reference := object{
			"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
			"properties": object{"env": object{"type": "string"}, "file": object{"type": "string"}},
		}
		return object{"anyOf": []any{reference, nothing}}
	}
	t.Fatalf("the form %q of an answer is in no schema", form)
	return nil
}

// TestSchemas holds the published schemas against the types. `go test ./cmd/upe -run TestSchemas -update` writes them anew.
func TestSchemas(t *testing.T) {
	t.Parallel()
	for name, schema := range published(t, false) {
		path := filepath.Join("..", "..", "docs", "schemas", name+".json")
		var got bytes.Buffer
		encoder := json.NewEncoder(&got)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(schema); err != nil {
			t.Fatal(err)
		}
		if flag.Lookup("update").Value.String() == "true" {
			if err := os.WriteFile(path, got.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s is not what the program writes; -update makes it so (-file +types):\n%s", path, diff)
		}
	}
}

// TestPlansFollowTheSchema: those that flows/plan is held against, each with something of its own.
func TestPlansFollowTheSchema(t *testing.T) {
	t.Parallel()
	schema := compiled(t, "plan")
	paths, err := filepath.Glob("../../flows/plan/testdata/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := follows(schema, raw); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestSchemasRefuse: a schema that takes everything says nothing.
func TestSchemasRefuse(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../flows/plan/testdata/mfa-twilio.json")
	if err != nil {
		t.Fatal(err)
	}
	whole := string(raw)
	for name, c := range map[string]struct{ schema, document string }{
		"another schema":     {"plan", strings.Replace(whole, "upe.plan/1", "upe.plan/2", 1)},
		"an unknown field":   {"plan", strings.Replace(whole, `"fingerprint"`, `"fingerpaint"`, 1)},
		"an unknown kind":    {"plan", strings.Replace(whole, `"kind": "request"`, `"kind": "prayer"`, 1)},
		"an unknown request": {"plan", strings.Replace(whole, "POST /branding/phone/providers", "POST /branding/phone/profiters", 1)},
		"an unknown event":   {"journal", `{"seq":1,"at":"2026-11-20T09:30:00Z","event":"hoped"}`},
		"no time":            {"journal", `{"seq":1,"event":"began"}`},
		"an unknown answer":  {"answers", `{"schema":"upe.answers/1","twillio":{}}`},
		"a secret in clear":  {"answers", `{"schema":"upe.answers/1","twilio":{"auth_token":"hunter2"}}`},
		"no checksum":        {"bundle", `{"schema":"upe.bundle/1","content":{}}`},
		"no verdict":         {"check", `{"schema":"upe.check/1"}`},
		"an unknown status":  {"progress", `{"schema":"upe.progress/1","at":"2026-11-20T09:30:00Z","event":"step","text":"x","status":"hoped"}`},
		"an error as one":    {"progress", `{"schema":"upe.error/1","at":"2026-11-20T09:30:00Z","event":"step","text":"x"}`},
		"no exit code":       {"error", `{"schema":"upe.error/1","code":"usage","failed":"x"}`},
	} {
		if err := follows(compiled(t, c.schema), []byte(c.document)); err == nil {
			t.Errorf("%s follows the schema of a %s", name, c.schema)
		}
	}
}

// compiled is a schema that refuses fields that no type has, so that a document with more than the published schema tells is found.
func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	raw, err := json.Marshal(published(t, true)[name])
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name+".json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// follows validates a document: one of JSON, or each line of a journal.
func follows(schema *jsonschema.Schema, raw []byte) error {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return schema.Validate(document)
}

// valid returns the script command `valid SCHEMA FILE`, which wants a file to follow a published schema. "stdout" is what the last
// command printed.
func valid(t *testing.T) func(ts *testscript.TestScript, neg bool, args []string) {
	t.Helper()
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 2 {
			ts.Fatalf("usage: valid SCHEMA FILE")
		}
		schema := compiled(t, args[0])
		raw := []byte(ts.ReadFile(args[1]))
		documents := [][]byte{raw}
		switch args[0] {
		case "journal":
			documents = bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
		case "answers":
			var value any
			err := yaml.Unmarshal(raw, &value)
			ts.Check(err)
			documents[0], err = json.Marshal(value)
			ts.Check(err)
		}
		for i, d := range documents {
			if err := follows(schema, d); err != nil {
				ts.Fatalf("%s", fmt.Errorf("%s, document %d: %w", args[1], i+1, err))
			}
		}
	}
}
