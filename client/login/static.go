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
	now    func() time.Time
}

func static(text string, now func() time.Time) (oauth2.TokenSource, error) {
	text = strings.TrimSpace(text)
	claims, err := Decode(text)
	if err != nil {
		return nil, err
	}
	source := &staticSource{
		token:  &oauth2.Token{AccessToken: text, TokenType: "Bearer", Expiry: claims.Expires},
		claims: claims,
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
		return nil, &Error{
			Failed: "the access token in " + EnvToken + " has expired",
			Why:    "it was valid until " + s.claims.Expires.Format(time.RFC3339) + " (Management API tokens last 24 hours by default)",
			Do:     "put a new one into " + EnvToken + ", or set " + EnvClientID + " and " + EnvClientSecret + ", which are renewed",
		}
	}
	return s.token, nil
}
