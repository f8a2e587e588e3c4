package emulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/client/openapitest"
	"upe/testdata"
)

// clock is a time that tests move by hand.
type clock struct{ at atomic.Pointer[time.Time] }

func newClock() *clock {
	c := &clock{}
	at := time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	c.at.Store(&at)
	return c
}

func (c *clock) now() time.Time { return *c.at.Load() }

func (c *clock) pass(d time.Duration) {
	at := c.now().Add(d)
	c.at.Store(&at)
}

// counted gives ids that are the same in every run: "provider-1", "provider-2".
func counted() func(string) string {
	n := map[string]int{}
	return func(kind string) string {
		n[kind]++
		if kind == emulator.KindCode {
			return fmt.Sprintf("%06d", 111110+n[kind])
		}
		return fmt.Sprintf("%s-%d", kind, n[kind])
	}
}

// practice is a tenant with a client, and Auth0's description between them where there is one.
type practice struct {
	*emulator.Tenant
	t     *testing.T
	clock *clock
	token string
	watch *openapitest.Watch // nil: nobody listens
}

func open(t *testing.T, file string, change ...func(*emulator.Options)) practice {
	t.Helper()
	c := newClock()
	opts := emulator.Options{File: []byte(file), Now: c.now, NewID: counted()}
	for _, f := range change {
		f(&opts)
	}
	tenant, err := emulator.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	p := practice{Tenant: tenant, t: t, clock: c, token: tenant.Token()}
	p.listen()
	return p
}

// described is Auth0's description, read once for all tests; nil without one, and when the race detector makes the validator ten
// times as slow.
var described = sync.OnceValues(func() (*openapitest.Description, error) {
	path := os.Getenv(openapitest.Variable)
	if path == "" || testing.Short() {
		return nil, nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return openapitest.Parse(context.Background(), raw)
})

// listen holds every answer that the test will get against the description. Requests of these tests are often wrong on purpose.
func (p *practice) listen() {
	p.t.Helper()
	d, err := described()
	if err != nil {
		p.t.Fatal(err)
	}
	if d == nil {
		return
	}
	w := d.Around(p.Transport())
	p.watch = w
	p.t.Cleanup(func() {
		unexplained, _ := openapitest.Explain(w.Violations(), slices.Concat(openapitest.Known(), openapitest.Replayed()))
		for _, v := range unexplained {
			if v.Part != "request" && !slices.Contains(ofAnyOperation, v.Part) {
				p.t.Errorf("not as described: %v", v)
			}
		}
	})
}

// ofAnyOperation are answers that are described for none: a body too large, a fault of the server, and what is not emulated.
var ofAnyOperation = []string{"response 413", "response 500", "response 501", "response 503"}

// transport goes to the tenant, by way of the description.
func (p practice) transport() http.RoundTripper {
	if p.watch != nil {
		return p.watch
	}
	return p.Transport()
}

// scenario is one of the tenant files of the demo.
func scenario(t *testing.T, name string) string {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

// as is the same tenant with a token that has only these scopes.
func (p practice) as(scopes ...string) practice {
	p.token = p.Token(scopes...)
	return p
}

// response is what came back.
type response struct {
	status int
	header http.Header
	body   string
}

// send sends "METHOD /path" below /api/v2.
func (p practice) send(what, body string) response {
	p.t.Helper()
	method, path, _ := strings.Cut(what, " ")
	req, err := http.NewRequestWithContext(p.t.Context(), method, "https://"+p.Domain()+"/api/v2"+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	res, err := (&http.Client{Transport: p.transport()}).Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return response{res.StatusCode, res.Header, string(raw)}
}

// must is send for a request that has to succeed.
func (p practice) must(what, body string) response {
	p.t.Helper()
	r := p.send(what, body)
	if r.status >= 300 {
		p.t.Fatalf("%s: %d %s", what, r.status, r.body)
	}
	return r
}

// field reads one value of a body by its path: "templates.0.id". A string comes without quotes.
func (r response) field(t *testing.T, path string) string {
	t.Helper()
	return field(t, []byte(r.body), path)
}

func field(t *testing.T, raw []byte, path string) string {
	t.Helper()
	var at any
	if err := json.Unmarshal(raw, &at); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	for _, key := range strings.Split(path, ".") {
		switch v := at.(type) {
		case map[string]any:
			at = v[key]
		case []any:
			var i int
			if _, err := fmt.Sscan(key, &i); err != nil || i >= len(v) {
				return "<none>"
			}
			at = v[i]
		default:
			return "<none>"
		}
	}
	if s, ok := at.(string); ok {
		return s
	}
	out, err := json.Marshal(at)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// want compares status and, when given, a part of the body.
func (r response) want(t *testing.T, status int, parts ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("status %d, want %d: %s", r.status, status, r.body)
	}
	for _, part := range parts {
		if !strings.Contains(r.body, part) {
			t.Errorf("body %s\nhas no %s", r.body, part)
		}
	}
}

// patched is a tenant file with JSON laid over its top level.
func patched(t *testing.T, file, over string) string {
	t.Helper()
	doc, patch := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(file), &doc); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(over), &patch); err != nil {
		t.Fatal(err)
	}
	for key, value := range patch {
		doc[key] = value
	}
	out, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSpace(out))
}

// control sends a request to a control path, as a program on the same machine.
func (p practice) control(method, path, body string) response {
	p.t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(p.t.Context(), method, "http://127.0.0.1"+path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:40000"
	p.ServeHTTP(w, r)
	return response{w.Code, w.Header(), w.Body.String()}
}

func escape(s string) string { return url.QueryEscape(s) }
