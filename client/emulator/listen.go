package emulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Server is a tenant that listens.
type Server struct {
	URL  string // "http://127.0.0.1:4010", or https, without a slash at the end
	Addr net.Addr

	done chan error
}

// Start listens on a TCP address of this machine, such as "127.0.0.1:0", and serves the tenant in clear text until ctx ends.
// Any other address is refused: an emulated tenant shows its secrets.
func (t *Tenant) Start(ctx context.Context, address string) (*Server, error) {
	return t.start(ctx, address, "http", t.Serve)
}

// StartTLS is Start over TLS, for clients that speak nothing else. They have to trust c.CA.
func (t *Tenant) StartTLS(ctx context.Context, address string, c *Certificate) (*Server, error) {
	return t.start(ctx, address, "https", func(ctx context.Context, l net.Listener) error {
		return t.serveOn(ctx, func(s *http.Server) error {
			s.TLSConfig = c.Server()
			return s.ServeTLS(l, "", "")
		})
	})
}

func (t *Tenant) start(ctx context.Context, address, scheme string, serve func(context.Context, net.Listener) error) (*Server, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("listen address: %w", err)
	}
	if !loopback(host) {
		return nil, fmt.Errorf("listen address %q is not on this machine: use 127.0.0.1 or [::1]", address)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	s := &Server{URL: scheme + "://" + l.Addr().String(), Addr: l.Addr(), done: make(chan error, 1)}
	go func() { s.done <- serve(ctx, l) }()
	return s, nil
}

// Wait until the server has ended, which it does when the context of Start ends. It is called once.
func (s *Server) Wait() error { return <-s.done }

// Serve answers on a listener until ctx ends, then closes every connection. The listener's address is the caller's business.
func (t *Tenant) Serve(ctx context.Context, l net.Listener) error {
	return t.serveOn(ctx, func(s *http.Server) error { return s.Serve(l) })
}

func (t *Tenant) serveOn(ctx context.Context, serve func(*http.Server) error) error {
	server := &http.Server{
		Handler: t, ReadHeaderTimeout: 10 * time.Second,
		// A client that does not trust the certificate knows so itself.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := serve(server); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// Transport sends every request to the tenant without a socket, whatever its host: for tests, and for a rehearsal that must
// not listen. A connection that the tenant closes is [io.ErrUnexpectedEOF].
func (t *Tenant) Transport() http.RoundTripper { return inProcess{t} }

type inProcess struct{ tenant *Tenant }

// RoundTrip implements [http.RoundTripper].
func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	in.RequestURI, in.RemoteAddr = r.URL.RequestURI(), ""
	if in.Body == nil {
		in.Body = http.NoBody
	}
	defer func() { _ = in.Body.Close() }()
	w := &capture{header: http.Header{}, status: http.StatusOK}
	if !p.serve(w, in) {
		return nil, closed(r.Context())
	}
	return w.response(r), nil
}

// serve reports whether the tenant answered. It closes a connection by the panic that net/http has for that.
func (p inProcess) serve(w http.ResponseWriter, r *http.Request) (answered bool) {
	defer func() {
		switch broken := recover(); broken {
		case nil, http.ErrAbortHandler:
		default:
			panic(broken)
		}
	}()
	p.tenant.ServeHTTP(w, r)
	return true
}

// closed is why a request got no answer: its own context, or the tenant.
func closed(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return io.ErrUnexpectedEOF
}

// capture is the response of the tenant, in memory.
type capture struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header, WriteHeader and Write implement [http.ResponseWriter].
func (c *capture) Header() http.Header         { return c.header }
func (c *capture) WriteHeader(status int)      { c.status = status }
func (c *capture) Write(p []byte) (int, error) { return c.body.Write(p) }

func (c *capture) response(r *http.Request) *http.Response {
	return &http.Response{
		Status: fmt.Sprintf("%d %s", c.status, http.StatusText(c.status)), StatusCode: c.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: c.header, Body: io.NopCloser(&c.body), ContentLength: int64(c.body.Len()), Request: r,
	}
}
