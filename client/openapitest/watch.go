package openapitest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// base is where the paths of the description begin; other requests, such as those for a token, are none of its business.
const base = "/api/v2"

// Violation is one way in which what was said is not as described.
type Violation struct {
	Op   string // "METHOD /path", as described; with the path as sent when it is not
	Part string // "request", or "response 200"
	Says string // what is wrong, and where; indices in arrays are written *
}

func (v Violation) String() string { return v.Op + ", " + v.Part + ": " + v.Says }

// Watch is a transport that validates what passes. It is safe for concurrent use.
type Watch struct {
	described *Description
	next      http.RoundTripper

	mu         sync.Mutex
	violations map[Violation]int
	requests   int
	responses  int
}

// Around puts a Watch before a transport.
func (d *Description) Around(next http.RoundTripper) *Watch {
	return &Watch{described: d, next: next, violations: map[Violation]int{}}
}

// Counts is how many requests and responses were validated: those of described operations.
func (w *Watch) Counts() (requests, responses int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.requests, w.responses
}

// Violations lists what was found, each once.
func (w *Watch) Violations() []Violation {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Violation
	for v := range w.violations {
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b Violation) int { return cmp.Compare(a.String(), b.String()) })
	return all
}

// RoundTrip implements [http.RoundTripper].
func (w *Watch) RoundTrip(req *http.Request) (*http.Response, error) {
	path, below := strings.CutPrefix(req.URL.EscapedPath(), base)
	if !below {
		return w.next.RoundTrip(req)
	}
	sent, err := drain(&req.Body)
	if err != nil {
		return nil, err
	}
	resp, err := w.next.RoundTrip(req)
	v := w.begin(req, path, sent)
	if err != nil {
		return nil, err // an answer that is lost cannot be wrong
	}
	said, err := drain(&resp.Body)
	if err != nil {
		return nil, err
	}
	w.response(v, resp, said)
	return resp, nil
}

// drain reads a body and puts it back.
func drain(body *io.ReadCloser) ([]byte, error) {
	if *body == nil {
		return nil, nil
	}
	raw, err := io.ReadAll(*body)
	if err := errors.Join(err, (*body).Close()); err != nil {
		return nil, err
	}
	*body = io.NopCloser(bytes.NewReader(raw))
	return raw, nil
}

// begin validates a request. It returns nil for one that is not described.
func (w *Watch) begin(req *http.Request, path string, body []byte) *openapi3filter.RequestValidationInput {
	route, values := w.described.route(req.Method, path)
	if route.Operation == nil {
		w.add(req.Method+" "+path, "request", "no such operation")
		return nil
	}
	w.mu.Lock()
	w.requests++
	w.mu.Unlock()
	again := req.Clone(req.Context())
	again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	input := &openapi3filter.RequestValidationInput{Request: again, Route: route, PathParams: values, Options: w.described.options}
	for key := range req.URL.Query() {
		if route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, key) == nil {
			w.add(operation(input), "request", "no query parameter "+key)
		}
	}
	w.add(operation(input), "request", leaves(openapi3filter.ValidateRequest(req.Context(), input))...)
	return input
}

// response validates an answer. The description has no schema for errors, so those are held against the shape in which every
// recording has them.
func (w *Watch) response(of *openapi3filter.RequestValidationInput, resp *http.Response, body []byte) {
	if of == nil {
		return
	}
	w.mu.Lock()
	w.responses++
	w.mu.Unlock()
	part := fmt.Sprintf("response %d", resp.StatusCode)
	w.add(operation(of), part, leaves(openapi3filter.ValidateResponse(resp.Request.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: of, Status: resp.StatusCode, Header: resp.Header, Options: of.Options,
		Body: io.NopCloser(bytes.NewReader(body)),
	}))...)
	switch {
	case resp.StatusCode >= http.StatusBadRequest && !isError(resp.StatusCode, body):
		w.add(operation(of), part, "not an error as recorded")
	case resp.StatusCode == http.StatusNoContent && len(body) > 0:
		w.add(operation(of), part, "a body")
	}
}

func operation(of *openapi3filter.RequestValidationInput) string {
	return of.Route.Method + " " + of.Route.Path
}

func isError(status int, body []byte) bool {
	var is struct {
		StatusCode     int
		Error, Message string
		ErrorCode      *string
	}
	return json.Unmarshal(body, &is) == nil && is.StatusCode == status && is.Error != "" && is.Message != "" &&
		(is.ErrorCode == nil || *is.ErrorCode != "")
}

func (w *Watch) add(op, part string, says ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range says {
		w.violations[Violation{Op: op, Part: part, Says: s}]++
	}
}

// index is a place in an array, in a JSON pointer.
var index = regexp.MustCompile(`/\d+(/|:)`)

// leaves are the single complaints in what the validator says.
func leaves(err error) []string {
	var several openapi3.MultiError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &several):
		return []string{index.ReplaceAllString(err.Error(), "/*$1")}
	}
	var all, nearest []string
	for _, one := range several {
		these := leaves(one)
		if depth(these) > depth(nearest) || nearest == nil {
			nearest = these
		}
		all = append(all, these...)
	}
	if isChoice(err) {
		return nearest
	}
	return all
}

// isChoice reports whether several schemas would have done, so that what each of them says is not wrong with all.
func isChoice(err error) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if schema, found := err.(*openapi3.SchemaError); found { //nolint:errorlint // this link of the chain, not one behind a list
			return schema.SchemaField == "oneOf"
		}
	}
	return false
}

// depth is how far into the body the complaints of one schema go: the one that was meant goes further than the others.
func depth(complaints []string) int {
	deepest := 0
	for _, c := range complaints {
		pointer, _, _ := strings.Cut(c, ": ")
		deepest = max(deepest, strings.Count(pointer, "/"))
	}
	return deepest
}
