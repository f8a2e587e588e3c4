package login

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

const (
	// renewBefore is how long before its end a token is replaced: longer than any request waits in the rate limiter.
	renewBefore = 2 * time.Minute

	defaultTimeout = 30 * time.Second
)

// exchange returns a source that trades the application's secret, or what its key signs, for tokens, one request at a time, and keeps
// each until shortly before it expires.
func exchange(c Credentials, origin *url.URL, o Options) (oauth2.TokenSource, error) {
	config := clientcredentials.Config{
		ClientID:       c.ClientID,
		ClientSecret:   c.ClientSecret,
		TokenURL:       origin.JoinPath("/oauth/token").String(),
		EndpointParams: url.Values{"audience": {c.audience(origin)}},
		AuthStyle:      oauth2.AuthStyleInParams, // guessing the style sends a request more
	}
	source := &clientSource{config: config, http: o.client(), origin: origin, audience: c.audience(origin)}
	if c.PrivateKey != "" {
		var err error
		if source.signer, err = newSigner(c, origin, o); err != nil {
			return nil, err
		}
		source.config.ClientSecret = ""
	}
	return oauth2.ReuseTokenSourceWithExpiry(nil, source, renewBefore), nil
}

// audience is the identifier of the Management API: what was given, or the one of the domain (right for every domain that is
// not a custom one).
func (c Credentials) audience(origin *url.URL) string {
	if c.Audience != "" {
		return c.Audience
	}
	return origin.JoinPath("/api/v2/").String()
}

func (o Options) client() *http.Client {
	timeout := o.Timeout
	if timeout == 0 {
		timeout = defaultTimeout
	}
	return &http.Client{
		Transport: agent{next: o.Transport, name: o.UserAgent},
		Timeout:   timeout,
		// A redirected token request would hand the secret to whoever the answer names.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// agent names the program in the token request.
type agent struct {
	next http.RoundTripper
	name string
}

func (a agent) RoundTrip(req *http.Request) (*http.Response, error) {
	next := a.next
	if next == nil {
		next = http.DefaultTransport
	}
	if a.name != "" {
		req = req.Clone(req.Context())
		req.Header.Set("User-Agent", a.name)
	}
	return next.RoundTrip(req)
}

// clientSource asks for a new token every time, and explains why it gets none.
type clientSource struct {
	config   clientcredentials.Config
	signer   *signer // nil: the secret is sent
	http     *http.Client
	origin   *url.URL
	audience string
}

func (s *clientSource) Token() (*oauth2.Token, error) {
	config := s.config
	if s.signer != nil {
		signed, err := s.signer.assertion()
		if err != nil {
			return nil, err
		}
		config.EndpointParams = url.Values{
			"audience": {s.audience}, "client_assertion": {signed},
			"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		}
	}
	// An oauth2.TokenSource has no context; the request is bounded by its client's timeout.
	token, err := config.Token(context.WithValue(context.Background(), oauth2.HTTPClient, s.http))
	if err != nil {
		return nil, s.explain(err)
	}
	return token, nil
}

// explain says what a person can do about a token that was not given. What the endpoint or the network answered goes no further
// than its error code: an error text may quote the request, which holds the secret.
func (s *clientSource) explain(err error) error {
	failed := &Error{Failed: "no access token from " + s.origin.Host}
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) || refused.Response == nil {
		failed.Why, failed.Cause = unanswered(err)
		failed.Do = "check " + EnvDomain + " and your connection, then run the same command again"
		return failed
	}
	failed.Status = refused.Response.StatusCode
	failed.Why, failed.Do = s.refused(failed.Status, refused.ErrorCode)
	return failed
}

func unanswered(err error) (why string, cause error) {
	var network *url.Error
	if errors.As(err, &network) {
		if network.Timeout() {
			return "the token endpoint did not answer in time", network.Err
		}
		return network.Err.Error(), network.Err
	}
	return "its answer is not a token: is this the domain of an Auth0 tenant?", nil
}

func (s *clientSource) refused(status int, code string) (why, do string) {
	if code = known(code); code != "" {
		code = " (" + code + ")"
	}
	switch status {
	case http.StatusUnauthorized:
		if s.signer != nil {
			return fmt.Sprintf("it answered 401%s: it does not accept what the private key has signed", code),
				fmt.Sprintf("compare %s and %s with the application's Credentials (Applications > Applications > Credentials: Private Key "+
					"JWT, with the public key of this private key), and the clock of this computer", EnvClientID, EnvSigningAlg)
		}
		return fmt.Sprintf("it answered 401%s: the client id or the client secret is wrong", code),
			fmt.Sprintf("copy both again from the application's settings into %s and %s", EnvClientID, EnvClientSecret)
	case http.StatusForbidden:
		return fmt.Sprintf("it answered 403%s: the application may not use the API %q", code, s.audience),
			fmt.Sprintf("authorize the application for the Auth0 Management API (Applications > APIs > Auth0 Management API > "+
				"Machine to Machine Applications), or correct %s", EnvAudience)
	case http.StatusNotFound:
		return "it answered 404: there is no tenant, or no API, by that name", "check " + EnvDomain + " and " + EnvAudience
	case http.StatusTooManyRequests:
		return "it answered 429: too many requests", "wait a little, then run the same command again"
	}
	return fmt.Sprintf("it answered %d%s", status, code),
		fmt.Sprintf("check %s, %s and %s", EnvDomain, EnvClientID, EnvAudience)
}

// known passes an error code that has the form of one (RFC 6749, section 5.2, uses lower-case words) and nothing else.
func known(code string) string {
	other := func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' }
	if len(code) > 40 || strings.ContainsFunc(code, other) {
		return ""
	}
	return code
}
