package login

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// Claims is what an access token says about itself.
type Claims struct {
	Issuer   string    // iss: "https://acme.us.auth0.com/"
	Audience []string  // aud: one or several
	Scopes   []string  // scope, split at spaces
	Expires  time.Time // exp, in UTC; zero when the token does not say
}

// Decode reads the claims of a JSON Web Token. The signature is not checked: the token is sent to the tenant that issued it
// and decides nothing here that the tenant does not check again; a forged one merely gets a 401 a moment later.
func Decode(token string) (Claims, error) {
	parts := strings.Split(strings.TrimSpace(token), ".")
	if len(parts) != 3 {
		return Claims{}, notAToken("it is not a JSON Web Token (three parts separated by dots)")
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return Claims{}, notAToken("its middle part is not base64url")
	}
	var wire struct {
		Issuer   string      `json:"iss"`
		Audience audience    `json:"aud"`
		Scope    string      `json:"scope"`
		Expires  json.Number `json:"exp"`
	}
	if err := json.Unmarshal(payload, &wire); err != nil {
		return Claims{}, notAToken("its claims cannot be read")
	}
	claims := Claims{Issuer: wire.Issuer, Audience: wire.Audience, Scopes: strings.Fields(wire.Scope)}
	// RFC 7519 allows fractions of a second in exp.
	if seconds, err := wire.Expires.Float64(); err == nil && seconds > 0 {
		claims.Expires = time.Unix(int64(seconds), 0).UTC()
	}
	return claims, nil
}

// Expired reports whether the token is no longer valid at now.
func (c Claims) Expired(now time.Time) bool { return !c.Expires.IsZero() && !now.Before(c.Expires) }

// audience is the aud claim, which is a string or an array of strings (RFC 7519, section 4.1.3).
type audience []string

func (a *audience) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*a = audience{one}
		return nil
	}
	var several []string
	if err := json.Unmarshal(raw, &several); err != nil {
		return err
	}
	*a = several
	return nil
}

func notAToken(why string) error {
	return &Error{
		Failed: "the access token cannot be used",
		Why:    why,
		Do: "copy a Management API token from the Dashboard (Applications > APIs > Auth0 Management API > API Explorer) into " +
			EnvToken,
	}
}
