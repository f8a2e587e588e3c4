package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"upe/client/login"
	"upe/flows/tenant"
	"upe/ui/safe"
)

// patience is how long one look at the network takes at most.
const patience = 10 * time.Second

// network looks at the way to a domain: its name, a proxy, TLS.
func (o *doctorOptions) network(ctx context.Context, domain string) {
	o.group("Network")
	origin, err := login.ParseDomain(domain)
	if err != nil {
		o.failed("domain", "Domain", err)
		return
	}
	o.domain = origin.Host
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: origin})
	switch {
	case err != nil:
		o.add(exam{
			ID: "proxy", Title: "Proxy", Status: broken, Result: "the address of the proxy cannot be used",
			Do: "correct HTTPS_PROXY; it looks like http://proxy.acme.com:3128",
		})
		return
	case proxy != nil:
		o.add(exam{ID: "proxy", Title: "Proxy", Status: noted, Result: "requests go through " + safe.Line(proxy.Host) + ", as HTTPS_PROXY says"})
		o.add(exam{ID: "dns", Title: "Name", Status: skipped, Result: "the proxy looks it up"})
		o.add(exam{ID: "tls", Title: "TLS", Status: skipped, Result: "the requests below show whether the proxy lets it through"})
		return
	}
	o.add(exam{ID: "proxy", Title: "Proxy", Status: sound, Result: "none is set"})
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if o.name(ctx, origin.Hostname()) {
		o.handshake(ctx, origin)
	}
}

func (o *doctorOptions) name(ctx context.Context, host string) bool {
	addresses, err := net.DefaultResolver.LookupHost(ctx, host)
	if err != nil {
		o.add(exam{
			ID: "dns", Title: "Name", Status: broken, Result: host + " is not found: " + plainNetwork(err),
			Do: "check the domain and the name server of this computer; behind a company's proxy set HTTPS_PROXY",
		})
		return false
	}
	o.add(exam{ID: "dns", Title: "Name", Status: sound, Result: fmt.Sprintf("%s has %s", host, counted(len(addresses), "address", "addresses"))})
	return true
}

func (o *doctorOptions) handshake(ctx context.Context, origin *url.URL) {
	if origin.Scheme != "https" {
		o.add(exam{ID: "tls", Title: "TLS", Status: skipped, Result: "clear text to this computer itself"})
		return
	}
	host := net.JoinHostPort(origin.Hostname(), cmp.Or(origin.Port(), "443"))
	dialer := tls.Dialer{Config: &tls.Config{MinVersion: tls.VersionTLS12}}
	conn, err := dialer.DialContext(ctx, "tcp", host)
	if err != nil {
		o.add(exam{ID: "tls", Title: "TLS", Status: broken, Result: "no connection to " + host + ": " + plainNetwork(err), Do: afterDial(err)})
		return
	}
	defer func() { _ = conn.Close() }() // nothing was sent
	result := "a connection stands"
	if secured, ok := conn.(*tls.Conn); ok {
		state := secured.ConnectionState()
		result = tls.VersionName(state.Version)
		if len(state.PeerCertificates) > 0 {
			leaf := state.PeerCertificates[0]
			result += fmt.Sprintf(", certificate of %s, valid until %s", safe.Line(cmp.Or(leaf.Issuer.CommonName, "an unnamed issuer")), leaf.NotAfter.UTC().Format(time.DateOnly))
		}
	}
	o.add(exam{ID: "tls", Title: "TLS", Status: sound, Result: result})
}

func afterDial(err error) string {
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &unknown):
		return "something between here and Auth0 opens the connection (a company's proxy?): have its certificate trusted by this computer, or name its file in SSL_CERT_FILE"
	case errors.As(err, &invalid):
		return "check the clock of this computer"
	}
	return "check firewall and VPN; behind a company's proxy set HTTPS_PROXY"
}

