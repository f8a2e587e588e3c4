package emulator

import (
	"crypto/subtle"
	"io"
	"mime"
	"net/http"
	"net/url"
)

// grant is the request of a client for a token, JSON or form-encoded.
type grant struct {
	Type     string `json:"grant_type"`
	ID       string `json:"client_id"`
	Secret   string `json:"client_secret"`
	Audience string `json:"audience"`
	Scope    string `json:"scope"`
}

// oauthError is the body of the Authentication API's errors, which differ from the Management API's.
func oauthError(status int, code, description string) reply {
	return reply{status, map[string]string{"error": code, "error_description": description}}
}

// oauth answers POST /oauth/token for client credentials.
func (t *Tenant) oauth(r *http.Request) reply {
	if r.Method != http.MethodPost {
		return fail(http.StatusNotFound, "", "Not Found")
	}
	g, readable := readGrant(r)
	s := t.snapshot()
	switch {
	case !readable || g.Type == "":
		return oauthError(http.StatusForbidden, "invalid_request", "Missing required parameter: grant_type")
	case g.Type != "client_credentials":
		return oauthError(http.StatusForbidden, "unsupported_grant_type", "Unsupported grant type: "+g.Type)
	case !same(g.ID, t.opts.ClientID) || !same(g.Secret, t.opts.ClientSecret):
		return oauthError(http.StatusUnauthorized, "access_denied", "Unauthorized")
	case g.Audience == "":
		return oauthError(http.StatusForbidden, "access_denied", "No audience parameter was provided, and no default audience has been configured")
	case g.Audience != s.audience() && !t.addressed(r, g.Audience):
		return oauthError(http.StatusForbidden, "access_denied", "Service not found: "+g.Audience)
	}
	granted := t.granted(g.Scope)
	return ok(map[string]any{
		"access_token": t.mint(granted), "scope": granted, "expires_in": int(tokenLife.Seconds()), "token_type": "Bearer",
	})
}

// addressed reports whether audience names the tenant by the loopback address that this request came to. SDKs make the
// audience from the domain they are pointed at; on a real tenant that is the domain the token is for.
func (t *Tenant) addressed(r *http.Request, audience string) bool {
	u, err := url.Parse(audience)
	return err == nil && t.local(r) && u.Host == r.Host && u.Path == "/api/v2/"
}

func readGrant(r *http.Request) (grant, bool) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return grant{}, false
	}
	var g grant
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "application/json" {
		g = decode[grant](body)
	} else {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return grant{}, false
		}
		g = grant{form.Get("grant_type"), form.Get("client_id"), form.Get("client_secret"), form.Get("audience"), form.Get("scope")}
	}
	if id, secret, basic := r.BasicAuth(); basic {
		g.ID, g.Secret = id, secret
	}
	return g, true
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
