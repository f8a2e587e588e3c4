package login

import (
	"fmt"
	"io"
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

	EnvPrivateKey = "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY" // in place of the secret: an RSA key as PEM
	EnvSigningAlg = "AUTH0_CLIENT_ASSERTION_SIGNING_ALG" // what the key signs with: RS256 (the default), RS384 or PS256
	EnvCLILogin   = "AUTH0_CLI_LOGIN"                    // true: the login that auth0-cli keeps, see [CLI]
)

// Env lists the variables, in the order in which a person sets them.
func Env() []string {
	return []string{EnvDomain, EnvToken, EnvClientID, EnvClientSecret, EnvPrivateKey, EnvSigningAlg, EnvCLILogin, EnvAudience}
}

// Credentials are what a person has. A token wins over an application's key and secret, and a key over a secret: each is what is left
// when the one before it is empty.
type Credentials struct {
	Domain       string // as given: "acme.us.auth0.com", "https://login.acme.com/", "http://127.0.0.1:3000"
	Token        string
	ClientID     string
	ClientSecret string
	PrivateKey   string // PEM
	SigningAlg   string // empty: RS256
	Audience     string // empty: the Management API of Domain

	From Way // where they were found, when that is not the environment: [WayCLI] or [WayDevice]
}

// Way is how credentials lead to a token.
type Way string

// The ways.
const (
	WayToken  Way = "token"           // as it is, from [EnvToken]
	WaySecret Way = "client-secret"   // client credentials with a secret
	WayKey    Way = "private-key-jwt" // client credentials with a signed assertion
	WayCLI    Way = "auth0-cli"       // the login of Auth0's own command line tool
	WayDevice Way = "device-code"     // a person's login in any browser
)

// Way is how c leads to a token; empty when it leads to none.
func (c Credentials) Way() Way {
	switch {
	case c.From != "":
		return c.From
	case c.Token != "":
		return WayToken
	case c.PrivateKey != "":
		return WayKey
	case c.ClientSecret != "" || c.ClientID != "":
		return WaySecret
	}
	return ""
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
		PrivateKey: get(EnvPrivateKey), SigningAlg: get(EnvSigningAlg), Audience: get(EnvAudience),
	}
}

// Options are what a source of tokens works with.
type Options struct {
	Now       func() time.Time  // the clock; required
	Transport http.RoundTripper // nil: http.DefaultTransport
	Timeout   time.Duration     // of one token request; 0: 30 seconds
	UserAgent string            // of the token request
	Random    io.Reader         // required with a private key, and by nothing else: crypto/rand.Reader
}

// Source returns the source of access tokens for c, which is safe for concurrent use. It sends nothing; the first Token does.
// An incomplete or expired set of credentials is an [*Error] that names the variables.
func Source(c Credentials, o Options) (oauth2.TokenSource, error) {
	origin, err := ParseDomain(c.Domain)
	if err != nil {
		return nil, err
	}
	if c.Token != "" {
		return static(c, o.Now)
	}
	if err := complete(c, origin); err != nil {
		return nil, err
	}
	return exchange(c, origin, o)
}

func complete(c Credentials, origin *url.URL) error {
	failed := "no credentials for " + origin.Host
	switch {
	case c.ClientID == "" && c.ClientSecret == "" && c.PrivateKey == "":
		return &Error{
			Failed: failed,
			Why:    fmt.Sprintf("neither %s nor %s and %s are set", EnvToken, EnvClientID, EnvClientSecret),
			Do: fmt.Sprintf("set %s to a Management API token, or %s and %s (or %s) to those of a machine-to-machine application; "+
				"or take the login of auth0-cli with --cli-login", EnvToken, EnvClientID, EnvClientSecret, EnvPrivateKey),
		}
	case c.ClientID == "" && c.PrivateKey != "":
		return &Error{Failed: failed, Why: EnvPrivateKey + " is set without " + EnvClientID, Do: "set " + EnvClientID}
	case c.PrivateKey != "":
		return nil
	case c.ClientSecret == "":
		return &Error{Failed: failed, Why: EnvClientID + " is set without " + EnvClientSecret, Do: "set " + EnvClientSecret + ", or " + EnvPrivateKey}
	case c.ClientID == "":
		return &Error{Failed: failed, Why: EnvClientSecret + " is set without " + EnvClientID, Do: "set " + EnvClientID}
	}
	return nil
}
