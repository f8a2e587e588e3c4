package client

import (
	"context"
	"net/http"
	"sync/atomic"

	"golang.org/x/oauth2"

	"upe/flows/tenant"
)

// bearer puts the access token on each request. The SDK could do so too, but it swallows the error of a source that fails and
// sends the request without authorization, whose 401 then hides the cause.
type bearer struct {
	tokens oauth2.TokenSource
	host   string // of the configured domain, without a port
	agent  string

	read atomic.Pointer[reading] // of the last token: a source gives the same one for hours
}

// reading is a token and what it says.
type reading struct {
	text   string
	claims Claims
}

// before is the link in front of next.
func (b *bearer) before(next http.RoundTripper) http.RoundTripper {
	return transport(func(req *http.Request) (*http.Response, error) {
		t := talkOf(req)
		token, claims, err := b.token(req.Context())
		if err != nil {
			return nil, &failure{said: &tenant.Error{Op: t.call.Op, Message: t.masked(plain(err))}, cause: err}
		}
		if t.call.Op.Writes() && t.permit.Tenant.Domain != claims.Identity.Domain {
			return nil, refusal(t.call.Op, "the writes were confirmed for "+quoted(t.permit.Tenant.Domain)+
				", but the access token is for "+quoted(claims.Identity.Domain))
		}
		t.token = token
		req = req.Clone(req.Context())
		req.Header.Set("Authorization", "Bearer "+token)
		if b.agent != "" {
			req.Header.Set("User-Agent", b.agent)
		}
		return next.RoundTrip(req)
	})
}

// token asks the source, which knows no context, without waiting longer than ctx.
func (b *bearer) token(ctx context.Context) (string, Claims, error) {
	type result struct {
		token *oauth2.Token
		err   error
	}
	results := make(chan result, 1)
	go func() {
		token, err := b.tokens.Token()
		results <- result{token, err}
	}()
	select {
	case <-ctx.Done():
		return "", Claims{}, context.Cause(ctx)
	case r := <-results:
		if r.err != nil {
			return "", Claims{}, r.err
		}
		claims, err := b.claims(r.token.AccessToken)
		return r.token.AccessToken, claims, err
	}
}

// claims reads a token, and refuses one of another tenant.
func (b *bearer) claims(text string) (Claims, error) {
	if last := b.read.Load(); last != nil && last.text == text {
		return last.claims, nil
	}
	claims, err := readClaims(text)
	if err == nil {
		err = claims.matches(b.host)
	}
	if err == nil {
		b.read.Store(&reading{text, claims})
	}
	return claims, err
}

// transport is a function as a RoundTripper.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }
