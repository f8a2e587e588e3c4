package login_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"

	"upe/client/login"
)

// noon is the time of these tests.
func noon() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) }

// ring is a keyring in memory: secrets by service and user.
type ring map[string]string

func (r ring) Get(service, user string) (string, error) {
	if value, ok := r[service+"/"+user]; ok {
		return value, nil
	}
	return "", login.ErrNotFound
}

// store keeps a token in pieces, as auth0-cli does.
func (r ring) store(domain, token string) ring {
	for i := 0; len(token) > 0; i++ {
		size := min(len(token), 2048)
		r[fmt.Sprintf("Auth0 CLI Access Token %d/%s", i, domain)], token = token[:size], token[size:]
	}
	return r
}

const cliConfig = `{"install_id": "x", "default_tenant": "acme.us.auth0.com", "tenants": {
	"acme.us.auth0.com": {"name": "acme", "domain": "acme.us.auth0.com", "expires_at": "2026-11-21T00:00:00Z", "client_id": ""},
	"globex.eu.auth0.com": {"name": "globex", "domain": "globex.eu.auth0.com", "expires_at": "2026-11-19T00:00:00Z", "client_id": "id"}}}`

func logins(t *testing.T, config string) login.CLI {
	t.Helper()
	cli, err := login.ParseCLI([]byte(config))
	if err != nil {
		t.Fatal(err)
	}
	return cli
}

// A login is that of the tenant that was named, whatever auth0-cli's default is, and a long token is put together from its pieces.
func TestCLI(t *testing.T) {
	t.Parallel()
	cli := logins(t, cliConfig)
	if got := strings.Join(cli.Domains(), " "); got != "acme.us.auth0.com globex.eu.auth0.com" || cli.Default != "acme.us.auth0.com" {
		t.Errorf("tenants %s, default %s", got, cli.Default)
	}
	long := token(t, map[string]any{"aud": "https://acme.us.auth0.com/api/v2/", "exp": noon().Add(time.Hour).Unix(), "scope": strings.Repeat("read:x ", 900)})
	r := ring{}.store("acme.us.auth0.com", long)
	for _, domain := range []string{"acme.us.auth0.com", "https://ACME.us.auth0.com/"} {
		got, err := cli.Credentials(t.Context(), domain, r, noon())
		if err != nil || got.Token != long || got.Domain != domain || got.Way() != login.WayCLI {
			t.Errorf("%s: %d bytes of token, %s, %v", domain, len(got.Token), got.Way(), err)
		}
	}
	_, err := cli.Credentials(t.Context(), "umbrella.us.auth0.com", r, noon())
	if explained(t, err); !strings.Contains(err.Error(), "it has one for acme.us.auth0.com, globex.eu.auth0.com") {
		t.Error(err)
	}
}

