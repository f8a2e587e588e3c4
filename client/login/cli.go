package login

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
)

// ErrNotFound is what a [Keyring] answers when it has no such secret.
var ErrNotFound = keyring.ErrNotFound

// Keyring is the system's store of secrets. It is only read.
type Keyring interface {
	// Get is the secret of a user for a service, or [ErrNotFound].
	Get(service, user string) (string, error)
}

// SystemKeyring is that of this computer: Keychain, Credential Manager or the Secret Service.
type SystemKeyring struct{}

// Get implements [Keyring].
func (SystemKeyring) Get(service, user string) (string, error) { return keyring.Get(service, user) }

// How auth0-cli v1 stores a login (its internal/keyring and internal/config): the token in pieces, since some keyrings limit the
// length of a secret, under names that end in the number of the piece; the user is the tenant's domain.
const (
	cliTokenPiece   = "Auth0 CLI Access Token %d"
	cliClientSecret = "Auth0 CLI Client Secret"
	cliMostPieces   = 50
)

// keyringTimeout is how long the keyring may take, all answers together: one that is locked asks somebody for a password, and over SSH
// nobody sees that.
const keyringTimeout = 3 * time.Second

// CLI is what auth0-cli keeps of its logins in its configuration, $HOME/.config/auth0/config.json. Nothing is ever written there.
type CLI struct {
	Default string // the domain of the tenant that auth0-cli uses unless told otherwise
	tenants map[string]cliTenant
}

type cliTenant struct {
	Domain      string    `json:"domain"`
	AccessToken string    `json:"access_token"` // where there is no keyring
	ExpiresAt   time.Time `json:"expires_at"`
	ClientID    string    `json:"client_id"` // of a login with client credentials
}

// ParseCLI reads auth0-cli's configuration.
func ParseCLI(config []byte) (CLI, error) {
	var wire struct {
		Default string               `json:"default_tenant"`
		Tenants map[string]cliTenant `json:"tenants"`
	}
	if err := json.Unmarshal(config, &wire); err != nil {
		// What stands there may be a token, and the reason could quote it.
		return CLI{}, &Error{
			Failed: "the login of auth0-cli cannot be read", Why: "its config.json is not what auth0-cli v1 writes",
			Do: "run `auth0 login` again, or use other credentials",
		}
	}
	c := CLI{Default: wire.Default, tenants: map[string]cliTenant{}}
	for name, t := range wire.Tenants {
		if t.Domain == "" {
			t.Domain = name
		}
		c.tenants[strings.ToLower(t.Domain)] = t
	}
	return c, nil
}

// Domains are the tenants with a login, whether or not it is still valid, in order.
func (c CLI) Domains() []string { return slices.Sorted(maps.Keys(c.tenants)) }

// Credentials are those of one login. The tenant must be named: another one's login is never taken instead.
func (c CLI) Credentials(ctx context.Context, domain string, ring Keyring, now time.Time) (Credentials, error) {
	origin, err := ParseDomain(domain)
	if err != nil {
		return Credentials{}, err
	}
	t, ok := c.tenants[origin.Host]
	if !ok {
		return Credentials{}, c.noLogin(origin.Host)
	}
	found, err := withTimeout(ctx, func() (Credentials, error) { return t.find(ring, now) })
	found.Domain, found.From = domain, WayCLI
	return found, err
}

func (c CLI) noLogin(domain string) *Error {
	e := &Error{
		Failed: "auth0-cli has no login for " + domain, Why: "it has none at all",
		Do: "run `auth0 login --domain " + domain + "`, or use other credentials",
	}
	if there := c.Domains(); len(there) > 0 {
		e.Why = "it has one for " + strings.Join(there, ", ")
	}
	return e
}

// find looks for a token, and for the application's secret where there is none that is valid.
func (t cliTenant) find(ring Keyring, now time.Time) (Credentials, error) {
	token, err := t.token(ring)
	if err != nil {
		return Credentials{}, unreadable(err)
	}
	if claims, err := Decode(token); err == nil && !claims.Expired(now) {
		return Credentials{Token: token}, nil
	}
	secret, err := ring.Get(cliClientSecret, t.Domain)
	switch {
	case t.ClientID != "" && err == nil && secret != "":
		return Credentials{ClientID: t.ClientID, ClientSecret: secret}, nil
	case err != nil && !errors.Is(err, ErrNotFound):
		return Credentials{}, unreadable(err)
	}
	e := &Error{
		Failed: "the login of auth0-cli for " + t.Domain + " cannot be used", Why: "there is no access token",
		Do: "run `auth0 login --domain " + t.Domain + "`, then the same command again",
	}
	if token != "" {
		e.Why = "its access token has expired or is damaged"
	}
	if !t.ExpiresAt.IsZero() && now.After(t.ExpiresAt) {
		e.Why = "its access token was valid until " + t.ExpiresAt.UTC().Format(time.RFC3339)
	}
	return Credentials{}, e
}

// token puts the pieces together. What stands in the configuration counts where the keyring has nothing.
func (t cliTenant) token(ring Keyring) (string, error) {
	var token strings.Builder
	for i := range cliMostPieces {
		piece, err := ring.Get(fmt.Sprintf(cliTokenPiece, i), t.Domain)
		if errors.Is(err, ErrNotFound) {
			break
		}
		if err != nil && t.AccessToken != "" {
			return t.AccessToken, nil // a computer without a keyring
		}
		if err != nil {
			return "", err
		}
		token.WriteString(piece)
	}
	if token.Len() == 0 {
		return t.AccessToken, nil
	}
	return token.String(), nil
}

func unreadable(err error) *Error {
	return &Error{
		Failed: "the keyring of this computer cannot be read", Why: err.Error(),
		Do: "unlock it, or use other credentials: " + EnvToken + ", or " + EnvClientID + " and " + EnvClientSecret,
	}
}

// withTimeout waits for the keyring no longer than that takes. A keyring that never answers keeps its goroutine.
func withTimeout(ctx context.Context, find func() (Credentials, error)) (Credentials, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, keyringTimeout, fmt.Errorf("it did not answer within %s: it may be locked", keyringTimeout))
	defer cancel()
	type result struct {
		found Credentials
		err   error
	}
	results := make(chan result, 1)
	go func() {
		found, err := find()
		results <- result{found, err}
	}()
	select {
	case r := <-results:
		return r.found, r.err
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.Canceled) {
			return Credentials{}, context.Cause(ctx)
		}
		return Credentials{}, unreadable(context.Cause(ctx))
	}
}
