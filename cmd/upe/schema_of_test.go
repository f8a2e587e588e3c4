package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// object is a JSON Schema, or a part of one.
type object = map[string]any

// schemas makes JSON Schemas of Go types, so that a published schema and the program cannot say different things: what is required,
// which words a field may hold and what it means are read from the types, their constants and their comments.
type schemas struct {
	t       *testing.T
	sources map[string]*source // by import path
	defs    object
	strict  bool // a field that no type has is an error
}

// source is what the files of a package say of its types.
type source struct {
	docs   map[string]string   // "Step", "Step.ID"
	values map[string][]string // the constants of a type of text, in their order
}

// of is the schema of a document.
func (s *schemas) of(document any, title string) object {
	s.defs = object{}
	schema := s.schema(reflect.TypeOf(document))
	if ref, ok := schema["$ref"].(string); ok { // the document itself is no definition
		name := strings.TrimPrefix(ref, "#/$defs/")
		schema, _ = s.defs[name].(object)
		delete(s.defs, name)
	}
	schema["$schema"], schema["$id"], schema["title"] = "https://json-schema.org/draft/2020-12/schema", id(title), title
	if len(s.defs) > 0 {
		schema["$defs"] = s.defs
	}
	return schema
}

// id is a name for a schema that is no address: "urn:upe:plan:1" for "upe.plan/1".
func id(title string) string { return "urn:" + strings.NewReplacer(".", ":", "/", ":").Replace(title) }

func (s *schemas) schema(t reflect.Type) object {
	switch t {
	case reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case reflect.TypeFor[json.RawMessage]():
		return object{}
	case reflect.TypeFor[url.Values]():
		return object{"type": "object", "additionalProperties": object{"type": "array", "items": object{"type": "string"}}}
	}
	switch t.Kind() { //nolint:exhaustive // the kinds that JSON has; any other ends the test
	case reflect.Pointer:
		return s.schema(t.Elem())
	case reflect.Interface:
		return object{}
	case reflect.String:
		if values := s.source(t).values[t.Name()]; len(values) > 0 && t.PkgPath() != "" {
			return object{"type": "string", "enum": values}
		}
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice, reflect.Array:
		return object{"type": "array", "items": s.schema(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.schema(t.Elem())}
	case reflect.Struct:
		return s.structure(t)
	}
	s.t.Fatalf("JSON has nothing for %s", t)
	return nil
}

func (s *schemas) structure(t reflect.Type) object {
	name := filepath.Base(t.PkgPath()) + "." + t.Name()
	ref := object{"$ref": "#/$defs/" + name}
	if _, known := s.defs[name]; known {
		return ref
	}
	schema := object{"type": "object"}
	s.defs[name] = schema
	properties, required := object{}, []string{}
	s.fields(t, properties, &required)
	schema["properties"] = properties
	if doc := s.source(t).docs[t.Name()]; doc != "" {
		schema["description"] = doc
	}
	if slices.Sort(required); len(required) > 0 {
		schema["required"] = required
	}
	if s.strict {
		schema["additionalProperties"] = false
	}
	return ref
}

// fields adds what encoding/json writes of a struct: an embedded one stands in its place.
func (s *schemas) fields(t reflect.Type, properties object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
			continue
		case f.Anonymous && name == "":
			s.fields(f.Type, properties, required)
			continue
		case name == "":
			s.t.Fatalf("%s.%s has no name in JSON", t, f.Name)
		}
		schema := s.schema(f.Type)
		if strings.Contains(options, "omit") {
		} else if *required = append(*required, name); f.Type.Kind() == reflect.Pointer {
			schema = object{"anyOf": []any{schema, object{"type": "null"}}}
		}
		if doc := s.source(t).docs[t.Name()+"."+f.Name]; doc != "" {
			schema["description"] = doc
		}
		properties[name] = schema
	}
}

func (s *schemas) source(t reflect.Type) *source {
	path := t.PkgPath()
	if s.sources == nil {
		s.sources = map[string]*source{}
	}
	if known := s.sources[path]; known != nil {
		return known
	}
	read := &source{docs: map[string]string{}, values: map[string][]string{}}
	s.sources[path] = read
	dir, ours := strings.CutPrefix(path, "upe/")
	switch {
	case path == "upe/cmd/upe" || path == "main":
		dir = "."
	case !ours:
		return read
	default:
		dir = filepath.Join("..", "..", filepath.FromSlash(dir))
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go") {
			read.file(s.t, filepath.Join(dir, e.Name()))
		}
	}
	return read
}

func (r *source) file(t *testing.T, path string) {
	t.Helper()
	file, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		general, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				r.typed(spec, words(general.Doc, spec.Doc))
			case *ast.ValueSpec:
				r.constants(general.Tok, spec)
			}
		}
	}
}

func (r *source) typed(spec *ast.TypeSpec, doc string) {
	r.docs[spec.Name.Name] = doc
	structure, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range structure.Fields.List {
		for _, name := range f.Names {
			r.docs[spec.Name.Name+"."+name.Name] = words(f.Doc, f.Comment)
		}
	}
}

func (r *source) constants(kind gotoken.Token, spec *ast.ValueSpec) {
	named, ok := spec.Type.(*ast.Ident)
	if kind != gotoken.CONST || !ok {
		return
	}
	for _, value := range spec.Values {
		if literal, ok := value.(*ast.BasicLit); ok && literal.Kind == gotoken.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil {
				r.values[named.Name] = append(r.values[named.Name], text)
			}
		}
	}
}

// words are comments as one sentence or more, without the marks of Go's own links.
func words(groups ...*ast.CommentGroup) string {
	for _, g := range groups {
		if text := strings.Join(strings.Fields(g.Text()), " "); text != "" {
			return strings.NewReplacer("[", "", "]", "").Replace(text)
		}
	}
	return ""
}