// What is there decides: a valid token, else the secret of a login with client credentials, else nothing.
func TestWhatALoginHolds(t *testing.T) {
	t.Parallel()
	fresh := token(t, map[string]any{"exp": noon().Add(time.Minute).Unix()})
	stale := token(t, map[string]any{"exp": noon().Unix()})
	held := func(text string) string {
		return strings.Replace(cliConfig, `"client_id": ""`, `"access_token": "`+text+`"`, 1)
	}
	for name, tt := range map[string]struct {
		config, domain string
		ring           login.Keyring
		want           login.Credentials
		fails          string
	}{
		"token in the configuration": {held(fresh), "acme.us.auth0.com", ring{}, login.Credentials{Token: fresh}, ""},
		"no keyring at all":          {held(fresh), "acme.us.auth0.com", broken{}, login.Credentials{Token: fresh}, ""},
		"keyring before file":        {held(stale), "acme.us.auth0.com", ring{}.store("acme.us.auth0.com", fresh), login.Credentials{Token: fresh}, ""},
		"expired": {
			cliConfig, "globex.eu.auth0.com", ring{}.store("globex.eu.auth0.com", stale), login.Credentials{}, "valid until 2026-11-19T00:00:00Z",
		},
		"expired, with a secret": {
			cliConfig, "globex.eu.auth0.com", ring{"Auth0 CLI Client Secret/globex.eu.auth0.com": secret}.store("globex.eu.auth0.com", stale),
			login.Credentials{ClientID: "id", ClientSecret: secret},
			"",
		},
		"damaged":        {cliConfig, "acme.us.auth0.com", ring{}.store("acme.us.auth0.com", "not a token"), login.Credentials{}, "auth0 login"},
		"nothing":        {cliConfig, "acme.us.auth0.com", ring{}, login.Credentials{}, "no access token"},
		"broken keyring": {cliConfig, "acme.us.auth0.com", broken{}, login.Credentials{}, "no Secret Service"},
		"no login":       {`{}`, "acme.us.auth0.com", ring{}, login.Credentials{}, "it has none at all"},
		"no domain":      {cliConfig, "", ring{}, login.Credentials{}, "AUTH0_DOMAIN"},
	} {
		got, err := logins(t, tt.config).Credentials(t.Context(), tt.domain, tt.ring, noon())
		if tt.fails != "" {
			if explained(t, err); !strings.Contains(err.Error(), tt.fails) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		tt.want.Domain, tt.want.From = tt.domain, login.WayCLI
		if got != tt.want || err != nil {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// broken is a keyring that does not work.
type broken struct{}

func (broken) Get(string, string) (string, error) { return "", errors.New("no Secret Service") }

// locked is a keyring that waits for somebody to type a password.
type locked struct{ opened chan struct{} }

func (l locked) Get(string, string) (string, error) {
	<-l.opened
	return "", login.ErrNotFound
}

func TestALockedKeyring(t *testing.T) {
	t.Parallel()
	cli := logins(t, cliConfig)
	synctest.Test(t, func(t *testing.T) {
		l, start := locked{make(chan struct{})}, time.Now()
		_, err := cli.Credentials(t.Context(), "acme.us.auth0.com", l, noon())
		if explained(t, err); !strings.Contains(err.Error(), "locked") || time.Since(start) != 3*time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := cli.Credentials(ctx, "acme.us.auth0.com", l, noon()); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		close(l.opened)
	})
}

// A configuration that is none is not quoted: it may hold a token.
func TestParseCLI(t *testing.T) {
	t.Parallel()
	for _, config := range []string{"", "[]", secret, `{"tenants": {"a": {"access_token": "` + secret + `", "expires_at": "` + secret + `"}}}`} {
		_, err := login.ParseCLI([]byte(config))
		explained(t, err)
	}
}

// The system's keyring is read under the names that were given. The mock is for the whole process, so this test is the only one of it.
func TestSystemKeyring(t *testing.T) {
	keyring.MockInit()
	fresh := token(t, map[string]any{"exp": noon().Add(time.Hour).Unix()})
	if err := keyring.Set("Auth0 CLI Access Token 0", "acme.us.auth0.com", fresh); err != nil {
		t.Fatal(err)
	}
	got, err := logins(t, cliConfig).Credentials(t.Context(), "acme.us.auth0.com", login.SystemKeyring{}, noon())
	if err != nil || got.Token != fresh {
		t.Errorf("%+v, %v", got, err)
	}
}

// Whatever stands in the configuration, it is read or refused, and nothing of a token is said.
func FuzzParseCLI(f *testing.F) {
	for _, seed := range []string{cliConfig, "", "null", `{"tenants":{"a":null}}`, `{"tenants":{"A.us.auth0.com":{"access_token":"` + secret + `"}}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, config string) {
		cli, err := login.ParseCLI([]byte(config))
		if err != nil {
			explained(t, err)
			return
		}
		for _, domain := range cli.Domains() {
			found, err := cli.Credentials(t.Context(), domain, ring{}, noon())
			if err != nil {
				explained(t, err)
			} else if found.Domain != domain || found.Token == "" && found.ClientSecret == "" {
				t.Errorf("%q: %+v", domain, found)
			}
		}
	})
}
