package login

import (
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// staticSource hands the same token out until it expires.
type staticSource struct {
	token  *oauth2.Token
	claims Claims
	from   Way
	now    func() time.Time
}

func static(c Credentials, now func() time.Time) (oauth2.TokenSource, error) {
	text := strings.TrimSpace(c.Token)
	claims, err := Decode(text)
	if err != nil {
		return nil, err
	}
	source := &staticSource{
		token:  &oauth2.Token{AccessToken: text, TokenType: "Bearer", Expiry: claims.Expires},
		claims: claims,
		from:   c.From,
		now:    now,
	}
	if _, err := source.Token(); err != nil {
		return nil, err
	}
	return source, nil
}

// Token answers with the token, or with an [*Error] once it has expired, so that no request is wasted on a certain 401.
func (s *staticSource) Token() (*oauth2.Token, error) {
	if s.claims.Expired(s.now()) {
		return nil, s.expired()
	}
	return s.token, nil
}

func (s *staticSource) expired() *Error {
	e := &Error{
		Failed: "the access token in " + EnvToken + " has expired",
		Why:    "it was valid until " + s.claims.Expires.Format(time.RFC3339) + " (Management API tokens last 24 hours by default)",
		Do:     "put a new one into " + EnvToken + ", or set " + EnvClientID + " and " + EnvClientSecret + ", which are renewed",
	}
	switch s.from {
	case WayCLI:
		e.Failed, e.Do = "the login of auth0-cli has expired", "run `auth0 login`, then the same command again"
	case WayDevice:
		e.Failed, e.Do = "the login with a device code has expired", "run the same command again, and log in anew"
	case WayToken, WaySecret, WayKey:
	}
	return e
}
