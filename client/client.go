package client

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/auth0/go-auth0/v3/management/core"
	"github.com/auth0/go-auth0/v3/management/option"
	"golang.org/x/oauth2"

	"upe/client/login"
	"upe/flows/tenant"
)

// Options say how to reach a tenant. Domain, Tokens and Now are required.
type Options struct {
	Domain string             // as login.ParseDomain reads it; a custom domain is fine
	Tokens oauth2.TokenSource // from login.Source
	Now    func() time.Time   // the clock; waits are timers and need none

	ReadOnly  bool                // refuse every write, whatever a permit says
	Log       func(LogEntry)      // the request log, one entry per attempt; nil for none; called from several goroutines
	Mask      func(string) string // hides more secrets the caller knows in errors and log; may be nil
	Transport http.RoundTripper   // the wire; nil: the network, as http.DefaultTransport uses it
	UserAgent string              // "upe/1.0"
	Timeout   time.Duration       // of one attempt, until the last byte of its answer; 0: 30 seconds
}

const defaultTimeout = 30 * time.Second

// Client talks to one tenant. It implements tenant.API for reads; [Client.Permitted] is the same for confirmed writes. It is
// safe for concurrent use, and all that came from one New share one rate limit.
type Client struct {
	base   *url.URL // with the path /api/v2
	http   *http.Client
	rows   map[tenant.Op]row
	bearer *bearer
	mask   func(string) string
	own    *http.Transport // the network, unless the options name another
}

var _ tenant.API = (*Client)(nil)

// New prepares a client; it sends nothing. Its errors are about the options; a bad domain is a *login.Error.
func New(o Options) (*Client, error) {
	origin, err := login.ParseDomain(o.Domain)
	if err != nil {
		return nil, err
	}
	if o.Tokens == nil || o.Now == nil {
		return nil, errors.New("client: options need a source of tokens and a clock")
	}
	base := &url.URL{Scheme: origin.Scheme, Host: origin.Host, Path: "/api/v2"}
	c := &Client{base: base, mask: o.Mask}
	c.bearer = &bearer{tokens: o.Tokens, host: origin.Hostname(), agent: o.UserAgent}
	c.http = &http.Client{Transport: c.chain(o)}
	c.rows = table(core.NewRequestOptions(option.WithBaseURL(base.String()), option.WithHTTPClient(c.http)))
	return c, nil
}

// chain builds the transports from the wire outwards; package doc names them in the order a request meets them.
func (c *Client) chain(o Options) http.RoundTripper {
	wire := o.Transport
	if wire == nil {
		c.own = network()
		wire = c.own
	}
	timeout := o.Timeout
	if timeout == 0 {
		timeout = defaultTimeout
	}
	var next http.RoundTripper = tap{next: wire}
	next = trace{next: next, log: o.Log, now: o.Now}
	next = retry{next: next, limit: newLimiter(), now: o.Now, timeout: timeout}
	next = c.bearer.before(next)
	next = exchange{next: next}
	return guard{next: next, base: c.base, readOnly: o.ReadOnly}
}

// network is the standard transport with room for a whole snapshot's reads at once: the standard two idle connections would
// have most of them shake hands again.
func network() *http.Transport {
	own := &http.Transport{}
	if standard, ok := http.DefaultTransport.(*http.Transport); ok {
		own = standard.Clone()
	}
	own.MaxIdleConnsPerHost = 32
	return own
}

// Close lets go of the connections that nothing uses. Whoever talks to many tenants in turn closes each client: its connections would
// stay open for a minute and a half.
func (c *Client) Close() {
	if c.own != nil {
		c.own.CloseIdleConnections()
	}
}

// Do sends one read and returns the API's own bytes. A write is refused, see [Client.Permitted].
func (c *Client) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	return c.do(ctx, tenant.Permit{}, call)
}

// Permitted is the client with leave for exactly the writes of permit, on exactly the permit's tenant.
func (c *Client) Permitted(permit tenant.Permit) tenant.API { return permitted{c, permit} }

type permitted struct {
	client *Client
	permit tenant.Permit
}

func (p permitted) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	return p.client.do(ctx, p.permit, call)
}

func (c *Client) do(ctx context.Context, permit tenant.Permit, call tenant.Call) (json.RawMessage, error) {
	send, known := c.rows[call.Op]
	if !known {
		return nil, refusal(call.Op, "there is no such operation")
	}
	if err := sound(call); err != nil {
		return nil, err
	}
	talk := &talk{call: call, permit: permit, mask: c.mask}
	err := send(talk.in(ctx), call.ID)
	if talk.answered {
		// The API has spoken. That the SDK found nothing to read, or that ctx ended meanwhile, changes nothing about it.
		return talk.reply, nil
	}
	return nil, talk.unsent(err)
}
