package emulator

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxBody of a request. Action code may have 100 kB.
const maxBody = 4 << 20

// ServeHTTP answers the Management API, /oauth/token, and the control paths.
func (t *Tenant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/emulator/") {
		t.control(w, r)
		return
	}
	i := t.arrived(r)
	if !wait(r.Context(), t.opts.Latency) {
		panic(http.ErrAbortHandler)
	}
	a, delivered := t.faulty(r)
	if !delivered {
		// The documented way to close the connection without an answer.
		panic(http.ErrAbortHandler)
	}
	t.answered(i, a.status)
	t.limits(a.header)
	a.write(w)
}

// answer is a whole response, so that a fault can lose or bend it.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// render makes the bytes of a reply.
func (r reply) render(header http.Header) answer {
	if header == nil {
		header = http.Header{}
	}
	a := answer{status: r.status, header: header}
	if r.body != nil {
		a.body = encode(r.body)
		header.Set("Content-Type", "application/json; charset=utf-8")
	}
	return a
}

func (a answer) write(w http.ResponseWriter) {
	for key, values := range a.header {
		w.Header()[key] = values
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(a.status)
	// A client that is gone does not read, and there is nobody to tell.
	_, _ = w.Write(a.body)
}

// serve is the tenant without faults.
func (t *Tenant) serve(r *http.Request) answer {
	switch {
	case r.URL.Path == "/oauth/token":
		return t.oauth(r).render(nil)
	case strings.HasPrefix(r.URL.Path, apiPrefix+"/"):
		return t.management(r)
	}
	return fail(http.StatusNotFound, "", "Not Found").render(nil)
}

const apiPrefix = "/api/v2"

// management answers one request to the Management API.
func (t *Tenant) management(r *http.Request) answer {
	header, allowed := t.takeToken()
	if !allowed {
		return fail(http.StatusTooManyRequests, "too_many_requests", "Global limit has been reached").render(header)
	}
	scopes, refused := t.authorize(r)
	if refused != nil {
		return refused.render(header)
	}
	e, args, found := lookup(r.Method, strings.TrimPrefix(r.URL.EscapedPath(), apiPrefix))
	if !found {
		return notEmulated(r.Method + " " + r.URL.Path).render(header)
	}
	if !scopes.any(e.scopes) {
		return fail(http.StatusForbidden, "insufficient_scope", "Insufficient scope, expected any of: %s", strings.Join(e.scopes, ",")).render(header)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil || len(body) > maxBody {
		return fail(http.StatusRequestEntityTooLarge, "", "Payload content length greater than maximum allowed").render(header)
	}
	c := &call{
		now: t.opts.Now(), newID: t.opts.NewID, build: t.opts.BuildTime, args: args, query: r.URL.Query(), body: body, scopes: scopes,
	}
	if bad := e.unknownQuery(c); bad != nil {
		return bad.render(header)
	}
	return t.run(r.Context(), e, c).render(header)
}

// run lets a handler work on a copy of the state, and keeps the copy when the answer is a success. Messages that the call asks
// for are sent after that, outside of the lock, because an Action may take its time.
func (t *Tenant) run(ctx context.Context, e endpoint, c *call) reply {
	t.mu.Lock()
	s := t.state
	s.settle(c.now, c.build)
	c.s = &s
	r := e.handle(c)
	if e.method != http.MethodGet && r.success() {
		t.state = s
		t.version++
	}
	t.mu.Unlock()
	for _, l := range c.letters {
		t.send(ctx, s, l)
	}
	return r
}

// wait reports false when ctx ended first.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// isJSON reports whether raw is one JSON value.
func isJSON(raw []byte) bool { return json.Valid(raw) }