// plainNetwork is a network's error without what stands around it.
func plainNetwork(err error) string {
	var name *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &name):
		return name.Err
	case errors.As(err, &op) && op.Err != nil:
		return op.Err.Error()
	}
	return err.Error()
}

// observer remembers what the answers of the tenant say beside their content.
type observer struct {
	now func() time.Time

	mu        sync.Mutex
	skew      time.Duration // by how much this computer's clock is ahead
	dated     bool
	limit     int
	remaining int
	limited   bool // the answers told a rate limit
}

// RoundTrip implements [http.RoundTripper].
func (w *observer) RoundTrip(req *http.Request) (*http.Response, error) {
	began := w.now()
	answer, err := http.DefaultTransport.RoundTrip(req)
	if err == nil {
		w.note(answer.Header, began.Add(w.now().Sub(began)/2))
	}
	return answer, err
}

func (w *observer) note(header http.Header, at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	// The header has whole seconds, so half a second more is the better guess.
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		w.skew, w.dated = at.Sub(date.Add(time.Second/2)), true
	}
	limit, err := strconv.Atoi(header.Get("X-RateLimit-Limit"))
	remaining, err2 := strconv.Atoi(header.Get("X-RateLimit-Remaining"))
	if err == nil && err2 == nil {
		w.limit, w.remaining, w.limited = limit, remaining, true
	}
}

const (
	smallSkew = 30 * time.Second
	// mostSkew is more than any tolerance for the times in a token.
	mostSkew = 5 * time.Minute
)

// clock compares this computer's with the tenant's.
func (o *doctorOptions) clock(w *observer) {
	e := exam{ID: "clock", Title: "Clock", Status: sound}
	off := w.skew.Abs().Round(time.Second)
	which := "ahead of"
	if w.skew < 0 {
		which = "behind"
	}
	switch {
	case !w.dated:
		e.Status, e.Result = skipped, "no answer said what time it is"
	case off <= smallSkew:
		e.Result = fmt.Sprintf("this computer and the tenant agree within %s", smallSkew)
	case off <= mostSkew:
		e.Status, e.Result = warned, fmt.Sprintf("this computer is %s %s the tenant", off, which)
	default:
		e.Status, e.Result = broken, fmt.Sprintf("this computer is %s %s the tenant", off, which)
	}
	if e.Status == warned || e.Status == broken {
		e.Do = "set the clock (by network time): tokens are judged by it, and what a run and the tenant logs say is compared by time"
	}
	o.add(e)
}

// roomForRead is how many requests a look at an ordinary tenant takes, rounded up.
const roomForRead = 30

func (o *doctorOptions) headroom(w *observer) {
	e := exam{ID: "rate-limit", Title: "Rate limit", Status: sound}
	switch {
	case !w.limited:
		e.Status, e.Result = noted, "the answers do not tell it; upe waits where Auth0 asks it to"
	case w.remaining < min(roomForRead, w.limit/2):
		e.Status, e.Result = warned, fmt.Sprintf("%d of %d requests are left at this moment", w.remaining, w.limit)
		e.Do = "something else uses the Management API of this tenant right now; upe waits, and everything takes longer"
	default:
		e.Result = fmt.Sprintf("%d of %d requests are left at this moment", w.remaining, w.limit)
	}
	o.add(e)
}

// logs looks whether the tenant logs can be read.
func (o *doctorOptions) logs(ctx context.Context, s *session) {
	e := exam{ID: "logs", Title: "Tenant logs", Status: sound, Result: "they can be read"}
	_, err := s.client.Do(ctx, tenant.Call{Op: tenant.ListLogs, Query: url.Values{"per_page": {"1"}, "sort": {"date:-1"}}})
	if err != nil {
		p := explain(err)
		e.Status, e.Result = warned, strings.TrimSuffix(p.failed+": "+p.why, ": ")
		e.Do = "give the application read:logs: without the logs upe cannot tell what became of a message, nor watch logins"
	}
	o.add(e)
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
