package login_test

import (
	"strings"
	"testing"

	"upe/client/login"
)

func TestParseDomain(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"acme.us.auth0.com":           "https://acme.us.auth0.com",
		" acme.us.auth0.com\n":        "https://acme.us.auth0.com",
		"ACME.US.Auth0.com":           "https://acme.us.auth0.com",
		"https://acme.us.auth0.com/":  "https://acme.us.auth0.com",
		"HTTPS://acme.us.auth0.com":   "https://acme.us.auth0.com",
		"login.acme.com:8443":         "https://login.acme.com:8443",
		"http://127.0.0.1:3000":       "http://127.0.0.1:3000",
		"http://127.9.9.9":            "http://127.9.9.9",
		"127.0.0.1:3000/":             "http://127.0.0.1:3000",
		"https://127.0.0.1:3000":      "https://127.0.0.1:3000",
		"localhost:3000":              "http://localhost:3000",
		"http://[::1]:3000":           "http://[::1]:3000",
		"http://acme.us.auth0.com":    "",
		"http://10.0.0.1":             "",
		"http://localhost.evil.test":  "",
		"http://127.0.0.1.evil.test":  "",
		"http://127.0.0.1@evil.test":  "",
		"https://acme.com/api/v2":     "",
		"acme.us.auth0.com/dashboard": "",
		"acme.us.auth0.com?x=1":       "",
		"acme.us.auth0.com#x":         "",
		"ftp://acme.us.auth0.com":     "",
		"user:pass@acme.com":          "",
		"acme us.auth0.com":           "",
		"acme.us.auth0.com:":          "",
		"acme.us.auth0.com:x":         "",
		"acme.us.auth0.com.":          "",
		".auth0.com":                  "",
		"äcme.com":                    "",
		"acme\x1b[31m.com":            "",
		"acme":                        "",
		"https://":                    "",
		"":                            "",
	} {
		got, err := login.ParseDomain(given)
		switch {
		case want == "" && err == nil:
			t.Errorf("%q is accepted as %s", given, got)
		case want == "":
			explained(t, err)
		case err != nil || got.String() != want:
			t.Errorf("%q: got %v, %v, want %s", given, got, err, want)
		}
	}
}

// A password that was pasted with the domain is not shown, however the text is broken beside it.
func TestADomainWithAPasswordIsNeverShown(t *testing.T) {
	t.Parallel()
	for _, given := range []string{
		"user:hunter2@acme.us.auth0.com", "https://user:hunter2@acme.us.auth0.com/", "user:hunter2@acme us.auth0.com",
		"user:hunter2%40acme.us.auth0.com", "user:hunter2@x://acme.us.auth0.com", "hunter2@", "https://hunter2@acme/path",
	} {
		_, err := login.ParseDomain(given)
		explained(t, err)
		if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "user name or password") {
			t.Errorf("%q: %v", given, err)
		}
	}
}

// Whatever is accepted is a bare origin, and clear text only for this machine.
func FuzzParseDomain(f *testing.F) {
	for _, seed := range []string{"acme.us.auth0.com", "http://127.0.0.1:1/", "https://[::1]", "a@b.c", "http://x%2e.y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		origin, err := login.ParseDomain(text)
		if err != nil {
			explained(t, err)
			return
		}
		if origin.User != nil || origin.Path != "" || origin.RawQuery != "" || origin.Fragment != "" || origin.Hostname() == "" {
			t.Errorf("%q: %+v", text, origin)
		}
		if origin.Scheme != "https" && (origin.Scheme != "http" || !login.Loopback(origin.Hostname())) {
			t.Errorf("%q: clear text to %s", text, origin.Host)
		}
		again, err := login.ParseDomain(origin.String())
		if err != nil || again.String() != origin.String() {
			t.Errorf("%q: %s becomes %v, %v", text, origin, again, err)
		}
	})
}
