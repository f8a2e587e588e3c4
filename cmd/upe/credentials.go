package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"upe/client/login"
	"upe/flows/tenant"
	"upe/ui/safe"
)

// credentials are what flags and environment lead to. A flag wins over the environment, and there a token or an application of the
// environment over the login of auth0-cli.
func (a *app) credentials(ctx context.Context) (login.Credentials, error) {
	c, err := a.stated()
	if err != nil {
		return c, err
	}
	kept, _ := a.lookup(login.EnvCLILogin)
	switch {
	case a.global.deviceCode:
		return a.byDevice(ctx, c, a.showDeviceCode)
	case a.global.cliLogin, c.Way() == "" && affirmed(kept):
		return a.byCLI(ctx, c.Domain)
	case c.Way() == "" && c.Domain == "":
		return c, noCredentials()
	}
	return c, nil
}

// stated are the credentials that flags and environment name, without asking anybody for more.
func (a *app) stated() (login.Credentials, error) {
	c := login.Read(a.lookup)
	if a.global.domain != "" {
		c.Domain = a.global.domain
	}
	if a.global.clientID != "" {
		c.ClientID = a.global.clientID
	}
	var err error
	c.PrivateKey, err = privateKey(c.PrivateKey)
	return c, err
}

// privateKey is a key that is given as text, or by the path of its file, as auth0-cli takes it.
func privateKey(given string) (string, error) {
	if given == "" || strings.HasPrefix(given, "-----BEGIN") {
		return given, nil
	}
	raw, err := readFile(given)
	if err == nil {
		return string(raw), nil
	}
	why := "it is neither PEM nor the path of a file that can be read"
	var failed *fs.PathError
	if errors.As(err, &failed) && len(given) < 200 { // a key is longer, and must not be shown
		why = safe.Line(given) + ": " + failed.Err.Error()
	}
	return "", &login.Error{
		Failed: "the private key cannot be used", Why: why, Do: "set " + login.EnvPrivateKey + " to the key as PEM (it begins with -----BEGIN), or to the path of its file",
	}
}

func (a *app) loginOptions() login.Options {
	return login.Options{Now: a.now, UserAgent: "upe/" + build().Version, Random: a.chance, Transport: a.wire}
}

// cliConfig is where auth0-cli keeps its configuration on every system.
func (a *app) cliConfig() (string, error) {
	home, _ := a.lookup("HOME")
	if home == "" {
		var err error
		if home, err = os.UserHomeDir(); err != nil {
			return "", err
		}
	}
	return filepath.Join(home, ".config", "auth0", "config.json"), nil
}

// cliLogins are the logins of auth0-cli; none when it was never used here.
func (a *app) cliLogins() (login.CLI, error) {
	path, err := a.cliConfig()
	if err != nil {
		return login.CLI{}, err
	}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return login.CLI{}, nil
	}
	if err != nil {
		return login.CLI{}, &login.Error{
			Failed: "the login of auth0-cli cannot be read", Why: err.Error(), Do: "use other credentials, or put right who may read the file",
		}
	}
	return login.ParseCLI(raw)
}

// byCLI takes the login of auth0-cli for a tenant, which has to be named.
func (a *app) byCLI(ctx context.Context, domain string) (login.Credentials, error) {
	logins, err := a.cliLogins()
	if err != nil {
		return login.Credentials{}, err
	}
	if domain == "" {
		e := &login.Error{Failed: "whose login of auth0-cli is meant is not said", Why: "upe takes none of them by itself", Do: "add --domain"}
		if there := logins.Domains(); len(there) > 0 {
			e.Do = "add --domain with one of: " + strings.Join(there, ", ")
		}
		return login.Credentials{}, e
	}
	ring := a.keyring
	if ring == nil {
		ring = noKeyring{}
	}
	return logins.Credentials(ctx, domain, ring, a.now())
}

// noKeyring is a computer without one.
type noKeyring struct{}

// Get implements [login.Keyring].
func (noKeyring) Get(string, string) (string, error) { return "", login.ErrNotFound }

// byDevice has a person log in, and asks for the scopes that this call of the program may need.
func (a *app) byDevice(ctx context.Context, c login.Credentials, show func(login.DeviceCode)) (login.Credentials, error) {
	return login.Device(ctx, c, wantedScopes(!a.global.reading()), a.loginOptions(), show)
}

// deviceDocument is the JSON form of where to log in, with the names that the standard has (RFC 8628).
type deviceDocument struct {
	Schema string `json:"schema"`
	URL    string `json:"verification_uri_complete"` // with the code in it
	Page   string `json:"verification_uri"`
	Code   string `json:"user_code"`
}

// showDeviceCode says where to log in. It stands on standard error, which is for people; with --json it is a document of one line.
func (a *app) showDeviceCode(code login.DeviceCode) {
	if a.global.json {
		_ = writeLine(a.err, deviceDocument{"upe.device/1", code.URL, code.Page, code.Code})
		return
	}
	_ = speak(a.err, fmt.Sprintf("To log in, open this address in a browser, on any device:\n  %s\nThe code there is %s. Waiting ...\n",
		safe.Line(code.URL), safe.Line(code.Code)))
}

func noCredentials() *problem {
	return &problem{
		exit: exitCredentials, code: "no-credentials", failed: "there is no tenant to connect to",
		why: "neither " + login.EnvDomain + " nor credentials are set",
		do: "set " + login.EnvDomain + " and " + login.EnvToken + " (a Management API token), or " + login.EnvClientID + " and " +
			login.EnvClientSecret + " of a machine-to-machine application instead of the token; `upe --help` lists more ways; or add --demo " +
			"to try everything on an embedded tenant",
	}
}

// ofDomain refuses a token whose tenant is not the one that was named. A domain of the tenant's own is known by the token's issuer, or
// by the audience that was stated beside it: nothing else says whose it is.
func ofDomain(c login.Credentials, who tenant.Identity) error {
	origin, err := login.ParseDomain(c.Domain)
	if err != nil {
		return err
	}
	issuer, err := url.Parse(who.Issuer)
	switch {
	case login.Loopback(origin.Hostname()), origin.Host == who.Domain, c.Audience == who.Audience:
		return nil
	case err == nil && strings.EqualFold(issuer.Host, origin.Host):
		return nil
	}
	return &login.Error{
		Failed: "the access token is for another tenant", Why: fmt.Sprintf("the domain is %s, the token is for %s", origin.Host, who.Domain),
		Do: "use a token of " + origin.Host + ", or name " + who.Domain + "; if the one is a custom domain of the other, say so with " +
			login.EnvAudience + "=" + who.Audience,
	}
}
