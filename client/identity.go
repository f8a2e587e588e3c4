package client

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"upe/client/login"
	"upe/flows/tenant"
)

// Claims is what an access token says: for which tenant it is, what it may do, and until when.
type Claims struct {
	Identity tenant.Identity
	Scopes   []string
	Expires  time.Time // UTC; zero when the token does not say
}

// Identity reads from an access token which tenant it is for: promise 6, a URL is only transport. Among several audiences the
// Management API's counts, whose host is the tenant's canonical domain even when the issuer is a custom domain. The signature
// is not checked, see login.Decode. Its errors are *login.Error.
func Identity(token string) (tenant.Identity, error) {
	claims, err := readClaims(token)
	return claims.Identity, err
}

// Identity asks the source for a token and says which tenant it is for. It may send a token request; its errors are those of
// package login.
func (c *Client) Identity(ctx context.Context) (tenant.Identity, error) {
	claims, err := c.Claims(ctx)
	return claims.Identity, err
}

// Claims asks the source for a token and reads it, as [Client.Identity] does.
func (c *Client) Claims(ctx context.Context) (Claims, error) {
	_, claims, err := c.bearer.token(ctx)
	return claims, err
}

// Base is the address requests are sent to, "https://login.acme.com/api/v2": transport, not identity.
func (c *Client) Base() string { return c.base.String() }

// managementAPI is the path in which the identifier of every tenant's Management API ends.
const managementAPI = "/api/v2/"

func readClaims(token string) (Claims, error) {
	said, err := login.Decode(token)
	if err != nil {
		return Claims{}, err
	}
	for _, audience := range said.Audience {
		api, err := url.Parse(audience)
		if err != nil || api.Host == "" || api.Path != managementAPI {
			continue
		}
		return Claims{
			Identity: tenant.Identity{Domain: strings.ToLower(api.Host), Issuer: said.Issuer, Audience: audience},
			Scopes:   said.Scopes, Expires: said.Expires,
		}, nil
	}
	return Claims{}, &login.Error{
		Failed: "the access token is not for a Management API",
		Why:    fmt.Sprintf("its audience is %s; that of a Management API ends in %s", quoted(said.Audience...), managementAPI),
		Do:     "get a token for https://TENANT.REGION.auth0.com/api/v2/",
	}
}

// matches refuses a token for one tenant under the domain of another. Only canonical domains can be compared: a custom domain,
// or this machine, says nothing about the tenant behind it.
func (c Claims) matches(host string) error {
	if !strings.HasSuffix(host, ".auth0.com") || host == c.Identity.Domain {
		return nil
	}
	return &login.Error{
		Failed: "the access token is for another tenant",
		Why:    "the domain is " + host + ", the token is for " + quoted(c.Identity.Domain),
		Do:     "use a token of " + host + ", or set " + login.EnvDomain + " to the tenant that is meant",
	}
}

// quoted shows texts that come from outside.
func quoted(texts ...string) string {
	if len(texts) == 0 {
		return "empty"
	}
	shown := make([]string, len(texts))
	for i, text := range texts {
		shown[i] = strconv.Quote(shorten(text))
	}
	return strings.Join(shown, ", ")
}
