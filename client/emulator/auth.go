package emulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// tokenLife is what the Management API gives by default.
const tokenLife = 24 * time.Hour

// signingKey signs the tokens. It is public on purpose: a token that the emulator made before a restart is good after it, and
// opens nothing else. Clients treat a Management API token as opaque, so HS256 does where Auth0 uses RS256.
const signingKey = "the tokens of an emulated tenant open nothing"

// claims of an access token, as Auth0 issues them for client credentials.
type claims struct {
	Issuer    string   `json:"iss"`
	Subject   string   `json:"sub"`
	Audience  audience `json:"aud"`
	IssuedAt  int64    `json:"iat"` // seconds since 1970
	ExpiresAt int64    `json:"exp"` // seconds since 1970
	Scope     string   `json:"scope"`
	GrantType string   `json:"gty"`
	Client    string   `json:"azp"`
}

// audience is a string in our tokens; a list is accepted as well.
type audience []string

func (a audience) MarshalJSON() ([]byte, error) { return json.Marshal(strings.Join(a, " ")) }

func (a *audience) UnmarshalJSON(raw []byte) error {
	if one := decode[string](raw); one != "" {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(raw, (*[]string)(a))
}

// scopes of a token.
type scopes []string

func (s scopes) has(scope string) bool { return slices.Contains(s, scope) }

// any reports whether the token has one of the scopes, or none is needed.
func (s scopes) any(of []string) bool { return len(of) == 0 || slices.ContainsFunc(of, s.has) }

func (t *Tenant) mint(scope string) string {
	s, now := t.snapshot(), t.opts.Now()
	return sign(claims{
		Issuer: s.issuer(), Subject: t.opts.ClientID + "@clients", Audience: audience{s.audience()},
		IssuedAt: now.Unix(), ExpiresAt: now.Add(tokenLife).Unix(),
		Scope: scope, GrantType: "client-credentials", Client: t.opts.ClientID,
	})
}

func sign(c claims) string { return signed(encode(c), []byte(signingKey)) }

// signed is a JSON Web Token (HS256).
func signed(payload, key []byte) string {
	head := segment([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + segment(payload)
	return head + "." + segment(mac(head, key))
}

func segment(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func mac(head string, key []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(head))
	return h.Sum(nil)
}

// verify reads a token, or says in Auth0's words why not.
func verify(token string, now time.Time) (claims, string) {
	head, signature, found := cutLast(token, ".")
	_, payload, nested := strings.Cut(head, ".")
	raw, err := base64.RawURLEncoding.DecodeString(payload)
	if !found || !nested || err != nil || !isJSON(raw) {
		return claims{}, "Invalid token"
	}
	given, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || !hmac.Equal(given, mac(head, []byte(signingKey))) {
		return claims{}, "Invalid signature received for JSON Web Token validation"
	}
	c := decode[claims](raw)
	if now.Unix() >= c.ExpiresAt {
		return claims{}, "Expired token received for JSON Web Token validation"
	}
	return c, ""
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// authorize reads the token of r. The second value is the answer when there is none, or it is not good here.
func (t *Tenant) authorize(r *http.Request) (scopes, *reply) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return nil, refuse(unauthorized("Missing authentication"))
	}
	scheme, token, found := strings.Cut(header, " ")
	if !found || !strings.EqualFold(scheme, "bearer") {
		return nil, refuse(fail(http.StatusBadRequest, "invalid_headers_format", "Bad HTTP authentication header format"))
	}
	c, problem := verify(strings.TrimSpace(token), t.opts.Now())
	if problem != "" {
		return nil, refuse(unauthorized(problem))
	}
	s := t.snapshot()
	if !slices.Contains(c.Audience, s.audience()) {
		return nil, refuse(unauthorized("Bad audience: " + strings.Join(c.Audience, ", ")))
	}
	return strings.Fields(c.Scope), nil
}

func refuse(r reply) *reply { return &r }
