package openapitest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// Variable is the environment variable with the path of the description. The tests read it themselves.
const Variable = "UPE_OPENAPI"

// Description is an OpenAPI document, version 3.0 or 3.1. It is safe for concurrent use.
type Description struct {
	doc     *openapi3.T
	options *openapi3filter.Options
}

// Open reads the description at path, the value of [Variable]; the test is skipped when it is empty.
func Open(tb testing.TB, path string) *Description {
	tb.Helper()
	if path == "" {
		tb.Skipf("%s is not set: it is the path of Auth0's OpenAPI description", Variable)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	d, err := Parse(tb.Context(), raw)
	if err != nil {
		tb.Fatalf("%s: %v", path, err)
	}
	return d
}

// Parse reads a description, as JSON or YAML.
func Parse(ctx context.Context, raw []byte) (*Description, error) {
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	if err := doc.Validate(ctx, openapi3.SetRegexCompiler(compile)); err != nil {
		return nil, fmt.Errorf("not a valid description: %w", err)
	}
	return &Description{doc: doc, options: &openapi3filter.Options{
		AuthenticationFunc:                openapi3filter.NoopAuthenticationFunc,
		IncludeResponseStatus:             true,
		MultiError:                        true,
		RejectWhenRequestBodyNotSpecified: true,
		SkipSettingDefaults:               true, // a validator that adds to a request is none
		SchemaValidationOptions: []openapi3.SchemaValidationOption{
			openapi3.SetSchemaRegexCompiler(compile),
			openapi3.SetSchemaErrorMessageCustomizer(briefly),
		},
	}}, nil
}

// tooMany is an upper limit of repeats that Go's regular expressions refuse: they stop at 1,000.
var tooMany = regexp.MustCompile(`\{(\d+),\d{4,}\}`)

// compile reads a pattern of the description; where it limits repeats to more than Go can count, without that limit.
func compile(pattern string) (openapi3.RegexMatcher, error) {
	return regexp.Compile(tooMany.ReplaceAllString(pattern, "{$1,}"))
}

// briefly says where and what, without printing whole schemas and values that may be secret.
func briefly(err *openapi3.SchemaError) string {
	if err.Origin != nil {
		return err.Origin.Error()
	}
	return "at /" + strings.Join(err.JSONPointer(), "/") + ": " + err.Reason
}

// Operations lists what is described, each as "METHOD /path", in no particular order.
func (d *Description) Operations() []string {
	var all []string
	for path, item := range d.doc.Paths.Map() {
		for method := range item.Operations() {
			all = append(all, method+" "+path)
		}
	}
	return all
}

// Takes reports whether an operation without variables knows every parameter of a query.
func (d *Description) Takes(op, query string) bool {
	method, path, _ := strings.Cut(op, " ")
	values, err := url.ParseQuery(query)
	at, _ := d.route(method, path)
	if err != nil || at.Operation == nil {
		return false
	}
	for key := range values {
		if at.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, key) == nil {
			return false
		}
	}
	return true
}

// route finds the operation of a request, and the values in its path. A literal segment goes before a variable one. The path
// item is nil when no path matches, the operation when the path has no such method.
func (d *Description) route(method, path string) (*routers.Route, map[string]string) {
	found, values := &routers.Route{Spec: d.doc, Method: method}, map[string]string(nil)
	for template, item := range d.doc.Paths.Map() {
		here, matched := match(template, path)
		if matched && (found.PathItem == nil || len(here) < len(values)) {
			found.Path, found.PathItem, found.Operation, values = template, item, item.GetOperation(method), here
		}
	}
	return found, values
}

// match compares a path with a template, whose segments {name} stand for anything but nothing.
func match(template, path string) (values map[string]string, matched bool) {
	want, have := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	values = map[string]string{}
	for i, w := range want {
		name, variable := strings.CutPrefix(w, "{")
		switch {
		case variable && have[i] != "":
			values[strings.TrimSuffix(name, "}")] = have[i]
		case w != have[i]:
			return nil, false
		}
	}
	return values, true
}
