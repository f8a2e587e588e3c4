package login

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// The environment variables in which credentials are looked for, named as in Auth0's Terraform provider and SDKs.
const (
	EnvDomain       = "AUTH0_DOMAIN"        // the tenant's domain, canonical or custom
	EnvToken        = "AUTH0_API_TOKEN"     // a Management API access token
	EnvClientID     = "AUTH0_CLIENT_ID"     // of an application authorized for the Management API
	EnvClientSecret = "AUTH0_CLIENT_SECRET" // its secret
	EnvAudience     = "AUTH0_AUDIENCE"      // the Management API's identifier; needed with a custom domain only
)

// Env lists the variables, in the order in which a person sets them.
func Env() []string { return []string{EnvDomain, EnvToken, EnvClientID, EnvClientSecret, EnvAudience} }

// Credentials are what a person has. A token wins over an application's secret.
type Credentials struct {
	Domain       string // as given: "acme.us.auth0.com", "https://login.acme.com/", "http://127.0.0.1:3000"
	Token        string
	ClientID     string
	ClientSecret string
	Audience     string // empty: the Management API of Domain
}

// Read fills Credentials in by asking lookup for each variable of [Env]; os.LookupEnv has its form. Surrounding white space,
// which copying adds, is dropped.
func Read(lookup func(name string) (value string, found bool)) Credentials {
	get := func(name string) string {
		value, found := lookup(name)
		if !found {
			return ""
		}
		return strings.TrimSpace(value)
	}
	return Credentials{
		Domain: get(EnvDomain), Token: get(EnvToken), ClientID: get(EnvClientID), ClientSecret: get(EnvClientSecret),
		Audience: get(EnvAudience),
	}
}

// Options are what a source of tokens works with.
type Options struct {
	Now       func() time.Time  // the clock; required
	Transport http.RoundTripper // nil: http.DefaultTransport
	Timeout   time.Duration     // of one token request; 0: 30 seconds
	UserAgent string            // of the token request
}

// Source returns the source of access tokens for c, which is safe for concurrent use. It sends nothing; the first Token does.
// An incomplete or expired set of credentials is an [*Error] that names the variables.
func Source(c Credentials, o Options) (oauth2.TokenSource, error) {
	origin, err := ParseDomain(c.Domain)
	if err != nil {
		return nil, err
	}
	if c.Token != "" {
		return static(c.Token, o.Now)
	}
	if err := complete(c, origin); err != nil {
		return nil, err
	}
	return exchange(c, origin, o), nil
}

func complete(c Credentials, origin *url.URL) error {
	failed := "no credentials for " + origin.Host
	switch {
	case c.ClientID == "" && c.ClientSecret == "":
		return &Error{
			Failed: failed,
			Why:    fmt.Sprintf("neither %s nor %s and %s are set", EnvToken, EnvClientID, EnvClientSecret),
			Do: fmt.Sprintf("set %s to a Management API token, or %s and %s to those of a machine-to-machine application",
				EnvToken, EnvClientID, EnvClientSecret),
		}
	case c.ClientSecret == "":
		return &Error{Failed: failed, Why: EnvClientID + " is set without " + EnvClientSecret, Do: "set " + EnvClientSecret}
	case c.ClientID == "":
		return &Error{Failed: failed, Why: EnvClientSecret + " is set without " + EnvClientID, Do: "set " + EnvClientID}
	}
	return nil
}
